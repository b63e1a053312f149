// Products of every kind, powers and functions of matrices, on values.
import type { ProductKind } from '../../term.js';
import { algebra as o, plain } from '../algebra.js';
import { DomainError, identity, matrixDims, sameDims, squareSide } from '../array.js';
import type { Value } from '../operation.js';
import { kroneckerPlaces, permutedPlaces } from '../places.js';
import { vectorOf } from './structure.js';

const products: { readonly [K in ProductKind]: (left: Value, right: Value, axes: number) => Value } = {
  matrix: (left, right) => matrixProduct(left, right),
  hadamard: (left, right) => o.multiply(left, right),
  kronecker: (left, right) => kronecker(left, right),
  outer: (left, right) => matrixProduct(vectorOf(left), o.transpose(vectorOf(right))),
  inner: (left, right) => innerProduct(left, right),
  cross: (left, right) => crossProduct(left, right),
  diagonal: (left, right) => o.multiply(vectorOf(left), right),
  contract: (left, right, axes) => contract(left, right, axes),
};

/** Throws `sizes` for operands that do not conform. */
export function product(kind: ProductKind, left: Value, right: Value, axes = 1): Value {
  return products[kind](left, right, axes);
}

function matrixProduct(left: Value, right: Value): Value {
  if (left.dims.length > 2 || right.dims.length > 2) return contract(left, right, 1);
  return o.matmul(left, right);
}

/** Σ of the entries' products; vectors may lie differently. */
function innerProduct(left: Value, right: Value): Value {
  const lying = !sameDims(left.dims, right.dims) && left.dims.length === 2 && right.dims.length === 2;
  const [a, b] = lying ? [vectorOf(left), vectorOf(right)] : [left, right];
  if (!sameDims(a.dims, b.dims)) throw new DomainError('sizes', `${a.dims.join('×')} ${b.dims.join('×')}`);
  return o.sumTo(o.multiply(a, b), []);
}

function kronecker(left: Value, right: Value): Value {
  if (left.dims.length === 0 || right.dims.length === 0) return o.multiply(left, right);
  const a = matrixDims(left.dims);
  const b = matrixDims(right.dims);
  const dims = [a[0] * b[0], a[1] * b[1]];
  const [outer, inner] = kroneckerPlaces(a, b);
  return o.multiply(o.gather(left, outer, dims), o.gather(right, inner, dims));
}

const next = Int32Array.of(1, 2, 0);
const afterNext = Int32Array.of(2, 0, 1);

/** (a × b)_i = a_{i+1} b_{i+2} − a_{i+2} b_{i+1} */
function crossProduct(left: Value, right: Value): Value {
  const dims = left.dims;
  if (plain(left).data.length !== 3 || plain(right).data.length !== 3)
    throw new DomainError('sizes', `${dims.join('×')} ${right.dims.join('×')}`);
  const turned = (value: Value, places: Int32Array) => o.gather(value, places, dims);
  return o.subtract(o.multiply(turned(left, next), turned(right, afterNext)), o.multiply(turned(left, afterNext), turned(right, next)));
}

/**
 * The last axes of the left with the first of the right, paired from the inside out. Beside a tensor a vector is one axis.
 * What remains of order one is a column where it comes from the left, a row where it comes from the right.
 */
function contract(left: Value, right: Value, axes: number): Value {
  if (left.dims.length === 0 || right.dims.length === 0) return o.multiply(left, right);
  if (axes === 1 && left.dims.length === 2 && right.dims.length === 2) return o.matmul(left, right);
  const a = sideAxes(left.dims);
  const b = sideAxes(right.dims);
  const keptA = a.slice(0, a.length - axes);
  const keptB = b.slice(axes);
  const shared = b.slice(0, axes);
  if (axes > a.length || !sameDims(a.slice(a.length - axes).reverse(), shared)) {
    throw new DomainError('sizes', `${left.dims.join('×')} ${right.dims.join('×')}`);
  }
  const order = [...keptA.keys(), ...Array.from({ length: axes }, (_, k) => a.length - 1 - k)];
  const turned = axes === 1 ? left : o.gather(left, permutedPlaces(a, order), a);
  const flat = o.matmul(o.reshape(turned, [count(keptA), count(shared)]), o.reshape(right, [count(shared), count(keptB)]));
  const dims = [...keptA, ...keptB];
  return o.reshape(flat, dims.length !== 1 ? dims : keptA.length === 1 ? [keptA[0] as number, 1] : [1, keptB[0] as number]);
}

/** The axes of a tensor or matrix; of a vector the long one. */
function sideAxes(dims: readonly number[]): readonly number[] {
  return dims.length === 2 && (dims[0] === 1 || dims[1] === 1) ? dims.filter((dim) => dim !== 1) : dims;
}

const count = (dims: readonly number[]): number => dims.reduce((size, dim) => size * dim, 1);

/** A^p: repeated products, through the inverse for negative p, the root or exp(p log A) for fractions. */
export function matrixPower(base: Value, exponent: Value): Value {
  const n = squareSide(base.dims);
  if (n === 1) return entrywisePower(base, exponent);
  if (exponent.level > 0) return o.apply('matrixFunction', [o.multiply(exponent, o.apply('matrixFunction', [base], 'log'))], 'exp');
  const p = plain(exponent).data[0] as number;
  if (p < 0) return matrixPowerOf(o.inverse(base), -p, n);
  return matrixPowerOf(base, p, n);
}

function matrixPowerOf(base: Value, p: number, n: number): Value {
  if (p === 0) return identity(n);
  if (p === 0.5) return o.apply('matrixFunction', [base], 'sqrt');
  if (!Number.isInteger(p)) return o.apply('matrixFunction', [o.scale(o.apply('matrixFunction', [base], 'log'), p)], 'exp');
  if (p > 1000) throw new DomainError('too-large');
  let result: Value | undefined;
  let square = base;
  for (let rest = p; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === undefined ? square : o.matmul(result, square);
    if (rest > 1) square = o.matmul(square, square);
  }
  return result as Value;
}

/** Entry by entry; a constant scalar exponent also of what is negative, if whole. */
export function entrywisePower(base: Value, exponent: Value): Value {
  return exponent.level === 0 && exponent.dims.length === 0
    ? o.power(base, plain(exponent).data[0] as number)
    : o.apply('raise', [base, exponent], null);
}
