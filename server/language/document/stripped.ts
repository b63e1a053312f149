// Formulas whose backslashes were lost when they were copied from a web page: tells such a document for certain, and puts them back.
import type { Edit } from '../text.js';
import { isLetter } from './delimiters.js';
import { writtenAt } from './offsets.js';
import {
  DELIMITERS,
  FUNCTIONS,
  OPERATORS,
  SHORT,
  SUPERSCRIPTS,
  SYMBOLS,
  TEXTUAL,
  WITH_ARGUMENT,
  WITH_DELIMITER,
  WORDS,
} from './stripped-names.js';
import type { Formula, OffsetMap, SourceDocument } from './types.js';

/** What is written only by someone who meant a command: `frac {1}{2}`, `{partial L}`, `underbrace{`. */
const EVIDENCE =
  /(?<![\\A-Za-z])(?:d?frac ?\{[^{}]*\}|d?frac ?\{(?:partial|d)|partial (?=[A-Za-z\\{])|partial\^?\{?2|(?:under|over)brace ?\{|mathbb ?\{|mathbf ?\{|boldsymbol ?\{|sqrt ?\{)/g;

const COMMAND = /\\[a-zA-Z]{2,}/g;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a document lost its backslashes: clear evidence, and hardly a command that still has its own. */
export function isStripped(formulas: readonly Formula[]): boolean {
  let evidence = 0;
  let commands = 0;
  for (const { tex } of formulas) {
    commands += count(tex, COMMAND);
    if (/frac|partial|brace|math|bold|sqrt/.test(tex)) evidence += count(tex, EVIDENCE);
    // A document that is whole is told early: most are, and this is read at every keystroke.
    if (commands > 20 && evidence === 0) return false;
  }
  return evidence > 0 && commands * 5 <= evidence;
}

/** Puts the backslashes back into every formula of a stripped document. */
export function restoreFormulas(formulas: readonly Formula[]): Formula[] {
  return formulas.map((formula) => {
    const { tex, insertions } = restore(formula.tex);
    if (insertions.length === 0 && tex === formula.tex) return formula;
    return { ...formula, tex, map: withInsertions(formula.map, formula.tex.length, insertions), stripped: true };
  });
}

/** Inserted characters stand, in the document, at the empty span before what follows them. */
function withInsertions(map: OffsetMap, length: number, insertions: readonly number[]): OffsetMap {
  const starts: number[] = [];
  const ends: number[] = [];
  const startOf = (i: number): number => map.starts?.[i] ?? (map.starts && map.ends ? (map.ends[length - 1] ?? map.base) : map.base + i);
  let next = 0;
  for (let i = 0; i <= length; i++) {
    for (; insertions[next] === i; next++) {
      starts.push(startOf(i));
      ends.push(startOf(i));
    }
    if (i === length) break;
    starts.push(startOf(i));
    ends.push(map.ends?.[i] ?? map.base + i + 1);
  }
  return { base: map.base, starts, ends };
}

/** The edits that restore the backslashes, and write – as - within formulas, in the document as it stands. */
export function restorations(document: SourceDocument): Edit[] {
  const edits: Edit[] = [];
  for (const { tex, map, stripped } of document.formulas) {
    if (!stripped || !map.starts || !map.ends) continue;
    for (let i = 0; i < tex.length; i++) {
      const start = map.starts[i] ?? 0;
      const end = map.ends[i] ?? start;
      const written = writtenAt(document, { start, end });
      if (start === end || (written === '–' && tex[i] === '-')) edits.push({ span: { start, end }, newText: tex[i] ?? '' });
    }
  }
  return edits;
}

/** The TeX with its backslashes, and where (in the TeX as it was) each was inserted. En dashes become minus signs. */
export function restore(tex: string): { tex: string; insertions: number[] } {
  const insertions: number[] = [];
  for (let i = 0; i < tex.length; ) {
    const c = tex.charCodeAt(i);
    if (c === 92) i = restoreRowBreak(tex, i, insertions);
    else if (isLetter(c)) i = restoreRun(tex, i, insertions);
    else i++;
  }
  let result = '';
  let from = 0;
  for (const at of insertions) {
    result += `${tex.slice(from, at)}\\`;
    from = at;
  }
  return { tex: (result + tex.slice(from)).replaceAll('–', '-'), insertions };
}

/** A backslash that is left before white space is half of a row break. */
function restoreRowBreak(tex: string, at: number, insertions: number[]): number {
  const next = tex.charCodeAt(at + 1);
  if (next === 92) return at + 2;
  if (next === 10 || next === 13 || (next === 32 && /\b(?:begin|aligned|matrix)/.test(tex))) insertions.push(at);
  let end = at + 1;
  while (isLetter(tex.charCodeAt(end))) end++;
  return Math.max(end, at + 1);
}

/** Restores one run of letters, and answers where to go on: behind it, or behind the words it takes. */
function restoreRun(tex: string, start: number, insertions: number[]): number {
  let end = start;
  while (isLetter(tex.charCodeAt(end))) end++;
  const place: Place = { tex, start, end };
  const cut = commandIn(tex.slice(start, end), place);
  if (!cut) return end;
  for (const at of cut) insertions.push(start + at);
  const last = tex.slice(start + (cut[cut.length - 1] ?? 0), end);
  if ((last === 'left' || last === 'right') && /[{}]/.test(tex[end] ?? '')) insertions.push(end);
  return TEXTUAL.has(last) ? groupEnd(tex, end) : end;
}

interface Place {
  readonly tex: string;
  readonly start: number;
  readonly end: number;
}

function groupEnd(tex: string, from: number): number {
  let i = from;
  while (tex.charCodeAt(i) === 32) i++;
  if (tex.charCodeAt(i) !== 123) return from;
  let depth = 0;
  for (; i < tex.length; i++) {
    const c = tex.charCodeAt(i);
    if (c === 123) depth++;
    else if (c === 125 && --depth === 0) return i + 1;
  }
  return from;
}

/** Where, in a run of letters, backslashes belong; undefined where none does. */
function commandIn(run: string, place: Place): number[] | undefined {
  if (run.length < 2 || run.length > 40 || WORDS.has(run)) return undefined;
  if (isCommand(run, place, 0)) return [0];
  // A command ends where its run of letters ends: before it stand variables, or commands that were written without a space.
  for (let at = 1; at <= run.length - 2; at++) {
    const tail = run.slice(at);
    if (!isCommand(tail, place, at)) continue;
    const head = run.slice(0, at);
    if (at === 1 || (at === 2 && (OPERATORS.has(tail) || /^[dD]/.test(head)))) return [at];
    const before = commandChain(head);
    if (before) return [...before, at];
  }
  return undefined;
}

/** A head that is itself a command, or a variable with one: `partial` in `partialtheta`. */
function commandChain(head: string): number[] | undefined {
  if (SYMBOLS.has(head) || OPERATORS.has(head) || DELIMITERS.has(head) || WITH_DELIMITER.has(head) || WITH_ARGUMENT.has(head)) return [0];
  const tail = head.slice(1);
  return SYMBOLS.has(tail) || OPERATORS.has(tail) ? [1] : undefined;
}

/** Whether `name`, which ends the run, is a command there; `at` is how many letters of the run stand before it. */
function isCommand(name: string, place: Place, at: number): boolean {
  const { tex, end } = place;
  if (SYMBOLS.has(name) || DELIMITERS.has(name)) return true;
  if (SUPERSCRIPTS.has(name) && at === 0 && tex[place.start - 1] === '^') return true;
  const script = soleOfScript(place);
  if (script === '^' && SUPERSCRIPTS.has(name)) return true;
  if (OPERATORS.has(name)) return at > 0 || script === undefined;
  if (WITH_ARGUMENT.has(name)) return at === 0 ? takesArgument(tex, end, name) : tex[end] === '{';
  if (WITH_DELIMITER.has(name))
    return /^ ?(?:[([|{}).\]\\]|l[vV]ert|r[vV]ert|langle|rangle|lfloor|rfloor|lceil|rceil)/.test(tex.slice(end, end + 10));
  if (FUNCTIONS.has(name)) return at === 0 && script === undefined;
  if (SHORT.has(name))
    return script === undefined && (at === 0 || (at === 1 && /^ ?(?:mathbb|mathcal|mathrm|[{[(\\RC])/.test(tex.slice(end, end + 8))));
  return false;
}

/** The sign of the script whose braces hold nothing but this run. */
function soleOfScript({ tex, start, end }: Place): string | undefined {
  const sign = tex[start - 2];
  if (tex[start - 1] === '_' || tex[start - 1] === '^') return tex[start - 1];
  return tex[start - 1] === '{' && tex[end] === '}' && (sign === '_' || sign === '^') ? sign : undefined;
}

function takesArgument(tex: string, end: number, name: string): boolean {
  const rest = tex.slice(end, end + 3);
  if (/^ ?\{/.test(rest)) return true;
  if (/frac$|binom$/.test(name)) return /^ ?[0-9]/.test(rest);
  if (name === 'sqrt') return /^ ?[[0-9]|^ [A-Za-z](?![A-Za-z])/.test(rest);
  return !TEXTUAL.has(name) && /^ [A-Za-z0-9](?![A-Za-z])/.test(rest);
}
