// Families of undeclared symbols: W^{(l)}, a^{(l-1)}, δ_{i+1} in a document that counts its layers. Which names are instances, and the sizes of
// a family, which go along with the index: what holds for one layer holds for each.
import type { Expr, Index, Name } from '../expr.js';
import { type Dim, dimName, nameOf, namesOf, substitute } from '../shapes/dimension.js';
import { type Bindings, instantiate, rebind } from '../shapes/dims.js';
import { walk } from '../syntax/print.js';
import { bareSymbol, factorName, isWeight } from './customs.js';

/** The letter and the way in which a document labels its layers: `l` in `^{(l)}` or in a subscript. */
export interface LayerLabels {
  readonly letters: ReadonlySet<string>;
}

/** A name as an instance of its family: the family's name has the letter itself as index. */
export interface Instance {
  readonly family: Name;
  readonly letter: string;
  readonly index: Index;
}

/** Letters that index a weight: W^{(l)}, W_i. */
export function layerLabelsIn(members: readonly Expr[]): LayerLabels {
  const letters = new Set<string>();
  for (const m of members)
    for (const e of walk(m)) {
      const name = e.kind === 'transpose' || e.kind === 'inverse' ? factorName(e) : bareSymbol(e);
      const index = name && isWeight(name.base) ? onlyIndex(name) : undefined;
      if (index?.kind === 'letter' && /^(?:[ikln]|\\ell)$/.test(index.name)) letters.add(index.name);
    }
  return { letters };
}

/** The only index of a name, label or subscript. */
function onlyIndex(name: Name): Index | undefined {
  if (name.labels.length === 1 && name.subs.length === 0) return name.labels[0];
  return name.labels.length === 0 && name.subs.length === 1 ? name.subs[0] : undefined;
}

/** The family of which a name is an instance; undefined of names without such an index. Numbers and the last layer L are instances too. */
export function instanceOf(name: Name, { letters }: LayerLabels): Instance | undefined {
  const index = onlyIndex(name);
  const [letter] = letters;
  if (!index || !letter || (index.kind !== 'letter' && index.kind !== 'number')) return undefined;
  if (index.kind === 'letter' && !letters.has(index.name) && !/^[A-Z]$/.test(index.name)) return undefined;
  const own: Index = { kind: 'letter', name: letter, offset: 0 };
  const labelled = name.labels.length === 1;
  const bare: Name = labelled ? { ...name, labels: [own] } : { ...name, subs: [own], subText: letter };
  const family: Name = { ...bare, key: instantiate(bare, new Map([[letter, { kind: 'letter', name: letter, offset: 0 }]])) };
  return { family, letter, index };
}

/** The bindings that make a family's sizes those of an instance. */
export const bindingsOf = ({ letter, index }: Instance): Bindings => new Map([[letter, index]]);

/** A size of a family, of which each instance has its own: `?s3r_{l}`. */
export const familyDim = (stem: string, letter: string): Dim => dimName(`${stem}_${letter.length > 1 ? `{${letter}}` : letter}`);

const indexed = /^([?\u00b7][^_]*)_\{?((?:\\?[a-zA-Z]+)|\d+)([+-]\d+)?\}?$/;

interface Size {
  readonly stem: string;
  readonly index?: Index;
}

function sizeOf(name: string): Size {
  const m = indexed.exec(name);
  if (!m) return { stem: name };
  const [, stem = name, letter = '', offset] = m;
  return /^\d+$/.test(letter)
    ? { stem, index: { kind: 'number', value: Number(letter) } }
    : { stem, index: { kind: 'letter', name: letter, offset: offset ? Number(offset) : 0 } };
}

export interface FamilySolver {
  readonly equal: (a: Dim, b: Dim) => void;
  readonly resolve: (d: Dim) => Dim;
  readonly copy: () => FamilySolver;
}

interface Known {
  readonly at: Index | undefined;
  readonly to: Dim;
}

/** Union-find over open sizes. What is known of a family's size at one index holds at each, shifted; of a numbered layer, there alone. */
export function makeFamilySolver(known: ReadonlyMap<string, Known> = new Map()): FamilySolver {
  const values = new Map(known);
  const find = (d: Dim, depth = 0): Dim => {
    const name = nameOf(d);
    if (!name?.startsWith('?') || depth > 40) return d;
    const own = values.get(name);
    if (own) return find(own.to, depth + 1);
    const { stem, index } = sizeOf(name);
    const general = index && values.get(stem);
    const moved = general && shifted(general, index);
    return moved && moved.key !== d.key ? find(moved, depth + 1) : d;
  };
  const bind = (name: string, to: Dim): void => {
    const { stem, index } = sizeOf(name);
    if (isGeneral(index)) values.set(stem, { at: index, to: isOfStem(to, stem) ? dimName(stem) : to });
    else values.set(name, { at: undefined, to });
  };
  return {
    equal(a, b) {
      const [x, y] = [find(a), find(b)];
      if (x.key === y.key) return;
      const [xn, yn] = [nameOf(x), nameOf(y)];
      if (xn?.startsWith('?') && mayBind(xn, y)) bind(xn, y);
      else if (yn?.startsWith('?') && mayBind(yn, x)) bind(yn, x);
    },
    resolve: (d) => substitute(d, new Map(namesOf(d).map((n) => [n, find(dimName(n))]))),
    copy: () => makeFamilySolver(values),
  };
}

/** A letter that counts layers; the last one, L, is one of them. */
export const isGeneral = (index: Index | undefined): index is Index => index?.kind === 'letter' && !/^[A-Z]$/.test(index.name);

/** The same size at two indices: then it is one for all layers. */
const isOfStem = (d: Dim, stem: string): boolean => {
  const name = nameOf(d);
  return name !== undefined && sizeOf(name).stem === stem;
};

/** A family's size may be another family's or one for all; a size of one layer's is not one for all. */
function mayBind(name: string, to: Dim): boolean {
  if (namesOf(to).includes(name)) return false;
  const { index } = sizeOf(name);
  const other = namesOf(to).map((n) => sizeOf(n).index);
  return !isGeneral(index) || other.every((o) => o === undefined || isGeneral(o));
}

function shifted({ at, to }: Known, index: Index): Dim {
  if (at?.kind !== 'letter') return to;
  const back: Index =
    index.kind === 'number'
      ? { kind: 'number', value: index.value - at.offset }
      : index.kind === 'letter'
        ? { kind: 'letter', name: index.name, offset: index.offset - at.offset }
        : index;
  return rebind(to, new Map([[at.name, back]]));
}
