// The names of sizes in what is declared: which names stand as dimensions, and which two spellings are one size.
import { type Dim, nameOf, namesOf, one } from '../shapes/dimension.js';
import { dimensionOf } from '../shapes/dims.js';
import type { Fact } from './facts.js';
import { matchIndices } from './resolve.js';

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

/** Of a^{(0)} = x, a^{(l)} with n_l entries and x with d of them: n_0 is d. */
export function sizesOfInstances(facts: readonly Fact[]): ReadonlyMap<string, Dim> {
  const out = new Map<string, Dim>();
  const shapes = facts.filter((f) => f.kind === 'shape');
  for (const f of facts) {
    if (f.kind !== 'same-array') continue;
    const stated = shapes.filter((s) => s.name.key === f.as.key);
    const other = stated.filter((s) => s.span.start < f.span.start).at(-1) ?? stated[0];
    const family = shapes.find((s) => s.name.base === f.numbered.base && matchIndices(s.name, f.numbered)?.size === 1);
    const bindings = family && matchIndices(family.name, f.numbered);
    if (!other || !family || !bindings || other.shape.dims.length !== family.shape.dims.length) continue;
    family.shape.dims.forEach((d, i) => {
      const own = d && dimensionOf(d, bindings);
      const written = d && dimensionOf(d);
      const same = other.shape.dims[i] && dimensionOf(other.shape.dims[i]);
      if (own && same && written && own.key !== written.key && nameOf(own) !== undefined && own.key !== same.key) out.set(own.key, same);
    });
  }
  return out;
}
