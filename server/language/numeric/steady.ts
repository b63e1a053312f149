// Whether a term has one and the same value wherever it is evaluated. Evidence from random points, like every verdict here.
import type { Term } from '../term.js';
import { DomainError, type NdArray } from './array.js';
import { compare } from './compare.js';
import { contextAt, evaluate } from './evaluate.js';
import type { Problem } from './problem.js';

const tries = 6;
const wanted = 3;

/** False where it cannot be evaluated at three points. */
export function isConstantOver(problem: Problem, term: Term): boolean {
  const values: NdArray[] = [];
  for (let seed = 0; seed < tries && values.length < wanted; seed++) {
    const value = valueAt(problem, term, seed);
    if (value) values.push(value);
  }
  const [first] = values;
  return first !== undefined && values.length === wanted && values.every((v) => compare(first, v) === 'agrees');
}

function valueAt(problem: Problem, term: Term, seed: number): NdArray | undefined {
  try {
    return evaluate(term, contextAt(problem, seed));
  } catch (error) {
    if (error instanceof DomainError || error instanceof RangeError) return undefined;
    throw error;
  }
}
