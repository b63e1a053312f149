// Fixes that write a comment to Conformable: ignore a finding here, declare the layout under which an equation conforms.

import type { CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf, inferStatement } from '../analysis/statements.js';
import type { Finding } from '../diagnostics/finding.js';
import type { Formula } from '../document/types.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Layout } from '../term.js';

/** Silences the finding's code in its formula. */
export function ignoreHere(analysis: Analysis, finding: Finding): readonly Fix[] {
  const { document } = analysis.checked;
  const formula = document.formulas.find((f) => f.span.start <= finding.span.start && finding.span.start < f.span.end);
  if (!formula || finding.code === 'not-checked') return [];
  const codes = [...(formula.ignored ?? []), finding.code].join(', ');
  const latex = document.kind === 'latex';
  const newText = latex ? `% conformable-ignore ${codes}` : `<!-- conformable-ignore ${codes} -->`;
  const { at, before, after } = placeFor(analysis.text, formula, latex);
  return [
    { title: `Ignore ${finding.code} here`, verified: false, edits: [{ span: { start: at, end: at }, newText: before + newText + after }] },
  ];
}

/** On a line of its own before a formula that begins its line; else directly before the formula, so that no other is meant. */
function placeFor(text: string, { span, display }: Formula, latex: boolean): { at: number; before: string; after: string } {
  const end = /\r\n/.test(text.slice(0, 5000)) ? '\r\n' : '\n';
  const line = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1;
  const lead = text.slice(line, span.start);
  const prefix = latex ? /^[ \t]*$/.test(lead) : /^(?:[ \t]*>)*[ \t]*$/.test(lead) && display;
  if (prefix) return { at: line, before: lead, after: end };
  return latex ? { at: span.start, before: '', after: end + (/^[ \t]*/.exec(lead)?.[0] ?? '') } : { at: span.start, before: '', after: '' };
}

const layouts: readonly Layout[] = ['denominator', 'numerator'];

/** The layouts that would make the statement conform, and no other equation of the document less so. */
export function declareLayout(analysis: Analysis, statement: CheckedStatement): readonly Fix[] {
  if (statement.layoutDeclared) return [];
  return layouts
    .filter((l) => l !== statement.layout && conformsUnder(statement, l) && noneLost(analysis, l))
    .map((layout) => {
      const { at, newText } = directiveAt(analysis, layout);
      return { title: `Declare ${layout} layout`, verified: false, edits: [{ span: { start: at, end: at }, newText }] };
    });
}

const under = (s: CheckedStatement, layout: Layout): number =>
  conflictsOf(inferStatement({ ...s.context, layout, declared: true }, s.statement)).length;

const conformsUnder = (s: CheckedStatement, layout: Layout): boolean => under(s, layout) === 0;

const lost = new WeakMap<Analysis, Map<Layout, boolean>>();

/** Whether every other equation has at most the conflicts that it has now. Counted once. */
function noneLost(analysis: Analysis, layout: Layout): boolean {
  const known = lost.get(analysis) ?? new Map<Layout, boolean>();
  lost.set(analysis, known);
  let answer = known.get(layout);
  if (answer === undefined) {
    answer = analysis.checked.statements.every((s) => s.statement.members.length < 2 || under(s, layout) <= conflictsOf(s.inferred).length);
    known.set(layout, answer);
  }
  return answer;
}

/** At the top of the document, behind its front matter; in a notebook in the first Markdown cell. */
function directiveAt({ checked, text, cellStarts, input }: Analysis, layout: Layout): { at: number; newText: string } {
  const end = /\r\n/.test(text.slice(0, 5000)) ? '\r\n' : '\n';
  if (checked.document.kind === 'latex') return { at: 0, newText: `% conformable${end}% layout: ${layout}${end}` };
  const matter = checked.document.directives.find((d) => d.origin === 'front-matter');
  const first = input.notebook ? (cellStarts[input.cells.findIndex((c) => c.trim() !== '')] ?? 0) : 0;
  const at = matter ? matter.span.end : Math.max(first, text.startsWith('\uFEFF') ? 1 : 0);
  return { at, newText: `${matter ? end : ''}<!-- conformable${end}layout: ${layout}${end}-->${end}${end}` };
}
