// From a term to a node of the algebra: what has no rule there becomes opaque, and is an obstacle only where it is differentiated or written.
import type { Name } from '../expr.js';
import { symbolsOf } from '../numeric/index.js';
import { isVector, type Shape, scalar } from '../shapes/shape.js';
import type { Assumption, Term } from '../term.js';
import * as A from './algebra.js';
import { type Node, Underivable } from './node.js';
import { applied, constant, entrywise, power, product, rectifier, reduced, sum } from './read/operations.js';
import { dimNode, dimOf, shapeOfDims } from './read/sizes.js';
import { summed } from './read/sums.js';

/** What reading asks: the shape and the name of a symbol, and what is assumed of it. */
export interface Symbols {
  readonly find: (key: string) => { readonly name: Name; readonly shape: Shape } | undefined;
  readonly assumptions: (name: Name) => readonly Assumption[];
}

/** The symbol of a key; undefined where nothing says what shape it has. */
export function symbolNode(cx: Symbols, key: string): Node | undefined {
  const found = cx.find(key);
  return found && A.symbol(key, found.shape, found.name, cx.assumptions(found.name));
}

export function read(cx: Symbols, t: Term): Node {
  try {
    return convert(cx, t);
  } catch (error) {
    if (!(error instanceof Underivable)) throw error;
    return A.opaque(JSON.stringify(t), scalar, symbolsOf(t));
  }
}

function convert(cx: Symbols, t: Term): Node {
  const again = (u: Term): Node => convert(cx, u);
  switch (t.kind) {
    case 'number':
      return A.number(t.value);
    case 'size':
      return dimNode(dimOf(t.size));
    case 'variable': {
      const node = symbolNode(cx, t.key);
      if (!node || node.shape.dims.length > 2) throw new Underivable(t.key);
      return node;
    }
    case 'constant':
      return constant(t.constant, shapeOfDims(t.dims));
    case 'sum':
      return sum(t.addends.map((a) => (a.sign > 0 ? read(cx, a.term) : A.minus(read(cx, a.term)))));
    case 'product':
      return product(t.product, again(t.left), again(t.right));
    case 'quotient':
      return entrywise(again(t.numerator), { base: again(t.denominator), exponent: -1 });
    case 'power':
      return power(again(t.base), t.exponent, t.matrix);
    case 'transpose':
      return A.transpose(again(t.term));
    case 'inverse':
      if (t.pseudo) throw new Underivable('pseudo-inverse');
      return A.inverse(again(t.term));
    case 'apply':
      return applied(t.fn, t.order, again(t.term));
    case 'softmax':
      return A.softmax(again(t.term), t.axis, t.log ?? false);
    case 'reduce':
      return reduced(t.reduce, again(t.term));
    case 'diag': {
      const of = again(t.term);
      return t.keep ? A.diag(A.diagonal(of)) : isVector(of.shape) ? A.diag(of) : A.diagonal(of);
    }
    case 'extremum':
      return rectifier(t.extremum, t.args.map(again));
    case 'binder':
      return summed(again, t);
    default:
      throw new Underivable(t.kind);
  }
}
