// The oracle's own table of layouts: how the entries of a derivative lie. Written from docs/shape-rules.md, apart from the checker's.
import { arrayOf, type NdArray } from './arrays.js';

export type Layout = 'numerator' | 'denominator' | 'mixed';

/** The entries of ∂u/∂v, u's slowest; both row-major. */
export interface Raw {
  readonly of: readonly number[];
  readonly by: readonly number[];
  readonly entries: Float64Array;
}

const two = (dims: readonly number[]): readonly [number, number] => [dims[0] ?? 1, dims[1] ?? 1];

/** Axes 0, 1 are u's rows and columns, 2, 3 v's. The result has `axes` in this order; those of length one vanish if `squeeze`. */
function lay(raw: Raw, axes: readonly number[], squeeze: boolean): NdArray {
  const sizes = [...two(raw.of), ...two(raw.by)];
  const strides = [(sizes[1] ?? 1) * (sizes[2] ?? 1) * (sizes[3] ?? 1), (sizes[2] ?? 1) * (sizes[3] ?? 1), sizes[3] ?? 1, 1];
  const dims = axes.map((a) => sizes[a] as number);
  const data = Float64Array.from({ length: raw.entries.length }, (_, k) => {
    let rest = k;
    let place = 0;
    for (let i = axes.length - 1; i >= 0; i--) {
      const size = dims[i] as number;
      place += (rest % size) * (strides[axes[i] as number] as number);
      rest = Math.floor(rest / size);
    }
    return raw.entries[place] as number;
  });
  let kept = squeeze ? dims.filter((d) => d !== 1) : dims;
  if (kept.length === 1) kept = [kept[0] as number, 1];
  return arrayOf(kept, data);
}

const kindOf = (dims: readonly number[]): 'scalar' | 'column' | 'row' | 'matrix' => {
  const [r, c] = two(dims);
  return r === 1 && c === 1 ? 'scalar' : c === 1 ? 'column' : r === 1 ? 'row' : 'matrix';
};

/** `transposed`: the sign on the whole numerator or denominator of the fraction. Several where more than one is customary. */
export function arrange(raw: Raw, layout: Layout, transposed: { readonly of: boolean; readonly by: boolean }): readonly NdArray[] {
  const u = kindOf(raw.of);
  const v = kindOf(raw.by);
  const direct = (axes: readonly number[]): readonly NdArray[] => [lay(raw, axes, false)];
  if (u === 'scalar' && v === 'scalar') return direct([0, 1]);
  if (u === 'scalar' && transposed.by && v === 'column') return direct([3, 2]);
  if (u === 'scalar') return direct(layout === 'numerator' ? [3, 2] : [2, 3]);
  if (v === 'scalar' && u !== 'matrix') return direct(layout === 'denominator' ? [1, 0] : [0, 1]);
  if (v === 'scalar') return layout === 'denominator' ? [lay(raw, [0, 1], false), lay(raw, [1, 0], false)] : direct([0, 1]);
  if (u !== 'matrix' && v !== 'matrix') {
    const numerator = transposed.by !== transposed.of ? transposed.by : layout !== 'denominator';
    return [lay(raw, numerator ? [0, 1, 2, 3] : [2, 3, 0, 1], true)];
  }
  return [lay(raw, layout === 'numerator' ? [0, 1, 3, 2] : layout === 'denominator' ? [2, 3, 1, 0] : [0, 1, 2, 3], true)];
}
