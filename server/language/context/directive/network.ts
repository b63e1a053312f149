// The key `network` of a directive: layers, activations, loss, and the numbers of an example.
import type { Fact, NetworkSettings } from '../facts.js';
import type { DirectiveReading } from './reading.js';
import { unknown } from './spelling.js';
import type { Entry, Value } from './yaml.js';

const ACTIVATIONS = ['identity', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'softplus', 'softmax'];
const LOSSES = ['mse', 'cross-entropy', 'bce'];
const KEYS = ['layers', 'hidden', 'output', 'loss', 'first', 'weights', 'biases', 'x', 'y', 'seed'];
const SAME: Readonly<Record<string, string>> = {
  logistic: 'sigmoid',
  linear: 'identity',
  'leaky relu': 'leaky-relu',
  leakyrelu: 'leaky-relu',
  crossentropy: 'cross-entropy',
  'cross entropy': 'cross-entropy',
};

type Settings = { -readonly [K in keyof NetworkSettings]: NetworkSettings[K] };
type Layers = Extract<Fact, { kind: 'network' }>['layers'];

const place = (entry: Entry): Entry['span'] => (entry.value.span.end > entry.value.span.start ? entry.value.span : entry.keySpan);

export function readNetwork(entry: Entry, cx: DirectiveReading): void {
  const { value } = entry;
  if (value.kind !== 'map') {
    const layers = readLayers(value, cx);
    if (layers) cx.fact({ kind: 'network', layers, settings: {}, span: cx.place(entry.span) });
    else cx.mistake(place(entry), 'A network takes its layers, such as { layers: [2, 3, 2], hidden: relu }.');
    return;
  }
  const settings: Settings = {};
  let layers: Layers | undefined;
  let first: 0 | 1 | undefined;
  for (const inner of value.entries) {
    if (inner.key === 'layers') layers = layersOf(inner, cx);
    else if (inner.key === 'first') first = firstOf(inner, cx);
    else readSetting(inner, settings, cx);
  }
  if (layers) cx.fact({ kind: 'network', layers, ...(first === undefined ? {} : { first }), settings, span: cx.place(entry.span) });
  else if (!value.entries.some((e) => e.key === 'layers'))
    cx.mistake(entry.keySpan, 'The network has no layers. Add layers: [2, 3, 2], from the input on.');
}

function layersOf(entry: Entry, cx: DirectiveReading): Layers | undefined {
  const layers = readLayers(entry.value, cx);
  if (!layers) cx.mistake(place(entry), 'Layers are at least two sizes from the input on, such as [2, 3, 2].');
  return layers;
}

/** `[2, 3, 2]`, `[n, h, m]`, `2-3-2`. */
function readLayers(value: Value, cx: DirectiveReading): Layers | undefined {
  if (value.kind === 'scalar' && /^\d+(?:\s*-\s*\d+)+$/.test(value.text)) return value.text.split('-').map(Number);
  if (value.kind !== 'list' || value.items.length < 2 || value.items.length > 200) return undefined;
  const layers = value.items.map((item): number | string | undefined => {
    if (item.kind !== 'scalar') return undefined;
    if (/^\d+$/.test(item.text)) return Number(item.text) > 0 ? Number(item.text) : undefined;
    return cx.name(item.text)?.key;
  });
  return layers.every((l): l is number | string => l !== undefined) ? layers : undefined;
}

function firstOf(entry: Entry, cx: DirectiveReading): 0 | 1 | undefined {
  const value = entry.value.kind === 'scalar' ? entry.value.value : undefined;
  if (value === 0 || value === 1) return value;
  cx.mistake(place(entry), 'first is the index of the input layer: 0 or 1.');
  return undefined;
}

function readSetting(entry: Entry, settings: Settings, cx: DirectiveReading): void {
  const { key } = entry;
  if (key === 'hidden' || key === 'output') settings[key] = oneOf(entry, 'activation', ACTIVATIONS, cx);
  else if (key === 'loss') settings.loss = oneOf(entry, 'loss', LOSSES, cx);
  else if (key === 'x' || key === 'y') settings[key] = vectorOf(entry, cx);
  else if (key === 'weights' || key === 'biases') settings[key] = numbersOf(entry, cx);
  else if (key === 'seed') settings.seed = seedOf(entry, cx);
  else cx.mistake(entry.keySpan, unknown('key of network', key, KEYS));
}

function oneOf(entry: Entry, what: string, known: readonly string[], cx: DirectiveReading): string | undefined {
  const text = entry.value.kind === 'scalar' ? entry.value.text.trim().toLowerCase() : '';
  const word = SAME[text] ?? text;
  if (known.includes(word)) return word;
  cx.mistake(place(entry), unknown(what, text === '' ? 'This' : text, known));
  return undefined;
}

function seedOf(entry: Entry, cx: DirectiveReading): number | undefined {
  const value = entry.value.kind === 'scalar' ? entry.value.value : undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  cx.mistake(place(entry), 'A seed is a whole number.');
  return undefined;
}

function vectorOf(entry: Entry, cx: DirectiveReading): readonly number[] | undefined {
  const value = plain(entry.value);
  if (Array.isArray(value) && value.every((n): n is number => typeof n === 'number')) return value;
  cx.mistake(place(entry), `${entry.key} is a list of numbers, such as [1, 0].`);
  return undefined;
}

function numbersOf(entry: Entry, cx: DirectiveReading): unknown {
  const value = plain(entry.value);
  if (value !== undefined) return value;
  cx.mistake(place(entry), `${entry.key} are matrices of numbers, from the first layer on, such as [[[1, 2], [3, 4]]].`);
  return undefined;
}

/** Lists and maps of numbers as plain data; undefined if anything else is in them. */
function plain(value: Value): unknown {
  if (value.kind === 'scalar') return typeof value.value === 'number' && Number.isFinite(value.value) ? value.value : undefined;
  if (value.kind === 'list') {
    const items = value.items.map(plain);
    return items.includes(undefined) ? undefined : items;
  }
  if (value.kind !== 'map') return undefined;
  const pairs = value.entries.map((e): readonly [string, unknown] => [e.key, plain(e.value)]);
  return pairs.some(([, v]) => v === undefined) ? undefined : Object.fromEntries(pairs);
}
