// A symbol of an equation that nothing determines.
import { chosen } from '../../analysis/statements.js';
import type { Check, Found } from '../check.js';

export const undeclaredSymbol: Check = {
  code: 'undeclared-symbol',
  severity: 'off',
  find: ({ statements }) => {
    const seen = new Set<string>();
    return statements
      .filter((s) => s.statement.members.length > 1)
      .flatMap((statement) =>
        chosen(statement.inferred.members).flatMap(({ expr, rule }): Found[] => {
          if (rule !== 'unknown' || expr.kind !== 'symbol' || seen.has(expr.name.key)) return [];
          seen.add(expr.name.key);
          return [{ span: statement.place(expr.span), statement, data: { kind: 'undeclared', name: expr.name.key } }];
        }),
      );
  },
};
