// What one analysis of a document holds: the input, what was inferred, what was found, and the values as far as they are computed. Immutable.
import type { AnalysisSettings, Checked, CheckedStatement } from './analysis/analysis.js';
import type { Finding } from './diagnostics/finding.js';
import type { Severities } from './diagnostics/index.js';
import type { Difference } from './numeric/index.js';
import type { Verdict } from './report.js';

export interface Input {
  readonly path: string;
  readonly language: 'markdown' | 'latex';
  readonly notebook: boolean;
  /** One, unless a notebook: then one for each cell, '' for cells that are no Markdown. */
  readonly cells: readonly string[];
}

export interface Settings extends AnalysisSettings {
  readonly severities?: Severities;
  readonly values?: boolean;
}

/** Why a value is what it is, as data. */
export type ValueReason =
  | { readonly kind: 'defines'; readonly name: string }
  | { readonly kind: 'update' }
  | { readonly kind: 'single' }
  | { readonly kind: 'shapes-only' }
  | { readonly kind: 'unreadable'; readonly what: string }
  | { readonly kind: 'independent'; readonly of: string; readonly by: string }
  | { readonly kind: 'not-conforming' }
  | { readonly kind: 'assuming'; readonly assumptions: readonly Assumed[] }
  | { readonly kind: 'linear-unit'; readonly fn: string }
  | { readonly kind: 'held'; readonly name: string }
  | { readonly kind: 'redefined'; readonly name: string }
  | { readonly kind: 'no-value'; readonly why: string; readonly detail: string }
  | { readonly kind: 'off' };

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

export interface Analysis {
  readonly input: Input;
  /** All cells, joined. */
  readonly text: string;
  readonly cellStarts: readonly number[];
  readonly settings: Settings;
  readonly checked: Checked;
  readonly findings: readonly Finding[];
  /** Undefined before values were computed. */
  readonly values: ReadonlyMap<CheckedStatement, StatementValue> | undefined;
}
