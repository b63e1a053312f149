// Searches the small edits of a product for ones that conform, breadth first by the number of edits, on shapes alone.
import type { Rewrite } from '../rewrite.js';
import { groupings, meaningOf } from './evaluate.js';
import { neighbours } from './moves.js';
import { initial, keyOf, type Problem, type State } from './problem.js';
import { writeProduct } from './write.js';

export interface Hit {
  readonly state: State;
  readonly rewrite: Rewrite;
  readonly cost: number;
  readonly edits: number;
  /** Equal for products that mean the same. */
  readonly meaning: string;
}

export interface Bounds {
  readonly mostEdits: number;
  /** Shape checks in one search. */
  readonly mostChecks: number;
}

/** a ⊙ b and b ⊙ a are one repair. */
const distinct = (hits: readonly Hit[], known: Set<string>): readonly Hit[] =>
  hits.filter(({ meaning }) => {
    if (known.has(meaning)) return false;
    known.add(meaning);
    return true;
  });

export interface Found {
  readonly hits: readonly Hit[];
  readonly checks: number;
}

/** The edits that conform, those of one level before those of the next, in each the most plausible first. `enough` may stop it after a level. */
export function search(
  problem: Problem,
  { mostEdits, mostChecks }: Bounds,
  enough: (hits: readonly Hit[], level: number) => boolean,
): Found {
  const seen = new Set<string>([keyOf(initial(problem))]);
  const known = new Set<string>();
  const hits: Hit[] = [];
  let checks = 0;
  let level: readonly State[] = [initial(problem)];
  for (let edits = 1; edits <= mostEdits; edits++) {
    const next: State[] = [];
    const found: Hit[] = [];
    for (const state of level) {
      for (const made of neighbours(problem, state, { changes: edits <= 2, adds: edits === 1 })) {
        const key = keyOf(made);
        if (seen.has(key)) continue;
        if (checks >= mostChecks) break;
        seen.add(key);
        checks++;
        if (made.changed !== 'added') next.push(made);
        found.push(...hitsOf(problem, made, edits));
      }
    }
    hits.push(
      ...distinct(
        found.sort((a, b) => a.cost - b.cost),
        known,
      ),
    );
    if (checks >= mostChecks || enough(hits, edits)) break;
    level = next.sort((a, b) => a.cost - b.cost);
  }
  return { hits, checks };
}

const perState = 2;

function hitsOf(problem: Problem, state: State, edits: number): readonly Hit[] {
  const all = groupings(problem, state).filter((g) => !problem.wanted || problem.wanted(g.operand.shape));
  return all.slice(0, perState).flatMap((g) => {
    const rewrite = writeProduct(problem, state, g.tree);
    return rewrite ? [{ state, rewrite, cost: state.cost + g.cost, edits, meaning: meaningOf(problem, g.tree, state.items) }] : [];
  });
}
