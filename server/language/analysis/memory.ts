// What outlives an analysis, so that the next one need not do it again: trees, and what was inferred, with all that it rested on.
// Whatever it holds, results are the same; what is found in it has been asked for again, and answered in the same way.
import { type Continuity, type Environment, newContinuity } from '../context/environment.js';
import { newProseCache } from '../context/prose/index.js';
import type { Sections } from '../context/sections.js';
import type { Formula } from '../document/types.js';
import type { Found } from '../shapes/candidate.js';
import { sameFound } from '../shapes/match.js';
import type { ReadFormula } from '../syntax/lower.js';
import type { Definitions } from './definitions.js';
import type { GatheringMemory } from './gathering.js';
import type { Item } from './items.js';
import type { Inferences, ItemMemory, Known, Shared } from './known.js';
import type { FormulaReading } from './reading.js';
import { definedElsewhere } from './statements.js';

/** Trees by macro set and text. */
type TreeCache = Map<string, ReadFormula>;

export interface Memory extends GatheringMemory {
  readonly trees: TreeCache;
  readonly continuity: Continuity;
  readonly readings: WeakMap<Formula, { readonly macros: string; readonly reading: FormulaReading }>;
  readonly items: WeakMap<FormulaReading, readonly Item[]>;
  sections: { readonly signature: string; readonly sections: Sections } | undefined;
  /** With the facts as they are, and with names for the sizes that layers share. */
  readonly inferences: Record<'own' | 'generic', Inferences>;
}

export const newMemory = (trees: TreeCache = new Map()): Memory => ({
  trees,
  continuity: newContinuity(),
  readings: new WeakMap(),
  items: new WeakMap(),
  prose: newProseCache(),
  directives: new WeakMap(),
  configuration: undefined,
  sections: undefined,
  inferences: { own: inferencesFor(''), generic: inferencesFor('') },
});

export const inferencesFor = (general: string): Inferences => ({ general, ofStatement: new WeakMap() });

const mostStates = 400_000;

/** The same memory, or its trees alone where the rest grew too large. */
export const boundedMemory = (memory: Memory): Memory => (memory.continuity.states.count > mostStates ? newMemory(memory.trees) : memory);

const mostKnown = 24;
const mostShared = 6;

export type Recall = <T>(item: Item, question: string, compute: () => T) => T;

/** Answers a question about an item from memory, if all that the answer rested on is as it was; else it is computed. */
export function recalling(memory: Inferences, env: Environment, definitions: Definitions): Recall {
  const stateOf = (source: string): number => (definitions.isSource(source) ? definitions.stateOf(source) : env.stateOf(source));
  const holds = ({ sources, states }: Known): boolean => {
    for (let i = 0; i < sources.length; i++) if (stateOf(sources[i] as string) !== states[i]) return false;
    return true;
  };
  const computed = <T>(item: Item, question: string, compute: () => T): Shared => {
    const asked = env.watch();
    const result = compute();
    const { sources, lookups } = asked();
    return {
      question,
      sources: [...sources.keys()],
      states: [...sources.values()],
      result,
      lookups: Array.from(lookups.values(), ({ name, found }) => ({ name, found, elsewhere: elsewhere(env, found, item) })),
    };
  };
  const inPlace = (one: Shared, letters: ReadonlyMap<string, number>): Known => {
    if (holds(one) && [...letters.keys()].every((letter) => one.sources.includes(letter))) return one;
    const other = one.sources.map((source, i) => [source, one.states[i] as number] as const).filter(([source]) => isPlaceless(source));
    const all = new Map([...letters, ...other]);
    return { question: one.question, sources: [...all.keys()], states: [...all.values()], result: one.result };
  };
  return <T>(item: Item, question: string, compute: () => T): T => {
    const own = ownOf(item, memory);
    for (const k of own.known) if (k.question === question && holds(k)) return k.result as T;
    const shared = memory.ofStatement.get(item.statement) ?? none;
    const asked = env.watchSources();
    const one = shared.find((s) => s.question === question && holdsAt(s, item, env, stateOf));
    const letters = asked();
    const known = one ? inPlace(one, letters) : computed(item, question, compute);
    if (!one) memory.ofStatement.set(item.statement, first(known as Shared, shared, mostShared));
    own.known = first(known, own.known, mostKnown);
    return known.result as T;
  };
}

const none: readonly Shared[] = [];

/** The newest first. A list of its own length: most hold one thing. */
const first = <T>(one: T, list: readonly T[], most: number): readonly T[] =>
  list.length === 0 ? [one] : [one, ...list.slice(0, most - 1)];

/** What is known of an item under these inferences; of older ones there is no more than two. */
function ownOf(item: Item, of: Inferences): ItemMemory {
  const own = item.memory.find((m) => m.of === of);
  if (own) return own;
  const fresh: ItemMemory = { of, known: [] };
  item.memory = first(fresh, item.memory, 2);
  return fresh;
}

/** Whether nothing was learned of what the answer to a question about an item rests on. */
export function restsOnStated(item: Item, question: string, env: Environment, of: Inferences): boolean {
  const known = ownOf(item, of).known.find((k) => k.question === question);
  return known?.sources.every((source) => !env.isLearned(source)) ?? false;
}

/** Whether lookups find the same in another place. What is no letter is the same in every place, or another everywhere. */
function holdsAt(shared: Shared, item: Item, env: Environment, stateOf: (source: string) => number): boolean {
  const { sources, states, lookups } = shared;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i] as string;
    if (isPlaceless(source) && stateOf(source) !== states[i]) return false;
  }
  for (const { name, found, elsewhere: before } of lookups) {
    const now = env.lookup(name, item.position);
    if (!sameFound(now, found) || elsewhere(env, now, item) !== before) return false;
  }
  return true;
}

const isPlaceless = (source: string): boolean => source.charCodeAt(0) < 2;

const elsewhere = (env: Environment, found: Found | undefined, item: Item): boolean =>
  found !== undefined && definedElsewhere(env, found, item.position);
