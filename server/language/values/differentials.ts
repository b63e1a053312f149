// Differentials: which symbols have a free one in an equation. Independent are those not defined through others whose differentials occur.
import type { Problem } from '../numeric/index.js';
import { symbolsOf } from '../numeric/index.js';
import type { Term } from '../term.js';
import type { Gathered } from './problem.js';

/** What stands under the differentials of some terms. */
function differentiated(value: unknown, out: Term[]): readonly Term[] {
  if (Array.isArray(value)) for (const v of value) differentiated(v, out);
  else if (value !== null && typeof value === 'object') {
    const node = value as { kind?: string; of?: Term };
    if (node.kind === 'differential' && node.of) out.push(node.of);
    for (const v of Object.values(value)) differentiated(v, out);
  }
  return out;
}

/** The symbol that dX, d(X^T) and d vec X are of. */
const symbolOf = (term: Term): string | undefined =>
  term.kind === 'variable' ? term.key : term.kind === 'transpose' || term.kind === 'vec' ? symbolOf(term.term) : undefined;

/** The part of the problem that concerns differentials. */
export function readDifferentials(terms: readonly Term[], gathered: Gathered): Partial<Problem> {
  const under = differentiated(terms, []);
  if (under.length === 0) return {};
  const own = new Set(under.flatMap((t) => symbolOf(t) ?? []));
  // Where no symbol has a differential of its own, all that are under one are free.
  const found: ReadonlySet<string> = own.size > 0 ? own : new Set(under.flatMap((t) => [...symbolsOf(t)]));
  const free = new Set<string>();
  const held = new Set<string>();
  for (const key of found) {
    if (reachesOther(key, found, gathered, new Set())) continue;
    free.add(key);
    if (gathered.definitions.has(key)) held.add(key);
  }
  return { differentials: free, held };
}

/**
 * Whether the first of the terms is a differential of what those of the others depend on, and not the other way round: dX = W^T dY of
 * a Y = W X runs backward, as gradients do that are named so.
 */
export function runsBackward([left, ...others]: readonly Term[], gathered: Gathered): boolean {
  const key = left?.kind === 'differential' ? symbolOf(left.of) : undefined;
  if (key === undefined) return false;
  const found = new Set(differentiated(others, []).flatMap((t) => symbolOf(t) ?? []));
  const own = new Set([key]);
  return (
    !found.has(key) && !reachesOther(key, found, gathered, new Set()) && [...found].some((k) => reachesOther(k, own, gathered, new Set()))
  );
}

function reachesOther(key: string, found: ReadonlySet<string>, gathered: Gathered, seen: Set<string>): boolean {
  const definition = gathered.definitions.get(key);
  if (!definition || seen.has(key)) return false;
  seen.add(key);
  return [...symbolsOf(definition)].some((k) => k !== key && (found.has(k) || reachesOther(k, found, gathered, seen)));
}
