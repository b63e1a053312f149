// The sizes of terms as dimensions, shapes, numbers in a formula and limits of a sum.
import { add as addDims, type Dim, dimName, dimNumber, multiply, scale as scaleDim } from '../../shapes/dimension.js';
import { matrix, type Shape, scalar } from '../../shapes/shape.js';
import type { Size, Term } from '../../term.js';
import * as A from '../algebra.js';
import { type Node, type Power, Underivable } from '../node.js';

export function dimOf(size: Size): Dim {
  if (typeof size === 'number') return dimNumber(size);
  return size.names
    .map((t) => t.factors.map(dimName).reduce(multiply, dimNumber(1)))
    .reduce((total, d, i) => addDims(total, scaleDim(d, size.names[i]?.coefficient ?? 1)), dimNumber(0));
}

export const shapeOfDims = (dims: readonly Size[]): Shape => {
  const [r, c] = dims;
  return r === undefined ? scalar : matrix(dimOf(r), c === undefined ? dimNumber(1) : dimOf(c));
};

/** A dimension as a number in a formula. */
export function dimNode(d: Dim): Node {
  if (d.flexible) throw new Underivable('a size that is not known');
  return A.add(
    d.terms.map((t) =>
      A.scale(
        { p: t.coefficient, q: 1 },
        t.names.map((n): Power => ({ base: A.symbol(n, scalar, undefined, []), exponent: 1 })),
        undefined,
      ),
    ),
  );
}

/** A limit of a sum as LaTeX. */
export function limit(t: Term): string {
  if (t.kind === 'number') return String(t.value);
  if (t.kind === 'size' && typeof t.size !== 'number') return dimOf(t.size).key;
  if (t.kind === 'variable') return t.key;
  throw new Underivable('a limit');
}
