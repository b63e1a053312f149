// Fixes that write a comment to Conformable: ignore a finding here, declare the layout under which an equation conforms.

import type { CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf, inferStatement } from '../analysis/statements.js';
import type { Finding } from '../diagnostics/finding.js';
import { actualSpan } from '../document/index.js';
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
  const {
    at: place,
    before,
    after,
  } = placeFor(analysis.text, { span: actualSpan(document, formula.span), display: formula.display }, latex);
  const at = document.fixed(place);
  return [
    { title: `Ignore ${finding.code} here`, verified: false, edits: [{ span: { start: at, end: at }, newText: before + newText + after }] },
  ];
}

interface Place {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** Where the comment goes so that it means this formula, and changes nothing else of what the text says. */
function placeFor(text: string, formula: Pick<Formula, 'span' | 'display'>, latex: boolean): Place {
  const { start } = formula.span;
  const end = lineEnding(text);
  const line = lineStart(text, start);
  const lead = text.slice(line, start);
  if (latex)
    return /^[ \t]*$/.test(lead)
      ? { at: line, before: lead, after: end }
      : { at: start, before: '', after: end + (/^[ \t]*/.exec(lead)?.[0] ?? '') };
  // A Markdown line that begins with a comment is HTML to its end: there the formula goes to the next line.
  if (/^[ \t>]*$/.test(lead)) return aboveLine(text, formula, line, lead, end);
  if (/^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+$/.test(lead)) return { at: start, before: '', after: end + lead.replace(/[^>\t]/g, ' ') };
  return { at: start, before: '', after: '' };
}

/** On its own line; in the middle of a paragraph behind the line before, so that the paragraph stays one. */
function aboveLine(text: string, { display }: Pick<Formula, 'display'>, line: number, lead: string, end: string): Place {
  const stop = text.slice(0, line).replace(/\r?\n$|\r$/, '').length;
  const before = text.slice(lineStart(text, stop), stop);
  const flows =
    line > 0 && !display && /[^\s>]/.test(before) && !/^[ \t>]*(?:#|\||```|~~~|<|---|===)|\$\$[ \t]*$|-->[ \t]*$|\\\]$/.test(before);
  return flows ? { at: stop, before: ' ', after: '' } : { at: line, before: lead, after: end };
}

const lineStart = (text: string, at: number): number => Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;

const lineEnding = (text: string): string => (/\r\n/.test(text.slice(0, 5000)) ? '\r\n' : '\n');

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
  const end = lineEnding(text);
  if (checked.document.kind === 'latex') return { at: 0, newText: `% conformable${end}% layout: ${layout}${end}` };
  const matter = checked.document.directives.find((d) => d.origin === 'front-matter');
  const first = input.notebook ? (cellStarts[input.cells.findIndex((c) => c.trim() !== '')] ?? 0) : 0;
  const at = matter ? matter.span.end : checked.document.fixed(Math.max(first, text.startsWith('\uFEFF') ? 1 : 0));
  return { at, newText: `${matter ? end : ''}<!-- conformable${end}layout: ${layout}${end}-->${end}${end}` };
}
