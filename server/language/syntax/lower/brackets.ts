// Brackets: finds what belongs together and reads it as a group, a tuple, a norm or an inner product.
import type { Delimiter, Expr } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { bare, type Cursor, isChar, isCommand, type Lowering, make, peek } from './build.js';
import { matrixEnvironments } from './notation.js';
import { applyScripts, type ScriptsNode } from './scripts.js';

const closers: Readonly<Record<string, readonly string[]>> = {
  '(': [')', ']'],
  '[': [']', ')', '['],
  '\\{': ['\\}'],
  '\\langle': ['\\rangle'],
  '|': ['|'],
  '\\|': ['\\|'],
  '\\lfloor': ['\\rfloor'],
  '\\lceil': ['\\rceil'],
  '\\lbrack': ['\\rbrack'],
  '\\lparen': ['\\rparen'],
};

const delimiterCommands: Readonly<Record<string, string>> = {
  '{': '\\{',
  lbrace: '\\{',
  '}': '\\}',
  rbrace: '\\}',
  langle: '\\langle',
  rangle: '\\rangle',
  '|': '\\|',
  Vert: '\\|',
  lVert: '\\|',
  rVert: '\\|',
  vert: '|',
  lvert: '|',
  rvert: '|',
  lfloor: '\\lfloor',
  rfloor: '\\rfloor',
  lceil: '\\lceil',
  rceil: '\\rceil',
  lbrack: '[',
  rbrack: ']',
  lparen: '(',
  rparen: ')',
  parallel: '\\|',
};

/** The delimiter that a node is (or carries scripts on), undefined if it is none. */
export function delimiterOf(node: Tex | undefined): string | undefined {
  const plain = bare(node);
  if (plain?.kind === 'char') return /[()[\]|]/.test(plain.char) ? plain.char : undefined;
  if (plain?.kind === 'command' && plain.args.length === 0) return delimiterCommands[plain.name];
  return undefined;
}

/** Directed bars: \lVert opens, \rVert closes. */
const opensOnly = (node: Tex): boolean => isCommand(node, 'lVert') || isCommand(node, 'lvert');
const closesOnly = (node: Tex | undefined): boolean => isCommand(bare(node), 'rVert') || isCommand(bare(node), 'rvert');

export function isOpening(node: Tex | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'delimited' || (node.kind === 'scripts' && node.base?.kind === 'delimited')) return true;
  if (node.kind === 'scripts') return false;
  const open = delimiterOf(node);
  return open !== undefined && closers[open] !== undefined && !closesOnly(node);
}

/** ( or [, which can hold arguments. */
export function opensArguments(node: Tex | undefined): boolean {
  const plain = bare(node);
  if (plain?.kind === 'delimited') return plain.left === '(' || plain.left === '[';
  return node?.kind === 'char' && (node.char === '(' || node.char === '[');
}

function findClose(c: Cursor, from: number, wanted: readonly string[], bars: boolean): number {
  let depth = 0;
  for (let i = from; i < c.end; i++) {
    const node = c.nodes[i];
    const d = delimiterOf(node);
    if (d === undefined) continue;
    if (depth === 0 && wanted.includes(d) && !(bars && node && opensOnly(node))) return i;
    if (d === '(' || d === '[' || d === '\\{' || d === '\\langle') depth++;
    else if (d === ')' || d === ']' || d === '\\}' || d === '\\rangle') {
      if (depth === 0) return bars ? -1 : d === ')' || d === ']' ? i : -1;
      depth--;
    }
  }
  return -1;
}

export interface Bracketed {
  readonly plain: Expr;
  /** With the scripts behind the closing bracket. */
  readonly scripts: ScriptsNode | undefined;
}

/** Reads brackets at the cursor and moves behind them; undefined (and not moved) if there is no match. */
export function readBracket(cx: Lowering, c: Cursor): Bracketed | undefined {
  const node = peek(c);
  if (!node) return undefined;
  const plain = bare(node);
  if (plain?.kind === 'delimited') {
    c.at++;
    const expr = interpret(cx, plain.left, plain.body, plain.span, plain.inner, plain.right);
    if (node.kind === 'scripts' && node.sub && !node.sup && plain.left === '.' && plain.right === '|')
      return { plain: make(cx, node.span, { kind: 'at', base: expr, point: cx.expression(cx, node.sub, node.span) }), scripts: undefined };
    return { plain: expr, scripts: node.kind === 'scripts' ? node : undefined };
  }
  const open = delimiterOf(node);
  const wanted = open === undefined ? undefined : closers[open];
  if (open === undefined || !wanted || node.kind === 'scripts') return undefined;
  const bars = open === '|' || open === '\\|';
  // [0, 1[ is closed by what opens others, where nothing else closes it.
  const [usual, odd] = [wanted.filter((w) => w !== open || bars), wanted];
  const found = findClose(c, c.at + 1, usual, bars);
  const close = found < 0 ? findClose(c, c.at + 1, odd, bars) : found;
  const end = close < 0 ? undefined : c.nodes[close];
  if (!end || (bars && close === c.at + 1)) return undefined;
  const body = c.nodes.slice(c.at + 1, close);
  const endBase = bare(end) ?? end;
  c.at = close + 1;
  const expr = interpret(
    cx,
    open,
    body,
    { start: node.span.start, end: endBase.span.end },
    { start: node.span.end, end: endBase.span.start },
    delimiterOf(end) ?? '',
  );
  return { plain: expr, scripts: end.kind === 'scripts' ? end : undefined };
}

/** Two strokes within two strokes, \left|\left| x \right|\right|, are the norm. */
function norm(cx: Lowering, open: string, body: Expr, span: Span): Expr {
  if (open === '|' && body.kind === 'norm' && body.bars === 1 && !body.subscript) return { ...body, bars: 2, span };
  return make(cx, span, { kind: 'norm', bars: open === '|' ? 1 : 2, body });
}

/** What brackets around a body mean. */
function interpret(cx: Lowering, open: string, body: readonly Tex[], span: Span, inner: Span, right: string): Expr {
  const only = body.length === 1 ? body[0] : undefined;
  if (only?.kind === 'environment' && matrixEnvironments[only.name]) {
    const matrix = cx.expression(cx, body, inner);
    if (matrix.kind === 'matrix' && open !== '|' && open !== '\\|') return { ...matrix, span, open: open as Delimiter };
  }
  if (only?.kind === 'environment' && open === '\\{' && right === '.') return cx.expression(cx, body, inner);
  if (open === '|' || open === '\\|') return norm(cx, open, cx.expression(cx, body, inner), span);
  const { parts, separators } = split(body);
  if (open === '\\langle' || open === '<') {
    const [a, b] = parts;
    if (parts.length === 2 && a && b)
      return make(cx, span, { kind: 'inner', left: cx.expression(cx, a, inner), right: cx.expression(cx, b, inner) });
  }
  const delimiter = (open === '.' ? '.' : open) as Delimiter;
  if (parts.length > 1) {
    const items = parts.map((p, i) => cx.expression(cx, p, { start: inner.start, end: inner.start + i }));
    return make(cx, span, { kind: 'tuple', items, separators, open: delimiter });
  }
  const content = cx.expression(cx, body, inner);
  if (delimiter === '.') return { ...content, span };
  return make(cx, span, { kind: 'group', body: content, open: delimiter });
}

/** Splits at top-level commas, semicolons and single bars. */
function split(body: readonly Tex[]): { parts: readonly (readonly Tex[])[]; separators: readonly (',' | ';' | '|')[] } {
  const parts: Tex[][] = [[]];
  const separators: (',' | ';' | '|')[] = [];
  let depth = 0;
  const bars = body.filter(isBar).length;
  for (const node of body) {
    const d = delimiterOf(node);
    if (d === '(' || d === '[' || d === '\\{' || d === '\\langle') depth++;
    else if (d === ')' || d === ']' || d === '\\}' || d === '\\rangle') depth--;
    const separator = depth === 0 ? separatorOf(node, bars) : undefined;
    if (separator) {
      separators.push(separator);
      parts.push([]);
    } else parts[parts.length - 1]?.push(node);
  }
  if (parts.length > 1 && parts[parts.length - 1]?.length === 0) {
    parts.pop();
    separators.pop();
  }
  return { parts, separators };
}

const isBar = (node: Tex): boolean => node.kind !== 'scripts' && delimiterOf(node) === '|';

function separatorOf(node: Tex, bars: number): ',' | ';' | '|' | undefined {
  if (isChar(node, ',')) return ',';
  if (isChar(node, ';')) return ';';
  if (isCommand(node, 'mid') || (bars === 1 && isBar(node))) return '|';
  return undefined;
}

/** A bracketed expression with its scripts applied. */
export function withScripts(cx: Lowering, b: Bracketed): Expr {
  if (!b.scripts) return b.plain;
  return applyScripts(cx, b.plain, b.scripts, b.plain.span.start);
}
