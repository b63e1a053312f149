// Coincidences: what conforms only because two different sizes have the same number. Named sizes with numbers are put in where
// names alone do not fit; the equal layers of a network are given names, and what then no longer fits is told.
import type { Fact } from '../context/facts.js';
import type { Expr } from '../expr.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { type Dim, dimName, dimNumber, nameOf, substitute } from '../shapes/dimension.js';
import { cols, isTensor, rows, type Shape } from '../shapes/shape.js';
import { chosen, conflictsOf, type Inferred } from './statements.js';

export interface Coincidence {
  readonly candidate: Candidate;
  /** The two sizes, and the number that both have. */
  readonly dims: readonly [string, string];
  readonly value: string;
}

export type Sizes = ReadonlyMap<string, Dim>;

/** The sizes that have numbers, as dimensions. */
export const sizesAsDims = (sizes: ReadonlyMap<string, number>): Sizes => new Map([...sizes].map(([name, n]) => [name, dimNumber(n)]));

/** The conflicts of `generic` that vanish when the sizes have their numbers, told of the same terms in `inferred`. */
export function coincidencesIn(generic: Inferred, inferred: Inferred, sizes: Sizes): readonly Coincidence[] {
  if (conflictsOf(generic).length === 0) return [];
  const terms = new Map(chosen(inferred.members).map((c) => [c.expr, c]));
  return conflictsOf(generic).flatMap((conflict) => {
    const met = meeting(conflict)?.find(([a, b]) => a.key !== b.key && substitute(a, sizes).key === substitute(b, sizes).key);
    const candidate = terms.get(termOf(conflict));
    // A size and its own number are no coincidence.
    if (!met || !candidate || met.some((d) => nameOf(d) === undefined)) return [];
    return [{ candidate, dims: [met[0].key, met[1].key] as const, value: substitute(met[0], sizes).key }];
  });
}

/** The term that a conflict is about. */
const termOf = (c: Conflict): Expr => ('product' in c ? c.product : 'chain' in c ? c.chain : c.expr);

/** The pairs of dimensions that should be equal for a conflict not to be one. */
function meeting(conflict: Conflict): readonly (readonly [Dim, Dim])[] | undefined {
  switch (conflict.code) {
    case 'product-mismatch': {
      const [a, b] = conflict.shapes;
      return isTensor(a) || isTensor(b) ? undefined : [[cols(a), rows(b)]];
    }
    case 'hadamard-mismatch':
    case 'sum-mismatch':
    case 'equation-mismatch':
      return pairwise(...conflict.shapes);
    default:
      return undefined;
  }
}

const pairwise = (a: Shape, b: Shape): readonly (readonly [Dim, Dim])[] | undefined =>
  a.dims.length === b.dims.length ? a.dims.map((d, i) => [d, b.dims[i] as Dim] as const) : undefined;

export interface Generic {
  readonly facts: readonly Fact[];
  readonly sizes: Sizes;
}

/** The facts with names in place of the numbers that several layers of a network share; undefined where none do. */
export function genericFacts(facts: readonly Fact[]): Generic | undefined {
  const sizes = new Map<string, Dim>();
  const named = facts.map((fact): Fact => {
    if (fact.kind !== 'network') return fact;
    const layers = fact.layers.map((size, i) => {
      if (typeof size !== 'number' || fact.layers.indexOf(size) === fact.layers.lastIndexOf(size)) return size;
      const name = layerName(i + (fact.first ?? 0));
      sizes.set(name, dimNumber(size));
      return name;
    });
    return { ...fact, layers };
  });
  return sizes.size > 0 ? { facts: named, sizes } : undefined;
}

const layerName = (layer: number): string => dimName(layer > 9 ? `n_{${layer}}` : `n_${layer}`).key;
