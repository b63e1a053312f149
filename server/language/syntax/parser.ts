// Tokens → TeX tree: groups, scripts, arguments, environments, delimiters. Total: broken input gives the tree of what can
// be read. What each construct becomes stands at the top of arities.ts.
import { COMMANDS, type CommandRule } from './arities.js';
import { character, readAll, withArguments, wrapper } from './commands.js';
import {
  type Cursor,
  current,
  cursor,
  environmentName,
  MAX_DEPTH,
  ruleOf,
  skipArgument,
  skipDimension,
  skipOptional,
  skipRowSpace,
  skipStar,
  spanFrom,
} from './cursor.js';
import { delimited, strayRight } from './delimiters.js';
import { lex } from './lexer.js';
import { expand, needsExpansion } from './macros/expand.js';
import { defaultMacros } from './macros.js';
import { environment, rows } from './rows.js';
import { scripts } from './scripts.js';
import { ALIGN, CHAR, CLOSE, COMMAND, DOLLAR, END, OPEN, PARAM, PRIME, SUB, SUP, type Token } from './token.js';
import { type Macro, type MacroSet, NO_ARGS, NONE, type Tex, type TexTree } from './tree.js';
import { widen } from './widen.js';
import { text } from './words.js';

const NO_MACROS: readonly Macro[] = [];

/** The tree of a formula. Linear in the text and the expansion, both bounded; never throws. Spans are offsets in `tex`. */
export function parseTex(tex: string, macros: MacroSet): TexTree {
  const source = lex(tex);
  if (!needsExpansion(source, macros, defaultMacros)) {
    const c = cursor(tex, source, list, argument);
    return { nodes: readAll(c), defined: NO_MACROS, truncated: c.truncated };
  }
  const { tokens, defined, truncated } = expand(tex, source, macros, defaultMacros);
  const c = cursor(tex, tokens, list, argument);
  const nodes = readAll(c);
  widen(nodes);
  return { nodes, defined, truncated: truncated || c.truncated };
}

/** Reads up to what ends the group, cell, delimiter or environment that this stands in. */
function list(c: Cursor): Tex[] {
  if (c.depth >= MAX_DEPTH) return flat(c);
  let out: Tex[] = [];
  let infix: { readonly token: Token; readonly left: readonly Tex[] } | undefined;
  reading: for (;;) {
    const token = current(c);
    switch (token.kind) {
      case CHAR:
        c.pos++;
        out.push({ kind: 'char', char: token.text, span: { start: token.start, end: token.end } });
        break;
      case SUP:
      case SUB:
      case PRIME:
        scripts(c, out);
        break;
      case OPEN:
        out.push(group(c));
        break;
      case CLOSE:
        if (c.braces > 0) break reading;
        c.pos++;
        break;
      case ALIGN:
        if (c.cells) break reading;
        c.pos++;
        out.push({ kind: 'align', span: spanFrom(c, token) });
        break;
      case COMMAND: {
        const rule = ruleOf(token);
        if (rule?.role === 'infix') {
          c.pos++;
          if (infix !== undefined) break;
          infix = { token, left: out };
          out = [];
        } else if (!command(c, token, rule, out)) break reading;
        break;
      }
      case END:
        break reading;
      default:
        c.pos++;
    }
  }
  if (infix === undefined) return out;
  const { token, left } = infix;
  const span = { start: left[0]?.span.start ?? token.start, end: out[out.length - 1]?.span.end ?? token.end };
  return [{ kind: 'command', name: token.text, args: [left, out], span }];
}

/** Too deep: the rest of the text as characters and bare commands. */
function flat(c: Cursor): Tex[] {
  const out: Tex[] = [];
  c.truncated = true;
  for (; c.pos < c.end; c.pos++) {
    const { kind, text, start, end } = c.tokens[c.pos] as Token;
    if (kind === CHAR) out.push({ kind: 'char', char: text, span: { start, end } });
    else if (kind === COMMAND) out.push({ kind: 'command', name: text, args: NO_ARGS, span: { start, end } });
  }
  return out;
}

/** The content of the braces that open here. */
function braced(c: Cursor): Tex[] {
  const { cells } = c;
  c.cells = cells && !c.balanced;
  c.pos++;
  c.depth++;
  c.braces++;
  const body = list(c);
  if (current(c).kind === CLOSE) c.pos++;
  c.braces--;
  c.depth--;
  c.cells = cells;
  return body;
}

function group(c: Cursor): Tex {
  const token = current(c);
  const body = braced(c);
  const span = spanFrom(c, token);
  const only = body.length === 1 ? body[0] : undefined;
  if (only?.kind === 'command' && only.args.length === 2 && COMMANDS.get(only.name)?.role === 'infix') return { ...only, span };
  return { kind: 'group', body, span };
}

/** What follows as one argument: a group's content, or a character or command with its own arguments. */
function argument(c: Cursor): readonly Tex[] {
  for (;;) {
    const token = current(c);
    if (token.kind === OPEN) return braced(c);
    if (token.kind === CHAR) {
      c.pos++;
      return [{ kind: 'char', char: token.text, span: { start: token.start, end: token.end } }];
    }
    if (token.kind === PARAM || token.kind === DOLLAR) {
      c.pos++;
      continue;
    }
    if (token.kind !== COMMAND) return NONE;
    const rule = ruleOf(token);
    if (rule?.role === 'infix' || rule?.role === 'newline' || rule?.role === 'right' || rule?.role === 'end' || rule?.role === 'script')
      return NONE;
    if (c.depth >= MAX_DEPTH) return flat(c);
    const out: Tex[] = [];
    c.depth++;
    if (rule?.role === 'switch') {
      c.pos++;
      const args = [argument(c)];
      out.push({ kind: 'command', name: rule.to, args, span: spanFrom(c, token) });
    } else command(c, token, rule, out);
    c.depth--;
    if (out.length > 0) return out;
  }
}

/** Reads a command; false, and nothing read, where it ends the list. */
function command(c: Cursor, token: Token, rule: CommandRule | undefined, out: Tex[]): boolean {
  if (rule === undefined) {
    c.pos++;
    out.push({ kind: 'command', name: token.text, args: NO_ARGS, span: { start: token.start, end: token.end } });
    return true;
  }
  switch (rule.role) {
    case 'takes':
      c.pos++;
      out.push(withArguments(c, token, rule));
      return true;
    case 'drops':
      c.pos++;
      skipStar(c, rule);
      if (rule.optional) skipOptional(c);
      for (let i = 0; i < rule.args; i++) skipArgument(c);
      return true;
    case 'wraps':
      out.push(wrapper(c, token, rule));
      return true;
    case 'dimension':
      c.pos++;
      skipDimension(c);
      return true;
    case 'text':
      out.push(text(c, token));
      return true;
    case 'switch': {
      c.pos++;
      c.depth++;
      const body = list(c);
      c.depth--;
      if (body.length > 0) out.push({ kind: 'command', name: rule.to, args: [body], span: spanFrom(c, token) });
      return true;
    }
    case 'newline':
      if (c.cells) return false;
      c.pos++;
      skipRowSpace(c);
      out.push({ kind: 'newline', span: spanFrom(c, token) });
      return true;
    case 'left':
      delimited(c, out);
      return true;
    case 'right':
      return strayRight(c, out);
    case 'begin':
      out.push(environment(c));
      return true;
    case 'end':
      if (c.environments.length > 0) return false;
      c.pos++;
      environmentName(c);
      return true;
    case 'rows':
      rows(c, token, out);
      return true;
    default:
      return character(c, token, rule, out);
  }
}
