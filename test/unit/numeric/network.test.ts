// The example network three ways for all activations and losses, and descent.
import { describe, expect, it } from 'vitest';
import {
  type Activation,
  backward,
  descend,
  forward,
  gradientCheck,
  type Loss,
  networkOf,
  toRows,
} from '../../../server/language/numeric/index.js';

const activations: Activation[] = ['identity', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'softplus', 'softmax'];
const losses: Loss[] = ['mse', 'cross-entropy', 'bce'];

describe('gradients three ways', () => {
  for (const loss of losses) {
    for (const output of activations) {
      it(`${output} with ${loss} after every hidden activation`, () => {
        for (const hidden of activations) {
          const check = gradientCheck({ layers: [3, 4, 2], first: 1, hidden, output, loss, seed: 5 });
          expect(check.worstExact).toBeLessThan(1e-11);
          expect(check.worstDifference).toBeLessThan(1e-6);
          expect(check.rows.map(({ name, layer }) => `${name}${layer}`)).toEqual(['W2', 'b2', 'W3', 'b3']);
        }
      });
    }
  }
  it('several layers, layers of one neuron, another first index', () => {
    const check = gradientCheck({ layers: [2, 3, 1, 2, 1], first: 0, hidden: 'tanh', output: 'sigmoid', loss: 'bce' });
    expect(check.worstExact).toBeLessThan(1e-12);
    expect(check.worstDifference).toBeLessThan(1e-7);
    expect(check.rows[0]).toMatchObject({ name: 'W', layer: 1 });
  });
  it('many weights are sampled', () => {
    const check = gradientCheck({ layers: [60, 20, 5], first: 1, hidden: 'sigmoid', output: 'softmax', loss: 'cross-entropy' });
    expect(check.rows[0]?.places.length).toBe(200);
    expect(check.worstDifference).toBeLessThan(1e-6);
  });
});

describe('a network with numbers', () => {
  const spec = {
    layers: [2, 2, 1],
    first: 1,
    hidden: 'relu',
    output: 'identity',
    loss: 'mse',
    weights: [
      [
        [1, -1],
        [0.5, 2],
      ],
      [[2, -1]],
    ],
    biases: [[0, 1], [0.5]],
    x: [1, 2],
    y: [3],
  } as const;
  it('by hand: z = (−1, 5.5), a = (0, 5.5), ŷ = −5, L = 32', () => {
    const network = networkOf(spec);
    const passed = forward(network);
    expect(passed.z.map((z) => [...z.data])).toEqual([[-1, 5.5], [-5]]);
    expect(passed.loss).toBe(32);
    const { delta, dW, db } = backward(network, passed);
    expect(delta.map((one) => [...one.data])).toEqual([[-0, 8], [-8]]);
    expect(toRows(dW[0] as never)).toEqual([
      [0, 0],
      [8, 16],
    ]);
    expect(toRows(dW[1] as never)).toEqual([[0, -44]]);
    expect(db[1]?.data[0]).toBe(-8);
  });
  it('at a kink the derivative from the left is taken, both ways alike', () => {
    const check = gradientCheck({ ...spec, biases: [[1, 1], [0.5]] });
    expect(check.forward.z[0]?.data[0]).toBe(0);
    expect(check.worstExact).toBe(0);
  });
  it('refuses sizes that do not fit', () => {
    expect(() => networkOf({ ...spec, x: [1, 2, 3] })).toThrow('sizes');
    expect(() => networkOf({ ...spec, weights: [[[1, -1]], [[2, -1]]] })).toThrow('sizes');
  });
});

describe('descent', () => {
  it('lowers the loss in every step, whatever the rate', () => {
    for (const rate of [0.1, 1000]) {
      const { losses: reached, rates } = descend(
        networkOf({ layers: [2, 3, 2], first: 1, hidden: 'relu', output: 'sigmoid', loss: 'mse' }),
        20,
        rate,
      );
      expect(reached.length).toBe(21);
      expect(rates.length).toBe(20);
      reached.slice(1).forEach((loss, k) => void expect(loss).toBeLessThan(reached[k] as number));
    }
  });
});
