// All declarations of a document, and what was learned besides: by letter, with the states of the letters.
import type { Dim } from '../shapes/dimension.js';
import type { Fact } from './facts.js';
import { insert, isVague, type Letter, letterOf, newLetter, retain } from './letters.js';
import type { Declared } from './resolve.js';
import type { Sections } from './sections.js';
import { declaredBy } from './stated.js';
import { nothingDeclared, numberOf, type States, stateAfter } from './states.js';

export interface Store {
  readonly letters: ReadonlyMap<string, Letter>;
  readonly stateOf: (letter: string) => number;
  readonly isLearned: (letter: string) => boolean;
  /** Adds what was learned; `why` tells apart what its other data do not. */
  readonly learn: (d: Declared, why: string) => void;
  /** Adds what is known of sizes that were supposed: all that was learned may rest on it. */
  readonly learnSizes: (sizes: ReadonlyMap<string, Dim>) => void;
  readonly sizes: () => ReadonlyMap<string, Dim>;
  readonly learned: () => readonly Declared[];
  readonly forgetUses: () => void;
  readonly declared: () => readonly Declared[];
}

interface Learning {
  readonly declared: Declared;
  readonly key: string;
}

export function makeStore(facts: readonly Fact[], sections: Sections, states: States): Store {
  const letters = new Map<string, Letter>();
  const stated: Declared[] = [];
  let learned: Learning[] = [];
  let sizes: ReadonlyMap<string, Dim> = new Map();
  let sizesKey = '';
  const add = (d: Declared, key: string): Letter => {
    const name = letterOf(d.name.base);
    const letter = letters.get(name) ?? newLetter();
    letters.set(name, letter);
    insert(letter, d);
    letter.state = stateAfter(states, letter.state, key);
    return letter;
  };
  for (const fact of facts) {
    const d = declaredBy(fact, sections);
    if (!d) continue;
    stated.push(d);
    const letter = add(d, String(numberOf(states, fact)));
    letter.stated = letter.state;
  }
  return {
    letters,
    stateOf: (letter) => letters.get(letter)?.state ?? nothingDeclared,
    isLearned: (name) => {
      const letter = letters.get(name);
      return letter !== undefined && letter.state !== letter.stated;
    },
    learn(declared, why) {
      const key = keyOf(declared, why) + sizesKey;
      learned.push({ declared, key });
      add(declared, key);
    },
    learnSizes(known) {
      sizes = known;
      sizesKey = ` ${[...known].map(([name, d]) => `${name}=${d.key}`).join(' ')}`;
      for (const letter of letters.values()) {
        letter.found = new Map();
        if (letter.state !== letter.stated) letter.state = stateAfter(states, letter.state, sizesKey);
      }
    },
    sizes: () => sizes,
    learned: () => learned.map((l) => l.declared),
    forgetUses() {
      sizes = new Map();
      sizesKey = '';
      learned = learned.filter((l) => l.declared.from !== 'use');
      for (const letter of letters.values()) {
        retain(letter, (d) => d.from !== 'use');
        letter.state = letter.stated;
      }
      for (const { declared, key } of learned) {
        const letter = letters.get(letterOf(declared.name.base));
        if (letter) letter.state = stateAfter(states, letter.state, `${key} kept`);
      }
    },
    declared: () => inPlaces([...stated, ...learned.map((l) => l.declared)]),
  };
}

const keyOf = ({ name, from, at, shape, example }: Declared, why: string): string =>
  `${name.key} ${from} ${at.start} ${at.end} ${shape?.split ?? ''} ${example ? 'example' : ''} ${why} ${shape?.dims.map((x) => x.key).join('×')}`;

/** In document order; of one place by name, what is vague last. */
function inPlaces(all: readonly Declared[]): readonly Declared[] {
  const byKey = new Map<string, Declared[]>();
  for (const d of all) {
    if (isVague(d)) continue;
    const list = byKey.get(d.name.key);
    if (list) list.push(d);
    else byKey.set(d.name.key, [d]);
  }
  return [...[...byKey.values()].flat(), ...all.filter(isVague)].sort((a, b) => a.position - b.position);
}
