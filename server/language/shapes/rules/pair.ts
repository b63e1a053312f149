// What two neighbours of a product make under each sign between them: the table of products.
import type { Expr, ProductSign } from '../../expr.js';
import type { ProductKind } from '../../term.js';
import { costs } from '../candidate.js';
import { type Dim, dimName, isOne, multiply, numberOf } from '../dimension.js';
import { fits, isOpenSquare, joinShapes, lengthOf, sameLength, shapesFit } from '../match.js';
import { cols, fromSides, isColumn, isScalar, isTensor, matrix, rows, type Shape, scalar } from '../shape.js';

/** An operand of a product: its shape and what it is, as far as products care. */
export interface Operand {
  readonly shape: Shape | undefined;
  /** A derivative of an element-wise function by its argument: a diagonal matrix. */
  readonly diagonal?: boolean;
  /** f'(z) of a function that acts entry by entry. */
  readonly slope?: boolean;
  /** The single symbol it is made of, entry by entry (a, 1-a). */
  readonly symbol?: string;
  /** It is that symbol itself. */
  readonly bare?: boolean;
  readonly expr?: Expr;
}

export interface Paired {
  readonly product: ProductKind | 'quotient' | 'unknown' | 'elementwise';
  readonly shape: Shape | undefined;
  readonly cost: number;
  readonly axes?: number;
}

type Rule = (a: Shape, b: Shape, left: Operand, right: Operand) => Paired | undefined;

const known = (product: Paired['product'], shape: Shape, cost = 0): Paired => ({ product, shape, cost });

const scaling: Rule = (a, b) => (isScalar(a) ? known('matrix', b) : isScalar(b) ? known('matrix', a) : undefined);

/** Beside what is square of an open size (I) an array keeps its shape. Nobody writes I for the number one: beside the side of length 1 it does not fit. */
const fittingSquare = (array: Shape, side: Dim, square: Shape): Paired | undefined =>
  fits(side, rows(square)) ? known('matrix', array) : undefined;

const matrixProduct: Rule = (a, b) => {
  if (isTensor(a) || isTensor(b)) return undefined;
  if (isOpenSquare(b)) return isOne(cols(a)) || isScalar(a) ? undefined : fittingSquare(a, cols(a), b);
  if (isOpenSquare(a)) return isOne(rows(b)) || isScalar(b) ? undefined : fittingSquare(b, rows(b), a);
  return fits(cols(a), rows(b)) && !isScalar(a) && !isScalar(b) ? known('matrix', matrix(rows(a), cols(b))) : undefined;
};

const sidesOf = (s: Shape): readonly [readonly Dim[], readonly Dim[]] => {
  if (s.split !== undefined) return [s.dims.slice(0, s.split), s.dims.slice(s.split)];
  return [[rows(s)].filter((d) => !isOne(d)), [cols(s)].filter((d) => !isOne(d))];
};

/** A product with a tensor contracts the whole side that both share, axes paired from the inside out. */
const contraction: Rule = (a, b) => {
  if (!isTensor(a) && !isTensor(b)) return undefined;
  const [outerLeft, innerLeft] = sidesOf(a);
  const [innerRight, outerRight] = sidesOf(b);
  const turned = [...innerLeft].reverse();
  const shared = innerRight.length;
  if (shared === 0 || shared !== turned.length || !turned.every((d, i) => fits(d, innerRight[i] as Dim))) return undefined;
  return { product: 'contract', shape: fromSides(outerLeft, outerRight), cost: 0, axes: shared };
};

const hadamard: (cost: number) => Rule = (cost) => (a, b, left, right) => {
  if (isScalar(a) || isScalar(b)) return undefined;
  if (isDiagonalOver(a, b)) return { product: 'unknown', shape: b, cost: cost + costs.diagonal };
  if (isDiagonalOver(b, a)) return { product: 'unknown', shape: a, cost: cost + costs.diagonal };
  if (shapesFit(a, b)) return known('hadamard', joinShapes(a, b) as Shape, cost);
  const n = lengthOf(a);
  const m = lengthOf(b);
  if (left.diagonal && m && fits(rows(a), m)) return known('diagonal', b, cost + costs.diagonal);
  if (right.diagonal && n && fits(rows(b), n)) return known('diagonal', a, cost + costs.diagonal);
  return undefined;
};

/** u ⊗ v entry by entry; beside I of no stated size it is the Kronecker product. */
const tensorHadamard: Rule = (a, b, left, right) =>
  isOpenSquare(a) || isOpenSquare(b) ? undefined : hadamard(costs.tensorHadamard)(a, b, left, right);

/** ∂A/∂Z of two matrices of one shape, beside such a matrix: what acts entry by entry is its diagonal. */
const isDiagonalOver = (tensor: Shape, other: Shape): boolean =>
  tensor.dims.length === 4 &&
  other.dims.length === 2 &&
  tensor.dims
    .map((d) => d.key)
    .sort()
    .join() ===
    [...other.dims, ...other.dims]
      .map((d) => d.key)
      .sort()
      .join();

/** A column that meets its like in u · v, whatever way they lie. */
const inner: Rule = (a, b, left, right) => {
  const cost = alike(left, right) ? costs.sameSymbol + costs.innerProduct : costs.innerProduct;
  if (isColumn(a) && isColumn(b) && fits(rows(a), rows(b))) return known('inner', scalar, cost);
  return lengthOf(a) && lengthOf(b) && sameLength(a, b) && !fits(cols(a), rows(b)) ? known('inner', scalar, cost) : undefined;
};

const cross: Rule = (a, b) =>
  isColumn(a) && isColumn(b) && numberOf(rows(a)) === 3 && numberOf(rows(b)) === 3 ? known('cross', a, costs.cross) : undefined;

const kronecker: Rule = (a, b) =>
  isTensor(a) || isTensor(b) ? undefined : known('kronecker', matrix(multiply(rows(a), rows(b)), multiply(cols(a), cols(b))));

const outer: Rule = (a, b) => (isColumn(a) && isColumn(b) ? known('outer', matrix(rows(a), rows(b)), costs.outer) : undefined);

const frobenius: Rule = (a, b) => (shapesFit(a, b) ? known('inner', scalar) : undefined);

const division: Rule = (a, b) => {
  if (isScalar(b)) return known('quotient', a);
  if (isScalar(a)) return known('quotient', b, costs.scalarBroadcast);
  return shapesFit(a, b) ? known('quotient', joinShapes(a, b) as Shape) : undefined;
};

/** Made of one and the same symbol, entry by entry, but not that symbol twice: a and 1-a. */
const alike = (left: Operand, right: Operand): boolean =>
  !(left.bare && right.bare) && left.symbol !== undefined && left.symbol === right.symbol;

/** a(1-a): arrays of one and the same symbol may be meant entry by entry; a a is a factor that stands twice. */
const sameSymbol: Rule = (a, b, left, right) =>
  alike(left, right) && !isScalar(a) && shapesFit(a, b) ? known('elementwise', joinShapes(a, b) as Shape, costs.sameSymbol) : undefined;

/** u · f'(z): many write a point for the product entry by entry that the chain rule has there. */
const slopes: Rule = (a, b, left, right) =>
  (left.slope || right.slope) && a.dims.length === b.dims.length && !isScalar(a) && shapesFit(a, b)
    ? known('elementwise', joinShapes(a, b) as Shape, costs.slopes)
    : undefined;

/** The products that a sign can mean, tried in this order; the cheapest of each shape counts. */
const rules: Readonly<Record<ProductSign, readonly Rule[]>> = {
  '': [scaling, matrixProduct, contraction, sameSymbol],
  '\\cdot': [scaling, matrixProduct, contraction, inner, sameSymbol, slopes],
  '\\times': [scaling, matrixProduct, contraction, cross, hadamard(costs.timesHadamard)],
  '*': [scaling, matrixProduct, contraction, hadamard(costs.starHadamard)],
  '\\ast': [scaling, hadamard(0)],
  '\\odot': [scaling, hadamard(0)],
  '\\circ': [scaling, hadamard(0)],
  '\\bullet': [scaling, hadamard(0), matrixProduct],
  '.*': [scaling, hadamard(0)],
  '\\otimes': [scaling, kronecker, outer, tensorHadamard],
  ':': [frobenius, scaling],
  './': [division],
  '\\oslash': [division],
  '\\oplus': [],
};

/** Signs that stand for products entry by entry: by custom they bind more loosely than juxtaposition. */
export const isLoose = (sign: ProductSign): boolean =>
  sign === '\\odot' ||
  sign === '\\circ' ||
  sign === '\\ast' ||
  sign === '.*' ||
  sign === './' ||
  sign === '\\oslash' ||
  sign === '\\otimes' ||
  sign === ':' ||
  sign === '\\bullet';

export const isHadamard = (sign: ProductSign): boolean =>
  sign === '\\odot' || sign === '\\circ' || sign === '\\ast' || sign === '.*' || sign === './' || sign === '\\oslash';

const open = (): Dim => dimName('?');

export function pair(sign: ProductSign, left: Operand, right: Operand, fresh: () => Dim = open): readonly Paired[] {
  const a = left.shape;
  const b = right.shape;
  if (!a || !b) return [unknownPair(sign, left, right, fresh)];
  if (sign === '\\oplus') return [{ product: 'unknown', shape: shapesFit(a, b) ? a : undefined, cost: 0 }];
  const found: Paired[] = [];
  for (const rule of rules[sign]) {
    const made = rule(a, b, left, right);
    if (made) found.push(made);
  }
  return found;
}

/**
 * An unknown factor may be a scalar as well as an array; either way what stands beside it keeps its outer side:
 * of c A the columns are those of A, of A c the rows.
 */
function unknownPair(sign: ProductSign, left: Operand, right: Operand, fresh: () => Dim): Paired {
  const nothing: Paired = { product: 'unknown', shape: undefined, cost: 0 };
  if (sign !== '' && sign !== '\\cdot') return nothing;
  const [known, other] = left.shape ? [left.shape, right] : [right.shape, left];
  if (known?.dims.length !== 2 || other.shape || !isFactorLike(other.expr)) return nothing;
  if (isOpenSquare(known) && isGreek(other.expr)) return { product: 'unknown', shape: known, cost: 0 };
  return { product: 'unknown', shape: left.shape ? matrix(rows(known), fresh()) : matrix(fresh(), cols(known)), cost: 0 };
}

/** λ I, σ^2 I, \frac{1}{γ} I: a Greek letter beside an identity is a number by custom. */
const isGreek = (e: Expr | undefined): boolean => {
  if (e?.kind === 'symbol') return /^\\(?:alpha|beta|gamma|epsilon|varepsilon|eta|kappa|lambda|mu|nu|rho|sigma|tau)$/.test(e.name.base);
  if (e?.kind === 'power') return isGreek(e.base);
  return e?.kind === 'quotient' && (isGreek(e.denominator) || isGreek(e.numerator));
};

/** Symbols, quotients and powers are factors; what could not be read may be anything. */
const isFactorLike = (e: Expr | undefined): boolean =>
  e?.kind === 'symbol' ||
  e?.kind === 'quotient' ||
  e?.kind === 'power' ||
  e?.kind === 'transpose' ||
  e?.kind === 'element' ||
  e?.kind === 'group';
