// From a term to a node of the algebra: what has no rule there becomes opaque, and is an obstacle only where it is differentiated or written.
import type { Name } from '../expr.js';
import { symbolsOf } from '../numeric/index.js';
import { add as addDims, type Dim, dimName, dimNumber, multiply, scale as scaleDim } from '../shapes/dimension.js';
import { cols, isColumn, isRow, isScalar, isVector, matrix, rows, type Shape, sameShape, scalar } from '../shapes/shape.js';
import type { Assumption, Size, Term, TermIndex } from '../term.js';
import * as A from './algebra.js';
import { type Node, type Power, Underivable } from './node.js';
import { one } from './rational.js';

/** What reading asks: the shape and the name of a symbol, and what is assumed of it. */
export interface Symbols {
  readonly find: (key: string) => { readonly name: Name; readonly shape: Shape } | undefined;
  readonly assumptions: (name: Name) => readonly Assumption[];
}

function dimOf(size: Size): Dim {
  if (typeof size === 'number') return dimNumber(size);
  return size.names
    .map((t) => t.factors.map(dimName).reduce(multiply, dimNumber(1)))
    .reduce((total, d, i) => addDims(total, scaleDim(d, size.names[i]?.coefficient ?? 1)), dimNumber(0));
}

const shapeOfDims = (dims: readonly Size[]): Shape => {
  const [r, c] = dims;
  return r === undefined ? scalar : matrix(dimOf(r), c === undefined ? dimNumber(1) : dimOf(c));
};

/** A dimension as a number in a formula. */
function dimNode(d: Dim): Node {
  if (d.flexible) throw new Underivable('a size that is not known');
  return A.add(
    d.terms.map((t) =>
      A.scale(
        { p: t.coefficient, q: 1 },
        t.names.map((n): Power => ({ base: A.symbol(n, scalar, undefined, []), exponent: 1 })),
        undefined,
      ),
    ),
  );
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
      return summed(cx, t);
    default:
      throw new Underivable(t.kind);
  }
}

function constant(kind: 'zero' | 'ones' | 'identity' | 'basis', shape: Shape): Node {
  if (kind === 'basis') throw new Underivable('a basis vector');
  return kind === 'zero' ? A.zero(shape) : kind === 'ones' ? A.ones(shape) : A.identity(shape);
}

/** A row is added to every row of a batch, a column to every column. */
function sum(list: readonly Node[]): Node {
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

function product(kind: Extract<Term, { kind: 'product' }>['product'], left: Node, right: Node): Node {
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
function entrywise(left: Node, right: Power): Node {
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

function power(base: Node, exponent: Term, isMatrix: boolean): Node {
  const value = exponentOf(exponent);
  if (value === undefined) throw new Underivable('an exponent');
  if (isScalar(base.shape)) return A.scale(one, [{ base, exponent: value }], undefined);
  if (!isMatrix) return A.had([{ base, exponent: value }]);
  const factor = value < 0 ? A.inverse(base) : base;
  if (!Number.isInteger(value) || Math.abs(value) > mostFactors || value === 0) throw new Underivable('a matrix power');
  return A.mul(...Array.from({ length: Math.abs(value) }, () => factor));
}

function exponentOf(t: Term): number | undefined {
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

function applied(fn: Extract<Term, { kind: 'apply' }>['fn'], order: number, of: Node): Node {
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

function reduced(kind: Extract<Term, { kind: 'reduce' }>['reduce'], of: Node): Node {
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
function rectifier(kind: 'max' | 'min', args: readonly Node[]): Node {
  const [a, b] = args;
  const other = a?.kind === 'zero' ? b : b?.kind === 'zero' ? a : undefined;
  if (kind !== 'max' || args.length !== 2 || !other) throw new Underivable('max');
  return A.apply({ kind: 'known', name: 'relu' }, 0, other);
}

/** A sum over whole arrays entry by entry is a sum of entries; any other stays a sum over its letter. */
function summed(cx: Symbols, t: Extract<Term, { kind: 'binder' }>): Node {
  if (t.binder !== 'sum' || t.except) throw new Underivable('binder');
  const own: Bound[] = [{ letter: t.letter, from: t.from, to: t.to }];
  const inner = t.body.kind === 'binder' && t.body.binder === 'sum' && !t.body.except ? t.body : undefined;
  const double =
    inner && attempt(() => A.total(entries(cx, inner.body, [...own, { letter: inner.letter, from: inner.from, to: inner.to }])));
  if (double) return double;
  const single = attempt(() => A.total(entries(cx, t.body, own)));
  if (single) return single;
  return A.binder({ letter: t.letter, from: limit(t.from), to: limit(t.to) }, convert(cx, t.body));
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Underivable) return undefined;
    throw error;
  }
}

function limit(t: Term): string {
  if (t.kind === 'number') return String(t.value);
  if (t.kind === 'size' && typeof t.size !== 'number') return dimOf(t.size).key;
  if (t.kind === 'variable') return t.key;
  throw new Underivable('a limit');
}

interface Bound {
  readonly letter: string;
  readonly from: Term;
  readonly to: Term;
}

/** A body as an array over its letters: v_i is v, W_{ij} is W; what holds no letter is a scalar. */
function entries(cx: Symbols, t: Term, letters: readonly Bound[]): Node {
  const n = entryArray(cx, t, letters);
  if (isScalar(n.shape)) throw new Underivable('a body without its letter');
  return n;
}

function entryArray(cx: Symbols, t: Term, letters: readonly Bound[]): Node {
  const again = (u: Term): Node => entryArray(cx, u, letters);
  switch (t.kind) {
    case 'element': {
      const whole = convert(cx, t.term);
      const array = isRow(whole.shape) ? A.transpose(whole) : whole;
      if (!runsOver(t.indices, array.shape, letters)) throw new Underivable('an element');
      return array;
    }
    case 'sum':
      return A.add(t.addends.map((a) => (a.sign > 0 ? again(a.term) : A.minus(again(a.term)))));
    case 'product':
      if (t.product !== 'matrix' && t.product !== 'hadamard') throw new Underivable(t.product);
      return entrywise(again(t.left), { base: again(t.right), exponent: 1 });
    case 'quotient':
      return entrywise(again(t.numerator), { base: again(t.denominator), exponent: -1 });
    case 'power': {
      const exponent = exponentOf(t.exponent);
      const base = again(t.base);
      if (exponent === undefined || isScalar(base.shape)) throw new Underivable('an exponent');
      return A.had([{ base, exponent }]);
    }
    case 'apply':
      return applied(t.fn, t.order, again(t.term));
    default: {
      const text = JSON.stringify(t);
      if (letters.some((l) => text.includes(`"name":"${l.letter}"`))) throw new Underivable(t.kind);
      const n = convert(cx, t);
      if (!isScalar(n.shape) || letters.some((l) => A.holdsLetter(n, l.letter))) throw new Underivable(t.kind);
      return n;
    }
  }
}

/** Whether the indices are the letters, in order, and each runs over its whole axis. */
function runsOver(indices: readonly TermIndex[], shape: Shape, letters: readonly Bound[]): boolean {
  const dims = isVector(shape) ? [rows(shape)] : shape.dims;
  return (
    indices.length === letters.length &&
    dims.length === letters.length &&
    letters.every((l, k) => {
      const index = indices[k];
      const dim = dims[k];
      const whole =
        l.from.kind === 'number' &&
        l.from.value === 1 &&
        dim !== undefined &&
        (l.to.kind === 'number' ? dim.key === String(l.to.value) : l.to.kind === 'size' && dimOf(l.to.size).key === dim.key);
      return index?.kind === 'letter' && index.name === l.letter && index.offset === 0 && whole;
    })
  );
}
