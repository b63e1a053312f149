// A term that conforms only because two different sizes have the same number.
import type { Check } from '../check.js';

export const coincidence: Check = {
  code: 'coincidence',
  severity: 'hint',
  find: (checked) =>
    checked.statements.flatMap((statement) =>
      (statement.coincidences ?? []).map(({ candidate, dims, value }) => ({
        span: statement.place(candidate.expr.span),
        data: { kind: 'coincidence' as const, candidate, dims, value },
        statement,
      })),
    ),
};
