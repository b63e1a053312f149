// What a symbol stands for at a point: an array of the world, a definition of the document, an entry, an identity matrix.
import type { Expr, ExprOf } from '../../../server/language/expr.js';
import { identity, isVector, make, type NdArray, sameDims, scalar } from '../arrays.js';
import { isOnes, nameOf, type World } from '../world.js';
import { type Running, sure, Unsupported, type Values } from './scene.js';

export function symbolOf(e: ExprOf<'symbol'>, s: Running): Values {
  const { key } = e.name;
  const found = lookup(key, s);
  if (found) return sure(found);
  const size = s.world.sizes.get(key);
  if (size !== undefined) return sure(scalar(size));
  const entry = elementOf(e, s);
  if (entry) return entry;
  if (/^(\\mathbf\{I\}|I|\\mathbb\{I\}|\\mathbf I)$/.test(e.name.base)) {
    const named = s.world.sizes.get(e.name.subText.replace(/[{}]/g, ''));
    return (named ? [named] : [...s.world.sizes.values()]).flatMap((n) => sure(identity(n)));
  }
  if (isOnes(key)) return [...s.world.sizes.values()].flatMap((n) => sure(make([n, 1], () => 1)));
  throw new Unsupported(`symbol ${key}`);
}

export function lookup(key: string, s: Running): NdArray | undefined {
  const over = s.overrides.get(key) ?? s.memo.get(key);
  if (over) return over;
  const definition = definitionOf(key, s);
  if (!definition) {
    const value = s.world.values.get(key);
    if (value || !/_\{?t/.test(key)) return value;
    const like = [...s.world.values.keys()].find((k) => /_\{?t/.test(k) && family(k) === family(key));
    return like === undefined
      ? undefined
      : make((s.world.values.get(like) as NdArray).dims, (i) => Math.sin(1.7 * i + 3 * offsetOf(key) + key.length));
  }
  const values = s.evaluate(shifted(definition.expr, definition.shift), { ...s, letters: new Map() });
  const dims = s.world.dims.get(key);
  const best =
    values.find((v) => !v.lenient && dims && sameDims(v.array.dims, canonical(dims))) ?? values.find((v) => !v.lenient) ?? values[0];
  if (!best) throw new Unsupported(`definition ${key}`);
  s.memo.set(key, best.array);
  return best.array;
}

interface Entry {
  readonly base: string;
  readonly places: readonly (number | string)[];
}

/** W_{ij} of a known W, with letters or numbers as indices. */
export function entryOf(e: Expr, world: World): Entry | undefined {
  const name = nameOf(e);
  if (!name || name.subs.length === 0 || name.subText === '') return undefined;
  const base = name.labels.length > 0 ? undefined : name.base;
  if (
    base === undefined ||
    world.dims.has(name.key) ||
    world.definitions.has(name.key) ||
    !(world.dims.has(base) || world.definitions.has(base))
  )
    return undefined;
  const places = name.subs.map((i) => (i.kind === 'number' ? i.value : i.kind === 'letter' && i.offset === 0 ? i.name : undefined));
  return places.every((p): p is number | string => p !== undefined) ? { base, places } : undefined;
}

/** Where an entry stands in the array's data; undefined where it has no such entry. */
export function indexIn(entry: Entry, array: NdArray, s: Running): number | undefined {
  const at = entry.places.map((p) => (typeof p === 'number' ? p : s.letters.get(p)));
  if (at.some((p) => p === undefined)) throw new Unsupported('free index');
  const sizes = isVector(array) ? [array.data.length] : array.dims;
  if (at.length !== sizes.length || at.some((p, i) => (p as number) < 1 || (p as number) > (sizes[i] as number))) return undefined;
  return at.length === 1 ? (at[0] as number) - 1 : ((at[0] as number) - 1) * (sizes[1] as number) + (at[1] as number) - 1;
}

function elementOf(e: ExprOf<'symbol'>, s: Running): Values | undefined {
  const entry = entryOf(e, s.world);
  const array = entry && lookup(entry.base, s);
  if (!entry || !array) return undefined;
  const index = indexIn(entry, array, s);
  return index === undefined ? [] : sure(scalar(array.data[index] as number));
}

/** A definition at t holds at later times; what comes before the document's own t is free. */
function definitionOf(key: string, s: Running): { readonly expr: Expr; readonly shift: number } | undefined {
  const direct = s.world.definitions.get(key);
  if (direct) return { expr: direct, shift: 0 };
  if (!/_\{?t/.test(key)) return undefined;
  for (const [k, expr] of s.world.definitions)
    if (/_\{?t/.test(k) && family(k) === family(key) && offsetOf(key) > offsetOf(k)) return { expr, shift: offsetOf(key) - offsetOf(k) };
  return undefined;
}

function shifted(e: Expr, by: number): Expr {
  if (by === 0) return e;
  const text = (k: string): string =>
    k.replace(/_\{?t([+-]\d+)?\}?/, () => {
      const offset = offsetOf(k) + by;
      return offset === 0 ? '_t' : `_{t${offset > 0 ? '+' : ''}${offset}}`;
    });
  const go = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(go);
    if (typeof x !== 'object' || x === null) return x;
    const copy = Object.fromEntries(Object.entries(x).map(([k, v]) => [k, go(v)]));
    return typeof copy.key === 'string' ? { ...copy, key: text(copy.key) } : copy;
  };
  return go(e) as Expr;
}

const family = (k: string): string => k.replace(/_\{?t([+-]\d+)?\}?$/, '_t').replace(/_\{t([+-]\d+)?\}/, '_t');
const offsetOf = (k: string): number => Number(/_\{?t([+-]\d+)?\}?/.exec(k)?.[1] ?? 0);

const canonical = (dims: readonly number[]): readonly number[] => (dims.every((d) => d === 1) ? [] : dims);
