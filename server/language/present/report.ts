// The report of one document: what the command line prints as JSON and the editor asks for.

import type { CheckedStatement } from '../analysis/analysis.js';
import { chosen, conflictsOf, declares } from '../analysis/statements.js';
import { type TermEntry, termsOf, toldShape } from '../analysis/terms.js';
import type { Finding } from '../diagnostics/finding.js';
import type { Analysis } from '../model.js';
import { fixesOf } from '../repairs/index.js';
import { judgeOf } from '../repairs/judge.js';
import type { Diagnostic, DocumentReport, EquationReport, Range, Summary, SymbolReport } from '../report.js';
import { printDim } from '../shapes/dimension.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import { covers, type LineIndex, lineIndex, type Span } from '../text.js';
import { wordFinding } from './messages.js';
import { actualSpan, written } from './place.js';
import { wordReason } from './values.js';

/** [] for a scalar, dimensions as text, null if unknown. */
const shapeReport = (shape: Shape | undefined): readonly string[] | null =>
  shape ? (isScalar(shape) ? [] : shape.dims.map(printDim)) : null;

interface Ranges {
  readonly of: (span: Span) => Range;
}

function ranges(analysis: Analysis): Ranges {
  const { cells, notebook } = analysis.input;
  const indices: LineIndex[] = cells.map((c) => lineIndex(c));
  const cellOf = (offset: number): number => {
    let i = 0;
    while (i + 1 < analysis.cellStarts.length && (analysis.cellStarts[i + 1] ?? 0) <= offset) i++;
    return i;
  };
  return {
    of(fixed) {
      const span = actualSpan(analysis, fixed);
      const cell = notebook ? cellOf(span.start) : 0;
      const start = analysis.cellStarts[cell] ?? 0;
      const index = indices[cell] as LineIndex;
      const range = { start: index.positionAt(span.start - start), end: index.positionAt(span.end - start) };
      return notebook ? { ...range, cell } : range;
    },
  };
}

/** `words` are those of the finding, if they are known. */
export function diagnosticOf(analysis: Analysis, finding: Finding, words?: Pick<Diagnostic, 'message' | 'related'>): Diagnostic {
  const { message, related } = words ?? wordFinding(analysis, finding);
  // Fixes are searched for when somebody asks for them: publishing does not wait for the search.
  return {
    code: finding.code,
    severity: finding.severity,
    span: finding.span,
    message,
    related,
    get fixes() {
      return fixesOf(analysis, finding, analysis.values ? judgeOf(analysis.checked) : undefined);
    },
  };
}

/** A document of very many findings lists fixes for the first of them; the editor searches for the others when asked. */
const mostFixed = 60;

export const isEquation = (s: CheckedStatement): boolean => s.statement.relations.length === 0 || !s.statement.relations.every(declares);

export const layoutReport = ({ checked: { layout } }: Analysis): DocumentReport['layout'] => ({ name: layout.layout, from: layout.from });

export function reportOf(analysis: Analysis): DocumentReport {
  const at = ranges(analysis);
  const { checked } = analysis;
  return {
    path: analysis.input.path,
    layout: layoutReport(analysis),
    symbols: symbolsOf(analysis, at),
    equations: checked.statements.filter(isEquation).map((s) => equationOf(analysis, s, at)),
    diagnostics: analysis.findings.map((f, i) => {
      const d = diagnosticOf(analysis, f);
      return {
        code: d.code,
        severity: d.severity,
        range: at.of(d.span),
        message: d.message,
        related: d.related.map((r) => ({ range: at.of(r.span), message: r.message })),
        fixes: (i < mostFixed ? d.fixes : []).map((x) => ({
          title: x.title,
          verified: x.verified,
          edits: x.edits.map((e) => ({ range: at.of(e.span), newText: e.newText })),
        })),
      };
    }),
  };
}

function equationOf(analysis: Analysis, s: CheckedStatement, at: Ranges): EquationReport {
  const value = analysis.values?.get(s);
  const terms = termsOf(s);
  const members = s.inferred.members.map((m, i) => ({
    range: at.of(s.place(m.expr.span)),
    shape: shapeReport(toldShape(m)),
    conforms: memberConforms(s, i),
    value: value?.members[i] ?? ('unchecked' as const),
  }));
  return {
    range: at.of(s.place(s.statement.span)),
    layout: s.layout,
    conforms: conforms(s),
    value: value?.verdict ?? 'unchecked',
    valueReason: value ? (value.reason ? wordReason(value.reason) : null) : 'values were not computed',
    members,
    terms: terms.map((t) => ({
      range: at.of(t.span),
      text: written(analysis, t.span),
      shape: shapeReport(t.shape),
      kind: t.kind,
    })),
  };
}

/** Whether a member conforms in itself and with the members before it; null if that could not be decided. */
function memberConforms(s: CheckedStatement, index: number): boolean | null {
  const member = s.inferred.members[index];
  if (!member) return null;
  const struck = conflictsOf(s.inferred).some((c) => covers(member.expr.span, 'spans' in c ? c.spans[0] : c.span));
  if (struck) return false;
  return member.shape || s.supposed ? true : null;
}

function conforms(s: CheckedStatement): boolean | null {
  if (conflictsOf(s.inferred).length > 0) return false;
  return s.supposed || s.inferred.members.every((m) => m.shape) ? true : null;
}

function symbolsOf(analysis: Analysis, at: Ranges): readonly SymbolReport[] {
  const seen = new Map<string, SymbolReport>();
  for (const s of analysis.checked.statements) {
    for (const c of chosen(s.inferred.members)) {
      const found = c.detail;
      if (found?.kind !== 'found' || found.found.from === 'constant' || found.found.how === 'element') continue;
      const key = `${found.name.key}|${shapeReport(c.shape)?.join('×')}`;
      if (seen.has(key)) continue;
      const place = found.found.at && found.found.at.start >= 0 ? found.found.at : s.place(c.expr.span);
      seen.set(key, { name: found.name.key, shape: shapeReport(c.shape), from: found.found.from, range: at.of(place) });
    }
  }
  return [...seen.values()];
}

/** How many equations conform or do not: of the others too little is known. */
export const decidedIn = ({ checked }: Analysis): number => checked.statements.filter((s) => isEquation(s) && conforms(s) !== null).length;

interface TermCounts {
  readonly terms: number;
  readonly withShape: number;
}

/** Counted once: most statements outlive an edit. */
const counted = new WeakMap<CheckedStatement, TermCounts>();

function countsOf(s: CheckedStatement): TermCounts {
  const known = counted.get(s);
  if (known) return known;
  const terms: readonly TermEntry[] = termsOf(s);
  const counts = { terms: terms.length, withShape: terms.filter((t) => t.shape).length };
  counted.set(s, counts);
  return counts;
}

export function summaryOf(analyses: readonly Analysis[]): Summary {
  const sum = {
    documents: analyses.length,
    formulas: 0,
    equations: 0,
    terms: 0,
    termsWithShape: 0,
    errors: 0,
    warnings: 0,
    verified: 0,
    refuted: 0,
  };
  for (const a of analyses) {
    sum.formulas += a.checked.document.formulas.length;
    for (const s of a.checked.statements.filter(isEquation)) {
      const { terms, withShape } = countsOf(s);
      sum.equations++;
      sum.terms += terms;
      sum.termsWithShape += withShape;
      const verdict = a.values?.get(s)?.verdict;
      if (verdict === 'verified') sum.verified++;
      if (verdict === 'refuted') sum.refuted++;
    }
    sum.errors += a.findings.filter((f) => f.severity === 'error').length;
    sum.warnings += a.findings.filter((f) => f.severity === 'warning').length;
  }
  return sum;
}
