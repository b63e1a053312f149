// Whether two arrays are the same number for number, and in what way they are not. Data, no words.
import { type NdArray, sameDims, transpose } from './array.js';
import { largestEntry } from './linear-algebra.js';

export type Agreement = 'agrees' | 'undecided' | 'differs';

/** How `found` differs from `expected`. */
export interface Difference {
  readonly kind:
    | 'shape' // their dims differ, and not by a transpose
    | 'transposed' // found is the transpose of expected (times `factor`)
    | 'factor' // found is `factor` times expected; -1 is the sign
    | 'offset' // found is expected plus `offset` in every entry
    | 'entries';
  readonly factor?: number;
  readonly offset?: number;
  /** The place of the largest difference, from 0, one number an axis. */
  readonly at: readonly number[];
  readonly expected: number;
  readonly found: number;
  /** The largest difference by the largest entry of both. */
  readonly relative: number;
  readonly expectedDims: readonly number[];
  readonly foundDims: readonly number[];
}

const relativeTolerance = 1e-6;
const undecidedTolerance = 1e-5;
/** Entries are of order one: what is smaller than this has lost its digits to cancellation. */
const smallestScale = 1e-5;

/** The largest difference of two arrays of one size by their largest entry. */
export function relativeDifference(a: NdArray, b: NdArray): number {
  const scale = Math.max(largestEntry(a), largestEntry(b), smallestScale);
  let worst = 0;
  for (let k = 0; k < a.data.length; k++) worst = Math.max(worst, Math.abs((a.data[k] as number) - (b.data[k] as number)));
  return worst / scale;
}

/** A scalar zero agrees with zeros of any size; else different dims differ. */
export function compare(expected: NdArray, found: NdArray): Agreement {
  if (isScalarZero(expected) || isScalarZero(found)) return graded(largestEntry(isScalarZero(expected) ? found : expected) / smallestScale);
  return sameDims(expected.dims, found.dims) ? graded(relativeDifference(expected, found)) : 'differs';
}

const isScalarZero = (a: NdArray): boolean => a.dims.length === 0 && a.data[0] === 0;

function graded(relative: number): Agreement {
  if (relative <= relativeTolerance) return 'agrees';
  return relative <= undecidedTolerance ? 'undecided' : 'differs';
}

/** In what way two arrays differ that do; undefined where they agree. */
export function difference(expected: NdArray, found: NdArray): Difference | undefined {
  if (compare(expected, found) === 'agrees') return undefined;
  const place = largestDifference(expected, found);
  const factor = sameDims(expected.dims, found.dims) ? constantFactor(expected, found) : undefined;
  if (factor !== undefined) return { kind: 'factor', factor, ...place };
  const turned = isMatrix(expected) ? constantFactor(transpose(expected), found) : undefined;
  if (turned !== undefined) return { kind: 'transposed', factor: turned, ...place };
  if (!sameDims(expected.dims, found.dims)) return { kind: 'shape', ...place };
  const offset = constantOffset(expected, found);
  return offset === undefined ? { kind: 'entries', ...place } : { kind: 'offset', offset, ...place };
}

const isMatrix = (a: NdArray): boolean => a.dims.length === 2;

/** Found by expected where that is one number (within 1e-6) for all entries, and not zero. */
export function constantFactor(expected: NdArray, found: NdArray): number | undefined {
  if (!sameDims(expected.dims, found.dims)) return undefined;
  let pivot = 0;
  for (let k = 1; k < expected.data.length; k++) {
    if (Math.abs(expected.data[k] as number) > Math.abs(expected.data[pivot] as number)) pivot = k;
  }
  const factor = (found.data[pivot] as number) / (expected.data[pivot] as number);
  if (!Number.isFinite(factor) || Math.abs(factor) < 1e-9) return undefined;
  const scale = largestEntry(found) * relativeTolerance * 10;
  for (let k = 0; k < expected.data.length; k++) {
    if (Math.abs((found.data[k] as number) - factor * (expected.data[k] as number)) > scale) return undefined;
  }
  return factor;
}

function constantOffset(expected: NdArray, found: NdArray): number | undefined {
  const offset = (found.data[0] as number) - (expected.data[0] as number);
  const scale = Math.max(largestEntry(expected), largestEntry(found)) * relativeTolerance * 10;
  for (let k = 1; k < expected.data.length; k++) {
    if (Math.abs((found.data[k] as number) - (expected.data[k] as number) - offset) > scale) return undefined;
  }
  return offset;
}

type Place = Pick<Difference, 'at' | 'expected' | 'found' | 'relative' | 'expectedDims' | 'foundDims'>;

function largestDifference(expected: NdArray, found: NdArray): Place {
  const dims = { expectedDims: expected.dims, foundDims: found.dims };
  if (!sameDims(expected.dims, found.dims)) return { at: [], expected: Number.NaN, found: Number.NaN, relative: 1, ...dims };
  let worst = 0;
  const gap = (k: number) => Math.abs((expected.data[k] as number) - (found.data[k] as number));
  for (let k = 1; k < expected.data.length; k++) if (gap(k) > gap(worst)) worst = k;
  return {
    at: axesAt(worst, expected.dims),
    expected: expected.data[worst] as number,
    found: found.data[worst] as number,
    relative: relativeDifference(expected, found),
    ...dims,
  };
}

function axesAt(place: number, dims: readonly number[]): readonly number[] {
  const at: number[] = [];
  let rest = place;
  for (const dim of [...dims].reverse()) {
    at.unshift(rest % dim);
    rest = Math.floor(rest / dim);
  }
  return at;
}
