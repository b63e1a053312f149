// Products: chart parsing over the flat list of factors. Every span of factors keeps its cheapest grouping per shape;
// where nothing fits, a break between two neighbours, after which both fit everything.
import type { Candidate } from '../candidate.js';
import { shapeKey } from '../shape.js';
import { toConflict } from './breaks.js';
import { combine } from './combine.js';
import { type Cell, isRegrouped, type ProductInput } from './grouping.js';

const perCell = 5;
const longest = 14;
/** A product of more factors is no formula that somebody wrote (a macro that grows): unknown. */
const most = 256;

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
  for (const left of lefts) for (const right of rights) for (const cell of combine(input, left, right, sign, k + 1)) keep(best, cell);
}

function keep(best: Map<string, Cell>, cell: Cell): void {
  const key = cell.shape ? shapeKey(cell.shape) : '';
  const old = best.get(key);
  if (!old || cell.cost < old.cost) best.set(key, cell);
}

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
