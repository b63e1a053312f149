// What derivatives in an equation depend on: whether one says nothing, and which defined symbols may be meant as held fixed in it.
import { dependsOn, type Problem, reachOf, symbolsOf } from '../../numeric/index.js';
import type { Term } from '../../term.js';
import type { Gathered } from '../problem.js';
import type { ValueReason } from '../value.js';

/**
 * A derivative of what does not depend on its variable says nothing: of a chain's links, the one that nothing defines is named. What the
 * equation means by its symbols counts as if it stood there, so that two zeros are not taken for agreement.
 */
export function independent(problem: Problem, terms: readonly Term[]): ValueReason | undefined {
  const meant = new Set<string>();
  for (const term of terms) {
    for (const key of symbolsOf(term)) {
      if (meant.has(key)) continue;
      meant.add(key);
      for (const reached of reachOf(problem, key)) meant.add(reached);
    }
  }
  const stated = terms.map((term) => (term.kind === 'transpose' ? term.term : term));
  for (const key of meant) stated.push(...symbolDerivative(problem.definitions.get(key)));
  for (const term of stated) {
    if (term.kind !== 'derivative' && term.kind !== 'gradient') continue;
    const target = term.kind === 'derivative' ? term.by[0] : term.by;
    if (target && !dependsOn(problem, term.of, target.key))
      return { kind: 'independent', of: term.of.kind === 'variable' ? term.of.key : 'it', by: target.key };
  }
  return undefined;
}

/** The derivative of a symbol that a definition is. */
function symbolDerivative(definition: Term | undefined): readonly Term[] {
  const inner = definition?.kind === 'transpose' ? definition.term : definition;
  return (inner?.kind === 'derivative' || inner?.kind === 'gradient') && inner.of.kind === 'variable' ? [inner] : [];
}

const mostHeld = 10;

/** Defined symbols that may be meant as fixed: those that the equation speaks of and does not differentiate, and its neighbours. */
export function heldCandidates(gathered: Gathered, terms: readonly Term[]): readonly string[] {
  const tops = new Set<string>();
  collectTops(terms, tops);
  if (tops.size === 0) return [];
  const mentioned = new Set(terms.flatMap((t) => [...symbolsOf(t)]));
  collectTops([...gathered.definitions.values()], tops);
  return [...gathered.definitions.keys()].filter((k) => gathered.given.has(k) || (mentioned.has(k) && !tops.has(k))).slice(0, mostHeld);
}

/** Whether some derivative is of what no longer depends on its variable: with both sides zero anything holds. */
export function severs(problem: Problem, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((v) => severs(problem, v));
  if (value === null || typeof value !== 'object') return false;
  const term = value as Term;
  if (term.kind === 'derivative' || term.kind === 'gradient') {
    const targets = term.kind === 'derivative' ? term.by : [term.by];
    if (targets.some((t) => !dependsOn(problem, term.of, t.key))) return true;
  }
  return Object.values(value).some((v) => severs(problem, v));
}

/** Symbols that stand in the numerator of a derivative. */
function collectTops(value: unknown, out: Set<string>): void {
  if (Array.isArray(value)) {
    for (const v of value) collectTops(v, out);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as { kind?: string; of?: unknown };
  if ((node.kind === 'derivative' || node.kind === 'gradient') && node.of) for (const k of symbolsOf(node.of as Term)) out.add(k);
  for (const v of Object.values(value)) collectTops(v, out);
}
