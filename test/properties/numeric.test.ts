// Properties of the numeric engine on random terms: forward mode against reverse mode, both against differences; layouts against one another.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../server/language/numeric/algebra.js';
import { arrange } from '../../server/language/numeric/arrange.js';
import { arrayOf, sizeOf } from '../../server/language/numeric/array.js';
import { directional, jacobian, variationAt } from '../../server/language/numeric/differentiate.js';
import { drawArray } from '../../server/language/numeric/draw.js';
import { contextAt, DomainError, evaluate, judge, type NdArray, type Problem } from '../../server/language/numeric/index.js';
import { random } from '../../server/language/numeric/random.js';
import { centralDifference } from '../../server/language/numeric/witness.js';
import type { ElementwiseName, Layout, Term } from '../../server/language/term.js';
import {
  add,
  d,
  diag,
  div,
  fn,
  grad,
  had,
  inv,
  mul,
  n,
  open,
  pow,
  problem,
  product,
  red,
  softmax,
  sub,
  T,
  v,
  vec,
} from '../unit/numeric/build.js';

const sizes = [2, 3];
type Dims = readonly [number, number];

const variables = Object.fromEntries(sizes.flatMap((r) => [...sizes, 1].map((c) => [`X${r}${c}`, `${r} ${c}`])));
const p: Problem = problem({ ...variables, s: '' });

const smooth: ElementwiseName[] = [
  'sigmoid',
  'tanh',
  'softplus',
  'sin',
  'cos',
  'gelu',
  'silu',
  'arctan',
  'erf',
  'square',
  'elu',
  'relu',
  'abs',
];
const size = fc.constantFrom(...sizes);

/** Terms of given dims (columns where the second is 1), of bounded depth. */
function termOf([r, c]: Dims, depth: number): fc.Arbitrary<Term> {
  const leaf: fc.Arbitrary<Term> =
    r === 1 ? (c === 1 ? fc.constantFrom(v('s'), n(0.7)) : fc.constant(T(v(`X${c}1`)))) : fc.constant(v(`X${r}${c}`));
  if (depth === 0) return leaf;
  const same = termOf([r, c], depth - 1);
  const common: fc.Arbitrary<Term>[] = [
    leaf,
    fc.tuple(same, same).map(([a, b]) => add(a, b)),
    fc.tuple(same, same).map(([a, b]) => sub(a, b)),
    fc.tuple(same, same).map(([a, b]) => had(a, b)),
    fc.tuple(termOf([1, 1], depth - 1), same).map(([a, b]) => mul(a, b)),
    fc.tuple(same, same).map(([a, b]) => div(a, add(n(2), fn('square', b)))),
    fc.tuple(same, fc.constantFrom(...smooth), fc.integer({ min: 0, max: 1 })).map(([a, name, order]) => fn(name, a, order)),
    same.map((a) => open('f', a)),
    fc
      .tuple(size, fc.constant(depth - 1))
      .chain(([k, below]) => fc.tuple(termOf([r, k], below), termOf([k, c], below)).map(([a, b]) => mul(a, b))),
    termOf([c, r], depth - 1).map(T),
  ];
  if (r === 1 && c === 1) common.push(...scalars(depth));
  if (r === c && r > 1) common.push(...squares(r, depth));
  if (c === 1 && r > 1)
    common.push(
      same.map((a) => softmax(a)),
      same.map((a) => softmax(a, 'all', true)),
    );
  if (r > 1 && c > 1)
    common.push(
      same.map((a) => softmax(a, 'rows')),
      fc.tuple(same, termOf([r, 1], depth - 1)).map(([a, b]) => add(a, b)),
    );
  return fc.oneof(...common);
}

function scalars(depth: number): fc.Arbitrary<Term>[] {
  const some = fc.tuple(size, size).chain((dims) => termOf(dims, depth - 1));
  const square = size.chain((k) => termOf([k, k], depth - 1));
  return [
    some.map((a) => red('sum', a)),
    some.map((a) => red('norm2', a)),
    some.map((a) => red('max', a)),
    some.map((a) => red('norm1', a)),
    square.map((a) => red('trace', a)),
    square.map((a) => red('det', a)),
    fc
      .tuple(size, size)
      .chain((dims) => fc.tuple(termOf(dims, depth - 1), termOf(dims, depth - 1)))
      .map(([a, b]) => product('inner', a, b)),
  ];
}

function squares(k: number, depth: number): fc.Arbitrary<Term>[] {
  const same = termOf([k, k], depth - 1);
  const dominant = same.map((a) => add(fn('tanh', a), mul(n(4), diag(fn('sigmoid', red('row-sums', a))))));
  return [
    same.map((a) => pow(a, 2, true)),
    dominant.map((a) => inv(a)),
    termOf([k, 1], depth - 1).map(diag),
    same.map((a): Term => ({ kind: 'diag', term: a, keep: true })),
  ];
}

const anyTerm = fc.constantFrom<Dims[]>([1, 1], [2, 1], [3, 1], [2, 3], [3, 3], [1, 2]).chain((dims) => termOf(dims, 3));
const anyVariable = fc.constantFrom(...Object.keys(variables));

/** Runs the check where the term has a value and no kink is near; counts how often that was. */
function checked(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.reason !== 'sizes') return false;
    throw error;
  }
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  const scale = Math.max(1, ...Array.from(a, Math.abs), ...Array.from(b, Math.abs));
  expect(a.length).toBe(b.length);
  for (let k = 0; k < a.length; k++) expect(Math.abs((a[k] as number) - (b[k] as number)) / scale).toBeLessThan(tolerance);
};

const settings = { seed: 20240607, numRuns: 250 };

describe('derivatives of random terms', () => {
  it('by reverse mode, by forward mode and by differences are one', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyTerm, anyVariable, fc.nat(50), (term, key, seed) => {
        compared += Number(
          checked(() => {
            const ctx = contextAt(p, seed);
            const { u, entries } = jacobian(term, { key }, false, ctx);
            const { at, termAt } = variationAt({ key }, false, ctx);
            const direction = drawArray(at.dims, new Set(), random(seed)).data;
            const value = evaluate(term, ctx);
            expect(u).toEqual(value.dims);
            const table = plain(entries).data;
            const width = direction.length;
            const reverse = Array.from({ length: sizeOf(u) }, (_, i) =>
              direction.reduce((sum, x, j) => sum + x * (table[i * width + j] as number), 0),
            );
            const forward = plain(directional(term, { key, at, into: (moved) => moved }, arrayOf(at.dims, direction), ctx)).data;
            close(reverse, forward, 1e-9);
            const difference = centralDifference((moved) => termAt(term, moved), at, direction);
            if (!nearKink(term)) close(forward, difference.data, 1e-5);
          }),
        );
      }),
      settings,
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('are arranged by the table in all layouts, with the same entries', () => {
    fc.assert(
      fc.property(anyTerm, anyVariable, fc.nat(50), (term, key, seed) => {
        checked(() => {
          const ctx = contextAt(p, seed);
          const found = (layout: Layout) => evaluate(d(term, key, layout), ctx);
          const u = evaluate(term, ctx).dims;
          const at = evaluate(v(key), ctx).dims;
          for (const layout of ['numerator', 'denominator', 'mixed'] as const)
            expect(found(layout).dims).toEqual(arrange(layout, u, at).dims);
          close([...found('numerator').data].sort(byValue), [...found('denominator').data].sort(byValue), 1e-12);
          if (u.length === 0) close(evaluate(grad(term, key), ctx).data, found('mixed').data, 1e-12);
        });
      }),
      { ...settings, numRuns: 100 },
    );
  });

  it('of second order are symmetric and the derivative of the gradient', () => {
    let compared = 0;
    fc.assert(
      fc.property(termOf([1, 1], 3), fc.constantFrom('X21', 'X31', 'X22', 'X23'), fc.nat(50), (term, key, seed) => {
        compared += Number(
          checked(() => {
            const ctx = contextAt(p, seed);
            const gradient = vec(grad(term, key));
            const hessian = plain(jacobian(gradient, { key }, false, ctx).entries);
            const side = sizeOf(evaluate(v(key), ctx).dims);
            const [r, c] = evaluate(v(key), ctx).dims as [number, number];
            // vec stacks columns; the variable's places run by rows.
            const row = (place: number) => (place % c) * r + Math.floor(place / c);
            const entry = (i: number, j: number) => hessian.data[row(i) * side + j] as number;
            const lower: number[] = [];
            const upper: number[] = [];
            for (let i = 0; i < side; i++)
              for (let j = 0; j < i; j++) {
                lower.push(entry(i, j));
                upper.push(entry(j, i));
              }
            close(lower, upper, 1e-8);
            const { at, termAt } = variationAt({ key }, false, ctx);
            const direction = drawArray(at.dims, new Set(), random(seed)).data;
            const exact = Array.from({ length: side }, (_, i) =>
              direction.reduce((sum, x, j) => sum + x * (hessian.data[i * side + j] as number), 0),
            );
            if (!nearKink(term)) close(exact, centralDifference((moved) => termAt(gradient, moved), at, direction).data, 1e-5);
          }),
        );
      }),
      { ...settings, numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(90);
  });

  it('judge never throws and finds a term equal to itself', () => {
    fc.assert(
      fc.property(anyTerm, (term) => {
        const result = judge(p, [term, add(term, n(0)), add(term, n(1))]);
        if (result.points === 0) return;
        expect(result.members.slice(0, 2)).toEqual(['agrees', 'agrees']);
        const value: NdArray = evaluate(term, contextAt(p, 0));
        if (value.data.every((x) => Math.abs(x) < 100)) expect(result.members[2]).toBe('differs');
      }),
      { ...settings, numRuns: 100 },
    );
  });
});

const byValue = (a: number, b: number): number => a - b;

/** Differences across a kink say nothing, even if the point itself is far enough from it. */
function nearKink(term: Term): boolean {
  const text = JSON.stringify(term);
  return ['relu', 'abs', '"elu"', '"max"', 'norm1'].some((name) => text.includes(name));
}
