// Statements: splits a formula at rows, commas, words and arrows, and reads each as a chain of members joined by relations.
import type { Expr, Relation, Statement } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { type Cursor, hullOf, isChar, isCommand, type Lowering, make, peek } from './build.js';
import { separators } from './notation.js';
import { asPrinted } from './printed.js';
import { readSum } from './products.js';
import { relationAt } from './relations.js';
import { type Row, rowsOf, startsRelation } from './rows.js';

/** Reads nodes as one expression, with relations kept inside (conditions, limits, points). */
export function readExpression(cx: Lowering, written: readonly Tex[], at: Span): Expr {
  const nodes = asPrinted(written);
  if (nodes.length === 0) return make(cx, at, { kind: 'hole' });
  if (cx.depth > 60) return make(cx, hullOf(nodes, at), { kind: 'hole' });
  cx.depth++;
  const c: Cursor = { nodes, at: 0, end: nodes.length };
  let left = readSum(cx, c);
  while (c.at < c.end) {
    const relation = relationAt(c);
    if (!relation) {
      if (c.at >= c.end) break;
      const node = peek(c);
      // What cannot be read makes the whole unreadable, rather than something else.
      if (
        node &&
        !isChar(node, '.') &&
        !isChar(node, ',') &&
        node.kind !== 'text' &&
        !(node.kind === 'command' && separators.has(node.name))
      ) {
        cx.depth--;
        return make(cx, hullOf(nodes, at), { kind: 'hole' });
      }
      c.at++;
      continue;
    }
    c.at += relation.length;
    const right = readSum(cx, c);
    left = make(cx, { start: left.span.start, end: right.span.end }, { kind: 'relation', left, relation: relation.relation, right });
  }
  cx.depth--;
  return left;
}

/** The statements of a formula. */
export function readStatements(cx: Lowering, nodes: readonly Tex[]): readonly Statement[] {
  const out: Statement[] = [];
  for (const row of rowsOf(cx.tex, nodes)) pushStatement(cx, row, out);
  return out;
}

function pushStatement(cx: Lowering, row: Row, out: Statement[]): void {
  const c: Cursor = { nodes: row.nodes, at: 0, end: row.nodes.length };
  const members: Expr[] = [];
  const found: Relation[] = [];
  const colon = colonRelates(row.nodes);
  const first = startsRelation(row.nodes) ? relationAt(c) : undefined;
  if (first) c.at += first.length;
  while (c.at < c.end) {
    const before = c.at;
    members.push(readMember(cx, c, colon));
    const relation = relationAt(c);
    if (relation) {
      found.push(relation.relation);
      c.at += relation.length;
    } else if (c.at < c.end) {
      // Something that is no mathematics of this kind: the statement ends here, the rest is read on its own.
      members[members.length - 1] = make(cx, hullOf(row.nodes.slice(before), { start: 0, end: 0 }), { kind: 'hole' });
      break;
    }
  }
  const span = hullOf(row.nodes, { start: 0, end: 0 });
  if (members.length > 0)
    out.push(...cutAtArrows({ members, relations: found.slice(0, members.length - 1), span, separator: row.separator }));
}

/** `A x = b \\to x = A^{-1} b`, `x, W \\to a = W x`: before an equation an arrow leads from one statement to the next. */
function cutAtArrows(statement: Statement): readonly Statement[] {
  const { members, relations, span } = statement;
  const at = relations.indexOf('\\to');
  if (at < 0 || !relations.slice(at + 1).some((r) => r === '=' || r === ':=')) return [statement];
  const [last, next] = [members[at] as Expr, members[at + 1] as Expr];
  const before = {
    ...statement,
    members: members.slice(0, at + 1),
    relations: relations.slice(0, at),
    span: { start: span.start, end: last.span.end },
  };
  const rest = members.slice(at + 1);
  return [
    before,
    ...cutAtArrows({
      members: rest,
      relations: relations.slice(at + 1),
      span: { start: next.span.start, end: span.end },
      separator: 'arrow',
    }),
  ];
}

function readMember(cx: Lowering, c: Cursor, colon: boolean): Expr {
  if (!colon) return readSum(cx, c);
  const stop = c.nodes.findIndex((n, i) => i >= c.at && isChar(n, ':'));
  if (stop < 0) return readSum(cx, c);
  const part: Cursor = { nodes: c.nodes, at: c.at, end: stop };
  const expr = readSum(cx, part);
  c.at = part.at;
  return expr;
}

/** A name, or a name at a moment: x_t, X(t). */
function isOneName(nodes: readonly Tex[]): boolean {
  if (nodes.length === 1) return true;
  const [, open, ...rest] = nodes;
  return (
    isChar(open, '(') && isChar(rest[rest.length - 1], ')') && rest.slice(0, -1).every((n) => n.kind === 'char' && /[t\d+-]/.test(n.char))
  );
}

/** A colon relates a name to a map or a shape: f : ℝⁿ → ℝᵐ, x_t : M × 1. Else it is Frobenius' product. */
function colonRelates(nodes: readonly Tex[]): boolean {
  const index = nodes.findIndex((n, i) => isChar(n, ':') && !isChar(nodes[i + 1], '='));
  if (index < 0) return false;
  const after = nodes.slice(index + 1);
  if (after.some((n) => isCommand(n, 'to') || isCommand(n, 'rightarrow') || isCommand(n, 'mapsto') || isCommand(n, 'longrightarrow')))
    return true;
  return isOneName(nodes.slice(0, index)) && after.some((n) => isCommand(n, 'times')) && !after.some((n) => isChar(n, '='));
}
