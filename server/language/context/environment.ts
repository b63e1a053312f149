// The environment: all that a document states, by place. Facts go in, lookups by name and place come out;
// what definitions and uses tell is learned later, with the weaker sources never replacing the stronger.
import type { Name } from '../expr.js';
import type { Found, FunctionMeaning } from '../shapes/candidate.js';
import { type Dim, dimName } from '../shapes/dimension.js';
import type { Shape } from '../shapes/shape.js';
import type { Assumption, Layout } from '../term.js';
import type { Span } from '../text.js';
import type { Fact } from './facts.js';
import { meaningOf } from './meanings.js';
import { guessFirst, isFamilyLetter, type LayerLabel, type Network } from './network.js';
import { type Declared, matchIndices, resolve, type Scope } from './resolve.js';
import { visibleAt } from './scope.js';
import type { Section, Sections } from './sections.js';
import { dimensionNames, sizesInTwoCases } from './sizes.js';

export interface LayoutFact {
  readonly layout: Layout;
  readonly alternatives: readonly Layout[];
  readonly span: Span;
  readonly whole: boolean;
}

export interface Environment {
  readonly lookup: (name: Name, position: number) => Found | undefined;
  readonly meaning: (head: string, position: number) => FunctionMeaning | undefined;
  readonly layoutAt: (position: number) => LayoutFact | undefined;
  readonly network: Network | undefined;
  readonly assumptions: (name: Name) => readonly Assumption[];
  readonly gradientPrefix: (prefix: string) => boolean;
  readonly sizes: ReadonlyMap<string, number>;
  readonly sections: Sections;
  readonly facts: readonly Fact[];
  readonly fresh: () => Dim;
  /** Sizes that the document writes in two ways. */
  readonly sameSizes: ReadonlyMap<string, Dim>;
  /** Adds what a definition or a use tells. */
  readonly learn: (name: Name, shape: Shape, from: 'definition' | 'use', at: Span, limits?: Limits) => boolean;
  /** Adds what a definition by application tells: J(w) = … gives J a result (and, of scalars by scalars, acts entry by entry). */
  readonly learnFunction: (head: string, meaning: FunctionMeaning) => void;
  /** Adds what is known of sizes that were supposed. */
  readonly learnSizes: (sizes: ReadonlyMap<string, Dim>) => void;
  readonly learned: () => readonly Declared[];
  /** Drops all that uses told, so that it can be learned anew without what proved wrong. */
  readonly forgetUses: () => void;
  readonly declared: () => readonly Declared[];
  /** Counts what was learned: unchanged, a second look would find the same. */
  readonly version: () => number;
}

const indexLetter = /^(?:[i-np-t]|\\(?:ell|tau|nu|mu|iota|kappa))$/;

/** What notation alone tells of letters: which stand for one of several vectors, which as indices. */
interface Notation {
  readonly samples: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
}

/** How far something learned reaches: not into some sections; less than what is said in general, if it is an example with numbers. */
export interface Limits {
  readonly except?: (section: Section) => boolean;
  readonly example?: boolean;
}

export function makeEnvironment(
  facts: readonly Fact[],
  sections: Sections,
  labels: readonly LayerLabel[],
  notation: Notation = { samples: new Set(), indices: new Set() },
): Environment {
  const byKey = new Map<string, Declared[]>();
  const byBase = new Map<string, Declared[]>();
  const blocks = new Map<string, Declared[]>();
  const numbered = new Map<string, Declared[]>();
  const vague = new Map<string, Declared[]>();
  let learned: Declared[] = [];
  let supposedSizes: ReadonlyMap<string, Dim> = new Map();
  let counter = 0;
  let version = 0;
  const fresh = (): Dim => dimName(`?${counter++ % 4096}`);
  const insert = (d: Declared): void => {
    push(byKey, d.name.key, d);
    if (d.from !== 'use' && d.name.labels.length === 1 && d.name.labels[0]?.kind === 'number' && d.name.subs.length === 0)
      push(numbered, d.name.base, d);
    // A capital index (the last layer L) is one place, and b_y the bias of the output: no families.
    if ([...d.name.labels, ...d.name.subs].some((i) => i.kind === 'letter' && indexLetter.test(i.name))) push(byBase, d.name.base, d);
  };
  for (const fact of facts) {
    const d = declaredBy(fact, sections);
    if (d && isVague(d)) push(vague, d.name.key, d);
    else if (d) insert(d);
    if (d && d.name.subs.length > 1 && (d.written?.dims.length ?? 0) > 0) push(blocks, d.name.base, d);
  }
  for (const list of byKey.values()) list.sort((a, b) => a.position - b.position);
  const network = networkOf(facts, labels);
  const dimensions = dimensionNames(facts);
  const sameSizes = sizesInTwoCases(facts);
  const cache = new Map<string, Found | null>();
  const functions = new Map<string, FunctionMeaning>();
  const lookup = (name: Name, position: number): Found | undefined => {
    const list = byKey.get(name.key);
    const plain = !list && !vague.has(name.key) && !byBase.has(name.base) && name.subs.length === 0 && name.labels.length === 0;
    const key = plain ? name.key : `${name.key}@${position}`;
    const hit = cache.get(key);
    if (hit !== undefined) return hit ?? undefined;
    const scope: Scope = {
      exact: (k) => visibleAt(byKey.get(k) ?? [], position, sections),
      vague: (k) => visibleAt(vague.get(k) ?? [], position, sections),
      families: (base) => familiesAt(byBase.get(base) ?? [], position, sections),
      network,
      fresh,
      sameSizes,
      supposedSizes,
      isDimension: (k) => dimensions.has(k),
      isSample: (base) => notation.samples.has(base),
      isIndex: (key) => notation.indices.has(key),
      numbered: (base) => numbered.get(base) ?? [],
      isBlock: (name) => isBlock(name, blocks.get(name.base) ?? []),
    };
    const found = resolve(scope, name) ?? null;
    cache.set(key, found);
    return found ?? undefined;
  };
  return {
    lookup,
    network,
    sections,
    facts,
    fresh,
    sameSizes,
    meaning: (head) => meaningOf(facts, head, fresh) ?? functions.get(head),
    layoutAt: (position) => layoutAt(facts, position, sections),
    assumptions: (name) =>
      facts.flatMap((f) =>
        f.kind === 'assumption' && (f.name.key === name.key || (f.name.base === name.base && matchIndices(f.name, name)))
          ? f.assumptions
          : [],
      ),
    gradientPrefix: (prefix) => facts.some((f) => f.kind === 'gradient-name' && f.prefix === prefix),
    sizes: new Map(facts.flatMap((f) => (f.kind === 'size' ? [[f.name, f.value] as const] : []))),
    learn(name, shape, from, at, limits) {
      const d: Declared = { name, shape, from, at, position: at.start, section: sections.at(at.start), ...limits };
      insert(d);
      byKey.get(name.key)?.sort((a, b) => a.position - b.position);
      learned.push(d);
      cache.clear();
      version++;
      return true;
    },
    learnFunction(head, meaning) {
      if (functions.has(head)) return;
      functions.set(head, meaning);
      version++;
    },
    learned: () => learned,
    learnSizes(sizes) {
      if (sizes.size === 0) return;
      supposedSizes = sizes;
      cache.clear();
      version++;
    },
    forgetUses() {
      supposedSizes = new Map();
      const keeps = (d: Declared): boolean => d.from !== 'use';
      learned = learned.filter(keeps);
      for (const map of [byKey, byBase])
        for (const [key, list] of map) {
          const kept = list.filter(keeps);
          if (kept.length > 0) map.set(key, kept);
          else map.delete(key);
        }
      cache.clear();
      version++;
    },
    declared: () => [...byKey.values(), ...vague.values()].flat().sort((a, b) => a.position - b.position),
    version: () => version,
  };
}

/** Every letter of the subscript stands in a declared one of the same length. */
function isBlock(name: Name, declared: readonly Declared[]): boolean {
  const letters = new Set(declared.filter((d) => d.name.subs.length === name.subs.length).flatMap((d) => d.name.subs.map(letterOf)));
  return letters.size > 0 && name.subs.every((s) => s.kind === 'letter' && letters.has(letterOf(s)));
}

const letterOf = (i: Name['subs'][number]): string => (i.kind === 'letter' ? i.name : '');

/** "A column vector x", of no stated length. */
const isVague = (d: Declared): boolean => d.written?.dims.some((dim) => !dim) ?? false;

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Families in order of nearness; of one key only the declaration that holds. */
function familiesAt(list: readonly Declared[], position: number, sections: Sections): readonly Declared[] {
  const keys = [...new Set(list.map((d) => d.name.key))];
  return keys
    .map((k) =>
      visibleAt(
        list.filter((d) => d.name.key === k),
        position,
        sections,
      ),
    )
    .filter((d): d is Declared => d !== undefined);
}

function declaredBy(fact: Fact, sections: Sections): Declared | undefined {
  const place = { position: fact.span.start, section: sections.at(fact.span.start), at: fact.span };
  if (fact.kind === 'shape')
    return {
      name: fact.name,
      written: fact.shape,
      from: fact.from,
      ...place,
      ...(fact.span.start < 0 ? { everywhere: true, section: sections.root } : {}),
    };
  if (fact.kind === 'same-shape') return { name: fact.name, as: fact.as, from: fact.from, ...place };
  return undefined;
}

function networkOf(facts: readonly Fact[], labels: readonly LayerLabel[]): Network | undefined {
  const fact = facts.find((f) => f.kind === 'network' && f.settings !== undefined) ?? facts.find((f) => f.kind === 'network');
  if (fact?.kind !== 'network') return undefined;
  const own = labels.filter((l) => isFamilyLetter(l.base));
  const highest = fact.layers.length;
  const subscripts = own.every((l) => l.subscript && l.label <= highest) && own.some((l) => /W/.test(l.base));
  const first =
    fact.first ??
    guessFirst(
      fact.layers.length,
      own.filter((l) => l.subscript === subscripts),
    );
  return {
    subscripts,
    labelStyle: own.find((l) => !l.subscript)?.style ?? '(',
    layers: fact.layers,
    first,
    settings: fact.settings ?? {},
    span: fact.span,
    everywhere: fact.settings !== undefined,
    last: fact.layers.length - 1 + first,
  };
}

/** A directive from its place on; words hold for the whole document, in their section first. */
function layoutAt(facts: readonly Fact[], position: number, sections: Sections): LayoutFact | undefined {
  const all = facts.filter((f) => f.kind === 'layout');
  const directives = all.filter((f) => f.whole && f.span.start <= position);
  const directive = directives[directives.length - 1];
  const words = all.filter((f) => !f.whole);
  const here = sections.at(position);
  const own = words.find((f) => sections.at(f.span.start) === here) ?? words[0];
  const chosen = directive ?? own;
  if (!chosen) return undefined;
  const [layout = 'mixed'] = chosen.layouts;
  return { layout, alternatives: chosen.layouts, span: chosen.span, whole: chosen.whole === true };
}
