// \text{…}: words, with the formulas between dollars in them.
import type { Span } from '../text.js';
import { within } from './commands.js';
import { type Cursor, closingBrace, current, MAX_DEPTH, spanFrom, wordsOf } from './cursor.js';
import { CHAR, COMMAND, DOLLAR, OPEN, type Token } from './token.js';
import type { Tex } from './tree.js';

/** \text{…}: words, and between dollars mathematics. */
export function text(c: Cursor, token: Token): Tex {
  c.pos++;
  const open = current(c);
  if (open.kind !== OPEN) {
    const bare = open.kind === CHAR || open.kind === COMMAND;
    if (bare) c.pos++;
    return { kind: 'text', name: token.text, text: bare && open.kind === CHAR ? open.text : '', span: spanFrom(c, token) };
  }
  const from = c.pos + 1;
  const to = closingBrace(c);
  const body = c.depth < MAX_DEPTH ? textParts(c, token.text, from, to) : undefined;
  c.pos = Math.min(to + 1, c.end);
  const span = spanFrom(c, token);
  const only = body?.length === 1 ? body[0] : undefined;
  if (only?.kind === 'group') return { ...only, span };
  const words = wordsOf(c, from, to);
  return body === undefined
    ? { kind: 'text', name: token.text, text: words, span }
    : { kind: 'text', name: token.text, text: words, body, span };
}

/** The words and formulas of a text's tokens; undefined where there is no formula. */
function textParts(c: Cursor, name: string, from: number, to: number): readonly Tex[] | undefined {
  let parts: Tex[] | undefined;
  let start = from;
  for (let i = from; i < to; i++) {
    if (c.tokens[i]?.kind !== DOLLAR) continue;
    let close = i + 1;
    while (close < to && c.tokens[close]?.kind !== DOLLAR) close++;
    parts ??= [];
    pushWords(c, name, start, i, parts);
    c.pos = i + 1;
    const body = within(c, close, Math.min(close + 1, to));
    if (body.length > 0) parts.push({ kind: 'group', body, span: spanFrom(c, c.tokens[i] as Token) });
    i = close;
    start = Math.min(close + 1, to);
  }
  if (parts !== undefined) pushWords(c, name, start, to, parts);
  return parts;
}

function pushWords(c: Cursor, name: string, from: number, to: number, parts: Tex[]): void {
  const first = c.tokens[from];
  const last = c.tokens[to - 1];
  if (to <= from || first === undefined || last === undefined) return;
  const span: Span = { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
  parts.push({ kind: 'text', name, text: wordsOf(c, from, to), span });
}
