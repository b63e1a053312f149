// Exact derivatives of terms at a point: Jacobians of anything by a symbol or a part of it, gradients, differentials.
// Chooses forward mode (a pass for each entry of the variable) or reverse mode (a sweep for each entry of the function);
// both work on values of any level, so derivatives of derivatives need nothing more. Griewank & Walther 2008, ch. 3.
import type { DerivativeTarget, Layout, Term } from '../term.js';
import { algebra as o, plain, pullBack, traced } from './algebra.js';
import { arrange, type TransposeSigns } from './arrange.js';
import { arrayOf, blank, DomainError, filled, type NdArray, type Places, scalar, sizeOf } from './array.js';
import { select, transposeOf, vecOf } from './evaluate/structure.js';
import { bind, type Context, charge, lookup, reach, termSymbols } from './frame.js';
import type { Dual, Tape, Traced, Value } from './operation.js';
import { diagonalPlaces, permutedPlaces, runPlaces } from './places.js';
import type { TermOf } from './terms.js';

/** The entries ∂u_i/∂v_j as a |u|×|v| table in row-major order (its dims say nothing), with the dims of u and v. */
export interface Jacobian {
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly entries: Value;
}

const mostEntries = 4_000_000;

/** What a term is differentiated by: the values at the point and how they go into the symbol. */
interface Variation {
  readonly key: string;
  readonly at: Value;
  readonly into: (moved: Value) => Value;
}

function variationOf(target: DerivativeTarget, transposed: boolean, ctx: Context): Variation {
  const base = lookup(ctx.frame, target.key);
  const own = target.indices === undefined ? whole(base) : partOf(base, select(base.dims, target.indices, ctx.letters));
  const part = target.vec === true && own.at.dims.length === 2 ? stacked(own) : own;
  if (!transposed) return { key: target.key, ...part };
  return { key: target.key, at: transposeOf(part.at), into: (moved) => part.into(transposeOf(moved)) };
}

const whole = (base: Value): Omit<Variation, 'key'> => ({ at: base, into: (moved) => moved });

/** By vec X: row-major, the stacked columns of X are the rows of its transpose. */
function stacked({ at, into }: Omit<Variation, 'key'>): Omit<Variation, 'key'> {
  const turned = [at.dims[1] as number, at.dims[0] as number];
  return { at: vecOf(at), into: (moved) => into(transposeOf(o.reshape(moved, turned))) };
}

function partOf(base: Value, { places, dims }: { places: Places; dims: readonly number[] }): Omit<Variation, 'key'> {
  if (base.dims.length === 0) return whole(base);
  const mask = blank(base.dims).fill(1);
  for (const place of places) mask[place] = 0;
  const rest = o.multiply(base, arrayOf(base.dims, mask));
  return { at: o.gather(base, places, dims), into: (moved) => o.add(rest, o.scatter(moved, places, base.dims)) };
}

/** Evaluates the term with the variation's symbol replaced, one level of differentiation further in. */
function moved(of: Term, variation: Variation, value: Value, ctx: Context): Value {
  const inner = bind(ctx, new Map([[variation.key, variation.into(value)]]), ctx.frame.level + 1);
  return ctx.frame.run.evaluate(of, inner);
}

/** The derivative of a term in a direction, in the term's size (forward mode). */
export function directional(of: Term, variation: Variation, direction: Value, ctx: Context): Value {
  const level = ctx.frame.level + 1;
  const value = moved(of, variation, { level, dims: variation.at.dims, primal: variation.at, tangent: direction }, ctx);
  return value.level === level ? (value as Dual).tangent : filled(value.dims, 0);
}

/** All partial derivatives of a term by a target. Throws what evaluation throws, `too-large` beyond four million entries. */
export function jacobian(of: Term, target: DerivativeTarget, transposed: boolean, ctx: Context): Jacobian {
  const name =
    of.kind === 'variable' && target.indices === undefined ? `${of.key} by ${target.key} ${transposed} ${target.vec === true}` : undefined;
  const known = name === undefined ? undefined : (ctx.frame.jacobians?.get(name) as Jacobian | undefined);
  if (known !== undefined) return known;
  const shared = name === undefined ? sharedColumns(of, target, transposed, ctx) : undefined;
  const result = shared ?? computed(of, variationOf(target, transposed, ctx), ctx);
  if (name !== undefined) {
    ctx.frame.jacobians ??= new Map();
    ctx.frame.jacobians.set(name, result);
  }
  return result;
}

const mostShared = 64;

/** By an element of a symbol: the columns are taken from the Jacobian by the whole symbol, which is kept. */
function sharedColumns(of: Term, target: DerivativeTarget, transposed: boolean, ctx: Context): Jacobian | undefined {
  if (of.kind !== 'variable' || target.indices === undefined || transposed) return undefined;
  const base = lookup(ctx.frame, target.key);
  if (sizeOf(base.dims) > mostShared || base.dims.length === 0) return undefined;
  const { places, dims } = select(base.dims, target.indices, ctx.letters);
  const all = jacobian(of, { key: target.key }, false, ctx);
  const width = sizeOf(base.dims);
  const height = sizeOf(all.u);
  const columns = new Int32Array(height * places.length);
  for (let k = 0; k < columns.length; k++) columns[k] = Math.floor(k / places.length) * width + (places[k % places.length] as number);
  return { u: all.u, v: dims, entries: o.gather(all.entries, columns, [height, places.length]) };
}

function computed(of: Term, variation: Variation, ctx: Context): Jacobian {
  const width = sizeOf(variation.at.dims);
  if (width === 1) {
    const entries = directional(of, variation, scalar(1), ctx);
    return { u: entries.dims, v: variation.at.dims, entries };
  }
  const tape: Tape = { entries: [] };
  const level = ctx.frame.level + 1;
  const output = moved(of, variation, traced(tape, level, variation.at), ctx);
  const height = sizeOf(output.dims);
  if (height * width > mostEntries) throw new DomainError('too-large');
  const shape = { u: output.dims, v: variation.at.dims };
  if (output.level < level) return { ...shape, entries: filled([height, width], 0) };
  if (height <= 2 * width) charge(ctx.frame.run, height * tapeSize(tape));
  const entries = height <= 2 * width ? byRows(output as Traced, height, width) : byColumns(of, variation, height, width, ctx);
  return { ...shape, entries };
}

/** What one sweep reads: all inputs. */
function tapeSize(tape: Tape): number {
  let size = 0;
  for (const { inputs } of tape.entries) for (const input of inputs) size += sizeOf(input.dims);
  return size;
}

function byRows(output: Traced, height: number, width: number): Value {
  const rows: Value[] = [];
  for (let i = 0; i < height; i++) {
    const [row] = pullBack(output, unit(output.dims, i), 1);
    if (height === 1) return row ?? filled([height, width], 0);
    rows.push(row ?? filled([width, 1], 0));
  }
  return o.assemble(
    rows,
    rows.map((_, i) => runPlaces(i * width, width)),
    [height, width],
  );
}

function byColumns(of: Term, variation: Variation, height: number, width: number, ctx: Context): Value {
  const columns = Array.from({ length: width }, (_, j) => directional(of, variation, unit(variation.at.dims, j), ctx));
  const places = columns.map((_, j) => Int32Array.from({ length: height }, (__, i) => i * width + j));
  return o.assemble(columns, places, [height, width]);
}

function unit(dims: readonly number[], at: number): NdArray {
  const data = blank(dims);
  data[at] = 1;
  return arrayOf(dims, data);
}

/** ∂of/∂by as the layout arranges it; second order is the derivative of a derivative. */
export function evaluateDerivative(term: TermOf<'derivative'>, ctx: Context): Value {
  const [target, second, third] = term.by;
  if (target === undefined) return ctx.frame.run.evaluate(term.of, ctx);
  if (third !== undefined) {
    return evaluateDerivative(
      { ...term, of: { kind: 'derivative', of: term.of, by: term.by.slice(1), layout: term.layout }, by: [target] },
      ctx,
    );
  }
  if (second !== undefined) return evaluateSecond(term, target, second, ctx);
  const transposed = term.transposedBy === true || target.transposed === true;
  const of: Term = term.transposedOf === true ? { kind: 'transpose', term: term.of } : term.of;
  const partials = jacobian(of, target, transposed, ctx);
  if (term.diagonal === true) return diagonalOf(partials);
  return arranged(partials, term.layout, { of: term.transposedOf === true, by: transposed });
}

/**
 * ∂²f/∂a∂b of a scalar has a's axes and then b's in every layout: of two vectors it is the Hessian with rows a, columns b.
 * Of anything else it is the derivative of the derivative, arranged twice.
 */
function evaluateSecond(term: TermOf<'derivative'>, first: DerivativeTarget, second: DerivativeTarget, ctx: Context): Value {
  const [a, b] = [untransposed(first), untransposed(second)];
  if (ctx.frame.run.evaluate(term.of, ctx).dims.length > 0) {
    const inner: Term = { kind: 'derivative', of: term.of, by: [b], layout: term.layout };
    return evaluateDerivative({ kind: 'derivative', of: inner, by: [a], layout: term.layout }, ctx);
  }
  const { u, v, entries } = jacobian({ kind: 'gradient', of: term.of, by: b, layout: term.layout }, a, false, ctx);
  const [height, width] = [sizeOf(u), sizeOf(v)];
  if (u.length === 0 || v.length === 0) return o.reshape(entries, u.length === 0 ? v : u);
  return o.gather(entries, permutedPlaces([height, width], [1, 0]), [...longSides(v), ...longSides(u)]);
}

const untransposed = ({ key, indices }: DerivativeTarget): DerivativeTarget => (indices === undefined ? { key } : { key, indices });
const longSides = (dims: readonly number[]): readonly number[] => dims.filter((dim) => dim !== 1);

function diagonalOf({ u, v, entries }: Jacobian): Value {
  const n = sizeOf(u);
  if (n !== sizeOf(v)) throw new DomainError('sizes', `${u.join('×')} ${v.join('×')}`);
  return n === 1 ? entries : o.gather(entries, diagonalPlaces(n), u);
}

function arranged({ u, v, entries }: Jacobian, layout: Layout, signs: TransposeSigns): Value {
  const { axes, order, dims } = arrange(layout, u, v, signs);
  if (order.every((axis, k) => axis === k)) return o.reshape(entries, dims);
  return o.gather(entries, permutedPlaces(axes, order), dims);
}

/** ∇ of a scalar has the shape of its variable; of a vector it is arranged as its derivative. */
export function evaluateGradient(term: TermOf<'gradient'>, ctx: Context): Value {
  const partials = jacobian(term.of, term.by, term.by.transposed === true, ctx);
  return partials.u.length === 0
    ? o.reshape(partials.entries, partials.v)
    : arranged(partials, term.layout, { by: term.by.transposed === true });
}

/** d(of) in the directions of the problem's free differentials; of what depends on none of them, zero. */
export function evaluateDifferential(of: Term, ctx: Context): Value {
  const { problem, point } = ctx.frame.run;
  const level = ctx.frame.level + 1;
  const bindings = new Map<string, Value>();
  for (const key of problem.differentials) {
    if (!concerns(of, key, ctx)) continue;
    const at = lookup(ctx.frame, key);
    bindings.set(key, { level, dims: at.dims, primal: at, tangent: point.direction(key, plain(at)) });
  }
  const value = ctx.frame.run.evaluate(of, bind(ctx, bindings, level));
  return value.level === level ? (value as Dual).tangent : filled(value.dims, 0);
}

function concerns(of: Term, key: string, ctx: Context): boolean {
  const { problem } = ctx.frame.run;
  return termSymbols(problem, of).some((symbol) => symbol === key || reach(problem, symbol).has(key));
}

/** The gradients of a scalar by several symbols in one sweep, each in its symbol's size. Throws `sizes` for what is no scalar. */
export function gradients(of: Term, keys: readonly string[], ctx: Context): NdArray[] {
  const level = ctx.frame.level + 1;
  const tape: Tape = { entries: [] };
  const values = keys.map((key) => lookup(ctx.frame, key));
  const leaves = values.map((value) => traced(tape, level, value));
  const output = ctx.frame.run.evaluate(of, bind(ctx, new Map(keys.map((key, k) => [key, leaves[k] as Value])), level));
  if (output.dims.length > 0) throw new DomainError('sizes', output.dims.join('×'));
  const swept = output.level === level ? pullBack(output as Traced, scalar(1), keys.length) : [];
  return values.map((value, k) => plain(swept[k] ?? filled(value.dims, 0)));
}

/** The variation of a target as seen from outside, for witnesses: its values and what the term becomes when they are others. */
export function variationAt(
  target: DerivativeTarget,
  transposed: boolean,
  ctx: Context,
): { at: NdArray; termAt: (of: Term, value: NdArray) => NdArray } {
  const variation = variationOf(target, transposed, ctx);
  return {
    at: plain(variation.at),
    termAt: (of, value) => plain(ctx.frame.run.evaluate(of, bind(ctx, new Map([[variation.key, variation.into(value)]])))),
  };
}
