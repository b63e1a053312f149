// An equation's chain in the order of the other layout, where no layout is declared that holds it to one.

import { chosen } from '../analysis/statements.js';
import type { Fix } from '../report.js';
import { reverseChain } from './mends.js';
import { offer } from './offer.js';
import type { Proposal } from './rewrite.js';
import type { Bench } from './trial.js';

export function otherOrder(bench: Bench): readonly Fix[] {
  if (bench.statement.layoutDeclared) return [];
  const proposals = chosen(bench.original.inferred.members).flatMap((c): Proposal[] => {
    if (c.detail?.kind !== 'chain' || c.conflicts.length > 0) return [];
    const rewrites = reverseChain(c.expr);
    return rewrites
      ? [{ title: `Write the chain in ${c.detail.order === 'numerator' ? 'denominator' : 'numerator'} order`, rewrites }]
      : [];
  });
  return offer({ bench, target: undefined, judge: undefined, most: 2, readings: 2, judgements: 2 }, proposals);
}
