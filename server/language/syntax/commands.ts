// Commands with arguments, wrappers, and commands that are characters, as the table of arities has them.
import type { CommandRule } from './arities.js';
import { type Cursor, closingBracket, current, skipArgument, skipOptional, skipStar, spanFrom } from './cursor.js';
import { scripts } from './scripts.js';
import { CHAR, type Token } from './token.js';
import { NO_ARGS, NONE, type Tex } from './tree.js';

export function withArguments(c: Cursor, token: Token, rule: CommandRule): Tex {
  const star = skipStar(c, rule);
  const optional = rule.optional ? bracketed(c, '[', ']', false) : undefined;
  const { word } = c;
  c.word = word || rule.word;
  const args: (readonly Tex[])[] = [];
  const root = token.text === 'sqrt' && current(c).kind === CHAR && current(c).text === '(' ? bracketed(c, '(', ')', true) : undefined;
  if (root !== undefined) args.push(root);
  else for (let i = 0; i < rule.args; i++) args.push(c.argument(c));
  c.word = word;
  const span = spanFrom(c, token);
  const name = rule.to || token.text;
  if (optional !== undefined) return { kind: 'command', name, args, optional, span };
  return star ? { kind: 'command', name, args, star, span } : { kind: 'command', name, args, span };
}

/** What stands between brackets here, with them or without; undefined where there are none. */
function bracketed(c: Cursor, open: string, close: string, including: boolean): readonly Tex[] | undefined {
  const token = current(c);
  if (token.kind !== CHAR || token.text !== open) return undefined;
  const at = closingBracket(c, open, close);
  if (at < 0) return undefined;
  if (!including) c.pos++;
  return within(c, including ? at + 1 : at, at + 1);
}

export function wrapper(c: Cursor, token: Token, rule: CommandRule): Tex {
  c.pos++;
  skipStar(c, rule);
  if (rule.optional) skipOptional(c);
  let body: readonly Tex[] = NONE;
  for (let i = 0; i < rule.args; i++) {
    if (i === rule.content) body = c.argument(c);
    else skipArgument(c);
  }
  return { kind: 'group', body, span: spanFrom(c, token) };
}

/** Commands that stand for one character or one other command. */
export function character(c: Cursor, token: Token, rule: CommandRule, out: Tex[]): true {
  const span = { start: token.start, end: token.end };
  if (rule.role === 'script') {
    if (c.word && token.text === '_') {
      c.pos++;
      out.push({ kind: 'char', char: '_', span });
    } else scripts(c, out);
    return true;
  }
  c.pos++;
  if (rule.role === 'char') out.push({ kind: 'char', char: rule.to, span });
  else if (rule.role === 'alias') out.push({ kind: 'command', name: rule.to, args: NO_ARGS, span });
  else if (rule.role === 'big') {
    const next = current(c);
    if (next.kind !== CHAR || (next.text !== '<' && next.text !== '>')) return true;
    c.pos++;
    out.push({ kind: 'command', name: next.text === '<' ? 'langle' : 'rangle', args: NO_ARGS, span: { start: next.start, end: next.end } });
  } else if (rule.role === 'not') {
    const args = c.argument(c);
    const only = args.length === 1 ? args[0] : undefined;
    const name = only?.kind === 'char' && only.char === '=' ? 'ne' : only?.kind === 'command' && only.name === 'in' ? 'notin' : 'not';
    out.push({ kind: 'command', name, args: name === 'not' ? [args] : NO_ARGS, span: spanFrom(c, token) });
  }
  return true;
}

export function readAll(c: Cursor): readonly Tex[] {
  const nodes = c.list(c);
  // A list ends early only at a closer that somebody waits for; here nobody does.
  while (c.pos < c.end) {
    c.pos++;
    for (const node of c.list(c)) nodes.push(node);
  }
  return nodes;
}

/** Reads the tokens up to the index `end` by themselves, and goes on at `next`. */
export function within(c: Cursor, end: number, next: number): readonly Tex[] {
  const { end: outer, cells, lefts, braces } = c;
  c.end = end;
  c.cells = false;
  c.lefts = 0;
  c.braces = 0;
  c.depth++;
  const environments = c.environments.splice(0);
  const body = readAll(c);
  c.environments.push(...environments);
  c.depth--;
  c.end = outer;
  c.cells = cells;
  c.lefts = lefts;
  c.braces = braces;
  c.pos = next;
  return body;
}
