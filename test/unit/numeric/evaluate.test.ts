// Every kind of term against results worked out by hand.
import { describe, expect, it } from 'vitest';
import { arrayOf, column, fromRows, type NdArray, problemOf, scalar } from '../../../server/language/numeric/index.js';
import type { Term } from '../../../server/language/term.js';
import {
  add,
  all,
  at,
  d,
  diag,
  differential,
  div,
  el,
  eye,
  fn,
  had,
  inv,
  letter,
  mul,
  n,
  neg,
  ones,
  pow,
  product,
  red,
  rowsOf,
  softmax,
  sub,
  sumOver,
  T,
  v,
  valueIn,
  vec,
} from './build.js';

const values = new Map<string, NdArray>([
  [
    'A',
    fromRows([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'B',
    fromRows([
      [0, 1],
      [1, 1],
    ]),
  ],
  [
    'C',
    fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ],
  ['x', column([1, 2])],
  ['y', column([3, -4])],
  ['u', column([1, 2, 3])],
  ['w', column([4, 5, 6])],
  ['s', scalar(3)],
]);
const p = problemOf({
  values,
  sizes: new Map([
    ['n', 2],
    ['m', 3],
  ]),
});
const [A, B, C, x, y, u, w, s] = ['A', 'B', 'C', 'x', 'y', 'u', 'w', 's'].map(v) as [Term, Term, Term, Term, Term, Term, Term, Term];
const size = (name: string, plus = 0): Term => ({
  kind: 'size',
  size: { names: [{ coefficient: 1, factors: [name] }, ...(plus === 0 ? [] : [{ coefficient: plus, factors: [] }])] },
});
const named = (name: string) => ({ names: [{ coefficient: 1, factors: [name] }] });

const gives = (term: Term, rows: number[][]) => {
  const found = rowsOf(term, p);
  expect(found.map((row) => row.length)).toEqual(rows.map((row) => row.length));
  found.flat().forEach((value, k) => void expect(value).toBeCloseTo(rows.flat()[k] as number, 12));
};

const cases: [string, Term, number[][]][] = [
  ['number', n(2.5), [[2.5]]],
  ['size', size('n', 1), [[3]]],
  [
    'constants',
    add(eye(named('n')), ones(named('n'), 2)),
    [
      [2, 1],
      [1, 2],
    ],
  ],
  ['zero', { kind: 'constant', constant: 'zero', dims: [1, 2] }, [[0, 0]]],
  ['basis', { kind: 'constant', constant: 'basis', dims: [3, 1], index: at(2) }, [[0], [1], [0]]],
  [
    'matrix of blocks',
    {
      kind: 'matrix',
      rows: [
        [A, x],
        [T(y), s],
      ],
    },
    [
      [1, 2, 1],
      [3, 4, 2],
      [3, -4, 3],
    ],
  ],
  [
    'a zero fills its block',
    {
      kind: 'matrix',
      rows: [
        [A, n(0)],
        [n(0), B],
      ],
    },
    [
      [1, 2, 0, 0],
      [3, 4, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 1],
    ],
  ],
  ['a column of scalars', { kind: 'matrix', rows: [[n(1)], [s]] }, [[1], [3]]],
  [
    'sum with scalars and rows',
    sub(add(A, T(x)), n(1)),
    [
      [1, 3],
      [3, 5],
    ],
  ],
  [
    'matrix product',
    mul(A, B),
    [
      [2, 3],
      [4, 7],
    ],
  ],
  ['scalar product', mul(s, x), [[3], [6]]],
  [
    'Hadamard',
    had(A, B),
    [
      [0, 2],
      [3, 4],
    ],
  ],
  [
    'Kronecker',
    product('kronecker', T(x), B),
    [
      [0, 1, 0, 2],
      [1, 1, 2, 2],
    ],
  ],
  [
    'outer',
    product('outer', x, u),
    [
      [1, 2, 3],
      [2, 4, 6],
    ],
  ],
  ['inner of a row and a column', product('inner', T(u), w), [[32]]],
  ['inner of matrices', product('inner', A, B), [[9]]],
  ['cross', product('cross', u, w), [[-3], [6], [-3]]],
  [
    'diagonal times matrix',
    product('diagonal', x, C),
    [
      [1, 2, 3],
      [8, 10, 12],
    ],
  ],
  [
    'quotient',
    div(A, x),
    [
      [1, 2],
      [1.5, 2],
    ],
  ],
  ['entry-wise power', pow(y, 2), [[9], [16]]],
  [
    'matrix power',
    pow(A, 3, true),
    [
      [37, 54],
      [81, 118],
    ],
  ],
  [
    'negative matrix power',
    pow(A, -1, true),
    [
      [-2, 1],
      [1.5, -0.5],
    ],
  ],
  [
    'root',
    mul(pow(add(A, T(A), mul(n(9), eye(2))), 0.5, true), pow(add(A, T(A), mul(n(9), eye(2))), 0.5, true)),
    [
      [11, 5],
      [5, 17],
    ],
  ],
  ['number to an array', pow(n(2), x), [[2], [4]]],
  [
    'inverse',
    inv(A),
    [
      [-2, 1],
      [1.5, -0.5],
    ],
  ],
  ['pseudo-inverse of a column', inv(x, true), [[0.2, 0.4]]],
  ['apply', fn('relu', y), [[3], [0]]],
  ['apply with order', fn('relu', y, 1), [[1], [0]]],
  [
    'expression',
    { kind: 'apply', fn: { kind: 'expression', variable: 't', body: add(pow(v('t'), 3), s) }, order: 0, term: x },
    [[4], [11]],
  ],
  [
    'expression, second derivative',
    { kind: 'apply', fn: { kind: 'expression', variable: 't', body: pow(v('t'), 3) }, order: 2, term: x },
    [[6], [12]],
  ],
  [
    'softmax by rows',
    softmax(fn('log', A), 'rows'),
    [
      [1 / 3, 2 / 3],
      [3 / 7, 4 / 7],
    ],
  ],
  [
    'softmax by columns',
    softmax(fn('log', A), 'columns'),
    [
      [1 / 4, 1 / 3],
      [3 / 4, 2 / 3],
    ],
  ],
  [
    'softmax of all',
    softmax(fn('log', A)),
    [
      [0.1, 0.2],
      [0.3, 0.4],
    ],
  ],
  [
    'log-softmax',
    fn('exp', softmax(fn('log', A), 'all', true)),
    [
      [0.1, 0.2],
      [0.3, 0.4],
    ],
  ],
  [
    'matrix exponential',
    { kind: 'matrix-function', fn: 'exp', term: diag(x) },
    [
      [Math.E, 0],
      [0, Math.E ** 2],
    ],
  ],
  ['trace', red('trace', A), [[5]]],
  ['det', red('det', A), [[-2]]],
  ['logdet', red('logdet', mul(A, T(A))), [[Math.log(4)]]],
  ['sum', red('sum', C), [[21]]],
  ['mean', red('mean', C), [[3.5]]],
  ['norm2', red('norm2', y), [[5]]],
  ['norm1', red('norm1', y), [[7]]],
  ['norm-inf', red('norm-inf', y), [[4]]],
  ['nuclear', red('nuclear', diag(y)), [[7]]],
  ['spectral', red('spectral', diag(y)), [[4]]],
  ['max', red('max', C), [[6]]],
  ['min', red('min', y), [[-4]]],
  ['rank', red('rank', mul(u, T(w))), [[1]]],
  ['row sums', red('row-sums', C), [[6], [15]]],
  ['column sums', red('column-sums', C), [[5, 7, 9]]],
  [
    'diag of a vector',
    diag(x),
    [
      [1, 0],
      [0, 2],
    ],
  ],
  ['diag of a matrix', diag(A), [[1], [4]]],
  [
    'diag that keeps',
    { kind: 'diag', term: A, keep: true },
    [
      [1, 0],
      [0, 4],
    ],
  ],
  ['vec', vec(C), [[1], [4], [2], [5], [3], [6]]],
  [
    'transpose of a product',
    T(mul(A, B)),
    [
      [2, 4],
      [3, 7],
    ],
  ],
  ['element', el(C, 2, 3), [[6]]],
  ['element of a vector, a row', add(el(y, 2), el(T(y), 1)), [[-1]]],
  ['row', el(C, 2, all), [[4, 5, 6]]],
  ['column', el(C, all, 2), [[2], [5]]],
  [
    'array',
    { kind: 'array', letters: ['i', 'j'], dims: [2, 3], body: add(el(x, 'i'), el(u, 'j')) },
    [
      [2, 3, 4],
      [3, 4, 5],
    ],
  ],
  [
    'array of a vector',
    { kind: 'array', letters: ['i'], dims: [named('m')], body: mul({ kind: 'index', name: 'i', offset: 1 }, el(u, 'i')) },
    [[2], [6], [12]],
  ],
  ['sum over a letter', sumOver('i', 3, had(el(u, 'i'), el(w, 'i'))), [[32]]],
  [
    'sum of arrays over a letter with offset',
    { kind: 'binder', binder: 'sum', letter: 'i', from: n(1), to: n(2), body: mul(el(u, letter('i', 1)), x) },
    [[5], [10]],
  ],
  ['sum except', { kind: 'binder', binder: 'sum', letter: 'i', from: n(1), to: n(3), except: n(2), body: el(u, 'i') }, [[4]]],
  ['product', { kind: 'binder', binder: 'product', letter: 'i', from: n(1), to: n(3), body: el(u, 'i') }, [[6]]],
  ['mean over a letter', { kind: 'binder', binder: 'mean', letter: 'i', from: n(1), to: n(3), body: el(u, 'i') }, [[2]]],
  ['max over a letter', { kind: 'binder', binder: 'max', letter: 'i', from: n(1), to: n(2), body: el(y, 'i') }, [[3]]],
  ['empty sum', { kind: 'binder', binder: 'sum', letter: 'i', from: n(2), to: n(1), body: el(u, 'i') }, [[0]]],
  ['extremum', { kind: 'extremum', extremum: 'max', args: [n(0), y] }, [[3], [0]]],
  ['indicator', { kind: 'indicator', relation: '>', left: y, right: n(0) }, [[1], [0]]],
  [
    'cases',
    {
      kind: 'cases',
      branches: [
        { value: neg(y), condition: { kind: 'indicator', relation: '<', left: y, right: n(0) } },
        { value: mul(n(2), y), condition: undefined },
      ],
    },
    [[6], [4]],
  ],
  ['at', { kind: 'at', term: d(mul(T(x), A, x), 'x'), bindings: [{ key: 'x', value: column2(10, 0) }] }, [[20], [50]]],
  ['differential without free directions', differential(mul(A, x)), [[0], [0]]],
  ['gradient', { kind: 'gradient', of: mul(T(x), A, x), by: { key: 'x' }, layout: 'numerator' }, [[12], [21]]],
];

function column2(first: number, second: number): Term {
  return { kind: 'matrix', rows: [[n(first)], [n(second)]] };
}

describe('values by hand', () => {
  it.each(cases)('%s', (_, term, rows) => gives(term, rows));
});

describe('tensors', () => {
  it('contract axes from the inside out', () => {
    const q = problemOf({
      values: new Map([
        ['G', arrayOf([2, 2], Float64Array.of(1, 2, 3, 4))],
        [
          'J',
          arrayOf(
            [2, 2, 3],
            Float64Array.from({ length: 12 }, (_, k) => k),
          ),
        ],
      ]),
    });
    const found = valueIn(product('contract', v('G'), v('J'), 2), q);
    // Σ_{ij} G_{ij} J_{jik}
    const entry = (k: number) =>
      [0, 1].flatMap((i) => [0, 1].map((j) => (2 * i + j + 1) * (6 * j + 3 * i + k))).reduce((sum, part) => sum + part);
    expect(found.dims).toEqual([1, 3]);
    expect([...found.data]).toEqual([entry(0), entry(1), entry(2)]);
  });
  it('that do not share a side do not contract', () => {
    const q = problemOf({
      values: new Map([
        ['G', arrayOf([2, 3], new Float64Array(6))],
        ['J', arrayOf([2, 3, 4], new Float64Array(24))],
        ['K', arrayOf([3, 2, 4], new Float64Array(24))],
      ]),
    });
    expect(() => valueIn(product('contract', v('G'), v('J'), 2), q)).toThrow('sizes');
    expect(valueIn(product('contract', v('G'), v('K'), 2), q).dims).toEqual([1, 4]);
    expect(valueIn(product('contract', v('G'), v('K'), 1), q).dims).toEqual([2, 2, 4]);
    expect(() => valueIn(product('contract', v('K'), v('G'), 3), q)).toThrow('sizes');
  });
  it('elements and slices', () => {
    const q = problemOf({
      values: new Map([
        [
          'J',
          arrayOf(
            [2, 2, 3],
            Float64Array.from({ length: 12 }, (_, k) => k),
          ),
        ],
      ]),
    });
    expect(valueIn(el(v('J'), 2, 1, 3), q).data[0]).toBe(8);
    expect(valueIn(el(v('J'), 2, all, 3), q)).toMatchObject({ dims: [2, 1], data: Float64Array.of(8, 11) });
    expect(valueIn(T(v('J')), q).dims).toEqual([3, 2, 2]);
  });
});

describe('what has no value', () => {
  const fails = (term: Term, reason: string, q = p) => expect(() => valueIn(term, q)).toThrow(reason);
  it('is told apart', () => {
    fails(mul(A, u), 'sizes');
    fails(v('unknown'), 'missing unknown');
    fails(el(x, 'i'), 'missing i');
    fails(el(x, 3), 'sizes');
    fails(fn('log', y), 'domain');
    fails(div(x, n(0)), 'domain');
    fails(pow(y, 0.5), 'domain');
    fails(inv(mul(x, T(x))), 'singular');
    fails(
      v('f'),
      'cycle',
      problemOf({
        definitions: new Map([
          ['f', add(v('g'), n(1))],
          ['g', mul(n(2), v('f'))],
        ]),
      }),
    );
    fails({ kind: 'matrix-function', fn: 'log', term: neg(eye(2)) }, 'domain');
    fails({ kind: 'binder', binder: 'sum', letter: 'i', from: n(1), to: n(1e9), body: n(1) }, 'too-large');
  });
  it('derivatives near kinks are refused', () => {
    const q = problemOf({
      values: new Map([
        ['x', column([1e-5, 2])],
        ['z', column([0, 0])],
      ]),
    });
    for (const name of ['relu', 'abs', 'leaky-relu'] as const) fails(d(fn(name, x), 'x'), 'kink', q);
    fails(d(red('norm1', x), 'x'), 'kink', q);
    fails(d({ kind: 'extremum', extremum: 'max', args: [n(0), x] }, 'x'), 'kink', q);
    fails(d(red('norm2', v('z')), 'z'), 'kink', q);
    expect(valueIn(fn('relu', x), q).data[0]).toBe(1e-5);
  });
});
