// Networks: layer sizes give shapes to the labelled families W, b, z, a, h, δ under the usual index habits.
import type { Name } from '../expr.js';
import { type Dim, dimName, dimNumber } from '../shapes/dimension.js';
import { column, matrix, type Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import type { NetworkSettings } from './facts.js';

export interface Network {
  readonly layers: readonly (number | string)[];
  /** The index of the input layer. */
  readonly first: 0 | 1;
  readonly settings: NetworkSettings;
  readonly span: Span;
  readonly everywhere: boolean;
  /** Label of the output layer. */
  readonly last: number;
  /** Whether the document labels layers by subscripts (W_2) rather than superscripts. */
  readonly subscripts: boolean;
  /** How the document writes superscript labels. */
  readonly labelStyle: Name['labelStyle'];
}

type Part = 'weight' | 'bias' | 'unit';

/** The families, by their letter; fonts do not matter. */
const families: Readonly<Record<string, Part>> = {
  W: 'weight',
  w: 'weight',
  b: 'bias',
  z: 'unit',
  a: 'unit',
  h: 'unit',
  '\\delta': 'unit',
  s: 'unit',
  o: 'unit',
  Z: 'unit',
  A: 'unit',
  H: 'unit',
};
const inputs = new Set(['x']);
const outputs = new Set(['y', '\\hat{y}', 't', 'o']);
const outputSubscripts = new Set(['hat', 'true', 'pred', '\\text{hat}', '\\text{true}', '\\text{pred}', 'target', '\\text{target}']);

export const plainBase = (base: string): string => base.replace(/\\(?:mathbf|vec|boldsymbol)\{([^}]*(?:\{[^}]*\})?)\}/g, '$1');

const dim = (size: number | string | undefined): Dim | undefined =>
  size === undefined ? undefined : typeof size === 'number' ? dimNumber(size) : dimName(size);

/** The layer that a name is labelled with: a^{(2)}, z^2, W_2. */
export function layerOf(name: Name): number | undefined {
  const [label] = name.labels;
  if (label?.kind === 'number') return label.value;
  if (name.labels.length > 0) return undefined;
  const [sub] = name.subs;
  return name.subs.length === 1 && sub?.kind === 'number' && families[plainBase(name.base)] ? sub.value : undefined;
}

/** The shape of a member of the network; undefined if the name is none. */
export function networkShape(network: Network, name: Name): Shape | undefined {
  // Where layers are labelled otherwise, h^2 is a square.
  if (name.labelStyle === 'plain' && network.labelStyle !== 'plain') return undefined;
  const base = plainBase(name.base);
  const size = (layer: number): Dim | undefined => dim(network.layers[layer - network.first]);
  const layer = name.labels.length > 0 || network.subscripts ? layerOf(name) : undefined;
  if (layer !== undefined) {
    if (name.labels.length > 0 && name.subs.length > 0) return undefined;
    const part = families[base];
    if (!part) return undefined;
    const n = size(layer);
    const before = size(layer - 1);
    if (!n) return undefined;
    if (part === 'weight') return before && base === 'W' ? matrix(n, before) : undefined;
    if (part === 'bias') return before ? column(n) : undefined;
    return layer === network.first && (base === 'z' || base === '\\delta' || base === 'Z')
      ? undefined
      : /[ZAH]/.test(base)
        ? undefined
        : column(n);
  }
  if (name.labels.length > 0) return name.labels.length === 1 && name.subs.length === 0 ? generalLayer(name, base) : undefined;
  const last = dim(network.layers[network.layers.length - 1]);
  const input = dim(network.layers[0]);
  if (inputs.has(base) && name.subs.length === 0 && input) return column(input);
  if (outputs.has(base) && (name.subs.length === 0 || outputSubscripts.has(name.subText)) && last) return column(last);
  return undefined;
}

/** W^{(l)} of a network whose layer is a letter: n_l × n_{l-1}. */
function generalLayer(name: Name, base: string): Shape | undefined {
  const [label] = name.labels;
  const part = families[base];
  if (label?.kind !== 'letter' || !part || /^[A-Z]$/.test(label.name) || /[ZAH]/.test(base)) return undefined;
  const size = (offset: number): Dim => dimName(`n_${wrapped(label.name, label.offset + offset)}`);
  if (part === 'weight') return matrix(size(0), size(-1));
  return column(size(0));
}

const wrapped = (letter: string, offset: number): string => {
  const text = offset === 0 ? letter : `${letter}${offset > 0 ? '+' : ''}${offset}`;
  return text.length > 1 ? `{${text}}` : text;
};

export interface LayerLabel {
  readonly base: string;
  readonly label: number;
  readonly subscript: boolean;
  readonly style: Name['labelStyle'];
}

/** Which index the input layer has, by the labels that occur: the habit under which all are layers of the network. */
export function guessFirst(layers: number, labels: readonly LayerLabel[]): 0 | 1 {
  const score = (first: 0 | 1): number =>
    labels.filter(({ base, label }) => {
      const part = families[plainBase(base)];
      const lowest = part === 'weight' || part === 'bias' || plainBase(base) === 'z' || plainBase(base) === '\\delta' ? first + 1 : first;
      return part !== undefined && label >= lowest && label < first + layers;
    }).length;
  const zero = score(0);
  const one_ = score(1);
  if (zero !== one_) return zero > one_ ? 0 : 1;
  return labels.some((l) => l.label === layers) ? 1 : 0;
}

export const isFamilyLetter = (base: string): boolean => families[plainBase(base)] !== undefined;
