// What the parts of the lowering share: the node factory, the cursor over TeX nodes, and the way back to the expression reader.
import type { Expr, ExprBody } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';

/** Reads nodes as an expression; `none` of them give a hole at `at`. Given by the expression reader, so that the parts need not import it. */
export interface Lowering {
  /** The formula's text, which spans are of. */
  readonly tex: string;
  next: number;
  depth: number;
  /** Inside blocks that only space sets apart: brackets in them are not cut again. */
  withinBlocks: boolean;
  /** The font that surrounds what is read, as in \mathbf{Wx}. */
  font: string;
  /** Whether the formula writes differentials of symbols (dX): then d(AX) is one as well. */
  readonly differentials: boolean;
  readonly expression: (cx: Lowering, nodes: readonly Tex[], at: Span) => Expr;
  /** Reads the rest of a product from a cursor. */
  readonly product: (cx: Lowering, cursor: Cursor) => Expr;
  /** Reads juxtaposed factors up to a sign, another function or the end. */
  readonly run: (cx: Lowering, cursor: Cursor) => Expr | undefined;
}

export interface Cursor {
  readonly nodes: readonly Tex[];
  at: number;
  readonly end: number;
}

export function make<B extends ExprBody>(cx: Lowering, span: Span, body: B): Expr {
  return { id: cx.next++, span, ...body } as Expr;
}

export const peek = (c: Cursor, ahead = 0): Tex | undefined => (c.at + ahead < c.end ? c.nodes[c.at + ahead] : undefined);

/** Where the cursor stands: the node there, or the place behind the last one. */
export function placeOf(c: Cursor): Span {
  const end = c.nodes[c.at - 1]?.span.end ?? 0;
  return peek(c)?.span ?? { start: end, end };
}

export const isChar = (node: Tex | undefined, char: string): boolean => node?.kind === 'char' && node.char === char;
export const isCommand = (node: Tex | undefined, name: string): boolean => node?.kind === 'command' && node.name === name;

/** The node itself, or the base of its scripts. */
export const bare = (node: Tex | undefined): Tex | undefined => (node?.kind === 'scripts' ? node.base : node);

/** {}: spacing around a sign. */
export const isEmptyGroup = (node: Tex | undefined): boolean => node?.kind === 'group' && node.body.length === 0;

export const hullOf = (nodes: readonly Tex[], at: Span): Span => {
  const first = nodes[0];
  const last = nodes[nodes.length - 1];
  return first && last ? { start: first.span.start, end: Math.max(first.span.end, last.span.end) } : at;
};

export const hole = (cx: Lowering, span: Span): Expr => make(cx, span, { kind: 'hole' });

/** A group's content, unwrapped as long as it is one group. */
export const unwrap = (nodes: readonly Tex[]): readonly Tex[] =>
  nodes.length === 1 && nodes[0]?.kind === 'group' ? unwrap(nodes[0].body) : nodes;
