// What a hover says, as data: the smallest term at a place, why it has its shape, the product that it stands in, the verdict.
import type { CheckedStatement } from '../analysis/analysis.js';
import { type TermEntry, termsOf, toldShape } from '../analysis/terms.js';
import type { Analysis } from '../model.js';
import type { Candidate } from '../shapes/candidate.js';
import { sameShape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import { exampleValue } from '../values/example-value.js';
import { describe } from './describe.js';
import type { Line } from './line.js';
import { wordFinding } from './messages.js';
import { plainTex } from './names.js';
import { wordArray } from './network.js';
import { notesOn } from './notes.js';
import { plain } from './plain.js';
import { reasons } from './reason.js';
import { hasRow, rowOf, type ShapeRow } from './row.js';
import { isText, shapeText } from './shape-words.js';
import { wordDifference, wordReason } from './values.js';

export interface HoverContent {
  /** In the document. */
  readonly span: Span;
  readonly term: string;
  /** `2×3`, `scalar`, `shape unknown`. */
  readonly shape: string;
  readonly what: string;
  readonly why: readonly Line[];
  readonly row: ShapeRow | undefined;
  /** Of the term, in the formula: what is highlighted in the row. */
  readonly shown: Span;
  readonly notes: readonly string[];
  readonly findings: readonly { readonly wrong: boolean; readonly text: string }[];
}

/** What can be said about a place; undefined where no term of a formula that is understood stands. */
export function hoverContent(analysis: Analysis, offset: number): HoverContent | undefined {
  const found = termAt(analysis, offset);
  if (!found) return undefined;
  const { statement, entry, path } = found;
  const { candidate } = entry;
  const product = [...path].reverse().find(hasRow);
  const row = product && rowOf(product, candidate.expr.span);
  const told = toldShape(candidate);
  return {
    span: entry.span,
    term: plain(candidate.expr),
    shape: told ? shapeText(told) : candidate.conflicts.length > 0 ? 'does not conform' : 'shape unknown',
    what: describe(candidate, statement),
    why: candidate.shape ? reasons(analysis, statement, candidate) : unknownWhy(candidate),
    row: row && row.parts.length > 1 && row.parts.some((p) => p.shape && p.shape.dims.length > 0) ? row : undefined,
    shown: candidate.expr.span,
    notes: [
      ...notesOn(statement, candidate, path),
      ...equationNote(statement, path),
      ...exampleNote(analysis, candidate),
      ...verdictNotes(analysis, statement, path),
    ],
    findings: findingsAt(analysis, offset),
  };
}

interface TermAt {
  readonly statement: CheckedStatement;
  readonly entry: TermEntry;
  /** From the member down to the term's candidate. */
  readonly path: readonly Candidate[];
}

function termAt(analysis: Analysis, offset: number): TermAt | undefined {
  for (const statement of analysis.checked.statements) {
    const { span } = statement.formula;
    if (offset < span.start || offset > span.end) continue;
    const terms = termsOf(statement);
    const entry =
      smallest(terms.filter((t) => t.span.start <= offset && offset < t.span.end)) ??
      smallest(terms.filter((t) => t.span.start <= offset && offset === t.span.end));
    if (!entry || (!terms.some((t) => t.shape && t.kind !== 'number') && analysis.values?.get(statement)?.verdict !== 'verified')) continue;
    return { statement, entry, path: pathTo(statement.inferred.members, entry.candidate) ?? [entry.candidate] };
  }
  return undefined;
}

const length = (t: TermEntry): number => t.span.end - t.span.start;

const smallest = (terms: readonly TermEntry[]): TermEntry | undefined =>
  terms.reduce<TermEntry | undefined>((best, t) => (best && length(best) <= length(t) ? best : t), undefined);

function pathTo(candidates: readonly Candidate[], target: Candidate): readonly Candidate[] | undefined {
  for (const c of candidates) {
    if (c === target) return [c];
    const below = pathTo(c.parts, target);
    if (below) return [c, ...below];
  }
  return undefined;
}

/** The symbols that nothing determines. */
function unknownWhy(c: Candidate): readonly Line[] {
  const names = new Set<string>();
  const collect = (x: Candidate): void => {
    if (x.rule === 'unknown' && x.expr.kind === 'symbol') names.add(plainTex(x.expr.name.key));
    x.parts.forEach(collect);
  };
  collect(c);
  const list = [...names].slice(0, 4);
  return list.length > 0 ? [{ text: `nothing in the document determines the shape of ${list.join(', ')}` }] : [];
}

/** What the left side is, for a term of another side: the shape that this side should have. */
function equationNote(s: CheckedStatement, path: readonly Candidate[]): readonly string[] {
  const { members } = s.inferred;
  const own = path[0];
  const at = own ? members.indexOf(own) : -1;
  const [left] = members;
  const relation = s.statement.relations[at - 1];
  if (at < 1 || !own || !left?.shape || !relation || !/^(=|:=|\\equiv|\\approx|\\triangleq|\\leftarrow)$/.test(relation)) return [];
  const whole = path.length === 1 || (path.length === 2 && hasRow(own));
  if (!whole || members.some((m) => m.conflicts.some((x) => x.code === 'chain-ends'))) return [];
  const name = plain(left.expr, 40);
  if (!own.shape || own.conflicts.length > 0) return [`The left side, ${name}, is ${isText(left.shape)}.`];
  return [
    sameShape(own.shape, left.shape)
      ? `The left side, ${name}, is ${isText(left.shape)}, and so is this side.`
      : `The left side, ${name}, is ${isText(left.shape)}; this side is ${isText(own.shape)}.`,
  ];
}

/** Its number, row by row, where the document's network is run. */
function exampleNote(analysis: Analysis, c: Candidate): readonly string[] {
  const value = analysis.values && exampleValue(analysis.checked.env, c);
  return value ? [`At the example point: ${wordArray(value)}.`] : [];
}

/** What the engine found about the side that the term stands in, or why it found nothing. */
function verdictNotes(analysis: Analysis, s: CheckedStatement, path: readonly Candidate[]): readonly string[] {
  const value = analysis.values?.get(s);
  if (!value || s.statement.members.length < 2) return [];
  const at = path[0] ? s.inferred.members.indexOf(path[0]) : -1;
  const verdict = value.members[at] ?? value.verdict;
  const reason = value.reason && plainTex(wordReason(value.reason));
  const difference = value.differences[at];
  if (verdict === 'refuted') return [`Refuted: ${difference ? wordDifference(difference) : 'its value is not the true one'}.`];
  if (verdict === 'verified') return [`Verified by evaluation at random points${reason ? `, ${reason}` : ''}.`];
  if (value.reason?.kind === 'defines') return path.length === 1 ? [`This defines ${plainTex(value.reason.name)}.`] : [];
  return path.length <= 2 && reason && path[0]?.conflicts.length === 0 ? [`Value not checked: ${reason}.`] : [];
}

/** The first sentence of each finding at a place. */
function findingsAt(analysis: Analysis, offset: number): HoverContent['findings'] {
  const own = analysis.findings.filter(
    (f) =>
      f.span.start <= offset &&
      offset < f.span.end &&
      f.code !== 'stripped-backslashes' &&
      f.code !== 'tensor-factor' &&
      f.code !== 'ambiguous-product' &&
      f.code !== 'broadcast',
  );
  return own.map((f) => ({ wrong: f.severity === 'error' || f.severity === 'warning', text: wordFinding(analysis, f).what }));
}
