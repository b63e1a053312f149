// What a name refers to: itself, an instance of a family, an element or slice of an array, a layer of the network, a constant.
import type { Index, Name } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import { type Dim, substitute } from '../shapes/dimension.js';
import { type Bindings, dimensionOf, rebind } from '../shapes/dims.js';
import { elementShape } from '../shapes/rules/entries.js';
import { column, isColumn, isScalar, matrix, type Shape, scalar } from '../shapes/shape.js';
import type { Span } from '../text.js';
import {
  type Customs,
  constantOf,
  fromCustom,
  fromEntryCustom,
  fromIndexCustom,
  fromPrefixCustom,
  identities,
  sizeFromSub,
} from './custom.js';
import type { ShapeExpr, Source } from './facts.js';
import { type Network, networkShape, plainBase } from './network.js';
import { type Scoped, strength } from './scope.js';

export interface Declared extends Scoped {
  readonly name: Name;
  readonly at: Span;
  readonly from: Source;
  /** As written, where it can have a family's letters. */
  readonly written?: ShapeExpr;
  readonly shape?: Shape;
  readonly as?: Name;
  /** Told by a literal of numbers. */
  readonly example?: boolean;
}

export interface Scope extends Customs {
  /** The declaration of exactly this name that holds here. */
  readonly exact: (name: Name) => Declared | undefined;
  /** The declaration of this name that leaves a dimension open and holds here. */
  readonly vague: (name: Name) => Declared | undefined;
  /** Declarations of names with the same base that have index letters and hold here. */
  readonly families: (name: Name) => readonly Declared[];
  readonly network: Network | undefined;
  /** Declared names with the same base and a number for a label. */
  readonly numbered: (name: Name) => readonly Declared[];
  /** Whether names of this base with these letters are declared as arrays: \Sigma_{ab} beside \Sigma_{aa} is a block. */
  readonly isBlock: (name: Name) => boolean;
  /** Sizes that the document writes in two ways (n and N for one symbol). */
  readonly sameSizes: ReadonlyMap<string, Dim>;
  /** Sizes that were supposed for a layer and are known. */
  readonly supposedSizes: () => ReadonlyMap<string, Dim>;
}

const noBindings: Bindings = new Map();
const deepest = 6;

/** The shape of a name at a place, with the way it was found; undefined if nothing determines it. */
export function resolve(scope: Scope, name: Name, depth = 0): Found | undefined {
  if (depth > deepest) return undefined;
  const stated =
    fromExact(scope, name, depth) ??
    fromFamily(scope, name, depth) ??
    fromNetwork(scope, name) ??
    fromIndices(scope, name, depth) ??
    fromLabels(scope, name, depth) ??
    fromOtherFont(scope, name, depth);
  const vague = scope.vague(name);
  if (!stated && !vague) {
    const sibling = fromSibling(scope, name, depth);
    if (sibling) return sibling;
  }
  return vague
    ? completed(scope, vague, stated)
    : (stated ?? fromCustom(scope, name) ?? fromEntryCustom(scope, name) ?? fromIndexCustom(scope, name) ?? fromPrefixCustom(scope, name));
}

/** A declaration that leaves a dimension open, and what else is known of the symbol: that counts if it fits or is as strong. */
function completed(scope: Scope, vague: Declared, stated: Found | undefined): Found | undefined {
  const dims = vague.written?.dims ?? [];
  const fits = stated?.shape.dims.length === dims.length && dims.every((d, i) => !d || dimensionOf(d)?.key === stated.shape.dims[i]?.key);
  if (stated && stated.from !== 'constant' && (fits || (strength[stated.from] >= strength[vague.from] && !isNearer(vague, stated))))
    return stated;
  const shape = shapeOf(scope, vague, noBindings, 0);
  return shape && { ...found(vague, shape, 'itself'), vague: true };
}

/** Whether a declaration stands in a section of its own that the other does not belong to, and behind it. */
const isNearer = ({ section, position }: Declared, { at }: Found): boolean =>
  at !== undefined && at.start < position && (at.start < section.start || at.start >= section.end);

/** The shape that a declaration states, under bindings of its letters. */
function shapeOf(scope: Scope, d: Declared, bindings: Bindings, depth: number): Shape | undefined {
  if (d.shape) {
    if (bindings.size === 0) return d.shape;
    return { ...d.shape, dims: d.shape.dims.map((x) => substitute(rebind(x, bindings), scope.supposedSizes())) };
  }
  if (d.as) return resolve(scope, d.as, depth + 1)?.shape;
  const shape = d.written ? shapeOfWritten(d.written, bindings, scope.fresh) : undefined;
  return shape && scope.sameSizes.size > 0 ? { ...shape, dims: shape.dims.map((x) => substitute(x, scope.sameSizes)) } : shape;
}

export function shapeOfWritten(written: ShapeExpr, bindings: Bindings, fresh: () => Dim): Shape | undefined {
  const dims = written.dims.map((d) => (d ? dimensionOf(d, bindings) : fresh()));
  if (dims.some((d) => !d)) return undefined;
  const known = dims as readonly Dim[];
  const [r, c] = known;
  if (known.length === 0 || !r) return scalar;
  if (known.length === 1) return column(r);
  return known.length === 2 && c ? matrix(r, c) : { dims: known };
}

const found = (d: Declared, shape: Shape, how: Found['how']): Found => ({
  shape,
  from: d.from,
  how,
  of: d.name,
  at: d.at,
  ...(d.example ? { example: true } : {}),
});

function fromExact(scope: Scope, name: Name, depth: number): Found | undefined {
  const d = scope.exact(name);
  const shape = d && shapeOf(scope, d, noBindings, depth);
  // A shape declared for 1, 0 or I fixes its size and leaves its meaning.
  // I_n names its size; I_2 may be the second of several.
  const sized =
    name.subText !== '' &&
    name.labels.length === 0 &&
    !(identities.has(name.base) && /^\d/.test(name.subText)) &&
    sizeFromSub(name, false)?.dims.every((x) => scope.isDimension(x.key) || /^\d+$/.test(x.key));
  const constant = constantOf(sized ? bareName(name, false, true) : name);
  return d && shape ? { ...found(d, shape, 'itself'), ...(constant ? { constant } : {}) } : undefined;
}

/** W^{(2)} as an instance of W^{(l)} with l = 2. */
function fromFamily(scope: Scope, name: Name, depth: number): Found | undefined {
  // The n of 1_n and I_n is their size: none is an instance of another.
  if ((name.labels.length === 0 && name.subs.length === 0) || constantOf(bareName(name, false, true))) return undefined;
  for (const d of scope.families(name)) {
    const bindings = isMomentOfAnother(d.name) === isMomentOfAnother(name) ? matchIndices(d.name, name) : undefined;
    const shape = bindings && shapeOf(scope, d, bindings, depth);
    if (shape) return found(d, shape, 'instance');
  }
  return undefined;
}

/** a^{(l-1)} where a^{(0)} is a column: a column too, of a length that is open. */
function fromSibling(scope: Scope, name: Name, depth: number): Found | undefined {
  const [label] = name.labels;
  if (label?.kind !== 'letter' || name.labels.length !== 1 || name.subs.length > 0) return undefined;
  for (const d of scope.numbered(name)) {
    if (d.name.labelStyle !== name.labelStyle) continue;
    const shape = shapeOf(scope, d, noBindings, depth);
    if (shape && isColumn(shape)) return { ...found(d, column(scope.fresh()), 'instance'), vague: true };
  }
  return undefined;
}

/** The letters of a declared name that make it the given one; undefined if none do. */
export function matchIndices(declared: Name, name: Name): Bindings | undefined {
  if (declared.labels.length !== name.labels.length || declared.subs.length !== name.subs.length) return undefined;
  if (declared.labels.length > 0 && declared.labelStyle !== name.labelStyle) return undefined;
  const bindings = new Map<string, Index>();
  const pairs: [Index | undefined, Index | undefined][] = [
    ...declared.labels.map((l, i): [Index, Index | undefined] => [l, name.labels[i]]),
    ...declared.subs.map((s, i): [Index, Index | undefined] => [s, name.subs[i]]),
  ];
  return pairs.every(([a, b]) => a && b && matchIndex(a, b, bindings)) ? bindings : undefined;
}

const counters = /^(?:[i-nt]|\\ell|\\tau)$/;
const variables = /^(?:[u-z]|\\theta)$/;

function matchIndex(pattern: Index, index: Index, bindings: Map<string, Index>): boolean {
  // V_x is none of the V_k: what counts does not run over variables.
  if (pattern.kind === 'letter' && index.kind === 'letter' && counters.test(pattern.name) && variables.test(index.name)) return false;
  if (pattern.kind === 'letter' && !/^[A-Z]$/.test(pattern.name) && (index.kind === 'letter' || index.kind === 'number')) {
    const value: Index =
      index.kind === 'number'
        ? { kind: 'number', value: index.value - pattern.offset }
        : { kind: 'letter', name: index.name, offset: index.offset - pattern.offset };
    const old = bindings.get(pattern.name);
    if (old && JSON.stringify(old) !== JSON.stringify(value)) return false;
    bindings.set(pattern.name, value);
    return true;
  }
  return JSON.stringify(pattern) === JSON.stringify(index);
}

function fromNetwork(scope: Scope, name: Name): Found | undefined {
  if (!scope.network) return undefined;
  const shape = networkShape(scope.network, name) ?? (scope.network.settings.loss && isLossName(name) ? scalar : undefined);
  return shape ? { shape, from: 'network', how: 'layer', at: scope.network.span } : undefined;
}

const isLossName = (name: Name): boolean =>
  name.labels.length === 0 && name.subs.length === 0 && /^(?:L|J|E|C|\\ell|\\mathcal\{[LJEC]\})$/.test(name.base);

export const isTimeLetter = (letter: string): boolean => letter === 't' || letter === '\\tau' || letter === 's';
const isTime = (i: Index): boolean => i.kind === 'letter' && isTimeLetter(i.name);

/** P_{a,t}: a tells which P, t the moment; letters that run over entries are others. */
const isMomentOfAnother = ({ subs }: Name): boolean => {
  const [which, moment] = subs;
  if (subs.length !== 2 || which?.kind !== 'letter' || moment?.kind !== 'letter') return false;
  return /^(?:t|\\tau)$/.test(moment.name) && /^[abefghouvwxyz]$/.test(which.name) && which.offset === 0;
};

/** W_{ij}, a_1^{(2)}, h_t: a subscript on a known array is an element, a slice, or a moment of time. */
function fromIndices(scope: Scope, name: Name, depth: number): Found | undefined {
  if (name.subs.length === 0) return undefined;
  const base: Name = bareName(name, false, true);
  const timed = name.subs.length === 1 && name.subs.every(isTime);
  // Entries are written plain: a bold letter with one index is one vector of several.
  const [only] = name.subs;
  const counted = name.subs.length === 1 && (only?.kind === 'letter' || only?.kind === 'number');
  if (counted && !timed && /^\\(?:mathbf|vec)\{/.test(name.base)) return undefined;
  if (name.subs.some((s) => s.kind === 'word') || isMomentOfAnother(name)) return undefined;
  const whole = resolve(scope, base, depth + 1);
  if (!whole || whole.how === 'custom' || whole.constant) return undefined;
  // What use alone makes a number says nothing of what bears its letter.
  if (whole.from === 'use' && isScalar(whole.shape)) return undefined;
  // Of a number, an index tells one of several: the loss of a sample.
  if (timed || isScalar(whole.shape) || (isColumn(whole.shape) && scope.isPoint(name)))
    return { ...whole, how: 'label', of: whole.of ?? base };
  if (!name.subs.every(mayRun) || scope.isBlock(name)) return undefined;
  const shape = elementShape(whole.shape, name.subs);
  if (!shape) return undefined;
  return {
    shape,
    from: whole.from,
    how: shape.dims.length === 0 ? 'element' : 'slice',
    of: whole.of ?? base,
    ...(whole.at ? { at: whole.at } : {}),
  };
}

/** Latin letters run over entries, and of the Greek ones those of tensors; \hat w_\lambda is a symbol of its own. */
const mayRun = (i: Index): boolean => i.kind !== 'letter' || /^(?:[a-zA-Z]|\\(?:ell|mu|nu|iota|kappa|tau))$/.test(i.name);

const sampleLetters = new Set(['i', 'j', 'k', 't', '\\tau', 's', 'n', 'm']);

/** x^{(i)}, h^{(t)}: a sample or a moment of what is declared without label. */
function fromLabels(scope: Scope, name: Name, depth: number): Found | undefined {
  const [label] = name.labels;
  if (!label || name.labels.length !== 1 || label.kind !== 'letter' || !sampleLetters.has(label.name)) return undefined;
  if (name.labelStyle === 'plain' && !isTime(label)) return undefined;
  const whole = resolve(scope, bareName(name, true, false), depth + 1);
  return whole && whole.how !== 'custom' && !whole.constant ? { ...whole, how: 'label' } : undefined;
}

function bareName(name: Name, dropLabels: boolean, dropSubs: boolean): Name {
  const sub = dropSubs || !name.subText ? '' : name.subText.length > 1 ? `_{${name.subText}}` : `_${name.subText}`;
  const label =
    dropLabels || name.labels.length === 0
      ? ''
      : name.key.slice(name.base.length + (name.subText ? (name.subText.length > 1 ? name.subText.length + 3 : 2) : 0));
  return {
    key: name.base + sub + label,
    base: name.base,
    labels: dropLabels ? [] : name.labels,
    labelStyle: dropLabels ? '' : name.labelStyle,
    subs: dropSubs ? [] : name.subs,
    subText: dropSubs ? '' : name.subText,
  };
}

/** w_{ij} of W, x_i of the bold x: entries are written plain and small. */
function fromOtherFont(scope: Scope, name: Name, depth: number): Found | undefined {
  if (name.subs.length === 0 || name.subs.some((s) => s.kind === 'word' || s.kind === 'all')) return undefined;
  const plain = plainBase(name.base);
  if (plain !== name.base || plain.startsWith('\\math')) return undefined;
  const others = [
    ...(name.subs.length >= 2 && /^[a-z]$/.test(plain) ? [plain.toUpperCase(), `\\mathbf{${plain.toUpperCase()}}`] : []),
    `\\mathbf{${plain}}`,
    `\\vec{${plain}}`,
  ];
  for (const base of others) {
    const tail = name.key.slice(name.base.length);
    const whole = resolve(scope, bareName({ ...name, base, key: base + tail }, false, true), depth + 1);
    if (!whole || whole.how === 'custom') continue;
    const shape = elementShape(whole.shape, name.subs);
    if (shape && shape.dims.length === 0)
      return {
        shape,
        from: whole.from,
        how: 'element',
        of: whole.of ?? bareName({ ...name, base, key: base + tail }, false, true),
        ...(whole.at ? { at: whole.at } : {}),
      };
  }
  return undefined;
}
