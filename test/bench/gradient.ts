// The gradient of the 2-3-2 network by the engine, as a ratio to the same in plain loops over numbers.
import { backward, forward, networkOf } from '../../server/language/numeric/network.js';

const network = networkOf({ layers: [2, 3, 2], first: 0, hidden: 'tanh', output: 'sigmoid', loss: 'mse' });
const repeats = 10_000;

/** How many times as long the engine takes as the loops; both give the same gradient of the first weights, or this throws. */
export function gradientRatio(): number {
  const ours = (): Float64Array => (backward(network, forward(network)).dW[0] as { data: Float64Array }).data;
  const theirs = plain();
  const [a, b] = [ours(), theirs()];
  if (a.length !== b.length || [...a].some((v, i) => Math.abs(v - (b[i] as number)) > 1e-12)) throw new Error('the gradients differ');
  const rounds = Array.from({ length: 5 }, () => [time(ours), time(theirs)] as const);
  return Math.min(...rounds.map(([own]) => own)) / Math.min(...rounds.map(([, plainly]) => plainly));
}

function time(run: () => unknown): number {
  for (let n = 0; n < 2000; n++) run();
  const start = performance.now();
  for (let n = 0; n < repeats; n++) run();
  return performance.now() - start;
}

/** The forward and backward pass of 2-3-2 with tanh, sigmoid and half the squared error, written out. */
function plain(): () => Float64Array {
  const [p1, p2] = network.parameters.map(({ W, b }) => ({ W: W.data, b: b.data }));
  if (!p1 || !p2) throw new Error('two layers');
  const [x, y] = [network.x.data, network.y.data];
  return () => {
    const a1 = layer(p1.W, p1.b, x, 3, 2, Math.tanh);
    const a2 = layer(p2.W, p2.b, a1, 2, 3, (z) => 1 / (1 + Math.exp(-z)));
    const d2 = new Float64Array(2);
    for (let i = 0; i < 2; i++) d2[i] = (at(a2, i) - at(y, i)) * at(a2, i) * (1 - at(a2, i));
    const dW2 = outer(d2, a1);
    const d1 = new Float64Array(3);
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let i = 0; i < 2; i++) sum += at(p2.W, 3 * i + j) * at(d2, i);
      d1[j] = sum * (1 - at(a1, j) ** 2);
    }
    return dW2.length > 0 ? outer(d1, x) : dW2;
  };
}

function layer(W: Float64Array, b: Float64Array, x: Float64Array, rows: number, columns: number, f: (z: number) => number): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let z = at(b, i);
    for (let j = 0; j < columns; j++) z += at(W, i * columns + j) * at(x, j);
    out[i] = f(z);
  }
  return out;
}

function outer(u: Float64Array, v: Float64Array): Float64Array {
  const out = new Float64Array(u.length * v.length);
  for (let i = 0; i < u.length; i++) for (let j = 0; j < v.length; j++) out[i * v.length + j] = at(u, i) * at(v, j);
  return out;
}

const at = (array: Float64Array, i: number): number => array[i] as number;
