// What only moves entries about: blocks, elements, slices, diagonals, vec, transposes, on values.
import type { TermIndex } from '../../term.js';
import { algebra as o } from '../algebra.js';
import { DomainError, matrixDims, type Places, sizeOf } from '../array.js';
import { type Letters, letterValue } from '../frame.js';
import type { Value } from '../operation.js';
import { diagonalPlaces, permutedPlaces, placeAt, rectanglePlaces, runPlaces } from '../places.js';

/** A vector of any orientation as a column. Throws `sizes` for a matrix. */
export function vectorOf(value: Value): Value {
  if (value.dims.length === 0) return value;
  const [rows, columns] = matrixDims(value.dims);
  if (columns === 1) return value;
  if (rows !== 1) throw new DomainError('sizes', value.dims.join('×'));
  return o.transpose(value);
}

/** Of a matrix; of a tensor all axes reversed. */
export function transposeOf(value: Value): Value {
  if (value.dims.length <= 2) return o.transpose(value);
  const order = [...value.dims.keys()].reverse();
  return o.gather(value, permutedPlaces(value.dims, order), [...value.dims].reverse());
}

/** Columns stacked. */
export function vecOf(value: Value): Value {
  if (value.dims.length === 0) return value;
  return o.reshape(o.transpose(value), [sizeOf(matrixDims(value.dims)), 1]);
}

/** Of a vector the diagonal matrix, of a square matrix the diagonal as a column, or with `keep` the matrix without what is off it. */
export function diagOf(value: Value, keep: boolean): Value {
  if (value.dims.length === 0) return value;
  const [rows, columns] = matrixDims(value.dims);
  if (rows === 1 || columns === 1) {
    const n = rows * columns;
    return o.scatter(value, diagonalPlaces(n), [n, n]);
  }
  if (rows !== columns) throw new DomainError('sizes', value.dims.join('×'));
  const diagonal = o.gather(value, diagonalPlaces(rows), [rows, 1]);
  return keep ? o.scatter(diagonal, diagonalPlaces(rows), [rows, rows]) : diagonal;
}

/** The array whose entries, in row-major order, are these scalars. */
export function fromEntries(entries: readonly Value[], dims: readonly number[]): Value {
  const only = entries[0];
  if (entries.length === 1 && only !== undefined) return only;
  for (const entry of entries) if (entry.dims.length > 0) throw new DomainError('sizes', entry.dims.join('×'));
  return o.assemble(
    entries,
    entries.map((_, k) => runPlaces(k, 1)),
    dims,
  );
}

/** A matrix of blocks. A scalar zero in the place of a larger block fills it. */
export function fromBlocks(rows: readonly (readonly Value[])[]): Value {
  const heights = rows.map((row) => Math.max(...row.map((block) => matrixDims(block.dims)[0])));
  const width = rows[0]?.length ?? 0;
  const widths = Array.from({ length: width }, (_, j) => Math.max(...rows.map((row) => matrixDims((row[j] ?? missing()).dims)[1])));
  const total = widths.reduce((sum, w) => sum + w, 0);
  const blocks: Value[] = [];
  const places: Places[] = [];
  let top = 0;
  rows.forEach((row, i) => {
    if (row.length !== width) missing();
    let left = 0;
    row.forEach((block, j) => {
      const dims = [heights[i] as number, widths[j] as number] as const;
      blocks.push(fitted(block, dims));
      places.push(rectanglePlaces(dims[0], dims[1], top, left, total));
      left += dims[1];
    });
    top += heights[i] as number;
  });
  return o.assemble(blocks, places, [top, total]);
}

function missing(): never {
  throw new DomainError('sizes', 'block');
}

function fitted(block: Value, dims: readonly [number, number]): Value {
  const [rows, columns] = matrixDims(block.dims);
  if (rows === dims[0] && columns === dims[1]) return block;
  if ('data' in block && block.data.length === 1 && block.data[0] === 0) return o.broadcastTo(block, dims);
  return missing();
}

export interface Selection {
  readonly places: Places;
  readonly dims: readonly number[];
}

/**
 * The places that indices choose. A vector takes one index, whichever way it lies; an axis with `all` stays.
 * A single index of a matrix is a row. Throws `sizes` for an index beyond the axis, `missing` for a free letter.
 */
export function select(dims: readonly number[], indices: readonly TermIndex[], letters: Letters): Selection {
  const axes = dims.length === 0 ? [1, 1] : dims;
  const chosen = completed(axes, indices);
  if (chosen.length !== axes.length) throw new DomainError('sizes', dims.join('×'));
  const positions = chosen.map((index, axis) => position(index, axes[axis] as number, letters));
  if (positions.every((at) => at !== undefined)) {
    return { places: placeAt(positions.reduce((place: number, at, axis) => place * (axes[axis] as number) + (at as number), 0)), dims: [] };
  }
  let places = [0];
  positions.forEach((at, axis) => {
    const length = axes[axis] as number;
    const along = at === undefined ? [...new Array(length).keys()] : [at];
    places = places.flatMap((place) => along.map((k) => place * length + k));
  });
  return { places: Int32Array.from(places), dims: remaining(axes, positions) };
}

function completed(axes: readonly number[], indices: readonly TermIndex[]): readonly TermIndex[] {
  const [index] = indices;
  if (indices.length !== 1 || index === undefined || axes.length !== 2) return indices;
  const first: TermIndex = { kind: 'number', value: 1 };
  if (axes[1] === 1) return [index, first];
  return axes[0] === 1 ? [first, index] : [index, { kind: 'all' }];
}

/** From 0; undefined for all. */
function position(index: TermIndex, length: number, letters: Letters): number | undefined {
  if (index.kind === 'all') return undefined;
  const at = (index.kind === 'number' ? index.value : letterValue(letters, index.name) + index.offset) - 1;
  if (!Number.isInteger(at) || at < 0 || at >= length) throw new DomainError('sizes', `index ${at + 1} of ${length}`);
  return at;
}

/** Of a matrix a row or a column; of a tensor what is left, a single axis as a column. */
function remaining(axes: readonly number[], positions: readonly (number | undefined)[]): readonly number[] {
  if (axes.length === 2) return axes.map((length, axis) => (positions[axis] === undefined ? length : 1));
  const kept = axes.filter((_, axis) => positions[axis] === undefined);
  return kept.length === 1 ? [kept[0] as number, 1] : kept;
}

export function elementOf(value: Value, indices: readonly TermIndex[], letters: Letters): Value {
  const { places, dims } = select(value.dims, indices, letters);
  return o.gather(value, places, dims);
}
