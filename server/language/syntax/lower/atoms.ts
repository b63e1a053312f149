// Atoms: one symbol, number, function, fraction, matrix or bracket with its scripts. Reads at a cursor and moves behind it.
import type { Expr } from '../../expr.js';
import type { Tex } from '../tree.js';
import { finishScripts } from './annotations.js';
import { readBinder } from './binders.js';
import { asBlocks } from './blocks.js';
import { delimiterOf, isOpening, opensArguments, readBracket, withScripts } from './brackets.js';
import { bare, type Cursor, hole, isChar, type Lowering, make, peek } from './build.js';
import { readCommand, readEnvironment } from './constructs.js';
import { letter, symbol } from './fonts.js';
import { readFunction } from './functions.js';
import * as table from './notation.js';
import { readOperator } from './operators.js';
import { applyScripts, type ScriptsNode } from './scripts.js';

/** Reads one atom; undefined (and not moved) where none begins. */
export function readAtom(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  if (!node) return undefined;
  if (isOpening(node)) {
    const from = c.at;
    const bracket = readBracket(cx, c);
    if (bracket) return withScripts(cx, asBlocks(cx, c.nodes.slice(from, c.at), bracket));
    c.at++;
    return hole(cx, node.span);
  }
  const word = readWord(cx, c) ?? readFunction(cx, c) ?? readBinder(cx, c) ?? readOperator(cx, c, readAtom);
  if (word) return word;
  return readSimple(cx, c);
}

/** Letters that stand together and mean a function or a word, bare. */
function readWord(cx: Lowering, c: Cursor): Expr | undefined {
  const run = letterRun(c);
  if (run.length < 2) return undefined;
  for (let length = run.length; length >= 2; length--) {
    const text = run.slice(0, length);
    const last = peek(c, length - 1);
    const next = peek(c, length);
    if (table.bareFunctions.has(text)) {
      const prime = last?.kind === 'scripts' && last.primes > 0;
      if (opensArguments(next) || prime || (length === run.length && length > 2)) return readFunction(cx, c, { name: text, length });
    }
    if (length === run.length && table.bareWords.has(text)) {
      const span = { start: peek(c)?.span.start ?? 0, end: last?.span.end ?? 0 };
      c.at += length;
      return scripted(cx, symbol(cx, `\\text{${text}}`, span), last?.kind === 'scripts' ? last : undefined);
    }
  }
  return undefined;
}

/** The letters from the cursor on that touch one another; only the last may carry scripts. */
function letterRun(c: Cursor): string {
  let text = '';
  for (let i = c.at; i < c.end; i++) {
    const node = c.nodes[i];
    const plain = bare(node);
    if (plain?.kind !== 'char' || !/[a-zA-Z]/.test(plain.char)) break;
    const before = i > c.at ? c.nodes[i - 1] : undefined;
    if (before && before.span.end !== node?.span.start) break;
    text += plain.char;
    if (node?.kind === 'scripts') break;
  }
  return text;
}

/** Everything that needs no look ahead: numbers, letters, commands with arguments, environments. */
function readSimple(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  if (!node) return undefined;
  const plain = bare(node);
  const dots = dottedRun(c);
  if (dots > 2) {
    const end = peek(c, dots - 1)?.span.end ?? node.span.end;
    c.at += dots;
    return make(cx, { start: node.span.start, end }, { kind: 'ellipsis' });
  }
  if (plain?.kind === 'char' && /[0-9.]/.test(plain.char)) return readNumber(cx, c);
  if (node.kind === 'scripts') {
    if (!node.base || !beginsAtom(node.base)) return undefined;
    const inner: Cursor = { nodes: [node.base], at: 0, end: 1 };
    const base = readSimple(cx, inner);
    if (!base) return undefined;
    c.at++;
    return finishScripts(cx, base, node);
  }
  if (!beginsAtom(node)) return undefined;
  c.at++;
  return simple(cx, node);
}

function simple(cx: Lowering, node: Tex): Expr {
  switch (node.kind) {
    case 'char':
      return letter(cx, node.char, node.span);
    case 'group': {
      const inner = cx.expression(cx, node.body, node.span);
      return inner.kind === 'hole' ? inner : { ...inner };
    }
    case 'text':
      if (node.name === 'textbf' && /^[\p{L}\d]$/u.test(node.text.trim())) return symbol(cx, `\\mathbf{${node.text.trim()}}`, node.span);
      return /^[\p{L}\d]+(?:[- ][\p{L}\d]+)?$/u.test(node.text.trim())
        ? symbol(cx, `\\text{${node.text.trim()}}`, node.span)
        : make(cx, node.span, { kind: 'text', text: node.text });
    case 'environment':
      return readEnvironment(cx, node);
    case 'command':
      return readCommand(cx, node);
    default:
      return hole(cx, node.span);
  }
}

function beginsAtom(node: Tex): boolean {
  if (node.kind === 'char') return !/[-+=<>,;:!/&|)\]*?~"]/.test(node.char);
  if (node.kind === 'command') {
    const n = node.name;
    return !(
      n in table.productSigns ||
      n in table.relations ||
      table.separators.has(n) ||
      n === 'pm' ||
      n === 'mp' ||
      n === 'mid' ||
      delimiterOf(node)
    );
  }
  return node.kind === 'group' || node.kind === 'environment' || node.kind === 'text';
}

/** How many points stand in a row: three of them are an ellipsis. */
function dottedRun(c: Cursor): number {
  let dots = 0;
  while (isChar(peek(c, dots), '.')) dots++;
  return dots;
}

function readNumber(cx: Lowering, c: Cursor): Expr | undefined {
  const first = peek(c);
  const { text, scripts } = digitRun(c);
  const last = c.nodes[c.at - 1];
  if (!text || !first || !last) return undefined;
  const span = { start: first.span.start, end: scripts?.base ? scripts.base.span.end : last.span.end };
  const named = /^[01]$/.test(text);
  if (cx.font && named) return scripted(cx, letter(cx, text, span), scripts);
  if (scripts?.sub && named) return scripted(cx, symbol(cx, text, span), scripts);
  return scripted(cx, make(cx, span, { kind: 'number', value: Number(text), text }), scripts);
}

/** Digits with at most one point between them, and moves behind them; only the last may carry scripts. */
function digitRun(c: Cursor): { readonly text: string; readonly scripts: ScriptsNode | undefined } {
  let text = '';
  while (c.at < c.end) {
    const node = peek(c);
    const plain = bare(node);
    if (plain?.kind !== 'char' || !node) break;
    const follows = bare(peek(c, 1));
    const dot = plain.char === '.' && follows?.kind === 'char' && /\d/.test(follows.char) && !text.includes('.');
    if (!/\d/.test(plain.char) && !dot) break;
    text += plain.char;
    c.at++;
    if (node.kind === 'scripts') return { text, scripts: node };
  }
  return { text, scripts: undefined };
}

const scripted = (cx: Lowering, base: Expr, scripts: ScriptsNode | undefined): Expr =>
  scripts ? applyScripts(cx, base, scripts, base.span.start) : base;
