// Terms with free index letters: their values for all values of the letters.
import type { Size, Term } from '../term.js';
import { arrayOf, type NdArray, scalarDims } from './array.js';
import { evaluate } from './evaluate.js';
import { type Context, withLetter } from './frame.js';
import { sizeValue } from './problem.js';

const mostCombinations = 200;

/**
 * The values of a term for all values of its free letters, 1 to their sizes, in one array: a table of the letters where the values are
 * scalars, else one value after another. Of more than 200 combinations an evenly spread part. Throws DomainError.
 */
export function evaluateOverLetters(member: Term, ctx: Context, letters: ReadonlyMap<string, Size> | undefined): NdArray {
  if (letters === undefined || letters.size === 0) return evaluate(member, ctx);
  const names = [...letters.keys()];
  const lengths = [...letters.values()].map((size) => sizeValue(ctx.frame.run.problem.sizes, size));
  const total = lengths.reduce((product, length) => product * length, 1);
  const stride = Math.ceil(total / mostCombinations);
  const values: NdArray[] = [];
  for (let k = 0; k < total; k += stride) values.push(evaluate(member, lettersAt(ctx, names, lengths, k)));
  const dims = values[0]?.dims ?? scalarDims;
  const data = Float64Array.from(values.flatMap((value) => [...value.data]));
  const table = dims.length === 0 && stride === 1;
  return arrayOf(table ? (lengths.length === 1 ? [...lengths, 1] : lengths) : [values.length, ...dims], data);
}

function lettersAt(ctx: Context, names: readonly string[], lengths: readonly number[], place: number): Context {
  let inner = ctx;
  let rest = place;
  for (let k = names.length - 1; k >= 0; k--) {
    const length = lengths[k] as number;
    inner = withLetter(inner, names[k] as string, (rest % length) + 1);
    rest = Math.floor(rest / length);
  }
  return inner;
}
