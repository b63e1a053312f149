// The network's gradients three ways: the backward pass, the exact derivative of its terms, central differences. And descent.
import type { Elementwise, Term } from '../term.js';
import { arrayOf, type NdArray, scalar } from './array.js';
import { relativeDifference } from './compare.js';
import { gradients } from './differentiate.js';
import { contextAt } from './evaluate.js';
import {
  type Activation,
  activationOf,
  type Backward,
  backward,
  type Forward,
  forward,
  type Loss,
  type Network,
  type NetworkSpec,
  networkOf,
  type Parameters,
} from './network.js';
import { type Problem, problemOf } from './problem.js';
import { centralDifference } from './witness.js';

export interface GradientRow {
  readonly name: 'W' | 'b';
  /** The layer's index, as the spec counts. */
  readonly layer: number;
  readonly backward: NdArray;
  readonly exact: NdArray;
  /** The places in row-major order that were held against central differences: all, or some of very many. */
  readonly places: readonly number[];
  /** The central differences at these places. */
  readonly differences: readonly number[];
  /** The largest relative discrepancies from the backward pass. */
  readonly exactDiscrepancy: number;
  readonly differenceDiscrepancy: number;
}

export interface GradientCheck {
  readonly network: Network;
  readonly forward: Forward;
  readonly backward: Backward;
  readonly rows: readonly GradientRow[];
  readonly worstExact: number;
  readonly worstDifference: number;
}

const most = 200;

/** Throws DomainError where the network has no loss (given weights outside of a log's domain, sizes that do not fit). */
export function gradientCheck(spec: NetworkSpec): GradientCheck {
  const network = networkOf(spec);
  const passed = forward(network);
  const pulled = backward(network, passed);
  const { problem, loss } = networkProblem(network);
  const layers = network.parameters.map((_, k) => k + spec.first + 1);
  const keys = layers.flatMap((layer) => [key('W', layer), key('b', layer)]);
  const exact = gradients(loss, keys, contextAt(problem, 0, { tolerance: 0 }));
  const rows = layers.flatMap((layer, k) =>
    (['W', 'b'] as const).map((name, j) =>
      rowOf(network, k, name, layer, (name === 'W' ? pulled.dW : pulled.db)[k] as NdArray, exact[2 * k + j] as NdArray),
    ),
  );
  const worst = (of: (row: GradientRow) => number) => rows.reduce((largest, row) => Math.max(largest, of(row)), 0);
  return {
    network,
    forward: passed,
    backward: pulled,
    rows,
    worstExact: worst((row) => row.exactDiscrepancy),
    worstDifference: worst((row) => row.differenceDiscrepancy),
  };
}

function rowOf(network: Network, k: number, name: 'W' | 'b', layer: number, pulled: NdArray, exact: NdArray): GradientRow {
  const stride = Math.ceil(pulled.data.length / most);
  const places = [...pulled.data.keys()].filter((place) => place % stride === 0);
  const at = (network.parameters[k] as Parameters)[name];
  const lossAt = (moved: NdArray) => {
    const parameters = network.parameters.map((own, j) => (j === k ? { ...own, [name]: moved } : own));
    return scalar(forward({ ...network, parameters }).loss);
  };
  const differences = places.map((place) => {
    const direction = new Float64Array(at.data.length);
    direction[place] = 1;
    return centralDifference(lossAt, at, direction).data[0] as number;
  });
  const asArray = (values: readonly number[]) => arrayOf([values.length, 1], Float64Array.from(values));
  return {
    name,
    layer,
    backward: pulled,
    exact,
    places,
    differences,
    exactDiscrepancy: relativeDifference(pulled, exact),
    differenceDiscrepancy: relativeDifference(asArray(places.map((place) => pulled.data[place] as number)), asArray(differences)),
  };
}

const key = (base: string, layer: number): string => `${base}^{(${layer})}`;
const variable = (name: string): Term => ({ kind: 'variable', key: name });

/** The network as definitions of z^{(l)}, a^{(l)} and L, with its numbers as values. */
function networkProblem({ spec, x, y, parameters }: Network): { problem: Problem; loss: Term } {
  const values = new Map<string, NdArray>([
    [key('a', spec.first), x],
    ['y', y],
  ]);
  const definitions = new Map<string, Term>();
  parameters.forEach(({ W, b }, k) => {
    const layer = k + spec.first + 1;
    values.set(key('W', layer), W).set(key('b', layer), b);
    const linear: Term = { kind: 'product', product: 'matrix', left: variable(key('W', layer)), right: variable(key('a', layer - 1)) };
    definitions.set(key('z', layer), { kind: 'sum', addends: [linear, variable(key('b', layer))].map((term) => ({ sign: 1, term })) });
    definitions.set(key('a', layer), activationTerm(activationOf(spec, k), variable(key('z', layer))));
  });
  definitions.set('L', lossTerm(spec.loss, variable(key('a', spec.first + parameters.length)), variable('y')));
  return { problem: problemOf({ values, definitions }), loss: variable('L') };
}

function activationTerm(activation: Activation, z: Term): Term {
  return activation === 'softmax'
    ? { kind: 'softmax', term: z, axis: 'all' }
    : { kind: 'apply', fn: { kind: 'known', name: activation }, order: 0, term: z };
}

/** The loss of an output and a target as a term: a scalar. */
export function lossTerm(loss: Loss, output: Term, y: Term): Term {
  const total = (term: Term): Term => ({ kind: 'reduce', reduce: 'sum', term });
  const minus = (left: Term, right: Term): Term => ({
    kind: 'sum',
    addends: [
      { sign: 1, term: left },
      { sign: -1, term: right },
    ],
  });
  const half: Term = { kind: 'number', value: 0.5 };
  const one: Term = { kind: 'number', value: 1 };
  if (loss === 'mse') return { kind: 'product', product: 'matrix', left: half, right: total(squared(minus(output, y))) };
  const own = weightedLog(y, output);
  if (loss === 'cross-entropy') return { kind: 'sum', addends: [{ sign: -1, term: total(own) }] };
  return {
    kind: 'sum',
    addends: [
      { sign: -1, term: total(own) },
      { sign: -1, term: total(weightedLog(minus(one, y), minus(one, output))) },
    ],
  };
}

const squared = (term: Term): Term => ({ kind: 'apply', fn: known('square'), order: 0, term });
const known = (name: 'square' | 'log'): Elementwise => ({ kind: 'known', name });
const weightedLog = (weight: Term, term: Term): Term => ({
  kind: 'product',
  product: 'hadamard',
  left: weight,
  right: { kind: 'apply', fn: known('log'), order: 0, term },
});

export interface Descent {
  /** The loss before the first step and after each. */
  readonly losses: readonly number[];
  /** The rate of each step. */
  readonly rates: readonly number[];
}

const smallestRate = 1e-12;
/** A step has to bring a tenth of what the gradient promises (Armijo 1966), lest it leaps to where the gradient vanishes. */
const promised = 0.1;

/** Steps against the gradient; a step that does not lower the loss is taken again at half the rate. Stops where none does. */
export function descend(start: Network, steps: number, rate: number): Descent {
  let network = start;
  let current = forward(network);
  const losses = [current.loss];
  const rates: number[] = [];
  for (let step = 0, eta = rate; step < steps && eta >= smallestRate; ) {
    const pulled = backward(network, current);
    const next = stepped(network, pulled, eta);
    const reached = lossOrWorse(next);
    const bound = current.loss - promised * eta * squaredLength(pulled);
    if (reached === undefined || reached.loss >= current.loss || reached.loss > bound) {
      eta /= 2;
      continue;
    }
    [network, current] = [next, reached];
    losses.push(current.loss);
    rates.push(eta);
    step++;
  }
  return { losses, rates };
}

const squaredLength = ({ dW, db }: Backward): number =>
  [...dW, ...db].reduce((sum, gradient) => sum + gradient.data.reduce((part, x) => part + x * x, 0), 0);

function lossOrWorse(network: Network): Forward | undefined {
  try {
    return forward(network);
  } catch {
    return undefined;
  }
}

function stepped(network: Network, { dW, db }: Backward, rate: number): Network {
  const against = (value: NdArray, gradient: NdArray) =>
    arrayOf(
      value.dims,
      value.data.map((x, i) => x - rate * (gradient.data[i] as number)),
    );
  return {
    ...network,
    parameters: network.parameters.map(({ W, b }, k) => ({ W: against(W, dW[k] as NdArray), b: against(b, db[k] as NdArray) })),
  };
}
