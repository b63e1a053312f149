// Learning, round by round, to a fixpoint: what equations tell goes into the environment until nothing new is told. What one tells is in learning.ts.
import type { Environment } from '../context/environment.js';
import type { Candidate } from '../shapes/candidate.js';
import { type Item, isEquation } from './items.js';
import { type Learned, lessons } from './learning.js';
import type { Places } from './places.js';
import { type Inferred, inferenceFor } from './statements.js';
import { type Supposable, supposeShapes } from './supposing.js';

const rounds = 8;

/** Learns all that the document tells; what its forward equations suppose counts only where equations stay open. */
export function learnAll(items: readonly Item[], env: Environment, places: Places): void {
  const open = learn(items, env, places);
  const supposable = open.map((item) => ({
    statement: item.statement,
    position: item.position,
    at: item.place(item.statement.span),
    item,
  }));
  const supposed = supposeShapes(supposable, env, (s: Supposable, lookup) => {
    const { item } = s as (typeof supposable)[number];
    return { ...inferenceFor(places.contextOf(item, places.rulingAt(item)), item.statement), lookup };
  });
  if (supposed) learn(items, env, places);
}

/** Repeats inference over what is still open until nothing new is learned; what is open then is the result. */
function learn(items: readonly Item[], env: Environment, places: Places): readonly Item[] {
  let open = items.filter((i) => isEquation(i.statement));
  let uses = false;
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const before = env.version();
    const still: Item[] = [];
    for (const item of open) {
      const inferred = places.inferRuled(item);
      const found = lessons(inferred).filter((l) => uses || l.from === 'definition');
      let learned = false;
      for (const lesson of found) learned = teach(env, lesson, item) || learned;
      if (learned || hasUnknown(inferred)) still.push(item);
    }
    open = still;
    // Uses count only when definitions tell nothing more.
    if (env.version() === before) {
      if (uses) break;
      uses = true;
    }
  }
  return open;
}

function teach(env: Environment, lesson: Learned, item: Item): boolean {
  if (lesson.applied)
    env.learnFunction(lesson.name.key, {
      kind: 'map',
      result: lesson.shape,
      ...(lesson.applied.argument ? { domain: [lesson.applied.argument] } : {}),
    });
  const known = env.lookup(lesson.name, item.position);
  if (known && known.how !== 'custom' && !known.vague) return false;
  return env.learn(lesson.name, lesson.shape, lesson.from, item.place(item.statement.span));
}

const hasUnknown = (inferred: Inferred): boolean => inferred.members.some(anyUnknown);
const anyUnknown = (c: Candidate): boolean =>
  !c.shape || (c.detail?.kind === 'found' && c.detail.found.vague === true) || c.parts.some(anyUnknown);
