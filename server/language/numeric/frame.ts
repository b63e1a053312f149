// Where symbols get their values: a stack of frames, each of which binds some symbols and keeps what moves with them.
// Evaluation itself comes in as a function, so that frames know no constructs.
import type { Term } from '../term.js';
import { DomainError } from './array.js';
import { draw } from './draw.js';
import { openFunction, type ScalarFunction } from './elementwise.js';
import type { Value } from './operation.js';
import type { DrawMode, Point, Problem } from './problem.js';
import { openFunctionsOf, resolveFunction, symbolsOf } from './terms.js';

export type Evaluate = (term: Term, ctx: Context) => Value;

/** What is the same in all frames of one evaluation. */
export interface Run {
  readonly problem: Problem;
  readonly point: Point;
  readonly evaluate: Evaluate;
  /** How near to a kink no derivative is taken; 0 takes one from the subdifferential. */
  readonly tolerance: number;
  /** Entries that may still be computed. */
  readonly work: { left: number };
  readonly functions: Map<string, ScalarFunction>;
}

export interface Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  /** The highest level of differentiation that may occur in its values. */
  readonly level: number;
  readonly bindings: ReadonlyMap<string, Value>;
  /** Values of definitions; `undefined` while one is being computed. */
  readonly memo: Map<string, Value | undefined>;
  /** Jacobians of symbols by symbols, kept by differentiate.ts; made with the first. */
  jacobians: Map<string, unknown> | undefined;
}

/** Bound letters, the innermost first. */
export type Letters = { readonly name: string; readonly value: number; readonly outer: Letters } | undefined;

export interface Context {
  readonly frame: Frame;
  readonly letters: Letters;
}

export interface RunOptions {
  readonly mode?: DrawMode;
  readonly tolerance?: number;
  readonly work?: number;
}

export const kinkTolerance = 1e-3;
/** Entries computed at one point. */
export const defaultWork = 5_000_000;

/** The outermost frame at the point that the seed draws. */
export function rootContext(problem: Problem, seed: number, evaluate: Evaluate, options: RunOptions = {}): Context {
  const run: Run = {
    problem,
    point: draw(problem, seed, options.mode),
    evaluate,
    tolerance: options.tolerance ?? kinkTolerance,
    work: { left: options.work ?? defaultWork },
    functions: new Map(),
  };
  return { frame: newFrame(run, undefined, 0, new Map()), letters: undefined };
}

function newFrame(run: Run, parent: Frame | undefined, level: number, bindings: ReadonlyMap<string, Value>): Frame {
  return { run, parent, level, bindings, memo: new Map(), jacobians: undefined };
}

/** A frame within, in which these symbols have these values and what is defined through them follows. */
export function bind(ctx: Context, bindings: ReadonlyMap<string, Value>, level = ctx.frame.level): Context {
  return { frame: newFrame(ctx.frame.run, ctx.frame, level, bindings), letters: ctx.letters };
}

export function withLetter(ctx: Context, name: string, value: number): Context {
  return { frame: ctx.frame, letters: { name, value, outer: ctx.letters } };
}

/** Throws `missing` for a letter that nothing binds. */
export function letterValue(letters: Letters, name: string): number {
  for (let at = letters; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  throw new DomainError('missing', name);
}

/** The value of a symbol: bound, defined, or drawn. Throws `missing`, `cycle`. */
export function lookup(start: Frame, key: string): Value {
  let frame = start;
  for (;;) {
    const bound = frame.bindings.get(key);
    if (bound !== undefined) return bound;
    const known = frame.memo.get(key);
    if (known !== undefined) return known;
    if (frame.parent === undefined || moves(frame, key)) break;
    frame = frame.parent;
  }
  const definition = frame.run.problem.definitions.get(key);
  return definition === undefined ? frame.run.point.value(key) : define(frame, key, definition);
}

function define(frame: Frame, key: string, definition: Term): Value {
  if (frame.memo.has(key)) throw new DomainError('cycle', key);
  frame.memo.set(key, undefined);
  try {
    const value = frame.run.evaluate(definition, { frame, letters: undefined });
    frame.memo.set(key, value);
    return value;
  } finally {
    if (frame.memo.get(key) === undefined) frame.memo.delete(key);
  }
}

/** Whether a definition has to be evaluated again in a frame, because it depends on what the frame binds. */
function moves(frame: Frame, key: string): boolean {
  const { problem } = frame.run;
  if (problem.held.has(key) || !problem.definitions.has(key)) return false;
  const reached = reach(problem, key);
  for (const bound of frame.bindings.keys()) if (reached.has(bound)) return true;
  return false;
}

const reachOf = new WeakMap<Problem, Map<string, ReadonlySet<string>>>();

/** The symbols through which a symbol is defined, at any depth, itself not among them unless it needs itself. Not through held ones. */
export function reach(problem: Problem, key: string): ReadonlySet<string> {
  const known = reachOf.get(problem) ?? new Map<string, ReadonlySet<string>>();
  reachOf.set(problem, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const reached = new Set<string>();
  const open = [...symbolsIn(problem, key)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    if (!problem.held.has(next)) open.push(...symbolsIn(problem, next));
  }
  known.set(key, reached);
  return reached;
}

function symbolsIn(problem: Problem, key: string): readonly string[] {
  const definition = problem.definitions.get(key);
  return definition === undefined ? [] : termSymbols(problem, definition);
}

/** With those of the expressions that functions stand for. */
export function termSymbols(problem: Problem, term: Term): readonly string[] {
  const symbols = [...symbolsOf(term)];
  for (const name of openFunctionsOf(term)) {
    const fn = resolveFunction({ kind: 'open', name }, problem.functions);
    if (fn.kind === 'expression') symbols.push(...symbolsOf(fn.body));
  }
  return symbols;
}

/** Whether a term has to do with a symbol, directly or through definitions. */
export function dependsOn(problem: Problem, term: Term, key: string): boolean {
  return termSymbols(problem, term).some((symbol) => symbol === key || (!problem.held.has(symbol) && reach(problem, symbol).has(key)));
}

/** Takes what is about to be computed from the allowance. Throws `too-large` where it is used up. */
export function charge(run: Run, entries: number): void {
  run.work.left -= entries;
  if (run.work.left < 0) throw new DomainError('too-large');
}

export function openFunctionAt(run: Run, name: string): ScalarFunction {
  const known = run.functions.get(name);
  if (known !== undefined) return known;
  const fn = openFunction(name, run.point.seed);
  run.functions.set(name, fn);
  return fn;
}
