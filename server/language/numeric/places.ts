// Tables of places for gather, scatter and assemble: blocks, diagonals, axes put in another order. Made once for each size.
import { type Places, sizeOf } from './array.js';
import { newTable } from './table.js';

const table = newTable<Places>(2000);

const filledBy = (size: number, place: (k: number) => number): Places => {
  const places = new Int32Array(size);
  for (let k = 0; k < size; k++) places[k] = place(k);
  return places;
};

/** The n×n block of a 2n×2n matrix that begins at row, column. */
export function blockPlaces(n: number, row: number, column: number): Places {
  return table(`block ${n} ${row} ${column}`, () => rectanglePlaces(n, n, row, column, 2 * n));
}

/** The rows×columns rectangle, from (row, column) on, of a matrix with `width` columns. */
export function rectanglePlaces(rows: number, columns: number, row: number, column: number, width: number): Places {
  return filledBy(rows * columns, (k) => (row + Math.floor(k / columns)) * width + column + (k % columns));
}

/** The diagonal of an n×n matrix. */
export function diagonalPlaces(n: number): Places {
  return table(`diagonal ${n}`, () => filledBy(n, (k) => k * (n + 1)));
}

/** Axis k of the result is axis order[k] of an array with dims. */
export function permutedPlaces(dims: readonly number[], order: readonly number[]): Places {
  return table(`permuted ${dims} ${order}`, () => {
    const strides = dims.map((_, axis) => sizeOf(dims.slice(axis + 1)));
    const size = sizeOf(dims);
    const places = new Int32Array(size);
    const counter = order.map(() => 0);
    for (let k = 0, place = 0; k < size; k++) {
      places[k] = place;
      for (let axis = order.length - 1; axis >= 0; axis--) {
        const stride = strides[order[axis] as number] as number;
        const length = dims[order[axis] as number] as number;
        counter[axis] = (counter[axis] as number) + 1;
        place += stride;
        if ((counter[axis] as number) < length) break;
        place -= stride * length;
        counter[axis] = 0;
      }
    }
    return places;
  });
}

/** Both factors' places in their Kronecker product: (A ⊗ B) has A at [i / p, j / q] and B at [i mod p, j mod q]. */
export function kroneckerPlaces(a: readonly [number, number], b: readonly [number, number]): readonly [Places, Places] {
  const columns = a[1] * b[1];
  const size = a[0] * b[0] * columns;
  const row = (k: number) => Math.floor(k / columns);
  const outer = table(`outer ${a} ${b}`, () => filledBy(size, (k) => Math.floor(row(k) / b[0]) * a[1] + Math.floor((k % columns) / b[1])));
  const inner = table(`inner ${a} ${b}`, () => filledBy(size, (k) => (row(k) % b[0]) * b[1] + ((k % columns) % b[1])));
  return [outer, inner];
}

/** A single place. */
export function placeAt(position: number): Places {
  return Int32Array.of(position);
}

/** start, start + 1, … */
export function runPlaces(start: number, length: number): Places {
  return table(`run ${start} ${length}`, () => filledBy(length, (k) => start + k));
}
