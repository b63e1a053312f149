// What is differentiated by, and the derivatives by it as differences.
import type { Expr } from '../../../server/language/expr.js';
import type { Raw } from '../arrange.js';
import { make, type NdArray } from '../arrays.js';
import { nameOf } from '../world.js';
import { type Running, Unsupported } from './scene.js';
import { entryOf, indexIn, lookup } from './symbols.js';

export interface Target {
  readonly key: string;
  /** The shape of what is differentiated by, and where its entries stand in the symbol. */
  readonly dims: readonly number[];
  readonly places: readonly number[];
  readonly transposed: boolean;
}

export function targetOf(e: Expr, s: Running): Target {
  if (e.kind === 'choice' && e.options[0]) return targetOf(e.options[0], s);
  if (e.kind === 'transpose') {
    const inner = targetOf(e.base, s);
    if (inner.dims[1] === 1) return { ...inner, transposed: true };
    const [r, c] = [inner.dims[0] ?? 1, inner.dims[1] ?? 1];
    return { ...inner, dims: [c, r], places: inner.places.map((_, k) => inner.places[(k % r) * c + Math.floor(k / r)] as number) };
  }
  if (e.kind === 'group') return targetOf(e.body, s);
  if (e.kind === 'apply' && e.fn === 'vec' && e.args[0]) {
    const inner = targetOf(e.args[0], s);
    const [r, c] = [inner.dims[0] ?? 1, inner.dims[1] ?? 1];
    return { ...inner, dims: [r * c, 1], places: inner.places.map((_, k) => inner.places[(k % r) * c + Math.floor(k / r)] as number) };
  }
  const name = nameOf(e);
  if (!name) throw new Unsupported(`by ${e.kind}`);
  const entry = entryOf(e, s.world);
  if (entry) {
    const index = indexIn(entry, lookup(entry.base, s) as NdArray, s);
    if (index === undefined) throw new Unsupported('index out of range');
    return { key: entry.base, dims: [], places: [index], transposed: false };
  }
  const array = lookup(name.key, s);
  if (!array) throw new Unsupported(`by ${name.key}`);
  return { key: name.key, dims: array.dims, places: Array.from(array.data.keys()), transposed: false };
}

/** One for each reading of u. */
export function rawDerivatives(of: Expr, target: Target, s: Running): readonly Raw[] {
  const base = lookup(target.key, s) as NdArray;
  const independent = (raw: Raw): Raw => {
    if (raw.entries.every((x) => Math.abs(x) < 1e-12)) s.notes?.add('independent');
    return raw;
  };
  const columns = target.places.map((p) => along(of, s, (h) => new Map([[target.key, moved(base, p, h)]])));
  return (columns[0] ?? []).map((first, k) => {
    const n = columns.length;
    const entries = Float64Array.from({ length: first.data.length * n }, (_, i) => columns[i % n]?.[k]?.data[Math.floor(i / n)] as number);
    return independent({ of: first.dims, by: target.dims, entries });
  });
}

/** u with symbols displaced, by the four-point rule along one direction. */
export function along(of: Expr, s: Running, displaced: (h: number) => ReadonlyMap<string, NdArray>): readonly NdArray[] {
  const h = 2e-3;
  const at = (k: number): readonly NdArray[] =>
    s.evaluate(of, { ...s, overrides: new Map([...s.overrides, ...displaced(k * h)]), memo: new Map() }).map((v) => v.array);
  const [a, b, c, d] = [at(1), at(-1), at(2), at(-2)];
  return a.map((x, k) =>
    make(
      x.dims,
      (i) => (8 * ((x.data[i] as number) - (b[k]?.data[i] as number)) - ((c[k]?.data[i] as number) - (d[k]?.data[i] as number))) / (12 * h),
    ),
  );
}

export const moved = (array: NdArray, place: number, h: number): NdArray =>
  make(array.dims, (i) => (array.data[i] as number) + (i === place ? h : 0));
