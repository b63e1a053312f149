// Breaks of a product as conflicts: which neighbours do not fit, and the row of factors around them as a reader counts it.
import type { Expr } from '../../expr.js';
import type { Candidate, Conflict } from '../candidate.js';
import { isScalar, type Shape } from '../shape.js';
import { type Break, type Cell, neighbour, type ProductInput, type Range } from './grouping.js';
import { isHadamard } from './pair.js';

/** The neighbours of a break: a ⊙ group counts as one neighbour, of a product the factor next to the break. */
export function toConflict(input: ProductInput, cell: Cell, found: Break): Conflict {
  const groups = found.kind === 'hadamard' ? hadamardRow(input, cell, found) : productRow(input, cell, found);
  const left = groups.find((g) => g.last === found.at - 1);
  const right = groups.find((g) => g.first === found.at);
  const exprOf = (i: number): Expr => (cell.chosen[i] as Candidate).expr;
  const exprs = [exprOf(found.at - 1), exprOf(found.at)] as const;
  const spans = [
    { start: exprOf(left?.first ?? found.at - 1).span.start, end: exprs[0].span.end },
    { start: exprs[1].span.start, end: exprOf(right?.last ?? found.at).span.end },
  ] as const;
  const solid = cell.chosen.every((c) => c.solid || !c.shape);
  if (found.kind === 'hadamard') return { code: 'hadamard-mismatch', spans, exprs, shapes: found.shapes, product: input.expr, solid };
  const shapes = [left?.shape ?? found.shapes[0], right?.shape ?? found.shapes[1]] as const;
  const shown = groups.filter((g) => !(g.shape && isScalar(g.shape) && g.first === g.last));
  const row = shown.map((g) => ({ expr: exprOf(g.first), shape: g.shape }));
  const breakAt = shown.filter((g) => g.last < found.at).length;
  return { code: 'product-mismatch', spans, exprs, shapes, row, breakAt, product: input.expr, solid };
}

/** Factors that count as one. */
interface Group {
  readonly first: number;
  readonly last: number;
  readonly shape: Shape | undefined;
}

function groupOf(cell: Cell, [first, last]: Range): Group {
  const shapes = cell.chosen.slice(first, last + 1).map((c) => c.shape);
  return { first, last, shape: shapes.find((s) => s && !isScalar(s)) ?? shapes[0] };
}

/** All factors, ⊙ groups as one factor; a group ends at the break. */
function hadamardRow(input: ProductInput, cell: Cell, found: Break): readonly Group[] {
  const groups: Group[] = [];
  const n = cell.chosen.length;
  for (let i = 0; i < n; ) {
    let last = i;
    while (last + 1 < n && isHadamard(input.signs[last] ?? '') && found.at !== last + 1) last++;
    groups.push(groupOf(cell, [i, last]));
    i = last + 1;
  }
  return groups;
}

/** The factors of the product that breaks, from end to end; the neighbours of the break as they were read. */
function productRow(input: ProductInput, cell: Cell, found: Break): readonly Group[] {
  const left = neighbour(found.leftTree, 'right', input.signs);
  const right = neighbour(found.rightTree, 'left', input.signs);
  const groups: Group[] = [];
  for (let i = found.left[0]; i <= found.right[1]; ) {
    const range: Range = i === left[0] ? left : i === right[0] ? right : [i, i];
    groups.push(groupOf(cell, range));
    i = range[1] + 1;
  }
  return groups;
}
