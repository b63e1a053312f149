// The operations of terms, on operands that are nodes already: what has no rule here throws.
import { dimNumber } from '../../shapes/dimension.js';
import { cols, isColumn, isRow, isScalar, isVector, matrix, rows, type Shape, sameShape } from '../../shapes/shape.js';
import type { Term } from '../../term.js';
import * as A from '../algebra.js';
import { type Node, type Power, Underivable } from '../node.js';
import { one } from '../rational.js';
import { dimNode } from './sizes.js';

export function constant(kind: 'zero' | 'ones' | 'identity' | 'basis', shape: Shape): Node {
  if (kind === 'basis') throw new Underivable('a basis vector');
  return kind === 'zero' ? A.zero(shape) : kind === 'ones' ? A.ones(shape) : A.identity(shape);
}

/** A row is added to every row of a batch, a column to every column. */
export function sum(list: readonly Node[]): Node {
  const whole = list.find((n) => n.shape.dims.length === 2 && !isVector(n.shape));
  if (!whole) return A.add(list);
  const wide = (n: Node): Node =>
    isScalar(n.shape) || n.kind === 'opaque' || sameShape(n.shape, whole.shape)
      ? n
      : isRow(n.shape)
        ? A.mul(A.ones(matrix(rows(whole.shape), dimNumber(1))), n)
        : isColumn(n.shape)
          ? A.mul(n, A.ones(matrix(dimNumber(1), cols(whole.shape))))
          : n;
  return A.add(list.map(wide));
}

export function product(kind: Extract<Term, { kind: 'product' }>['product'], left: Node, right: Node): Node {
  switch (kind) {
    case 'matrix':
      return A.mul(left, right);
    case 'hadamard':
      return entrywise(left, { base: right, exponent: 1 });
    case 'outer':
      return A.mul(isRow(left.shape) ? A.transpose(left) : left, isRow(right.shape) ? right : A.transpose(right));
    case 'inner':
      return A.dot(
        left,
        isVector(left.shape) && isVector(right.shape) && isRow(left.shape) !== isRow(right.shape) ? A.transpose(right) : right,
      );
    case 'diagonal':
      return A.mul(A.diag(left), right);
    default:
      throw new Underivable(kind);
  }
}

/** left ⊙ right^exponent, a scalar in front. */
export function entrywise(left: Node, right: Power): Node {
  const scalars = [left, right.base].some((n) => isScalar(n.shape));
  const exponential = left.kind === 'apply' && left.fn.kind === 'known' && left.fn.name === 'exp' && left.order === 0;
  if (exponential && right.exponent === -1 && !isScalar(left.shape) && right.base.key === A.total(left).key)
    return A.softmax(left.of, 'all', false);
  if (!scalars) {
    if (!sameShape(left.shape, right.base.shape)) throw new Underivable('broadcast');
    return A.had([{ base: left, exponent: 1 }, right]);
  }
  if (isScalar(right.base.shape)) return A.scale(one, [right], left);
  return A.scale(one, [{ base: left, exponent: 1 }], A.had([right]));
}

const mostFactors = 6;

export function power(base: Node, exponent: Term, isMatrix: boolean): Node {
  const value = exponentOf(exponent);
  if (value === undefined) throw new Underivable('an exponent');
  if (isScalar(base.shape)) return A.scale(one, [{ base, exponent: value }], undefined);
  if (!isMatrix) return A.had([{ base, exponent: value }]);
  const factor = value < 0 ? A.inverse(base) : base;
  if (!Number.isInteger(value) || Math.abs(value) > mostFactors || value === 0) throw new Underivable('a matrix power');
  return A.mul(...Array.from({ length: Math.abs(value) }, () => factor));
}

/** The number that an exponent is; undefined where it is none. */
export function exponentOf(t: Term): number | undefined {
  if (t.kind === 'number') return t.value;
  if (t.kind === 'sum' && t.addends.length === 1 && t.addends[0]) {
    const inner = exponentOf(t.addends[0].term);
    return inner === undefined ? undefined : t.addends[0].sign * inner;
  }
  if (t.kind === 'quotient') {
    const top = exponentOf(t.numerator);
    const bottom = exponentOf(t.denominator);
    return top === undefined || !bottom ? undefined : top / bottom;
  }
  return undefined;
}

export function applied(fn: Extract<Term, { kind: 'apply' }>['fn'], order: number, of: Node): Node {
  const known = fn.kind === 'known' && order === 0 ? fn.name : '';
  const raise = (exponent: number): Node =>
    isScalar(of.shape) ? A.scale(one, [{ base: of, exponent }], undefined) : A.had([{ base: of, exponent }]);
  if (known === 'square') return raise(2);
  if (known === 'sqrt') return raise(0.5);
  if (known === 'reciprocal') return raise(-1);
  if (known === 'log' && of.kind === 'det') return A.determinant(of.of, 'logdet');
  if (known === 'log' && of.kind === 'softmax') return A.softmax(of.of, of.axis, true);
  return A.apply(fn, order, of);
}

export function reduced(kind: Extract<Term, { kind: 'reduce' }>['reduce'], of: Node): Node {
  switch (kind) {
    case 'trace':
      return A.trace(of);
    case 'det':
    case 'logdet':
      return isScalar(of.shape) ? of : A.determinant(of, kind);
    case 'sum':
      return A.total(of);
    case 'mean':
      return A.scale(
        one,
        of.shape.dims.map((d) => ({ base: dimNode(d), exponent: -1 })),
        A.total(of),
      );
    case 'norm2':
    case 'norm1':
      return isScalar(of.shape) ? A.apply({ kind: 'known', name: 'abs' }, 0, of) : A.norm(of, kind);
    case 'row-sums':
      return A.mul(of, A.ones(matrix(cols(of.shape), dimNumber(1))));
    case 'column-sums':
      return A.mul(A.ones(matrix(dimNumber(1), rows(of.shape))), of);
    default:
      throw new Underivable(kind);
  }
}

/** max(0, z) */
export function rectifier(kind: 'max' | 'min', args: readonly Node[]): Node {
  const [a, b] = args;
  const other = a?.kind === 'zero' ? b : b?.kind === 'zero' ? a : undefined;
  if (kind !== 'max' || args.length !== 2 || !other) throw new Underivable('max');
  return A.apply({ kind: 'known', name: 'relu' }, 0, other);
}
