// Between arrays and their entries: elements and slices by their indices, sums and other binders over them, norms.
import type { Expr, ExprOf, Index, Name } from '../../expr.js';
import { type Candidate, costs, type Inference } from '../candidate.js';
import { type Dim, isOne, numberOf, one } from '../dimension.js';
import { fits, lengthOf, sameLength, shapesFit } from '../match.js';
import { cols, column, isProperMatrix, isScalar, isVector, matrix, rows, type Shape, scalar } from '../shape.js';
import { candidate, handful, type Infer, unknown } from './common.js';

/** A binder has the shape of its body; a bare sum adds the entries. */
export function inferBinder(cx: Inference, expr: ExprOf<'binder'>, infer: Infer): readonly Candidate[] {
  const limits = [expr.lower, expr.upper].filter((e): e is Expr => e !== undefined).map((e) => infer(cx, e)[0] as Candidate);
  const bodies = infer(withRange(cx, expr), expr.body);
  if (expr.op === 'integral' || expr.op === 'union' || expr.op === 'other' || expr.op === 'argmax' || expr.op === 'argmin')
    return unknown(expr, [bodies[0] as Candidate, ...limits]);
  const extremum = expr.op === 'max' || expr.op === 'min' || expr.op === 'sup' || expr.op === 'inf';
  return handful(
    bodies.flatMap((c) => {
      const parts = [c, ...limits];
      const own = candidate({ expr, shape: extremum && c.shape && !isScalar(c.shape) ? undefined : c.shape, rule: 'binder', parts });
      if (expr.op !== 'sum' || !c.shape || isScalar(c.shape)) return [own];
      const entries = candidate({
        expr,
        shape: scalar,
        rule: 'sum-entries',
        parts,
        cost: expr.lower || expr.letters.length > 0 ? costs.entries : 0,
      });
      const axes = sumsAlong(cx, expr, c);
      return expr.letters.length > 0 || expr.upper
        ? [own, entries, ...axes]
        : [entries, { ...own, cost: own.cost + costs.entries }, ...axes];
    }),
  );
}

/** Σ Z of a batch: the sum of its columns, or of its rows. With limits the one that has as many as they count, if the letter is idle. */
function sumsAlong(cx: Inference, expr: ExprOf<'binder'>, c: Candidate): readonly Candidate[] {
  const { shape } = c;
  if (!shape || !isProperMatrix(shape) || expr.letters.some((l) => holds(c, l))) return [];
  const count = expr.upper ? cx.dimension(expr.upper) : undefined;
  if (expr.letters.length > 0 && !count) return [];
  const along = (result: Shape, axis: Dim): readonly Candidate[] =>
    count && count.key !== axis.key ? [] : [candidate({ expr, shape: result, rule: 'sum-axis', parts: [c], cost: costs.sumAxis })];
  return [...along(column(rows(shape)), cols(shape)), ...along(matrix(one, cols(shape)), rows(shape))];
}

/** Whether a letter stands in what a candidate was made of. */
const holds = (c: Candidate, letter: string): boolean =>
  c.parts.some((p) => holds(p, letter)) || (c.expr.kind === 'symbol' && bears(c.expr.name, letter));

const bears = ({ key, subs, labels }: Name, letter: string): boolean =>
  key === letter || [...subs, ...labels].some((i) => i.kind === 'letter' && i.name === letter);

/** Under Σ_{i=1}^N the x_i of a vector of another length are no entries: they are samples, and nothing is known of them. */
function withRange(cx: Inference, { letters, upper }: ExprOf<'binder'>): Inference {
  const [letter] = letters;
  const count = upper && letters.length === 1 ? cx.dimension(upper) : undefined;
  if (!letter || !count || count.flexible) return cx;
  const lookup: Inference['lookup'] = (name) => {
    const found = cx.lookup(name);
    const [sub] = name.subs;
    if (found?.how !== 'element' || !found.of || name.subs.length !== 1 || sub?.kind !== 'letter' || sub.name !== letter) return found;
    const length = lengthOf(cx.lookup(found.of)?.shape ?? scalar);
    const others = length && numberOf(length) === undefined && numberOf(count) === undefined && !fits(length, count);
    return others ? undefined : found;
  };
  return { ...cx, lookup };
}

export function inferNorm(cx: Inference, expr: ExprOf<'norm'>, infer: Infer): readonly Candidate[] {
  return infer(cx, expr.body)
    .slice(0, 3)
    .flatMap((c) => {
      const own = candidate({ expr, shape: scalar, rule: 'norm', parts: [c] });
      if (expr.bars === 2 || !c.shape || isScalar(c.shape)) return [own];
      return [own, candidate({ expr, shape: c.shape, rule: 'elementwise', parts: [c], cost: costs.option })];
    });
}

/** ⟨u, v⟩: of vectors of one length, or of arrays of one shape. */
export function inferInner(cx: Inference, expr: ExprOf<'inner'>, infer: Infer): readonly Candidate[] {
  const pairs = infer(cx, expr.left)
    .slice(0, 2)
    .flatMap((u) =>
      infer(cx, expr.right)
        .slice(0, 2)
        .map((v) => [u, v] as const),
    );
  const [best] = handful(
    pairs.map(([u, v]) => innerOf(expr, u, v)),
    1,
  );
  return best ? [best] : unknown(expr);
}

function innerOf(expr: ExprOf<'inner'>, u: Candidate, v: Candidate): Candidate {
  const parts = [u, v];
  if (!u.shape || !v.shape || shapesFit(u.shape, v.shape) || sameLength(u.shape, v.shape) || !u.solid || !v.solid)
    return candidate({ expr, shape: scalar, rule: 'inner', parts });
  return candidate({
    expr,
    shape: scalar,
    rule: 'inner',
    parts,
    cost: costs.conflict,
    conflict: {
      code: 'hadamard-mismatch',
      spans: [u.expr.span, v.expr.span],
      exprs: [u.expr, v.expr],
      shapes: [u.shape, v.shape],
      product: expr,
      solid: true,
    },
  });
}

export function inferElement(cx: Inference, expr: ExprOf<'element'>, infer: Infer): readonly Candidate[] {
  const { indices } = expr;
  const annotated = expr.subscript && labelWords.test(cx.text(expr.subscript));
  return infer(cx, expr.base).map((c) => {
    if (annotated) return candidate({ expr, shape: c.shape, rule: 'group', parts: [c] });
    return candidate({
      expr,
      shape: c.shape ? elementShape(c.shape, indices) : indices.length >= 2 && indices.every(isEntry) ? scalar : undefined,
      rule: 'element',
      parts: [c],
    });
  });
}

/** An entry is a scalar, a slice a row or a column; one index on a matrix is left open. */
export function elementShape(shape: Shape, indices: readonly Index[]): Shape | undefined {
  const [first, second] = indices;
  if (isScalar(shape)) return indices.every(isEntry) ? scalar : undefined;
  if (shape.dims.length !== 2) return indices.length === shape.dims.length && indices.every(isEntry) ? scalar : undefined;
  if (isVector(shape))
    return indices.length === 1 && first && isEntry(first)
      ? scalar
      : indices.length === 2 &&
          first &&
          second &&
          ((isEntry(first) && isOne(cols(shape)) && second.kind === 'number') || (isEntry(second) && isOne(rows(shape))))
        ? scalar
        : undefined;
  if (indices.length !== 2 || !first || !second) return undefined;
  if (isEntry(first) && isEntry(second)) return scalar;
  if (isEntry(first) && second.kind === 'all') return matrix(rows(scalar), cols(shape));
  if (first.kind === 'all' && isEntry(second)) return column(rows(shape));
  return undefined;
}

const isEntry = (i: Index): boolean => i.kind === 'number' || i.kind === 'letter';

/** A subscript that states a size (W_{m\times n}) is an annotation. */
const labelWords = /times|\\dim/;
