// What is added up over the entries of an array: inner products, totals, traces; and the diagonal that a trace adds up.
import { cols, isColumn, isRow, isScalar, matrix, rows, scalar } from '../../shapes/shape.js';
import type { Node } from '../node.js';
import { make, ones, zero } from './leaves.js';
import { split } from './multiple.js';
import { mul, transpose } from './products.js';
import { add, entrywise, scale } from './sums.js';

/** ⟨a, b⟩: the sum of the products of the entries. */
export function dot(a: Node, b: Node): Node {
  if (isScalar(a.shape) || isScalar(b.shape)) return mul(a, b);
  if (isColumn(a.shape)) return mul(transpose(a), b);
  if (isRow(a.shape)) return mul(a, transpose(b));
  if (a.kind === 'ones') return mul(ones(matrix(rows(scalar), rows(b.shape))), b, ones(matrix(cols(b.shape), cols(scalar))));
  return trace(mul(transpose(a), b));
}

/** The sum of all entries. */
export const total = (n: Node): Node => (isScalar(n.shape) ? n : dot(ones(n.shape), n));

export function trace(n: Node): Node {
  const { coefficient, scalars, body } = split(n);
  if (!body) return n;
  if (body.kind === 'zero') return zero(scalar);
  if (body.kind === 'sum') return scale(coefficient, scalars, add(body.addends.map(trace)));
  if (body.kind === 'mul') {
    const [first, ...rest] = body.factors;
    if (first && isColumn(first.shape)) return scale(coefficient, scalars, mul(...rest, first));
  }
  const of = body.kind === 'transpose' ? body.of : body;
  return scale(coefficient, scalars, make(scalar, `trace(${of.key})`, { kind: 'trace', of }));
}

/** The diagonal of a square matrix, as a column. */
export function diagonal(of: Node): Node {
  const { coefficient, scalars, body } = split(of);
  if (!body) return of;
  const shape = matrix(rows(body.shape), cols(scalar));
  if (body.kind === 'identity') return scale(coefficient, scalars, ones(shape));
  if (body.kind === 'diag') return scale(coefficient, scalars, body.of);
  if (body.kind === 'sum') return scale(coefficient, scalars, add(body.addends.map(diagonal)));
  if (body.kind === 'mul' && body.factors.length === 2 && isColumn((body.factors[0] as Node).shape))
    return scale(coefficient, scalars, entrywise(body.factors[0] as Node, transpose(body.factors[1] as Node)));
  return scale(coefficient, scalars, make(shape, `diagonal(${body.key})`, { kind: 'diagonal', of: body }));
}
