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
  const named = ({ first, last }: Group): Expr => {
    for (let i = first; i <= last; i++) if (!isNumber(cell, i)) return exprOf(i);
    return exprOf(first);
  };
  const whole = found.kind === 'hadamard';
  const exprs = [
    left && !whole && left.first === left.last ? named(left) : exprOf(found.at - 1),
    right && !whole ? named(right) : exprOf(found.at),
  ] as const;
  const spans = [
    { start: exprOf(left?.first ?? found.at - 1).span.start, end: exprOf(found.at - 1).span.end },
    { start: exprOf(found.at).span.start, end: exprOf(right?.last ?? found.at).span.end },
  ] as const;
  const solid = cell.chosen.every((c) => c.solid || !c.shape);
  if (found.kind === 'hadamard') return { code: 'hadamard-mismatch', spans, exprs, shapes: found.shapes, product: input.expr, solid };
  const shapes = [left?.shape ?? found.shapes[0], right?.shape ?? found.shapes[1]] as const;
  const shown = groups.filter((g) => !(g.shape && isScalar(g.shape) && g.first === g.last));
  const row = shown.map((g) => ({ expr: named(g), shape: g.shape }));
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

const isNumber = (cell: Cell, i: number): boolean => {
  const shape = cell.chosen[i]?.shape;
  return shape !== undefined && isScalar(shape);
};

/** A number fits everything: with it goes the next factor that is none. */
function pastNumbers(cell: Cell, [first, last]: Range, end: number, step: 1 | -1): Range {
  let at = step > 0 ? last : first;
  if (first !== last) return [first, last];
  while (at !== end && isNumber(cell, at)) at += step;
  return step > 0 ? [first, at] : [at, last];
}

/** The factors of the product that breaks, from end to end; the neighbours of the break as they were read. */
function productRow(input: ProductInput, cell: Cell, found: Break): readonly Group[] {
  const left = pastNumbers(cell, neighbour(found.leftTree, 'right', input.signs), found.left[0], -1);
  const right = pastNumbers(cell, neighbour(found.rightTree, 'left', input.signs), found.right[1], 1);
  const groups: Group[] = [];
  for (let i = found.left[0]; i <= found.right[1]; ) {
    const range: Range = i === left[0] ? left : i === right[0] ? right : [i, i];
    groups.push(groupOf(cell, range));
    i = range[1] + 1;
  }
  return groups;
}
