// The parser's place in the tokens, and the small readings that need no recursion: spans, names of environments,
// delimiters, what is skipped. Builds no trees.
import type { Span } from '../text.js';
import { COMMANDS, type CommandRule } from './arities.js';
import { ALIGN, CHAR, CLOSE, COMMAND, DOLLAR, END_TOKEN, OPEN, type Token } from './token.js';
import type { Tex } from './tree.js';

/** How deep trees may get; deeper text is read flat. */
export const MAX_DEPTH = 300;
/** How far a closing bracket is looked for. */
const MAX_BRACKET = 200;

export interface Cursor {
  readonly tex: string;
  readonly tokens: readonly Token[];
  pos: number;
  /** Where reading stops, an index into the tokens. */
  end: number;
  depth: number;
  /** Open braces, \left and environments around this place. */
  braces: number;
  lefts: number;
  readonly environments: string[];
  /** Whether & and \\ end what is being read. */
  cells: boolean;
  /** Whether a word is being read. */
  word: boolean;
  /** Whether every brace has its partner. */
  readonly balanced: boolean;
  truncated: boolean;
  /** The parser's own readings, for its parts in other files: up to what ends the surroundings, and one argument. */
  readonly list: (c: Cursor) => Tex[];
  readonly argument: (c: Cursor) => readonly Tex[];
}

export function cursor(tex: string, tokens: readonly Token[], list: Cursor['list'], argument: Cursor['argument']): Cursor {
  let open = 0;
  let balanced = true;
  for (const token of tokens) {
    if (token.kind === OPEN) open++;
    else if (token.kind === CLOSE && --open < 0) balanced = false;
  }
  return {
    tex,
    tokens,
    pos: 0,
    end: tokens.length,
    depth: 0,
    braces: 0,
    lefts: 0,
    environments: [],
    cells: false,
    word: false,
    balanced: balanced && open === 0,
    truncated: false,
    list,
    argument,
  };
}

export const current = (c: Cursor): Token => (c.pos < c.end ? (c.tokens[c.pos] ?? END_TOKEN) : END_TOKEN);

export const ruleOf = (token: Token): CommandRule | undefined => (token.kind === COMMAND ? COMMANDS.get(token.text) : undefined);

/** From a token to the last one read. */
export function spanFrom(c: Cursor, first: Token): Span {
  const last = c.tokens[c.pos - 1] ?? first;
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** Passes over one argument, in braces or not. */
export function skipArgument(c: Cursor): void {
  const token = current(c);
  if (token.kind === CHAR || token.kind === COMMAND) c.pos++;
  else if (token.kind === OPEN) {
    c.pos = closingBrace(c) + 1;
    if (c.pos > c.end) c.pos = c.end;
  }
}

/** The index of the brace that closes the one here, or the end. */
export function closingBrace(c: Cursor): number {
  let depth = 0;
  for (let i = c.pos; i < c.end; i++) {
    const { kind } = c.tokens[i] as Token;
    if (kind === OPEN) depth++;
    else if (kind === CLOSE && --depth === 0) return i;
  }
  return c.end;
}

/** The index of the bracket that closes the one here; -1 where it does not close nearby, in the same group and cell. */
export function closingBracket(c: Cursor, open: string, close: string): number {
  const end = Math.min(c.end, c.pos + MAX_BRACKET);
  let braces = 0;
  let nested = 0;
  for (let i = c.pos; i < end; i++) {
    const { kind, text } = c.tokens[i] as Token;
    if (kind === OPEN) braces++;
    else if (kind === CLOSE && --braces < 0) return -1;
    else if (braces > 0) continue;
    else if (kind === ALIGN || (kind === COMMAND && (text === '\\' || text === 'end'))) return -1;
    else if (kind === CHAR && text === open) nested++;
    else if (kind === CHAR && text === close && --nested === 0) return i;
  }
  return -1;
}

/** Passes over `*` and `[…]` where the rule allows them; says whether there was a star. */
export function skipStar(c: Cursor, rule: CommandRule): boolean {
  const token = current(c);
  if (!rule.star || token.kind !== CHAR || token.text !== '*') return false;
  c.pos++;
  return true;
}

export function skipOptional(c: Cursor): void {
  const token = current(c);
  if (token.kind !== CHAR || token.text !== '[') return;
  const close = closingBracket(c, '[', ']');
  if (close >= 0) c.pos = close + 1;
}

const UNITS = new Set(['em', 'ex', 'pt', 'px', 'mu', 'cm', 'mm', 'in', 'pc', 'bp', 'dd', 'cc', 'sp']);

/** Passes over a length: `-3mu`, `=2em`, or a register. */
export function skipDimension(c: Cursor): void {
  const start = c.pos;
  while (current(c).kind === CHAR && /^[-+=.,0-9]$/.test(current(c).text)) c.pos++;
  if (c.pos === start) {
    if (current(c).kind === COMMAND && ruleOf(current(c)) === undefined) c.pos++;
    return;
  }
  const first = current(c);
  const second = c.pos + 1 < c.end ? c.tokens[c.pos + 1] : undefined;
  if (first.kind === CHAR && second?.kind === CHAR && UNITS.has(first.text + second.text)) c.pos += 2;
}

/** Behind `\\`: passes over its star and its `[2ex]`, both of which follow at once. */
export function skipRowSpace(c: Cursor): void {
  if (current(c).kind === CHAR && current(c).text === '*' && !current(c).space) c.pos++;
  const token = current(c);
  if (token.kind !== CHAR || token.text !== '[' || token.space) return;
  const close = closingBracket(c, '[', ']');
  if (close < 0) return;
  let text = '';
  for (let i = c.pos + 1; i < close; i++) text += (c.tokens[i] as Token).text;
  if (/^-?[0-9.]+[a-z]{2}$/.test(text) || /^-?[0-9.]*(?:base|jot|text|line)[a-z]+$/.test(text)) c.pos = close + 1;
}

/** Names of environments are short; a longer one has lost its brace. */
const MAX_NAME = 30;

/** The name in braces behind \begin or \end, without a star; reads it. */
export function environmentName(c: Cursor): string {
  if (current(c).kind !== OPEN) return '';
  c.pos++;
  let name = '';
  for (let i = c.pos; i < c.end && i < c.pos + MAX_NAME; i++) {
    const { kind, text } = c.tokens[i] as Token;
    if (kind === CLOSE) {
      c.pos = i + 1;
      return name;
    }
    if (kind !== CHAR) break;
    if (text !== '*') name += text;
  }
  return '';
}

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['<', '\\langle'],
  ['>', '\\rangle'],
  ['lvert', '|'],
  ['rvert', '|'],
  ['vert', '|'],
  ['Vert', '\\|'],
  ['lVert', '\\|'],
  ['rVert', '\\|'],
  ['lbrace', '\\{'],
  ['rbrace', '\\}'],
  ['lbrack', '['],
  ['rbrack', ']'],
  ['lparen', '('],
  ['rparen', ')'],
  ['lt', '\\langle'],
  ['gt', '\\rangle'],
]);

/** The delimiter that a token is, as the tree names it. */
export function delimiterOf(token: Token): string {
  const known = DELIMITERS.get(token.text);
  if (known !== undefined) return known;
  return token.kind === COMMAND ? `\\${token.text}` : token.text;
}

/** Reads the delimiter behind \left or \right; undefined where there is none. */
export function readDelimiter(c: Cursor): Token | undefined {
  for (let role = ruleOf(current(c))?.role; role === 'big'; role = ruleOf(current(c))?.role) c.pos++;
  const token = current(c);
  if (token.kind !== CHAR && token.kind !== COMMAND && token.kind !== DOLLAR) return undefined;
  c.pos++;
  return token;
}

/** The words of the tokens from `from` to `to` (indices), cleaned of TeX; from the text itself where they stand there. */
export function wordsOf(c: Cursor, from: number, to: number): string {
  const before = c.tokens[from - 1];
  const after = c.tokens[to];
  const inSource =
    before !== undefined &&
    before.end - before.start === 1 &&
    (after === undefined || after.end - after.start <= 2) &&
    before.end <= (after?.start ?? before.end);
  if (inSource) return clean(c.tex.slice(before.end, after?.start ?? c.tokens[to - 1]?.end ?? before.end));
  let text = '';
  for (let i = from; i < to; i++) {
    const token = c.tokens[i] as Token;
    text += (token.space && i > from ? ' ' : '') + (token.kind === COMMAND ? `\\${token.text}` : token.text);
  }
  return clean(text);
}

const clean = (text: string): string =>
  /[\\{}~%]/.test(text)
    ? text
        .replace(/(?<!\\)%.*/g, '')
        .replace(/\\([_%&#${}])/g, '$1')
        .replace(/\\[A-Za-z]+ */g, '')
        .replace(/\\./g, ' ')
        .replace(/[{}]/g, '')
        .replace(/~/g, ' ')
    : text;
