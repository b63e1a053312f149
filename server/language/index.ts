// The one door: what the language server and the command line may use of the language core. Nothing here throws.
import { check } from './analysis/analysis.js';
import { newMemory } from './analysis/memory.js';
import { derivedGradientFix } from './derive/index.js';
import type { Finding } from './diagnostics/finding.js';
import { findAgain, gravest, type Severities, withValues } from './diagnostics/index.js';
import { fixedSpan, readAgain, readDocument } from './document/index.js';
import { type Input, joinCells } from './input.js';
import type { Analysis, Settings } from './model.js';
import { hoverMarkdown, hoverText } from './present/hover.js';
import { lensesOf } from './present/lenses.js';
import { wordNetwork, wordNetworkFailure } from './present/network.js';
import { actualSpan } from './present/place.js';
import { decidedIn, diagnosticOf, isEquation, layoutReport, reportOf, summaryOf } from './present/report.js';
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

/**
 * Shapes and findings of a document, without values. `previous` is the analysis before an edit, or null at the first of several:
 * it makes the next faster and changes nothing.
 */
export function analyze(input: Input, settings: Settings, previous?: Analysis | null): Analysis {
  const { text, starts } = joinCells(input.cells);
  const before = previous?.input.language === input.language ? previous.checked.document : undefined;
  const document = previous === undefined ? readDocument(input.language, text) : readAgain(input.language, text, before);
  const checked = check(document, settings, previous?.checked.memory ?? newMemory(), previous?.checked);
  const severities = severitiesOf({ checked, settings });
  const known = previous ? { checked: previous.checked, findings: previous.findings, severities: severitiesOf(previous) } : undefined;
  const findings = findAgain(checked, severities, known);
  return { input, text, cellStarts: starts, settings, checked, findings, values: undefined };
}

const severitiesOf = ({ checked, settings }: Pick<Analysis, 'checked' | 'settings'>): Severities => ({
  ...checked.directives.rules,
  ...settings.severities,
});

/** Computes the values one statement at a time: call `next` until done; the result is the analysis with its verdicts. */
export function* evaluateValues(analysis: Analysis): Generator<undefined, Analysis> {
  if (analysis.settings.values === false || analysis.checked.directives.valueCheck === false) return analysis;
  const values = yield* valuesOf(analysis.checked, isEquation);
  const severities = severitiesOf(analysis);
  const findings = withValues(analysis.checked, analysis.findings, values, severities);
  return { ...analysis, values, findings };
}

export const layoutOf = (analysis: Analysis): DocumentReport['layout'] => layoutReport(analysis);

export const report = (analysis: Analysis): DocumentReport => reportOf(analysis);

/** How many equations could be decided. */
export const decided = (analysis: Analysis): number => decidedIn(analysis);

export const summarize = (analyses: readonly Analysis[]): Summary => summaryOf(analyses);

/** Of more than `most` the errors go first; what is not among them is not worded either. */
export const diagnostics = (analysis: Analysis, most = Number.POSITIVE_INFINITY): readonly Diagnostic[] =>
  gravest(analysis.findings, most).map((f) => standing(analysis, sayOf(analysis, f)));

/** What was said of a finding is said again as long as the document states the same. */
const said = new WeakMap<Finding, { readonly env: unknown; readonly words: Pick<Diagnostic, 'message' | 'related'> }>();

function sayOf(analysis: Analysis, finding: Finding): Diagnostic {
  const { env } = analysis.checked;
  const known = said.get(finding);
  const diagnostic = diagnosticOf(analysis, finding, known?.env === env ? known.words : undefined);
  // What names a line is said anew.
  const { message, related } = diagnostic;
  if (finding.data.kind !== 'declaration') said.set(finding, { env, words: { message, related } });
  return diagnostic;
}

/** A diagnostic as it stands in the text. */
function standing(analysis: Analysis, diagnostic: Diagnostic): Diagnostic {
  const { code, severity, message } = diagnostic;
  return {
    code,
    severity,
    message,
    span: actualSpan(analysis, diagnostic.span),
    related: diagnostic.related.map((r) => ({ ...r, span: actualSpan(analysis, r.span) })),
    get fixes() {
      return diagnostic.fixes.map((f) => standingFix(analysis, f));
    },
  };
}

const standingFix = <F extends Fix>(analysis: Analysis, fix: F): F => ({
  ...fix,
  edits: fix.edits.map((e) => ({ ...e, span: actualSpan(analysis, e.span) })),
});

export function hoverAt(analysis: Analysis, offset: number, theme: 'dark' | 'light'): HoverReport | undefined {
  const hover = hoverMarkdown(analysis, analysis.checked.document.fixed(offset), theme);
  return hover && { ...hover, span: actualSpan(analysis, hover.span) };
}

export const describeAt = (analysis: Analysis, offset: number): string | undefined =>
  hoverText(analysis, analysis.checked.document.fixed(offset));

/** Fixes of the findings that a span touches, then refactorings. */
export function fixesAt(
  analysis: Analysis,
  at: Span,
): readonly (Fix & { readonly diagnostic?: Diagnostic; readonly kind: 'quickfix' | 'refactor' })[] {
  const span = fixedSpan(analysis.checked.document, at);
  const judge = analysis.settings.values === false ? undefined : judgeOf(analysis.checked);
  const derived = judge ? derivedGradientFix(analysis, span) : undefined;
  const touched = analysis.findings.filter(
    (f) => contains(f.span, span.start) || contains(f.span, span.end) || contains(span, f.span.start),
  );
  const quick = touched.flatMap((f) => {
    const diagnostic = standing(analysis, diagnosticOf(analysis, f));
    return fixesOf(analysis, f, judge).map((fix) => ({ ...fix, diagnostic, kind: 'quickfix' as const }));
  });
  const all = [
    ...quick,
    ...[...(derived ? [derived] : []), ...refactorings(analysis, span)].map((fix) => ({ ...fix, kind: 'refactor' as const })),
  ];
  return all.map((fix) => standingFix(analysis, fix));
}

export const lenses = (analysis: Analysis): readonly LensReport[] =>
  lensesOf(analysis).map((lens) => ({ ...lens, span: actualSpan(analysis, lens.span) }));

/** The example network of a document, run: its tables as text. `error` says why there are none. */
export function evaluateNetwork(analysis: Analysis): { readonly text: string } | { readonly error: string } {
  const run = runNetwork(analysis.checked.env);
  return 'failure' in run ? { error: wordNetworkFailure(run) } : { text: wordNetwork(run) };
}
