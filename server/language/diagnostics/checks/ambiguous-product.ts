// A product that conforms only when it is grouped against custom: ⊙ before juxtaposition, or columns of one symbol entry by entry.

import { chosen } from '../../analysis/statements.js';
import { tellingStatements, usesSameSymbol } from '../../analysis/telling.js';
import type { Candidate, Grouping } from '../../shapes/candidate.js';
import type { Span } from '../../text.js';
import type { Check, Found } from '../check.js';

export const ambiguousProduct: Check = {
  code: 'ambiguous-product',
  severity: 'hint',
  find: (checked) =>
    tellingStatements(checked).flatMap((statement) =>
      chosen(statement.inferred.members).flatMap((candidate): Found[] => {
        const detail = candidate.detail;
        if (detail?.kind !== 'product' || candidate.conflicts.length > 0) return [];
        const span = statement.place(candidate.expr.span);
        if (usesSameSymbol(detail.tree)) return [{ span, statement, data: { kind: 'same-symbol', candidate } }];
        if (!detail.regrouped) return [];
        return [
          {
            span,
            statement,
            data: { kind: 'grouping', candidate, parentheses: groupsOf(detail.tree, detail.factors).map((s) => statement.place(s)) },
          },
        ];
      }),
    ),
};

const isEntrywise = (tree: Grouping): boolean =>
  !('leaf' in tree) && (tree.product === 'hadamard' || tree.product === 'diagonal' || tree.product === 'quotient');

/** The spans (in the formula) that parentheses would go around: entry-by-entry groups inside other products. */
export function groupsOf(tree: Grouping, factors: readonly Candidate[]): readonly Span[] {
  if ('leaf' in tree) return [];
  const own = [tree.left, tree.right].filter((t) => !isEntrywise(tree) && isEntrywise(t)).map((t) => spanOf(t, factors));
  return [...own, ...groupsOf(tree.left, factors), ...groupsOf(tree.right, factors)];
}

/** The factors behind which a product entry by entry was read that is not written as one. */
export function entrywiseJoints(tree: Grouping): readonly number[] {
  if ('leaf' in tree) return [];
  const own = tree.product === 'elementwise' ? [lastOf(tree.left)] : [];
  return [...own, ...entrywiseJoints(tree.left), ...entrywiseJoints(tree.right)];
}

export const lastOf = (tree: Grouping): number => ('leaf' in tree ? tree.leaf : lastOf(tree.right));

function spanOf(tree: Grouping, factors: readonly Candidate[]): Span {
  if ('leaf' in tree) return (factors[tree.leaf] as Candidate).expr.span;
  return { start: spanOf(tree.left, factors).start, end: spanOf(tree.right, factors).end };
}
