// A row of nodes as it is printed: braces and fonts are no brackets (A\mathbf{x + b} is Ax + b, a {- b} is a - b in another colour),
// and two strokes side by side are one sign (||x||).
import { NO_ARGS, type Tex } from '../tree.js';
import { delimiterOf } from './brackets.js';
import { bare, isChar } from './build.js';
import { fonts, plainFonts } from './notation.js';
import { relationAt } from './relations.js';

export const asPrinted = (nodes: readonly Tex[]): readonly Tex[] => joined(opened(nodes));

/** Those braces and fonts are opened that hide a sum or a relation of the row that they stand in. */
function opened(nodes: readonly Tex[]): readonly Tex[] {
  if (nodes.length < 2 || !nodes.some((node, i) => hidesSigns(node, nodes[i - 1]))) return nodes;
  return nodes.flatMap((node, i) => (hidesSigns(node, nodes[i - 1]) ? contentOf(node) : [node]));
}

function hidesSigns(node: Tex, before: Tex | undefined): boolean {
  if (node.kind === 'group') return beginsWithSign(node.body, before);
  return node.kind === 'command' && isFont(node.name) && hasSign(node.args[0] ?? []);
}

const isFont = (name: string): boolean => fonts[name] !== undefined || plainFonts.has(name);

/** Braces elsewhere are meant as brackets: \sum {a + b}, \sigma{-x}. */
function beginsWithSign(body: readonly Tex[], before: Tex | undefined): boolean {
  if (before === undefined || body.length < 2) return false;
  if (isChar(body[0], '-')) return before.kind !== 'command';
  return isChar(body[0], '+') || relationAt({ nodes: body, at: 0, end: body.length }) !== undefined;
}

function hasSign(nodes: readonly Tex[]): boolean {
  let depth = 0;
  for (const node of nodes) {
    if (isChar(node, '(') || isChar(node, '[')) depth++;
    else if (isChar(node, ')') || isChar(node, ']')) depth--;
    else if (depth === 0 && isSign(node)) return true;
  }
  return false;
}

const isSign = (node: Tex): boolean => isChar(node, '+') || isChar(node, '-') || isChar(node, '=');

function contentOf(node: Tex): readonly Tex[] {
  if (node.kind === 'group') return opened(node.body);
  if (node.kind !== 'command') return [node];
  return (node.args[0] ?? []).map((inner) =>
    inner.kind === 'char' && !/[\p{L}\d]/u.test(inner.char) ? inner : { ...node, args: [[inner]], span: inner.span },
  );
}

/** ||x|| with the two strokes of either side as one; what stands between has its brackets closed and no strokes of its own. */
function joined(nodes: readonly Tex[]): readonly Tex[] {
  const first = nodes.findIndex((_, i) => isDoubled(nodes, i));
  if (first < 0) return nodes;
  const out: Tex[] = [...nodes.slice(0, first)];
  // In |x||y| the second stroke closes what the first has opened.
  let within = nodes.slice(0, first).filter((node) => delimiterOf(node) === '|').length % 2 === 1;
  for (let i = first; i < nodes.length; i++) {
    const node = nodes[i] as Tex;
    const close = !within && isDoubled(nodes, i) ? closingOf(nodes, i + 2) : -1;
    if (close < 0) {
      if (delimiterOf(node) === '|') within = !within;
      out.push(node);
      continue;
    }
    out.push(doubled(node, nodes[i + 1] as Tex), ...nodes.slice(i + 2, close), doubled(nodes[close] as Tex, nodes[close + 1] as Tex));
    i = close + 1;
  }
  return out;
}

const isDoubled = (nodes: readonly Tex[], at: number): boolean => {
  const [first, second] = [nodes[at], nodes[at + 1]];
  return isChar(first, '|') && isChar(bare(second), '|');
};

function closingOf(nodes: readonly Tex[], from: number): number {
  let depth = 0;
  for (let i = from; i < nodes.length; i++) {
    const sign = delimiterOf(nodes[i]);
    if (sign === '|') return depth === 0 && i > from && isDoubled(nodes, i) ? i : -1;
    if (sign === '(' || sign === '[') depth++;
    else if ((sign === ')' || sign === ']') && --depth < 0) return -1;
  }
  return -1;
}

function doubled(first: Tex, second: Tex): Tex {
  const sign: Tex = {
    kind: 'command',
    name: '|',
    args: NO_ARGS,
    span: { start: first.span.start, end: bare(second)?.span.end ?? first.span.end },
  };
  return second.kind === 'scripts' ? { ...second, base: sign, span: { start: first.span.start, end: second.span.end } } : sign;
}
