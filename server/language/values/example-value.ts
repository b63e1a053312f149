// The value of a term at the example point: of a symbol of the document's network, or of the loss's derivative by one, where the network is
// run forward and backward. Nothing is said of networks of which the document leaves the functions open.
import type { Environment } from '../context/environment.js';
import { layerOf, plainBase } from '../context/network.js';
import type { Name } from '../expr.js';
import type { NdArray } from '../numeric/index.js';
import type { Candidate } from '../shapes/candidate.js';
import { numberOf } from '../shapes/dimension.js';
import { type NetworkRun, runNetwork } from './network-run.js';

const runs = new WeakMap<Environment, NetworkRun | undefined>();

function runOf(env: Environment): NetworkRun | undefined {
  if (!env.network?.everywhere) return undefined;
  if (!runs.has(env)) {
    const run = runNetwork(env);
    runs.set(env, 'failure' in run ? undefined : run);
  }
  return runs.get(env);
}

/** Undefined where the term is none of the network's. The array lies as the term's shape does. */
export function exampleValue(env: Environment, c: Candidate): NdArray | undefined {
  const run = runOf(env);
  if (!run || !c.shape) return undefined;
  const value = c.expr.kind === 'derivative' ? gradient(run, c) : c.detail?.kind === 'found' ? symbol(run, c.detail.name) : undefined;
  return value && lying(value, c);
}

const losses = /^(?:L|J|E|C|\\ell|\\mathcal\{[LJEC]\})$/;

function symbol(run: NetworkRun, name: Name): NdArray | undefined {
  const { network, forward, backward } = run.check;
  const base = plainBase(name.base);
  const layer = layerOf(name);
  if (layer === undefined) {
    if (name.labels.length + name.subs.length > 0) return undefined;
    if (losses.test(base)) return { level: 0, dims: [], data: Float64Array.of(forward.loss) };
    return base === 'x' ? network.x : base === 'y' ? network.y : base === '\\hat{y}' ? forward.a.at(-1) : undefined;
  }
  const k = layer - run.spec.first - 1;
  const own = network.parameters[k];
  switch (base) {
    case 'W':
      return own?.W;
    case 'b':
      return own?.b;
    case 'z':
      return forward.z[k];
    case 'a':
    case 'h':
      return k === -1 ? network.x : forward.a[k];
    case '\\delta':
      return backward.delta[k];
    default:
      return undefined;
  }
}

/** ∂L/∂W^{(l)} and its kin. */
function gradient(run: NetworkRun, c: Candidate): NdArray | undefined {
  const { expr } = c;
  if (expr.kind !== 'derivative' || expr.order !== 1 || expr.by.length !== 1) return undefined;
  const [by] = expr.by;
  if (expr.of?.kind !== 'symbol' || !losses.test(expr.of.name.key) || by?.kind !== 'symbol') return undefined;
  const layer = layerOf(by.name);
  if (layer === undefined) return undefined;
  const k = layer - run.spec.first - 1;
  const { dA, dW, db, delta } = run.check.backward;
  const parts: Readonly<Record<string, readonly NdArray[]>> = { W: dW, b: db, z: delta, a: dA, h: dA };
  return parts[plainBase(by.name.base)]?.[k];
}

/** Turned, where the layout has the term lie the other way; undefined where the sizes are others. */
function lying(value: NdArray, { shape }: Candidate): NdArray | undefined {
  const [r = 1, c = 1] = value.dims;
  const [rows, columns] = shape?.dims.length === 0 ? [1, 1] : (shape?.dims.map(numberOf) ?? []);
  if (rows === r && columns === c) return value;
  if (rows !== c || columns !== r) return undefined;
  const data = new Float64Array(value.data.length);
  for (let i = 0; i < r; i++) for (let j = 0; j < c; j++) data[j * r + i] = value.data[i * c + j] as number;
  return { ...value, dims: [c, r], data };
}
