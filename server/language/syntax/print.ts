// Canonical text of an expression: the same for expressions that mean the same notation. For comparing links and for messages.
import type { Expr } from '../expr.js';

const cache = new WeakMap<Expr, string>();

/** Text that is equal for equal expressions. */
export function canonicalText(expr: Expr): string {
  let text = cache.get(expr);
  if (text === undefined) {
    text = write(expr);
    cache.set(expr, text);
  }
  return text;
}

const list = (items: readonly (Expr | undefined)[]): string => items.map((i) => (i ? canonicalText(i) : '')).join(',');

function write(e: Expr): string {
  switch (e.kind) {
    case 'number':
      return e.text || String(e.value);
    case 'symbol':
      return e.name.key;
    case 'power':
      return e.asName ? e.asName.key : `${canonicalText(e.base)}^{${canonicalText(e.exponent)}}`;
    case 'transpose':
      return `${canonicalText(e.base)}^T`;
    case 'inverse':
      return `${canonicalText(e.base)}^{-1}`;
    case 'prime':
      return `${canonicalText(e.base)}${"'".repeat(e.order)}`;
    case 'product':
      return e.factors.map((f, i) => (i > 0 ? ` ${e.signs[i - 1] ?? ''} ` : '') + canonicalText(f)).join('');
    case 'sum':
      return e.addends.map((a, i) => (a.sign < 0 ? '-' : i > 0 ? '+' : '') + canonicalText(a.expr)).join('');
    case 'quotient':
      return `\\frac{${canonicalText(e.numerator)}}{${canonicalText(e.denominator)}}`;
    case 'group':
      return `(${canonicalText(e.body)})`;
    case 'tuple':
      return `(${list(e.items)})`;
    case 'juxtaposed':
      return `${canonicalText(e.head)}${canonicalText(e.factors[1])}`;
    case 'call':
      return `${canonicalText(e.head)}${canonicalText(e.args)}`;
    case 'apply':
      return `${e.fn}${"'".repeat(e.order)}(${list(e.args)})`;
    case 'derivative':
      return `\\frac{\\partial ${e.of ? canonicalText(e.of) : ''}}{${e.by.map((b) => `\\partial ${canonicalText(b)}`).join(' ')}}`;
    case 'nabla':
      return `\\nabla_{${e.by ? canonicalText(e.by) : ''}}${e.operand ? canonicalText(e.operand) : ''}`;
    case 'differential':
      return `d${canonicalText(e.base)}`;
    case 'binder':
      return `\\${e.op}_{${e.letters.join()}${e.lower ? `=${canonicalText(e.lower)}` : ''}}^{${e.upper ? canonicalText(e.upper) : ''}}${canonicalText(e.body)}`;
    case 'matrix':
      return `[${e.cells.map(list).join(';')}]`;
    case 'cases':
      return `cases(${list(e.branches.flatMap((b) => [b.value, b.condition]))})`;
    case 'norm':
      return `|${canonicalText(e.body)}|${e.subscript ? `_${canonicalText(e.subscript)}` : ''}`;
    case 'inner':
      return `<${canonicalText(e.left)},${canonicalText(e.right)}>`;
    case 'element':
      return `${canonicalText(e.base)}_{${e.subscript ? canonicalText(e.subscript) : ''}}`;
    case 'annotated':
      return canonicalText(e.base);
    case 'at':
      return `${canonicalText(e.base)}|_{${e.point ? canonicalText(e.point) : ''}}`;
    case 'relation':
      return `${canonicalText(e.left)}${e.relation}${canonicalText(e.right)}`;
    case 'set':
      return `\\mathbb{${e.set}}^{${e.exponent ? canonicalText(e.exponent) : ''}}`;
    case 'choice':
      return e.options[0] ? canonicalText(e.options[0]) : '';
    case 'text':
      return e.text;
    default:
      return '\\dots';
  }
}

/** The direct parts of an expression, in source order. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'power':
      return [e.base, e.exponent];
    case 'transpose':
    case 'inverse':
    case 'prime':
    case 'differential':
      return [e.base];
    case 'product':
      return e.factors;
    case 'sum':
      return e.addends.map((a) => a.expr);
    case 'quotient':
      return [e.numerator, e.denominator];
    case 'group':
      return [e.body];
    case 'tuple':
      return e.items;
    case 'juxtaposed':
      return e.factors;
    case 'call':
      return [e.head, e.args];
    case 'apply':
      return some(e.subscript, e.power, ...e.args);
    case 'derivative':
      return some(e.of, ...e.by);
    case 'nabla':
      return some(e.by, e.operand);
    case 'binder':
      return some(e.lower, e.upper, e.body);
    case 'matrix':
      return some(...e.cells.flat());
    case 'cases':
      return some(...e.branches.flatMap((b) => [b.value, b.condition]));
    case 'norm':
      return [e.body];
    case 'inner':
    case 'relation':
      return [e.left, e.right];
    case 'element':
    case 'annotated':
      return [e.base];
    case 'at':
      return some(e.base, e.point);
    case 'choice':
      return e.options.slice(0, 1);
    default:
      return none;
  }
}

const none: readonly Expr[] = [];

const some = (...items: readonly (Expr | undefined)[]): readonly Expr[] => items.filter((i): i is Expr => i !== undefined);

/** Every node below and with an expression, outer ones first; of a choice the first option only. */
export function walk(e: Expr): readonly Expr[] {
  const nodes: Expr[] = [];
  collect(e, nodes);
  return nodes;
}

function collect(e: Expr, nodes: Expr[]): void {
  nodes.push(e);
  for (const child of children(e)) collect(child, nodes);
}
