// Runs the example network of a document: its numbers where it states them, seeded ones elsewhere.
import type { Environment } from '../context/environment.js';
import { type Descent, DomainError, descend, type GradientCheck, gradientCheck, type NetworkSpec } from '../numeric/index.js';

export interface NetworkRun {
  readonly spec: NetworkSpec;
  readonly check: GradientCheck;
  readonly descent: Descent;
}

/** Why a network could not be run. */
export interface NetworkFailure {
  readonly failure: 'no-network' | 'named-sizes' | 'weights' | 'sizes' | 'too-large' | 'domain' | 'other';
  readonly detail: string;
}

const activations = ['identity', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'softplus', 'softmax'] as const;
const losses = ['mse', 'cross-entropy', 'bce'] as const;
/** An example is looked at; what has more weights is none. */
const mostWeights = 50_000;
const steps = 10;
const rate = 0.5;

/** The run of the document's network; what keeps it from running otherwise. */
export function runNetwork(env: Environment): NetworkRun | NetworkFailure {
  const spec = specOf(env);
  if ('failure' in spec) return spec;
  try {
    const check = gradientCheck(spec);
    return { spec, check, descent: descend(check.network, steps, rate) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { failure: error.reason === 'sizes' ? 'sizes' : error.reason === 'domain' ? 'domain' : 'other', detail: error.detail };
  }
}

function specOf(env: Environment): NetworkSpec | NetworkFailure {
  const { network } = env;
  if (!network) return { failure: 'no-network', detail: '' };
  const sizes = network.layers.map((n) => (typeof n === 'number' ? n : env.sizes.get(n)));
  const unknown = network.layers.find((_, i) => sizes[i] === undefined);
  if (unknown !== undefined) return { failure: 'named-sizes', detail: String(unknown) };
  const count = sizes.reduce<number>((sum, n, i) => sum + (i > 0 ? (n as number) * ((sizes[i - 1] ?? 0) + 1) : 0), 0);
  if (count > mostWeights) return { failure: 'too-large', detail: String(count) };
  const { settings, first } = network;
  const layers = layersOf(settings.weights, network.layers.length - 1, first);
  if ('failure' in layers) return layers;
  const biases = biasesOf(settings.biases, settings.weights, network.layers.length - 1, first);
  return {
    layers: sizes as number[],
    first,
    hidden: activations.find((a) => a === settings.hidden) ?? 'sigmoid',
    output: activations.find((a) => a === settings.output) ?? 'sigmoid',
    loss: losses.find((l) => l === settings.loss) ?? 'mse',
    ...(layers.weights ? { weights: layers.weights } : {}),
    ...(biases ? { biases } : {}),
    ...(settings.x ? { x: settings.x } : {}),
    ...(settings.y ? { y: settings.y } : {}),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
  };
}

type Rows = readonly (readonly number[])[];

const isRows = (v: unknown): v is Rows =>
  Array.isArray(v) && v.length > 0 && v.every((r) => Array.isArray(r) && r.every((x) => typeof x === 'number'));
const isNumbers = (v: unknown): v is readonly number[] => Array.isArray(v) && v.every((x) => typeof x === 'number');

/** Weights as a list by layer, or as a map from W^{(l)}. All or none. */
function layersOf(weights: unknown, count: number, first: number): { readonly weights?: readonly Rows[] } | NetworkFailure {
  if (weights === undefined || weights === null) return {};
  const found = Array.from({ length: count }, (_, k) => entry(weights, 'W', k, k + first + 1));
  if (found.every((w) => w === undefined)) return {};
  const missing = found.findIndex((w) => !isRows(w));
  return missing < 0 ? { weights: found as Rows[] } : { failure: 'weights', detail: `W^{(${missing + first + 1})}` };
}

function biasesOf(biases: unknown, weights: unknown, count: number, first: number): readonly (readonly number[])[] | undefined {
  const found = Array.from(
    { length: count },
    (_, k) => entry(biases, 'b', k, k + first + 1) ?? (Array.isArray(weights) ? undefined : entry(weights, 'b', k, k + first + 1)),
  );
  return found.every(isNumbers) ? (found as (readonly number[])[]) : undefined;
}

function entry(value: unknown, letter: string, index: number, layer: number): unknown {
  if (Array.isArray(value)) return value[index];
  if (value === null || typeof value !== 'object') return undefined;
  const map = value as Readonly<Record<string, unknown>>;
  const spellings = [
    `${letter}^{(${layer})}`,
    `${letter}^{[${layer}]}`,
    `${letter}_${layer}`,
    `${letter}_{${layer}}`,
    `${letter}^${layer}`,
    `${letter}^{${layer}}`,
    `${letter}${layer}`,
  ];
  const key = spellings.find((s) => s in map);
  return key === undefined ? undefined : map[key];
}
