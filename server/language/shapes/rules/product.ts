// Products: chart parsing over the flat list of factors. Every span of factors keeps its cheapest grouping per shape;
// where nothing fits, a break between two neighbours, after which both fit everything.
import type { Expr, ProductSign } from '../../expr.js';
import { type Candidate, type Conflict, costs, type Grouping, type RowItem } from '../candidate.js';
import type { Dim } from '../dimension.js';
import { cols, isScalar, isTensor, matrix, rows, type Shape, shapeKey } from '../shape.js';
import { isHadamard, isLoose, type Operand, pair } from './pair.js';

/** One way to read a span of factors. */
interface Cell {
  readonly shape: Shape | undefined;
  readonly cost: number;
  readonly tree: Grouping;
  /** Chosen candidate of each factor of the span. */
  readonly chosen: readonly Candidate[];
  readonly loose: boolean;
  readonly breaks: readonly Break[];
  readonly symbol: string | undefined;
}

interface Break {
  /** Between factor `at - 1` and `at`. */
  readonly at: number;
  readonly kind: 'product' | 'hadamard';
  /** The neighbours as grouped: first and last factor of each. */
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
  readonly leftTree: Grouping;
  readonly rightTree: Grouping;
  readonly shapes: readonly [Shape, Shape];
}

const perCell = 5;
const longest = 14;
/** A product of more factors is no formula that somebody wrote (a macro that grows): unknown. */
const most = 256;

export interface ProductInput {
  readonly expr: Expr;
  readonly factors: readonly (readonly Candidate[])[];
  readonly signs: readonly ProductSign[];
  readonly fresh: () => Dim;
  readonly operand: (c: Candidate) => Operand;
  /** Without a declared layout nothing is held against a product with a tensor. */
  readonly lenientTensors: boolean;
}

/** The candidates of a product. A conflict costs `costs.conflict` and is recorded with the candidate. */
export function inferProduct(input: ProductInput): readonly Candidate[] {
  if (input.factors.length > most)
    return [{ expr: input.expr, shape: undefined, cost: 0, rule: 'opaque', parts: [], conflicts: [], solid: true }];
  const cells = input.factors.length > longest ? foldLeft(input) : chart(input);
  return cells.map((cell) => toCandidate(input, cell));
}

function leaves(input: ProductInput, i: number): readonly Cell[] {
  return (input.factors[i] ?? []).map((c) => {
    const operand = input.operand(c);
    return { shape: c.shape, cost: c.cost, tree: { leaf: i }, chosen: [c], loose: false, breaks: [], symbol: operand.symbol };
  });
}

function chart(input: ProductInput): readonly Cell[] {
  const n = input.factors.length;
  const table: (readonly Cell[])[][] = [];
  for (let i = 0; i < n; i++) table.push(Array.from({ length: n }, () => []));
  for (let i = 0; i < n; i++) (table[i] as (readonly Cell[])[])[i] = leaves(input, i);
  for (let width = 1; width < n; width++) {
    for (let i = 0; i + width < n; i++) {
      const j = i + width;
      const best = new Map<string, Cell>();
      for (let k = i; k < j; k++) combineAll(input, table[i]?.[k] ?? [], table[k + 1]?.[j] ?? [], k, best);
      (table[i] as (readonly Cell[])[])[j] = prune(best);
    }
  }
  return table[0]?.[n - 1] ?? [];
}

/** A product of very many factors: from left to right. */
function foldLeft(input: ProductInput): readonly Cell[] {
  let cells = leaves(input, 0);
  for (let k = 0; k + 1 < input.factors.length; k++) {
    const best = new Map<string, Cell>();
    combineAll(input, cells, leaves(input, k + 1), k, best);
    cells = prune(best);
  }
  return cells;
}

const prune = (best: ReadonlyMap<string, Cell>): readonly Cell[] => {
  const all = [...best.values()];
  return all.length <= 1 ? all : all.sort((a, b) => a.cost - b.cost).slice(0, perCell);
};

function combineAll(input: ProductInput, lefts: readonly Cell[], rights: readonly Cell[], k: number, best: Map<string, Cell>): void {
  const sign = input.signs[k] ?? '';
  for (const left of lefts) for (const right of rights) for (const cell of combine(input, left, right, sign, k)) keep(best, cell);
}

function keep(best: Map<string, Cell>, cell: Cell): void {
  const key = cell.shape ? shapeKey(cell.shape) : '';
  const old = best.get(key);
  if (!old || cell.cost < old.cost) best.set(key, cell);
}

function combine(input: ProductInput, left: Cell, right: Cell, sign: ProductSign, k: number): readonly Cell[] {
  const paired = pair(sign, operandOf(input, left), operandOf(input, right), input.fresh);
  // What a break leaves behind fits everything: the grouping that checks more is preferred.
  const absorbed = (!left.shape && left.breaks.length > 0) || (!right.shape && right.breaks.length > 0) ? costs.absorbed : 0;
  const base = left.cost + right.cost + groupingCost(left, right, sign) + absorbed;
  const chosen = [...left.chosen, ...right.chosen];
  const breaks = left.breaks.length + right.breaks.length > 0 ? [...left.breaks, ...right.breaks] : left.breaks;
  const loose = isLoose(sign);
  if (paired.length > 0) {
    return paired.map((p) => ({
      shape: p.shape,
      cost: base + p.cost,
      chosen,
      breaks,
      loose,
      tree:
        p.axes === undefined
          ? { product: p.product, left: left.tree, right: right.tree }
          : { product: p.product, left: left.tree, right: right.tree, axes: p.axes },
      symbol: p.product === 'hadamard' || p.product === 'elementwise' ? same(left.symbol, right.symbol) : undefined,
    }));
  }
  if (!left.shape || !right.shape) return [];
  if (input.lenientTensors && (isTensor(left.shape) || isTensor(right.shape)))
    return [
      {
        shape: undefined,
        cost: base + costs.option,
        chosen,
        breaks,
        loose,
        tree: { product: 'unknown', left: left.tree, right: right.tree },
        symbol: undefined,
      },
    ];
  const found: Break = {
    at: k + 1,
    kind: isHadamard(sign) ? 'hadamard' : 'product',
    left: rangeOf(left.tree),
    right: rangeOf(right.tree),
    leftTree: left.tree,
    rightTree: right.tree,
    shapes: [left.shape, right.shape],
  };
  return [
    {
      shape: afterBreak(input, left, right, found.kind),
      cost: base + costs.conflict,
      chosen,
      breaks: [...breaks, found],
      loose,
      tree: { product: 'conflict', left: left.tree, right: right.tree },
      symbol: undefined,
    },
  ];
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

/** Whether all of an operand stands next to the break: one factor, or a ⊙ group. */
function isOneNeighbour(tree: Grouping, side: 'left' | 'right', signs: readonly ProductSign[]): boolean {
  const near = neighbour(tree, side, signs);
  const all = rangeOf(tree);
  return near[0] === all[0] && near[1] === all[1];
}

const rangeOf = (tree: Grouping): readonly [number, number] => {
  if ('leaf' in tree) return [tree.leaf, tree.leaf];
  return [rangeOf(tree.left)[0], rangeOf(tree.right)[1]];
};

function toCandidate(input: ProductInput, cell: Cell): Candidate {
  const conflicts = cell.chosen.flatMap((c) => c.conflicts);
  const own = cell.breaks.map((b) => toConflict(input, cell, b));
  return {
    expr: input.expr,
    shape: cell.shape,
    cost: cell.cost,
    rule: 'product',
    parts: cell.chosen,
    conflicts: own.length + conflicts.length > 0 ? [...conflicts, ...own] : conflicts,
    solid: cell.chosen.every((c) => c.solid),
    detail: { kind: 'product', tree: cell.tree, factors: cell.chosen, regrouped: isRegrouped(cell.tree, input.signs) },
  };
}

/** Whether a product takes a bare ⊙ as an operand. */
function isRegrouped(tree: Grouping, signs: readonly ProductSign[]): boolean {
  if ('leaf' in tree) return false;
  const sign = signs[rangeOf(tree.left)[1]] ?? '';
  const looseIn = (t: Grouping): boolean => !('leaf' in t) && isHadamard(signs[rangeOf(t.left)[1]] ?? '');
  if (!isLoose(sign) && (looseIn(tree.left) || looseIn(tree.right))) return true;
  return isRegrouped(tree.left, signs) || isRegrouped(tree.right, signs);
}

/** The neighbours of a break: a ⊙ group counts as one neighbour, of a product the factor next to the break. */
function toConflict(input: ProductInput, cell: Cell, found: Break): Conflict {
  const near =
    found.kind === 'hadamard'
      ? undefined
      : { left: neighbour(found.leftTree, 'right', input.signs), right: neighbour(found.rightTree, 'left', input.signs) };
  const groups = rowGroups(input, cell, found, near);
  const leftGroup = groups.find((g) => g.last === found.at - 1);
  const rightGroup = groups.find((g) => g.first === found.at);
  const leftFirst = cell.chosen[leftGroup?.first ?? found.at - 1] as Candidate;
  const leftLast = cell.chosen[found.at - 1] as Candidate;
  const rightFirst = cell.chosen[found.at] as Candidate;
  const rightLast = cell.chosen[rightGroup?.last ?? found.at] as Candidate;
  const spans = [
    { start: leftFirst.expr.span.start, end: leftLast.expr.span.end },
    { start: rightFirst.expr.span.start, end: rightLast.expr.span.end },
  ] as const;
  const exprs = [leftLast.expr, rightFirst.expr] as const;
  const solid = cell.chosen.every((c) => c.solid || !c.shape);
  const shapes = [leftGroup?.shape ?? found.shapes[0], rightGroup?.shape ?? found.shapes[1]] as const;
  if (found.kind === 'hadamard') return { code: 'hadamard-mismatch', spans, exprs, shapes: found.shapes, product: input.expr, solid };
  const row: RowItem[] = groups
    .filter((g) => !(g.shape && isScalar(g.shape) && g.first === g.last))
    .map((g) => ({ expr: (cell.chosen[g.first] as Candidate).expr, shape: g.shape }));
  const breakAt = groups.filter((g) => g.last < found.at && !(g.shape && isScalar(g.shape) && g.first === g.last)).length;
  return { code: 'product-mismatch', spans, exprs, shapes, row, breakAt, product: input.expr, solid };
}

interface Group {
  readonly first: number;
  readonly last: number;
  readonly shape: Shape | undefined;
}

/** The row of factors as a reader counts it: ⊙ groups are one factor. */
/** The operand next to a break: one factor, or a ⊙ group that was read as one. */
function neighbour(tree: Grouping, side: 'left' | 'right', signs: readonly ProductSign[]): readonly [number, number] {
  if ('leaf' in tree) return [tree.leaf, tree.leaf];
  if (isHadamard(signs[rangeOf(tree.left)[1]] ?? '')) return rangeOf(tree);
  return neighbour(side === 'right' ? tree.right : tree.left, side, signs);
}

function rowGroups(
  input: ProductInput,
  cell: Cell,
  found: Break,
  near: { readonly left: readonly [number, number]; readonly right: readonly [number, number] } | undefined,
): readonly Group[] {
  if (near) return productRow(cell, found, near);
  const groups: Group[] = [];
  const n = cell.chosen.length;
  for (let i = 0; i < n; ) {
    let last = i;
    while (last + 1 < n && isHadamard(input.signs[last] ?? '') && !(found.kind === 'hadamard' && found.at === last + 1)) last++;
    const shapes = cell.chosen.slice(i, last + 1).map((c) => c.shape);
    const shape = shapes.find((s) => s && !isScalar(s)) ?? shapes[0];
    groups.push({ first: i, last, shape });
    i = last + 1;
  }
  return groups;
}

/** The factors of the product that breaks, from end to end; the neighbours of the break as they were read. */
function productRow(
  cell: Cell,
  found: Break,
  near: { readonly left: readonly [number, number]; readonly right: readonly [number, number] },
): readonly Group[] {
  const groups: Group[] = [];
  for (let i = found.left[0]; i <= found.right[1]; ) {
    const group = i === near.left[0] ? near.left : i === near.right[0] ? near.right : ([i, i] as const);
    const shapes = cell.chosen.slice(group[0], group[1] + 1).map((c) => c.shape);
    groups.push({ first: group[0], last: group[1], shape: shapes.find((s) => s && !isScalar(s)) ?? shapes[0] });
    i = group[1] + 1;
  }
  return groups;
}
