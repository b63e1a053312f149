// Verdicts in words: why a value is unchecked, what it was verified under, how a refuted member differs.
import type { Difference } from '../numeric/index.js';
import type { Assumed, ValueReason } from '../values/value.js';
import { plainTex } from './names.js';

const functionNames: Readonly<Record<string, string>> = {
  sigmoid: 'the logistic function',
  tanh: 'the hyperbolic tangent',
  relu: 'ReLU',
  softplus: 'softplus',
  identity: 'a linear unit (its derivative is one)',
};

/** `\varphi_3` stands for the activation of layer 3. */
const functionName = (fn: string): string => (/^\\varphi_\d+$/.test(fn) ? `the activation of layer ${fn.slice('\\varphi_'.length)}` : fn);

const assumption = ({ fn, as }: Assumed): string => `${functionName(fn)} is ${functionNames[as] ?? as}`;

const noValue: Readonly<Record<string, string>> = {
  singular: 'a matrix that is inverted is singular at every point tried',
  domain: 'a logarithm, a root or a quotient leaves its domain at every point tried',
  kink: 'every point tried lies near a kink',
  overflow: 'its numbers grow too large',
  sizes: 'its sizes could not be chosen so that everything fits',
  missing: 'something in it has no value',
  cycle: 'its definitions go round in a circle',
  'too-large': 'it is too large to evaluate',
  witness: 'the exact derivative and differences disagree',
  close: 'the values are too close to decide',
  vacuous: 'a single number is always proportional to another',
};

export function wordReason(reason: ValueReason): string {
  switch (reason.kind) {
    case 'defines':
      return `defines ${reason.name}`;
    case 'update':
      return 'an update claims nothing about values';
    case 'gradient-name':
      return 'names a gradient';
    case 'condition':
      return 'states a condition, or names a value';
    case 'single':
      return 'nothing is equated';
    case 'shapes-only':
      return 'this relation is checked for shapes only';
    case 'unreadable':
      return reason.what;
    case 'independent':
      return `nothing says how ${reason.of} depends on ${reason.by}`;
    case 'not-conforming':
      return 'fewer than two members conform';
    case 'assuming':
      return `assuming that ${reason.assumptions.map(assumption).join(' and ')}`;
    case 'supposing':
      return `if ${reason.supposed.map(({ name, assumptions }) => `${plainTex(name)} is ${assumptions.join(' and ')}`).join(' and ')}`;
    case 'repeated':
      return 'summed over the indices that stand twice';
    case 'linear-unit':
      return `would hold for a linear unit (${functionName(reason.fn)})`;
    case 'held':
      return `with ${reason.name} held fixed`;
    case 'generic':
      return reason.generics.map(({ of, on }) => `whatever smooth function of ${on.join(', ')} ${of} is`).join(' and ');
    case 'kink':
      return 'at a kink, where any value of the subdifferential is accepted';
    case 'target':
      return `assuming that the entries of ${reason.names.join(', ')} add up to 1`;
    case 'redefined':
      return `defines ${reason.name} anew`;
    case 'no-value':
      return noValue[reason.why] ?? 'could not be decided';
    case 'off':
      return 'values are switched off';
  }
}

const round = (x: number): string => String(Number(x.toPrecision(3)));

/** In what way a refuted member differs from the true value. */
export function wordDifference(d: Difference): string {
  if (d.kind === 'factor' && d.factor !== undefined)
    return d.factor === -1 || Math.abs(d.factor + 1) < 1e-6 ? 'it has the wrong sign' : `it is ${round(d.factor)} times the true value`;
  if (d.kind === 'transposed') return 'it is the transpose of the true value';
  if (d.kind === 'offset' && d.offset !== undefined) return `it differs by the constant ${round(d.offset)}`;
  if (d.kind === 'shape') return `it has the size ${d.foundDims.join('×')}, the true value ${d.expectedDims.join('×')}`;
  return `at a random point entry (${d.at.map((i) => i + 1).join(', ')}) is ${round(d.found)} and should be ${round(d.expected)}`;
}
