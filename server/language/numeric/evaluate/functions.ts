// Functions applied: element-wise ones, known, open or written in t, and open functions of whole arrays. On values.
import type { Elementwise, Term } from '../../term.js';
import { algebra as o } from '../algebra.js';
import { arrayOf, blank, DomainError, type NdArray, scalar, sizeOf } from '../array.js';
import { knownFunctions } from '../elementwise.js';
import { bind, type Context, openFunctionAt, type Run } from '../frame.js';
import type { Dual, Value } from '../operation.js';
import { placeAt, runPlaces } from '../places.js';
import { dimsValue } from '../problem.js';
import { between, randomFor } from '../random.js';
import { newLists } from '../table.js';
import { resolveFunction } from '../terms.js';
import { fromEntries } from './structure.js';

/** f^{(order)} entry by entry. Throws `domain`, `kink`. */
export function applyFunction(fn: Elementwise, order: number, argument: Value, ctx: Context): Value {
  const { run } = ctx.frame;
  const meant = resolveFunction(fn, run.problem.functions);
  if (meant.kind === 'expression') return applyExpression(meant, order, argument, ctx);
  const scalarFunction = meant.kind === 'known' ? knownFunctions[meant.name] : openFunctionAt(run, meant.name);
  return o.apply('elementwise', [argument], { fn: scalarFunction, order, tolerance: run.tolerance });
}

function applyExpression(fn: Extract<Elementwise, { kind: 'expression' }>, order: number, argument: Value, ctx: Context): Value {
  const entries = Array.from({ length: sizeOf(argument.dims) }, (_, k) =>
    expressionAt(fn, order, argument.dims.length === 0 ? argument : o.gather(argument, placeAt(k), []), ctx),
  );
  return fromEntries(entries, argument.dims);
}

/** A derivative of the expression by its variable: forward mode, nested as often as the order says. */
function expressionAt(fn: Extract<Elementwise, { kind: 'expression' }>, order: number, t: Value, ctx: Context): Value {
  const first = ctx.frame.level + 1;
  let at = t;
  for (let level = first; level < first + order; level++) at = { level, dims: at.dims, primal: at, tangent: scalar(1) };
  const inner = bind(ctx, new Map([[fn.variable, at]]), first + order - 1);
  let value = inner.frame.run.evaluate(fn.body, { frame: inner.frame, letters: undefined });
  for (let level = first + order - 1; level >= first; level--) value = value.level === level ? (value as Dual).tangent : scalar(0);
  return value;
}

/**
 * A smooth map of the arguments' entries v: A sin(Wv + c) + Bv with constants drawn by name, sizes and seed.
 * Throws `missing` for sizes without a number.
 */
export function callFunction(term: Extract<Term, { kind: 'call' }>, args: readonly Value[], run: Run): Value {
  const dims = dimsValue(run.problem.sizes, term.dims);
  const m = sizeOf(dims);
  const v = flattened(args);
  const n = sizeOf(v.dims);
  const hidden = Math.min(n, 6) + 2;
  const { W, c, A, B } = smoothMap(term.name, m, n, hidden, run.point.seed);
  const angles = o.add(o.matmul(W, v), c);
  const waves = o.apply('elementwise', [angles], { fn: knownFunctions.sin, order: 0, tolerance: 0 });
  const value = o.add(o.matmul(A, waves), o.matmul(B, v));
  return o.reshape(value, dims);
}

function flattened(args: readonly Value[]): Value {
  const [only] = args;
  if (only === undefined) return scalar(1);
  if (args.length === 1) return o.reshape(only, [sizeOf(only.dims), 1]);
  let start = 0;
  const places = args.map((arg) => {
    const length = sizeOf(arg.dims);
    start += length;
    return runPlaces(start - length, length);
  });
  return o.assemble(args, places, [start, 1]);
}

/** The constants of a smooth map. */
interface SmoothMap {
  readonly m: number;
  readonly n: number;
  readonly seed: number;
  readonly W: NdArray;
  readonly c: NdArray;
  readonly A: NdArray;
  readonly B: NdArray;
}

const maps = newLists<SmoothMap>(300);

function smoothMap(name: string, m: number, n: number, hidden: number, seed: number): SmoothMap {
  const known = maps.find(name, (map) => map.seed === seed && map.m === m && map.n === n);
  if (known) return known;
  const constant = (part: string, dims: readonly number[], spread: number): NdArray => {
    const next = randomFor(`call ${name} ${part} ${m} ${n}`, seed);
    return arrayOf(
      dims,
      blank(dims).map(() => between(next, -spread, spread)),
    );
  };
  const map: SmoothMap = {
    m,
    n,
    seed,
    W: constant('W', [hidden, n], 1.5 / Math.sqrt(n)),
    c: constant('c', [hidden, 1], 1.5),
    A: constant('A', [m, hidden], 1),
    B: constant('B', [m, n], 0.5),
  };
  maps.add(name, map);
  return map;
}

/** An integer; throws `sizes` for anything else (limits of binders). */
export function wholeNumber(value: NdArray): number {
  const x = value.data[0] as number;
  if (value.data.length !== 1 || !Number.isInteger(x)) throw new DomainError('sizes', String(x));
  return x;
}
