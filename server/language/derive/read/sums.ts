// Sums over an index letter: over whole arrays, entry by entry, they are products of arrays; others stay what they are.
import { isRow, isScalar, isVector, rows, type Shape } from '../../shapes/shape.js';
import type { Term, TermIndex } from '../../term.js';
import * as A from '../algebra.js';
import { type Node, Underivable } from '../node.js';
import { applied, entrywise, exponentOf } from './operations.js';
import { dimOf, limit } from './sizes.js';

/** How a term is read as a whole. */
type Convert = (t: Term) => Node;

interface Bound {
  readonly letter: string;
  readonly from: Term;
  readonly to: Term;
}

/** A sum over whole arrays entry by entry is a sum of entries; any other stays a sum over its letter. */
export function summed(convert: Convert, t: Extract<Term, { kind: 'binder' }>): Node {
  if (t.binder !== 'sum' || t.except) throw new Underivable('binder');
  const own: Bound[] = [{ letter: t.letter, from: t.from, to: t.to }];
  const inner = t.body.kind === 'binder' && t.body.binder === 'sum' && !t.body.except ? t.body : undefined;
  const double =
    inner && attempt(() => A.total(entries(convert, inner.body, [...own, { letter: inner.letter, from: inner.from, to: inner.to }])));
  if (double) return double;
  const single = attempt(() => A.total(entries(convert, t.body, own)));
  if (single) return single;
  return A.binder({ letter: t.letter, from: limit(t.from), to: limit(t.to) }, convert(t.body));
}

/** A body as an array over its letters: v_i is v, W_{ij} is W; what holds no letter is a scalar. */
function entries(convert: Convert, t: Term, letters: readonly Bound[]): Node {
  const n = entryArray(convert, t, letters);
  if (isScalar(n.shape)) throw new Underivable('a body without its letter');
  return n;
}

function entryArray(convert: Convert, t: Term, letters: readonly Bound[]): Node {
  const again = (u: Term): Node => entryArray(convert, u, letters);
  switch (t.kind) {
    case 'element': {
      const whole = convert(t.term);
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
      const n = convert(t);
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

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Underivable) return undefined;
    throw error;
  }
}
