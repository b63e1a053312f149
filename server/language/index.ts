// The one door: what the language server and the command line may use of the language core. Nothing here throws.
import { check } from './analysis/analysis.js';
import type { TreeCache } from './analysis/reading.js';
import { derivedGradientFix } from './derive/index.js';
import { findAll, withValues } from './diagnostics/index.js';
import { readDocument } from './document/index.js';
import { type Input, joinCells } from './input.js';
import type { Analysis, Settings } from './model.js';
import { hoverMarkdown, hoverText } from './present/hover.js';
import { lensesOf } from './present/lenses.js';
import { wordNetwork, wordNetworkFailure } from './present/network.js';
import { diagnosticOf, isEquation, reportOf, summaryOf } from './present/report.js';
import { fixesOf, refactorings } from './repairs/index.js';
import { judgeOf } from './repairs/judge.js';
import type { Diagnostic, DocumentReport, Fix, HoverReport, LensReport, Summary } from './report.js';
import { contains, type Span } from './text.js';
import { valuesOf } from './values/index.js';
import { runNetwork } from './values/network-run.js';

export { type Input, inputOf } from './input.js';
export type { Analysis, Settings } from './model.js';
export * from './report.js';
export type { Layout } from './term.js';
export { applyEdits, type Edit, type LineIndex, lineIndex, type Position, type Span } from './text.js';

/** Shapes and findings of a document, without values. `previous` makes it faster and changes nothing. */
export function analyze(input: Input, settings: Settings, previous?: Analysis): Analysis {
  const { text, starts } = joinCells(input.cells);
  const cache: TreeCache = previous?.checked.cache ?? new Map();
  const checked = check(readDocument(input.language, text), settings, cache);
  const severities = { ...checked.directives.rules, ...settings.severities };
  return { input, text, cellStarts: starts, settings, checked, findings: findAll(checked, severities), values: undefined };
}

/** Computes the values one statement at a time: call `next` until done; the result is the analysis with its verdicts. */
export function* evaluateValues(analysis: Analysis): Generator<undefined, Analysis> {
  if (analysis.settings.values === false || analysis.checked.directives.valueCheck === false) return analysis;
  const values = yield* valuesOf(analysis.checked, isEquation);
  const severities = { ...analysis.checked.directives.rules, ...analysis.settings.severities };
  const findings = withValues(analysis.checked, analysis.findings, values, severities);
  return { ...analysis, values, findings };
}

export const report = (analysis: Analysis): DocumentReport => reportOf(analysis);

export const summarize = (analyses: readonly Analysis[]): Summary => summaryOf(analyses);

export const diagnostics = (analysis: Analysis): readonly Diagnostic[] => analysis.findings.map((f) => diagnosticOf(analysis, f));

export const hoverAt = (analysis: Analysis, offset: number, theme: 'dark' | 'light'): HoverReport | undefined =>
  hoverMarkdown(analysis, offset, theme);

export const describeAt = (analysis: Analysis, offset: number): string | undefined => hoverText(analysis, offset);

/** Fixes of the findings that a span touches, then refactorings. */
export function fixesAt(
  analysis: Analysis,
  span: Span,
): readonly (Fix & { readonly diagnostic?: Diagnostic; readonly kind: 'quickfix' | 'refactor' })[] {
  const judge = analysis.settings.values === false ? undefined : judgeOf(analysis.checked);
  const derived = judge ? derivedGradientFix(analysis, span) : undefined;
  const touched = analysis.findings.filter(
    (f) => contains(f.span, span.start) || contains(f.span, span.end) || contains(span, f.span.start),
  );
  const quick = touched.flatMap((f) => {
    const diagnostic = diagnosticOf(analysis, f);
    return fixesOf(analysis, f, judge).map((fix) => ({ ...fix, diagnostic, kind: 'quickfix' as const }));
  });
  return [
    ...quick,
    ...[...(derived ? [derived] : []), ...refactorings(analysis, span)].map((fix) => ({ ...fix, kind: 'refactor' as const })),
  ];
}

export const lenses = (analysis: Analysis): readonly LensReport[] => lensesOf(analysis);

/** The example network of a document, run: its tables as text. `error` says why there are none. */
export function evaluateNetwork(analysis: Analysis): { readonly text: string } | { readonly error: string } {
  const run = runNetwork(analysis.checked.env);
  return 'failure' in run ? { error: wordNetworkFailure(run) } : { text: wordNetwork(run) };
}
