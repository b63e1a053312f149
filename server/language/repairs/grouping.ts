// Parentheses that say how a product was read, and ⊙ where a product of columns was read entry by entry.
import type { CheckedStatement } from '../analysis/analysis.js';
import { chosen } from '../analysis/statements.js';
import { entrywiseJoints, groupsOf, lastOf } from '../diagnostics/checks/ambiguous-product.js';
import type { Fix } from '../report.js';
import type { Candidate, Grouping } from '../shapes/candidate.js';
import type { Span } from '../text.js';
import { offer } from './offer.js';
import type { Proposal, Rewrite } from './rewrite.js';
import type { Bench, Judge } from './trial.js';

export const asRead = (bench: Bench, candidate: Candidate, judge: Judge | undefined): readonly Fix[] =>
  offer(
    {
      bench,
      target: undefined,
      judge,
      most: 1,
      readings: 2,
      judgements: 2,
      also: (t) => !chosen(t.inferred.members).some((c) => isOpen(c) && c.expr.id === candidate.expr.id),
    },
    proposals(bench, candidate),
  );

/** Whether a product was read against custom. */
const isOpen = ({ detail, conflicts }: Candidate): boolean =>
  detail?.kind === 'product' && conflicts.length === 0 && (detail.regrouped || hasEntrywise(detail.tree));

export const openProducts = ({ inferred }: CheckedStatement): readonly Candidate[] => chosen(inferred.members).filter(isOpen);

const hasEntrywise = (tree: Grouping): boolean =>
  !('leaf' in tree) && (tree.product === 'elementwise' || hasEntrywise(tree.left) || hasEntrywise(tree.right));

function proposals(bench: Bench, { detail }: Candidate): readonly Proposal[] {
  if (detail?.kind !== 'product') return [];
  const joints = entrywiseJoints(detail.tree).map((at): Rewrite => {
    const left = detail.factors[at] as Candidate;
    const right = detail.factors[at + 1] as Candidate;
    return { span: { start: left.expr.span.end, end: right.expr.span.start }, pieces: [` ${bench.habits.hadamard} `] };
  });
  const groups = [...groupsOf(detail.tree, detail.factors), ...entrywiseGroups(detail.tree, detail.factors)];
  const brackets = groups.flatMap(({ start, end }): Rewrite[] => [
    { span: { start, end: start }, pieces: ['('] },
    { span: { start: end, end }, pieces: [')'] },
  ]);
  if (joints.length > 0) return [{ title: 'Write ⊙ as read', rewrites: [...brackets, ...joints] }];
  const rewrites = brackets;
  return rewrites.length > 0 ? [{ title: 'Put parentheses as read', rewrites }] : [];
}

/** What was read entry by entry inside another product. */
function entrywiseGroups(tree: Grouping, factors: readonly Candidate[]): readonly Span[] {
  if ('leaf' in tree) return [];
  const own = [tree.left, tree.right].filter((t) => tree.product !== 'elementwise' && !('leaf' in t) && t.product === 'elementwise');
  const spans = own.map((t) => ({
    start: (factors[firstOf(t)] as Candidate).expr.span.start,
    end: (factors[lastOf(t)] as Candidate).expr.span.end,
  }));
  return [...spans, ...entrywiseGroups(tree.left, factors), ...entrywiseGroups(tree.right, factors)];
}

const firstOf = (tree: Grouping): number => ('leaf' in tree ? tree.leaf : firstOf(tree.left));
