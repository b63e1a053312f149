// TeX trees in a compact text form, for assertions.
import { macroSet, readMacros } from '../../../server/language/syntax/macros.js';
import { parseTex } from '../../../server/language/syntax/parser.js';
import type { MacroSet, Tex } from '../../../server/language/syntax/tree.js';

const showAll = (nodes: readonly Tex[]): string => nodes.map(showTex).join(' ');

/** A node: chars as they are, \command[args], {group}, base^(sup)_(sub)', <left right|…>, env(cell & cell ; row), "text". */
export function showTex(node: Tex): string {
  switch (node.kind) {
    case 'char':
      return node.char;
    case 'command':
      return `\\${node.name}${node.star ? '*' : ''}${node.optional ? `(${showAll(node.optional)})` : ''}${node.args.map((a) => `[${showAll(a)}]`).join('')}`;
    case 'group':
      return `{${showAll(node.body)}}`;
    case 'delimited':
      return `<${node.left} ${showAll(node.body)} ${node.right}>`;
    case 'scripts':
      return `${node.base ? showTex(node.base) : ''}${"'".repeat(node.primes)}${node.sub ? `_(${showAll(node.sub)})` : ''}${node.sup ? `^(${showAll(node.sup)})` : ''}`;
    case 'environment':
      return `${node.name}${node.args.map((a) => `[${showAll(a)}]`).join('')}(${node.rows.map((row) => row.map(showAll).join(' & ')).join(' ; ')})`;
    case 'text':
      return node.body ? `"${showAll(node.body)}"` : `"${node.text}"`;
    case 'align':
      return '&';
    case 'newline':
      return '\\\\';
  }
}

export const macrosOf = (source: string): MacroSet => macroSet(readMacros(source));

export const NOTHING: MacroSet = new Map();

/** The tree of a formula as text; `preamble` defines macros. */
export const show = (tex: string, preamble = ''): string => showAll(parseTex(tex, macrosOf(preamble)).nodes);

/** Every node with the text that its span covers, parents first. */
export function spans(tex: string, preamble = ''): string[] {
  const found: string[] = [];
  walk(parseTex(tex, macrosOf(preamble)).nodes, (node) => found.push(`${node.kind} ${tex.slice(node.span.start, node.span.end)}`));
  return found;
}

export const childrenOf = (node: Tex): readonly Tex[] => {
  switch (node.kind) {
    case 'command':
      return [...node.args.flat(), ...(node.optional ?? [])];
    case 'group':
    case 'delimited':
      return node.body;
    case 'scripts':
      return [...(node.base ? [node.base] : []), ...(node.sub ?? []), ...(node.sup ?? [])];
    case 'environment':
      return [...node.args.flat(), ...node.rows.flat(2)];
    case 'text':
      return node.body ?? [];
    default:
      return [];
  }
};

/** Visits all nodes, parents first. */
export function walk(nodes: readonly Tex[], visit: (node: Tex, parent: Tex | undefined) => void, parent?: Tex): void {
  for (const node of nodes) {
    visit(node, parent);
    walk(childrenOf(node), visit, node);
  }
}
