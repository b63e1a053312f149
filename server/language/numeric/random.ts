// Seeded random numbers: a stream for every name and seed, so that no draw depends on the order of the others.

export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): uniform in [0, 1). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A stream of its own for each name (FNV-1a of the name and the seed). */
export function randomFor(name: string, seed: number): Random {
  let hash = 0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const next = random(hash);
  next();
  return next;
}

export const between = (next: Random, low: number, high: number): number => low + (high - low) * next();

/** Of order one, away from zero, of either sign. */
export const signed = (next: Random): number => (next() < 0.5 ? -1 : 1) * between(next, 0.25, 1.5);
