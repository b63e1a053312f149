// Products under every grouping that custom allows.
import type { Expr, ExprOf, ProductSign } from '../../../server/language/expr.js';
import { walk } from '../../../server/language/syntax/print.js';
import {
  entrywise,
  isScalar,
  isSquare,
  isVector,
  kronecker,
  make,
  type NdArray,
  rowsOf,
  sameDims,
  scalar,
  times,
  total,
  transpose,
} from '../arrays.js';
import { abstractChain } from './chain.js';
import { cap, each, type Running, some, type Value, type Values } from './scene.js';

interface Factor {
  readonly values: Values;
  readonly expr: Expr;
}

export function productOf(e: ExprOf<'product'>, s: Running): Values {
  const factors = e.factors.map((expr): Factor => ({ expr, values: s.evaluate(expr, s) }));
  const tight = (sign: ProductSign): boolean => ['', '\\cdot', '\\times', '*', '\\ast'].includes(sign);
  const mixed = e.signs.some(tight) && e.signs.some((x) => !tight(x));
  const out = [...grouped(factors, e.signs, tight)];
  if (mixed) out.push(...grouped(factors, e.signs, (x) => !tight(x)), ...leftToRight(factors, e.signs));
  return [...out, ...abstractChain(e, s), ...oneSymbol(e, factors)].slice(0, cap);
}

/** Runs of signs that bind first, then the others from left to right. */
function grouped(factors: readonly Factor[], signs: readonly ProductSign[], first: (sign: ProductSign) => boolean): Values {
  const runs: Factor[][] = [[factors[0] as Factor]];
  const inner: ProductSign[][] = [[]];
  const outer: ProductSign[] = [];
  signs.forEach((sign, i) => {
    const next = factors[i + 1] as Factor;
    if (first(sign)) {
      (runs[runs.length - 1] as Factor[]).push(next);
      (inner[inner.length - 1] as ProductSign[]).push(sign);
    } else {
      runs.push([next]);
      inner.push([]);
      outer.push(sign);
    }
  });
  const values = runs.map((run, i) =>
    anyGrouping(
      run.map((f) => f.values),
      inner[i] as ProductSign[],
    ),
  );
  return anyGrouping(values, outer);
}

function leftToRight(factors: readonly Factor[], signs: readonly ProductSign[]): Values {
  return factors.slice(1).reduce<Values>((left, f, i) => combined(left, f.values, signs[i] as ProductSign), (factors[0] as Factor).values);
}

/** Any parentheses between factors that stand side by side; of those with one result the first counts, matrices being associative. */
function anyGrouping(lists: readonly Values[], signs: readonly ProductSign[]): Values {
  const straight = lists.slice(1).reduce<Values>((left, v, i) => combined(left, v, signs[i] as ProductSign), lists[0] as Values);
  if (straight.length > 0 || lists.length < 3) return straight;
  const table = new Map<string, Values>();
  const of = (i: number, j: number): Values => {
    if (i === j) return lists[i] as Values;
    const k = `${i},${j}`;
    const known = table.get(k);
    if (known) return known;
    const out: Value[] = [];
    for (let m = i; m < j; m++)
      for (const v of combined(of(i, m), of(m + 1, j), signs[m] as ProductSign))
        if (!out.some((o) => sameDims(o.array.dims, v.array.dims))) out.push(v);
    table.set(k, out);
    return out;
  };
  return of(0, lists.length - 1);
}

function combined(left: Values, right: Values, sign: ProductSign): Values {
  const out: Value[] = [];
  for (const a of left)
    for (const b of right)
      if (out.length < cap) for (const array of multiplied(a, b, sign)) out.push({ array, lenient: a.lenient || b.lenient });
  return out;
}

function multiplied(x: Value, y: Value, sign: ProductSign): readonly NdArray[] {
  const [a, b] = [x.array, y.array];
  const mul = (p: number, q: number): number => p * q;
  switch (sign) {
    case '\\odot':
    case '\\circ':
    case '.*':
      return hadamard(x, y);
    case '\\oslash':
    case './':
      return some(entrywise(a, b, (p, q) => p / q));
    case '\\otimes':
      return [...some(kronecker(a, b)), ...(isVector(a) && isVector(b) ? some(times(a, transpose(b))) : [])];
    case '\\cdot':
      return [
        ...some(times(a, b)),
        ...(isVector(a) && sameDims(a.dims, b.dims) ? some(entrywise(a, b, mul)).map((p) => scalar(total(p))) : []),
      ];
    default:
      return some(times(a, b));
  }
}

/** A derivative that is diagonal stands for its diagonal beside a vector. */
function hadamard(x: Value, y: Value): readonly NdArray[] {
  const direct = entrywise(x.array, y.array, (p, q) => p * q);
  if (direct) return [direct];
  const flat = (d: Value, beside: Value): NdArray | undefined => {
    if (!d.derivative || !isVector(beside.array) || !isSquare(d.array) || rowsOf(d.array) !== beside.array.data.length) return undefined;
    const n = rowsOf(d.array);
    if (d.array.data.every((v) => Math.abs(v) < 1e-9)) return undefined;
    if (d.array.data.some((v, k) => Math.floor(k / n) !== k % n && Math.abs(v) > 1e-7)) return undefined;
    return make(beside.array.dims, (i) => d.array.data[i * n + i] as number);
  };
  const left = flat(x, y);
  const right = flat(y, x);
  return some(left && entrywise(left, y.array, (p, q) => p * q), right && entrywise(x.array, right, (p, q) => p * q));
}

/** Vectors in one symbol side by side, a(1 - a), entry by entry: lenient. */
function oneSymbol(e: ExprOf<'product'>, factors: readonly Factor[]): Values {
  if (
    e.signs.some((x) => x !== '' && x !== '\\cdot') ||
    !factors.every((f) => f.values.every((v) => isScalar(v.array) || isVector(v.array)))
  )
    return [];
  const symbols = new Set(e.factors.flatMap((f) => [...walk(f)].flatMap((n) => (n.kind === 'symbol' ? [n.name.key] : []))));
  if (symbols.size !== 1) return [];
  return each(
    factors.map((f) => f.values),
    (arrays) => some(arrays.reduce<NdArray | undefined>((p, q) => p && entrywise(p, q, (x, y) => x * y), scalar(1))),
  ).map((v) => ({ ...v, lenient: true }));
}
