// What the links of a chain are called, and when two of them meet.
import type { Expr, Name } from '../../expr.js';
import type { Inference } from '../candidate.js';

/** The name that a link is, through application: a(z) is a. */
export function nameIn(expr: Expr): Name | undefined {
  switch (expr.kind) {
    case 'symbol':
      return expr.name;
    case 'power':
    case 'prime':
      return expr.asName;
    case 'juxtaposed':
      return nameIn(expr.head);
    case 'group':
      return nameIn(expr.body);
    case 'element':
      return nameIn(expr.base);
    default:
      return undefined;
  }
}

/** Equal, equal by definition, or one drops labels, indices or arguments. */
export function meets(cx: Inference, a: Expr, b: Expr): boolean {
  if (cx.text(a) === cx.text(b)) return true;
  const x = nameIn(a);
  const y = nameIn(b);
  if (!x || !y) return false;
  return x.key === y.key || drops(x, y) || drops(y, x) || cx.alias(x, y);
}

/** Whether a is b with fewer labels or indices. */
function drops(a: Name, b: Name): boolean {
  if (plain(a.base) !== plain(b.base)) return false;
  const labels = a.labels.length === 0 || sameIndices(a.labels, b.labels);
  const subs = a.subs.length === 0 || b.subText.startsWith(a.subText);
  return labels && subs && (a.labels.length < b.labels.length || a.subs.length < b.subs.length);
}

/** Entries are written plain what wholes are written bold. */
const plain = (base: string): string => base.replace(/^\\(?:mathbf|vec)\{(.*)\}$/, '$1');

const sameIndices = (a: Name['labels'], b: Name['labels']): boolean => JSON.stringify(a) === JSON.stringify(b);
