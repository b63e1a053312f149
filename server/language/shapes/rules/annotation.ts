// Shapes written beneath a term: \underbrace{W}_{3\times 2}, \underset{n\times 1}{x}. Compared with the inferred shape.
import type { Expr, ExprOf } from '../../expr.js';
import { type Candidate, costs, type Inference } from '../candidate.js';
import type { Dim } from '../dimension.js';
import { shapesFit } from '../match.js';
import { matrix, type Shape } from '../shape.js';
import { candidate } from './common.js';

/** The shape that an annotation states: `3\times 2`, `(n \times 1)`, `\in \mathbb{R}^{…}` is read elsewhere. */
export function statedShape(cx: Pick<Inference, 'dimension'>, label: Expr | undefined): Shape | undefined {
  if (!label) return undefined;
  if (label.kind === 'group') return statedShape(cx, label.body);
  if (label.kind === 'set') return label.exponent ? statedShape(cx, label.exponent) : undefined;
  if (label.kind === 'relation' && label.relation === '\\in') return statedShape(cx, label.right);
  if (label.kind === 'tuple' && label.items.length === 2 && label.open === '(') return shapeOf(label.items.map((i) => cx.dimension(i)));
  if (label.kind !== 'product' || !label.signs.includes('\\times')) return undefined;
  return shapeOf(splitTimes(cx, label));
}

/** The dimensions between the × signs; juxtaposed names are a product of dimensions. */
function splitTimes(cx: Pick<Inference, 'dimension'>, product: ExprOf<'product'>): readonly (Dim | undefined)[] {
  const groups: Expr[][] = [[]];
  product.factors.forEach((factor, i) => {
    if (i > 0 && product.signs[i - 1] === '\\times') groups.push([]);
    groups[groups.length - 1]?.push(factor);
  });
  return groups.map((g) => {
    const [first] = g;
    if (g.length === 1 && first) return cx.dimension(first);
    return cx.dimension({ id: -1, span: product.span, kind: 'product', factors: g, signs: g.slice(1).map(() => '' as const) });
  });
}

function shapeOf(dims: readonly (Dim | undefined)[]): Shape | undefined {
  if (dims.length < 2 || dims.some((d) => !d)) return undefined;
  const known = dims as readonly Dim[];
  const [r, c] = known;
  return known.length === 2 && r && c ? matrix(r, c) : { dims: known };
}

export function inferAnnotated(cx: Inference, expr: ExprOf<'annotated'>, base: readonly Candidate[]): readonly Candidate[] {
  const stated = statedShape(cx, expr.label);
  return base.map((c) => {
    if (!stated) return candidate({ expr, shape: c.shape, rule: 'annotated', parts: [c] });
    if (!c.shape) return candidate({ expr, shape: stated, rule: 'annotated', parts: [c] });
    if (shapesFit(c.shape, stated) || sameEntries(c.shape, stated))
      return candidate({ expr, shape: c.shape, rule: 'annotated', parts: [c] });
    return candidate({
      expr,
      shape: c.shape,
      rule: 'annotated',
      parts: [c],
      cost: costs.conflict,
      conflict: { code: 'annotation-mismatch', span: expr.labelSpan, expr, stated, shape: c.shape, solid: c.solid && isStated(c) },
    });
  });
}

/** A symbol that only definitions determine is stated by its annotation. */
const isStated = (c: Candidate): boolean =>
  c.detail?.kind !== 'found' || (c.detail.found.from !== 'definition' && c.detail.found.from !== 'use');

/** Tensors are annotated in many orders; only their dimensions are compared. */
const sameEntries = (a: Shape, b: Shape): boolean =>
  a.dims.length > 2 &&
  a.dims.length === b.dims.length &&
  a.dims
    .map((d) => d.key)
    .sort()
    .join() ===
    b.dims
      .map((d) => d.key)
      .sort()
      .join();
