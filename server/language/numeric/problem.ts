// What is to be computed: sizes, symbols, definitions; and what a concrete assignment of values to it offers. Computes nothing but sizes.
import type { Assumption, Elementwise, Size, Term } from '../term.js';
import { DomainError, type NdArray } from './array.js';

export interface Variable {
  /** [] for a scalar, [n, 1] for a column, [1, n] for a row, more for tensors. */
  readonly dims: readonly Size[];
  readonly assumptions: readonly Assumption[];
}

/** Must not be changed once it was evaluated: what was computed for it is kept by identity. */
export interface Problem {
  /** Numbers for the names in sizes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Symbols that have a shape. A definition goes before the declaration. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly definitions: ReadonlyMap<string, Term>;
  /** What functions written as open (`kind: 'open'`) are taken for; those without an entry are random and smooth. */
  readonly functions: ReadonlyMap<string, Elementwise | 'open'>;
  /** Defined symbols that do not move when what they are defined by does. */
  readonly held: ReadonlySet<string>;
  /** Symbols whose differentials are free directions. */
  readonly differentials: ReadonlySet<string>;
  /** Values that are given and not drawn. */
  readonly values?: ReadonlyMap<string, NdArray>;
}

/** A problem from the parts that are not empty. */
export function problemOf(parts: Partial<Problem>): Problem {
  const none = new Map<string, never>();
  return { sizes: none, variables: none, definitions: none, functions: none, held: new Set(), differentials: new Set(), ...parts };
}

/** In `unit` mode what is free lies between 0 and 1 (square matrices dominated by their diagonal), so that logs and roots have a value. */
export type DrawMode = 'general' | 'unit';

/** A concrete assignment. Every value depends on the seed and the key alone. */
export interface Point {
  readonly seed: number;
  readonly mode: DrawMode;
  /** Throws `missing` for a key without declaration. */
  readonly value: (key: string) => NdArray;
  /** The differential of a symbol with that value: a random direction that keeps what is assumed. */
  readonly direction: (key: string, at: NdArray) => NdArray;
}

/** Throws `missing` where a name has no number, `sizes` where the result is no positive whole number. */
export function sizeValue(sizes: ReadonlyMap<string, number>, size: Size): number {
  const value = typeof size === 'number' ? size : polynomialValue(sizes, size);
  if (!Number.isInteger(value) || value < 1) throw new DomainError('sizes', String(value));
  return value;
}

function polynomialValue(sizes: ReadonlyMap<string, number>, size: Exclude<Size, number>): number {
  let sum = 0;
  for (const { coefficient, factors } of size.names) {
    let product = coefficient;
    for (const factor of factors) {
      const value = sizes.get(factor);
      if (value === undefined) throw new DomainError('missing', factor);
      product *= value;
    }
    sum += product;
  }
  return sum;
}

export function dimsValue(sizes: ReadonlyMap<string, number>, dims: readonly Size[]): readonly number[] {
  return dims.map((dim) => sizeValue(sizes, dim));
}
