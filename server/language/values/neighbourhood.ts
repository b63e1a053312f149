// How far an equation looks around in time or depth: recursions (h_t of h_{t-1}) are unrolled within what it speaks of.
import type { Index, Name } from '../expr.js';

/** The names that an equation mentions, and for each general letter the least and the greatest offset (l - 1 to l + 1). */
export interface Neighbourhood {
  readonly mentioned: ReadonlySet<string>;
  readonly ranges: ReadonlyMap<string, readonly [number, number]>;
  /** The lowest numbered layer or moment that it mentions; undefined if it mentions none. */
  readonly lowest: number | undefined;
}

export function neighbourhoodOf(names: readonly Name[]): Neighbourhood {
  const ranges = new Map<string, readonly [number, number]>();
  for (const index of names.flatMap((n) => [...n.labels, ...n.subs])) {
    if (index.kind !== 'letter') continue;
    const [low, high] = ranges.get(index.name) ?? [0, 0];
    ranges.set(index.name, [Math.min(low, index.offset), Math.max(high, index.offset)]);
  }
  const numbers = names.map(numberOf).filter((n) => n !== undefined);
  return { mentioned: new Set(names.map((n) => n.key)), ranges, lowest: numbers.length > 0 ? Math.min(...numbers) : undefined };
}

/** The number that counts a layer or a moment: 3 of W^{(3)} and x_3. */
function numberOf(name: Name): number | undefined {
  const indices = [...name.labels, ...name.subs];
  const [only] = indices;
  return indices.length === 1 && only?.kind === 'number' ? only.value : undefined;
}

/** What lies more than a layer below all that the equation mentions: nothing in the equation can change it, so it may be anything. */
export function isFarBelow({ lowest }: Neighbourhood, name: Name): boolean {
  const number = numberOf(name);
  return lowest !== undefined && number !== undefined && number < lowest - 1;
}

export function isNear(near: Neighbourhood, name: Name, index: Extract<Index, { kind: 'letter' }>): boolean {
  const [low, high] = near.ranges.get(index.name) ?? [0, 0];
  return near.mentioned.has(name.key) || (low <= index.offset && index.offset <= high);
}

/** A neighbour that the equation does not mention may be meant as given: the h_{t-1} in ∂c_t/∂c_{t-1}. */
export const maybeGiven = (near: Neighbourhood, name: Name): boolean =>
  !near.mentioned.has(name.key) && [...name.labels, ...name.subs].some((i) => i.kind === 'letter' && i.offset !== 0);
