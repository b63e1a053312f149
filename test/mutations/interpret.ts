// The oracle's interpreter: an expression's values at a point under every customary reading. Strict about sizes; an empty list says that no
// reading conforms. Uses nothing of the checker's shapes or of the engine's terms.
import type { Expr, ExprOf } from '../../server/language/expr.js';
import { isMatrix, type NdArray, scalar, transpose } from './arrays.js';
import { derivativeOf, differentialOf, nablaOf } from './interpret/derivatives.js';
import { applied, calledBy, juxtaposedOf, normOf } from './interpret/functions.js';
import { binderOf, inverseOf, powerOf, quotientOf, sumOf } from './interpret/operations.js';
import { productOf } from './interpret/products.js';
import { each, type Running, type Scene, Unsupported, type Values } from './interpret/scene.js';
import { lookup as lookedUp, symbolOf } from './interpret/symbols.js';

export const evaluate = (e: Expr, scene: Scene): Values => values(e, { ...scene, evaluate: values });

/** The array that a name stands for; undefined where it is unknown. */
export const lookup = (key: string, scene: Scene): NdArray | undefined => lookedUp(key, { ...scene, evaluate: values });

function values(e: Expr, s: Running): Values {
  switch (e.kind) {
    case 'number':
      return [{ array: scalar(e.value), lenient: false, literal: true }];
    case 'symbol':
      return symbolOf(e, s);
    case 'group':
      return values(e.body, s);
    case 'choice':
      return choiceOf(e, s);
    case 'transpose':
      return each([values(e.base, s)], ([a]) => (a && isMatrix(a) ? [transpose(a)] : []));
    case 'inverse':
      return inverseOf(e, s);
    case 'power':
      return powerOf(e, s);
    case 'product':
      return productOf(e, s);
    case 'sum':
      return sumOf(e, s);
    case 'quotient':
      return quotientOf(e, s);
    case 'juxtaposed':
      return juxtaposedOf(e, s);
    case 'call':
      return calledBy(e.head, e.args, s);
    case 'apply':
      return applied(e.fn, e.order, e.args, s);
    case 'derivative':
      return derivativeOf(e, s);
    case 'nabla':
      return nablaOf(e, s);
    case 'differential':
      return differentialOf(e, s);
    case 'norm':
      return normOf(e, s);
    case 'binder':
      return binderOf(e, s);
    default:
      throw new Unsupported(e.kind);
  }
}

/** An operator applies to the rest of its product where that can be. */
function choiceOf(e: ExprOf<'choice'>, s: Running): Values {
  const [first] = e.options;
  const own = first ? values(first, s) : [];
  return first?.kind === 'derivative' && own.length > 0 ? own : [...own, ...e.options.slice(1).flatMap((o) => values(o, s))];
}
