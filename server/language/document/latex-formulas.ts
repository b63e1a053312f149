// Formulas of LaTeX: delimiters and environments. What opens and never closes ends with its paragraph.
import { type Closer, findClose, findEnvironmentEnd } from './delimiters.js';
import { addFormula, PLAIN } from './draft.js';
import { continuesFormula, looksLikeMath, looksLikeProse } from './evidence.js';
import { add } from './latex-prose.js';
import { LONGEST, paragraphEnd, type Scan } from './latex-scan.js';

/** Adds the formula, in its place in the paragraph, and answers the offset behind it. */
function addMath(scan: Scan, start: number, end: number, contentStart: number, contentEnd: number, display: boolean): number {
  const span = { start, end };
  const formula = addFormula(scan.draft, { options: PLAIN, span, content: { start: contentStart, end: contentEnd }, display });
  add(scan.prose, { kind: 'formula', formula, span });
  return end;
}

export function readDollar(scan: Scan, at: number): number {
  const { text } = scan;
  if (text[at + 1] === '$') return readDisplay(scan, at, 2, '$$');
  const limit = paragraphEnd(scan, at);
  // After several vain searches the rest of the paragraph is not searched again: reading stays linear.
  const close = scan.failures > 20 ? -1 : findClose(text, at + 1, limit, '$', true);
  if (close >= 0) return addMath(scan, at, close + 1, at + 1, close, false);
  scan.failures++;
  return at + 1;
}

/** \(…\). */
export function readRound(scan: Scan, at: number): number {
  const limit = paragraphEnd(scan, at);
  const close = scan.failures > 20 ? -1 : findClose(scan.text, at + 2, limit, '\\)', true);
  if (close >= 0) return addMath(scan, at, close + 2, at + 2, close, false);
  scan.failures++;
  return at + 2;
}

/** A displayed formula between delimiters; without its closer it ends with its paragraph. */
export function readDisplay(scan: Scan, at: number, length: number, closer: Closer): number {
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
  return looksLikeMath(body) && !body.includes('$') && !looksLikeProse(body)
    ? addMath(scan, at, limit, from === at ? at : from, limit, true)
    : from;
}

/** A closer behind a blank line counts where what stands before it is no prose: LaTeX forbids that, MathJax does not. */
function beyondBlank(text: string, from: number, limit: number, find: (to: number) => number): number {
  const ahead = text.slice(limit, from + LONGEST);
  const another = ahead.search(/\\begin\{(?:align|equation|gather|multline|eqnarray|flalign|document|theorem|proof)|\\(?:sub)*section/);
  const to = limit + (another < 0 ? ahead.length : another);
  if (to <= limit) return -1;
  const close = find(to);
  return close >= 0 && continuesFormula(text.slice(from, close)) ? close : -1;
}

export function readEnvironmentFormula(scan: Scan, at: number, name: string, from: number): number {
  const { text } = scan;
  const limit = paragraphEnd(scan, at);
  let end = findEnvironmentEnd(text, from, limit, name, true);
  if (end < 0) end = beyondBlank(text, from, limit, (to) => findEnvironmentEnd(text, limit, to, name, true));
  if (end >= 0) return addMath(scan, at, end, at, end, name !== 'math');
  return Math.max(from, unclosed(scan, at, at, limit));
}
