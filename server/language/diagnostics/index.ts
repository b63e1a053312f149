// All checks in the order in which they are made, and the findings of a document: severities, silenced formulas, one mistake once.
import type { Checked } from '../analysis/analysis.js';
import type { Code, Severity } from '../report.js';
import { covers, sameSpan } from '../text.js';
import type { Check } from './check.js';
import { ambiguousProduct } from './checks/ambiguous-product.js';
import { annotationMismatch } from './checks/annotation-mismatch.js';
import { broadcast } from './checks/broadcast.js';
import { brokenChain } from './checks/broken-chain.js';
import { chainEnds } from './checks/chain-ends.js';
import { conflictingDeclaration } from './checks/conflicting-declaration.js';
import { directive } from './checks/directive.js';
import { equationMismatch } from './checks/equation-mismatch.js';
import { functionArgument } from './checks/function-argument.js';
import { hadamardMismatch } from './checks/hadamard-mismatch.js';
import { layoutOrder } from './checks/layout-order.js';
import { notChecked } from './checks/not-checked.js';
import { productMismatch } from './checks/product-mismatch.js';
import { repeatedFactor } from './checks/repeated-factor.js';
import { strippedBackslashes } from './checks/stripped-backslashes.js';
import { sumMismatch } from './checks/sum-mismatch.js';
import { tensorFactor } from './checks/tensor-factor.js';
import { undeclaredSymbol } from './checks/undeclared-symbol.js';
import type { Finding } from './finding.js';

const checks: readonly Check[] = [
  functionArgument,
  repeatedFactor,
  brokenChain,
  chainEnds,
  layoutOrder,
  productMismatch,
  hadamardMismatch,
  sumMismatch,
  annotationMismatch,
  equationMismatch,
  conflictingDeclaration,
  tensorFactor,
  broadcast,
  ambiguousProduct,
  undeclaredSymbol,
  strippedBackslashes,
  directive,
  notChecked,
];

export type Severities = Readonly<Partial<Record<Code, Severity | 'off'>>>;

/** The findings of a document in document order. */
export function findAll(checked: Checked, severities: Severities): readonly Finding[] {
  const out: Finding[] = [];
  for (const check of checks) {
    const set = severities[check.code] ?? check.severity;
    if (set === 'off') continue;
    for (const found of check.find(checked)) {
      const severity = found.severity && rank[found.severity] > rank[set] ? found.severity : set;
      if (!isSilenced(checked, found.span.start, check.code))
        out.push({
          code: check.code,
          severity,
          span: found.span,
          data: found.data,
          ...(found.statement ? { statement: found.statement } : {}),
        });
    }
  }
  return withoutRepeats(out).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** Whether a comment before the formula silences the code there. */
export function isSilenced(checked: Checked, offset: number, code: Code): boolean {
  const formula = checked.document.formulas.find((f) => f.ignored && f.span.start <= offset && offset < f.span.end);
  return formula?.ignored !== undefined && (formula.ignored.length === 0 || formula.ignored.includes(code));
}

/** One place is told once: the same code on the same span comes from a shared part. */
const withoutRepeats = (list: readonly Finding[]): Finding[] =>
  list.filter((f, i) => !list.slice(0, i).some((g) => g.code === f.code && sameSpan(g.span, f.span) && covers(g.span, f.span)));
