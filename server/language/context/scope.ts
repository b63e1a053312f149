// Which of several declarations of one symbol holds at a place (docs/shape-rules.md, "Where shapes come from").

import type { Source } from './facts.js';
import type { Section, Sections } from './sections.js';
import { within } from './sections.js';

export interface Scoped {
  readonly position: number;
  readonly section: Section;
  readonly from: Source;
  /** Holds in the whole document, before its place too (front matter, configuration). */
  readonly everywhere?: boolean;
  /** Sections in which it does not hold: they use the symbol otherwise. */
  readonly except?: (section: Section) => boolean;
}

const strength: Readonly<Record<Source, number>> = { directive: 6, declaration: 5, prose: 4, network: 3, definition: 2, use: 1 };

/** Of declarations of one symbol in document order, the one that holds at a place; undefined if none does. */
export function visibleAt<T extends Scoped>(list: readonly T[], position: number, sections: Sections): T | undefined {
  if (list.length === 0) return undefined;
  const directive = lastBefore(
    list.filter((d) => d.from === 'directive'),
    position,
  );
  if (directive) return directive;
  const here = sections.at(position);
  const rest = list.filter((d) => d.from !== 'directive' && !d.except?.(here));
  const counted = rest.filter((d) => d.position <= position && reaches(d, rest, here));
  const nearest = strongestOfSection(counted);
  // A declaration holds in its whole section, above its place too: nearer than one of an earlier section.
  const own = rest.find((d) => d.section === here && d.position > position && d.from !== 'definition' && d.from !== 'use');
  if (own && nearest && nearest.section !== here && !within(nearest.section, here)) return own;
  if (nearest) return nearest;
  const later = rest.filter((d) => d.position > position && within(here, d.section));
  return later.sort((a, b) => b.section.level - a.section.level || a.position - b.position)[0];
}

const lastBefore = <T extends Scoped>(list: readonly T[], position: number): T | undefined => {
  const active = list.filter((d) => d.everywhere || d.position <= position);
  return active.sort((a, b) => (a.everywhere ? -1 : a.position) - (b.everywhere ? -1 : b.position))[active.length - 1];
};

/** A declaration in a deeper section than an earlier one ends with its section; any other goes on. */
function reaches<T extends Scoped>(d: T, all: readonly T[], here: Section): boolean {
  if (within(here, d.section)) return true;
  if (d.section.local) return false;
  const outer = all.some((o) => o !== d && o.position < d.position && within(d.section, o.section) && o.section !== d.section);
  return !outer;
}

/** The nearest; within one section a stronger source counts before a later one, and a re-declaration of the same strength counts from its place. */
function strongestOfSection<T extends Scoped>(list: readonly T[]): T | undefined {
  const last = list.reduce<T | undefined>((best, d) => (!best || nearer(d, best) ? d : best), undefined);
  if (!last) return undefined;
  return list
    .filter((d) => d.section === last.section)
    .reduce(
      (best, d) =>
        strength[d.from] > strength[best.from] || (strength[d.from] === strength[best.from] && d.position >= best.position) ? d : best,
      last,
    );
}

const nearer = (a: Scoped, b: Scoped): boolean =>
  a.section.level > b.section.level && within(a.section, b.section)
    ? true
    : within(b.section, a.section) && b.section !== a.section
      ? false
      : a.position >= b.position;

export { strength };
