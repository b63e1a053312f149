// Names of wholes and of instances: which symbol an element belongs to, and a family's symbol for other indices.
import type { Index, Name } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import { type Bindings, instantiate, replace } from '../shapes/dims.js';

const wrap = (sign: string, text: string): string => (text.length > 1 ? `${sign}{${text}}` : sign + text);

/** The array that an element or slice belongs to: W^{(2)} of W_{ij}^{(2)}, or the W of w_{ij}. */
export function wholeName(name: Name, found: Found): Name {
  const base = found.of && found.of.base !== name.base ? found.of.base : name.base;
  const tail = name.key.slice(name.base.length + (name.subText ? wrap('_', name.subText).length : 0));
  return { key: base + tail, base, labels: name.labels, labelStyle: name.labelStyle, subs: [], subText: '' };
}

/** The name with its index letters replaced. */
export function instance(name: Name, bindings: Bindings): Name {
  const swap = (i: Index): Index => replace(i, bindings);
  const key = instantiate(name, bindings);
  if (key === name.key) return name;
  const subs = name.subs.map(swap);
  const labels = name.labels.map(swap);
  const tail = key.slice(name.base.length);
  const subText = /^_(?:\{([^}]*)\}|(.))/.exec(tail);
  return { ...name, key, subs, labels, subText: subText?.[1] ?? subText?.[2] ?? '' };
}
