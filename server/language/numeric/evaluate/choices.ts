// What chooses or loops: binders over letters, extremes, indicators, cases. On values and, for conditions, on plain arrays.

import { algebra as o, plain } from '../algebra.js';
import { DomainError, map, type NdArray, scalar, zip } from '../array.js';
import { type Context, withLetter } from '../frame.js';
import type { Value } from '../operation.js';
import type { TermOf } from '../terms.js';
import { wholeNumber } from './functions.js';

const longest = 100_000;

/** Over the letter's whole values from … to, without `except`. An empty sum is 0, an empty product 1. */
export function evaluateBinder(term: TermOf<'binder'>, ctx: Context): Value {
  const { evaluate, tolerance } = ctx.frame.run;
  const from = wholeNumber(plain(evaluate(term.from, ctx)));
  const to = wholeNumber(plain(evaluate(term.to, ctx)));
  if (to - from > longest) throw new DomainError('too-large');
  let result: Value | undefined;
  let count = 0;
  for (let value = from; value <= to; value++) {
    const inner = withLetter(ctx, term.letter, value);
    if (term.except !== undefined && wholeNumber(plain(evaluate(term.except, inner))) === value) continue;
    const body = evaluate(term.body, inner);
    count++;
    result = result === undefined ? body : combined(term.binder, result, body, tolerance);
  }
  if (result === undefined) return emptyBinder(term.binder);
  return term.binder === 'mean' ? o.scale(result, 1 / count) : result;
}

function combined(binder: TermOf<'binder'>['binder'], a: Value, b: Value, tolerance: number): Value {
  if (binder === 'max' || binder === 'min') return extremum(binder, a, b, tolerance);
  return binder === 'product' ? o.matmul(a, b) : o.add(a, b);
}

function emptyBinder(binder: TermOf<'binder'>['binder']): Value {
  if (binder === 'sum') return scalar(0);
  if (binder === 'product') return scalar(1);
  throw new DomainError('domain');
}

/** Entry by entry, broadcasting. Throws `kink` where a derivative is taken and the two are nearly equal. */
export function extremum(kind: 'max' | 'min', a: Value, b: Value, tolerance: number): Value {
  const moving = Math.max(a.level, b.level) > 0;
  const takesA = zip(plain(a), plain(b), (x, y) => {
    if (moving && Math.abs(x - y) < tolerance) throw new DomainError('kink');
    return (kind === 'max' ? x >= y : x <= y) ? 1 : 0;
  });
  return blend(takesA, a, b);
}

/** a where the mask is 1, b where it is 0. */
function blend(mask: NdArray, a: Value, b: Value): Value {
  return o.add(
    o.multiply(mask, a),
    o.multiply(
      map(mask, (x) => 1 - x),
      b,
    ),
  );
}

type Relation = TermOf<'indicator'>['relation'];
const relations: { readonly [R in Relation]: (x: number, y: number) => boolean } = {
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '=': (x, y) => x === y,
  '!=': (x, y) => x !== y,
  '>=': (x, y) => x >= y,
  '>': (x, y) => x > y,
};

/** 1 or 0. Whole numbers are compared exactly; other numbers that nearly tie throw `kink`. */
export function indicator(relation: Relation, left: Value, right: Value, tolerance: number): NdArray {
  const holds = relations[relation];
  const ordering = relation !== '=' && relation !== '!=';
  return zip(plain(left), plain(right), (x, y) => {
    if (ordering && Math.abs(x - y) < tolerance && !(Number.isInteger(x) && Number.isInteger(y))) throw new DomainError('kink');
    return holds(x, y) ? 1 : 0;
  });
}

/** The value of the first branch that holds; entry by entry where the condition is an array. Throws `domain` where none does. */
export function evaluateCases(branches: TermOf<'cases'>['branches'], ctx: Context): Value {
  const { evaluate } = ctx.frame.run;
  const [branch, ...rest] = branches;
  if (branch === undefined) throw new DomainError('domain');
  if (branch.condition === undefined) return evaluate(branch.value, ctx);
  const condition = plain(evaluate(branch.condition, ctx));
  if (condition.data.every((x) => x !== 0)) return spread(evaluate(branch.value, ctx), condition);
  if (condition.data.every((x) => x === 0)) return spread(evaluateCases(rest, ctx), condition);
  return blend(condition, evaluate(branch.value, ctx), evaluateCases(rest, ctx));
}

const spread = (value: Value, condition: NdArray): Value => (value.dims.length === 0 ? o.broadcastTo(value, condition.dims) : value);
