// Cuts TeX into tokens. Comments and spacing are passed over, Unicode mathematics is spelled out in TeX here.
// Knows no macros and no arities.
import { ALIGN, CHAR, CLOSE, COMMAND, DOLLAR, OPEN, PARAM, PRIME, SUB, SUP, type Token } from './token.js';
import { markOf, SUBSCRIPTS, SUPERSCRIPTS, spell } from './unicode.js';

// Classes of ASCII beyond the kinds of tokens.
const SPACE = 20;
const BACKSLASH = 21;
const PERCENT = 22;
const HASH = 23;

const CLASSES = new Uint8Array(128).fill(CHAR);
for (let code = 0; code <= 32; code++) CLASSES[code] = SPACE;
for (const [char, kind] of [
  ['\\', BACKSLASH],
  ['{', OPEN],
  ['}', CLOSE],
  ['^', SUP],
  ['_', SUB],
  ["'", PRIME],
  ['&', ALIGN],
  ['%', PERCENT],
  ['#', HASH],
  ['$', DOLLAR],
  ['~', SPACE],
  ['\x7f', SPACE],
] as const)
  CLASSES[char.charCodeAt(0)] = kind;

/** One string a character, so that tokens share them. */
const ASCII: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Control symbols that only make space: `\,` `\;` `\ ` … and a backslash at a line's end. */
const SPACING = new Set([...',;:!> /-@\n\r\t'].map((char) => char.charCodeAt(0)));

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** The tokens of a text. `atIsLetter`: `@` belongs to names, as in packages. Linear and total. */
export function lex(tex: string, atIsLetter = false): Token[] {
  const out: Token[] = [];
  const length = tex.length;
  let space = false;
  let i = 0;
  while (i < length) {
    const code = tex.charCodeAt(i);
    if (code > 127) {
      const before = out.length;
      i = lexUnicode(tex, i, space, out);
      space = out.length === before;
      continue;
    }
    const kind = CLASSES[code] as number;
    if (kind < SPACE) {
      out.push({ kind, text: ASCII[code] as string, start: i, end: i + 1, space });
      i++;
      space = false;
    } else if (kind === SPACE) {
      space = true;
      i++;
    } else if (kind === BACKSLASH) {
      let end = i + 1;
      while (end < length && (isLetter(tex.charCodeAt(end)) || (atIsLetter && tex.charCodeAt(end) === 64))) end++;
      if (end > i + 1) {
        out.push({ kind: COMMAND, text: tex.slice(i + 1, end), start: i, end, space });
        space = false;
      } else {
        end = lexSymbol(tex, i, space, out);
        space = out.length === 0 || out[out.length - 1]?.start !== i;
      }
      i = end;
    } else if (kind === PERCENT) {
      i = endOfComment(tex, i);
      space = true;
    } else {
      i = lexParameter(tex, i, space, out);
      space = false;
    }
  }
  return out;
}

/** Behind the line's end that a comment runs to. */
export function endOfComment(tex: string, at: number): number {
  let i = at;
  while (i < tex.length) {
    const code = tex.charCodeAt(i);
    if (code === 10) return i + 1;
    if (code === 13) return tex.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
    i++;
  }
  return i;
}

/** A backslash and something that is no letter. */
function lexSymbol(tex: string, at: number, space: boolean, out: Token[]): number {
  if (at + 1 >= tex.length) return tex.length;
  const code = tex.codePointAt(at + 1) as number;
  const end = at + (code > 0xffff ? 3 : 2);
  if (SPACING.has(code)) return end;
  // \( \) \[ \]: mathematics inside \text, or delimiters that were left in.
  const kind = code === 40 || code === 41 || code === 91 || code === 93 ? DOLLAR : COMMAND;
  out.push({ kind, text: tex.slice(at + 1, end), start: at, end, space });
  return end;
}

function lexParameter(tex: string, at: number, space: boolean, out: Token[]): number {
  const next = tex.charCodeAt(at + 1);
  if (next >= 49 && next <= 57) {
    out.push({ kind: PARAM, text: ASCII[next] as string, start: at, end: at + 2, space });
    return at + 2;
  }
  if (next === 35) return at + 1;
  out.push({ kind: CHAR, text: '#', start: at, end: at + 1, space });
  return at + 1;
}

const spelled = new Map<string, readonly Token[]>();

function tokensOf(tex: string): readonly Token[] {
  let tokens = spelled.get(tex);
  if (tokens === undefined) {
    tokens = lex(tex);
    spelled.set(tex, tokens);
  }
  return tokens;
}

function lexUnicode(tex: string, at: number, space: boolean, out: Token[]): number {
  const code = tex.codePointAt(at) as number;
  const end = at + (code > 0xffff ? 2 : 1);
  const mark = markOf(code);
  if (mark !== undefined) {
    accent(mark, end, out);
    return end;
  }
  if (SUPERSCRIPTS.has(code)) return lexRun(tex, at, SUP, SUPERSCRIPTS, out);
  if (SUBSCRIPTS.has(code)) return lexRun(tex, at, SUB, SUBSCRIPTS, out);
  const spelling = spell(code);
  if (spelling === undefined) out.push({ kind: CHAR, text: tex.slice(at, end), start: at, end, space });
  else for (const token of tokensOf(spelling)) out.push({ kind: token.kind, text: token.text, start: at, end, space });
  return end;
}

/** A combining mark behind a letter: the accent goes before it. */
function accent(mark: string, end: number, out: Token[]): void {
  const letter = out[out.length - 1];
  if (letter === undefined || letter.kind > COMMAND) return;
  out[out.length - 1] = { kind: COMMAND, text: mark, start: letter.start, end, space: letter.space };
  // The letter's span holds the mark too, so that tokens stay in order.
  out.push({ ...letter, end, space: false });
}

/** ⁻¹ is ^{-1}, ₁₂ is _{12}. */
function lexRun(tex: string, at: number, kind: number, table: ReadonlyMap<number, string>, out: Token[]): number {
  const token = (type: number, text: string, start: number, end: number): void => {
    out.push({ kind: type, text, start, end, space: false });
  };
  // ^ᵀ: the sign stands already.
  if (out[out.length - 1]?.kind === kind) out.pop();
  token(kind, kind === SUP ? '^' : '_', at, at);
  token(OPEN, '{', at, at);
  let i = at;
  for (let text = table.get(tex.charCodeAt(i)); text !== undefined; text = table.get(tex.charCodeAt(i))) {
    token(CHAR, text, i, i + 1);
    i++;
  }
  token(CLOSE, '}', i, i);
  return i;
}
