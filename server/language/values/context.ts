// What lowering to terms collects on its way: the symbols met with their shapes, the ranges of free letters, what is unreadable.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import type { Definition } from '../analysis/definitions.js';
import type { Name } from '../expr.js';
import type { Candidate } from '../shapes/candidate.js';
import type { Dim } from '../shapes/dimension.js';
import type { Shape } from '../shapes/shape.js';
import type { Assumption, Size, Term } from '../term.js';

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
  readonly signs: Signs;
}

/** What notation means whose readings have one and the same shape; the first is each sign's custom. */
export interface Signs {
  readonly dagger: 'pseudo-inverse' | 'transpose';
  /** A square matrix by a number in denominator layout: turned by the table, or kept as most write it. */
  readonly bySquare: 'turned' | 'kept';
}

export const customarySigns: Signs = { dagger: 'pseudo-inverse', bySquare: 'turned' };

/** A dimension as the engine takes it. */
export function sizeOf(dim: Dim): Size {
  const known = sizes.get(dim);
  if (known !== undefined) return known;
  const size = newSize(dim);
  sizes.set(dim, size);
  return size;
}

const sizes = new WeakMap<Dim, Size>();

function newSize(dim: Dim): Size {
  const [first] = dim.terms;
  if (dim.terms.length === 0) return 0;
  if (dim.terms.length === 1 && first && first.names.length === 0) return first.coefficient;
  return { names: dim.terms.map((t) => ({ coefficient: t.coefficient, factors: t.names })) };
}

export const sizesOf = (shape: Shape): readonly Size[] => shape.dims.map(sizeOf);

export interface Gathered {
  readonly variables: Map<string, { readonly name: Name; readonly shape: Shape }>;
  readonly definitions: Map<string, Term>;
  readonly letters: Map<string, Dim>;
  readonly functions: Set<string>;
  /** The statements that the definitions stand in. */
  readonly used: Set<Definition>;
  /** Defined symbols that may be meant as given: neighbours in time or depth that the equation does not mention. */
  readonly given: Set<string>;
}

/** What a definition says, with what lowering it gathered. */
export interface LoweredBody extends Pick<Gathered, 'variables' | 'letters' | 'functions'> {
  readonly body: Candidate;
  /** Undefined where it has none. */
  readonly term?: Term;
}

/** What values need of a whole document, computed once. */
export interface Values {
  readonly checked: Checked;
  readonly byStatement: ReadonlyMap<Definition['statement'], CheckedStatement>;
  readonly sizeNames: ReadonlySet<string>;
  /** Lists of definitions of one name: by base, and of entries by the base without font and case. */
  readonly byBase: ReadonlyMap<string, readonly (readonly Definition[])[]>;
  /** Names that equations give on their right side. */
  readonly named: ReadonlyMap<string, readonly Definition[]>;
  readonly entries: ReadonlyMap<string, readonly (readonly Definition[])[]>;
  /** What a statement defines; of several statements with one tree, the first. */
  readonly definedBy: ReadonlyMap<Definition['statement'], Definition>;
  /** What is assumed of symbols, by key, as far as it was asked for. */
  readonly assumptions: Map<string, readonly Assumption[]>;
  /** The bodies of definitions that were lowered already. */
  readonly bodies: Map<Definition, readonly LoweredBody[]>;
  /** Custom's unless given. */
  readonly signs?: Signs;
}
