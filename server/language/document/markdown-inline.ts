// Reads the text of one paragraph, heading or cell of Markdown: formulas in every dialect's delimiters, code spans, and prose
// without its markup. One pass over the characters; what opens and never closes stays text.
import { environmentAt, findClose, findEnvironmentEnd, isDigit, isLetter, isSpace, type Closer } from './delimiters.js';
import { addComment, addFormula, type Draft } from './draft.js';
import { isBracketMath, isInlineMath, looksLikeMath, looksLikeProse } from './evidence.js';
import { takeDefinition, takeInclusion } from './macros.js';
import { BARE_ENVIRONMENTS, ENTITIES } from './names.js';
import type { Inline } from './types.js';

/** A stretch of the document to be read as one run of text. */
export interface InlineSource {
  /** Its characters, one for one, with quote marks blanked out. */
  readonly content: string;
  /** Where it stands in the document. */
  readonly base: number;
  readonly nested: boolean;
  readonly cell: boolean;
  /** Double backticks are mathematics here (Julia). */
  readonly julia: boolean;
}

interface Scan extends InlineSource {
  readonly draft: Draft;
  readonly items: Inline[];
  /** Where the text that was not yet put out begins. */
  textStart: number;
  /** Positions in `items` of opening brackets that may begin a link. */
  readonly brackets: number[];
  /** The next blank line, as last looked up. */
  blank: number;
  /** How often a search ran to the end in vain, by what was sought. */
  failures: Map<string, number> | undefined;
}

/** By character, what reads on from it: the offset at which reading goes on, or -1 if the character is plain text. */
type Reader = (scan: Scan, at: number) => number;

const READERS: readonly (Reader | undefined)[] = table([
  ['\\', readBackslash],
  ['$', readDollar],
  ['`', readCode],
  ['<', readAngle],
  ['*', readEmphasis],
  ['_', readEmphasis],
  ['!', readImage],
  ['[', openBracket],
  [']', closeBracket],
  ['&', readEntity],
  ['{', readAttributes],
  [':', readColons],
]);

function table(entries: readonly (readonly [string, Reader])[]): (Reader | undefined)[] {
  const readers: (Reader | undefined)[] = new Array(128).fill(undefined);
  for (const [char, reader] of entries) readers[char.charCodeAt(0)] = reader;
  return readers;
}

export function readInline(draft: Draft, source: InlineSource): Inline[] {
  const { content, base, nested, cell, julia } = source;
  const scan: Scan = { content, base, nested, cell, julia, draft, items: [], textStart: 0, blank: -1, brackets: [], failures: undefined };
  for (let i = 0; i < content.length; ) {
    const c = content.charCodeAt(i);
    const reader = c < 128 ? READERS[c] : undefined;
    const next = reader ? reader(scan, i) : -1;
    i = next > i ? next : i + 1;
  }
  flush(scan, content.length);
  return merged(scan.items);
}

/** Puts out the text up to `at`; reading goes on at `next`. */
function flush(scan: Scan, at: number, next = at): number {
  const { base, textStart } = scan;
  if (at > textStart) scan.items.push({ kind: 'text', text: scan.content.slice(textStart, at), span: { start: base + textStart, end: base + at } });
  scan.textStart = next;
  return next;
}

/** Joins texts that stand next to one another as they are in the document. */
function merged(items: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const item of items) {
    const last = result[result.length - 1];
    if (last?.kind === 'text' && item.kind === 'text' && last.span.end === item.span.start && isPlain(last) && isPlain(item)) {
      result[result.length - 1] = { kind: 'text', text: last.text + item.text, span: { start: last.span.start, end: item.span.end } };
    } else if (item.kind !== 'text' || item.text !== '') result.push(item);
  }
  return result;
}

const isPlain = (item: Inline & { kind: 'text' }): boolean => item.text.length === item.span.end - item.span.start;

/** Puts out what `text` stands for in place of [at, next). */
function replace(scan: Scan, at: number, next: number, text: string): number {
  flush(scan, at, next);
  if (text !== '') scan.items.push({ kind: 'text', text, span: { start: scan.base + at, end: scan.base + next } });
  return next;
}

/** Searches, unless too many searches for the same thing went on to the end and found nothing: that keeps reading linear. */
function search(scan: Scan, what: string, find: () => number): number {
  const failures = scan.failures?.get(what) ?? 0;
  if (failures > 20) return -1;
  const found = find();
  if (found < 0) {
    scan.failures ??= new Map();
    scan.failures.set(what, failures + 1);
  }
  return found;
}

/* ------------------------------------------------------------------------------------------------- formulas */

interface Found {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly display: boolean;
  readonly doubled?: boolean;
}

function addMath(scan: Scan, found: Found): number {
  const { base, content } = scan;
  flush(scan, found.start, found.end);
  const span = { start: base + found.start, end: base + found.end };
  const formula = addFormula(scan.draft, {
    span,
    content: { start: base + found.contentStart, end: base + found.contentEnd },
    raw: content.slice(found.contentStart, found.contentEnd),
    display: found.display,
    nested: scan.nested,
    cell: scan.cell,
    doubled: found.doubled ?? false,
  });
  scan.items.push({ kind: 'formula', formula, span });
  return found.end;
}

function readDollar(scan: Scan, at: number): number {
  const { content } = scan;
  const next = content.charCodeAt(at + 1);
  if (next === 36) return readDollars(scan, at);
  if (next === 96) return readGithub(scan, at);
  const close = search(scan, '$', () => findClose(content, at + 1, paragraphEnd(scan, at), '$', false));
  if (close < 0) return -1;
  const body = content.slice(at + 1, close);
  if (!isInlineMath(body, content.charCodeAt(at - 1), content.charCodeAt(close + 1))) return -1;
  return addMath(scan, { start: at, contentStart: at + 1, contentEnd: close, end: close + 1, display: false });
}

/** The next blank line that a formula left inside the paragraph. */
function paragraphEnd(scan: Scan, from: number): number {
  if (scan.blank < from) {
    const blank = scan.content.indexOf('\n\n', from);
    scan.blank = blank < 0 ? scan.content.length : blank;
  }
  return scan.blank;
}

/** The characters of the line before `at`, and those behind it; of a long line only the nearest. */
const lineBefore = (content: string, at: number): string => /[^\n]*$/.exec(content.slice(Math.max(0, at - 200), at))?.[0] ?? '';
const lineAfter = (content: string, at: number): string => /^[^\n]*/.exec(content.slice(at, at + 200))?.[0] ?? '';

/** $$…$$; one that never closes goes to the end of the paragraph if that can be read as mathematics. */
function readDollars(scan: Scan, at: number): number {
  const { content } = scan;
  const close = search(scan, '$$', () => findClose(content, at + 2, content.length, '$$', false));
  if (close === at + 2) return close + 2;
  if (close >= 0) {
    const body = content.slice(at + 2, close);
    if (looksLikeProse(body)) return at + 2;
    const end = close + 2;
    return addMath(scan, { start: at, contentStart: at + 2, contentEnd: close, end, display: isDisplay(content, at, end) });
  }
  const end = paragraphEnd(scan, at);
  const body = content.slice(at + 2, end);
  if (body.includes('$') || !looksLikeMath(body) || looksLikeProse(body)) return at + 2;
  return addMath(scan, { start: at, contentStart: at + 2, contentEnd: end, end, display: true });
}

/** Whether a formula between double dollars stands by itself: it spans lines, or nothing but a colon's text stands beside it. */
function isDisplay(content: string, start: number, end: number): boolean {
  if (content.slice(start, end).includes('\n')) return true;
  return /^\s*$|[:,{]\s*$/.test(lineBefore(content, start)) && /^[\s.,;:)*}]*(?:\{[^}]*\}\s*)?$/.test(lineAfter(content, end));
}

/** GitHub's $`…`$. */
function readGithub(scan: Scan, at: number): number {
  const close = search(scan, '`$', () => scan.content.indexOf('`$', at + 2));
  if (close < 0) return -1;
  return addMath(scan, { start: at, contentStart: at + 2, contentEnd: close, end: close + 2, display: false });
}

function readBackslash(scan: Scan, at: number): number {
  const { content } = scan;
  const next = content.charCodeAt(at + 1);
  if (next === 40 || next === 91) return readBracketed(scan, at, 2, next);
  const third = content.charCodeAt(at + 2);
  if (next === 92 && (third === 40 || third === 91)) {
    const end = readBracketed(scan, at, 3, third);
    if (end >= 0) return end;
  }
  if (isLetter(next)) return readCommand(scan, at);
  // An escaped character stands for itself; a backslash at the end of a line breaks it.
  if (isSpace(next)) return flush(scan, at, at + 1);
  if (/[!-/:-@[-`{-~]/.test(content[at + 1] ?? '')) {
    flush(scan, at, at + 1);
    return at + 2;
  }
  return -1;
}

/** \(…\), \[…\], and with doubled backslashes. */
function readBracketed(scan: Scan, at: number, length: number, bracket: number): number {
  const { content } = scan;
  const closer = ((length === 3 ? '\\\\' : '\\') + (bracket === 40 ? ')' : ']')) as Closer;
  const from = at + length;
  const close = search(scan, closer, () => findClose(content, from, content.length, closer, false));
  const body = content.slice(from, close < 0 ? from : close);
  if (close < 0 || body.trim() === '' || (length === 2 ? !isBracketMath(body) : looksLikeProse(body))) {
    if (length === 3) return -1;
    flush(scan, at, at + 1);
    return at + 2;
  }
  return addMath(scan, { start: at, contentStart: from, contentEnd: close, end: close + closer.length, display: bracket === 91, doubled: length === 3 });
}

/** A bare environment, a macro definition or an inclusion; every other command is text. */
function readCommand(scan: Scan, at: number): number {
  const { content, base, draft } = scan;
  const environment = environmentAt(content, at, 'begin');
  if (environment && BARE_ENVIRONMENTS.has(environment.name)) {
    const { name, end: from } = environment;
    const end = search(scan, name, () => findEnvironmentEnd(content, from, content.length, name, false));
    if (end >= 0) return addMath(scan, { start: at, contentStart: at, contentEnd: end, end, display: true });
  }
  let end = takeDefinition(draft, base + at, base + content.length);
  if (end < 0) end = takeInclusion(draft, base + at, base + content.length);
  if (end < 0) end = base + at + (/^\\(?:eqref|ref|label|cite[pt]?|newpage|pagebreak)(?:\{[^{}\n]*\})?/.exec(content.slice(at, at + 100))?.[0].length ?? -base - at - 1);
  return end < 0 ? -1 : flush(scan, at, end - base);
}

/* ------------------------------------------------------------------------------------------------- code and HTML */

function readCode(scan: Scan, at: number): number {
  const { content } = scan;
  let from = at;
  while (content.charCodeAt(from) === 96) from++;
  const ticks = from - at;
  const close = search(scan, `\`${ticks}`, () => closingTicks(content, from, ticks));
  if (close < 0) return from;
  const end = close + ticks;
  const body = content.slice(from, close);
  if (content.startsWith('{math}', at - 6) && scan.textStart <= at - 6) {
    return addMath(scan, { start: at - 6, contentStart: from, contentEnd: close, end, display: false });
  }
  if (ticks === 2 && scan.julia && !body.includes('`')) return addMath(scan, { start: at, contentStart: from, contentEnd: close, end, display: false });
  flush(scan, at, end);
  const text = body.replace(/\r?\n/g, ' ').replace(/^ (.*[^ ].*) $/s, '$1');
  scan.items.push({ kind: 'code', text, span: { start: scan.base + at, end: scan.base + end } });
  return end;
}

function closingTicks(content: string, from: number, ticks: number): number {
  for (let i = content.indexOf('`', from); i >= 0; i = content.indexOf('`', i)) {
    let end = i;
    while (content.charCodeAt(end) === 96) end++;
    if (end - i === ticks) return i;
    i = end;
  }
  return -1;
}

function readAngle(scan: Scan, at: number): number {
  const { content, base, draft } = scan;
  if (content.startsWith('<!--', at)) {
    const close = search(scan, '-->', () => content.indexOf('-->', at + 4));
    if (close < 0) return -1;
    addComment(draft, { start: base + at, end: base + close + 3 }, content.slice(at + 4, close), { base: base + at + 4 });
    return flush(scan, at, close + 3);
  }
  if (!/[a-zA-Z/]/.test(content[at + 1] ?? '')) return -1;
  const gt = search(scan, '>', () => content.slice(0, at + 2000).indexOf('>', at));
  if (gt < 0) return -1;
  const tag = content.slice(at, gt + 1);
  const script = /^<script[^>]*math\/tex([^>]*)>$/i.exec(tag);
  if (script) return readScript(scan, at, gt + 1, /mode\s*=\s*display/i.test(tag));
  if (/^<code>$/i.test(tag)) return readCodeTag(scan, at, gt + 1);
  if (!/^<(?:\/?[a-zA-Z][\w-]*(?:\s[^<>]*)?\/?|[a-zA-Z][\w+.-]*:[^\s<>]*)>$/.test(tag)) return -1;
  return replace(scan, at, gt + 1, /^<\/?(?:br|p|div|li|td|tr|th|hr|summary|details)\b/i.test(tag) ? '\n' : '');
}

function readScript(scan: Scan, at: number, from: number, display: boolean): number {
  const close = search(scan, '</script>', () => scan.content.indexOf('</script>', from));
  if (close < 0) return flush(scan, at, from);
  return addMath(scan, { start: at, contentStart: from, contentEnd: close, end: close + 9, display });
}

function readCodeTag(scan: Scan, at: number, from: number): number {
  const close = search(scan, '</code>', () => scan.content.indexOf('</code>', from));
  if (close < 0) return flush(scan, at, from);
  flush(scan, at, close + 7);
  scan.items.push({ kind: 'code', text: scan.content.slice(from, close), span: { start: scan.base + at, end: scan.base + close + 7 } });
  return close + 7;
}

function readEntity(scan: Scan, at: number): number {
  const name = /^&#?[a-z0-9]{1,8};/.exec(scan.content.slice(at, at + 12))?.[0];
  const text = name && ENTITIES.get(name);
  return name && text !== undefined ? replace(scan, at, at + name.length, text) : -1;
}

/* ------------------------------------------------------------------------------------------------- markup of prose */

/** Emphasis signs are dropped where they touch a word on one side only; within words and between spaces they are text. */
function readEmphasis(scan: Scan, at: number): number {
  const { content } = scan;
  const sign = content.charCodeAt(at);
  let end = at;
  while (content.charCodeAt(end) === sign) end++;
  const before = at === 0 ? 32 : content.charCodeAt(at - 1);
  const after = end >= content.length ? 32 : content.charCodeAt(end);
  const word = (c: number): boolean => isLetter(c) || isDigit(c);
  if (end - at > 3 || (isSpace(before) && isSpace(after))) return end;
  if (word(before) && word(after) && (sign === 95 || end - at === 1)) return end;
  return flush(scan, at, end);
}

function readImage(scan: Scan, at: number): number {
  if (scan.content.charCodeAt(at + 1) !== 91) return -1;
  const close = search(scan, '](', () => scan.content.indexOf('](', at));
  const end = close < 0 ? -1 : parenthesisEnd(scan.content, close + 1);
  return end < 0 ? -1 : flush(scan, at, end);
}

function parenthesisEnd(content: string, at: number): number {
  let depth = 0;
  for (let i = at; i < content.length && i < at + 2000; i++) {
    const c = content.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 40) depth++;
    else if (c === 41 && --depth === 0) return i + 1;
  }
  return -1;
}

function openBracket(scan: Scan, at: number): number {
  flush(scan, at);
  scan.brackets.push(scan.items.length);
  return replace(scan, at, at + 1, '[');
}

/** The end of a link's text takes its address along, and the opening bracket too. */
function closeBracket(scan: Scan, at: number): number {
  const opened = scan.brackets.pop();
  if (opened === undefined || scan.content.charCodeAt(at + 1) !== 40) return -1;
  const end = parenthesisEnd(scan.content, at + 1);
  if (end < 0 || !/^\(\s*(?:<[^>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+["'(][^]*)?\s*\)$/.test(scan.content.slice(at + 1, end))) return -1;
  const bracket = scan.items[opened];
  if (bracket?.kind === 'text') scan.items[opened] = { ...bracket, text: '' };
  return flush(scan, at, end);
}

/** kramdown's and Pandoc's attributes ({#eq:x}, {: .note}) and Liquid tags. */
function readAttributes(scan: Scan, at: number): number {
  const next = scan.content[at + 1] ?? '';
  if (!/[#:.%{]/.test(next)) return -1;
  const close = next === '%' ? '%}' : next === '{' ? '}}' : '}';
  const end = scan.content.slice(0, at + 1000).indexOf(close, at + 2);
  return end < 0 ? -1 : flush(scan, at, end + close.length);
}

/** The lines of ::: fences. */
function readColons(scan: Scan, at: number): number {
  const { content } = scan;
  if (!content.startsWith(':::', at) || lineBefore(content, at).trim() !== '') return -1;
  const end = content.indexOf('\n', at);
  return flush(scan, at, end < 0 ? content.length : end);
}
