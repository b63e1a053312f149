// Random values for symbols: of order one, pairwise different entries, square matrices well-conditioned, assumptions kept.
import type { Assumption } from '../term.js';
import {
  arrayOf,
  blank,
  canonicalDims,
  DomainError,
  filled,
  identity,
  map,
  matmul,
  matrixDims,
  type NdArray,
  sameDims,
  sizeOf,
  squareSide,
  transpose,
  zip,
} from './array.js';
import { inverse, largestEntry } from './linear-algebra.js';
import { type DrawMode, dimsValue, type Point, type Problem } from './problem.js';
import { between, type Random, randomFor, signed } from './random.js';
import { newLists } from './table.js';

/** The problem's values for a seed, drawn when they are asked for. */
export function draw(problem: Problem, seed: number, mode: DrawMode = 'general'): Point {
  const values = new Map<string, NdArray>(problem.values);
  const directions = new Map<string, NdArray>();
  const value = (key: string): NdArray => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const variable = problem.variables.get(key);
    if (variable === undefined) throw new DomainError('missing', key);
    const drawn = drawnOnce(key, dimsValue(problem.sizes, variable.dims), variable.assumptions, seed, mode);
    values.set(key, drawn);
    return drawn;
  };
  const direction = (key: string, at: NdArray): NdArray => {
    const known = directions.get(key);
    if (known !== undefined) return known;
    const assumptions = new Set(problem.variables.get(key)?.assumptions);
    const drawn = tangentTo(at, assumptions, randomFor(`d ${key}`, seed));
    directions.set(key, drawn);
    return drawn;
  };
  return { seed, mode, value, direction };
}

type Assumptions = ReadonlySet<Assumption>;

interface Draw {
  readonly seed: number;
  readonly mode: DrawMode;
  readonly dims: readonly number[];
  readonly assumed: string;
  readonly drawn: NdArray;
}

/** Neighbouring equations speak of the same symbols, which have the same values in all of them. */
const draws = newLists<Draw>(1000);

function drawnOnce(key: string, dims: readonly number[], assumptions: readonly Assumption[], seed: number, mode: DrawMode): NdArray {
  const assumed = assumptions.length === 0 ? '' : assumptions.join();
  const known = draws.find(key, (d) => d.seed === seed && d.mode === mode && d.assumed === assumed && sameDims(d.dims, dims));
  if (known) return known.drawn;
  const drawn = drawArray(dims, new Set(assumptions), randomFor(key, seed), mode);
  draws.add(key, { seed, mode, dims, assumed, drawn });
  return drawn;
}

/** An array of these dims that is all that is assumed of it. Throws `sizes` where that cannot be (a symmetric 2×3). */
export function drawArray(wanted: readonly number[], assumed: Assumptions, next: Random, mode: DrawMode = 'general'): NdArray {
  const dims = canonicalDims(wanted);
  if (assumed.has('zero')) return filled(dims, 0);
  if (assumed.has('ones')) return filled(dims, 1);
  if (assumed.has('identity')) return dims.length === 0 ? filled(dims, 1) : identity(squareSide(dims));
  if (assumed.has('one-hot')) return perRow(dims, (row) => oneHot(row, next));
  if (assumed.has('probability')) return perRow(dims, (row) => probability(row, next));
  if (dims.length === 0) return filled(dims, drawEntry(assumed, next, mode));
  const square = dims.length === 2 && dims[0] === dims[1];
  if (assumed.has('orthogonal')) return dims.length !== 2 || square ? orthogonal(squareSide(dims), assumed, next) : orthonormal(dims, next);
  return square ? wellConditioned(() => drawMatrix(dims, assumed, next, mode)) : drawMatrix(dims, assumed, next, mode);
}

function drawEntry(assumed: Assumptions, next: Random, mode: DrawMode): number {
  if (assumed.has('antisymmetric')) return 0;
  if (mode === 'unit') return between(next, 0.15, 0.85);
  const positive = assumed.has('positive') || assumed.has('non-negative') || assumed.has('positive-definite');
  return positive ? between(next, 0.25, 1.75) : signed(next);
}

function drawMatrix(dims: readonly number[], assumed: Assumptions, next: Random, mode: DrawMode): NdArray {
  const [, columns] = dims.length === 2 ? matrixDims(dims) : [1, sizeOf(dims)];
  const shrink = dims.length === 2 && columns > 8 ? Math.sqrt(8 / columns) : 1;
  const entries = withoutSymmetry(assumed);
  const data = blank(dims);
  for (let k = 0; k < data.length; k++) data[k] = drawEntry(entries, next, mode) * shrink;
  let drawn = arrayOf(dims, data);
  if (mode === 'unit' && dims.length === 2 && dims[0] === dims[1]) drawn = dominated(drawn);
  return shaped(drawn, assumed);
}

const withoutSymmetry = (assumed: Assumptions): Assumptions =>
  assumed.has('antisymmetric') ? new Set([...assumed].filter((assumption) => assumption !== 'antisymmetric')) : assumed;

/** Keeps the entries between 0 and 1 and makes the diagonal larger than the rest of its row together. */
function dominated(a: NdArray): NdArray {
  const n = squareSide(a.dims);
  return arrayOf(
    a.dims,
    a.data.map((x, k) => (k % (n + 1) === 0 ? 0.5 + 0.45 * x : (0.5 / n) * x)),
  );
}

/** Symmetric, antisymmetric, diagonal, positive definite: linear projections, and B Bᵀ + I/2. */
function shaped(drawn: NdArray, assumed: Assumptions): NdArray {
  let a = drawn;
  if (assumed.has('positive-definite')) {
    const n = squareSide(a.dims);
    const positive = map(matmul(a, transpose(a)), (x) => x / n);
    a = zip(positive, identity(n), (x, y) => x + y / 2);
  }
  if (assumed.has('symmetric')) a = zip(a, transpose(a), (x, y) => (x + y) / 2);
  if (assumed.has('antisymmetric')) a = zip(a, transpose(a), (x, y) => (x - y) / 2);
  if (assumed.has('diagonal')) a = zip(a, identity(squareSide(a.dims)), (x, y) => x * y);
  return a;
}

/** The best of a few draws; an antisymmetric matrix of odd side is singular whatever is drawn. */
function wellConditioned(drawOne: () => NdArray): NdArray {
  let best = drawOne();
  let bestCondition = condition(best);
  for (let attempt = 0; attempt < 8 && bestCondition > 40; attempt++) {
    const other = drawOne();
    const otherCondition = condition(other);
    if (otherCondition < bestCondition) [best, bestCondition] = [other, otherCondition];
  }
  return best;
}

function condition(a: NdArray): number {
  if (squareSide(a.dims) > 16) return 0;
  try {
    return largestEntry(a) * largestEntry(inverse(a)) * squareSide(a.dims);
  } catch (error) {
    if (error instanceof DomainError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** The first columns, or rows, of an orthogonal matrix. */
function orthonormal(dims: readonly number[], next: Random): NdArray {
  const [r, c] = matrixDims(dims);
  const side = Math.max(r, c);
  const q = orthogonal(side, new Set(), next);
  return arrayOf(
    dims,
    blank(dims).map((_, k) => q.data[Math.floor(k / c) * side + (k % c)] as number),
  );
}

/** A product of reflections I − 2vvᵀ/vᵀv: one is symmetric; with a diagonal it is signs. */
function orthogonal(n: number, assumed: Assumptions, next: Random): NdArray {
  if (assumed.has('diagonal')) return map(identity(n), (x) => (x === 0 ? 0 : next() < 0.5 ? -1 : 1));
  let q = identity(n);
  for (let k = 0; k < (assumed.has('symmetric') ? 1 : n); k++) {
    const v = arrayOf(
      [n, 1],
      blank([n, 1]).map(() => signed(next)),
    );
    const squared = v.data.reduce((sum, x) => sum + x * x, 0);
    const reflection = zip(identity(n), matmul(v, transpose(v)), (x, y) => x - (2 * y) / squared);
    q = n === 1 ? reflection : matmul(q, reflection);
  }
  return q;
}

/** Of a vector the whole, of a matrix each row. */
function perRow(dims: readonly number[], make: (row: Float64Array) => void): NdArray {
  const data = blank(dims);
  const whole = dims.length !== 2 || dims[1] === 1;
  const length = whole ? data.length : (dims[1] as number);
  for (let start = 0; start < data.length; start += length) make(data.subarray(start, start + length));
  return arrayOf(dims, data);
}

function oneHot(row: Float64Array, next: Random): void {
  row[Math.floor(next() * row.length)] = 1;
}

function probability(row: Float64Array, next: Random): void {
  const drawn = row.map(() => between(next, 0.2, 1));
  const sum = drawn.reduce((total, x) => total + x, 0);
  row.set(drawn.map((x) => (row.length > 1 ? x / sum : x)));
}

/** A direction in which an array can go and stay what is assumed of it (to first order). */
function tangentTo(value: NdArray, assumed: Assumptions, next: Random): NdArray {
  if (assumed.has('zero') || assumed.has('ones') || assumed.has('identity')) return filled(value.dims, 0);
  const freely = (dims: readonly number[]): NdArray =>
    arrayOf(
      dims,
      blank(dims).map(() => signed(next)),
    );
  if (assumed.has('orthogonal') && value.dims.length === 2) {
    const turn = freely([value.dims[1] as number, value.dims[1] as number]);
    return matmul(
      value,
      zip(turn, transpose(turn), (x, y) => x - y),
    );
  }
  const free = freely(value.dims);
  if (value.dims.length === 0) return free;
  const linear = new Set([...assumed].filter((assumption) => assumption !== 'positive-definite'));
  if (assumed.has('positive-definite')) linear.add('symmetric');
  return shaped(free, linear);
}
