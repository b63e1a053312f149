// Reads LaTeX: one scan over the text finds formulas, sections, paragraphs, tables, comments, macro definitions and inclusions.
// What opens and never closes ends with its paragraph.
import { bracketEnd, environmentAt, findClose, findEnvironmentEnd, groupEnd, isLetter, isSpace, lettersEnd, lineEnd, type Closer } from './delimiters.js';
import { addFormula, type Draft, newDraft, PLAIN } from './draft.js';
import { continuesFormula, looksLikeMath, looksLikeProse } from './evidence.js';
import { APART, BREAKS, CHARACTERS, CODE, DROPPED, FIRST_DROPPED, HEADINGS } from './latex-commands.js';
import { readComments } from './latex-comments.js';
import {
  add,
  addRule,
  addText,
  beginApart,
  beginTable,
  endApart,
  endCell,
  endParagraph,
  endRow,
  endTable,
  newProse,
  type Open,
  type Prose,
} from './latex-prose.js';
import { takeDefinition, takeInclusion } from './macros.js';
import { LIST_ENVIRONMENTS, OPAQUE_ENVIRONMENTS, OUTER_ENVIRONMENTS, TABLE_ENVIRONMENTS } from './names.js';

interface Scan {
  readonly draft: Draft;
  readonly text: string;
  readonly prose: Prose;
  /** Headings, captions and footnotes that are open: the offset of the brace that closes each. */
  readonly apart: { readonly close: number; readonly outer: Open }[];
  /** The end of the paragraph, as last looked up, and how many dollars in it found nothing that closes them. */
  paragraphEnd: number;
  failures: number;
}

/** The characters that are not simply text. */
const STOP = /[\\%$~{}&\n`'-]/g;

/** The longest heading, caption or argument that is looked for. */
const LONGEST = 5000;

export function readLatex(text: string): Draft {
  const draft = newDraft('latex', text);
  const scan: Scan = { draft, text, prose: newProse(draft), apart: [], paragraphEnd: -1, failures: 0 };
  let from = 0;
  STOP.lastIndex = 0;
  for (let m = STOP.exec(text); m; m = STOP.exec(text)) {
    addText(scan.prose, from, m.index);
    from = readStop(scan, m.index);
    STOP.lastIndex = from;
  }
  addText(scan.prose, from, text.length);
  while (scan.prose.tables.length > 0) endTable(scan.prose, text.length);
  for (let open = scan.apart.pop(); open; open = scan.apart.pop()) endApart(scan.prose, open.outer);
  endParagraph(scan.prose);
  return draft;
}

/** Reads what begins at `at` and answers where reading goes on. */
function readStop(scan: Scan, at: number): number {
  const { text, prose } = scan;
  switch (text[at]) {
    case '\\':
      return readBackslash(scan, at);
    case '%':
      return readComments(scan.draft, at);
    case '$':
      return readDollar(scan, at);
    case '\n':
      return readNewline(scan, at);
    case '}':
      closeApart(scan, at);
      return at + 1;
    case '{':
      return at + 1;
    case '~':
      return put(scan, at, at + 1, ' ');
    case '&':
      endCell(prose);
      return at + 1;
    default:
      return readLigature(scan, at);
  }
}

function put(scan: Scan, start: number, end: number, text: string): number {
  add(scan.prose, { kind: 'text', text, span: { start, end } });
  return end;
}

/** `--`, quotation marks. */
function readLigature(scan: Scan, at: number): number {
  const { text } = scan;
  const char = text[at] ?? '';
  let end = at + 1;
  while (text[end] === char && end - at < 3) end++;
  if (char === '-' && end - at > 1) return put(scan, at, end, end - at === 3 ? '—' : '–');
  if (char !== '-' && end - at === 2) return put(scan, at, end, char === '`' ? '“' : '”');
  addText(scan.prose, at, at + 1);
  return at + 1;
}

function readNewline(scan: Scan, at: number): number {
  const { text } = scan;
  let end = at + 1;
  let blank = false;
  for (; isSpace(text.charCodeAt(end)); end++) blank ||= text.charCodeAt(end) === 10;
  if (blank) endParagraph(scan.prose);
  else put(scan, at, at + 1, ' ');
  return blank ? end : at + 1;
}

/** Where the blank line stands that ends the paragraph of `at`. */
function paragraphEnd(scan: Scan, at: number): number {
  if (scan.paragraphEnd > at) return scan.paragraphEnd;
  const blank = /\n[ \t\r]*\n/g;
  blank.lastIndex = at;
  scan.paragraphEnd = blank.exec(scan.text)?.index ?? scan.text.length;
  scan.failures = 0;
  return scan.paragraphEnd;
}

function closeApart(scan: Scan, at: number): void {
  const open = scan.apart[scan.apart.length - 1];
  if (open?.close !== at) return;
  scan.apart.pop();
  endApart(scan.prose, open.outer);
}

/* ------------------------------------------------------------------------------------------------- formulas */

/** Adds the formula, in its place in the paragraph, and answers the offset behind it. */
function addMath(scan: Scan, start: number, end: number, contentStart: number, contentEnd: number, display: boolean): number {
  const span = { start, end };
  const formula = addFormula(scan.draft, { ...PLAIN, span, content: { start: contentStart, end: contentEnd }, display });
  add(scan.prose, { kind: 'formula', formula, span });
  return end;
}

function readDollar(scan: Scan, at: number): number {
  const { text } = scan;
  if (text[at + 1] === '$') return readDisplay(scan, at, 2, '$$');
  const limit = paragraphEnd(scan, at);
  // After several vain searches the rest of the paragraph is not searched again: reading stays linear.
  const close = scan.failures > 20 ? -1 : findClose(text, at + 1, limit, '$', true);
  if (close >= 0) return addMath(scan, at, close + 1, at + 1, close, false);
  scan.failures++;
  return at + 1;
}

/** A displayed formula between delimiters; without its closer it ends with its paragraph. */
function readDisplay(scan: Scan, at: number, length: number, closer: Closer): number {
  const { text } = scan;
  const from = at + length;
  const limit = paragraphEnd(scan, at);
  let close = findClose(text, from, limit, closer, true);
  if (close < 0) close = beyondBlank(text, from, limit, (to) => findClose(text, limit, to, closer, true));
  if (close >= 0) return addMath(scan, at, close + closer.length, from, close, true);
  return unclosed(scan, at, from, limit);
}

/** What nobody closed is a formula up to the paragraph's end if it can be one. */
function unclosed(scan: Scan, at: number, from: number, limit: number): number {
  const body = scan.text.slice(from, limit);
  return looksLikeMath(body) && !body.includes('$') && !looksLikeProse(body) ? addMath(scan, at, limit, from === at ? at : from, limit, true) : from;
}

/** A closer behind a blank line counts where what stands before it is no prose: LaTeX forbids that, MathJax does not. */
function beyondBlank(text: string, from: number, limit: number, find: (to: number) => number): number {
  const to = Math.min(text.length, from + LONGEST);
  if (to <= limit) return -1;
  const close = find(to);
  return close >= 0 && continuesFormula(text.slice(from, close)) && !/\\begin\{(?:align|equation|gather)/.test(text.slice(limit, close)) ? close : -1;
}

function readEnvironmentFormula(scan: Scan, at: number, name: string, from: number): number {
  const { text } = scan;
  const limit = paragraphEnd(scan, at);
  let end = findEnvironmentEnd(text, from, limit, name, true);
  if (end < 0) end = beyondBlank(text, from, limit, (to) => findEnvironmentEnd(text, limit, to, name, true));
  if (end >= 0) return addMath(scan, at, end, at, end, name !== 'math');
  return Math.max(from, unclosed(scan, at, at, limit));
}

/* ------------------------------------------------------------------------------------------------- commands */

function readBackslash(scan: Scan, at: number): number {
  const { text } = scan;
  const next = text.charCodeAt(at + 1);
  if (isLetter(next)) return readCommand(scan, at);
  if (next === 40) {
    const limit = paragraphEnd(scan, at);
    const close = scan.failures > 20 ? -1 : findClose(text, at + 2, limit, '\\)', true);
    if (close >= 0) return addMath(scan, at, close + 2, at + 2, close, false);
    scan.failures++;
    return at + 2;
  }
  if (next === 91) return readDisplay(scan, at, 2, '\\]');
  if (next === 92) return readRowBreak(scan, at);
  if (/[%&_$#{}]/.test(text[at + 1] ?? '')) return put(scan, at, at + 2, text[at + 1] ?? '');
  if (/[\s,;:!/]/.test(text[at + 1] ?? '')) return put(scan, at, at + 2, ' ');
  // An accent or a hyphenation mark: its letter follows.
  return Math.min(text.length, at + 2);
}

function readRowBreak(scan: Scan, at: number): number {
  const length = /^\\\\\*?(?:\[[^\]\n]{0,20}\])?/.exec(scan.text.slice(at, at + 30))?.[0].length ?? 2;
  if (scan.prose.tables.length > 0) endRow(scan.prose);
  else put(scan, at, at + length, ' ');
  return at + length;
}

function readCommand(scan: Scan, at: number): number {
  const { text, prose, draft } = scan;
  const nameEnd = lettersEnd(text, at + 1);
  const name = nameEnd - at > 40 ? '' : text.slice(at + 1, nameEnd);
  if (name === 'begin') return readBegin(scan, at);
  if (name === 'end') return readEnd(scan, at);
  if (name === 'verb' || name === 'Verb') return readVerb(scan, at, nameEnd);
  const behind = text.charCodeAt(nameEnd) === 42 ? nameEnd + 1 : nameEnd;
  const level = HEADINGS.get(name);
  if (level !== undefined || APART.has(name)) return readApart(scan, at, behind, level);
  const taken = Math.max(takeDefinition(draft, at, text.length), takeInclusion(draft, at, text.length));
  if (taken >= 0) return taken;
  if (name === 'item') return readItem(scan, nameEnd);
  if (name === 'iffalse') return behindText(text, nameEnd, '\\fi');
  if (CODE.has(name)) return readCode(scan, at, behind);
  const dropped = DROPPED.get(name);
  if (dropped !== undefined) return argumentsEnd(text, behind, FIRST_DROPPED.has(name) ? 1 : dropped);
  if (BREAKS.has(name)) endParagraph(prose);
  else if (/rule$|^hline$/.test(name)) addRule(prose);
  else put(scan, at, nameEnd, CHARACTERS.get(name) ?? '');
  return skipOptional(text, spaceAfterName(text, behind));
}

/** A space behind a command's name belongs to the command only if nothing else follows on the line; elsewhere it is dropped too. */
const spaceAfterName = (text: string, at: number): number => (text.charCodeAt(at) === 32 ? at + 1 : at);

function skipOptional(text: string, at: number): number {
  if (text.charCodeAt(at) !== 91) return at;
  const end = bracketEnd(text, at, Math.min(lineEnd(text, at), at + 300));
  return end < 0 ? at : end;
}

/** Behind so many braced arguments, and the optional ones among them. */
function argumentsEnd(text: string, from: number, count: number): number {
  let i = from;
  for (let left = count; left > 0; ) {
    let at = i;
    while (isSpace(text.charCodeAt(at)) && at - i < 20) at++;
    const c = text.charCodeAt(at);
    const end = c === 123 ? groupEnd(text, at, Math.min(text.length, at + LONGEST)) : c === 91 ? skipOptional(text, at) : -1;
    if (end <= at) return i;
    if (c === 123) left--;
    i = end;
  }
  return i;
}

function behindText(text: string, from: number, sought: string): number {
  const at = text.indexOf(sought, from);
  return at < 0 ? text.length : at + sought.length;
}

function readApart(scan: Scan, at: number, from: number, level: number | undefined): number {
  const { text, prose } = scan;
  let open = from;
  while (isSpace(text.charCodeAt(open)) && open - from < 20) open++;
  open = skipOptional(text, open);
  const end = text.charCodeAt(open) === 123 ? groupEnd(text, open, Math.min(text.length, open + LONGEST)) : -1;
  if (end < 0) return from;
  if (level !== undefined) {
    endParagraph(prose);
    // A heading may hold a paragraph's text up to now where it stands inside another heading; that one ends here.
    for (let outer = scan.apart.pop(); outer; outer = scan.apart.pop()) endApart(prose, outer.outer);
  }
  scan.apart.push({ close: end - 1, outer: beginApart(prose, at, level) });
  return open + 1;
}

function readItem(scan: Scan, from: number): number {
  endParagraph(scan.prose);
  // \item[term]: the term is part of the item's text.
  return scan.text.charCodeAt(from) === 91 ? from + 1 : from;
}

function readVerb(scan: Scan, at: number, from: number): number {
  const { text } = scan;
  const start = text.charCodeAt(from) === 42 ? from + 1 : from;
  const close = text.slice(start + 1, lineEnd(text, start)).indexOf(text[start] ?? ' ');
  if (close < 0 || start >= text.length) return start;
  const end = start + 1 + close;
  add(scan.prose, { kind: 'code', text: text.slice(start + 1, end), span: { start: at, end: end + 1 } });
  return end + 1;
}

function readCode(scan: Scan, at: number, from: number): number {
  const { text } = scan;
  const last = argumentsEnd(text, from, text.startsWith('\\mintinline', at) ? 2 : 1);
  const open = text.lastIndexOf('{', last - 1);
  if (last <= from || open < from) return from;
  const inner = text.slice(open + 1, last - 1);
  // \texttt{…} with a formula in it is only a font.
  if (inner.includes('$') || inner.includes('\\(')) return open + 1;
  const unescaped = inner.replace(/\\([_%&#${}])/g, '$1');
  add(scan.prose, { kind: 'code', text: unescaped, span: { start: at, end: last } });
  return last;
}

/* ------------------------------------------------------------------------------------------------- environments */

function readBegin(scan: Scan, at: number): number {
  const { text, prose, draft } = scan;
  const environment = environmentAt(text, at, 'begin');
  if (!environment) return at + 6;
  const { name, end } = environment;
  if (OUTER_ENVIRONMENTS.has(name)) return readEnvironmentFormula(scan, at, name, end);
  if (OPAQUE_ENVIRONMENTS.has(name)) return behindText(text, end, `\\end{${name}}`);
  endParagraph(prose);
  // What stands before is no prose.
  if (name === 'document') draft.blocks.length = 0;
  const columns = TABLE_ENVIRONMENTS.get(name);
  if (columns !== undefined) {
    beginTable(prose, at);
    return argumentsEnd(text, skipOptional(text, end), columns);
  }
  if (LIST_ENVIRONMENTS.has(name)) prose.lists++;
  return /^(?:minipage|multicols|wrapfigure|adjustbox|subfigure|columns?)$/.test(name) ? argumentsEnd(text, end, 1) : skipOptional(text, end);
}

function readEnd(scan: Scan, at: number): number {
  const { text, prose } = scan;
  const environment = environmentAt(text, at, 'end');
  if (!environment) return at + 4;
  const { name, end } = environment;
  if (TABLE_ENVIRONMENTS.has(name)) endTable(prose, end);
  endParagraph(prose);
  if (LIST_ENVIRONMENTS.has(name)) {
    prose.lists = Math.max(0, prose.lists - 1);
    endParagraph(prose);
  }
  return name === 'document' ? text.length : end;
}
