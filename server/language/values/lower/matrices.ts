// Matrices: written out, put together from blocks, transposed, inverted, raised to a power, measured by a norm.
import type { Expr, ExprOf } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { isColumn, isScalar, isVector, type Shape } from '../../shapes/shape.js';
import type { Reduction, Term } from '../../term.js';
import { Unreadable } from '../context.js';
import { first, inner, type Lowering, type LoweringRules, termOf, termsOf } from './rule.js';

export const matrices = {
  matrix,
  tuple,
  concatenation,
  transpose: (cx, c) =>
    c.expr.kind === 'transpose' && c.expr.sign === '\\dagger' && cx.signs.dagger === 'pseudo-inverse'
      ? { kind: 'inverse', term: inner(cx, c), pseudo: true }
      : { kind: 'transpose', term: inner(cx, c) },
  inverse,
  power,
  norm,
} satisfies LoweringRules;

/** A matrix proper, neither row nor column. */
export const isMatrix = (shape: Shape | undefined): boolean => shape !== undefined && shape.dims.length === 2 && !isVector(shape);

function matrix(cx: Lowering, c: Candidate): Term {
  const expr = c.expr as ExprOf<'matrix'>;
  const flat = [...c.parts];
  const rows = expr.cells.map((row) =>
    row.map((cell) => {
      if (!cell || cell.kind === 'ellipsis') throw ellipsis();
      return termOf(cx, flat.shift() as Candidate);
    }),
  );
  const term: Term = { kind: 'matrix', rows };
  return expr.open === '|' ? { kind: 'reduce', reduce: 'det', term } : term;
}

function tuple(cx: Lowering, c: Candidate): Term {
  const items = itemsOf(cx, c);
  const asColumn = c.detail?.kind === 'orientation' ? c.detail.as === 'column' : c.shape !== undefined && isColumn(c.shape);
  return stacked(items, asColumn);
}

/** Blocks on top of one another or side by side, as the shape says. */
function concatenation(cx: Lowering, c: Candidate): Term {
  const items = itemsOf(cx, c);
  const one = c.parts[0]?.shape;
  return stacked(items, one !== undefined && c.shape?.dims[1]?.key === (one.dims[1]?.key ?? '1'));
}

function itemsOf(cx: Lowering, c: Candidate): readonly Term[] {
  if (c.expr.kind === 'tuple' && c.expr.items.some((i) => i.kind === 'ellipsis')) throw ellipsis();
  return termsOf(cx, c.parts);
}

const stacked = (items: readonly Term[], vertical: boolean): Term => ({ kind: 'matrix', rows: vertical ? items.map((i) => [i]) : [items] });

const ellipsis = (): Unreadable => new Unreadable('what an ellipsis leaves out is not known');

function inverse(cx: Lowering, c: Candidate): Term {
  const term = inner(cx, c);
  const { shape } = first(c);
  return shape && (isScalar(shape) || (isVector(shape) && !(c.expr.kind === 'inverse' && c.expr.pseudo)))
    ? { kind: 'power', base: term, exponent: { kind: 'number', value: -1 }, matrix: false }
    : { kind: 'inverse', term, ...(c.expr.kind === 'inverse' && c.expr.pseudo ? { pseudo: true } : {}) };
}

/** e that nothing declares, raised to something, is the exponential function. */
function power(cx: Lowering, c: Candidate): Term {
  const { expr } = c;
  if (expr.kind !== 'power') throw new Unreadable('a power could not be read');
  const [base, exponent] = c.parts as readonly [Candidate, Candidate | undefined];
  if (!exponent) throw new Unreadable('an exponent could not be read');
  if (base.detail?.kind === 'found' && base.detail.found.constant === 'euler') {
    const term = termOf(cx, exponent);
    return isMatrix(exponent.shape)
      ? { kind: 'matrix-function', fn: 'exp', term }
      : { kind: 'apply', fn: { kind: 'known', name: 'exp' }, order: 0, term };
  }
  return { kind: 'power', base: termOf(cx, base), exponent: termOf(cx, exponent), matrix: !expr.elementwise && isMatrix(base.shape) };
}

/** Single bars are the absolute value of a number, the length of a vector, the determinant of a matrix. */
function norm(cx: Lowering, c: Candidate): Term {
  const expr = c.expr as ExprOf<'norm'>;
  const { shape } = first(c);
  const term = inner(cx, c);
  if (expr.bars !== 1) return { kind: 'reduce', reduce: normOf(expr.subscript, shape), term };
  if (shape && isScalar(shape)) return { kind: 'apply', fn: { kind: 'known', name: 'abs' }, order: 0, term };
  return { kind: 'reduce', reduce: shape && isVector(shape) ? 'norm2' : 'det', term };
}

function normOf(subscript: Expr | undefined, shape: Shape | undefined): Reduction {
  if (!subscript) return 'norm2';
  if (subscript.kind === 'number') {
    if (subscript.value === 1) return 'norm1';
    return isMatrix(shape) && subscript.value === 2 ? 'spectral' : 'norm2';
  }
  const norm = subscript.kind === 'symbol' ? namedNorms.get(subscript.name.key) : undefined;
  if (!norm) throw new Unreadable('a norm that is not known');
  return norm;
}

const namedNorms: ReadonlyMap<string, Reduction> = new Map([
  ['F', 'norm2'],
  ['\\mathrm{F}', 'norm2'],
  ['\\infty', 'norm-inf'],
  ['*', 'nuclear'],
]);
