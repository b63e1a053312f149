// Names and shapes as directives write them: `x, a^{(1)}: 2`, `W^{(l)}: n_l × n_{l-1}`, `y: scalar`, `T: [2, 3, 4]`.
import type { Expr } from '../../expr.js';
import type { ShapeExpr } from '../facts.js';
import { isSize, numberExpr } from '../prose/mathematics.js';
import type { Value } from './yaml.js';

/** One name of a key and where in the key it stands. */
export interface KeyPart {
  readonly text: string;
  readonly from: number;
}

/** Splits at commas outside of braces, brackets and parentheses. */
export function splitNames(key: string): KeyPart[] {
  const parts: KeyPart[] = [];
  let depth = 0;
  let from = 0;
  const take = (to: number): void => {
    const text = key.slice(from, to);
    if (text.trim() !== '') parts.push({ text: text.trim(), from: from + text.length - text.trimStart().length });
    from = to + 1;
  };
  for (let i = 0; i < key.length; i++) {
    const c = key.charAt(i);
    if (/[{[(]/.test(c)) depth++;
    else if (/[}\])]/.test(c)) depth--;
    else if (c === ',' && depth <= 0) take(i);
  }
  take(key.length);
  return parts;
}

const TIMES = /\s*(?:×|⨯|\\times(?![a-z])|\*)\s*|\s+(?:x|by)\s+|(?<=\d)x(?=\d)/;

type ReadDim = (text: string) => Expr | undefined;

/** The shape that a value is; undefined if it is none. */
export function readShape(value: Value, dim: ReadDim): ShapeExpr | undefined {
  if (value.kind === 'list') {
    const dims = value.items.map((item) => (item.kind === 'scalar' ? dimension(item.text, dim) : undefined));
    return complete(dims);
  }
  if (value.kind !== 'scalar') return undefined;
  const text = value.text.trim().replace(/^\$(.*)\$$/, '$1');
  if (text.length > 300) return undefined;
  if (/^scalar$/i.test(text)) return { dims: [] };
  const inner = /^[[(](.*?),?\s*[\])]$/.exec(text)?.[1];
  if (inner !== undefined) return complete(splitNames(inner).map((p) => dimension(p.text, dim)));
  return complete(text.split(TIMES).map((t) => dimension(t, dim)));
}

const complete = (dims: readonly (Expr | '?' | undefined)[]): ShapeExpr | undefined =>
  dims.length > 0 && dims.length <= 8 && dims.every((d) => d !== undefined)
    ? { dims: dims.map((d) => (d === '?' ? undefined : d)) }
    : undefined;

/** `?` is a dimension that is left open. */
function dimension(text: string, dim: ReadDim): Expr | '?' | undefined {
  const plain = text.trim();
  if (plain === '?') return '?';
  if (/^\d+$/.test(plain)) return Number(plain) > 0 ? numberExpr(Number(plain)) : undefined;
  if (plain === '' || /\s[A-Za-z]{2,}|^[A-Za-z]{8,}\s/.test(plain)) return undefined;
  const expr = dim(plain);
  return expr && isSize(expr) ? expr : undefined;
}
