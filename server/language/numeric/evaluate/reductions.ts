// What makes few numbers of many: traces, determinants, sums, norms, extremes; and softmax. On values.
// Norms are of the entries (norm1 their absolute values' sum, norm-inf their maximum) but for `nuclear` and `spectral`.
import type { Reduction, Term } from '../../term.js';
import { algebra as o, plain } from '../algebra.js';
import { DomainError, matrixDims, scalar, sizeOf, squareSide } from '../array.js';
import { knownFunctions } from '../elementwise.js';
import { rank } from '../linear-algebra.js';
import type { Value } from '../operation.js';
import { diagonalPlaces, placeAt } from '../places.js';

type Reducer = (value: Value, tolerance: number) => Value;

const reducers: { readonly [K in Reduction]: Reducer } = {
  trace: (a) => (a.dims.length === 0 ? a : sum(o.gather(a, diagonalPlaces(squareSide(a.dims)), [squareSide(a.dims), 1]))),
  det: (a) => o.apply('determinant', [a], null),
  logdet: (a) => o.apply('logDeterminant', [a], null),
  sum,
  mean: (a) => o.scale(sum(a), 1 / sizeOf(a.dims)),
  norm2: (a) => euclidean(a),
  norm1: (a, tolerance) => sum(absolute(a, tolerance)),
  'norm-inf': (a, tolerance) => largest(absolute(a, tolerance), 1, tolerance),
  nuclear: (a) => reducers.trace(o.apply('matrixFunction', [gram(a)], 'sqrt'), 0),
  spectral: (a) => spectralNorm(a),
  max: (a, tolerance) => largest(a, 1, tolerance),
  min: (a, tolerance) => largest(a, -1, tolerance),
  rank: (a) => scalar(rank(plain(a))),
  'row-sums': (a) => o.sumTo(a, [matrixDims(a.dims)[0], 1]),
  'column-sums': (a) => o.sumTo(a, [1, matrixDims(a.dims)[1]]),
};

/** Within `tolerance` of a kink a derivative throws `kink`. */
export function reduce(kind: Reduction, value: Value, tolerance: number): Value {
  return reducers[kind](value, tolerance);
}

function sum(a: Value): Value {
  return o.sumTo(a, []);
}

function euclidean(a: Value): Value {
  const squared = sum(o.multiply(a, a));
  if (a.level > 0 && (plain(squared).data[0] as number) < 1e-12) throw new DomainError('kink');
  return o.power(squared, 0.5);
}

const absolute = (a: Value, tolerance: number): Value => o.apply('elementwise', [a], { fn: knownFunctions.abs, order: 0, tolerance });

/** The smaller of AᵀA and AAᵀ; vectors give a scalar. */
function gram(a: Value): Value {
  const [rows, columns] = matrixDims(a.dims);
  const product = rows < columns ? o.matmul(a, o.transpose(a)) : o.matmul(o.transpose(a), a);
  return product.dims.length === 0 ? product : o.scale(o.add(product, o.transpose(product)), 0.5);
}

/** σ₁ = √(vᵀ G v) for the leading eigenvector v of the Gram matrix G. */
function spectralNorm(a: Value): Value {
  const product = gram(a);
  if (product.dims.length === 0) return o.power(product, 0.5);
  const v = o.apply('leadingEigenvector', [product], null);
  return o.power(sum(o.multiply(v, o.matmul(product, v))), 0.5);
}

/** The largest entry (sign 1) or the smallest (sign -1). */
function largest(a: Value, sign: 1 | -1, tolerance: number): Value {
  const { data } = plain(a);
  let best = 0;
  for (let k = 1; k < data.length; k++) if (sign * (data[k] as number) > sign * (data[best] as number)) best = k;
  const rival = data.findIndex((x, k) => k !== best && Math.abs(x - (data[best] as number)) < tolerance);
  if (a.level > 0 && rival >= 0) throw new DomainError('kink');
  return o.gather(a, placeAt(best), []);
}

/** Over all entries, within each row, or within each column. The largest entry is taken off first; that changes no value. */
export function softmax(a: Value, axis: Extract<Term, { kind: 'softmax' }>['axis'], log: boolean): Value {
  if (a.dims.length === 0) return scalar(log ? 0 : 1);
  const [rows, columns] = matrixDims(a.dims);
  const dims = axis === 'all' ? [] : axis === 'rows' ? [rows, 1] : [1, columns];
  const shifted = o.subtract(a, scalar(Math.max(...plain(a).data)));
  const exponentials = o.apply('elementwise', [shifted], { fn: knownFunctions.exp, order: 0, tolerance: 0 });
  const sums = o.sumTo(exponentials, dims);
  if (!log) return o.divide(exponentials, sums);
  return o.subtract(shifted, o.apply('elementwise', [sums], { fn: knownFunctions.log, order: 0, tolerance: 0 }));
}
