// Transposes a factor in its text: adds the sign in the document's spelling, or takes away the one that is there. Text only;
// whether the result is read as meant is tried afterwards.
import type { Expr } from '../expr.js';
import type { Habits } from './habits.js';
import type { Piece } from './rewrite.js';

const sign =
  "(?:T|t|\\\\top|\\\\intercal|\\\\prime|'|\\\\(?:mathsf|mathrm|mathbf|mathtt|text)\\s*(?:\\{\\s*T\\s*\\}|T)|\\{\\s*\\\\(?:mathsf|mathrm)\\s*T\\s*\\})";
const alone = new RegExp(`\\s*\\^\\s*(?:${sign}|\\{\\s*${sign}\\s*\\})$`);
const beforeSub = new RegExp(`\\^\\s*(?:${sign}|\\{\\s*${sign}\\s*\\})(?=_(?:\\{[^{}]*\\}|.)$)`);
const labelled = new RegExp(
  `(\\^\\s*\\{\\s*(?:\\([^()]*\\)|\\[[^\\[\\]]*\\]|\\\\\\{.*\\\\\\}|[A-Za-z0-9]))\\s*\\^?\\s*(?:${sign}|\\{\\s*${sign}\\s*\\})\\s*\\}$`,
);
const inverted = new RegExp(`\\^\\s*\\{\\s*-\\s*(?:${sign})\\s*\\}$`);
const label = /\^\s*\{\s*(?:\([^()]*\)|\[[^[\]]*\]|\\\{[^{}]*\\\})\s*\}$/;
const inverse = /\^\s*\{\s*-\s*1\s*\}$/;

/** The pieces of the transposed factor; undefined where it has none that is worth trying. */
export function transposed(tex: string, expr: Expr, habits: Habits): readonly Piece[] | undefined {
  const text = tex.slice(expr.span.start, expr.span.end);
  if (text === '' || expr.kind === 'annotated' || expr.kind === 'number' || expr.kind === 'hole') return undefined;
  return isTransposed(expr) ? without(text, expr) : withSign(text, expr, habits);
}

/** Whether a term carries a transpose sign, an application behind its brackets too. */
export const isTransposed = (expr: Expr): boolean =>
  expr.kind === 'transpose' || (expr.kind === 'juxtaposed' && isTransposed(expr.application));

const part = ({ span }: Expr, from: number, to: number): Piece => ({ start: span.start + from, end: span.start + to });

function without(text: string, expr: Expr): readonly Piece[] | undefined {
  const plain = alone.exec(text);
  if (plain) {
    const braced = /^\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}$/.test(text.slice(0, plain.index));
    return braced ? [part(expr, 1, plain.index - 1)] : [part(expr, 0, plain.index)];
  }
  const inside = labelled.exec(text);
  if (inside) return [part(expr, 0, inside.index + (inside[1] ?? '').length), part(expr, text.length - 1, text.length)];
  const inverse = inverted.exec(text);
  if (inverse) return [part(expr, 0, inverse.index), '^{-1}'];
  const middle = beforeSub.exec(text);
  if (middle) return [part(expr, 0, middle.index), part(expr, middle.index + middle[0].length, text.length)];
  return text.endsWith("'") ? [part(expr, 0, text.length - 1)] : undefined;
}

const bareKinds: ReadonlySet<Expr['kind']> = new Set(['symbol', 'group', 'tuple', 'matrix', 'element']);

function withSign(text: string, expr: Expr, { transpose, inside }: Habits): readonly Piece[] {
  const own = part(expr, 0, text.length);
  const bare = transpose.replace(/^\{(.*)\}$/s, '$1').trim();
  if (inverse.test(text)) return [part(expr, 0, text.search(inverse)), `^{-${/^\\/.test(bare) ? bare : 'T'}}`];
  if (label.test(text) && expr.kind === 'symbol') {
    const close = text.lastIndexOf('}');
    return inside ? [part(expr, 0, close), bare, part(expr, close, text.length)] : ['{', own, `}^${transpose}`];
  }
  const scripted = /\^/.test(text.replace(/\{[^{}]*\}|\([^()]*\)/g, '')) && expr.kind !== 'group' && expr.kind !== 'tuple';
  if (bareKinds.has(expr.kind) && !scripted) return [own, `^${transpose}`];
  if (scripted && (expr.kind === 'symbol' || expr.kind === 'power')) return ['{', own, `}^${transpose}`];
  if (expr.kind === 'juxtaposed' && /[)\]]$/.test(text)) return [own, `^${transpose}`];
  return ['\\left(', own, `\\right)^${transpose}`];
}
