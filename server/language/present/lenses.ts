// Code lenses: one short line over an equation whose value was decided or that does not conform.
import type { CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf } from '../analysis/statements.js';
import type { Analysis } from '../model.js';
import type { LensReport } from '../report.js';
import type { StatementValue } from '../values/value.js';
import { wordReason } from './values.js';

export function lensesOf(analysis: Analysis): readonly LensReport[] {
  return analysis.checked.statements.flatMap((s) => {
    const title = s.statement.members.length > 1 ? titleOf(s, analysis.values?.get(s)) : undefined;
    return title ? [{ span: s.place(s.statement.span), title }] : [];
  });
}

function titleOf(s: CheckedStatement, value: StatementValue | undefined): string | undefined {
  if (conflictsOf(s.inferred).some((c) => c.solid)) return '✗ does not conform';
  if (value?.verdict === 'verified') return value.reason ? `✓ verified, ${wordReason(value.reason)}` : '✓ verified';
  return value?.verdict === 'refuted' ? '✗ conforms, but the value is wrong' : undefined;
}
