// Dense float64 arrays of any order and the kernels that need no factorization: entry-wise with broadcasting, products, places.
// A scalar has dims [], a column [n, 1], a row [1, n]; 1×1 is always the scalar. Knows no derivatives.

export interface NdArray {
  /** Arrays are values at differentiation level 0 (see operation.ts). */
  readonly level: 0;
  readonly dims: readonly number[];
  /** Row-major. */
  readonly data: Float64Array;
}

export type DomainReason =
  | 'singular' // an inverse, a spectrum with equal ends
  | 'domain' // a log, a root, a quotient outside of its domain
  | 'kink' // a derivative near a place where there is none
  | 'overflow' // a result that is not finite
  | 'sizes' // operands that do not conform
  | 'missing' // a symbol without value or definition; `detail` is its key
  | 'cycle' // a definition that needs itself; `detail` is its key
  | 'too-large'; // more work than is sensible

/** Everything that can go wrong while computing. Thrown inside the layer, caught at its door, told apart by `reason`. */
export class DomainError extends Error {
  constructor(
    readonly reason: DomainReason,
    readonly detail: string = '',
  ) {
    super(`${reason} ${detail}`);
  }
}

export const scalarDims: readonly number[] = [];
const largest = 20_000_000;

export function sizeOf(dims: readonly number[]): number {
  let size = 1;
  for (const dim of dims) size *= dim;
  return size;
}

/** An array over `data`, which is not copied and has as many entries as dims say. */
export function arrayOf(dims: readonly number[], data: Float64Array): NdArray {
  return { level: 0, dims: canonicalDims(dims), data };
}

/** 1×1 (and 1×1×1 …) is the scalar. */
export function canonicalDims(dims: readonly number[]): readonly number[] {
  if (dims.length === 0) return scalarDims;
  for (const dim of dims) if (dim !== 1) return dims;
  return scalarDims;
}

export function blank(dims: readonly number[]): Float64Array {
  const size = sizeOf(dims);
  if (size > largest) throw new DomainError('too-large');
  return new Float64Array(size);
}

export function scalar(value: number): NdArray {
  const data = new Float64Array(1);
  data[0] = value;
  return { level: 0, dims: scalarDims, data };
}

export function filled(dims: readonly number[], value: number): NdArray {
  return arrayOf(dims, blank(dims).fill(value));
}

export function column(values: ArrayLike<number>): NdArray {
  return arrayOf([values.length, 1], Float64Array.from(values));
}

/** A matrix by its rows, all of one length. */
export function fromRows(rows: readonly (readonly number[])[]): NdArray {
  return arrayOf([rows.length, rows[0]?.length ?? 0], Float64Array.from(rows.flat()));
}

export function toRows(array: NdArray): number[][] {
  const [rows, columns] = matrixDims(array.dims);
  return Array.from({ length: rows }, (_, row) => Array.from(array.data.subarray(row * columns, (row + 1) * columns)));
}

export function identity(n: number): NdArray {
  const data = blank([n, n]);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return arrayOf([n, n], data);
}

/** Rows and columns; a scalar is 1×1. Throws `sizes` for tensors. */
export function matrixDims(dims: readonly number[]): readonly [number, number] {
  if (dims.length === 0) return [1, 1];
  if (dims.length !== 2) throw new DomainError('sizes', dims.join('×'));
  return [dims[0] as number, dims[1] as number];
}

/** The side of a square matrix; 1 for a scalar. Throws `sizes`. */
export function squareSide(dims: readonly number[]): number {
  const [rows, columns] = matrixDims(dims);
  if (rows !== columns) throw new DomainError('sizes', dims.join('×'));
  return rows;
}

export function sameDims(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The only entry of a scalar. Throws `sizes` for anything else. */
export function only(array: NdArray): number {
  if (array.data.length !== 1) throw new DomainError('sizes', array.dims.join('×'));
  return array.data[0] as number;
}

/** A scalar fits anything, a single row or column fits a matrix that has its length. Throws `sizes`. */
function broadcastDims(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || sameDims(a, b)) return b;
  if (b.length === 0) return a;
  if (fitsAlong(a, b)) return b;
  if (fitsAlong(b, a)) return a;
  throw new DomainError('sizes', `${a.join('×')} ${b.join('×')}`);
}

function fitsAlong(vector: readonly number[], matrix: readonly number[]): boolean {
  if (vector.length !== 2 || matrix.length !== 2) return false;
  return (vector[0] === 1 && vector[1] === matrix[1]) || (vector[1] === 1 && vector[0] === matrix[0]);
}

/** f entry by entry, broadcasting. */
export function zip(a: NdArray, b: NdArray, f: (x: number, y: number) => number): NdArray {
  const dims = broadcastDims(a.dims, b.dims);
  const size = Math.max(a.data.length, b.data.length);
  const x = dims === a.dims ? a.data : broadcastTo(a, dims).data;
  const y = dims === b.dims || sameDims(a.dims, b.dims) ? b.data : broadcastTo(b, dims).data;
  const data = new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = f(x[i] as number, y[i] as number);
  return { level: 0, dims, data };
}

export function map(a: NdArray, f: (x: number) => number): NdArray {
  const size = a.data.length;
  const data = new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = f(a.data[i] as number);
  return { level: 0, dims: a.dims, data };
}

export function broadcastTo(a: NdArray, dims: readonly number[]): NdArray {
  if (sameDims(a.dims, dims)) return a;
  if (a.data.length === 1) return filled(dims, a.data[0] as number);
  if (!fitsAlong(a.dims, dims)) throw new DomainError('sizes', `${a.dims.join('×')} ${dims.join('×')}`);
  const [rows, columns] = matrixDims(dims);
  const data = blank(dims);
  const alongRows = a.dims[0] === 1;
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++, k++) data[k] = a.data[alongRows ? j : i] as number;
  return arrayOf(dims, data);
}

/** The transpose of broadcastTo: adds up the entries that came from one. */
export function sumTo(a: NdArray, dims: readonly number[]): NdArray {
  if (sameDims(a.dims, dims)) return a;
  if (dims.length === 0) return scalar(total(a.data));
  const [rows, columns] = matrixDims(a.dims);
  const data = blank(dims);
  const toRow = dims[0] === 1;
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) {
      const at = toRow ? j : i;
      data[at] = (data[at] as number) + (a.data[k] as number);
    }
  }
  return arrayOf(dims, data);
}

export function total(data: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] as number;
  return sum;
}

/** The matrix product of two matrices. Throws `sizes`. */
export function matmul(a: NdArray, b: NdArray): NdArray {
  const [rows, inner] = matrixDims(a.dims);
  const [innerOfB, columns] = matrixDims(b.dims);
  if (inner !== innerOfB) throw new DomainError('sizes', `${a.dims.join('×')} ${b.dims.join('×')}`);
  const dims = [rows, columns];
  const data = blank(dims);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const left = a.data[i * inner + k] as number;
      for (let j = 0, at = i * columns, from = k * columns; j < columns; j++, at++, from++) {
        data[at] = (data[at] as number) + left * (b.data[from] as number);
      }
    }
  }
  return arrayOf(dims, data);
}

export function transpose(a: NdArray): NdArray {
  if (a.dims.length === 0) return a;
  const [rows, columns] = matrixDims(a.dims);
  if (rows === 1 || columns === 1) return { level: 0, dims: [columns, rows], data: a.data };
  const data = new Float64Array(a.data.length);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++, k++) data[j * rows + i] = a.data[k] as number;
  return { level: 0, dims: [columns, rows], data };
}

/** Row-major positions in an array, -1 for none. */
export type Places = Int32Array;

/** out[k] = a[places[k]], 0 where there is no place. */
export function gather(a: NdArray, places: Places, dims: readonly number[]): NdArray {
  const data = blank(dims);
  for (let k = 0; k < data.length; k++) {
    const place = places[k] as number;
    if (place >= 0) data[k] = a.data[place] as number;
  }
  return arrayOf(dims, data);
}

/** The transpose of gather: out[places[k]] += a[k]. */
export function scatter(a: NdArray, places: Places, dims: readonly number[]): NdArray {
  const data = blank(dims);
  for (let k = 0; k < places.length; k++) {
    const place = places[k] as number;
    if (place >= 0) data[place] = (data[place] as number) + (a.data[k] as number);
  }
  return arrayOf(dims, data);
}

export function isFiniteArray(a: NdArray): boolean {
  for (let i = 0; i < a.data.length; i++) if (!Number.isFinite(a.data[i])) return false;
  return true;
}
