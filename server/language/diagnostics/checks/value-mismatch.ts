// Members that conform and whose value is not the true one. Found after the values, off the keystroke path.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { StatementValue } from '../../values/value.js';
import type { Found, ValueCheck } from '../check.js';
import { refutedBySum } from '../refuted-sum.js';

export const valueMismatch: ValueCheck = {
  code: 'value-mismatch',
  severity: 'warning',
  find: (values) =>
    [...values].flatMap(([statement, value]) =>
      refutedMembers(statement, value).filter(({ data }) => !refutedBySum(values, data.candidate)),
    ),
};

type OfValue = Found & { readonly data: Extract<Found['data'], { kind: 'value' }> };

const refutedMembers = (statement: CheckedStatement, value: StatementValue): readonly OfValue[] =>
  value.members.flatMap((verdict, i): readonly OfValue[] => {
    const candidate = statement.inferred.members[i];
    if (verdict !== 'refuted' || !candidate) return [];
    const data = { kind: 'value' as const, candidate, difference: value.differences[i] };
    return [{ span: statement.place(candidate.expr.span), statement, data }];
  });
