// What one analysis of a document holds: the input, what was inferred, what was found, and the values as far as they are computed. Immutable.
import type { AnalysisSettings, Checked, CheckedStatement } from './analysis/analysis.js';
import type { Finding } from './diagnostics/finding.js';
import type { Severities } from './diagnostics/index.js';
import type { Input } from './input.js';
import type { StatementValue } from './values/value.js';

export interface Settings extends AnalysisSettings {
  readonly severities?: Severities;
  readonly values?: boolean;
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
