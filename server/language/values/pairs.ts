// Which symbols an equation differentiates by which.
import { children, targetsOf } from '../numeric/index.js';
import type { Term } from '../term.js';

/** For each symbol that is differentiated, in part or whole, the symbols that it is differentiated by. */
export function derivativePairs(terms: readonly Term[]): Map<string, Set<string>> {
  const pairs = new Map<string, Set<string>>();
  for (const term of terms) collectPairs(term, pairs);
  return pairs;
}

/** The symbol that a numerator is, or is a part of. */
export function symbolOf(term: Term): string | undefined {
  if (term.kind === 'variable') return term.key;
  return term.kind === 'element' || term.kind === 'transpose' || term.kind === 'vec' ? symbolOf(term.term) : undefined;
}

function collectPairs(term: Term, pairs: Map<string, Set<string>>): void {
  if (term.kind === 'derivative' || term.kind === 'gradient') {
    const u = symbolOf(term.of);
    for (const { key } of targetsOf(term)) {
      if (u === undefined || u === key) continue;
      const known = pairs.get(u);
      if (known) known.add(key);
      else pairs.set(u, new Set([key]));
    }
  }
  for (const child of children(term)) collectPairs(child, pairs);
}
