// The table of docs/shape-rules.md, cell by cell: dims and the place of every entry.
import { describe, expect, it } from 'vitest';
import { arrange } from '../../../server/language/numeric/arrange.js';
import { sizeOf } from '../../../server/language/numeric/array.js';
import type { Layout } from '../../../server/language/term.js';

const scalar: number[] = [];
const m = [3, 1];
const n = [4, 1];
const mn = [3, 5];
const pq = [4, 2];
const row = [1, 4];

// u, v, numerator, denominator, mixed
const cells: [string, number[], number[], number[], number[], number[]][] = [
  ['scalar by scalar', scalar, scalar, [], [], []],
  ['scalar by vector', scalar, n, [1, 4], [4, 1], [4, 1]],
  ['scalar by row', scalar, row, [4, 1], [1, 4], [1, 4]],
  ['scalar by matrix', scalar, pq, [2, 4], [4, 2], [4, 2]],
  ['vector by scalar', m, scalar, [3, 1], [1, 3], [3, 1]],
  ['row by scalar', row, scalar, [1, 4], [4, 1], [1, 4]],
  ['vector by vector', m, n, [3, 4], [4, 3], [3, 4]],
  ['row by vector', [1, 3], n, [3, 4], [4, 3], [3, 4]],
  ['matrix by scalar', mn, scalar, [3, 5], [5, 3], [3, 5]],
  ['vector by matrix', m, pq, [3, 2, 4], [4, 2, 3], [3, 4, 2]],
  ['matrix by vector', mn, n, [3, 5, 4], [4, 5, 3], [3, 5, 4]],
  ['matrix by matrix', mn, pq, [3, 5, 2, 4], [4, 2, 5, 3], [3, 5, 4, 2]],
];

describe('the table of layouts', () => {
  it.each(cells)('%s', (_, u, v, numerator, denominator, mixed) => {
    expect(arrange('numerator', u, v).dims).toEqual(numerator);
    expect(arrange('denominator', u, v).dims).toEqual(denominator);
    expect(arrange('mixed', u, v).dims).toEqual(mixed);
  });

  it('moves every entry once', () => {
    for (const layout of ['numerator', 'denominator', 'mixed'] as Layout[]) {
      for (const [, u, v] of cells) {
        const { axes, order, dims } = arrange(layout, u, v);
        expect([...order].sort()).toEqual([...axes.keys()]);
        expect(sizeOf(dims)).toBe(sizeOf(u) * sizeOf(v));
        expect(order.map((axis) => axes[axis])).toEqual(order.length === 1 ? dims.filter((dim) => dim !== 1) : dims);
      }
    }
  });

  it('vector by vector is fixed by a transpose sign on one side', () => {
    for (const layout of ['numerator', 'denominator', 'mixed'] as Layout[]) {
      expect(arrange(layout, m, row, { by: true }).dims).toEqual([3, 4]);
      expect(arrange(layout, [1, 3], n, { of: true }).dims).toEqual([4, 3]);
      expect(arrange(layout, [1, 3], row, { of: true, by: true }).dims).toEqual(arrange(layout, m, n).dims);
    }
  });
});
