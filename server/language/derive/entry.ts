// One entry of a node: ∂L/∂W_{ij} is δ_i x_j where ∂L/∂W is δ xᵀ.
import { isRow, isScalar, scalar } from '../shapes/shape.js';
import * as A from './algebra.js';
import type { Node, NodeOf } from './node.js';
import { one } from './rational.js';

/** An entry of a node, as far as it can be told: of a product of a column and a row the product of theirs. */
export function entry(n: Node, index: readonly string[], named: (symbol: NodeOf<'symbol'>, index: readonly string[]) => Node): Node {
  const again = (m: Node): Node => entry(m, index, named);
  if (isScalar(n.shape)) return n;
  switch (n.kind) {
    case 'zero':
      return A.zero(scalar);
    case 'ones':
      return A.unit;
    case 'identity':
      if (index[0] === index[1]) return A.unit;
      break;
    case 'symbol':
      return named(n, index);
    case 'scale':
      return A.scale(n.coefficient, n.scalars, n.body && again(n.body));
    case 'sum':
      return A.add(n.addends.map(again));
    case 'had':
      return A.scale(
        one,
        n.powers.map((p) => ({ base: again(p.base), exponent: p.exponent })),
        undefined,
      );
    case 'apply':
      return A.apply(n.fn, n.order, again(n.of));
    case 'transpose':
      return entry(n.of, index.length === 2 ? [index[1] as string, index[0] as string] : index, named);
    case 'mul': {
      const at = n.factors.findIndex((f, i) => i > 0 && isRow(f.shape));
      if (index.length === 2 && at > 0)
        return A.mul(
          entry(A.mul(...n.factors.slice(0, at)), [index[0] as string], named),
          entry(A.mul(...n.factors.slice(at)), [index[1] as string], named),
        );
      break;
    }
    default:
  }
  return A.make(scalar, `entry(${n.key},${index.join()})`, { kind: 'entry', of: n, index: index.join('') });
}
