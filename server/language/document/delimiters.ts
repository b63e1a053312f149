// Where a formula closes: delimiters and environments, with what may stand in between. Linear, and total: -1 where nothing closes.
import { TEXT_COMMANDS } from './names.js';

const BACKSLASH = 92;
const DOLLAR = 36;
const OPEN = 123;
const CLOSE = 125;
const PERCENT = 37;
const NEWLINE = 10;

export type Closer = '$' | '$$' | '\\)' | '\\]' | '\\\\)' | '\\\\]';

export const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13) || c === 0xa0;

/** The offset behind the letters from `from`. */
export function lettersEnd(text: string, from: number): number {
  let i = from;
  while (isLetter(text.charCodeAt(i))) i++;
  return i;
}

/** The end of the line (before its line break) that holds `from`. */
export function lineEnd(text: string, from: number, to = text.length): number {
  const i = text.indexOf('\n', from);
  return i < 0 || i > to ? to : i;
}

/** The offset of the delimiter that closes a formula whose content begins at `from`, or -1. With `comments`, % hides the rest of a line. */
export function findClose(text: string, from: number, to: number, closer: Closer, comments: boolean): number {
  return closer.startsWith('$') ? findDollar(text, from, to, closer.length, comments) : findBackslashed(text, from, to, closer, comments);
}

function findBackslashed(text: string, from: number, to: number, closer: Closer, comments: boolean): number {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === PERCENT && comments) i = lineEnd(text, i, to);
    else if (c === BACKSLASH) {
      if (i + closer.length <= to && text.startsWith(closer, i)) return i;
      i++;
    }
  }
  return -1;
}

function findDollar(text: string, from: number, to: number, length: number, comments: boolean): number {
  let depth = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === OPEN) depth++;
    else if (c === CLOSE) depth = Math.max(0, depth - 1);
    else if (c === PERCENT && comments) i = lineEnd(text, i, to);
    else if (c === DOLLAR) {
      if (depth > 0) return findDollarPastText(text, from, to, length, comments);
      if (length === 1 || (i + 1 < to && text.charCodeAt(i + 1) === DOLLAR)) return i;
    }
  }
  return -1;
}

/** The same where dollars stand inside braces: within \text{…} and its like they open formulas of their own. */
function findDollarPastText(text: string, from: number, to: number, length: number, comments: boolean): number {
  // For each open brace: how many of the groups after it are still text; -1 where its own content is mathematics.
  const stack: number[] = [];
  let texts = 0;
  let inText = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) {
      const end = lettersEnd(text, i + 1);
      texts = TEXT_COMMANDS.get(text.slice(i + 1, Math.min(end, i + 20))) ?? 0;
      i = Math.max(end - 1, i + 1);
    } else if (c === OPEN) {
      stack.push(texts > 0 ? texts - 1 : -1);
      if (texts > 0) inText++;
      texts = 0;
    } else if (c === CLOSE) {
      texts = stack.pop() ?? -1;
      if (texts >= 0) inText = Math.max(0, inText - 1);
    } else if (c === PERCENT && comments) i = lineEnd(text, i, to);
    else if (c === DOLLAR && inText === 0 && (length === 1 || (i + 1 < to && text.charCodeAt(i + 1) === DOLLAR))) return i;
    else if (!isSpace(c)) texts = 0;
  }
  return -1;
}

/** The name in \begin{name} or \end{name} at `at`, where `text` has the keyword there; else undefined. */
export function environmentAt(text: string, at: number, keyword: 'begin' | 'end'): { name: string; end: number } | undefined {
  if (!text.startsWith(keyword, at + 1)) return undefined;
  let i = at + 1 + keyword.length;
  while (text.charCodeAt(i) === 32) i++;
  if (text.charCodeAt(i) !== OPEN) return undefined;
  const close = text.slice(i, i + 40).indexOf('}');
  return close < 0 ? undefined : { name: text.slice(i + 1, i + close).trim(), end: i + close + 1 };
}

const unstarred = (name: string): string => (name.endsWith('*') ? name.slice(0, -1) : name);

/** The offset behind the \end that closes \begin{name}, `from` standing behind that \begin; -1 where none does. A star may be forgotten. */
export function findEnvironmentEnd(text: string, from: number, to: number, name: string, comments: boolean): number {
  const wanted = unstarred(name);
  let depth = 1;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === PERCENT && comments) i = lineEnd(text, i, to);
    if (c !== BACKSLASH) continue;
    const next = text.charCodeAt(i + 1);
    if (next === 98 && unstarred(environmentAt(text, i, 'begin')?.name ?? '') === wanted) depth++;
    if (next === 101) {
      const end = environmentAt(text, i, 'end');
      if (end && unstarred(end.name) === wanted && --depth === 0) return end.end <= to ? end.end : -1;
    }
    i++;
  }
  return -1;
}

/** The offset behind the brace that closes the one at `at`; -1 where none does before `to`. Comments hide braces. */
export function groupEnd(text: string, at: number, to: number): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === OPEN) depth++;
    else if (c === CLOSE && --depth === 0) return i + 1;
    else if (c === PERCENT) i = lineEnd(text, i, to);
  }
  return -1;
}

/** The offset behind the square bracket that closes the one at `at`; -1 where none does before `to` or a blank line. */
export function bracketEnd(text: string, at: number, to: number): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === 91) depth++;
    else if (c === 93 && --depth === 0) return i + 1;
    else if (c === NEWLINE && text.charCodeAt(i + 1) === NEWLINE) return -1;
  }
  return -1;
}
