// What lowering to terms collects on its way: the symbols met with their shapes, the ranges of free letters, what is unreadable.
import type { Checked } from '../analysis/analysis.js';
import type { Name } from '../expr.js';
import type { Dim } from '../shapes/dimension.js';
import type { Shape } from '../shapes/shape.js';
import type { Size } from '../term.js';

/** Thrown inside this layer where a formula has no value; caught at its door. `reason` is for the reader. */
export class Unreadable extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

export interface Gathering {
  readonly checked: Checked;
  /** Where the formula stands, for look-ups. */
  readonly position: number;
  readonly variables: Map<string, { readonly name: Name; readonly shape: Shape }>;
  /** Free or bound element letters and the length of their range. */
  readonly letters: Map<string, Dim>;
  /** Letters bound around what is being lowered. */
  readonly bound: ReadonlySet<string>;
  /** Functions that nothing defines, by name. */
  readonly functions: Set<string>;
  /** Letters that stand for a size where they are numbers. */
  readonly isSize: (key: string) => boolean;
}

/** A dimension as the engine takes it. */
export function sizeOf(dim: Dim): Size {
  const [first] = dim.terms;
  if (dim.terms.length === 0) return 0;
  if (dim.terms.length === 1 && first && first.names.length === 0) return first.coefficient;
  return { names: dim.terms.map((t) => ({ coefficient: t.coefficient, factors: t.names })) };
}

export const sizesOf = (shape: Shape): readonly Size[] => shape.dims.map(sizeOf);
