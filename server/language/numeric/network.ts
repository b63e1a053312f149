// The example network: forward and backward pass by plain formulas, without terms or rules of differentiation.
// Rumelhart, Hinton & Williams 1986; Nielsen 2015, ch. 2 (BP1–BP4). What checks these formulas is in gradient-check.ts.
import { column, DomainError, fromRows, isFiniteArray, map, type NdArray, total, zip } from './array.js';
import { knownFunctions } from './elementwise.js';
import { between, type Random, randomFor, signed } from './random.js';

export type Activation = 'identity' | 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax';
export type Loss = 'mse' | 'cross-entropy' | 'bce';

export interface NetworkSpec {
  /** Numbers of neurons, the input's first. */
  readonly layers: readonly number[];
  /** The input layer's index. */
  readonly first: 0 | 1;
  readonly hidden: Activation;
  readonly output: Activation;
  /** mse is ½‖ŷ − y‖², cross-entropy −Σ y log ŷ, bce −Σ (y log ŷ + (1 − y) log(1 − ŷ)). */
  readonly loss: Loss;
  /** By layer from the first with weights: rows are neurons of the layer, columns of the one before. */
  readonly weights?: readonly (readonly (readonly number[])[])[];
  readonly biases?: readonly (readonly number[])[];
  readonly x?: readonly number[];
  readonly y?: readonly number[];
  readonly seed?: number;
}

/** One layer with weights. */
export interface Parameters {
  readonly W: NdArray;
  readonly b: NdArray;
}

export interface Network {
  readonly spec: NetworkSpec;
  readonly x: NdArray;
  readonly y: NdArray;
  readonly parameters: readonly Parameters[];
}

export interface Forward {
  /** z and a of each layer with weights. */
  readonly z: readonly NdArray[];
  readonly a: readonly NdArray[];
  readonly loss: number;
}

/** By layer with weights; each in the size of what it is the derivative by. */
export interface Backward {
  readonly dA: readonly NdArray[];
  readonly delta: readonly NdArray[];
  readonly dW: readonly NdArray[];
  readonly db: readonly NdArray[];
}

const attempts = 400;
const kinked: ReadonlySet<Activation> = new Set(['relu', 'leaky-relu']);

/**
 * The network with the values that are given and seeded random ones for the rest, such that the loss has a value and no unit is at
 * a kink, unless everything is given. Throws `sizes` for values that do not fit the layers, `domain` where no such values are found.
 */
export function networkOf(spec: NetworkSpec): Network {
  if (spec.layers.length < 2 || spec.layers.some((size) => !Number.isInteger(size) || size < 1))
    throw new DomainError('sizes', spec.layers.join('-'));
  const given = spec.weights !== undefined && spec.biases !== undefined && spec.x !== undefined && spec.y !== undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const network = drawNetwork(spec, randomFor('network', (spec.seed ?? 0) * attempts + attempt));
    if (given || isUsable(network)) return network;
  }
  throw new DomainError('domain');
}

function isUsable(network: Network): boolean {
  try {
    const { spec } = network;
    const { z, a } = forward(network);
    const smooth = z.every((values, k) => !kinked.has(activationOf(spec, k)) || values.data.every((value) => Math.abs(value) > 5e-3));
    const output = (a.at(-1) as NdArray).data;
    return smooth && (spec.loss === 'mse' || output.every((p) => p > 0.02 && (spec.loss !== 'bce' || p < 0.98)));
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'domain') return false;
    throw error;
  }
}

function drawNetwork(spec: NetworkSpec, next: Random): Network {
  const sizes = spec.layers;
  const parameters = sizes.slice(1).map((rows, k) => {
    const columns = sizes[k] as number;
    const spread = 1 / Math.sqrt(columns);
    const W = spec.weights?.[k] ?? Array.from({ length: rows }, () => Array.from({ length: columns }, () => spread * signed(next)));
    const b = spec.biases?.[k] ?? Array.from({ length: rows }, () => between(next, -0.5, 0.5));
    return { W: sized(fromRows(W), rows, columns), b: sized(column(b), rows, 1) };
  });
  const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];
  const x = sized(column(spec.x ?? Array.from({ length: inputs }, () => signed(next))), inputs, 1);
  return { spec, x, y: sized(column(spec.y ?? drawTarget(spec.loss, outputs, next)), outputs, 1), parameters };
}

function sized(array: NdArray, rows: number, columns: number): NdArray {
  const fits = array.data.length === rows * columns && (array.dims.length === 0 || array.dims[0] === rows);
  if (!fits) throw new DomainError('sizes', `${array.dims.join('×')} ${rows}×${columns}`);
  return array;
}

/** One-hot for cross-entropy, zeros and ones for binary cross-entropy. */
function drawTarget(loss: Loss, size: number, next: Random): number[] {
  const hot = Math.floor(next() * size);
  return Array.from({ length: size }, (_, k) =>
    loss === 'mse' ? between(next, 0.1, 0.9) : loss === 'bce' ? Math.round(next()) : k === hot ? 1 : 0,
  );
}

export function activationOf(spec: NetworkSpec, layer: number): Activation {
  return layer === spec.layers.length - 2 ? spec.output : spec.hidden;
}

function activate(activation: Activation, z: NdArray): NdArray {
  if (activation !== 'softmax') return map(z, (t) => knownFunctions[activation].at(t, 0));
  const largest = z.data.reduce((best, t) => Math.max(best, t), Number.NEGATIVE_INFINITY);
  const exponentials = map(z, (t) => Math.exp(t - largest));
  const sum = total(exponentials.data);
  return map(exponentials, (t) => t / sum);
}

/** z = W a + b, a = φ(z), layer by layer. Throws `domain` where the loss has no value. */
export function forward({ spec, x, y, parameters }: Network): Forward {
  const z: NdArray[] = [];
  const a: NdArray[] = [];
  for (const [k, { W, b }] of parameters.entries()) {
    const values = affine(W, a[k - 1] ?? x, b);
    z.push(values);
    a.push(activate(activationOf(spec, k), values));
  }
  return { z, a, loss: lossOf(spec.loss, a.at(-1) as NdArray, y) };
}

/** W a + b. The sizes fit; an array of one entry is a scalar, whatever its place. */
function affine(W: NdArray, a: NdArray, b: NdArray): NdArray {
  const columns = a.data.length;
  const data = new Float64Array(b.data.length);
  for (let i = 0; i < data.length; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += (W.data[i * columns + j] as number) * (a.data[j] as number);
    data[i] = sum + (b.data[i] as number);
  }
  return { level: 0, dims: b.dims, data };
}

/** W^T δ, in the size of what W is multiplied with. */
function back(W: NdArray, delta: NdArray, like: NdArray): NdArray {
  const data = new Float64Array(like.data.length);
  for (let i = 0; i < delta.data.length; i++) {
    const error = delta.data[i] as number;
    for (let j = 0; j < data.length; j++) data[j] = (data[j] as number) + (W.data[i * data.length + j] as number) * error;
  }
  return { level: 0, dims: like.dims, data };
}

/** δ aᵀ, in the size of W. */
function outer(delta: NdArray, a: NdArray, { dims }: NdArray): NdArray {
  const columns = a.data.length;
  const data = new Float64Array(delta.data.length * columns);
  for (let k = 0; k < data.length; k++) data[k] = (delta.data[Math.floor(k / columns)] as number) * (a.data[k % columns] as number) + 0;
  return { level: 0, dims, data };
}

function lossOf(loss: Loss, output: NdArray, y: NdArray): number {
  const parts = zip(output, y, (p, t) => {
    if (loss === 'mse') return (p - t) ** 2 / 2;
    return loss === 'cross-entropy' ? -weightedLog(t, p) : -weightedLog(t, p) - weightedLog(1 - t, 1 - p);
  });
  if (!isFiniteArray(parts)) throw new DomainError('domain');
  return total(parts.data);
}

/** t log p with 0 log 0 = 0; not a number for negative p. */
const weightedLog = (t: number, p: number): number => (t === 0 && p === 0 ? 0 : t * Math.log(p));

/** ∂L/∂ŷ */
function lossGradient(loss: Loss, output: NdArray, y: NdArray): NdArray {
  return zip(output, y, (p, t) => {
    if (loss === 'mse') return p - t;
    const own = t === 0 ? 0 : -t / p;
    return loss === 'cross-entropy' || t === 1 ? own : own + (1 - t) / (1 - p);
  });
}

/** δ = φ′(z) ⊙ ∂L/∂a; for softmax s ⊙ (g − sᵀg). At a kink the derivative from the left is taken. */
function through(activation: Activation, z: NdArray, a: NdArray, gradient: NdArray): NdArray {
  if (activation !== 'softmax') return zip(z, gradient, (t, g) => knownFunctions[activation].at(t, 1) * g);
  const weighted = total(zip(a, gradient, (s, g) => s * g).data);
  return zip(a, gradient, (s, g) => s * (g - weighted));
}

/** δ of the last layer from the loss, of the others by W of the next; ∂L/∂W = δ aᵀ, ∂L/∂b = δ. */
export function backward(network: Network, { z, a }: Forward): Backward {
  const { spec, x, y, parameters } = network;
  const dA: NdArray[] = [];
  const delta: NdArray[] = [];
  const dW: NdArray[] = [];
  let gradient = lossGradient(spec.loss, a.at(-1) as NdArray, y);
  for (let k = parameters.length - 1; k >= 0; k--) {
    dA[k] = gradient;
    const error = through(activationOf(spec, k), z[k] as NdArray, a[k] as NdArray, gradient);
    delta[k] = error;
    const W = (parameters[k] as Parameters).W;
    dW[k] = outer(error, a[k - 1] ?? x, W);
    gradient = back(W, error, a[k - 1] ?? x);
  }
  return { dA, delta, dW, db: delta };
}
