// Verdicts: what agrees, what differs and in what way, what cannot be told.
import { describe, expect, it } from 'vitest';
import { dependsOn, fromRows, judge, problemOf } from '../../../server/language/numeric/index.js';
import type { Elementwise, Term } from '../../../server/language/term.js';
import {
  add,
  d,
  dEl,
  diag,
  differential,
  div,
  el,
  eye,
  fn,
  had,
  inv,
  mul,
  n,
  neg,
  ones,
  open,
  pow,
  problem,
  product,
  red,
  softmax,
  sub,
  T,
  tr,
  v,
} from './build.js';

const [A, B, W, X, L, a, b, x, y, z] = ['A', 'B', 'W', 'X', 'L', 'a', 'b', 'x', 'y', 'z'].map(v) as [
  Term,
  Term,
  Term,
  Term,
  Term,
  Term,
  Term,
  Term,
  Term,
  Term,
];
const half = n(0.5);
const squared = (term: Term) => mul(half, pow(red('norm2', term), 2));

describe('ways to differ', () => {
  const p = problem({ A: '3 3', x: '3', y: '3' });
  const truth = d(mul(T(x), A, x), 'x');
  const right = mul(add(A, T(A)), x);
  const way = (wrong: Term, left = truth) => judge(p, [left, wrong]).differences[1];
  it('factor, sign', () => {
    expect(way(mul(n(2), right))).toMatchObject({ kind: 'factor', factor: expect.closeTo(2, 9) });
    expect(way(neg(right))).toMatchObject({ kind: 'factor', factor: expect.closeTo(-1, 9) });
  });
  it('transposed', () => {
    expect(way(T(right))).toMatchObject({ kind: 'transposed', factor: expect.closeTo(1, 9), foundDims: [1, 3] });
    expect(way(mul(n(3), A), T(A))).toMatchObject({ kind: 'transposed', factor: expect.closeTo(3, 9) });
  });
  it('offset, entries, shape', () => {
    expect(way(add(right, n(2)))).toMatchObject({ kind: 'offset', offset: expect.closeTo(2, 9) });
    expect(way(mul(A, x))).toMatchObject({ kind: 'entries', at: [expect.any(Number), 0] });
    expect(way(A)).toMatchObject({ kind: 'shape', expectedDims: [3, 1], foundDims: [3, 3] });
  });
  it('a factor that is another at every point is none', () => {
    expect(way(mul(red('sum', x), right))?.kind).toBe('entries');
  });
  it('the verdict is per member, against the first derivative', () => {
    const result = judge(p, [right, truth, mul(A, x), right]);
    expect(result.reference).toBe(1);
    expect(result.members).toEqual(['agrees', 'agrees', 'differs', 'agrees']);
    expect(result.points).toBe(3);
  });
  it('∝ forgives a factor, but not of scalars', () => {
    expect(judge(p, [truth, mul(n(7), right)], { upToScalar: true }).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [truth, mul(A, x)], { upToScalar: true }).members).toEqual(['agrees', 'differs']);
    expect(judge(p, [red('sum', x), red('sum', y)], { upToScalar: true })).toMatchObject({
      members: ['agrees', 'undecided'],
      reasons: [undefined, { reason: 'vacuous' }],
    });
  });
});

describe('definitions', () => {
  const shapes = { W: '3 2', x: '2', b: '3', y: '3' };
  const definitions = { z: add(mul(W, x), b), a: fn('sigmoid', z), L: squared(sub(a, y)) };
  const p = problem(shapes, definitions);
  const delta = had(sub(a, y), a, sub(n(1), a));
  it('are differentiated through, and a defined symbol moves by itself', () => {
    expect(judge(p, [d(L, 'W'), mul(delta, T(x))]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(L, 'a'), sub(a, y)]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(L, 'z'), delta]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(a, 'z'), diag(had(a, sub(n(1), a)))]).members).toEqual(['agrees', 'agrees']);
  });
  it('may contain derivatives', () => {
    const q = problem(shapes, { ...definitions, delta: d(L, 'z') });
    expect(judge(q, [d(L, 'W'), mul(v('delta'), T(x))]).members).toEqual(['agrees', 'agrees']);
    // δ moves with x too: ∂δ/∂x is a derivative of a derivative.
    const slope = had(a, sub(n(1), a));
    const inner = add(had(slope, slope), had(sub(a, y), slope, sub(n(1), mul(n(2), a))));
    expect(judge(q, [d(v('delta'), 'x', 'numerator'), mul(diag(inner), W)]).members).toEqual(['agrees', 'agrees']);
  });
  it('say what depends on what', () => {
    expect(dependsOn(p, L, 'W')).toBe(true);
    expect(dependsOn(p, a, 'y')).toBe(false);
    expect(dependsOn(problemOf({ ...p, held: new Set(['z']) }), L, 'W')).toBe(false);
    expect(dependsOn(problemOf({ ...p, held: new Set(['z']) }), L, 'z')).toBe(true);
  });
  it('held ones stay', () => {
    const q = problem({ A: '4 2', x: '2', e: '4' }, { y: add(mul(A, x), v('e')), L: squared(sub(y, mul(A, x))) });
    const normal = neg(mul(T(A), sub(y, mul(A, x))));
    expect(judge(q, [d(L, 'x'), normal]).members).toEqual(['agrees', 'differs']);
    expect(judge(q, [d(L, 'x'), normal], { candidates: [problemOf({ ...q, held: new Set(['y']) })] })).toMatchObject({
      members: ['agrees', 'agrees'],
      candidate: 0,
    });
  });
  it('open functions: any, or one of the candidates', () => {
    const q = problem(shapes, { z: add(mul(W, x), b), a: open('phi', z), L: squared(sub(a, y)) });
    expect(judge(q, [d(L, 'z'), had(sub(a, y), open('phi', z, 1))]).members).toEqual(['agrees', 'agrees']);
    expect(judge(q, [d(L, 'z'), delta]).members).toEqual(['agrees', 'differs']);
    const as = (fn: Elementwise) => problemOf({ ...q, functions: new Map([['phi', fn]]) });
    const candidates = [as({ kind: 'known', name: 'tanh' }), as({ kind: 'known', name: 'sigmoid' })];
    expect(judge(q, [d(L, 'z'), delta], { candidates })).toMatchObject({ members: ['agrees', 'agrees'], candidate: 1 });
    const cube = as({ kind: 'expression', variable: 't', body: pow(v('t'), 3) });
    expect(judge(cube, [d(L, 'z'), had(sub(a, y), mul(n(3), pow(z, 2)))]).members).toEqual(['agrees', 'agrees']);
  });
  it('open functions of arrays', () => {
    const f: Term = { kind: 'call', name: 'f', args: [x], dims: [] };
    const g: Term = { kind: 'call', name: 'g', args: [x], dims: [3, 1] };
    const q = problem({ x: '2', y: '3' });
    expect(judge(q, [d(had(f, f), 'x'), mul(n(2), f, d(f, 'x'))]).members).toEqual(['agrees', 'agrees']);
    expect(judge(q, [d(mul(T(y), g), 'x'), mul(d(g, 'x'), y)]).members).toEqual(['agrees', 'agrees']);
    expect(judge(q, [d(had(f, f), 'x'), mul(f, d(f, 'x'))]).members).toEqual(['agrees', 'differs']);
  });
});

describe('letters, differentials, evaluation points', () => {
  it('softmax entry by entry with Kronecker’s delta', () => {
    const s = softmax(z);
    const same: Term = {
      kind: 'indicator',
      relation: '=',
      left: { kind: 'index', name: 'i', offset: 0 },
      right: { kind: 'index', name: 'j', offset: 0 },
    };
    const p = problem({ z: '4' });
    const letters = new Map([
      ['i', 4],
      ['j', 4],
    ]);
    const right = had(el(s, 'i'), sub(same, el(s, 'j')));
    expect(judge(p, [dEl(el(s, 'i'), 'z', 'j'), right], { letters }).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [dEl(el(s, 'i'), 'z', 'j'), neg(right)], { letters }).differences[1]).toMatchObject({
      kind: 'factor',
      factor: expect.closeTo(-1, 8),
    });
    expect(judge(problem({ A: '4 4' }), [el(A, 'i', 'j'), el(A, 'j', 'i')], { letters }).differences[1]?.kind).toBe('transposed');
  });
  it('d tr(AXB) = tr(BA dX), d(X⁻¹), product rule', () => {
    const p = problemOf({ ...problem({ A: '2 3', X: '3 3', B: '3 2' }), differentials: new Set(['X']) });
    const dX = differential(X);
    const holds = (left: Term, right: Term, verdict = 'agrees') => expect(judge(p, [left, right]).members[1]).toBe(verdict);
    holds(differential(tr(mul(A, X, B))), tr(mul(B, A, dX)));
    holds(differential(inv(X)), neg(mul(inv(X), dX, inv(X))));
    holds(differential(mul(X, X)), add(mul(dX, X), mul(X, dX)));
    holds(differential(mul(X, X)), mul(n(2), X, dX), 'differs');
    holds(differential(differential(mul(X, X))), mul(n(2), dX, dX));
    holds(differential(red('logdet', mul(X, T(X)))), mul(n(2), tr(mul(inv(X), dX))));
  });
  it('an evaluation bar binds', () => {
    const p = problem({ x: '3', A: '3 3', y: '3' });
    const bar: Term = { kind: 'at', term: d(mul(T(x), A, x), 'x'), bindings: [{ key: 'x', value: mul(A, y) }] };
    expect(judge(p, [bar, mul(add(A, T(A)), A, y)]).members).toEqual(['agrees', 'agrees']);
  });
});

describe('points are drawn again', () => {
  it('near kinks', () => {
    const p = problem({ x: '6' });
    expect(judge(p, [d(red('sum', fn('relu', x)), 'x'), fn('heaviside', x)]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(red('norm1', x), 'x'), fn('sign', x)]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(red('norm1', x), 'x'), ones(6, 1)]).members).toEqual(['agrees', 'differs']);
  });
  it('at a kink that is given any value of the subdifferential is accepted, and nothing refuted', () => {
    const p = problemOf({ values: new Map([['x', fromRows([[0], [2]])]]) });
    const ofRelu = d(red('sum', fn('relu', x)), 'x');
    const subgradient: Term = { kind: 'matrix', rows: [[half], [n(1)]] };
    const outside: Term = { kind: 'matrix', rows: [[n(2)], [n(1)]] };
    expect(judge(p, [ofRelu, fn('heaviside', x), subgradient, outside])).toMatchObject({
      members: ['agrees', 'agrees', 'agrees', 'undecided'],
      kink: true,
      reasons: [undefined, undefined, undefined, { reason: 'kink' }],
    });
  });
  it('between 0 and 1 where something has no value elsewhere', () => {
    const p = problem({ x: '5', y: '5: one-hot' });
    const loss = neg(red('sum', add(had(y, fn('log', x)), had(sub(n(1), y), fn('log', sub(n(1), x))))));
    const result = judge(p, [d(loss, 'x'), div(sub(x, y), had(x, sub(n(1), x)))]);
    expect(result).toMatchObject({ members: ['agrees', 'agrees'], restricted: true, points: 3 });
    expect(judge(problem({ X: '3 3' }), [d(red('logdet', X), 'X'), T(inv(X))]).members).toEqual(['agrees', 'agrees']);
    expect(judge(problem({ X: '3 3: symmetric' }), [pow(pow(X, 0.5, true), 2, true), X]).members).toEqual(['agrees', 'agrees']);
  });
  it('and where nothing helps, it says so', () => {
    const p = problem({ x: '2', y: '2' });
    const singular = judge(p, [d(mul(T(x), inv(mul(y, T(y))), x), 'x'), x]);
    expect(singular).toMatchObject({ members: ['undecided', 'undecided'], reasons: [{ reason: 'singular' }, undefined], points: 0 });
    expect(judge(p, [x, v('q')])).toMatchObject({ members: ['agrees', 'error'], reasons: [undefined, { reason: 'missing', detail: 'q' }] });
    expect(judge(p, [v('q'), x])).toMatchObject({ members: ['error', 'undecided'] });
  });
});

describe('bad input', () => {
  it('never throws', () => {
    let deep: Term = x;
    for (let k = 0; k < 100_000; k++) deep = { kind: 'transpose', term: deep };
    const p = problem({ x: '2' });
    expect(judge(p, [deep, x]).members[0]).toBe('error');
    expect(judge(p, [x, deep]).members[1]).toBe('error');
    expect(judge(p, []).members).toEqual([]);
    expect(judge(p, [x]).members).toEqual(['agrees']);
    const cyclic = problem({}, { f: add(v('f'), n(1)) });
    expect(judge(cyclic, [v('f'), n(1)]).reasons[0]?.reason).toBe('cycle');
    expect(judge(problem({ x: '3000' }), [product('outer', product('outer', x, x), x), x]).members[0]).toBe('error');
    const wide = problem({ M: '1500 1500', u: '1500' });
    expect(judge(wide, [d(mul(v('M'), v('u')), 'u', 'numerator'), v('M')]).reasons[0]?.reason).toBe('too-large');
    expect(judge(p, [x, x], { work: 1 }).reasons[0]?.reason).toBe('too-large');
  });
  it('numbers decide to 1e-6, undecided to 1e-5', () => {
    const p = problemOf({
      values: new Map([
        [
          'A',
          fromRows([
            [1, 2],
            [3, 4],
          ]),
        ],
      ]),
    });
    const off = (by: number) => judge(p, [A, mul(n(1 + by), A)]).members[1];
    expect([off(1e-7), off(4e-6), off(1e-4)]).toEqual(['agrees', 'undecided', 'differs']);
    expect(judge(p, [sub(A, A), n(0)]).members[1]).toBe('agrees');
  });
});

describe('norms of matrices', () => {
  const p = problem({ A: '3 2', B: '2 3', a: '3', b: '2', X: '3 3: positive-definite' });
  it('nuclear, spectral, pseudo-inverse, matrix functions have their derivatives', () => {
    const polar = mul(A, pow(mul(T(A), A), -0.5, true));
    expect(judge(p, [d(red('nuclear', A), 'A'), polar]).members).toEqual(['agrees', 'agrees']);
    const s = judge(p, [d(red('spectral', A), 'A'), polar]);
    expect(s.members[1]).toBe('differs');
    expect(s.witness).toBeLessThan(1e-7);
    expect(judge(p, [d(mul(T(b), inv(A, true), a), 'A'), A]).witness).toBeLessThan(1e-7);
    expect(judge(p, [d(tr({ kind: 'matrix-function', fn: 'log', term: X }), 'X'), inv(X)]).members).toEqual(['agrees', 'agrees']);
    expect(
      judge(p, [
        d(tr({ kind: 'matrix-function', fn: 'exp', term: mul(A, B) }), 'A'),
        T(mul(B, { kind: 'matrix-function', fn: 'exp', term: mul(A, B) })),
      ]).members,
    ).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(tr(pow(X, 0.5, true)), 'X'), mul(half, pow(X, -0.5, true))]).members).toEqual(['agrees', 'agrees']);
    expect(judge(p, [d(d(red('nuclear', A), 'A', 'mixed'), 'A', 'mixed'), eye(2)]).witness).toBeLessThan(1e-6);
  });
});
