// Derivatives at a kink: the limits of those near it, whose hull is Clarke's subdifferential (Clarke 1983, theorem 2.5.1).
import type { Size, Term } from '../term.js';
import { plain } from './algebra.js';
import { arrayOf, DomainError, type NdArray, sameDims } from './array.js';
import { bind, type Context, lookup } from './frame.js';
import { evaluateOverLetters } from './letters.js';
import { randomFor, signed } from './random.js';
import { children, targetsOf } from './terms.js';

const step = 1e-5;
const samples = 24;
/** What the curvature changes over the step. */
const slack = 1e-3;

/** The least and the greatest value of each entry near the point; undefined where the term has no value there. */
export interface Bounds {
  readonly lower: NdArray;
  readonly upper: NdArray;
}

/** A term with derivatives, with what they are by moved a little in random directions. */
export function boundsNear(term: Term, ctx: Context, letters: ReadonlyMap<string, Size> | undefined): Bounds | undefined {
  const keys = new Set<string>();
  collectTargets(term, keys);
  const values = Array.from({ length: samples }, (_, k) => valueNear(term, movedBy(ctx, keys, k), letters)).filter((v) => v !== undefined);
  const [first] = values;
  if (first === undefined || !values.every((v) => sameDims(v.dims, first.dims))) return undefined;
  const bound = (choose: (...xs: number[]) => number): NdArray =>
    arrayOf(
      first.dims,
      first.data.map((_, i) => choose(...values.map((v) => v.data[i] as number))),
    );
  return { lower: bound(Math.min), upper: bound(Math.max) };
}

/** Entry by entry; a scalar zero stands for zeros of any size. */
export function liesWithin(value: NdArray, { lower, upper }: Bounds): boolean {
  const zero = value.dims.length === 0 && value.data[0] === 0;
  if (!zero && !sameDims(value.dims, lower.dims)) return false;
  return lower.data.every((low, i) => {
    const x = zero ? 0 : (value.data[i] as number);
    return low - slack <= x && x <= (upper.data[i] as number) + slack;
  });
}

function movedBy(ctx: Context, keys: ReadonlySet<string>, sample: number): Context {
  const moved = [...keys].map((key) => {
    const at = plain(lookup(ctx.frame, key));
    const next = randomFor(`near ${key} ${sample}`, ctx.frame.run.point.seed);
    return [
      key,
      arrayOf(
        at.dims,
        at.data.map((x) => x + step * signed(next)),
      ),
    ] as const;
  });
  return bind(ctx, new Map(moved));
}

function valueNear(term: Term, ctx: Context, letters: ReadonlyMap<string, Size> | undefined): NdArray | undefined {
  try {
    return evaluateOverLetters(term, ctx, letters);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function collectTargets(term: Term, out: Set<string>): void {
  for (const { key } of targetsOf(term)) out.add(key);
  for (const child of children(term)) collectTargets(child, out);
}
