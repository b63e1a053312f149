// The example network's numbers as tables of plain text: forward and backward pass, gradients three ways, descent.
import type { NdArray } from '../numeric/index.js';
import type { NetworkFailure, NetworkRun } from '../values/network-run.js';

const number = (x: number): string => (Math.abs(x) < 1e-12 ? '0' : x.toPrecision(4).replace(/\.?0+$/, ''));

const size = (a: NdArray): string => (a.dims.length === 0 ? 'scalar' : a.dims.join('×'));

const widest = 12;

/** Rows of an array, cut where it is large. */
function rowsOf(a: NdArray): readonly string[] {
  const [r = 1, c = 1] = a.dims;
  const shown = Math.min(r, widest);
  const cells = Array.from({ length: shown }, (_, i) =>
    Array.from({ length: Math.min(c, widest) }, (_, j) => number(a.data[i * c + j] ?? 0)),
  );
  const width = Math.max(...cells.flat().map((t) => t.length));
  const lines = cells.map((row) => `[ ${row.map((t) => t.padStart(width)).join('  ')}${c > widest ? '  …' : ''} ]`);
  return r > shown ? [...lines, '…'] : lines;
}

function block(name: string, a: NdArray): readonly string[] {
  const head = `  ${name.padEnd(14)}${size(a).padEnd(8)}`;
  return rowsOf(a).map((line, i) => (i === 0 ? head : ' '.repeat(head.length)) + line);
}

/** In one line: `[ 0.12  -0.3; 0.4  0.1 ]`, a number by itself. */
export function wordArray(a: NdArray): string {
  if (a.dims.length === 0) return number(a.data[0] ?? 0);
  return `[ ${rowsOf(a)
    .map((row) => row.replace(/^\[ | \]$/g, '').trim())
    .join('; ')} ]`;
}

export function wordNetwork(run: NetworkRun): string {
  const { spec, check, descent } = run;
  const layer = (k: number): number => k + spec.first + 1;
  const count = check.network.parameters.length;
  const activation = count > 1 ? `hidden ${spec.hidden}, output ${spec.output}` : `output ${spec.output}`;
  const lines = [`Network ${spec.layers.join('-')}, ${activation}, loss ${spec.loss}`, '', 'Forward pass', ...block('x', check.network.x)];
  check.network.parameters.forEach((p, k) => {
    lines.push(
      ...block(`W^(${layer(k)})`, p.W),
      ...block(`b^(${layer(k)})`, p.b),
      ...block(`z^(${layer(k)})`, check.forward.z[k] as NdArray),
      ...block(`a^(${layer(k)})`, check.forward.a[k] as NdArray),
    );
  });
  lines.push(...block('y', check.network.y), `  ${'L'.padEnd(14)}${'scalar'.padEnd(8)}${number(check.forward.loss)}`, '', 'Backward pass');
  for (let k = count - 1; k >= 0; k--) {
    const l = layer(k);
    lines.push(
      ...block(`∂L/∂a^(${l})`, check.backward.dA[k] as NdArray),
      ...block(`δ^(${l})=∂L/∂z`, check.backward.delta[k] as NdArray),
      ...block(`∂L/∂W^(${l})`, check.backward.dW[k] as NdArray),
      ...block(`∂L/∂b^(${l})`, check.backward.db[k] as NdArray),
    );
  }
  return [...lines, '', ...gradientTable(run), '', ...descentLines(descent.losses)].join('\n');
}

/** Every gradient three ways: backward pass, exact derivative, central differences. */
function gradientTable({ check }: NetworkRun): readonly string[] {
  const head = 'Gradients three ways (largest relative discrepancy from the backward pass)';
  const rows = check.rows.map(
    (r) =>
      `  ${`∂L/∂${r.name}^(${r.layer})`.padEnd(14)}${size(r.backward).padEnd(8)}exact ${r.exactDiscrepancy.toExponential(1)}   differences ${r.differenceDiscrepancy.toExponential(1)}`,
  );
  return [head, ...rows];
}

function descentLines(losses: readonly number[]): readonly string[] {
  return ['Descent', `  L ${losses.map(number).join(' → ')}`];
}

export function wordNetworkFailure({ failure, detail }: NetworkFailure): string {
  switch (failure) {
    case 'no-network':
      return 'The document has no network. Add a directive such as network: { layers: [2, 3, 2], hidden: relu, output: sigmoid, loss: mse }.';
    case 'named-sizes':
      return `The layer size ${detail} is a name. Give it a number under sizes: in the directive.`;
    case 'weights':
      return `The weights of ${detail} are missing or are no rows of numbers.`;
    case 'sizes':
      return `The numbers given do not fit the layers (${detail}).`;
    case 'too-large':
      return `The network has ${detail} weights, too many for an example. Give it smaller layers.`;
    case 'domain':
      return 'The loss has no value for these numbers: a logarithm is taken of something that is not positive.';
    default:
      return `The network could not be run (${detail}).`;
  }
}
