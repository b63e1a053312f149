// Forward: the derivative of a node by a scalar, from those of its parts.
// Sources: T. Minka, Old and New Matrix Algebra Useful for Statistics (2000); M. Giles, Collected Matrix Derivative Results (2008).
import { isScalar } from '../../shapes/shape.js';
import * as A from '../algebra.js';
import { type Node, type NodeOf, type Power, Underivable } from '../node.js';
import { pullThrough } from './backward.js';
import { slope } from './functions.js';
import { deepest, type Knowing, others, reaches, sum } from './knowing.js';

/** The derivative by a scalar, of the node's own shape; through definitions. */
export function tangent(cx: Knowing, n: Node, v: string, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const again = (m: Node): Node | undefined => tangent(cx, m, v, depth);
  if (isScalar(n.shape)) return pullThrough(cx, n, A.unit, v);
  if (!reaches(cx, n, v)) return undefined;
  switch (n.kind) {
    case 'symbol': {
      const body = cx.definition(n.symbol);
      return body && tangent(cx, body, v, depth + 1);
    }
    case 'sum':
      return sum(n.addends.map(again));
    case 'scale':
      return scaleTangent(n, again);
    case 'had':
      return sum(n.powers.map((p) => powerTangent(n, p, again)));
    case 'mul':
      return sum(n.factors.map((f, i) => factorTangent(n, f, i, again)));
    case 'transpose': {
      const own = again(n.of);
      return own && A.transpose(own);
    }
    case 'inverse': {
      const own = again(n.of);
      return own && A.minus(A.mul(n, own, n));
    }
    case 'apply': {
      const own = again(n.of);
      return own && A.entrywise(slope(cx, n), own);
    }
    default:
      throw new Underivable(n.kind);
  }
}

/** The derivative of a part of the node. */
type Again = (m: Node) => Node | undefined;

function scaleTangent(n: NodeOf<'scale'>, again: Again): Node | undefined {
  const inner = n.body && again(n.body);
  const front = n.scalars.map((s) => {
    const own = again(s.base);
    return own && A.mul(A.scale(n.coefficient, others(n.scalars, s), A.number(s.exponent)), own, n.body ?? A.unit);
  });
  return sum([inner && A.scale(n.coefficient, n.scalars, inner), ...front]);
}

/** The part of a product entry by entry that one of its powers brings. */
function powerTangent(n: NodeOf<'had'>, p: Power, again: Again): Node | undefined {
  const own = again(p.base);
  return own && A.had([...others(n.powers, p), { base: own, exponent: 1 }, { base: A.number(p.exponent), exponent: 1 }]);
}

/** The part of a product that one of its factors brings. */
function factorTangent(n: NodeOf<'mul'>, f: Node, i: number, again: Again): Node | undefined {
  const own = again(f);
  return own && A.mul(...n.factors.slice(0, i), own, ...n.factors.slice(i + 1));
}
