// A factor of order three or more in a product: how it contracts is worth knowing.

import { chosen } from '../../analysis/statements.js';
import { tellingStatements } from '../../analysis/telling.js';
import type { Candidate } from '../../shapes/candidate.js';
import { isTensor } from '../../shapes/shape.js';
import type { Check } from '../check.js';

const inProducts = (members: readonly Candidate[]): readonly Candidate[] =>
  chosen(members)
    .filter((c) => c.rule === 'product' || c.rule === 'chain')
    .flatMap((c) => (c.detail?.kind === 'product' || c.detail?.kind === 'chain' ? c.detail.factors : []));

export const tensorFactor: Check = {
  code: 'tensor-factor',
  severity: 'information',
  find: (checked) =>
    tellingStatements(checked).flatMap((statement) =>
      inProducts(statement.inferred.members).flatMap((candidate) =>
        candidate.shape && isTensor(candidate.shape)
          ? [
              {
                span: statement.place(candidate.expr.span),
                statement,
                data: { kind: 'tensor' as const, candidate, shape: candidate.shape },
              },
            ]
          : [],
      ),
    ),
};
