// Braces and fonts are no brackets: A\mathbf{x + b} is printed as Ax + b, and a + {- b} as a - b with another colour.
import type { Tex } from '../tree.js';
import { isChar } from './build.js';
import { fonts, plainFonts } from './notation.js';
import { relationAt } from './relations.js';

/** The nodes with those braces and fonts opened that hide a sum or a relation of the row that they stand in. */
export function opened(nodes: readonly Tex[]): readonly Tex[] {
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
