// What the chart of a product holds: its cells, each one way to group a run of factors, their breaks, and what a grouping tells of its factors.
import type { Expr, ProductSign } from '../../expr.js';
import type { Candidate, Grouping } from '../candidate.js';
import type { Dim } from '../dimension.js';
import type { Shape } from '../shape.js';
import { isHadamard, isLoose, type Operand } from './pair.js';

export interface ProductInput {
  readonly expr: Expr;
  readonly factors: readonly (readonly Candidate[])[];
  readonly signs: readonly ProductSign[];
  readonly fresh: () => Dim;
  readonly operand: (c: Candidate) => Operand;
  /** Without a declared layout nothing is held against a product with a tensor. */
  readonly lenientTensors: boolean;
}

/** First and last factor of a run. */
export type Range = readonly [number, number];

/** One way to read a span of factors. */
export interface Cell {
  readonly shape: Shape | undefined;
  readonly cost: number;
  readonly tree: Grouping;
  /** Chosen candidate of each factor of the span. */
  readonly chosen: readonly Candidate[];
  readonly loose: boolean;
  readonly breaks: readonly Break[];
  readonly symbol: string | undefined;
}

export interface Break {
  /** Between factor `at - 1` and `at`. */
  readonly at: number;
  readonly kind: 'product' | 'hadamard';
  /** The neighbours as grouped: first and last factor of each. */
  readonly left: Range;
  readonly right: Range;
  readonly leftTree: Grouping;
  readonly rightTree: Grouping;
  readonly shapes: readonly [Shape, Shape];
}

export const rangeOf = (tree: Grouping): Range => {
  if ('leaf' in tree) return [tree.leaf, tree.leaf];
  return [rangeOf(tree.left)[0], rangeOf(tree.right)[1]];
};

/** The operand next to a break on this side of it: one factor, or a ⊙ group that was read as one. */
export function neighbour(tree: Grouping, side: 'left' | 'right', signs: readonly ProductSign[]): Range {
  if ('leaf' in tree) return [tree.leaf, tree.leaf];
  if (isHadamard(signs[rangeOf(tree.left)[1]] ?? '')) return rangeOf(tree);
  return neighbour(side === 'right' ? tree.right : tree.left, side, signs);
}

/** Whether all of an operand stands next to the break: one factor, or a ⊙ group. */
export function isOneNeighbour(tree: Grouping, side: 'left' | 'right', signs: readonly ProductSign[]): boolean {
  const near = neighbour(tree, side, signs);
  const all = rangeOf(tree);
  return near[0] === all[0] && near[1] === all[1];
}

/** Whether a product takes a bare ⊙ as an operand. */
export function isRegrouped(tree: Grouping, signs: readonly ProductSign[]): boolean {
  if ('leaf' in tree) return false;
  const sign = signs[rangeOf(tree.left)[1]] ?? '';
  const looseIn = (t: Grouping): boolean => !('leaf' in t) && isHadamard(signs[rangeOf(t.left)[1]] ?? '');
  if (!isLoose(sign) && (looseIn(tree.left) || looseIn(tree.right))) return true;
  return isRegrouped(tree.left, signs) || isRegrouped(tree.right, signs);
}
