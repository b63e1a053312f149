// Makes a formula's TeX from the text between its delimiters: undoes what Markdown wanted escaped (\_, \\\\, &amp;), drops quote
// marks and indentation, and keeps the exact way back.
import { ENTITIES } from './names.js';
import type { OffsetMap } from './types.js';

export interface TexOptions {
  /** Inside a list or quote: the prefix of each further line belongs to it, not to the formula. */
  readonly nested: boolean;
  /** Inside a table cell, where \| stands for a bar. */
  readonly cell: boolean;
  /** The delimiters are \\( or \\[: Markdown takes one backslash of each pair away. */
  readonly doubled: boolean;
}

export interface Tex {
  readonly tex: string;
  readonly map: OffsetMap;
}

/** Replaces [start, end) of the raw text. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const SUSPECT = /&#?[a-z0-9]+;|\\[_*|]|\\\\\\\\/;
const IN_TEXT = /\\(?:text[a-z]*|mbox|hbox|mathrm|mathtt|operatorname\*?|label|tag|ref|eqref)\s*\{[^{}]*$/;
const PATTERN = /&#?[a-z0-9]+;|\\\\_|\\\\\\\\|\\\\(?=[a-zA-Z{},;:!|#%&*^$>])|\\[_*|]|\\[\s\S]|\n[ \t>]*/g;

/** The TeX of `raw`, which stands at `base` of the document. */
export function readTex(raw: string, base: number, options: TexOptions): Tex {
  const lines = options.nested && raw.includes('\n');
  if (!lines && !options.doubled && !SUSPECT.test(raw)) return { tex: raw, map: { base } };
  const rows = rowStyle(raw, options.doubled);
  const found: Replacement[] = [];
  PATTERN.lastIndex = 0;
  for (let m = PATTERN.exec(raw); m; m = PATTERN.exec(raw)) {
    const text = replacement(m[0], raw, m.index, rows, options);
    if (text !== undefined && text !== m[0]) found.push({ start: m.index, end: m.index + m[0].length, text });
  }
  return found.length === 0 ? { tex: raw, map: { base } } : rebuild(raw, base, found);
}

/** How rows and commands are escaped in a formula. */
interface RowStyle {
  /** Four backslashes break a row, as two pass through Markdown. */
  readonly four: boolean;
  /** Two backslashes before punctuation stand for one. */
  readonly pairs: boolean;
  /** Two backslashes before a letter stand for one. */
  readonly commands: boolean;
}

function rowStyle(raw: string, doubled: boolean): RowStyle {
  const runs = raw.match(/\\{2,}[\s\S]?/g) ?? [];
  const fours = runs.some((r) => r.startsWith('\\\\\\\\'));
  // A pair before a space, letter or bracket is a row break that nobody escaped: then four of them are two row breaks.
  const bare = runs.some((r) => /^\\\\(?:[\s[a-zA-Z0-9]|$)/.test(r));
  const four = doubled || (fours && !bare);
  const single = /(?:^|[^\\])\\[a-zA-Z]/.test(raw);
  return { four, pairs: four, commands: four && !single && /\\\\[a-zA-Z]/.test(raw) };
}

function replacement(found: string, raw: string, at: number, rows: RowStyle, options: TexOptions): string | undefined {
  if (found.startsWith('&')) return ENTITIES.get(found);
  if (found.startsWith('\n')) return options.nested ? '\n' : undefined;
  if (found === '\\\\\\\\') return rows.four ? '\\\\' : undefined;
  if (found === '\\\\_') return '_';
  if (found === '\\\\') return pairReplacement(raw.charCodeAt(at + 2), rows);
  if (found === '\\_') return isEscapedSubscript(raw, at) ? '_' : undefined;
  if (found === '\\*') return '*';
  if (found === '\\|') return options.cell ? '|' : undefined;
  return undefined;
}

function pairReplacement(next: number, rows: RowStyle): string | undefined {
  const letter = (next >= 97 && next <= 122) || (next >= 65 && next <= 90);
  return (letter ? rows.commands : rows.pairs) ? '\\' : undefined;
}

/** Whether \_ was escaped for Markdown: before a brace, a command or a lone character, and not inside text. */
function isEscapedSubscript(raw: string, at: number): boolean {
  if (!/^(?:[{\\]|[A-Za-z0-9*](?![A-Za-z0-9]))/.test(raw.slice(at + 2, at + 4))) return false;
  return !IN_TEXT.test(raw.slice(Math.max(0, at - 80), at));
}

function rebuild(raw: string, base: number, replacements: readonly Replacement[]): Tex {
  const starts: number[] = [];
  const ends: number[] = [];
  let tex = '';
  let from = 0;
  const copy = (to: number): void => {
    tex += raw.slice(from, to);
    for (let i = from; i < to; i++) {
      starts.push(base + i);
      ends.push(base + i + 1);
    }
  };
  for (const r of replacements) {
    copy(r.start);
    tex += r.text;
    for (let i = 0; i < r.text.length; i++) {
      starts.push(base + r.start);
      ends.push(base + r.end);
    }
    from = r.end;
  }
  copy(raw.length);
  return { tex, map: { base, starts, ends } };
}
