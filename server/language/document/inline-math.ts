// Formulas within a run of Markdown text: the delimiters of every dialect, bare environments, and macro definitions.
import { type Closer, environmentAt, findClose, findEnvironmentEnd, isLetter, isSpace } from './delimiters.js';
import { addFormula } from './draft.js';
import { isBracketMath, isInlineMath, looksLikeMath, looksLikeProse } from './evidence.js';
import { flush, lineAfter, lineBefore, type Scan, search } from './inline-scan.js';
import { takeDefinition, takeInclusion } from './macros.js';
import { BARE_ENVIRONMENTS } from './names.js';

interface Found {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly display: boolean;
  readonly doubled?: boolean;
}

export function addMath(scan: Scan, found: Found): number {
  const { base, content } = scan;
  flush(scan, found.start, found.end);
  const span = { start: base + found.start, end: base + found.end };
  const formula = addFormula(scan.draft, {
    span,
    content: { start: base + found.contentStart, end: base + found.contentEnd },
    raw: content.slice(found.contentStart, found.contentEnd),
    display: found.display,
    options: found.doubled ? { nested: scan.nested, cell: scan.cell, doubled: true } : scan.options,
  });
  scan.items.push({ kind: 'formula', formula, span });
  return found.end;
}

export function readDollar(scan: Scan, at: number): number {
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

export function readBackslash(scan: Scan, at: number): number {
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
  return addMath(scan, {
    start: at,
    contentStart: from,
    contentEnd: close,
    end: close + closer.length,
    display: bracket === 91,
    doubled: length === 3,
  });
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
  if (end < 0)
    end =
      base +
      at +
      (/^\\(?:eqref|ref|label|cite[pt]?|newpage|pagebreak)(?:\{[^{}\n]*\})?/.exec(content.slice(at, at + 100))?.[0].length ??
        -base - at - 1);
  return end < 0 ? -1 : flush(scan, at, end - base);
}
