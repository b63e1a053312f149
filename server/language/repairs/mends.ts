// Mistakes that have one certain mend, as rewritings: the chain turned round, the repetition taken away, the left side or the
// annotation corrected. Used for their fixes, and to judge the fixes of an equation's other mistakes.
import type { Expr, ExprOf } from '../expr.js';
import type { Conflict } from '../shapes/candidate.js';
import { type Dim, printDim } from '../shapes/dimension.js';
import { linkOf } from '../shapes/rules/chain.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import { areApart, type Piece, type Rewrite } from './rewrite.js';

export function canonicalMend(tex: string, conflict: Conflict): readonly Rewrite[] | undefined {
  switch (conflict.code) {
    case 'layout-order':
      return reverseChain(conflict.expr);
    case 'chain-ends':
      return [{ span: conflict.expr.span, pieces: [conflict.replacement.span] }];
    case 'repeated-factor':
      return removeFactor(tex, conflict.chain, conflict.expr);
    case 'annotation-mismatch':
      return conflict.expr.kind === 'annotated' ? correctLabel(tex, conflict.expr, conflict.shape) : undefined;
    default:
      return undefined;
  }
}

/** The factors of a product as they stand in the text, applications whole; none where they come from a macro. */
export const factorsOf = (product: Expr): readonly Expr[] =>
  product.kind === 'product' && areApart(product.factors.map((f) => f.span)) ? product.factors : [];

/** The derivatives of a chain in reverse order; scalars and what stands between the factors stay where they are. */
export function reverseChain(chain: Expr): readonly Rewrite[] | undefined {
  const factors = factorsOf(chain);
  const links = factors.filter((f) => linkOf(f));
  return links.length < 2
    ? undefined
    : reorder(
        factors,
        factors.map((f) => (linkOf(f) ? (links.pop() as Expr) : f)),
      );
}

/** Puts factors in the places of others; the text between the places stays. */
export function reorder(places: readonly Expr[], order: readonly Expr[]): readonly Rewrite[] {
  const first = places[0] as Expr;
  const last = places[places.length - 1] as Expr;
  const pieces: Piece[] = [];
  order.forEach((factor, i) => {
    const before = places[i - 1];
    const here = places[i];
    if (before && here) pieces.push({ start: before.span.end, end: here.span.start });
    pieces.push(factor.span);
  });
  return [{ span: { start: first.span.start, end: last.span.end }, pieces }];
}

/** Takes a factor away with the text that parts it from its neighbour; a line break stays if it can. */
export function removeFactor(tex: string, chain: Expr, factor: Expr): readonly Rewrite[] | undefined {
  const factors = factorsOf(chain);
  const at = factors.indexOf(factor);
  const before = factors[at - 1];
  const after = factors[at + 1];
  if (at < 0 || (!before && !after)) return undefined;
  const gap = (from: Expr, to: Expr): string => tex.slice(from.span.end, to.span.start);
  const takesAfter = !before || (after && /\\\\|&/.test(gap(before, factor)) && !/\\\\|&/.test(gap(factor, after)));
  const span: Span =
    takesAfter && after
      ? { start: factor.span.start, end: after.span.start }
      : { start: before ? before.span.end : factor.span.start, end: factor.span.end };
  return [{ span, pieces: [] }];
}

const dimsOf = (shape: Shape): readonly string[] => (isScalar(shape) ? ['1', '1'] : shape.dims.map((d: Dim) => printDim(d)));

/** Writes the inferred dimensions in the place of the stated ones; the rest of the annotation stays. */
function correctLabel(tex: string, { labelSpan }: ExprOf<'annotated'>, shape: Shape): readonly Rewrite[] | undefined {
  if (shape.dims.some((d) => d.flexible)) return undefined;
  const text = tex.slice(labelSpan.start, labelSpan.end);
  const times = [...text.matchAll(/\\times(?![A-Za-z])|×/g)];
  const dims = dimsOf(shape);
  const sign = times[0]?.[0];
  if (!sign || times.length + 1 !== dims.length) return sign ? whole(labelSpan, text, dims, sign) : undefined;
  const bounds = [startOfDims(text, times[0]?.index ?? 0), ...times.map((t) => t.index + t[0].length)];
  const ends = [...times.map((t) => t.index), endOfDims(text, bounds[bounds.length - 1] ?? 0)];
  return dims.map((dim, i) => {
    const from = bounds[i] ?? 0;
    const to = ends[i] ?? 0;
    const inner = text.slice(from, to);
    const lead = from + inner.length - inner.trimStart().length;
    const glued = lead === from && /[A-Za-z]$/.test(text.slice(0, from)) && /^[A-Za-z]/.test(dim);
    return {
      span: { start: labelSpan.start + lead, end: labelSpan.start + Math.max(lead, from + inner.trimEnd().length) },
      pieces: [glued ? ` ${dim}` : dim],
    };
  });
}

/** The dimensions begin behind an opening bracket: `(3 \times 2)`, `\in \mathbb{R}^{3 \times 2}`. */
const startOfDims = (text: string, before: number): number => {
  let depth = 0;
  for (let i = before - 1; i >= 0; i--) {
    const c = text[i] ?? '';
    if (/[)}\]]/.test(c)) depth++;
    else if (/[({[]/.test(c) && depth-- === 0) return i + 1;
  }
  return 0;
};

const endOfDims = (text: string, from: number): number => {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i] ?? '';
    if (/[({[]/.test(c)) depth++;
    else if (/[)}\]]/.test(c) && depth-- === 0) return i;
  }
  return text.length;
};

const whole = (span: Span, text: string, dims: readonly string[], sign: string): readonly Rewrite[] | undefined =>
  /[()[\]{}]/.test(text.replace(/_\{[^{}]*\}/g, '')) ? undefined : [{ span, pieces: [dims.join(sign === '×' ? ' × ' : ' \\times ')] }];
