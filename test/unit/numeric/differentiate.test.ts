// Derivatives of terms against formulas of textbooks and against central differences.
import { describe, expect, it } from 'vitest';
import { type Judgement, type JudgeOptions, judge, type Problem } from '../../../server/language/numeric/index.js';
import type { Layout, Term } from '../../../server/language/term.js';
import {
  add,
  all,
  at,
  d,
  dEl,
  diag,
  div,
  el,
  eye,
  fn,
  grad,
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
  sumOver,
  T,
  tr,
  v,
  vec,
} from './build.js';

const [A, B, C, X, a, b, x, y, z, W] = ['A', 'B', 'C', 'X', 'a', 'b', 'x', 'y', 'z', 'W'].map(v) as [
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

function verdict(p: Problem, members: Term[], options: JudgeOptions = {}): Judgement {
  return judge(p, members, options);
}

function holds(p: Problem, left: Term, right: Term): void {
  const result = verdict(p, [left, right]);
  expect({ members: result.members, reasons: result.reasons, difference: result.differences[1] }).toEqual({
    members: ['agrees', 'agrees'],
    reasons: [undefined, undefined],
    difference: undefined,
  });
  if (result.witness !== undefined) expect(result.witness).toBeLessThan(1e-6);
}

// The Matrix Cookbook (Petersen & Pedersen 2012), by its equation numbers; denominator layout.
const cookbook: [string, Record<string, string>, Term, Term][] = [
  ['(49) ∂det X', { X: '3 3' }, d(red('det', X), 'X'), mul(red('det', X), T(inv(X)))],
  ['(51) ∂det AXB', { A: '3 3', X: '3 3', B: '3 3' }, d(red('det', mul(A, X, B)), 'X'), mul(red('det', mul(A, X, B)), T(inv(X)))],
  ['(57) ∂ln det X', { X: '3 3: positive-definite' }, d(red('logdet', X), 'X'), T(inv(X))],
  ['(58) ∂det Xᵏ', { X: '3 3' }, d(red('det', pow(X, 3, true)), 'X'), mul(n(3), red('det', pow(X, 3, true)), T(inv(X)))],
  ['(61) ∂aᵀX⁻¹b', { X: '3 3', a: '3', b: '3' }, d(mul(T(a), inv(X), b), 'X'), neg(mul(T(inv(X)), a, T(b), T(inv(X))))],
  ['(62) ∂det X⁻¹', { X: '3 3' }, d(red('det', inv(X)), 'X'), neg(mul(red('det', inv(X)), T(inv(X))))],
  ['(63) ∂tr AX⁻¹B', { X: '3 3', A: '2 3', B: '3 2' }, d(tr(mul(A, inv(X), B)), 'X'), neg(T(mul(inv(X), B, A, inv(X))))],
  ['(69) ∂xᵀa', { x: '4', a: '4' }, d(mul(T(x), a), 'x'), a],
  ['(70) ∂aᵀXb', { a: '3', X: '3 2', b: '2' }, d(mul(T(a), X, b), 'X'), mul(a, T(b))],
  ['(71) ∂aᵀXᵀb', { a: '2', X: '3 2', b: '3' }, d(mul(T(a), T(X), b), 'X'), mul(b, T(a))],
  ['(77) ∂bᵀXᵀXc', { X: '3 2', b: '2', a: '2' }, d(mul(T(b), T(X), X, a), 'X'), mul(X, add(mul(b, T(a)), mul(a, T(b))))],
  ['(81) ∂xᵀBx', { x: '3', B: '3 3' }, d(mul(T(x), B, x), 'x'), mul(add(B, T(B)), x)],
  ['(100) ∂tr X', { X: '3 3' }, d(tr(X), 'X'), eye(3)],
  ['(101) ∂tr XA', { X: '3 2', A: '2 3' }, d(tr(mul(X, A)), 'X'), T(A)],
  ['(102) ∂tr AXB', { A: '4 3', X: '3 2', B: '2 4' }, d(tr(mul(A, X, B)), 'X'), mul(T(A), T(B))],
  ['(106) ∂tr X²', { X: '3 3' }, d(tr(pow(X, 2, true)), 'X'), mul(n(2), T(X))],
  ['(108) ∂tr XᵀBX', { X: '3 2', B: '3 3' }, d(tr(mul(T(X), B, X)), 'X'), add(mul(B, X), mul(T(B), X))],
  [
    '(118) ∂tr AXBXᵀC',
    { A: '2 3', X: '3 4', B: '4 4', C: '3 2' },
    d(tr(mul(A, X, B, T(X), C)), 'X'),
    add(mul(T(A), T(C), X, T(B)), mul(C, A, X, B)),
  ],
  ['(121) ∂tr Xᵏ', { X: '3 3' }, d(tr(pow(X, 4, true)), 'X'), mul(n(4), T(pow(X, 3, true)))],
  ['(124) ∂tr AX⁻¹B as inverse', { X: '3 3', A: '3 3' }, d(tr(inv(add(X, A))), 'X'), neg(T(mul(inv(add(X, A)), inv(add(X, A)))))],
  ['(126) ∂tr sin X with derivative order', { x: '3' }, d(red('sum', fn('sin', x)), 'x'), fn('sin', x, 1)],
  ['(129) ∂‖x−a‖', { x: '3', a: '3' }, d(red('norm2', sub(x, a)), 'x'), div(sub(x, a), red('norm2', sub(x, a)))],
  ['(132) ∂‖X‖²', { X: '3 2' }, d(pow(red('norm2', X), 2), 'X'), mul(n(2), X)],
  ['(84) least squares', { A: '4 3', x: '3', b: '4' }, d(pow(red('norm2', sub(mul(A, x), b)), 2), 'x'), mul(n(2), T(A), sub(mul(A, x), b))],
];

describe('textbook derivatives hold', () => {
  it.each(cookbook)('%s', (_, shapes, left, right) => holds(problem(shapes), left, right));
});

describe('vectors by vectors follow the layout', () => {
  const p = problem({ A: '3 2', x: '2', X: '3 2', b: '3', y: '3', z: '3' });
  const layouts: [Layout, Term][] = [
    ['numerator', A],
    ['mixed', A],
    ['denominator', T(A)],
  ];
  it.each(layouts)('∂Ax/∂x in %s layout', (layout, right) => holds(p, d(mul(A, x), 'x', layout), right));
  it.each(layouts)('∂xᵀAᵀ/∂x, a row, in %s layout', (layout, right) => holds(p, d(mul(T(x), T(A)), 'x', layout), right));
  it('∂y/∂xᵀ and ∂yᵀ/∂x are fixed', () => {
    for (const layout of ['numerator', 'denominator', 'mixed'] as const) {
      holds(p, d(mul(A, x), 'x', layout, { transposedBy: true }), A);
      holds(p, d(mul(A, x), 'x', layout, { transposedOf: true }), T(A));
    }
  });
  it('σ(z) by z is diagonal; with the flag its diagonal', () => {
    holds(p, d(fn('sigmoid', z), 'z'), diag(fn('sigmoid', z, 1)));
    holds(p, d(fn('sigmoid', z), 'z', 'denominator', { diagonal: true }), had(fn('sigmoid', z), sub(n(1), fn('sigmoid', z))));
  });
  it('softmax has diag(s) − ssᵀ, by axis too', () => {
    const s = softmax(z);
    holds(p, d(s, 'z'), sub(diag(s), mul(s, T(s))));
    holds(p, d(softmax(z, 'all', true), 'z', 'numerator'), sub(eye(3), mul(ones(3, 1), T(s))));
    const loss = red('sum', had(X, softmax(X, 'rows')));
    const r = softmax(X, 'rows');
    holds(p, d(loss, 'X'), add(r, had(r, sub(X, mul(red('row-sums', had(X, r)), ones(1, 2))))));
  });
});

describe('elements, sums, second order', () => {
  const p = problem({ W: '3 2', x: '2', y: '3', A: '3 3', z: '3' });
  it('∂/∂W_ij of a bilinear form for all i, j', () => {
    const result = judge(p, [dEl(mul(T(y), W, x), 'W', 'i', 'j'), mul(el(y, 'i'), el(x, 'j'))], {
      letters: new Map([
        ['i', 3],
        ['j', 2],
      ]),
    });
    expect(result.members).toEqual(['agrees', 'agrees']);
  });
  it('∂z/∂W_ij of z = Wx is x_j e_i', () => {
    const basis: Term = { kind: 'constant', constant: 'basis', dims: [3, 1], index: { kind: 'letter', name: 'i', offset: 0 } };
    const by = { ...(dEl(mul(W, x), 'W', 'i', 'j') as Extract<Term, { kind: 'derivative' }>), layout: 'mixed' as const };
    expect(
      judge(p, [by, mul(el(x, 'j'), basis)], {
        letters: new Map([
          ['i', 3],
          ['j', 2],
        ]),
      }).members,
    ).toEqual(['agrees', 'agrees']);
  });
  it('sums over letters', () => {
    const form = sumOver('i', 3, sumOver('j', 3, had(el(z, 'i'), el(A, 'i', 'j'), el(z, 'j'))));
    holds(p, d(form, 'z'), mul(add(A, T(A)), z));
  });
  it('Hessians: ∂²f/∂x∂xᵀ, ∇∇f, elements', () => {
    const f = red('sum', fn('exp', mul(A, z)));
    const hessian = mul(T(A), diag(fn('exp', mul(A, z))), A);
    const second: Term = { kind: 'derivative', of: f, by: [{ key: 'z' }, { key: 'z', transposed: true }], layout: 'denominator' };
    holds(p, second, hessian);
    holds(p, grad(grad(f, 'z'), 'z'), hessian);
    const entry: Term = {
      kind: 'derivative',
      of: f,
      layout: 'mixed',
      by: [
        { key: 'z', indices: [{ kind: 'letter', name: 'i', offset: 0 }] },
        { key: 'z', indices: [{ kind: 'letter', name: 'j', offset: 0 }] },
      ],
    };
    expect(
      judge(p, [entry, el(hessian, 'i', 'j')], {
        letters: new Map([
          ['i', 3],
          ['j', 3],
        ]),
      }).members,
    ).toEqual(['agrees', 'agrees']);
  });
  it('mixed second derivatives have rows of the first, columns of the second, in every layout', () => {
    const q = problem({ x: '2', y: '3', W: '2 3', t: '' });
    const f = red('sum', fn('sin', had(W, mul(x, T(y)))));
    const inner = had(W, mul(x, T(y)));
    const mixed = sub(had(W, fn('cos', inner)), had(had(W, inner), fn('sin', inner)));
    for (const layout of ['numerator', 'denominator', 'mixed'] as const) {
      const by = (...keys: string[]): Term => ({ kind: 'derivative', of: f, by: keys.map((key) => ({ key })), layout });
      holds(q, by('x', 'y'), mixed);
      holds(q, by('y', 'x'), T(mixed));
      const g = mul(pow(v('t'), 2), T(y), y);
      const withScalar: Term = { kind: 'derivative', of: g, by: [{ key: 't' }, { key: 'y' }], layout };
      holds(q, withScalar, mul(n(4), v('t'), y));
      const cubed: Term = { kind: 'derivative', of: pow(v('t'), 4), by: [{ key: 't' }, { key: 't' }, { key: 't' }], layout };
      holds(q, cubed, mul(n(24), v('t')));
    }
  });
  it('a defined vector by an element of a matrix', () => {
    const q = problem({ W: '3 2', x: '2', y: '3' }, { z: mul(W, x), a: fn('tanh', z) });
    const letters = new Map([
      ['i', 3],
      ['j', 2],
    ]);
    const basis: Term = { kind: 'constant', constant: 'basis', dims: [3, 1], index: { kind: 'letter', name: 'i', offset: 0 } };
    const by = { ...(dEl(v('a'), 'W', 'i', 'j') as Extract<Term, { kind: 'derivative' }>), layout: 'mixed' as const };
    expect(judge(q, [by, mul(had(fn('tanh', z, 1), basis), el(x, 'j'))], { letters }).members).toEqual(['agrees', 'agrees']);
    const row: Term = { kind: 'derivative', of: mul(T(y), v('a')), by: [{ key: 'W', indices: [at(2), all] }], layout: 'mixed' };
    holds(q, row, mul(el(y, 2), el(fn('tanh', z, 1), 2), T(x)));
  });
  it('third order', () => {
    const f = fn('sin', v('t'));
    holds(problem({ t: '' }), d(d(d(f, 't'), 't'), 't'), neg(fn('cos', v('t'))));
    holds(problem({ t: '' }), d(d(d(open('f', v('t')), 't'), 't'), 't'), open('f', v('t'), 3));
  });
  it('tensors contract', () => {
    const q = problem({ W: '3 2', x: '2', y: '3' }, { z: mul(W, x), L: red('sum', had(y, fn('sin', z))) });
    holds(q, d(v('L'), 'W', 'numerator'), product('contract', d(v('L'), 'z', 'numerator'), d(z, 'W', 'numerator'), 1));
    holds(q, d(v('L'), 'W', 'denominator'), product('contract', d(z, 'W', 'denominator'), d(v('L'), 'z', 'denominator'), 1));
    holds(q, d(v('L'), 'W'), mul(had(y, fn('cos', z)), T(x)));
  });
  it('vec and Kronecker', () => {
    const q = problem({ A: '2 3', X: '3 4', B: '4 2' });
    holds(q, vec(mul(A, X, B)), mul(product('kronecker', T(B), A), vec(X)));
  });
});
