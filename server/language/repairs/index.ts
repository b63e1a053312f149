// Fixes and refactorings for what was found or for a place. The door of this folder.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Finding } from '../diagnostics/finding.js';
import { restorations } from '../document/stripped.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Conflict } from '../shapes/candidate.js';
import { contains, type Span } from '../text.js';
import { annotate, annotationFixes, removeAnnotations } from './annotations.js';
import { chainFixes } from './chains.js';
import { declareLayout, ignoreHere } from './comments.js';
import { entrywise } from './entries.js';
import { asRead, openProducts } from './grouping.js';
import { otherOrder } from './order.js';
import { productFixes } from './products.js';
import { type Bench, benchOf, type Judge } from './trial.js';
import { valueFixes } from './values.js';

export type { Judge } from './trial.js';

/** The fixes of a finding: each conforms when applied; the verified first, then those whose value is open, then the comments. */
export function fixesOf(analysis: Analysis, finding: Finding, judge?: Judge): readonly Fix[] {
  const known = cache.get(finding);
  if (known && known.analysis === analysis && known.judge === judge) return known.fixes;
  const fixes = findFixes(analysis, finding, judge);
  cache.set(finding, { analysis, judge, fixes });
  return fixes;
}

const cache = new WeakMap<Finding, { readonly analysis: Analysis; readonly judge: Judge | undefined; readonly fixes: readonly Fix[] }>();

function findFixes(analysis: Analysis, finding: Finding, judge: Judge | undefined): readonly Fix[] {
  const { statement } = finding;
  const bench = statement && benchOf(analysis, statement);
  const mended = bench ? ofStatement(analysis, bench, finding, judge) : finding.data.kind === 'stripped' ? restored(analysis) : [];
  const declared = statement && isShape(finding) ? declareLayout(analysis, statement) : [];
  return [...mended, ...declared, ...ignoreHere(analysis, finding)];
}

function ofStatement(analysis: Analysis, bench: Bench, { data }: Finding, judge: Judge | undefined): readonly Fix[] {
  switch (data.kind) {
    case 'conflict':
      return ofConflict(analysis, bench, data.conflict, judge);
    case 'grouping':
    case 'same-symbol':
      return asRead(bench, data.candidate, judge);
    case 'tensor':
      return entrywise(bench, data.candidate);
    case 'value':
      return judge ? valueFixes(bench, data.candidate, judge) : [];
    default:
      return [];
  }
}

function ofConflict(analysis: Analysis, bench: Bench, conflict: Conflict, judge: Judge | undefined): readonly Fix[] {
  switch (conflict.code) {
    case 'layout-order':
    case 'chain-ends':
    case 'repeated-factor':
    case 'broken-chain':
      return chainFixes(analysis, bench, conflict, judge);
    case 'annotation-mismatch':
      return annotationFixes(bench, conflict, judge);
    default:
      return productFixes(bench, conflict, judge);
  }
}

const isShape = ({ code }: Finding): boolean =>
  code === 'layout-mix' ||
  code === 'equation-mismatch' ||
  code === 'product-mismatch' ||
  code === 'sum-mismatch' ||
  code === 'hadamard-mismatch';

const restored = ({ checked }: Analysis): readonly Fix[] => [
  { title: 'Restore the backslashes', verified: false, edits: restorations(checked.document) },
];

/** Rewritings that are offered at a place without a finding: all keep the statement as it conforms. */
export function refactorings(analysis: Analysis, span: Span): readonly Fix[] {
  const touched = analysis.checked.statements.filter((s) => touches(s, span));
  return touched.slice(0, 3).flatMap((s) => {
    const bench = benchOf(analysis, s);
    if (!bench) return [];
    const equation = s.statement.members.length > 1;
    return [
      ...openProducts(s).flatMap((c) => asRead(bench, c, undefined)),
      ...(equation ? [...otherOrder(bench), ...annotate(analysis, bench)] : []),
      ...removeAnnotations(bench),
    ];
  });
}

function touches(s: CheckedStatement, span: Span): boolean {
  const own = s.place(s.statement.span);
  return contains(own, span.start) || contains(own, span.end) || (span.start <= own.start && own.end <= span.end);
}
