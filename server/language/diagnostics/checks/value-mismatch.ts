// Members that conform and whose value is not the true one. Found after the values, off the keystroke path.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { StatementValue } from '../../values/value.js';
import type { Found, ValueCheck } from '../check.js';

export const valueMismatch: ValueCheck = {
  code: 'value-mismatch',
  severity: 'warning',
  find: (values) => [...values].flatMap(([statement, value]) => refutedMembers(statement, value)),
};

const refutedMembers = (statement: CheckedStatement, value: StatementValue): readonly Found[] =>
  value.members.flatMap((verdict, i): readonly Found[] => {
    const candidate = statement.inferred.members[i];
    if (verdict !== 'refuted' || !candidate) return [];
    const data = { kind: 'value' as const, candidate, difference: value.differences[i] };
    return [{ span: statement.place(candidate.expr.span), statement, data }];
  });
