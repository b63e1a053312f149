// Jacobians of columns, from those of a node's parts.
// Sources: T. Minka, Old and New Matrix Algebra Useful for Statistics (2000); M. Giles, Collected Matrix Derivative Results (2008).
import { isColumn, isRow, isScalar, isVector, matrix, rows } from '../../shapes/shape.js';
import * as A from '../algebra.js';
import { type Node, type NodeOf, type Power, Underivable } from '../node.js';
import { pullThrough } from './backward.js';
import { slope, softmaxJacobian } from './functions.js';
import { deepest, type Knowing, others, reaches, sum } from './knowing.js';

/** The Jacobian m×n (rows: entries of the node, columns: of the column `v`), through definitions; undefined where it is zero. */
export function jacobian(cx: Knowing, n: Node, v: NodeOf<'symbol'>, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const again = (m: Node): Node | undefined => jacobian(cx, m, v, depth);
  if (isScalar(n.shape)) {
    const own = pullThrough(cx, n, A.unit, v.symbol);
    return own && (isColumn(v.shape) ? A.transpose(own) : own);
  }
  if (isRow(n.shape)) return again(A.transpose(n));
  if (!reaches(cx, n, v.symbol)) return undefined;
  switch (n.kind) {
    case 'symbol': {
      const body = cx.definition(n.symbol);
      if (n.symbol === v.symbol) return A.identity(matrix(rows(n.shape), rows(n.shape)));
      return body && jacobian(cx, body, v, depth + 1);
    }
    case 'transpose':
      return n.of.kind === 'symbol' && isRow(n.of.shape) && n.of.symbol === v.symbol
        ? A.identity(matrix(rows(n.shape), rows(n.shape)))
        : throughRow(n, again);
    case 'sum':
      return sum(n.addends.map(again));
    case 'scale':
      return scaleJacobian(n, again);
    case 'had':
      return sum(n.powers.map((p) => powerJacobian(n, p, again)));
    case 'mul':
      return sum(n.factors.map((f, i) => factorJacobian(cx, n, f, i, v, again)));
    case 'apply': {
      const own = again(n.of);
      return own && A.mul(A.diag(slope(cx, n)), own);
    }
    case 'softmax': {
      const own = again(n.of);
      return own && A.mul(softmaxJacobian(cx, n), own);
    }
    default:
      throw new Underivable(n.kind);
  }
}

/** The Jacobian of a part of the node. */
type Again = (m: Node) => Node | undefined;

/** A row's definition stands behind its transpose. */
function throughRow(n: NodeOf<'transpose'>, again: Again): Node | undefined {
  if (n.of.kind === 'symbol') throw new Underivable('a row');
  return again(n.of.kind === 'apply' ? A.apply(n.of.fn, n.of.order, A.transpose(n.of.of)) : n.of);
}

function scaleJacobian({ coefficient, scalars, body }: NodeOf<'scale'>, again: Again): Node | undefined {
  if (!body) throw new Underivable('scale');
  const inner = again(body);
  const front = scalars.map((s) => {
    const own = again(s.base);
    return own && A.mul(A.scale(coefficient, others(scalars, s), A.number(s.exponent)), body, own);
  });
  return sum([inner && A.scale(coefficient, scalars, inner), ...front]);
}

/** The part of a product entry by entry that one of its powers brings. */
function powerJacobian(n: NodeOf<'had'>, p: Power, again: Again): Node | undefined {
  const own = again(p.base);
  const rest = others(n.powers, p);
  return own && A.mul(A.number(p.exponent), ...(rest.length > 0 ? [A.diag(A.had(rest))] : []), own);
}

/** The part of a product's Jacobian that one factor brings: the last, or a vector before a scalar. */
function factorJacobian(cx: Knowing, n: NodeOf<'mul'>, f: Node, i: number, v: NodeOf<'symbol'>, again: Again): Node | undefined {
  if (!reaches(cx, f, v.symbol)) return undefined;
  const before = n.factors.slice(0, i);
  const after = n.factors.slice(i + 1);
  const own = isVector(f.shape) ? again(f) : undefined;
  if (!own) throw new Underivable('a matrix that depends on the variable');
  if (isColumn(f.shape)) return A.mul(...before, A.mul(A.unit, ...after), own);
  return A.mul(...before, A.transpose(A.mul(...after)), own);
}
