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
import { refutedSum } from './refuted-sum.js';

/** Checks of every statement for itself. */
const ofStatements: readonly Check[] = [
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
  tensorFactor,
  broadcast,
  ambiguousProduct,
];

/** Checks of what holds for all of a document. */
const ofDocuments: readonly Check[] = [conflictingDeclaration, undeclaredSymbol, strippedBackslashes, directive, notChecked];

/** Checks of what the values say. */
const ofValues: readonly ValueCheck[] = [refutedSum, valueMismatch];

const checks: readonly Check[] = [...ofStatements, ...ofDocuments];

export type Severities = Readonly<Partial<Record<Code, Severity | 'off'>>>;

/** The findings of a document in document order, but for those of values. */
function findAll(checked: Checked, severities: Severities): readonly Finding[] {
  const found = checks.flatMap((check) => told(checked, check, severities, () => check.find(checked)));
  return withoutRepeats(found).sort(byPlace);
}

/** What was found before an edit. */
export interface Before {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
  readonly severities: Severities;
}

/** The same after an edit: where all but a stretch stands, what was found in the rest is found again. */
export function findAgain(checked: Checked, severities: Severities, before: Before | undefined): readonly Finding[] {
  const { change } = checked.document;
  const stands =
    before !== undefined &&
    change !== undefined &&
    change.before === before.checked.document.version &&
    checked.env === before.checked.env &&
    JSON.stringify(severities) === JSON.stringify(before.severities) &&
    (severities['undeclared-symbol'] ?? 'off') === 'off';
  if (!before || !change || !stands) return findAll(checked, severities);
  const { start, end } = change.span;
  const statements = between(checked.statements, start, end);
  const stretch = { ...checked, statements };
  const fresh = ofStatements.flatMap((check) => told(checked, check, severities, () => check.find(stretch)));
  const kept = before.findings.filter((f) => !isOfValues(f));
  return [...kept.filter((f) => f.span.start < start), ...withoutRepeats(fresh).sort(byPlace), ...kept.filter((f) => f.span.start >= end)];
}

/** What is found only after the values. */
const isOfValues = ({ code, data }: Finding): boolean =>
  code === valueMismatch.code || (data.kind === 'conflict' && data.conflict.code === 'sum-mismatch' && data.conflict.refuted === true);

const between = (statements: Checked['statements'], start: number, end: number): Checked['statements'] =>
  statements.filter(({ formula: { span } }) => start <= span.start && span.start < end);

/** The findings with those of values among them. */
export function withValues(checked: Checked, findings: readonly Finding[], values: Values, severities: Severities): readonly Finding[] {
  const found = ofValues.flatMap((check) => told(checked, check, severities, () => check.find(values)));
  return [...findings, ...found].sort(byPlace);
}

type Values = Parameters<ValueCheck['find']>[0];

const byPlace = (a: Finding, b: Finding): number => a.span.start - b.span.start || a.span.end - b.span.end;

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** So many of the findings, the gravest first, in document order where they are equally grave; all of them as they stand if they are no more. */
export const gravest = (findings: readonly Finding[], most: number): readonly Finding[] =>
  findings.length <= most ? findings : [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, most);

/** What one check finds, with the severity that is set for it; nothing where it is off or silenced. */
function told(
  checked: Checked,
  { code, severity }: Pick<Check, 'code' | 'severity'>,
  severities: Severities,
  find: () => readonly Found[],
): readonly Finding[] {
  const set = severities[code] ?? severity;
  if (set === 'off') return none;
  const all = find();
  if (all.length === 0) return none;
  return all
    .filter((found) => !isSilenced(checked, found.span.start, code))
    .map(({ span, data, statement, severity: own }) => ({
      code,
      severity: own && rank[own] > rank[set] ? own : set,
      span,
      data,
      ...(statement ? { statement } : {}),
    }));
}

const none: readonly Finding[] = [];

type Formula = Checked['document']['formulas'][number];
const ignored = new WeakMap<Checked, readonly Formula[]>();

function ignoredIn(checked: Checked): readonly Formula[] {
  const list = ignored.get(checked) ?? checked.document.formulas.filter((f) => f.ignored);
  ignored.set(checked, list);
  return list;
}

/** Whether a comment before the formula silences the code there. */
function isSilenced(checked: Checked, offset: number, code: Code): boolean {
  const formula = ignoredIn(checked).find((f) => f.span.start <= offset && offset < f.span.end);
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
