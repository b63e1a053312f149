// Inserting the derived gradient: the right side that a derivative lacks, derived, written, read again and verified. Nothing here throws.
import type { CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf, inferStatement } from '../analysis/statements.js';
import type { Statement } from '../expr.js';
import type { Analysis } from '../model.js';
import type { Rewrite } from '../repairs/rewrite.js';
import { documentEdits } from '../repairs/spelling.js';
import { titleText } from '../repairs/titles.js';
import type { Fix } from '../report.js';
import { readFormula } from '../syntax/lower.js';
import { walk } from '../syntax/print.js';
import { applyEdits, contains, covers, type Span } from '../text.js';
import { Unreadable } from '../values/context.js';
import { prepare, type Values } from '../values/problem.js';
import { verdictOf as judge } from '../values/verdict.js';
import { derive, type Question, questionOf } from './gradient.js';
import { Underivable } from './node.js';
import { latexOf } from './print.js';
import { spellingOf } from './spelling.js';

interface Derived {
  readonly latex: string;
  readonly verified: boolean;
}

/** The true derivative that a statement leaves out, in the document's symbols and layout; undefined where it leaves none out or none can be verified. */
export function deriveGradient(analysis: Analysis, statement: CheckedStatement): Derived | undefined {
  try {
    const found = complete(analysis, statement);
    return found && { latex: found.latex, verified: true };
  } catch (error) {
    if (error instanceof Underivable || error instanceof Unreadable || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The refactoring that writes it, for the statement at a place. */
export function derivedGradientFix(analysis: Analysis, span: Span): Fix | undefined {
  const { checked } = analysis;
  const statement = checked.statements.find((s) => gapOf(s) && touches(s.place(s.statement.span), span));
  const derived = statement && deriveGradient(analysis, statement);
  const gap = statement && gapOf(statement);
  if (!statement || !derived || !gap) return undefined;
  const edits = documentEdits(checked.document, statement.formula, [insertion(statement, gap, derived.latex)]);
  return edits && { title: `Insert the derived gradient: ${titleText(derived.latex)}`, verified: derived.verified, edits };
}

const touches = (own: Span, span: Span): boolean => contains(own, span.start) || contains(own, span.end) || covers(span, own);

/** Where a right side is missing. */
interface Gap {
  /** In the formula. */
  readonly span: Span;
  /** What stands before it: a relation, or nothing yet. */
  readonly related: boolean;
  /** How many members stand before it. */
  readonly members: number;
}

const equal: ReadonlySet<string> = new Set(['=', ':=', '\\equiv', '\\triangleq']);

const sign = /^(?:[\s&~{}]|\\[,;:!]|\\quad)*(?::?=|\\equiv|\\triangleq)(?:\s*&)?/;

/** The place of a missing member: behind a relation at the end or before the next row, in the place of dots, or behind a lone derivative. */
function gapOf({ statement, formula }: CheckedStatement): Gap | undefined {
  const { members, relations, span } = statement;
  const last = members[members.length - 1];
  if (!last || relations.some((r) => !equal.has(r))) return undefined;
  if (members.length > 1 && isBlank(last))
    return {
      span: last.span.end > last.span.start ? last.span : { start: last.span.end, end: last.span.end },
      related: true,
      members: members.length - 1,
    };
  for (const [i, m] of members.entries()) {
    const next = members[i + 1];
    const tail = formula.tex.slice(m.span.end, next ? next.span.start : span.end);
    const found = sign.exec(tail);
    if (!found || (next && !/^[\s,;.]*\\\\/.test(tail.slice(found[0].length)))) continue;
    const at = m.span.end + found[0].length;
    return { span: { start: at, end: at }, related: true, members: i + 1 };
  }
  return members.length === 1 && (last.kind === 'derivative' || last.kind === 'nabla')
    ? { span: { start: last.span.end, end: last.span.end }, related: false, members: 1 }
    : undefined;
}

const isBlank = (e: Statement['members'][number]): boolean => e.kind === 'ellipsis' || e.kind === 'hole';

function insertion({ formula }: CheckedStatement, gap: Gap, latex: string): Rewrite {
  const { tex } = formula;
  const before = tex.slice(0, gap.span.start);
  const after = tex.slice(gap.span.end);
  const lead = gap.related ? (/\s$/.test(before) ? '' : ' ') : ' = ';
  const close = /^[A-Za-z0-9\\]/.test(after) && !/^\\\\/.test(after) ? ' ' : '';
  return { span: gap.span, pieces: [lead + latex + close] };
}

interface Found {
  readonly latex: string;
}

const mostTried = 6;

function complete(analysis: Analysis, statement: CheckedStatement): Found | undefined {
  const gap = gapOf(statement);
  const question = gap && questionOf(statement, gap.members);
  if (!gap || !question || question.candidate.conflicts.length > 0) return undefined;
  const values = valuesFor(analysis);
  const tried = new Set<string>();
  for (const latex of proposals(values, question)) {
    if (tried.has(latex) || tried.size >= mostTried) continue;
    tried.add(latex);
    if (holds(values, statement, gap, latex)) return { latex };
  }
  return undefined;
}

const cache = new WeakMap<Analysis['checked'], Values>();

function valuesFor({ checked }: Analysis): Values {
  const values = cache.get(checked) ?? prepare(checked);
  cache.set(checked, values);
  return values;
}

/** What may be written: with σ left open, or as the logistic function where that is much shorter; last without the symbols for derivatives. */
function proposals(values: Values, question: Question): readonly string[] {
  const sp = spellingOf(values.checked);
  const texts = (functions: readonly string[], stops: boolean): readonly string[] =>
    attempt(() => derive(values, question, { logistic: new Set(functions), stops })).flatMap((n) => attempt(() => [latexOf(sp, n)]));
  const open = texts([], true);
  const closed = texts(['\\sigma'], true);
  const simpler =
    (closed[0]?.length ?? Number.POSITIVE_INFINITY) < (open[0]?.length ?? Number.POSITIVE_INFINITY) &&
    !/(?<![a-z{}])1 - /.test(closed[0] ?? '');
  return [...(simpler ? [...closed, ...open] : [...open, ...closed]), ...texts([], false)];
}

function attempt<T>(make: () => readonly T[]): readonly T[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof Underivable || error instanceof Unreadable) return [];
    throw error;
  }
}

/** Whether the completed statement is read as meant, conforms, and is true. */
function holds(values: Values, original: CheckedStatement, gap: Gap, latex: string): boolean {
  const reading = values.checked.reading.formulas[values.checked.document.numbered(original.formula.index)];
  if (!reading) return false;
  const { span, pieces } = insertion(original, gap, latex);
  const read = readFormula(applyEdits(original.formula.tex, [{ span, newText: pieces.join('') }]), reading.macros);
  const statement = read.statements.find((s) => s.span.start === original.statement.span.start);
  if (!statement || statement.members.length !== gap.members + 1) return false;
  const inferred = inferStatement(original.context, statement);
  const own = inferred.members[gap.members];
  if (conflictsOf(inferred).length > 0 || !own || (!own.shape && own.rule !== 'zero')) return false;
  if (statement.members.some((m) => walk(m).some((e) => e.kind === 'hole'))) return false;
  const { supposed: _, ...rest } = original;
  const value = judge(values, { ...rest, statement, inferred });
  return value.verdict === 'verified' && value.members[gap.members] === 'verified';
}
