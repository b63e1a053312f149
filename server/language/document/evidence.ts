// Whether a piece of text looks like mathematics, like a price or like prose: what decides where delimiters leave it open.
import { isLetter, isSpace } from './delimiters.js';
import { TEXT_COMMANDS } from './names.js';

/** Something that only mathematics has: a command, a script, a relation, an operator, or a single letter. */
export function looksLikeMath(text: string): boolean {
  return (
    /[\\^_=<>+|∂∇∈×⊙·≈≤≥√Σ∑]|[a-zA-Z)]'|\p{Script=Greek}/u.test(text) ||
    /^\s*[A-Za-z]\d*\s*$|^\s*\(?[A-Za-z](?:\s*[,\-*/]\s*[A-Za-z0-9])+\)?\s*$/.test(text)
  );
}

const PRICE = /^\s*\d[\d,.]*(?:[kKmMbB]|bn)?[\s,;:/–—-]/;

/** An amount of money and what is said of it: `5 and `, `20,000 in 2020, or `. */
const looksLikePrice = (text: string): boolean =>
  PRICE.test(text) && /[a-z]{2,}/.test(text) && !/[\\^_={}]|times|partial|odot|cdot/.test(text);

const FUNCTION_WORDS = new Set(
  'a the is are was be been and or of we that this these it its with for from by on as an at which where when then there have has can will not you your our but so if'.split(
    ' ',
  ),
);

/** Four words in a row outside of \text{…} and of comment lines, with a function word of English among them. */
export function looksLikeProse(source: string): boolean {
  if (source.length < 12) return false;
  const text = source.includes('%') ? source.replace(/^[ \t]*%.*$/gm, '') : source;
  let run = 0;
  let known = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (isLetter(c)) {
      let end = i + 1;
      while (isLetter(text.charCodeAt(end))) end++;
      const plain = text.charCodeAt(i - 1) !== 92;
      run = plain && (end - i > 1 || c === 97) ? run + 1 : 0;
      known = run === 0 ? 0 : known + (end - i < 6 && FUNCTION_WORDS.has(text.slice(i, end).toLowerCase()) ? 1 : 0);
      if (run >= 4 && known > 0) return true;
      if (!plain && text.charCodeAt(end) === 123 && TEXT_COMMANDS.has(text.slice(i, end))) end = skipGroup(text, end);
      i = end - 1;
    } else if (!isSpace(c) && c !== 44) {
      run = 0;
      known = 0;
    }
  }
  return false;
}

function skipGroup(text: string, from: number): number {
  if (text.charCodeAt(from) !== 123) return from;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 123) depth++;
    else if (c === 125 && --depth === 0) return i + 1;
  }
  return text.length;
}

const isWord = (c: number): boolean => isLetter(c) || (c >= 48 && c <= 57);

/** Whether `$…$` with this content is a formula, given the characters around it: prices and shell variables are none. */
export function isInlineMath(body: string, before: number, after: number): boolean {
  if (body.length === 0 || body.includes('`')) return false;
  const spaceInside = isSpace(body.charCodeAt(0));
  const spaceAtEnd = isSpace(body.charCodeAt(body.length - 1));
  // A dollar between a space and a letter opens something; it does not close.
  if (spaceAtEnd && (isWord(after) || after === 36)) return false;
  const doubtful = spaceInside || spaceAtEnd || isWord(before) || isWord(after) || after === 36;
  if (doubtful && !looksLikeMath(body)) return false;
  return !looksLikePrice(body) && !looksLikeProse(body);
}

/** Whether \(…\) or \[…\] with this content is mathematics and not an escaped bracket such as \[1\]. */
export const isBracketMath = (body: string): boolean => looksLikeMath(body) && !looksLikeProse(body);

/** Whether text that goes on behind a blank line still belongs to the formula that was opened before it. */
export function continuesFormula(text: string): boolean {
  return !/^[ \t>]*(?:#{1,6}[ \t]|```|~~~|:::|<!--)/m.test(text) && !/\\(?:sub)*section\b/.test(text) && !looksLikeProse(text);
}
