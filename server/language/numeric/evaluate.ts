// The value of a term at a point: one rule a kind. Every rule works on values under differentiation as well (operation.ts).
import type { Term } from '../term.js';
import { algebra as o, plain } from './algebra.js';
import { arrayOf, blank, DomainError, filled, identity, type NdArray, scalar, sizeOf, squareSide } from './array.js';
import { evaluateDerivative, evaluateDifferential, evaluateGradient } from './differentiate.js';
import { evaluateBinder, evaluateCases, extremum, indicator } from './evaluate/choices.js';
import { applyFunction, callFunction } from './evaluate/functions.js';
import { entrywisePower, matrixPower, product } from './evaluate/products.js';
import { reduce, softmax } from './evaluate/reductions.js';
import { diagOf, elementOf, fromBlocks, fromEntries, transposeOf, vecOf } from './evaluate/structure.js';
import { bind, type Context, charge, letterValue, lookup, type RunOptions, rootContext, withLetter } from './frame.js';
import type { Value } from './operation.js';
import { dimsValue, type Problem, sizeValue } from './problem.js';
import type { TermKind, TermOf } from './terms.js';

const rules: { readonly [K in TermKind]: (term: TermOf<K>, ctx: Context) => Value } = {
  number: (term) => scalar(term.value),
  size: (term, ctx) => scalar(sizeValue(ctx.frame.run.problem.sizes, term.size)),
  variable: (term, ctx) => lookup(ctx.frame, term.key),
  index: (term, ctx) => scalar(letterValue(ctx.letters, term.name) + term.offset),
  constant: (term, ctx) => constantOf(term, ctx),
  matrix: (term, ctx) => fromBlocks(term.rows.map((row) => row.map((entry) => evaluateTerm(entry, ctx)))),
  sum: (term, ctx) => sumOf(term, ctx),
  product: (term, ctx) => product(term.product, evaluateTerm(term.left, ctx), evaluateTerm(term.right, ctx), term.axes),
  quotient: (term, ctx) => o.divide(evaluateTerm(term.numerator, ctx), evaluateTerm(term.denominator, ctx)),
  power: (term, ctx) => (term.matrix ? matrixPower : entrywisePower)(evaluateTerm(term.base, ctx), evaluateTerm(term.exponent, ctx)),
  transpose: (term, ctx) => transposeOf(evaluateTerm(term.term, ctx)),
  inverse: (term, ctx) => (term.pseudo === true ? o.pseudoInverse : o.inverse)(evaluateTerm(term.term, ctx)),
  apply: (term, ctx) => applyFunction(term.fn, term.order, evaluateTerm(term.term, ctx), ctx),
  call: (term, ctx) =>
    callFunction(
      term,
      term.args.map((arg) => evaluateTerm(arg, ctx)),
      ctx.frame.run,
    ),
  softmax: (term, ctx) => softmax(evaluateTerm(term.term, ctx), term.axis, term.log === true),
  'matrix-function': (term, ctx) => o.apply('matrixFunction', [evaluateTerm(term.term, ctx)], term.fn),
  reduce: (term, ctx) => reduce(term.reduce, evaluateTerm(term.term, ctx), ctx.frame.run.tolerance),
  diag: (term, ctx) => diagOf(evaluateTerm(term.term, ctx), term.keep === true),
  vec: (term, ctx) => vecOf(evaluateTerm(term.term, ctx)),
  element: (term, ctx) => elementOf(evaluateTerm(term.term, ctx), term.indices, ctx.letters),
  array: (term, ctx) => arrayByEntries(term, ctx),
  binder: (term, ctx) => evaluateBinder(term, ctx),
  extremum: (term, ctx) =>
    term.args.map((arg) => evaluateTerm(arg, ctx)).reduce((a, b) => extremum(term.extremum, a, b, ctx.frame.run.tolerance)),
  indicator: (term, ctx) => indicator(term.relation, evaluateTerm(term.left, ctx), evaluateTerm(term.right, ctx), ctx.frame.run.tolerance),
  cases: (term, ctx) => evaluateCases(term.branches, ctx),
  derivative: (term, ctx) => evaluateDerivative(term, ctx),
  gradient: (term, ctx) => evaluateGradient(term, ctx),
  differential: (term, ctx) => evaluateDifferential(term.of, ctx),
  at: (term, ctx) => evaluateTerm(term.term, bind(ctx, new Map(term.bindings.map(({ key, value }) => [key, evaluateTerm(value, ctx)])))),
};

/** Throws DomainError only, apart from a stack that is too deep. */
function evaluateTerm(term: Term, ctx: Context): Value {
  const value = (rules[term.kind] as (term: Term, ctx: Context) => Value)(term, ctx);
  charge(ctx.frame.run, sizeOf(value.dims));
  return value;
}

function constantOf(term: TermOf<'constant'>, ctx: Context): NdArray {
  const dims = dimsValue(ctx.frame.run.problem.sizes, term.dims);
  if (term.constant === 'identity') return dims.length === 0 ? scalar(1) : identity(squareSide(dims));
  if (term.constant !== 'basis') return filled(dims, term.constant === 'zero' ? 0 : 1);
  const { index } = term;
  if (index === undefined || index.kind === 'all') throw new DomainError('sizes', 'basis');
  const at = index.kind === 'number' ? index.value : letterValue(ctx.letters, index.name) + index.offset;
  const data = blank(dims);
  if (at < 1 || at > data.length) throw new DomainError('sizes', `index ${at} of ${data.length}`);
  data[at - 1] = 1;
  return arrayOf(dims, data);
}

function sumOf(term: TermOf<'sum'>, ctx: Context): Value {
  let sum: Value | undefined;
  for (const { sign, term: addend } of term.addends) {
    const value = evaluateTerm(addend, ctx);
    if (sum === undefined) sum = sign === 1 ? value : o.scale(value, -1);
    else sum = sign === 1 ? o.add(sum, value) : o.subtract(sum, value);
  }
  return sum ?? scalar(0);
}

/** The first letter runs slowest. */
function arrayByEntries(term: TermOf<'array'>, ctx: Context): Value {
  const sizes = dimsValue(ctx.frame.run.problem.sizes, term.dims);
  const lengths = sizes.slice(0, term.letters.length);
  let contexts: Context[] = [ctx];
  term.letters.forEach((letter, axis) => {
    const values = Array.from({ length: lengths[axis] ?? 1 }, (_, k) => k + 1);
    contexts = contexts.flatMap((outer) => values.map((value) => withLetter(outer, letter, value)));
  });
  const dims = sizes.length === 1 ? [sizes[0] as number, 1] : sizes;
  return fromEntries(
    contexts.map((inner) => evaluateTerm(term.body, inner)),
    dims,
  );
}

/** The outermost context of a problem at the point that a seed draws. */
export function contextAt(problem: Problem, seed: number, options: RunOptions = {}): Context {
  return rootContext(problem, seed, evaluateTerm, options);
}

/** The value of a term, as an array. Throws DomainError. */
export function evaluate(term: Term, ctx: Context): NdArray {
  return plain(evaluateTerm(term, ctx));
}
