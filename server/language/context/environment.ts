// The environment: all that a document states, by place. Facts go in, lookups by name and place come out;
// what definitions and uses tell is learned later, with the weaker sources never replacing the stronger.
import type { Name } from '../expr.js';
import type { Found, FunctionMeaning } from '../shapes/candidate.js';
import { type Dim, dimName } from '../shapes/dimension.js';
import type { Shape } from '../shapes/shape.js';
import type { Assumption } from '../term.js';
import type { Span } from '../text.js';
import { pointKey } from './custom.js';
import type { Fact } from './facts.js';
import { makeLookup } from './lookup.js';
import { meaningOf, statedJacobian } from './meanings.js';
import type { LayerLabel, Network } from './network.js';
import { type Declared, matchIndices } from './resolve.js';
import type { Section, Sections } from './sections.js';
import { dimensionNames, sizesInTwoCases, sizesOfInstances } from './sizes.js';
import { type LayoutFact, layoutReader, networkOf } from './stated.js';
import { newStates, nothingDeclared, type States, stateAfter } from './states.js';
import { makeStore } from './store.js';

export interface Environment {
  readonly lookup: (name: Name, position: number) => Found | undefined;
  readonly meaning: (head: string, position: number) => FunctionMeaning | undefined;
  readonly layoutAt: (position: number) => LayoutFact | undefined;
  readonly network: Network | undefined;
  /** Names that stand as dimensions in what is declared. */
  readonly dimensions: ReadonlySet<string>;
  readonly assumptions: (name: Name) => readonly Assumption[];
  /** What the section of an equation supposes of a symbol, other than by that equation itself. */
  readonly suppositions: (name: Name, equation: Span) => readonly Assumption[];
  readonly gradientPrefix: (prefix: string) => boolean;
  readonly sizes: ReadonlyMap<string, number>;
  readonly sections: Sections;
  readonly facts: readonly Fact[];
  readonly fresh: () => Dim;
  /** All that concerns the whole document rather than a letter, as text. */
  readonly general: string;
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
  /** What is declared of a letter, or learned of a function, as a number. */
  readonly stateOf: (source: string) => number;
  /** Whether something was learned of a source. */
  readonly isLearned: (source: string) => boolean;
  /** Notes another source that an answer rests on. */
  readonly note: (source: string, stateOf: (source: string) => number) => void;
  /** Notes what is asked until the answer is called. */
  readonly watch: () => () => Asked;
  /** The same without the lookups. */
  readonly watchSources: () => () => Asked['sources'];
}

/** What was asked of an environment: sources with their states, and the lookups with their answers. */
export interface Asked {
  readonly sources: ReadonlyMap<string, number>;
  readonly lookups: ReadonlyMap<string, { readonly name: Name; readonly found: Found | undefined }>;
}

/** What outlives an analysis: states, so that what was inferred in equal states is known again; the counter of flexible names. */
export interface Continuity {
  readonly states: States;
  fresh: number;
}

export const newContinuity = (): Continuity => ({ states: newStates(), fresh: 0 });

/** How far something learned reaches: not into some sections; less than what is said in general, if it is an example with numbers. */
export interface Limits {
  readonly except?: (section: Section) => boolean;
  /** Tells exceptions of one lesson apart. */
  readonly why?: string;
  readonly example?: boolean;
}

export interface Stated {
  readonly facts: readonly Fact[];
  readonly sections: Sections;
  readonly labels: () => readonly LayerLabel[];
  /** What notation alone tells of letters: which stand for one of several vectors, which as indices. */
  readonly samples: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
  readonly lengths: ReadonlySet<string>;
}

const flexibleNames = 1 << 20;

/** Functions are sources under their names with this before them. */
const functionSource = '\u0000';

export function makeEnvironment(
  { facts, sections, labels, samples, indices, lengths }: Stated,
  continuity: Continuity = newContinuity(),
): Environment {
  const fresh = (): Dim => dimName(`?${continuity.fresh++ % flexibleNames}`);
  const network = networkOf(facts, labels);
  const sameSizes = new Map([...sizesOfInstances(facts), ...sizesInTwoCases(facts)]);
  const dimensions = dimensionNames(facts);
  const store = makeStore(facts, sections, continuity.states);
  const functions = new Map<string, FunctionMeaning>();
  let version = 0;
  let asked: Asking | undefined;
  const stateOf = (source: string): number =>
    source.startsWith(functionSource) ? functionState(continuity.states, functions.get(source.slice(1))) : store.stateOf(source);
  const look = makeLookup({
    letters: store.letters,
    sections,
    general: {
      network,
      fresh,
      sameSizes,
      supposedSizes: store.sizes,
      isDimension: (k) => dimensions.has(k),
      isSample: (base) => samples.has(base),
      isPoint: (name) => samples.has(pointKey(name) ?? ''),
      isIndex: (key) => indices.has(key),
      isLength: (key) => lengths.has(key),
      jacobianOf: (head) => statedJacobian(facts, head, fresh),
    },
    touch: (letter) => asked?.sources.set(letter, store.stateOf(letter)),
  });
  return {
    lookup(name, position) {
      const found = look(name, position);
      asked?.lookups?.set(name.key, { name, found });
      return found;
    },
    network,
    sections,
    facts,
    fresh,
    sameSizes,
    stateOf,
    isLearned: (source) => (source.startsWith(functionSource) ? functions.has(source.slice(1)) : store.isLearned(source)),
    note: (source, stateOfIt) => asked?.sources.set(source, stateOfIt(source)),
    watch() {
      const seen = { sources: new Map(), lookups: new Map() };
      asked = seen;
      return () => {
        asked = undefined;
        return seen;
      };
    },
    watchSources() {
      const seen: Asking = { sources: new Map(), lookups: undefined };
      asked = seen;
      return () => {
        asked = undefined;
        return seen.sources;
      };
    },
    meaning(head) {
      asked?.sources.set(functionSource + head, stateOf(functionSource + head));
      const stated = meaningOf(facts, head, fresh);
      return stated && !stated.customary ? stated : (functions.get(head) ?? stated);
    },
    layoutAt: layoutReader(facts, sections),
    dimensions,
    assumptions: (name) => facts.flatMap((f) => (f.kind === 'assumption' && isOf(f.name, name) ? f.assumptions : [])),
    suppositions: (name, { start, end }) =>
      facts.flatMap((f) =>
        f.kind === 'supposition' &&
        (isOf(f.name, name) || isOf(name, f.name)) &&
        isWithin(sections.at(start), sections.at(f.span.start)) &&
        !(start <= f.span.start && f.span.end <= end)
          ? f.assumptions
          : [],
      ),
    general: JSON.stringify([
      general(facts),
      network,
      [...sameSizes].map(([k, d]) => [k, d.key]),
      [...dimensions],
      [...samples],
      [...lengths],
      [...indices],
    ]),
    gradientPrefix: (prefix) => facts.some((f) => f.kind === 'gradient-name' && f.prefix === prefix),
    sizes: new Map(facts.flatMap((f) => (f.kind === 'size' ? [[f.name, f.value] as const] : []))),
    learn(name, shape, from, at, { why, ...limits } = {}) {
      store.learn({ name, shape, from, at, position: at.start, section: sections.at(at.start), ...limits }, why ?? '');
      version++;
      return true;
    },
    learnFunction(head, meaning) {
      if (functions.has(head)) return;
      functions.set(head, meaning);
      version++;
    },
    learnSizes(sizes) {
      if (sizes.size === 0) return;
      store.learnSizes(sizes);
      version++;
    },
    learned: store.learned,
    forgetUses() {
      store.forgetUses();
      version++;
    },
    declared: store.declared,
    version: () => version,
  };
}

/** Whether what is said of a name, or of a family, is said of another. */
const isOf = (stated: Name, name: Name): boolean =>
  stated.key === name.key || (stated.base === name.base && matchIndices(stated, name) !== undefined);

const isWithin = (section: Section | undefined, outer: Section): boolean =>
  section !== undefined && (section === outer || isWithin(section.parent, outer));

const general = (facts: readonly Fact[]): readonly Fact[] => facts.filter((f) => f.kind !== 'shape' && f.kind !== 'same-shape');

interface Asking {
  readonly sources: Map<string, number>;
  readonly lookups: Map<string, { readonly name: Name; readonly found: Found | undefined }> | undefined;
}

const functionState = (states: States, meaning: FunctionMeaning | undefined): number =>
  meaning ? stateAfter(states, nothingDeclared, JSON.stringify(meaning)) : nothingDeclared;
