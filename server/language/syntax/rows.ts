// Environments and other rows of cells.
import { ENVIRONMENT_ARGS } from './arities.js';
import { type Cursor, current, environmentName, ruleOf, skipRowSpace, spanFrom } from './cursor.js';
import { ALIGN, CLOSE, OPEN, type Token } from './token.js';
import { NO_ARGS, type Tex } from './tree.js';

export function environment(c: Cursor): Tex {
  const first = current(c);
  c.pos++;
  const name = environmentName(c);
  if (
    current(c).text === '[' &&
    /^\[[a-z]*\]$/.test(
      c.tokens
        .slice(c.pos, c.pos + 3)
        .map((token) => token.text)
        .join(''),
    )
  )
    c.pos += 3;
  c.depth++;
  const args: (readonly Tex[])[] = [];
  for (let i = ENVIRONMENT_ARGS.get(name) ?? 0; i > 0; i--) args.push(c.argument(c));
  c.environments.push(name);
  const { lefts } = c;
  const read = readRows(c);
  c.lefts = lefts;
  c.environments.pop();
  c.depth--;
  if (ruleOf(current(c))?.role === 'end') {
    const at = c.pos;
    c.pos++;
    const ending = environmentName(c);
    // The end of an environment further out ends this one too; any other name is a slip of the pen.
    if (ending !== name && c.environments.includes(ending)) c.pos = at;
  }
  return { kind: 'environment', name, args, rows: read, span: spanFrom(c, first) };
}

/** \substack{a \\ b} and plain TeX's \pmatrix{a & b \cr c & d}. */
export function rows(c: Cursor, token: Token, out: Tex[]): void {
  c.pos++;
  if (current(c).kind !== OPEN) {
    out.push({ kind: 'command', name: token.text, args: NO_ARGS, span: { start: token.start, end: token.end } });
    return;
  }
  c.pos++;
  c.depth++;
  c.braces++;
  const read = readRows(c);
  c.braces--;
  c.depth--;
  if (current(c).kind === CLOSE) c.pos++;
  out.push({ kind: 'environment', name: token.text, args: NO_ARGS, rows: read, span: spanFrom(c, token) });
}

/** Rows of cells, up to what ends them. */
function readRows(c: Cursor): (readonly (readonly Tex[])[])[] {
  const read: (readonly (readonly Tex[])[])[] = [];
  let row: (readonly Tex[])[] = [];
  const { cells } = c;
  c.cells = true;
  for (;;) {
    row.push(c.list(c));
    const token = current(c);
    const ends = ruleOf(token)?.role === 'newline';
    if (token.kind !== ALIGN && !ends) break;
    c.pos++;
    if (!ends) continue;
    skipRowSpace(c);
    if (row.length > 1 || row[0]?.length !== 0) read.push(row);
    row = [];
  }
  c.cells = cells;
  if (row.length > 1 || row[0]?.length !== 0) read.push(row);
  return read;
}
