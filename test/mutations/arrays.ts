// The oracle's own arithmetic on arrays: strict about sizes, no broadcasting but what is asked for. Nothing of shapes or analysis.
import { arrayOf, matmul, type NdArray, sameDims, scalar, transpose } from '../../server/language/numeric/array.js';

export { arrayOf, type NdArray, sameDims, scalar, transpose };

export const rowsOf = (a: NdArray): number => a.dims[0] ?? 1;
export const columnsOf = (a: NdArray): number => a.dims[1] ?? 1;
export const isScalar = (a: NdArray): boolean => a.dims.length === 0;
export const isMatrix = (a: NdArray): boolean => a.dims.length <= 2;
export const isVector = (a: NdArray): boolean => a.dims.length === 2 && (a.dims[0] === 1 || a.dims[1] === 1);
export const isSquare = (a: NdArray): boolean => a.dims.length === 0 || (a.dims.length === 2 && a.dims[0] === a.dims[1]);

const at = (data: Float64Array, i: number): number => data[i] as number;

export const make = (dims: readonly number[], f: (i: number) => number): NdArray => {
  const size = dims.reduce((x, y) => x * y, 1);
  return arrayOf(
    dims,
    Float64Array.from({ length: size }, (_, i) => f(i)),
  );
};

export const mapped = (a: NdArray, f: (x: number) => number): NdArray => ({ level: 0, dims: a.dims, data: a.data.map(f) });

/** Entry by entry of two arrays of one shape, or of a scalar and anything. */
export function entrywise(a: NdArray, b: NdArray, f: (x: number, y: number) => number): NdArray | undefined {
  if (isScalar(a)) return mapped(b, (y) => f(at(a.data, 0), y));
  if (isScalar(b)) return mapped(a, (x) => f(x, at(b.data, 0)));
  return sameDims(a.dims, b.dims) ? make(a.dims, (i) => f(at(a.data, i), at(b.data, i))) : undefined;
}

/** A row added to every row of a matrix, a column to every column. */
export function alongAxis(a: NdArray, b: NdArray, f: (x: number, y: number) => number): NdArray | undefined {
  if (a.dims.length !== 2 || b.dims.length !== 2) return undefined;
  const [m, n] = [Math.max(rowsOf(a), rowsOf(b)), Math.max(columnsOf(a), columnsOf(b))];
  const whole = (x: NdArray): boolean => rowsOf(x) === m && columnsOf(x) === n;
  const along = (x: NdArray): boolean => (rowsOf(x) === m || rowsOf(x) === 1) && (columnsOf(x) === n || columnsOf(x) === 1);
  if (!(whole(a) && along(b)) && !(whole(b) && along(a))) return undefined;
  const get = (x: NdArray, i: number, j: number): number =>
    at(x.data, (rowsOf(x) === 1 ? 0 : i) * columnsOf(x) + (columnsOf(x) === 1 ? 0 : j));
  return make([m, n], (k) => f(get(a, Math.floor(k / n), k % n), get(b, Math.floor(k / n), k % n)));
}

/** A scalar times anything, the matrix product, or the contraction of tensors: last axis of the left with the first of the right. */
export function times(a: NdArray, b: NdArray): NdArray | undefined {
  if (isScalar(a) || isScalar(b)) return entrywise(a, b, (x, y) => x * y);
  const inner = a.dims[a.dims.length - 1] as number;
  if (inner !== b.dims[0]) return undefined;
  if (a.dims.length === 2 && b.dims.length === 2) return matmul(a, b);
  const left = a.data.length / inner;
  const right = b.data.length / inner;
  const flat = matmul({ ...a, dims: [left, inner] }, { ...b, dims: [inner, right] });
  const dims = [...a.dims.slice(0, -1), ...b.dims.slice(1)];
  while (dims.length > 2 && dims[dims.length - 1] === 1) dims.pop();
  while (dims.length > 2 && dims[0] === 1) dims.shift();
  return arrayOf(dims, flat.data);
}

export function kronecker(a: NdArray, b: NdArray): NdArray | undefined {
  if (!isMatrix(a) || !isMatrix(b)) return undefined;
  const [p, q, r, s] = [rowsOf(a), columnsOf(a), rowsOf(b), columnsOf(b)];
  return make([p * r, q * s], (k) => {
    const [i, j] = [Math.floor(k / (q * s)), k % (q * s)];
    return at(a.data, Math.floor(i / r) * q + Math.floor(j / s)) * at(b.data, (i % r) * s + (j % s));
  });
}

/** Gauss with pivots: the determinant and the inverse (undefined where singular). */
export function eliminate(a: NdArray): { readonly det: number; readonly inverse: NdArray | undefined } {
  const n = rowsOf(a);
  const m = Array.from({ length: n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => (j < n ? at(a.data, i * n + j) : Number(j - n === i))),
  );
  const row = (i: number): number[] => m[i] as number[];
  let det = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(row(i)[k] as number) > Math.abs(row(pivot)[k] as number)) pivot = i;
    const value = row(pivot)[k] as number;
    if (Math.abs(value) < 1e-9) return { det: 0, inverse: undefined };
    if (pivot !== k) {
      [m[k], m[pivot]] = [row(pivot), row(k)];
      det = -det;
    }
    det *= value;
    const top = row(k).map((x) => x / value);
    m[k] = top;
    for (let i = 0; i < n; i++) {
      const factor = row(i)[k] as number;
      if (i !== k && factor !== 0) m[i] = row(i).map((x, j) => x - factor * (top[j] as number));
    }
  }
  return { det, inverse: make(n === 1 ? [] : [n, n], (k) => row(Math.floor(k / n))[n + (k % n)] as number) };
}

export const identity = (n: number): NdArray => make([n, n], (k) => Number(Math.floor(k / n) === k % n));
export const trace = (a: NdArray): number =>
  Array.from({ length: rowsOf(a) }, (_, i) => at(a.data, i * columnsOf(a) + i)).reduce((x, y) => x + y, 0);
export const total = (a: NdArray): number => a.data.reduce((x, y) => x + y, 0);

/** Of a vector the diagonal matrix, of a square matrix its diagonal as a column. */
export function diag(a: NdArray): NdArray | undefined {
  if (isScalar(a)) return a;
  if (isVector(a))
    return make([a.data.length, a.data.length], (k) =>
      Math.floor(k / a.data.length) === k % a.data.length ? at(a.data, k % a.data.length) : 0,
    );
  return isSquare(a) ? make([rowsOf(a), 1], (i) => at(a.data, i * rowsOf(a) + i)) : undefined;
}

/** Columns stacked. */
export const vec = (a: NdArray): NdArray | undefined =>
  isMatrix(a) ? make([a.data.length, 1], (k) => at(a.data, (k % rowsOf(a)) * columnsOf(a) + Math.floor(k / rowsOf(a)))) : undefined;

export function softmax(a: NdArray, axis: 'all' | 'rows' | 'columns'): NdArray {
  const e = mapped(a, Math.exp);
  const n = columnsOf(a);
  const group = (k: number): number => (axis === 'all' ? 0 : axis === 'rows' ? Math.floor(k / n) : k % n);
  const sums = new Map<number, number>();
  for (const [k, x] of e.data.entries()) sums.set(group(k), (sums.get(group(k)) ?? 0) + x);
  return make(a.dims, (k) => at(e.data, k) / (sums.get(group(k)) as number));
}

export function matrixPower(a: NdArray, k: number): NdArray | undefined {
  if (!isSquare(a) || !Number.isInteger(k)) return undefined;
  let out: NdArray | undefined = k === 0 ? identity(rowsOf(a)) : a;
  for (let i = 1; i < k && out; i++) out = times(out, a);
  return k < 0 ? undefined : out;
}

export function matrixExp(a: NdArray): NdArray | undefined {
  let out: NdArray | undefined = identity(rowsOf(a));
  let term: NdArray | undefined = out;
  for (let k = 1; k < 40 && term && out; k++) {
    const next = times(term, a);
    term = next && mapped(next, (x) => x / k);
    out = term && entrywise(out, term, (x, y) => x + y);
  }
  return out;
}

/** How far two arrays of one shape are apart, relative to their size. */
export function distance(a: NdArray, b: NdArray): number {
  let far = 0;
  let size = 1e-3;
  for (let i = 0; i < a.data.length; i++) {
    far = Math.max(far, Math.abs(at(a.data, i) - at(b.data, i)));
    size = Math.max(size, Math.abs(at(a.data, i)), Math.abs(at(b.data, i)));
  }
  return Number.isNaN(far) ? Number.NaN : far / size;
}
