// The derivatives of functions that act entry by entry, and of the softmax.
import { dimNumber } from '../../shapes/dimension.js';
import { cols, isScalar, isVector, matrix, rows } from '../../shapes/shape.js';
import * as A from '../algebra.js';
import type { Node, NodeOf } from '../node.js';
import { one } from '../rational.js';
import type { Knowing } from './knowing.js';

/** f′ where f is applied: in terms of the function's own value where that is shorter. */
export function slope(cx: Knowing, n: NodeOf<'apply'>): Node {
  const { fn, of, order } = n;
  const value = cx.named(n);
  if (fn.kind !== 'known' || order !== 0) return A.apply(fn, order + 1, of);
  switch (fn.name) {
    case 'sigmoid':
      return A.entrywise(value, A.add([A.ones(of.shape), A.minus(value)]));
    case 'tanh':
      return A.add([A.ones(of.shape), A.minus(raised(value, 2))]);
    case 'exp':
      return value;
    case 'log':
      return raised(of, -1);
    case 'sin':
      return known('cos', of);
    case 'cos':
      return A.minus(known('sin', of));
    case 'sinh':
      return known('cosh', of);
    case 'cosh':
      return known('sinh', of);
    case 'arctan':
      return raised(A.add([A.ones(of.shape), raised(of, 2)]), -1);
    case 'abs':
      return known('sign', of);
    case 'softplus':
      return cx.writes({ kind: 'known', name: 'sigmoid' }) ? cx.named(known('sigmoid', of)) : A.apply(fn, 1, of);
    case 'sign':
    case 'heaviside':
      return A.zero(of.shape);
    default:
      return A.apply(fn, 1, of);
  }
}

/** p ⊙ (y − 1 pᵀy) and its kin by rows and columns; of the logarithm y − p 1ᵀy. */
export function throughSoftmax(cx: Knowing, n: NodeOf<'softmax'>, y: Node): Node {
  const p = probabilities(cx, n);
  const weighted = n.log ? y : A.entrywise(p, y);
  const column = (of: Node): Node => A.ones(matrix(cols(of.shape), dimNumber(1)));
  const row = (of: Node): Node => A.ones(matrix(dimNumber(1), rows(of.shape)));
  const totals =
    isVector(n.shape) || n.axis === 'all'
      ? A.mul(n.log ? A.total(y) : A.dot(p, y), p)
      : n.axis === 'rows'
        ? A.entrywise(p, A.mul(weighted, column(p), A.transpose(column(p))))
        : A.entrywise(p, A.mul(A.transpose(row(p)), row(p), weighted));
  return A.add([weighted, A.minus(totals)]);
}

/** The Jacobian of a softmax of a column: diag(p) − p pᵀ, of its logarithm I − 1 pᵀ. */
export function softmaxJacobian(cx: Knowing, n: NodeOf<'softmax'>): Node {
  const p = probabilities(cx, n);
  return n.log
    ? A.add([A.identity(matrix(rows(n.shape), rows(n.shape))), A.minus(A.mul(A.ones(n.shape), A.transpose(p)))])
    : A.add([A.diag(p), A.minus(A.mul(p, A.transpose(p)))]);
}

const probabilities = (cx: Knowing, n: NodeOf<'softmax'>): Node => cx.named(n.log ? A.softmax(n.of, n.axis, false) : n);

const known = (name: Extract<NodeOf<'apply'>['fn'], { kind: 'known' }>['name'], of: Node): Node => A.apply({ kind: 'known', name }, 0, of);
const raised = (base: Node, exponent: number): Node =>
  isScalar(base.shape) ? A.scale(one, [{ base, exponent }], undefined) : A.had([{ base, exponent }]);
