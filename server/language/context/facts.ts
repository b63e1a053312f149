// What a document states about its symbols, as data: found by the readers of directives, mathematics and prose,
// gathered into an environment. Spans are of the document.
import type { Expr, Name } from '../expr.js';
import type { Assumption, Layout } from '../term.js';
import type { Span } from '../text.js';

export type Source = 'directive' | 'declaration' | 'prose' | 'network' | 'definition' | 'use';

/**
 * A shape as written: [] is a scalar, one dimension a column vector, two a matrix (`[1, n]` a row), three and more a tensor.
 * Dimensions are expressions (`n_{l-1}`, `3`, `n+1`), so that families can be instantiated. A missing one is unknown (a "row vector" of no stated length).
 */
export interface ShapeExpr {
  readonly dims: readonly (Expr | undefined)[];
}

export type Fact = { readonly span: Span } & (
  | { readonly kind: 'shape'; readonly name: Name; readonly shape: ShapeExpr; readonly from: Source }
  /** "the same shape as W": of one symbol from another. */
  | { readonly kind: 'same-shape'; readonly name: Name; readonly as: Name; readonly from: Source }
  /** a^{(0)} = x: a numbered symbol and another one are the same array. */
  | { readonly kind: 'same-array'; readonly numbered: Name; readonly as: Name }
  /** f : ℝⁿ → ℝᵐ. */
  | {
      readonly kind: 'map';
      readonly name: Name;
      readonly domain: readonly ShapeExpr[];
      readonly codomain: ShapeExpr;
      readonly from: Source;
    }
  /** σ is the logistic function; `meaning` is a known name ('sigmoid', 'tanh', 'relu', 'softmax', 'element-wise', …) or an expression in t. */
  | { readonly kind: 'function'; readonly name: string; readonly meaning: string; readonly axis?: 'rows' | 'columns' }
  | { readonly kind: 'assumption'; readonly name: Name; readonly assumptions: readonly Assumption[] }
  /** "if A is symmetric", (A = Aᵀ): an equation may hold under it, nothing is refuted by it. */
  | { readonly kind: 'supposition'; readonly name: Name; readonly assumptions: readonly Assumption[] }
  /**
   * Layer sizes from the input on; `first` is the input layer's index where it is stated. `settings` are a directive's,
   * `said` what the sentence about the network names besides (activations, loss).
   */
  | {
      readonly kind: 'network';
      readonly layers: readonly (number | string)[];
      readonly first?: 0 | 1;
      readonly settings?: NetworkSettings;
      readonly said?: NetworkSettings;
    }
  /** `layouts` that the words allow, the first by custom; `whole`: stated for the document by a directive or settings. */
  | { readonly kind: 'layout'; readonly layouts: readonly Layout[]; readonly whole?: boolean }
  | { readonly kind: 'habit'; readonly habit: 'columns' | 'rows-are-samples' | 'columns-are-samples' | 'row-vectors' | 'row-gradients' }
  /** "dW denotes the derivative of L by W", "a bar denotes …": `prefix` is `d`, `\bar`, `\delta`. */
  | { readonly kind: 'gradient-name'; readonly prefix: string; readonly of: string }
  /** "mini-batches of size B": the number of samples in a batch. */
  | { readonly kind: 'batch'; readonly size: Expr }
  /** n = 3, "B = 32 samples": a number for a named dimension. */
  | { readonly kind: 'size'; readonly name: string; readonly value: number }
);

export interface NetworkSettings {
  readonly hidden?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly seed?: number;
  readonly weights?: unknown;
  readonly biases?: unknown;
  readonly x?: readonly number[];
  readonly y?: readonly number[];
}
