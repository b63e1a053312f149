// A second opinion on exact derivatives: differences of the term itself along a random direction. No rule of differentiation is used.
import type { Term } from '../term.js';
import { plain } from './algebra.js';
import { arrayOf, matmul, type NdArray, sizeOf, transpose } from './array.js';
import { jacobian, variationAt } from './differentiate.js';
import type { Context } from './frame.js';
import { largestEntry } from './linear-algebra.js';
import { randomFor, signed } from './random.js';
import { children, type TermOf, targetsOf } from './terms.js';

const step = 2e-4;

/** The derivatives in a term that stand in no loop over letters, the outermost ones, of first order. */
export function derivativesIn(term: Term): readonly (TermOf<'derivative'> | TermOf<'gradient'>)[] {
  if (term.kind === 'derivative' || term.kind === 'gradient') return targetsOf(term).length === 1 ? [term] : [];
  if (term.kind === 'binder' || term.kind === 'array' || term.kind === 'at') return [];
  return children(term).flatMap(derivativesIn);
}

/**
 * The largest relative discrepancy between a term's derivatives by the rules and by central differences of fourth order
 * (Abramowitz & Stegun 25.3.6), 0 for a term without. Throws DomainError.
 */
export function witness(term: Term, ctx: Context): number {
  let worst = 0;
  for (const derivative of derivativesIn(term)) worst = Math.max(worst, discrepancy(derivative, ctx));
  return worst;
}

function discrepancy(term: TermOf<'derivative'> | TermOf<'gradient'>, ctx: Context): number {
  const [target] = targetsOf(term);
  if (target === undefined) return 0;
  const exact = jacobian(term.of, target, false, ctx);
  const { at, termAt } = variationAt(target, false, ctx);
  const next = randomFor('witness', ctx.frame.run.point.seed);
  const direction = at.data.map(() => signed(next));
  const differences = centralDifference((value) => termAt(term.of, value), at, direction);
  const entries = arrayOf([sizeOf(exact.u), direction.length], plain(exact.entries).data);
  const product = direction.length === 1 ? entries.data.map((x) => x * (direction[0] as number)) : along(entries, direction);
  const scale = Math.max(1e-3, largestEntry(differences));
  return product.reduce((worst, x, k) => Math.max(worst, Math.abs(x - (differences.data[k] as number)) / scale), 0);
}

function along(entries: NdArray, direction: Float64Array): Float64Array {
  const rows = entries.dims.length === 0 ? arrayOf([1, 1], entries.data) : entries;
  return matmul(rows, transpose(arrayOf([1, direction.length], direction))).data;
}

/** (8 (f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))) / 12h, in f's size. */
export function centralDifference(f: (at: NdArray) => NdArray, at: NdArray, direction: Float64Array): NdArray {
  const shifted = (factor: number) =>
    f(
      arrayOf(
        at.dims,
        at.data.map((x, k) => x + factor * step * (direction[k] as number)),
      ),
    );
  const [near, nearBack, far, farBack] = [shifted(1), shifted(-1), shifted(2), shifted(-2)];
  const data = near.data.map(
    (x, k) => (8 * (x - (nearBack.data[k] as number)) - ((far.data[k] as number) - (farBack.data[k] as number))) / (12 * step),
  );
  return arrayOf(near.dims, data);
}
