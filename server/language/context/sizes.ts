// The names of sizes in what is declared: which names stand as dimensions, and which two spellings are one size.
import { type Dim, namesOf, one } from '../shapes/dimension.js';
import { dimensionOf } from '../shapes/dims.js';
import type { Fact } from './facts.js';

/** Names that stand as dimensions in what is declared. */
export function dimensionNames(facts: readonly Fact[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const f of facts) {
    if (f.kind === 'size') out.add(f.name);
    const shapes = f.kind === 'shape' ? [f.shape] : f.kind === 'map' ? [...f.domain, f.codomain] : [];
    for (const s of shapes) for (const d of s.dims) for (const n of d ? namesOf(dimensionOf(d) ?? one) : []) out.add(n);
  }
  return out;
}

/** T is N×2 here and n×2 there: the same size in two spellings. */
export function sizesInTwoCases(facts: readonly Fact[]): ReadonlyMap<string, Dim> {
  const out = new Map<string, Dim>();
  const seen = new Map<string, readonly (Dim | undefined)[]>();
  for (const f of facts) {
    if (f.kind !== 'shape' || f.from === 'directive') continue;
    const dims = f.shape.dims.map((d) => d && dimensionOf(d));
    const before = seen.get(f.name.key);
    seen.set(f.name.key, before ?? dims);
    if (!before || before.length !== dims.length) continue;
    const differing = dims.map((d, i) => [d, before[i]] as const).filter(([a, b]) => a && b && a.key !== b.key);
    const [pair] = differing;
    if (differing.length === 1 && pair?.[0] && pair[1] && pair[0].key.toLowerCase() === pair[1].key.toLowerCase() && dims.length > 1)
      out.set(pair[0].key, pair[1]);
  }
  return out;
}
