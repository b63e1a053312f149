// Which lessons of use the rest of the document contradicts, everywhere or in a section. A use is weak evidence: letters are used anew,
// examples have sizes of their own.
import type { Section } from '../context/sections.js';
import type { Expr, Name } from '../expr.js';
import type { Candidate, Conflict, Found } from '../shapes/candidate.js';
import type { Span } from '../text.js';
import { chosen, type Inferred } from './statements.js';

/** Lessons that count no more: keys of lessons, or of lessons in a section. */
export type Doubts = ReadonlySet<string>;

/** A statement as inferred with what was learned, and where it stands. */
export interface Told {
  readonly inferred: Inferred;
  readonly section: Section;
}

export const lessonKey = (name: Name, at: Span): string => `${name.key}@${at.start}`;
const keyWithin = (lesson: string, section: Section): string => `${lesson}#${section.start}`;
/** The sections in which a lesson does not hold. */
export function exceptions(doubts: Doubts, name: Name, at: Span): ((section: Section) => boolean) | undefined {
  const prefix = `${lessonKey(name, at)}#`;
  return [...doubts].some((d) => d.startsWith(prefix)) ? (section) => doubts.has(prefix + section.start) : undefined;
}

/** The exceptions of a lesson as text. */
export const exceptionKey = (doubts: Doubts, name: Name, at: Span): string =>
  [...doubts].filter((d) => d.startsWith(`${lessonKey(name, at)}#`)).join(' ');

/** Keys of lessons, and whether an example tells them. */
type Lessons = ReadonlyMap<string, boolean>;

interface Tally {
  readonly example: boolean;
  for: number;
  against: number;
}

/**
 * The lessons that speak against more members of equations than for, in the whole document or (twice at least) in a section; of examples
 * with numbers those that speak against two.
 * Of them the worst, since one wrong lesson makes others look wrong.
 */
export function contradicted(told: readonly Told[]): readonly string[] {
  const tallies = new Map<string, Tally>();
  const tally = (key: string, example: boolean): Tally => {
    const t = tallies.get(key) ?? { for: 0, against: 0, example };
    tallies.set(key, t);
    return t;
  };
  for (const one of told) {
    const note = (lessons: Lessons, way: 'for' | 'against'): void => {
      for (const [key, example] of lessons) {
        tally(key, example)[way]++;
        tally(keyWithin(key, one.section), example)[way]++;
      }
    };
    for (const lessons of speaking(one.inferred)) note(lessons, 'for');
    for (const lessons of blamed(one.inferred)) note(lessons, 'against');
  }
  const refuted = (t: Tally): boolean => (t.example && t.against > 1) || t.against > t.for;
  const wrong = [...tallies].filter(([key, t]) => refuted(t) && (!key.includes('#') || t.against > 1));
  const badness = ([, t]: readonly [string, Tally]): number => t.against / (t.for + 1);
  const worst = Math.max(0, ...wrong.map(badness));
  return wrong.filter((w) => badness(w) >= worst * 0.7).map(([key]) => key);
}

/** The lessons of each member that says something and conforms. */
function speaking({ members, conflicts }: Inferred): readonly Lessons[] {
  const decided = members.filter((m) => m.shape).length > 1;
  if (conflicts.length > 0) return [];
  return members.filter((m) => m.conflicts.length === 0 && (decided || m.parts.length > 0)).map((m) => lessonsIn([m]));
}

/** Of each member that conflicts, the lessons beneath what conflicts. What rests on no use is the statement's own mistake. */
function blamed({ members, conflicts }: Inferred): readonly Lessons[] {
  const between = conflicts.filter((c) => !c.solid).flatMap(exprsOf);
  const within = members.flatMap((m) => {
    const exprs = m.conflicts.filter((c) => !c.solid).flatMap(exprsOf);
    return exprs.length > 0 ? [lessonsIn(chosen([m]).filter((c) => exprs.includes(c.expr)))] : [];
  });
  return between.length > 0 ? [...within, lessonsIn(chosen(members).filter((c) => between.includes(c.expr)))] : within;
}

const exprsOf = (c: Conflict): readonly Expr[] => [
  ...('expr' in c ? [c.expr] : []),
  ...('exprs' in c ? c.exprs : []),
  ...('other' in c && c.other && typeof c.other === 'object' ? [c.other as Expr] : []),
];

function lessonsIn(candidates: readonly Candidate[]): Lessons {
  const out = new Map<string, boolean>();
  for (const c of chosen(candidates)) if (c.detail?.kind === 'found') addLesson(c.detail.found, c.detail.name, out);
  return out;
}

function addLesson(found: Found, name: Name, out: Map<string, boolean>): void {
  if (found.from === 'use' && found.at) out.set(lessonKey(found.of ?? name, found.at), found.example === true);
}
