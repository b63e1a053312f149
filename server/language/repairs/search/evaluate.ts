// The shapes that a row of factors can have under all groupings, each with its cheapest grouping: a small chart over
// the table of products. Where nothing fits there is no shape.
import type { ProductSign } from '../../expr.js';
import { isHadamard, isLoose, type Operand, pair } from '../../shapes/rules/pair.js';
import { shapeKey } from '../../shapes/shape.js';
import type { Item, Problem, State } from './problem.js';

export type Tree =
  | { readonly leaf: number; readonly run: boolean }
  | { readonly left: Tree; readonly right: Tree; readonly sign: ProductSign; readonly entrywise: boolean; readonly at: number };

export interface Grouped {
  readonly operand: Operand;
  readonly tree: Tree;
  /** What the grouping offends custom, and the parentheses that it takes. */
  readonly cost: number;
}

const perCell = 3;

const parenthesis = 0.3;

const operandIn = ({ atoms }: Problem, { atom, turned, diagonal }: Item): Operand | undefined => {
  const own = atoms[atom];
  return diagonal ? own?.diagonal : turned ? own?.turned : own?.plain;
};

export function groupings(problem: Problem, { items, signs }: State): readonly Grouped[] {
  const n = items.length;
  const table: (readonly Grouped[])[][] = items.map((item, i) => {
    const operand = operandIn(problem, item);
    const row: (readonly Grouped[])[] = [];
    row[i] = operand
      ? [{ operand, tree: { leaf: i, run: !item.turned && !item.diagonal && problem.atoms[item.atom]?.run === true }, cost: 0 }]
      : [];
    return row;
  });
  for (let width = 1; width < n; width++) {
    for (let i = 0; i + width < n; i++) {
      const cell: Grouped[] = [];
      for (let k = i; k < i + width; k++) join(table[i]?.[k] ?? [], table[k + 1]?.[i + width] ?? [], signs[k] ?? '', k, cell);
      (table[i] as (readonly Grouped[])[])[i + width] =
        cell.length > perCell ? cell.sort((a, b) => a.cost - b.cost).slice(0, perCell) : cell;
    }
  }
  return table[0]?.[n - 1] ?? [];
}

function join(lefts: readonly Grouped[], rights: readonly Grouped[], sign: ProductSign, at: number, cell: Grouped[]): void {
  for (const left of lefts) {
    for (const right of rights) {
      for (const p of pair(sign, left.operand, right.operand)) {
        // A scalar in ⊙ is customary nowhere; a(1-a) is left to the reader's guess.
        if (p.product === 'elementwise' || p.product === 'cross' || (p.product === 'matrix' && isHadamard(sign))) continue;
        const entrywise = p.product === 'hadamard' || p.product === 'diagonal' || p.product === 'quotient';
        const brackets = isLoose(sign) ? 0 : (isBare(left.tree) ? parenthesis : 0) + (isBare(right.tree) ? parenthesis : 0);
        keep(cell, {
          operand: { shape: p.shape },
          tree: { left: left.tree, right: right.tree, sign, entrywise, at },
          cost: left.cost + right.cost + p.cost + brackets,
        });
      }
    }
  }
}

/** A product entry by entry, which needs parentheses inside another product. */
export const isBare = (tree: Tree): boolean => ('leaf' in tree ? tree.run : isLoose(tree.sign));

function keep(cell: Grouped[], made: Grouped): void {
  const key = made.operand.shape ? shapeKey(made.operand.shape) : '';
  const same = cell.findIndex((c) => (c.operand.shape ? shapeKey(c.operand.shape) : '') === key);
  const old = cell[same];
  if (!old) cell.push(made);
  else if (made.cost < old.cost) cell[same] = made;
}

/** Equal for trees that differ in the order of ⊙ or in the grouping of matrix products alone, whether ⊙ groups are one factor or several. */
export function meaningOf(problem: Problem, tree: Tree, items: State['items']): string {
  const parts = entrywiseParts(problem, tree, items);
  if (parts.length > 1) return `(${[...parts].sort().join('⊙')})`;
  if ('leaf' in tree) return parts[0] ?? '';
  return [tree.left, tree.right].map((t) => meaningOf(problem, t, items)).join(' ');
}

/** The operands of a run of ⊙; of anything else the one that it is, '' for a product. */
function entrywiseParts(problem: Problem, tree: Tree, items: State['items']): readonly string[] {
  if ('leaf' in tree) {
    const item = items[tree.leaf] as Item;
    const ids = problem.atoms[item.atom]?.ids ?? [];
    return item.diagonal ? [`diag(${ids.join()})`] : ids.map((id) => `${id}${item.turned ? 'T' : ''}`);
  }
  if (!isHadamard(tree.sign)) return [];
  return [tree.left, tree.right].flatMap((t) =>
    'leaf' in t || isHadamard(t.sign) ? entrywiseParts(problem, t, items) : [meaningOf(problem, t, items)],
  );
}
