// Where an expression is evaluated and what comes of it: the scene, the values, and how those of several operands are combined.
import type { Expr } from '../../../server/language/expr.js';
import type { Layout } from '../arrange.js';
import type { NdArray } from '../arrays.js';
import type { World } from '../world.js';

/** What the oracle does not understand: the mutant is left out. */
export class Unsupported extends Error {}

export interface Value {
  readonly array: NdArray;
  /** Only a lenient reading gives it: broadcasting, a product of vectors in one symbol. */
  readonly lenient: boolean;
  /** A literal number, or made of such: acts entry-wise beside an array. */
  readonly literal?: boolean;
  readonly derivative?: boolean;
}

export type Values = readonly Value[];

export interface Scene {
  readonly world: World;
  readonly layout: Layout;
  readonly overrides: ReadonlyMap<string, NdArray>;
  readonly memo: Map<string, NdArray>;
  readonly letters: ReadonlyMap<string, number>;
  /** Symbols with a differential of their own in the statement. */
  readonly moving: ReadonlySet<string>;
  /** What came to light on the way: `independent` where a derivative is zero because nothing depends. */
  readonly notes?: Set<string>;
}

/** A scene as the interpreter hands it on: with the interpreter itself, for the parts of an expression. */
export interface Running extends Scene {
  readonly evaluate: (e: Expr, s: Running) => Values;
}

/** The most values that are followed. */
export const cap = 40;

export const sure = (array: NdArray | undefined): Values => (array ? [{ array, lenient: false }] : []);

/** What a function makes of the values of several operands, each with each. */
export function each(lists: readonly Values[], f: (arrays: readonly NdArray[]) => readonly NdArray[]): Values {
  const out: Value[] = [];
  const go = (i: number, arrays: readonly NdArray[], lenient: boolean): void => {
    if (out.length >= cap) return;
    if (i === lists.length) for (const array of f(arrays)) out.push({ array, lenient });
    else for (const v of lists[i] as Values) go(i + 1, [...arrays, v.array], lenient || v.lenient);
  };
  go(0, [], false);
  return out;
}

export const some = (...arrays: readonly (NdArray | undefined)[]): readonly NdArray[] =>
  arrays.filter((a): a is NdArray => a !== undefined);
