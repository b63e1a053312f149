// Products in the grouping that inference chose, and quotients. Chains of derivatives stand with the derivatives.
import type { Candidate, Grouping } from '../../shapes/candidate.js';
import { isRow, isVector, type Shape } from '../../shapes/shape.js';
import type { Term } from '../../term.js';
import { type Gathering, Unreadable } from '../context.js';
import { type Lowering, type LoweringRules, operands, termOf } from './rule.js';

export const products = {
  product: (cx, c) => {
    if (c.detail?.kind !== 'product') throw new Unreadable('a product could not be read');
    return grouped(cx, c.detail.tree, c.detail.factors);
  },
  inner: (cx, c) => {
    const [left, right] = operands(cx, c);
    return { kind: 'product', product: 'inner', left, right };
  },
  quotient: (cx, c) => {
    const [numerator, denominator] = operands(cx, c);
    return { kind: 'quotient', numerator, denominator };
  },
} satisfies LoweringRules;

type Pair = Exclude<Grouping, { leaf: number }>;

function grouped(cx: Lowering, tree: Grouping, factors: readonly Candidate[]): Term {
  if ('leaf' in tree) return termOf(cx, factors[tree.leaf] as Candidate);
  const left = grouped(cx, tree.left, factors);
  const right = grouped(cx, tree.right, factors);
  switch (tree.product) {
    case 'unknown':
      if (isNumber(cx, left) || isNumber(cx, right)) return { kind: 'product', product: 'matrix', left, right };
      throw new Unreadable('the shape of a factor is not known');
    case 'conflict':
      throw new Unreadable('the shape of a factor is not known');
    case 'quotient':
      return { kind: 'quotient', numerator: left, denominator: right };
    case 'elementwise':
      return { kind: 'product', product: 'hadamard', left, right };
    case 'diagonal':
      return diagonalProduct(tree, factors, left, right);
    default:
      return { kind: 'product', product: tree.product, left, right, ...(tree.axes === undefined ? {} : { axes: tree.axes }) };
  }
}

/** A symbol that custom takes for a number, or an expression of numbers alone. */
function isNumber(g: Gathering, t: Term): boolean {
  if (t.kind === 'number' || t.kind === 'size') return true;
  if (t.kind === 'variable') return g.variables.get(t.key)?.shape.dims.length === 0;
  if (t.kind === 'quotient') return isNumber(g, t.numerator) && isNumber(g, t.denominator);
  return t.kind === 'product' && isNumber(g, t.left) && isNumber(g, t.right);
}

/** ⊙ with a diagonal Jacobian is the product with it, from the side that conforms. */
function diagonalProduct(tree: Pair, factors: readonly Candidate[], left: Term, right: Term): Term {
  const shapeOf = (t: Grouping): Shape | undefined => ('leaf' in t ? factors[t.leaf]?.shape : undefined);
  const leftShape = shapeOf(tree.left);
  const leftIsJacobian = leftShape !== undefined && !isVector(leftShape);
  const [jacobian, vector] = leftIsJacobian ? [left, right] : [right, left];
  const shape = leftIsJacobian ? shapeOf(tree.right) : leftShape;
  return shape && isRow(shape)
    ? { kind: 'product', product: 'matrix', left: vector, right: jacobian }
    : { kind: 'product', product: 'matrix', left: jacobian, right: vector };
}
