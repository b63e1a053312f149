// \left( … \right) and what becomes of those without a partner.
import { type Cursor, current, delimiterOf, readDelimiter, ruleOf, spanFrom } from './cursor.js';
import { CHAR, COMMAND, type Token } from './token.js';
import { NO_ARGS, type Tex } from './tree.js';

/** What follows an unclosed \left is moved out of it; more than this stays where it is, so that reading stays linear. */
const MAX_MOVED = 5_000;

/** \left( … \right); an unclosed \left leaves its bracket as a character before what follows. */
export function delimited(c: Cursor, out: Tex[]): void {
  const first = current(c);
  c.pos++;
  const left = readDelimiter(c);
  const start = left?.end ?? first.end;
  c.lefts++;
  c.depth++;
  const body = c.list(c);
  c.depth--;
  c.lefts--;
  const closing = current(c);
  const closes = ruleOf(closing)?.role === 'right';
  if (!closes && !c.truncated && body.length < MAX_MOVED) {
    if (left !== undefined) plainDelimiter(left, out);
    for (const node of body) out.push(node);
    return;
  }
  let end = body[body.length - 1]?.span.end ?? start;
  let right: Token | undefined;
  if (closes) {
    end = closing.start;
    c.pos++;
    right = readDelimiter(c);
  }
  const inner = { start, end: Math.max(start, end) };
  out.push({
    kind: 'delimited',
    left: left === undefined ? '.' : delimiterOf(left),
    right: right === undefined ? '.' : delimiterOf(right),
    body,
    inner,
    span: spanFrom(c, first),
  });
}

export function strayRight(c: Cursor, out: Tex[]): boolean {
  if (c.lefts > 0) return false;
  c.pos++;
  const right = readDelimiter(c);
  if (right !== undefined) plainDelimiter(right, out);
  return true;
}

function plainDelimiter({ kind, text, start, end }: Token, out: Tex[]): void {
  const span = { start, end };
  if (text === '.') return;
  const rule = kind === COMMAND ? ruleOf({ kind, text, start, end, space: false }) : undefined;
  if (kind === CHAR || rule?.role === 'char') out.push({ kind: 'char', char: rule?.to ?? text, span });
  else if (kind === COMMAND) out.push({ kind: 'command', name: rule?.role === 'alias' ? rule.to : text, args: NO_ARGS, span });
}
