// Two neighbouring cells of a product's chart made one: what they make under the sign between them, what custom charges, what a break leaves.
import type { ProductSign } from '../../expr.js';
import { costs, type Grouping } from '../candidate.js';
import { cols, isTensor, matrix, rows, type Shape } from '../shape.js';
import { type Break, type Cell, isOneNeighbour, type ProductInput, rangeOf } from './grouping.js';
import { isHadamard, isLoose, type Operand, type Paired, pair } from './pair.js';

/** All cells that two neighbours make; `at` is the first factor of the right one. Where they do not fit, one cell with a break. */
export function combine(input: ProductInput, left: Cell, right: Cell, sign: ProductSign, at: number): readonly Cell[] {
  const paired = pair(sign, operandOf(input, left), operandOf(input, right), input.fresh);
  const both = join(left, right, sign);
  if (paired.length > 0) return paired.map((p) => fitting(both, p));
  if (!left.shape || !right.shape) return [];
  if (input.lenientTensors && (isTensor(left.shape) || isTensor(right.shape))) return [lenient(both)];
  const found: Break = {
    at,
    kind: isHadamard(sign) ? 'hadamard' : 'product',
    left: rangeOf(left.tree),
    right: rangeOf(right.tree),
    leftTree: left.tree,
    rightTree: right.tree,
    shapes: [left.shape, right.shape],
  };
  return [broken(both, found, afterBreak(input, left, right, found.kind))];
}

interface Joined extends Pick<Cell, 'cost' | 'chosen' | 'breaks' | 'loose'> {
  readonly left: Cell;
  readonly right: Cell;
}

function join(left: Cell, right: Cell, sign: ProductSign): Joined {
  // What a break leaves behind fits everything: the grouping that checks more is preferred.
  const absorbed = (!left.shape && left.breaks.length > 0) || (!right.shape && right.breaks.length > 0) ? costs.absorbed : 0;
  return {
    left,
    right,
    cost: left.cost + right.cost + groupingCost(left, right, sign) + absorbed,
    chosen: [...left.chosen, ...right.chosen],
    breaks: left.breaks.length + right.breaks.length > 0 ? [...left.breaks, ...right.breaks] : left.breaks,
    loose: isLoose(sign),
  };
}

function fitting({ left, right, cost, chosen, breaks, loose }: Joined, { product, shape, cost: own, axes }: Paired): Cell {
  const tree: Grouping =
    axes === undefined ? { product, left: left.tree, right: right.tree } : { product, left: left.tree, right: right.tree, axes };
  const symbol = product === 'hadamard' || product === 'elementwise' ? same(left.symbol, right.symbol) : undefined;
  return { shape, cost: cost + own, chosen, breaks, loose, tree, symbol };
}

function lenient({ left, right, cost, chosen, breaks, loose }: Joined): Cell {
  const tree: Grouping = { product: 'unknown', left: left.tree, right: right.tree };
  return { shape: undefined, cost: cost + costs.option, chosen, breaks, loose, tree, symbol: undefined };
}

function broken({ left, right, cost, chosen, breaks, loose }: Joined, found: Break, shape: Shape | undefined): Cell {
  const tree: Grouping = { product: 'conflict', left: left.tree, right: right.tree };
  return { shape, cost: cost + costs.conflict, chosen, breaks: [...breaks, found], loose, tree, symbol: undefined };
}

const same = (a: string | undefined, b: string | undefined): string | undefined => (a === b ? a : undefined);

function operandOf(input: ProductInput, cell: Cell): Operand {
  const [only] = cell.chosen;
  if (cell.chosen.length === 1 && only) return { ...input.operand(only), shape: cell.shape };
  return cell.symbol === undefined ? { shape: cell.shape } : { shape: cell.shape, symbol: cell.symbol };
}

/** By custom juxtaposition binds tighter than ⊙; a product that takes a bare ⊙ as operand is another reading. */
function groupingCost(left: Cell, right: Cell, sign: ProductSign): number {
  if (isLoose(sign)) return right.loose ? 0.05 : 0;
  const absorbs = (left.loose ? 1 : 0) + (right.loose ? 1.2 : 0);
  return absorbs * costs.regroup;
}

/** What both neighbours of a break leave: an outer side that was not itself underlined keeps its dimension. */
function afterBreak(input: ProductInput, left: Cell, right: Cell, kind: Break['kind']): Shape | undefined {
  if (kind === 'hadamard') return undefined;
  const leftAlone = isOneNeighbour(left.tree, 'right', input.signs) || !left.shape || isTensor(left.shape);
  const rightAlone = isOneNeighbour(right.tree, 'left', input.signs) || !right.shape || isTensor(right.shape);
  if (leftAlone && rightAlone) return undefined;
  const r = leftAlone || !left.shape ? input.fresh() : rows(left.shape);
  const c = rightAlone || !right.shape ? input.fresh() : cols(right.shape);
  return matrix(r, c);
}
