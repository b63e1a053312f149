// The primitive operations on arrays and what a rule of differentiation for one looks like. Types only.
// Every construct of a Term is composed of these; they are closed under differentiation, so derivatives nest.
import type { NdArray, Places } from './array.js';
import type { ScalarFunction } from './elementwise.js';
import type { MatrixFunction } from './linear-algebra.js';

/** What is computed with: an array, or an array that is being differentiated at some level (levels nest, 1 is the outermost). */
export type Value = NdArray | Dual | Traced;

/** Forward mode: a value with its derivative in one direction, ε of this level (Griewank & Walther 2008, ch. 3). */
export interface Dual {
  readonly level: number;
  readonly dims: readonly number[];
  readonly primal: Value;
  readonly tangent: Value;
}

/** Reverse mode: a value with its place on the tape of this level. */
export interface Traced {
  readonly level: number;
  readonly dims: readonly number[];
  readonly primal: Value;
  readonly tape: Tape;
  readonly node: number;
}

/** What was computed from what, in order. Leaves, the variables, have no operation. */
export interface Tape {
  readonly entries: TapeEntry[];
}

export interface TapeEntry {
  readonly operation: OperationName | undefined;
  readonly inputs: readonly Value[];
  /** The input's place on the tape, -1 for constants. */
  readonly nodes: readonly number[];
  readonly parameter: unknown;
  readonly output: Value;
}

/** The operations with their constant parameters. All are functions of their inputs in the order that is noted. */
export interface Parameters {
  /** a + b, broadcasting (as the next three). */
  add: null;
  subtract: null;
  multiply: null;
  divide: null;
  /** a times the number. */
  scale: number;
  /** a · b of matrices. */
  matmul: null;
  transpose: null;
  /** To other dims, in row-major order. */
  reshape: readonly number[];
  /** out[k] = a[places[k]]; 0 for -1. */
  gather: { readonly places: Places; readonly dims: readonly number[] };
  /** out[places[k]] += a[k]. */
  scatter: { readonly places: Places; readonly dims: readonly number[] };
  /** The k-th entry of input i goes to places[i][k]. */
  assemble: { readonly places: readonly Places[]; readonly dims: readonly number[] };
  /** Sums over what broadcasting repeats, to these dims. */
  sumTo: readonly number[];
  broadcastTo: readonly number[];
  /** A derivative of f entry by entry. Throws `kink` within `tolerance` of one. */
  elementwise: { readonly fn: ScalarFunction; readonly order: number; readonly tolerance: number };
  /** t^p entry by entry. */
  power: number;
  /** a^b entry by entry, a positive, broadcasting. */
  raise: null;
  inverse: null;
  pseudoInverse: null;
  determinant: null;
  /** Throws `domain` for determinants that are not positive. */
  logDeterminant: null;
  matrixFunction: MatrixFunction;
  /** The unit eigenvector of a symmetric matrix for its largest eigenvalue. */
  leadingEigenvector: null;
}

export type OperationName = keyof Parameters;

/** The operations as functions. Rules are written in them, so that a derivative can be differentiated again. */
export interface Algebra {
  readonly apply: <K extends OperationName>(operation: K, inputs: readonly Value[], parameter: Parameters[K]) => Value;
  readonly add: (a: Value, b: Value) => Value;
  readonly subtract: (a: Value, b: Value) => Value;
  readonly multiply: (a: Value, b: Value) => Value;
  readonly divide: (a: Value, b: Value) => Value;
  readonly scale: (a: Value, factor: number) => Value;
  readonly matmul: (a: Value, b: Value) => Value;
  readonly transpose: (a: Value) => Value;
  readonly reshape: (a: Value, dims: readonly number[]) => Value;
  readonly gather: (a: Value, places: Places, dims: readonly number[]) => Value;
  readonly scatter: (a: Value, places: Places, dims: readonly number[]) => Value;
  readonly assemble: (inputs: readonly Value[], places: readonly Places[], dims: readonly number[]) => Value;
  readonly sumTo: (a: Value, dims: readonly number[]) => Value;
  readonly broadcastTo: (a: Value, dims: readonly number[]) => Value;
  readonly power: (a: Value, exponent: number) => Value;
  readonly inverse: (a: Value) => Value;
  readonly pseudoInverse: (a: Value) => Value;
}

export type Kernels = { readonly [K in OperationName]: (inputs: readonly NdArray[], parameter: Parameters[K]) => NdArray };

/**
 * The derivative of an operation in the direction of the tangents; an input without one is constant (not all are).
 * `output` is the operation's value at the inputs.
 */
export type JvpRule<K extends OperationName> = (
  o: Algebra,
  inputs: readonly Value[],
  tangents: readonly (Value | undefined)[],
  parameter: Parameters[K],
  output: Value,
) => Value;
export type JvpRules<K extends OperationName = OperationName> = { readonly [Name in K]: JvpRule<Name> };

/** The transpose of the derivative, applied to the output's cotangent: one for each input that is wanted (`wanted[i]` ≥ 0). */
export type VjpRule<K extends OperationName> = (
  o: Algebra,
  inputs: readonly Value[],
  cotangent: Value,
  parameter: Parameters[K],
  output: Value,
  wanted: readonly number[],
) => readonly (Value | undefined)[];
export type VjpRules<K extends OperationName = OperationName> = { readonly [Name in K]: VjpRule<Name> };
