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
  return <T>(item: Item, question: string, compute: () => T): T => {
    const own = ownOf(item, memory);
    for (const k of own.known) if (k.question === question && holds(k)) return k.result as T;
    const shared = listOf(memory.ofStatement, item.statement);
    const asked = env.watch();
    let one = shared.find((s) => s.question === question && holdsAt(s, item, env, stateOf));
    const answered = one ? undefined : { result: compute() };
    const { sources, lookups } = asked();
    const entry = { question, sources: [...sources.keys()], states: [...sources.values()] };
    if (answered) {
      one = {
        ...entry,
        result: answered.result,
        lookups: [...lookups.values()].map((l) => ({ ...l, elsewhere: elsewhere(env, l.found, item) })),
      };
      keep(shared, one, mostShared);
    } else if (one) for (const [i, source] of one.sources.entries()) addOther(entry, source, one.states[i] as number);
    keep(own.known, { ...entry, result: one?.result }, mostKnown);
    return one?.result as T;
  };
}

/** What is known of an item under these inferences; of older ones there is no more than two. */
function ownOf(item: Item, of: Inferences): ItemMemory {
  const own = item.memory.find((m) => m.of === of);
  if (own) return own;
  const fresh: ItemMemory = { of, known: [] };
  keep(item.memory, fresh, 2);
  return fresh;
}

/** Whether nothing was learned of what the answer to a question about an item rests on. */
export function restsOnStated(item: Item, question: string, env: Environment, of: Inferences): boolean {
  const known = ownOf(item, of).known.find((k) => k.question === question);
  return known?.sources.every((source) => !env.isLearned(source)) ?? false;
}

/** Whether lookups find the same in another place. What is no letter is the same in every place, or another everywhere. */
function holdsAt(shared: Shared, item: Item, env: Environment, stateOf: (source: string) => number): boolean {
  for (const [i, source] of shared.sources.entries()) if (isPlaceless(source) && stateOf(source) !== shared.states[i]) return false;
  return shared.lookups.every(({ name, found, elsewhere: before }) => {
    const now = env.lookup(name, item.position);
    return sameFound(now, found) && elsewhere(env, now, item) === before;
  });
}

const isPlaceless = (source: string): boolean => source.charCodeAt(0) < 2;

function addOther(entry: { sources: string[]; states: number[] }, source: string, state: number): void {
  if (!isPlaceless(source)) return;
  entry.sources.push(source);
  entry.states.push(state);
}

const elsewhere = (env: Environment, found: Found | undefined, item: Item): boolean =>
  found !== undefined && definedElsewhere(env, found, item.position);

function listOf<K extends object, V>(map: WeakMap<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (!list) {
    list = [];
    map.set(key, list);
  }
  return list;
}

/** The newest first. */
function keep<T>(list: T[], one: T, most: number): void {
  list.unshift(one);
  if (list.length > most) list.pop();
}
