// Lookups by name and place. Between two places where a letter is declared, and within one section, a name is one thing: it is looked up once.
import type { Name } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import { foundIn, isBlock, type Letter, letterOf, newLetter } from './letters.js';
import { type Declared, resolve, type Scope } from './resolve.js';
import { visibleAt } from './scope.js';
import type { Sections } from './sections.js';
import { familiesAt } from './stated.js';

interface Surroundings {
  readonly letters: ReadonlyMap<string, Letter>;
  readonly sections: Sections;
  readonly general: Omit<Scope, 'exact' | 'vague' | 'families' | 'numbered' | 'isBlock'>;
  /** Told of every letter that an answer rests on. */
  readonly touch: (letter: string) => void;
}

const empty: readonly Declared[] = [];

export function makeLookup({ letters, sections, general, touch }: Surroundings): (name: Name, position: number) => Found | undefined {
  const undeclared = new Map<string, Letter>();
  const letterAt = (letter: string): Letter => letters.get(letter) ?? nothingOf(undeclared, letter);
  let place = 0;
  let own = '';
  let crossed = false;
  const stated = (name: Name): Letter => {
    const letter = letterOf(name.base);
    if (letter !== own) {
      crossed = true;
      touch(letter);
    }
    return letterAt(letter);
  };
  const scope: Scope = {
    ...general,
    exact: (name) => visibleAt(stated(name).byKey.get(name.key) ?? empty, place, sections),
    vague: (name) => visibleAt(stated(name).vague.get(name.key) ?? empty, place, sections),
    numbered: (name) => stated(name).numbered.get(name.base) ?? empty,
    isBlock: (name) => isBlock(stated(name), name),
    families: (name) => familiesAt(stated(name).families.get(name.base) ?? empty, place, sections),
  };
  return (name, position) => {
    own = letterOf(name.base);
    touch(own);
    const letter = letterAt(own);
    const known = foundIn(letter, sections.at(position), position);
    const hit = known.get(name.key);
    if (hit !== undefined) return hit ?? undefined;
    place = position;
    crossed = false;
    const found = resolve(scope, name);
    if (!crossed && !isOpen(found, name)) known.set(name.key, found ?? null);
    return found;
  };
}

/** What is open anew in every place: a length that nothing fixes is another one there. */
const isOpen = (found: Found | undefined, name: Name): boolean =>
  found !== undefined && name.subs.length + name.labels.length > 0 && found.shape.dims.some((d) => d.flexible);

function nothingOf(undeclared: Map<string, Letter>, letter: string): Letter {
  let l = undeclared.get(letter);
  if (!l) {
    l = newLetter();
    undeclared.set(letter, l);
  }
  return l;
}
