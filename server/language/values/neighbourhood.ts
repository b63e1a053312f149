// How far an equation looks around in time or depth: recursions (h_t of h_{t-1}) are unrolled within what it speaks of.
import type { Index, Name } from '../expr.js';

/** The names that an equation mentions, and for each general letter the least and the greatest offset (l - 1 to l + 1). */
export interface Neighbourhood {
  readonly mentioned: ReadonlySet<string>;
  readonly ranges: ReadonlyMap<string, readonly [number, number]>;
}

export function neighbourhoodOf(names: readonly Name[]): Neighbourhood {
  const ranges = new Map<string, readonly [number, number]>();
  for (const index of names.flatMap((n) => [...n.labels, ...n.subs])) {
    if (index.kind !== 'letter') continue;
    const [low, high] = ranges.get(index.name) ?? [0, 0];
    ranges.set(index.name, [Math.min(low, index.offset), Math.max(high, index.offset)]);
  }
  return { mentioned: new Set(names.map((n) => n.key)), ranges };
}

export function isNear(near: Neighbourhood, name: Name, index: Extract<Index, { kind: 'letter' }>): boolean {
  const [low, high] = near.ranges.get(index.name) ?? [0, 0];
  return near.mentioned.has(name.key) || (low <= index.offset && index.offset <= high);
}

/** A neighbour that the equation does not mention may be meant as given: the h_{t-1} in ∂c_t/∂c_{t-1}. */
export const maybeGiven = (near: Neighbourhood, name: Name): boolean =>
  !near.mentioned.has(name.key) && [...name.labels, ...name.subs].some((i) => i.kind === 'letter' && i.offset !== 0);
