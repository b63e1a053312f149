// All checks in the order in which they are made, and the findings of a document: severities, silenced formulas, one mistake once.
import type { Checked } from '../analysis/analysis.js';
import type { Code, Severity } from '../report.js';
import type { Check, Found, ValueCheck } from './check.js';
import { ambiguousProduct } from './checks/ambiguous-product.js';
import { annotationMismatch } from './checks/annotation-mismatch.js';
import { broadcast } from './checks/broadcast.js';
import { brokenChain } from './checks/broken-chain.js';
import { chainEnds } from './checks/chain-ends.js';
import { coincidence } from './checks/coincidence.js';
import { conflictingDeclaration } from './checks/conflicting-declaration.js';
import { directive } from './checks/directive.js';
import { equationMismatch } from './checks/equation-mismatch.js';
import { functionArgument } from './checks/function-argument.js';
import { hadamardMismatch } from './checks/hadamard-mismatch.js';
import { layoutMix } from './checks/layout-mix.js';
import { layoutOrder } from './checks/layout-order.js';
import { notChecked } from './checks/not-checked.js';
import { productMismatch } from './checks/product-mismatch.js';
import { repeatedFactor } from './checks/repeated-factor.js';
import { strippedBackslashes } from './checks/stripped-backslashes.js';
import { sumMismatch } from './checks/sum-mismatch.js';
import { tensorFactor } from './checks/tensor-factor.js';
import { undeclaredSymbol } from './checks/undeclared-symbol.js';
import { valueMismatch } from './checks/value-mismatch.js';
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
  layoutMix,
  coincidence,
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

/** The findings of a document in document order, but for those of values. */
export function findAll(checked: Checked, severities: Severities): readonly Finding[] {
  const found = checks.flatMap((check) => told(checked, check, severities, () => check.find(checked)));
  return withoutRepeats(found).sort(byPlace);
}

/** The findings with those of values among them. */
export function withValues(checked: Checked, findings: readonly Finding[], values: Values, severities: Severities): readonly Finding[] {
  const found = told(checked, valueMismatch, severities, () => valueMismatch.find(values));
  return [...findings, ...found].sort(byPlace);
}

type Values = Parameters<ValueCheck['find']>[0];

const byPlace = (a: Finding, b: Finding): number => a.span.start - b.span.start || a.span.end - b.span.end;

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** What one check finds, with the severity that is set for it; nothing where it is off or silenced. */
function told(
  checked: Checked,
  { code, severity }: Pick<Check, 'code' | 'severity'>,
  severities: Severities,
  find: () => readonly Found[],
): readonly Finding[] {
  const set = severities[code] ?? severity;
  if (set === 'off') return [];
  return find()
    .filter((found) => !isSilenced(checked, found.span.start, code))
    .map(({ span, data, statement, severity: own }) => ({
      code,
      severity: own && rank[own] > rank[set] ? own : set,
      span,
      data,
      ...(statement ? { statement } : {}),
    }));
}

/** Whether a comment before the formula silences the code there. */
function isSilenced(checked: Checked, offset: number, code: Code): boolean {
  const formula = checked.document.formulas.find((f) => f.ignored && f.span.start <= offset && offset < f.span.end);
  return formula?.ignored !== undefined && (formula.ignored.length === 0 || formula.ignored.includes(code));
}

/** One place is told once: the same code on the same span comes from a shared part. */
function withoutRepeats(list: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const f of list) {
    const key = `${f.code} ${f.span.start} ${f.span.end}`;
    if (!first.has(key)) first.set(key, f);
  }
  return [...first.values()];
}
