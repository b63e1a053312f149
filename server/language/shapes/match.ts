// Whether dimensions and shapes fit, with flexible dimensions that fit anything, and the shape that both make together.
import type { Found } from './candidate.js';
import { type Dim, isOne } from './dimension.js';
import { cols, isScalar, rows, type Shape, sameShape } from './shape.js';

/** Equal, or one of them flexible. */
export const fits = (a: Dim, b: Dim): boolean => a === b || a.key === b.key || a.flexible || b.flexible;

/** The less flexible of two that fit; against 1 a flexible one stays, since the 1 may have been broadcast. */
const join = (a: Dim, b: Dim): Dim => (a.flexible ? (isOne(b) ? a : b) : b.flexible && isOne(a) ? b : a);

export function shapesFit(a: Shape | undefined, b: Shape | undefined): boolean {
  if (!a || !b) return true;
  if (a.dims.length !== b.dims.length) return isScalar(a) ? allFlexibleOrOne(b) : isScalar(b) ? allFlexibleOrOne(a) : false;
  return a.dims.every((d, i) => fits(d, b.dims[i] as Dim)) && squareFits(a, b) && squareFits(b, a);
}

/** What is square of an open size (I) fits squares only. */
const squareFits = (a: Shape, b: Shape): boolean => !isOpenSquare(a) || fits(rows(b), cols(b));

/** Square, of a size that nothing states: an identity. */
export const isOpenSquare = (s: Shape): boolean => s.dims.length === 2 && rows(s).flexible && rows(s).key === cols(s).key;

const allFlexibleOrOne = (s: Shape): boolean => s.dims.length <= 2 && s.dims.every((d) => d.flexible || isOne(d));

export function joinShapes(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (!a) return b;
  if (!b) return a;
  if (a.dims.length !== b.dims.length) return isScalar(a) ? a : b;
  const dims = a.dims.map((d, i) => join(d, b.dims[i] as Dim));
  return a.split === undefined ? { dims } : { dims, split: a.split };
}

/** Both are vectors of one length, lying in whatever way. */
export function sameLength(a: Shape, b: Shape): boolean {
  const n = lengthOf(a);
  const m = lengthOf(b);
  return n !== undefined && m !== undefined && fits(n, m);
}

/** The length of a row or column; undefined of anything else. */
export function lengthOf(s: Shape): Dim | undefined {
  if (s.dims.length !== 2) return undefined;
  if (isOne(cols(s))) return rows(s);
  if (isOne(rows(s))) return cols(s);
  return undefined;
}

export const isSquare = (s: Shape): boolean => s.dims.length === 2 && fits(rows(s), cols(s));

/** How many of the dimensions are flexible: the fewer, the more is known. */
export const looseness = (s: Shape | undefined): number => (s ? s.dims.filter((d) => d.flexible).length : 3);

/** Whether two lookups say the same, of the same place. */
export function sameFound(a: Found | undefined, b: Found | undefined): boolean {
  if (a === b || !a || !b) return a === b;
  return (
    a.from === b.from &&
    a.how === b.how &&
    a.of?.key === b.of?.key &&
    a.at?.start === b.at?.start &&
    a.at?.end === b.at?.end &&
    a.constant === b.constant &&
    a.vague === b.vague &&
    a.example === b.example &&
    a.shape.split === b.shape.split &&
    sameShape(a.shape, b.shape)
  );
}
