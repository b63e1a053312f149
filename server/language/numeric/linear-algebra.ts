// Kernels that factorize: inverse, determinant, spectrum, matrix functions. Factorizations are ml-matrix's.
// Functions of matrices after Higham, Functions of Matrices (2008): chapters 6 (root), 10 (exponential), 11 (logarithm).
import { EVD, determinant as luDeterminant, inverse as luInverse, Matrix, SVD, pseudoInverse as svdPseudoInverse } from 'ml-matrix';
import {
  arrayOf,
  blank,
  DomainError,
  identity,
  map,
  matmul,
  matrixDims,
  type NdArray,
  scalar,
  squareSide,
  transpose,
  zip,
} from './array.js';

/** Inverses are refused beyond this condition number (largest entries): the verdict's tolerance needs the digits. */
const worstCondition = 1e7;

/** Factorizations of more than this many multiplications are refused. */
const mostWork = 30_000_000;

function toMatrix(a: NdArray): Matrix {
  const [rows, columns] = matrixDims(a.dims);
  if (rows * columns * Math.min(rows, columns) > mostWork) throw new DomainError('too-large');
  return Matrix.from1DArray(rows, columns, a.data);
}

function fromMatrix(m: Matrix): NdArray {
  const data = blank([m.rows, m.columns]);
  for (let i = 0, k = 0; i < m.rows; i++) for (let j = 0; j < m.columns; j++, k++) data[k] = m.get(i, j);
  return arrayOf([m.rows, m.columns], data);
}

export function largestEntry(a: NdArray): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) largest = Math.max(largest, Math.abs(a.data[i] as number));
  return largest;
}

/** Of a square matrix or a scalar. Throws `singular`, also where it is nearly so. */
export function inverse(a: NdArray): NdArray {
  const n = squareSide(a.dims);
  if (n === 1) {
    if (a.data[0] === 0) throw new DomainError('singular');
    return map(a, (x) => 1 / x);
  }
  const result = tryLu(a);
  const condition = result === undefined ? Number.NaN : largestEntry(a) * largestEntry(result) * n;
  if (result === undefined || !(condition < worstCondition)) throw new DomainError('singular');
  return result;
}

function tryLu(a: NdArray): NdArray | undefined {
  try {
    return fromMatrix(luInverse(toMatrix(a)));
  } catch {
    return undefined;
  }
}

/** Moore–Penrose, r×c to c×r. Throws `singular` where the rank is in doubt. */
export function pseudoInverse(a: NdArray): NdArray {
  if (largestEntry(a) === 0) return transpose(a);
  const values = singularValues(a);
  const largest = values[0] as number;
  for (const value of values) if (value < 1e-5 * largest && value > 1e-12 * largest) throw new DomainError('singular');
  return fromMatrix(svdPseudoInverse(toMatrix(a), largest * 1e-9));
}

export function determinant(a: NdArray): NdArray {
  const n = squareSide(a.dims);
  return n === 1 ? a : scalar(luDeterminant(toMatrix(a)));
}

/** In falling order. */
function singularValues(a: NdArray): number[] {
  return new SVD(toMatrix(a), { computeLeftSingularVectors: false, computeRightSingularVectors: false, autoTranspose: true }).diagonal;
}

export function rank(a: NdArray): number {
  const values = singularValues(a);
  return values.filter((value) => value > 1e-9 * (values[0] as number)).length;
}

/** The unit eigenvector, n×1, of the largest eigenvalue of a symmetric matrix. Throws `singular` where that eigenvalue is nearly double. */
export function leadingEigenvector(a: NdArray): NdArray {
  const n = squareSide(a.dims);
  if (n === 1) return scalar(1);
  const spectrum = new EVD(toMatrix(a), { assumeSymmetric: true });
  const order = spectrum.realEigenvalues.map((value, at) => ({ value, at })).sort((x, y) => y.value - x.value);
  const [first, second] = order;
  if (first === undefined || second === undefined || first.value - second.value < 1e-4 * Math.abs(first.value))
    throw new DomainError('singular');
  const data = Float64Array.from(spectrum.eigenvectorMatrix.getColumn(first.at));
  const pivot = data.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return arrayOf(
    [n, 1],
    data.map((x) => (pivot < 0 ? -x : x)),
  );
}

export type MatrixFunction = 'exp' | 'log' | 'sqrt';

/** Of a square matrix, symmetric or not. Throws `domain` where there is no real principal value. */
export function matrixFunction(fn: MatrixFunction, a: NdArray): NdArray {
  const n = squareSide(a.dims);
  if (n === 1) {
    const x = a.data[0] as number;
    if (fn !== 'exp' && x <= 0) throw new DomainError('domain');
    return scalar(Math[fn](x));
  }
  if (fn === 'exp') return exponential(a);
  if (isSymmetric(a)) return ofSymmetric(fn, a);
  return fn === 'sqrt' ? squareRoot(a) : logarithm(a);
}

function isSymmetric(a: NdArray): boolean {
  const other = transpose(a).data;
  return a.data.every((x, i) => x === other[i]);
}

function ofSymmetric(fn: 'log' | 'sqrt', a: NdArray): NdArray {
  const spectrum = new EVD(toMatrix(a), { assumeSymmetric: true });
  const values = spectrum.realEigenvalues;
  if (values.some((value) => value <= 1e-9)) throw new DomainError('domain');
  const vectors = fromMatrix(spectrum.eigenvectorMatrix);
  const scaled = zip(
    vectors,
    arrayOf(
      [1, values.length],
      Float64Array.from(values, (value) => Math[fn](value)),
    ),
    (x, y) => x * y,
  );
  return matmul(scaled, transpose(vectors));
}

const plus = (a: NdArray, b: NdArray, factor = 1) => zip(a, b, (x, y) => x + factor * y);
const times = (a: NdArray, factor: number) => map(a, (x) => factor * x);

/** Scaling and squaring of the Taylor series. */
function exponential(a: NdArray): NdArray {
  const n = squareSide(a.dims);
  const norm = largestEntry(a) * n;
  if (!(norm < 700)) throw new DomainError('overflow');
  const halvings = Math.max(0, Math.ceil(Math.log2(norm / 0.5)));
  const small = times(a, 2 ** -halvings);
  let result = identity(n);
  for (let k = 16; k >= 1; k--) result = plus(identity(n), times(matmul(small, result), 1 / k));
  for (let k = 0; k < halvings; k++) result = matmul(result, result);
  return result;
}

/** Denman–Beavers iteration; the result is checked by squaring it. */
function squareRoot(a: NdArray): NdArray {
  let root = a;
  let companion = identity(squareSide(a.dims));
  for (let step = 0; step < 40; step++) {
    const next = times(plus(root, inverseOrDomain(companion)), 0.5);
    companion = times(plus(companion, inverseOrDomain(root)), 0.5);
    const change = largestEntry(plus(next, root, -1));
    root = next;
    if (change < 1e-15 * largestEntry(root)) break;
  }
  const error = largestEntry(plus(matmul(root, root), a, -1));
  if (!(error < 1e-9 * largestEntry(a))) throw new DomainError('domain');
  return root;
}

function inverseOrDomain(a: NdArray): NdArray {
  const result = tryLu(a);
  if (result === undefined) throw new DomainError('domain');
  return result;
}

/** Inverse scaling and squaring; near I the series of artanh, log X = 2 artanh((X − I)(X + I)⁻¹). */
function logarithm(a: NdArray): NdArray {
  const unit = identity(squareSide(a.dims));
  let root = a;
  let doublings = 0;
  for (; doublings < 30 && largestEntry(plus(root, unit, -1)) * squareSide(a.dims) > 0.2; doublings++) root = squareRoot(root);
  const y = matmul(plus(root, unit, -1), inverseOrDomain(plus(root, unit)));
  const square = matmul(y, y);
  let series = times(unit, 1 / 21);
  for (let k = 19; k >= 1; k -= 2) series = plus(times(unit, 1 / k), matmul(square, series));
  return times(matmul(y, series), 2 ** (doublings + 1));
}
