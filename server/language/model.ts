// What one analysis of a document holds: the input, what was inferred, what was found, and the values as far as they are computed. Immutable.
import type { AnalysisSettings, Checked, CheckedStatement } from './analysis/analysis.js';
import type { Finding } from './diagnostics/finding.js';
import type { Severities } from './diagnostics/index.js';
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

/** The verdict on a statement, member for member. */
export interface StatementValue {
  readonly verdict: Verdict;
  /** Why unchecked, or the assumption under which it is verified. */
  readonly reason: string | undefined;
  readonly members: readonly Verdict[];
  /** For refuted members: in what way they differ, in words. */
  readonly differences: readonly (string | undefined)[];
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
