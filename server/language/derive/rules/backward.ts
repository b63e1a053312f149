// Backward: what a change of a scalar owes to each symbol, from the adjoint of a node to those of its parts.
// Sources: T. Minka, Old and New Matrix Algebra Useful for Statistics (2000); M. Giles, Collected Matrix Derivative Results (2008).
import * as A from '../algebra.js';
import { type Node, type NodeOf, symbolsIn, Underivable } from '../node.js';
import { one } from '../rational.js';
import { slope, throughSoftmax } from './functions.js';
import { deepest, type Knowing, others, reaches, sum } from './knowing.js';

/** What `n` owes to the symbol `v` where `n` has the adjoint `y`; undefined where it does not hold it. Not through definitions. */
export function pull(cx: Knowing, n: Node, y: Node, v: string): Node | undefined {
  if (!symbolsIn(n).has(v) && !(n.kind === 'binder' && reaches(cx, n.of, v))) return undefined;
  switch (n.kind) {
    case 'symbol':
      return n.symbol === v ? y : undefined;
    case 'sum':
      return sum(n.addends.map((a) => pull(cx, a, y, v)));
    case 'scale':
      return pullScale(cx, n, y, v);
    case 'had':
      return sum(
        n.powers.map((p) =>
          pull(cx, p.base, A.had([{ base: y, exponent: 1 }, ...others(n.powers, p), { base: A.number(p.exponent), exponent: 1 }]), v),
        ),
      );
    case 'mul':
      return sum(n.factors.map((f, i) => pull(cx, f, factorAdjoint(n.factors, i, y), v)));
    case 'transpose':
      return pull(cx, n.of, A.transpose(y), v);
    case 'inverse':
      return pull(cx, n.of, A.minus(A.mul(A.transpose(n), y, A.transpose(n))), v);
    case 'apply':
      return pull(cx, n.of, A.entrywise(y, slope(cx, n)), v);
    case 'softmax':
      return pull(cx, n.of, throughSoftmax(cx, n, y), v);
    case 'trace':
      return pull(cx, n.of, A.mul(y, A.identity(n.of.shape)), v);
    case 'det':
      return pull(cx, n.of, A.mul(y, n, A.transpose(A.inverse(n.of))), v);
    case 'logdet':
      return pull(cx, n.of, A.mul(y, A.transpose(A.inverse(n.of))), v);
    case 'norm2':
      return pull(cx, n.of, A.mul(y, A.scale(one, [{ base: n, exponent: -1 }], n.of)), v);
    case 'norm1':
      return pull(cx, n.of, A.mul(y, A.apply({ kind: 'known', name: 'sign' }, 0, n.of)), v);
    case 'diag':
      return pull(cx, n.of, A.diagonal(y), v);
    case 'diagonal':
      return pull(cx, n.of, A.diag(y), v);
    case 'binder': {
      const inside = pullThrough(cx, n.of, y, v);
      return inside && A.binder(n, inside);
    }
    default:
      throw new Underivable(n.kind);
  }
}

/** As `pull`, through the definitions of what is in the node. */
export function pullThrough(cx: Knowing, n: Node, y: Node, v: string, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const through = [...symbolsIn(n)]
    .filter((s) => s !== v)
    .map((s) => {
      const body = cx.definition(s);
      const own = body && pull(cx, n, y, s);
      return body && own && pullThrough(cx, body, own, v, depth + 1);
    });
  return sum([pull(cx, n, y, v), ...through]);
}

function pullScale(cx: Knowing, { coefficient, scalars, body }: NodeOf<'scale'>, y: Node, v: string): Node | undefined {
  const parts = scalars.map((s) =>
    pull(cx, s.base, A.mul(A.scale(coefficient, others(scalars, s), A.number(s.exponent)), body ? A.dot(y, body) : y), v),
  );
  return sum([body && pull(cx, body, A.scale(coefficient, scalars, y), v), ...parts]);
}

/** The adjoint of the i-th factor of a product: Aᵀ Y Bᵀ where it stands between A and B. */
function factorAdjoint(factors: readonly Node[], i: number, y: Node): Node {
  const turned = (list: readonly Node[]): readonly Node[] => [...list].reverse().map(A.transpose);
  return A.mul(...turned(factors.slice(0, i)), y, ...turned(factors.slice(i + 1)));
}
