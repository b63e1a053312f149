// What is declared, by letter, so that a lookup touches few of them: x, X, \mathbf{x} and x_i are one letter, since one may mean the other.
// Every letter has a state, a number that tells what is declared of it: equal states are equal declarations, in this analysis or an earlier one.
import type { Name } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import { plainBase } from './network.js';
import type { Declared } from './resolve.js';
import type { Section } from './sections.js';
import { nothingDeclared } from './states.js';

/** What is declared of one letter. */
export interface Letter {
  /** All but the vague, by key, in document order. */
  readonly byKey: Map<string, Declared[]>;
  /** Those with index letters, by base. */
  readonly families: Map<string, Declared[]>;
  readonly vague: Map<string, Declared[]>;
  /** Those stated with several indices as arrays, by base. */
  readonly blocks: Map<string, Declared[]>;
  /** Those with a number for a label that not use alone tells, by base. */
  readonly numbered: Map<string, Declared[]>;
  state: number;
  /** The state without what was learned. */
  stated: number;
  /** What lookups found, by the part of the document that they were made in. */
  found: Map<Section, Outlook>;
  /** The sections of its declarations with all that hold them, or all there are; undefined where they are to be gathered again. */
  sections: ReadonlySet<Section> | 'all' | undefined;
  /** Where something is declared, ascending; undefined where it is to be sorted again. */
  places: number[] | undefined;
}

/** What lookups found in a section itself, and in all sections within it that no declaration of the letter knows; by rank, by key. */
interface Outlook {
  readonly own: Map<number, FoundByKey>;
  readonly within: Map<number, FoundByKey>;
}

type FoundByKey = Map<string, Found | null>;

const letters = new Map<string, string>();

/** The letter beneath a base: what a lookup of the one may find of the other. */
export function letterOf(base: string): string {
  const known = letters.get(base);
  if (known !== undefined) return known;
  if (letters.size > 10_000) letters.clear();
  const letter = plainBase(base).toLowerCase();
  letters.set(base, letter);
  return letter;
}

export const newLetter = (): Letter => ({
  byKey: new Map(),
  families: new Map(),
  vague: new Map(),
  blocks: new Map(),
  numbered: new Map(),
  state: nothingDeclared,
  stated: nothingDeclared,
  found: new Map(),
  sections: undefined,
  places: undefined,
});

const indexLetter = /^(?:[i-np-t]|\\(?:ell|tau|nu|mu|iota|kappa))$/;

/** "A column vector x", of no stated length. */
export const isVague = (d: Declared): boolean => d.written?.dims.some((dim) => !dim) ?? false;

/** Adds a declaration; lists stay in document order. */
export function insert(letter: Letter, d: Declared): void {
  letter.places = undefined;
  letter.sections = undefined;
  if (letter.found.size > 0) letter.found = new Map();
  if (d.name.subs.length > 1 && (d.written?.dims.length ?? 0) > 0) listIn(letter.blocks, d.name.base).push(d);
  if (isVague(d)) {
    listIn(letter.vague, d.name.key).push(d);
    return;
  }
  inOrder(listIn(letter.byKey, d.name.key), d);
  const [label] = d.name.labels;
  if (d.from !== 'use' && d.name.labels.length === 1 && label?.kind === 'number' && d.name.subs.length === 0)
    listIn(letter.numbered, d.name.base).push(d);
  // A capital index (the last layer L) is one place, and b_y the bias of the output: no families.
  if (d.name.labels.some(isIndex) || d.name.subs.some(isIndex)) listIn(letter.families, d.name.base).push(d);
}

const isIndex = (i: Declared['name']['subs'][number]): boolean => i.kind === 'letter' && indexLetter.test(i.name);

/** Drops declarations. */
export function retain(letter: Letter, keeps: (d: Declared) => boolean): void {
  letter.places = undefined;
  letter.sections = undefined;
  letter.found = new Map();
  for (const map of [letter.byKey, letter.families])
    for (const [key, list] of map) {
      const kept = list.filter(keeps);
      if (kept.length > 0) map.set(key, kept);
      else map.delete(key);
    }
}

/**
 * What was found of a letter where a section stands, behind so many places of declarations. Sections that hold no declaration of the letter
 * and stand within the same one are one place to it.
 */
export function foundIn(letter: Letter, section: Section, position: number): FoundByKey {
  letter.sections ??= sectionsOf(letter);
  let known: Section = section;
  if (letter.sections !== 'all') while (known.parent && !letter.sections.has(known)) known = known.parent;
  let outlook = letter.found.get(known);
  if (!outlook) {
    outlook = { own: new Map(), within: new Map() };
    letter.found.set(known, outlook);
  }
  const byRank = known === section ? outlook.own : outlook.within;
  const rank = rankOf(letter, position);
  let found = byRank.get(rank);
  if (!found) {
    found = new Map();
    byRank.set(rank, found);
  }
  return found;
}

function sectionsOf(letter: Letter): ReadonlySet<Section> | 'all' {
  const out = new Set<Section>();
  for (const map of [letter.byKey, letter.vague])
    for (const list of map.values())
      for (const d of list) {
        // An exception may be any section.
        if (d.except) return 'all';
        for (let s: Section | undefined = d.section; s && !out.has(s); s = s.parent) out.add(s);
      }
  return out;
}

/** How many places of declarations stand at or before a position: between two of them a lookup finds the same. */
function rankOf(letter: Letter, position: number): number {
  letter.places ??= placesOf(letter);
  const { places } = letter;
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placesOf(letter: Letter): number[] {
  const out: number[] = [];
  for (const map of [letter.byKey, letter.vague]) for (const list of map.values()) for (const d of list) out.push(d.position);
  return out.sort((a, b) => a - b);
}

function listIn(map: Map<string, Declared[]>, key: string): Declared[] {
  let list = map.get(key);
  if (!list) {
    list = [];
    map.set(key, list);
  }
  return list;
}

/** Adds behind all that does not stand later. */
function inOrder(list: Declared[], d: Declared): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as Declared).position > d.position) at--;
  list.splice(at, 0, d);
}

/** Every letter of the subscript stands in a declared one of the same length. */
export function isBlock(letter: Letter, name: Name): boolean {
  const declared = letter.blocks.get(name.base)?.filter((d) => d.name.subs.length === name.subs.length) ?? [];
  const known = new Set(declared.flatMap((d) => d.name.subs.map(letterIn)));
  return known.size > 0 && name.subs.every((s) => s.kind === 'letter' && known.has(letterIn(s)));
}

const letterIn = (i: Name['subs'][number]): string => (i.kind === 'letter' ? i.name : '');
