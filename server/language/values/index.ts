// The door of the value layer: verdicts for all statements of a document, one at a time.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import { prepare } from './problem.js';
import type { StatementValue } from './value.js';
import { verdictOf } from './verdict.js';

/** Yields after each statement; returns the verdicts of all. Only statements that `wanted` names are evaluated. */
export function* valuesOf(
  checked: Checked,
  wanted: (s: CheckedStatement) => boolean,
): Generator<undefined, ReadonlyMap<CheckedStatement, StatementValue>> {
  const values = prepare(checked);
  const out = new Map<CheckedStatement, StatementValue>();
  for (const s of checked.statements) {
    if (!wanted(s)) continue;
    out.set(s, verdictOf(values, s));
    yield undefined;
  }
  return out;
}
