// Drawn values keep what is assumed of them.
import { describe, expect, it } from 'vitest';
import { matmul, type NdArray, toRows, total, transpose } from '../../../server/language/numeric/array.js';
import { draw, drawArray } from '../../../server/language/numeric/draw.js';
import { inverse, largestEntry, matrixFunction } from '../../../server/language/numeric/linear-algebra.js';
import { sizeValue } from '../../../server/language/numeric/problem.js';
import { random } from '../../../server/language/numeric/random.js';
import type { Assumption } from '../../../server/language/term.js';
import { problem } from './build.js';

const seeds = [1, 2, 3, 4, 5];
const drawn = (dims: number[], assumed: Assumption[], seed: number, mode: 'general' | 'unit' = 'general') =>
  drawArray(dims, new Set(assumed), random(seed), mode);
const symmetric = (a: NdArray) => expect(toRows(a)).toEqual(toRows(transpose(a)));
const offDiagonal = (a: NdArray) => a.data.filter((_, k) => k % ((a.dims[0] as number) + 1) !== 0);

const checks: [Assumption, number[], (a: NdArray) => void][] = [
  ['symmetric', [4, 4], symmetric],
  ['antisymmetric', [4, 4], (a) => expect(toRows(a)).toEqual(toRows(transpose(a)).map((row) => row.map((x) => (x === 0 ? 0 : -x))))],
  ['diagonal', [3, 3], (a) => expect(offDiagonal(a).every((x) => x === 0)).toBe(true)],
  ['orthogonal', [3, 3], (a) => matmul(a, transpose(a)).data.forEach((x, k) => void expect(x).toBeCloseTo(k % 4 === 0 ? 1 : 0, 12))],
  ['invertible', [5, 5], (a) => expect(largestEntry(inverse(a)) * largestEntry(a)).toBeLessThan(60)],
  [
    'positive-definite',
    [4, 4],
    (a) => {
      symmetric(a);
      matrixFunction('log', a);
    },
  ],
  ['positive', [3, 2], (a) => expect(a.data.every((x) => x > 0)).toBe(true)],
  ['non-negative', [3, 1], (a) => expect(a.data.every((x) => x >= 0)).toBe(true)],
  ['one-hot', [4, 1], (a) => expect([...a.data].sort()).toEqual([0, 0, 0, 1])],
  [
    'one-hot',
    [2, 3],
    (a) =>
      expect(toRows(a).map((row) => [...row].sort())).toEqual([
        [0, 0, 1],
        [0, 0, 1],
      ]),
  ],
  ['probability', [4, 1], (a) => expect(total(a.data)).toBeCloseTo(1, 12)],
  ['probability', [2, 3], (a) => toRows(a).forEach((row) => void expect(row.reduce((s, x) => s + x)).toBeCloseTo(1, 12))],
  ['ones', [2, 2], (a) => expect([...a.data]).toEqual([1, 1, 1, 1])],
  ['zero', [2, 1], (a) => expect([...a.data]).toEqual([0, 0])],
  [
    'identity',
    [2, 2],
    (a) =>
      expect(toRows(a)).toEqual([
        [1, 0],
        [0, 1],
      ]),
  ],
];

describe('assumptions', () => {
  it.each(checks)('%s %j', (assumption, dims, check) => seeds.forEach((seed) => void check(drawn(dims, [assumption], seed))));
  it('go together', () => {
    const a = drawn([3, 3], ['symmetric', 'positive'], 3);
    symmetric(a);
    expect(a.data.every((x) => x > 0)).toBe(true);
    const q = drawn([3, 3], ['orthogonal', 'symmetric'], 3);
    symmetric(q);
    matmul(q, q).data.forEach((x, k) => void expect(x).toBeCloseTo(k % 4 === 0 ? 1 : 0, 12));
    expect(() => drawn([2, 3], ['symmetric'], 1)).toThrow('sizes');
  });
});

describe('draws', () => {
  it('are of order one, pairwise different, away from zero', () => {
    for (const seed of seeds) {
      const { data } = drawn([4, 3], [], seed);
      expect(new Set(data).size).toBe(12);
      expect(data.every((x) => Math.abs(x) >= 0.25 && Math.abs(x) <= 1.5)).toBe(true);
      expect(drawn([3, 3], [], seed, 'unit').data.every((x) => x > 0 && x < 1)).toBe(true);
    }
  });
  it('depend on seed and key, not on order', () => {
    const p = problem({ x: '3', y: '3' });
    const [first, second] = [draw(p, 1), draw(p, 1)];
    const y = first.value('y');
    expect(second.value('x').data).toEqual(first.value('x').data);
    expect(second.value('y').data).toEqual(y.data);
    expect(first.value('x').data).not.toEqual(y.data);
    expect(draw(p, 2).value('y').data).not.toEqual(y.data);
  });
  it('directions keep linear assumptions', () => {
    const p = problem({ S: '3 3: positive-definite', Q: '3 3: orthogonal', D: '3 3: diagonal', I: '2 2: identity' });
    const point = draw(p, 1);
    const along = (key: string) => point.direction(key, point.value(key));
    symmetric(along('S'));
    expect(offDiagonal(along('D')).every((x) => x === 0)).toBe(true);
    expect(largestEntry(along('I'))).toBe(0);
    const tangent = matmul(transpose(point.value('Q')), along('Q'));
    matmul(tangent, matmul(point.value('Q'), transpose(point.value('Q')))).data.forEach(
      (x, k) => void expect(x).toBeCloseTo(-(transpose(tangent).data[k] as number), 10),
    );
  });
  it('sizes are polynomials', () => {
    const sizes = new Map([
      ['m', 3],
      ['n', 4],
    ]);
    expect(
      sizeValue(sizes, {
        names: [
          { coefficient: 2, factors: ['m', 'n'] },
          { coefficient: -1, factors: [] },
        ],
      }),
    ).toBe(23);
    expect(() => sizeValue(sizes, { names: [{ coefficient: 1, factors: ['k'] }] })).toThrow('missing k');
    expect(() =>
      sizeValue(sizes, {
        names: [
          { coefficient: 1, factors: ['m'] },
          { coefficient: -3, factors: [] },
        ],
      }),
    ).toThrow('sizes');
  });
});
