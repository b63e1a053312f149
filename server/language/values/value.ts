// What is said of a statement's value, as data: the verdict, member for member, and why. Worded in `present`.
import type { Difference } from '../numeric/index.js';
import type { Verdict } from '../report.js';
import type { Assumption } from '../term.js';
import type { Generic } from './dependence.js';

/** Why a value is what it is, as data. */
export type ValueReason =
  | { readonly kind: 'defines'; readonly name: string }
  | { readonly kind: 'update' }
  /** It states a condition or names a value. */
  | { readonly kind: 'condition' }
  /** dW is a name for a gradient. */
  | { readonly kind: 'gradient-name' }
  | { readonly kind: 'single' }
  | { readonly kind: 'shapes-only' }
  | { readonly kind: 'unreadable'; readonly what: string }
  | { readonly kind: 'independent'; readonly of: string; readonly by: string }
  | { readonly kind: 'not-conforming' }
  | { readonly kind: 'assuming'; readonly assumptions: readonly Assumed[] }
  /** What the document supposes (if A is symmetric). */
  | { readonly kind: 'supposing'; readonly supposed: readonly Supposed[] }
  /** Indices that stand twice are summed. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'linear-unit'; readonly fn: string }
  /** Symbols without a formula are taken for generic smooth functions. */
  | { readonly kind: 'generic'; readonly generics: readonly Generic[] }
  | { readonly kind: 'held'; readonly name: string }
  /** At a kink any value of the subdifferential is accepted. */
  | { readonly kind: 'kink' }
  /** The entries of a target add up to one. */
  | { readonly kind: 'target'; readonly names: readonly string[] }
  | { readonly kind: 'redefined'; readonly name: string }
  | { readonly kind: 'no-value'; readonly why: string; readonly detail: string }
  | { readonly kind: 'off' };

/** A symbol is taken to be what the document supposes of it. */
export interface Supposed {
  readonly name: string;
  readonly assumptions: readonly Assumption[];
}

/** A function is taken for something that the document does not say. */
export interface Assumed {
  readonly fn: string;
  readonly as: string;
}

/** The verdict on a statement, member for member. */
export interface StatementValue {
  readonly verdict: Verdict;
  /** Why unchecked, or the assumption under which it is verified. */
  readonly reason: ValueReason | undefined;
  readonly members: readonly Verdict[];
  /** For refuted members: in what way they differ from the true value. */
  readonly differences: readonly (Difference | undefined)[];
}
