// An addend that was read as added to every row, every column or every entry.

import { chosen } from '../../analysis/statements.js';
import { tellingStatements } from '../../analysis/telling.js';
import type { Check, Found } from '../check.js';

export const broadcast: Check = {
  code: 'broadcast',
  severity: 'information',
  find: (checked) =>
    tellingStatements(checked).flatMap((statement) =>
      chosen(statement.inferred.members).flatMap((candidate): Found[] => {
        const detail = candidate.detail;
        const { shape } = candidate;
        if (detail?.kind !== 'sum' || !shape || candidate.conflicts.length > 0) return [];
        return candidate.parts.flatMap((part, i) => {
          const how = detail.broadcast[i];
          return how && how !== 'literal'
            ? [{ span: statement.place(part.expr.span), statement, data: { kind: 'broadcast' as const, candidate: part, to: shape, how } }]
            : [];
        });
      }),
    ),
};
