// Shapes: scalar, matrix (a column vector is n×1, a row 1×n), tensors of order three and more with their two sides.
import { type Dim, isOne, one, printDim } from './dimension.js';

/**
 * `dims` is [] for a scalar and for 1×1, two dimensions for vectors and matrices, more for tensors.
 * `split` of a tensor is the number of dimensions of its left side; a product of derivatives contracts whole sides.
 */
export interface Shape {
  readonly dims: readonly Dim[];
  readonly split?: number;
}

export const scalar: Shape = { dims: [] };

export const isScalar = (s: Shape): boolean => s.dims.length === 0;
export const isTensor = (s: Shape): boolean => s.dims.length > 2;
export const isColumn = (s: Shape): boolean => s.dims.length === 2 && isOne(cols(s)) && !isOne(rows(s));
export const isRow = (s: Shape): boolean => s.dims.length === 2 && isOne(rows(s)) && !isOne(cols(s));
export const isVector = (s: Shape): boolean => isColumn(s) || isRow(s);
/** A matrix with more than one row and more than one column. */
export const isProperMatrix = (s: Shape): boolean => s.dims.length === 2 && !isOne(rows(s)) && !isOne(cols(s));

/** Rows of a scalar or a matrix; 1 of a scalar. */
export const rows = (s: Shape): Dim => s.dims[0] ?? one;
export const cols = (s: Shape): Dim => s.dims[1] ?? one;

export function matrix(r: Dim, c: Dim): Shape {
  return isOne(r) && isOne(c) ? scalar : { dims: [r, c] };
}

export const column = (n: Dim): Shape => matrix(n, one);

/** Of two sides, each a list of dimensions from which sides of length one have vanished. */
export function fromSides(left: readonly Dim[], right: readonly Dim[]): Shape {
  const l = left.filter((d) => !isOne(d));
  const r = right.filter((d) => !isOne(d));
  if (l.length + r.length === 0) return scalar;
  if (l.length <= 1 && r.length <= 1) return matrix(l[0] ?? one, r[0] ?? one);
  if (l.length + r.length === 2) return { dims: [...l, ...r] };
  return { dims: [...l, ...r], split: l.length };
}

export function transpose(s: Shape): Shape {
  if (s.dims.length === 2) return { dims: [cols(s), rows(s)] };
  if (s.dims.length < 2) return s;
  const dims = [...s.dims].reverse();
  return s.split === undefined ? { dims } : { dims, split: dims.length - s.split };
}

export const shapeKey = (s: Shape): string => s.dims.map((d) => d.key).join('×');

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.dims.length === b.dims.length && a.dims.every((d, i) => d.key === b.dims[i]?.key);

/** `3×2`, `scalar`. */
const _printShape = (s: Shape): string => (isScalar(s) ? 'scalar' : s.dims.map(printDim).join('×'));
