// Every operation's three tables against one another: value against closed forms, forward rule against differences, reverse against forward.
import { describe, expect, it } from 'vitest';
import { algebra, jvpRules, kernels, plain, pullBack, traced, vjpRules } from '../../../server/language/numeric/algebra.js';
import { arrayOf, column, fromRows, type NdArray, only, scalar, toRows, total, zip } from '../../../server/language/numeric/array.js';
import { drawArray } from '../../../server/language/numeric/draw.js';
import { knownFunctions, openFunction, type ScalarFunction } from '../../../server/language/numeric/elementwise.js';
import { leadingEigenvector, matrixFunction, pseudoInverse, rank } from '../../../server/language/numeric/linear-algebra.js';
import type { Dual, OperationName, Parameters, Tape, Traced, Value } from '../../../server/language/numeric/operation.js';
import { random } from '../../../server/language/numeric/random.js';
import { centralDifference } from '../../../server/language/numeric/witness.js';
import type { Assumption, ElementwiseName } from '../../../server/language/term.js';

type Case = { [K in OperationName]: [K, Parameters[K], ...(readonly [readonly number[], ...Assumption[]])[]] }[OperationName];

const places = Int32Array.of(5, 0, -1, 0);
const cases: Case[] = [
  ['add', null, [[2, 3]], [[1, 3]]],
  ['add', null, [[]], [[2, 3]]],
  ['subtract', null, [[2, 1]], [[2, 3]]],
  ['multiply', null, [[2, 3]], [[2, 1]]],
  ['multiply', null, [[2, 3]], [[]]],
  ['divide', null, [[2, 3]], [[1, 3]]],
  ['divide', null, [[]], [[2, 3]]],
  ['scale', -2.5, [[2, 3]]],
  ['matmul', null, [[2, 3]], [[3, 4]]],
  ['transpose', null, [[2, 3]]],
  ['reshape', [3, 2], [[2, 3]]],
  ['gather', { places, dims: [2, 2] }, [[2, 3]]],
  ['scatter', { places, dims: [2, 3] }, [[2, 2]]],
  ['assemble', { places: [Int32Array.of(0, 3), Int32Array.of(1, 2)], dims: [2, 2] }, [[2, 1]], [[1, 2]]],
  ['sumTo', [1, 3], [[2, 3]]],
  ['sumTo', [], [[2, 3]]],
  ['broadcastTo', [2, 3], [[2, 1]]],
  ['elementwise', { fn: knownFunctions.tanh, order: 1, tolerance: 0 }, [[2, 3]]],
  ['power', 3, [[2, 3]]],
  ['power', 0.5, [[2, 3], 'positive']],
  ['raise', null, [[2, 3], 'positive'], [[]]],
  ['inverse', null, [[3, 3]]],
  ['pseudoInverse', null, [[4, 3]]],
  ['pseudoInverse', null, [[2, 3]]],
  ['determinant', null, [[3, 3]]],
  ['logDeterminant', null, [[3, 3], 'positive-definite']],
  ['matrixFunction', 'exp', [[3, 3]]],
  ['matrixFunction', 'sqrt', [[3, 3], 'positive-definite']],
  ['matrixFunction', 'log', [[3, 3], 'positive-definite']],
  ['leadingEigenvector', null, [[3, 3], 'positive-definite']],
];

const closeTo = (a: NdArray, b: NdArray, tolerance: number) => {
  expect(a.dims).toEqual(b.dims);
  a.data.forEach((x, k) => void expect(Math.abs(x - (b.data[k] as number))).toBeLessThan(tolerance * (1 + Math.abs(x))));
};

describe('rules of differentiation', () => {
  it('cover every operation', () => {
    expect(Object.keys(jvpRules).sort()).toEqual(Object.keys(kernels).sort());
    expect(Object.keys(vjpRules).sort()).toEqual(Object.keys(kernels).sort());
    expect([...new Set(cases.map(([name]) => name))].sort()).toEqual(Object.keys(kernels).sort());
  });

  it.each(cases.map((one, k) => [`${k} ${one[0]}`, one] as const))('%s', (_, [operation, parameter, ...shapes]) => {
    const next = random(7);
    const inputs = shapes.map(([dims, ...assumed]) => drawArray(dims, new Set(assumed), next));
    // The eigenvector's rule is for symmetric directions, as its argument always moves.
    const symmetric = operation === 'leadingEigenvector' ? (['symmetric'] as const) : [];
    const directions = inputs.map((input) => drawArray(input.dims, new Set(symmetric), next));
    const run = (values: readonly Value[]): Value => algebra.apply(operation, values, parameter as never);

    const dual = run(inputs.map((primal, k) => ({ level: 1, dims: primal.dims, primal, tangent: directions[k] as NdArray }))) as Dual;
    const forward = plain(dual.tangent);

    let witness: NdArray | undefined;
    inputs.forEach((input, k) => {
      const part = centralDifference(
        (at) => plain(run(inputs.map((other, j) => (j === k ? at : other)))),
        input,
        (directions[k] as NdArray).data,
      );
      witness = witness === undefined ? part : zip(witness, part, (x, y) => x + y);
    });
    closeTo(forward, witness as NdArray, 1e-7);

    const tape: Tape = { entries: [] };
    const output = run(inputs.map((input) => traced(tape, 1, input))) as Traced;
    const cotangent = drawArray(output.dims, new Set(), next);
    const backward = pullBack(output, cotangent, inputs.length).map((value) => plain(value as Value));
    const pushed = total(zip(cotangent, forward, (x, y) => x * y).data);
    const pulled = backward.reduce((sum, part, k) => sum + total(zip(part, directions[k] as NdArray, (x, y) => x * y).data), 0);
    expect(Math.abs(pushed - pulled)).toBeLessThan(1e-10 * (1 + Math.abs(pushed)));
  });
});

describe('functions of one variable', () => {
  const checked = (fn: ScalarFunction, t: number, order: number) => {
    const difference = only(centralDifference((at) => scalar(fn.at(only(at), order)), scalar(t), Float64Array.of(1)));
    expect(Math.abs(difference - fn.at(t, order + 1))).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
  };
  it.each(Object.keys(knownFunctions) as ElementwiseName[])('%s has its derivatives of order 1 to 5', (name) => {
    for (const t of ['log', 'sqrt'].includes(name) ? [0.3, 0.8, 1.7] : [-1.3, -0.4, 0.3, 0.9, 2.7]) {
      for (let order = 0; order < 5; order++) checked(knownFunctions[name], t, order);
    }
  });
  it('so do open ones, which differ by name and seed', () => {
    for (let order = 0; order < 5; order++) checked(openFunction('f', 3), 0.7, order);
    expect(openFunction('f', 3).at(0.7, 0)).toBe(openFunction('f', 3).at(0.7, 0));
    expect(openFunction('g', 3).at(0.7, 0)).not.toBe(openFunction('f', 3).at(0.7, 0));
    expect(openFunction('f', 4).at(0.7, 0)).not.toBe(openFunction('f', 3).at(0.7, 0));
  });
  it('values by hand', () => {
    const at = (name: ElementwiseName, t: number) => knownFunctions[name].at(t, 0);
    expect(at('sigmoid', 0)).toBe(0.5);
    expect(at('erf', 1)).toBeCloseTo(0.8427007929497149, 14);
    expect(at('erf', 3)).toBeCloseTo(0.9999779095030014, 14);
    expect(at('gelu', 1)).toBeCloseTo(0.8413447460685429, 14);
    expect(at('silu', 2)).toBeCloseTo(1.7615941559557649, 14);
    expect(at('elu', -1)).toBeCloseTo(Math.exp(-1) - 1, 15);
    expect(at('softplus', 800)).toBe(800);
    expect(at('leaky-relu', -2)).toBe(-0.02);
  });
});

describe('matrix functions', () => {
  it('exp, log, sqrt of a matrix without symmetry', () => {
    const a = fromRows([
      [1.2, 0.3, -0.2],
      [0.1, 0.9, 0.4],
      [-0.3, 0.2, 1.4],
    ]);
    closeTo(matrixFunction('log', matrixFunction('exp', a)), a, 1e-10);
    const root = matrixFunction('sqrt', a);
    closeTo(kernels.matmul([root, root], null), a, 1e-12);
    closeTo(matrixFunction('exp', matrixFunction('log', a)), a, 1e-11);
    expect(() =>
      matrixFunction(
        'log',
        fromRows([
          [-1, 0.5],
          [0.1, -2],
        ]),
      ),
    ).toThrow('domain');
  });
  it('exp of a rotation', () => {
    closeTo(
      matrixFunction(
        'exp',
        fromRows([
          [0, -1],
          [1, 0],
        ]),
      ),
      fromRows([
        [Math.cos(1), -Math.sin(1)],
        [Math.sin(1), Math.cos(1)],
      ]),
      1e-14,
    );
  });
  it('pseudo-inverse, rank, leading eigenvector, singular', () => {
    const a = fromRows([
      [1, 2],
      [3, 4],
      [5, 7],
    ]);
    const plus = pseudoInverse(a);
    closeTo(
      kernels.matmul([plus, a], null),
      fromRows([
        [1, 0],
        [0, 1],
      ]),
      1e-12,
    );
    expect(
      rank(
        fromRows([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toBe(1);
    closeTo(
      leadingEigenvector(
        fromRows([
          [2, 0],
          [0, 5],
        ]),
      ),
      column([0, 1]),
      1e-14,
    );
    expect(() =>
      kernels.inverse(
        [
          fromRows([
            [1, 2],
            [2, 4],
          ]),
        ],
        null,
      ),
    ).toThrow('singular');
    expect(() => kernels.inverse([fromRows([[1, 2, 3]])], null)).toThrow('sizes');
  });
});

describe('broadcasting', () => {
  const m = fromRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  it('rows, columns, scalars', () => {
    expect(toRows(kernels.add([m, arrayOf([1, 3], Float64Array.of(10, 20, 30))], null))).toEqual([
      [11, 22, 33],
      [14, 25, 36],
    ]);
    expect(toRows(kernels.add([column([10, 20]), m], null))).toEqual([
      [11, 12, 13],
      [24, 25, 26],
    ]);
    expect(toRows(kernels.subtract([scalar(1), m], null))).toEqual([
      [0, -1, -2],
      [-3, -4, -5],
    ]);
  });
  it('refuses what does not fit', () => {
    expect(() => kernels.add([m, column([1, 2, 3])], null)).toThrow('sizes');
    expect(() => kernels.add([column([1, 2]), arrayOf([1, 2], Float64Array.of(1, 2))], null)).toThrow('sizes');
    expect(() => kernels.matmul([m, m], null)).toThrow('sizes');
  });
  it('1×1 is the scalar', () => {
    expect(arrayOf([1, 1], Float64Array.of(3)).dims).toEqual([]);
    expect(kernels.matmul([arrayOf([1, 2], Float64Array.of(1, 2)), column([3, 4])], null).dims).toEqual([]);
  });
});
