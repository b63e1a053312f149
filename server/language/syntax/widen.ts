// Makes every node's span hold its children's where macros have been expanded: a body may put its arguments in any order.
import type { Tex } from './tree.js';

type Building = { start: number; end: number };

/** Widens the spans of fresh nodes in place. Their depth is bounded by the parser's. */
export function widen(nodes: readonly Tex[]): void {
  for (const node of nodes) widenNode(node);
}

function widenNode(node: Tex): void {
  switch (node.kind) {
    case 'command':
      for (const arg of node.args) cover(node, arg);
      if (node.optional !== undefined) cover(node, node.optional);
      break;
    case 'group':
      cover(node, node.body);
      break;
    case 'delimited': {
      cover(node, node.body);
      const [first] = node.body;
      const inner = node.inner as Building;
      if (first === undefined || (inner.start <= first.span.start && first.span.end <= inner.end)) break;
      // The brackets come out of a body: inside is what its nodes cover.
      inner.start = first.span.start;
      inner.end = first.span.end;
      for (const child of node.body) {
        inner.start = Math.min(inner.start, child.span.start);
        inner.end = Math.max(inner.end, child.span.end);
      }
      break;
    }
    case 'scripts':
      if (node.base !== undefined) cover(node, [node.base]);
      if (node.sub !== undefined) cover(node, node.sub);
      if (node.sup !== undefined) cover(node, node.sup);
      break;
    case 'environment':
      for (const arg of node.args) cover(node, arg);
      for (const row of node.rows) for (const cell of row) cover(node, cell);
      break;
    case 'text':
      if (node.body !== undefined) cover(node, node.body);
      break;
    default:
  }
}

function cover(node: Tex, children: readonly Tex[]): void {
  const span = node.span as Building;
  for (const child of children) {
    widenNode(child);
    if (child.span.start < span.start) span.start = child.span.start;
    if (child.span.end > span.end) span.end = child.span.end;
  }
}
