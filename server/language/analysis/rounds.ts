// Learning, round by round, to a fixpoint: what equations tell goes into the environment until nothing new is told. What one tells is in learning.ts;
// what most other equations contradict is forgotten again (doubts.ts).

import type { Environment } from '../context/environment.js';
import { within as isWithin, type Section } from '../context/sections.js';
import type { Candidate } from '../shapes/candidate.js';
import { isScalar, sameShape } from '../shapes/shape.js';
import { contradicted, type Doubts, exceptionKey, exceptions, lessonKey, type Told } from './doubts.js';
import { entryLesson, isOfEntries } from './entrywise.js';
import type { Supposable } from './evidence.js';
import { type Item, isEquation } from './items.js';
import { type Learned, lessons } from './learning.js';
import type { Places } from './places.js';
import { definedElsewhere, type Inferred, inferenceFor } from './statements.js';
import { supposeShapes } from './supposing.js';

const rounds = 8;
const attempts = 6;

/** Learns all that the document tells. A use that most equations contradict has told nothing: then it is learned once more without it. */
export function learnAll(items: readonly Item[], env: Environment, places: Places): void {
  const doubts = new Set<string>();
  const equations = items.filter((i) => isEquation(i.statement));
  const told = (): readonly Told[] =>
    equations.map((i) => ({
      inferred: places.inferRuled(i),
      section: env.sections.at(i.position),
    }));
  for (let attempt = 0; attempt < attempts; attempt++) {
    learnOnce(items, env, places, doubts);
    if (!env.learned().some((d) => d.from === 'use')) return;
    const wrong = contradicted(told());
    if (wrong.length === 0) return;
    for (const key of wrong) doubts.add(key);
    env.forgetUses();
  }
  learnOnce(items, env, places, doubts);
}

/** What definitions and uses tell; what forward equations suppose counts only where equations stay open. */
function learnOnce(items: readonly Item[], env: Environment, places: Places, doubts: Doubts): void {
  const open = learn(items, env, places, doubts);
  const supposable = open.map((item) => ({
    statement: item.statement,
    position: item.position,
    at: item.place(item.statement.span),
    item,
  }));
  const supposed = supposeShapes(supposable, env, doubts, (s: Supposable, lookup) => {
    const { item } = s as (typeof supposable)[number];
    return { ...inferenceFor(places.contextOf(item, places.rulingAt(item)), item.statement), lookup };
  });
  if (supposed) learn(items, env, places, doubts);
}

/** Repeats inference over what is still open until nothing new is learned; what is open then is the result. */
function learn(items: readonly Item[], env: Environment, places: Places, doubts: Doubts): readonly Item[] {
  let left = items.filter((i) => isEquation(i.statement));
  let uses = false;
  for (let round = 0; round < rounds && left.length > 0; round++) {
    const before = env.version();
    const still: Item[] = [];
    for (const item of left) {
      const inferred = places.inferRuled(item);
      const { all, defining, open } = toldBy(inferred);
      const entry = entryLesson(inferred, (name) => env.lookup(name, item.position));
      const found = [...(uses ? all : defining), ...(entry && (uses || entry.from === 'definition') ? [entry] : [])];
      let learned = false;
      for (const lesson of found) learned = teach(env, lesson, item, doubts) || learned;
      if (learned || open) still.push(item);
    }
    left = still;
    // Uses count only when definitions tell nothing more.
    if (env.version() === before) {
      if (uses) break;
      uses = true;
    }
  }
  return left;
}

/** Whether a statement neither tells anything nor waits for what others tell: then learning goes on without it as with it. */
export function isQuiet(env: Environment, item: Item, inferred: Inferred): boolean {
  if (!isEquation(item.statement)) return true;
  if (isOfEntries(item.statement)) return false;
  const { all, open } = toldBy(inferred);
  return !open && all.every((lesson) => !lesson.applied && isKnown(env, lesson, item));
}

/** Whether what is known of a name is not to be told anew. */
function isKnown(env: Environment, lesson: Learned, item: Item): boolean {
  const known = env.lookup(lesson.name, item.position);
  if (!known || known.how === 'custom' || known.vague) return false;
  return lesson.from !== 'definition' || !definedElsewhere(env, known, item.position) || sameShape(known.shape, lesson.shape);
}

function teach(env: Environment, lesson: Learned, item: Item, doubts: Doubts): boolean {
  const at = item.place(item.statement.span);
  if (lesson.from === 'use' && doubts.has(lessonKey(lesson.name, at))) return false;
  if (lesson.applied)
    env.learnFunction(lesson.name.key, {
      kind: 'map',
      result: lesson.shape,
      ...(lesson.applied.argument ? { domain: [lesson.applied.argument] } : {}),
    });
  const except = lesson.example && isScalar(lesson.shape) ? elsewhere(env, at.start) : exceptions(doubts, lesson.name, at);
  if (isKnown(env, lesson, item)) return false;
  return env.learn(lesson.name, lesson.shape, lesson.from, at, {
    ...(except ? { except, why: exceptionKey(doubts, lesson.name, at) } : {}),
    ...(lesson.example ? { example: true } : {}),
  });
}

/** "We want y = 1" tells of y where it stands, in its own section. */
function elsewhere({ sections }: Environment, start: number): (section: Section) => boolean {
  const own = sections.at(start);
  return (section) => !isWithin(section, own);
}

interface Lessons {
  readonly all: readonly Learned[];
  readonly defining: readonly Learned[];
  /** Whether something in it is unknown. */
  readonly open: boolean;
}

const known = new WeakMap<Inferred, Lessons>();

/** What a statement tells. The same object tells the same. */
function toldBy(inferred: Inferred): Lessons {
  let told = known.get(inferred);
  if (!told) {
    const all = lessons(inferred);
    told = { all, defining: all.filter((l) => l.from === 'definition' || l.annotation), open: hasUnknown(inferred) };
    known.set(inferred, told);
  }
  return told;
}

const hasUnknown = (inferred: Inferred): boolean => inferred.members.some(anyUnknown);
const anyUnknown = (c: Candidate): boolean =>
  !c.shape || (c.detail?.kind === 'found' && c.detail.found.vague === true) || c.parts.some(anyUnknown);
