// value-mismatch: members that conform and whose value is not the true one. Found after the values, off the keystroke path.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { StatementValue } from '../values/value.js';
import type { Finding } from './finding.js';
import type { Severities } from './index.js';

/** `word` says in what way a value differs. */
export function findValues(values: ReadonlyMap<CheckedStatement, StatementValue>, severities: Severities): readonly Finding[] {
  const severity = severities['value-mismatch'] ?? 'warning';
  if (severity === 'off') return [];
  const out: Finding[] = [];
  for (const [statement, value] of values) {
    value.members.forEach((verdict, i) => {
      const candidate = statement.inferred.members[i];
      if (verdict !== 'refuted' || !candidate) return;
      out.push({
        code: 'value-mismatch',
        severity,
        span: statement.place(candidate.expr.span),
        statement,
        data: { kind: 'value', candidate, difference: value.differences[i] },
      });
    });
  }
  return out;
}
