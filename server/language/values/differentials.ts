// Differentials: which symbols have a free one in an equation. Independent are those not defined through others whose differentials occur.
import type { Problem } from '../numeric/index.js';
import { symbolsOf } from '../numeric/index.js';
import type { Term } from '../term.js';
import type { Gathered } from './problem.js';

function differentiated(value: unknown, out: Set<string>): void {
  if (Array.isArray(value)) {
    for (const v of value) differentiated(v, out);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as { kind?: string; of?: { kind?: string; key?: string } };
  if (node.kind === 'differential' && node.of?.kind === 'variable' && node.of.key) out.add(node.of.key);
  for (const v of Object.values(value)) differentiated(v, out);
}

/** The part of the problem that concerns differentials. */
export function readDifferentials(terms: readonly Term[], gathered: Gathered): Partial<Problem> {
  const found = new Set<string>();
  differentiated(terms, found);
  if (found.size === 0) return {};
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
  const key = left?.kind === 'differential' && left.of.kind === 'variable' ? left.of.key : undefined;
  if (key === undefined) return false;
  const found = new Set<string>();
  differentiated(others, found);
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
