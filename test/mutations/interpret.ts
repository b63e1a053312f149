// The oracle's interpreter: an expression's values at a point under every customary reading. Strict about sizes; an empty list says that no
// reading conforms. Uses nothing of the checker's shapes or of the engine's terms.
import type { Expr, ExprOf, ProductSign } from '../../server/language/expr.js';
import { canonicalText, walk } from '../../server/language/syntax/print.js';
import { arrange, type Layout, type Raw } from './arrange.js';
import {
  alongAxis,
  arrayOf,
  diag,
  eliminate,
  entrywise,
  identity,
  isMatrix,
  isScalar,
  isSquare,
  isVector,
  kronecker,
  make,
  mapped,
  matrixExp,
  matrixPower,
  type NdArray,
  rowsOf,
  sameDims,
  scalar,
  softmax,
  times,
  total,
  trace,
  transpose,
  vec,
} from './arrays.js';
import { isOnes, nameOf, type World } from './world.js';

/** What the oracle does not understand: the mutant is left out. */
export class Unsupported extends Error {}

export interface Value {
  readonly array: NdArray;
  /** Only a lenient reading gives it: broadcasting, a product of vectors in one symbol. */
  readonly lenient: boolean;
  /** A literal number, or made of such: acts entry-wise beside an array. */
  readonly literal?: boolean;
  readonly derivative?: boolean;
}

export interface Scene {
  readonly world: World;
  readonly layout: Layout;
  readonly overrides: ReadonlyMap<string, NdArray>;
  readonly memo: Map<string, NdArray>;
  readonly letters: ReadonlyMap<string, number>;
  /** Symbols with a differential of their own in the statement. */
  readonly moving: ReadonlySet<string>;
  /** What came to light on the way: `independent` where a derivative is zero because nothing depends. */
  readonly notes?: Set<string>;
}

type Values = readonly Value[];

const cap = 40;
const sure = (array: NdArray | undefined): Values => (array ? [{ array, lenient: false }] : []);

function each(lists: readonly Values[], f: (arrays: readonly NdArray[]) => readonly NdArray[]): Values {
  const out: Value[] = [];
  const go = (i: number, arrays: readonly NdArray[], lenient: boolean): void => {
    if (out.length >= cap) return;
    if (i === lists.length) for (const array of f(arrays)) out.push({ array, lenient });
    else for (const v of lists[i] as Values) go(i + 1, [...arrays, v.array], lenient || v.lenient);
  };
  go(0, [], false);
  return out;
}

const some = (...arrays: readonly (NdArray | undefined)[]): readonly NdArray[] => arrays.filter((a): a is NdArray => a !== undefined);

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t));
const elementwise: Readonly<Record<string, (t: number) => number>> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (t) => Math.max(0, t),
  softplus: (t) => Math.log1p(Math.exp(t)),
  exp: Math.exp,
  log: (t) => Math.log(Math.abs(t)),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sinh: Math.sinh,
  cosh: Math.cosh,
  arctan: Math.atan,
  heaviside: (t) => Number(t > 0),
  identity: (t) => t,
};

function slope(f: (t: number) => number, order: number): (t: number) => number {
  if (order === 0) return f;
  const g = slope(f, order - 1);
  const h = 2e-3;
  return (t) => (8 * (g(t + h) - g(t - h)) - (g(t + 2 * h) - g(t - 2 * h))) / (12 * h);
}

export function evaluate(e: Expr, s: Scene): Values {
  switch (e.kind) {
    case 'number':
      return [{ array: scalar(e.value), lenient: false, literal: true }];
    case 'symbol':
      return symbolOf(e, s);
    case 'group':
      return evaluate(e.body, s);
    case 'choice':
      return choiceOf(e, s);
    case 'transpose':
      return each([evaluate(e.base, s)], ([a]) => (a && isMatrix(a) ? [transpose(a)] : []));
    case 'inverse':
      return each([evaluate(e.base, s)], ([a]) => (a && isSquare(a) ? some(inverted(a)) : []));
    case 'power':
      return powerOf(e, s);
    case 'product':
      return productOf(e, s);
    case 'sum':
      return sumOf(e, s);
    case 'quotient':
      return quotientOf(e, s);
    case 'juxtaposed':
      return juxtaposedOf(e, s);
    case 'call':
      return calledBy(e.head, e.args, s);
    case 'apply':
      return applied(e.fn, e.order, e.args, s);
    case 'derivative':
      return derivativeOf(e, s);
    case 'nabla':
      return nablaOf(e, s);
    case 'differential':
      return differentialOf(e, s);
    case 'norm':
      return normOf(e, s);
    case 'binder':
      return binderOf(e, s);
    default:
      throw new Unsupported(e.kind);
  }
}

/** An operator applies to the rest of its product where that can be. */
function choiceOf(e: ExprOf<'choice'>, s: Scene): Values {
  const [first] = e.options;
  const values = first ? evaluate(first, s) : [];
  return first?.kind === 'derivative' && values.length > 0 ? values : [...values, ...e.options.slice(1).flatMap((o) => evaluate(o, s))];
}

function inverted(a: NdArray): NdArray {
  const { inverse } = eliminate(a);
  if (!inverse) throw new Unsupported('singular');
  return inverse;
}

// Symbols

const family = (k: string): string => k.replace(/_\{?t([+-]\d+)?\}?$/, '_t').replace(/_\{t([+-]\d+)?\}/, '_t');
const offsetOf = (k: string): number => Number(/_\{?t([+-]\d+)?\}?/.exec(k)?.[1] ?? 0);

function symbolOf(e: ExprOf<'symbol'>, s: Scene): Values {
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

export function lookup(key: string, s: Scene): NdArray | undefined {
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
  const values = evaluate(shifted(definition.expr, definition.shift), { ...s, letters: new Map() });
  const dims = s.world.dims.get(key);
  const best =
    values.find((v) => !v.lenient && dims && sameDims(v.array.dims, canonical(dims))) ?? values.find((v) => !v.lenient) ?? values[0];
  if (!best) throw new Unsupported(`definition ${key}`);
  s.memo.set(key, best.array);
  return best.array;
}

const canonical = (dims: readonly number[]): readonly number[] => (dims.every((d) => d === 1) ? [] : dims);

/** A definition at t holds at later times; what comes before the document's own t is free. */
function definitionOf(key: string, s: Scene): { readonly expr: Expr; readonly shift: number } | undefined {
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

function indexIn(entry: Entry, array: NdArray, s: Scene): number | undefined {
  const at = entry.places.map((p) => (typeof p === 'number' ? p : s.letters.get(p)));
  if (at.some((p) => p === undefined)) throw new Unsupported('free index');
  const sizes = isVector(array) ? [array.data.length] : array.dims;
  if (at.length !== sizes.length || at.some((p, i) => (p as number) < 1 || (p as number) > (sizes[i] as number))) return undefined;
  return at.length === 1 ? (at[0] as number) - 1 : ((at[0] as number) - 1) * (sizes[1] as number) + (at[1] as number) - 1;
}

function elementOf(e: ExprOf<'symbol'>, s: Scene): Values | undefined {
  const entry = entryOf(e, s.world);
  const array = entry && lookup(entry.base, s);
  if (!entry || !array) return undefined;
  const index = indexIn(entry, array, s);
  return index === undefined ? [] : sure(scalar(array.data[index] as number));
}

// Operations

function powerOf(e: ExprOf<'power'>, s: Scene): Values {
  if (e.asName && (s.world.dims.has(e.asName.key) || s.world.definitions.has(e.asName.key))) return sure(lookup(e.asName.key, s));
  if (e.base.kind === 'symbol' && e.base.name.key === 'e' && !s.world.dims.has('e')) {
    return each([evaluate(e.exponent, s)], ([a]) =>
      !a ? [] : isScalar(a) || !isSquare(a) ? [mapped(a, Math.exp)] : some(matrixExp(a), mapped(a, Math.exp)),
    );
  }
  return each([evaluate(e.base, s), evaluate(e.exponent, s)], ([a, k]) => {
    if (!a || !k || !isScalar(k)) return [];
    const power = k.data[0] as number;
    return isScalar(a) || !isSquare(a) ? [mapped(a, (x) => x ** power)] : some(matrixPower(a, power));
  });
}

function quotientOf(e: ExprOf<'quotient'>, s: Scene): Values {
  const out = each([evaluate(e.numerator, s), evaluate(e.denominator, s)], ([a, b]) =>
    !a || !b ? [] : isScalar(b) || (isVector(a) && isVector(b)) ? some(entrywise(a, b, (x, y) => x / y)) : [],
  );
  const literal = [...walk(e)].every((n) => n.kind === 'number' || n.kind === 'quotient');
  return literal ? out.map((v) => ({ ...v, literal })) : out;
}

function sumOf(e: ExprOf<'sum'>, s: Scene): Values {
  let sums: Values = [];
  e.addends.forEach((addend, i) => {
    const values = evaluate(addend.expr, s).map((v): Value => ({ ...v, array: addend.sign < 0 ? mapped(v.array, (x) => -x) : v.array }));
    sums = i === 0 ? values : sums.flatMap((x) => values.flatMap((y) => added(x, y))).slice(0, cap);
  });
  return sums;
}

function added(x: Value, y: Value): Values {
  const plus = (a: number, b: number): number => a + b;
  const lenient = x.lenient || y.lenient;
  const literal = (x.literal ?? false) && (y.literal ?? false);
  if (sameDims(x.array.dims, y.array.dims)) return [{ array: entrywise(x.array, y.array, plus) as NdArray, lenient, literal }];
  const one = isScalar(x.array) ? x : isScalar(y.array) ? y : undefined;
  if (one) return [{ array: entrywise(x.array, y.array, plus) as NdArray, lenient: lenient || !one.literal }];
  const broadcast = alongAxis(x.array, y.array, plus);
  return broadcast ? [{ array: broadcast, lenient: true }] : [];
}

type Factor = { readonly values: Values; readonly expr: Expr };

function productOf(e: ExprOf<'product'>, s: Scene): Values {
  const factors = e.factors.map((expr): Factor => ({ expr, values: evaluate(expr, s) }));
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

// Derivatives

/** u with symbols displaced, by the four-point rule along one direction. */
function along(of: Expr, s: Scene, displaced: (h: number) => ReadonlyMap<string, NdArray>): readonly NdArray[] {
  const h = 2e-3;
  const at = (k: number): readonly NdArray[] =>
    evaluate(of, { ...s, overrides: new Map([...s.overrides, ...displaced(k * h)]), memo: new Map() }).map((v) => v.array);
  const [a, b, c, d] = [at(1), at(-1), at(2), at(-2)];
  return a.map((x, k) =>
    make(
      x.dims,
      (i) => (8 * ((x.data[i] as number) - (b[k]?.data[i] as number)) - ((c[k]?.data[i] as number) - (d[k]?.data[i] as number))) / (12 * h),
    ),
  );
}

interface Target {
  readonly key: string;
  /** The shape of what is differentiated by, and where its entries stand in the symbol. */
  readonly dims: readonly number[];
  readonly places: readonly number[];
  readonly transposed: boolean;
}

function targetOf(e: Expr, s: Scene): Target {
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

const moved = (array: NdArray, place: number, h: number): NdArray =>
  make(array.dims, (i) => (array.data[i] as number) + (i === place ? h : 0));

/** One for each reading of u. */
function rawDerivatives(of: Expr, target: Target, s: Scene): readonly Raw[] {
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

function derivativeOf(e: ExprOf<'derivative'>, s: Scene): Values {
  const { of } = e;
  if (!of) throw new Unsupported('operator without operand');
  if (e.order > 1) return secondOrder(of, e.by, s);
  if (e.by.length !== 1) throw new Unsupported('by several');
  const target = targetOf(e.by[0] as Expr, s);
  const transposed = { of: of.kind === 'transpose' || (of.kind === 'group' && of.body.kind === 'transpose'), by: target.transposed };
  const plain = evaluate(of, s);
  return rawDerivatives(of, target, s).flatMap((raw, k) =>
    arrange(raw, s.layout, transposed).map((array) => ({ array, lenient: plain[k]?.lenient ?? false, derivative: true })),
  );
}

function secondOrder(of: Expr, by: readonly Expr[], s: Scene): Values {
  const targets = by.map((b) => targetOf(b, s));
  const [first, second] = [targets[0] as Target, targets[1] ?? (targets[0] as Target)];
  const base = (t: Target): NdArray => lookup(t.key, s) as NdArray;
  const rows = first.places.map((p) =>
    second.places.map((q) => {
      const inner = (outer: Scene): NdArray => {
        const value = along(of, outer, (h) => new Map([[second.key, moved(lookup(second.key, outer) as NdArray, q, h)]]))[0];
        if (!value) throw new Unsupported('operand of a second derivative');
        return value;
      };
      const h = 4e-3;
      const at = (k: number): number => {
        const value = inner({ ...s, overrides: new Map([...s.overrides, [first.key, moved(base(first), p, k * h)]]), memo: new Map() });
        if (!isScalar(value)) throw new Unsupported('second derivative of an array');
        return value.data[0] as number;
      };
      return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
    }),
  );
  if (rows.flat().every((x) => Math.abs(x) < 1e-12)) s.notes?.add('independent');
  return sure(arrayOf([rows.length, rows[0]?.length ?? 0], Float64Array.from(rows.flat())));
}

function nablaOf(e: ExprOf<'nabla'>, s: Scene): Values {
  const { operand, by } = e;
  if (!operand || !by || e.sign) throw new Unsupported('nabla');
  if (e.order > 1) return secondOrder(operand, [by], s);
  const target = targetOf(by, s);
  const plain = evaluate(operand, s);
  return rawDerivatives(operand, target, s).flatMap((raw, k) => {
    const layouts: readonly Layout[] = raw.of.length === 0 ? ['denominator'] : ['denominator', 'numerator'];
    return layouts
      .flatMap((layout) => arrange(raw, layout, { of: false, by: false }))
      .map((array) => ({ array, lenient: plain[k]?.lenient ?? false, derivative: true }));
  });
}

/** Without a declared layout a chain is the chain rule in the abstract: links meet, and the whole is arranged as a derivative. */
function abstractChain(e: ExprOf<'product'>, s: Scene): Values {
  if (s.layout !== 'mixed' && s.world.layouts.length === 1) return [];
  const links = e.factors.filter((f): f is ExprOf<'derivative'> => f.kind === 'derivative' && f.of !== undefined && f.by.length === 1);
  if (links.length < 2 || links.length !== e.factors.length || e.signs.some((x) => x !== '' && x !== '\\cdot')) return [];
  const meets = (a: ExprOf<'derivative'>, b: ExprOf<'derivative'>): boolean =>
    canonicalText(a.by[0] as Expr) === canonicalText(b.of as Expr);
  const ordered = links.every((l, i) => i === 0 || meets(links[i - 1] as ExprOf<'derivative'>, l)) ? links : [...links].reverse();
  if (!ordered.every((l, i) => i === 0 || meets(ordered[i - 1] as ExprOf<'derivative'>, l))) return [];
  const raws = ordered.map((l) => rawDerivatives(l.of as Expr, targetOf(l.by[0] as Expr, s), s)[0]);
  const whole = raws.reduce((a, b) => {
    if (!a || !b) return undefined;
    const n = b.entries.length / b.by.reduce((x, y) => x * y, 1);
    const product = times(
      { level: 0, dims: [a.entries.length / n, n], data: a.entries },
      { level: 0, dims: [n, b.entries.length / n], data: b.entries },
    );
    return product && { of: a.of, by: b.by, entries: product.data };
  });
  return whole ? arrange(whole, s.layout, { of: false, by: false }).flatMap((a) => sure(a)) : [];
}

function differentialOf(e: ExprOf<'differential'>, s: Scene): Values {
  if (e.order !== 1) throw new Unsupported('second differential');
  const name = nameOf(e.base);
  if (name && s.moving.has(name.key)) return sure(s.world.directions.get(name.key));
  if (s.moving.size === 0) throw new Unsupported('no differentials');
  const displaced = (h: number): ReadonlyMap<string, NdArray> =>
    new Map(
      [...s.moving].map((k) => [
        k,
        entrywise(lookup(k, s) as NdArray, s.world.directions.get(k) as NdArray, (x, d) => x + h * d) as NdArray,
      ]),
    );
  return along(e.base, s, displaced).flatMap((a) => sure(a));
}

// Functions

function juxtaposedOf(e: ExprOf<'juxtaposed'>, s: Scene): Values {
  const head = e.head.kind === 'prime' ? e.head.base : e.head;
  const name = nameOf(head)?.key ?? '';
  const applies = !s.world.dims.has(name) && !s.world.definitions.has(name) && (s.world.functions.has(name) || isOnes(name));
  if (!applies) return productOf({ ...e, kind: 'product', factors: e.factors, signs: [''] }, s);
  return evaluate(e.application, s);
}

function calledBy(head: Expr, args: Expr, s: Scene): Values {
  const base = head.kind === 'prime' ? head.base : head;
  return called(nameOf(base)?.key ?? '', head.kind === 'prime' ? head.order : 0, args, s);
}

function called(name: string, order: number, args: Expr, s: Scene): Values {
  if (args.kind !== 'group') throw new Unsupported('arguments');
  if (isOnes(name) && args.body.kind === 'relation' && args.body.relation === '>') {
    return each([evaluate(args.body.left, s), evaluate(args.body.right, s)], ([a, b]) =>
      a && b ? some(entrywise(a, b, (x, y) => Number(x > y))) : [],
    );
  }
  const fn = s.world.functions.get(name);
  if (!fn) throw new Unsupported(`function ${name}`);
  return applied(fn, order, [args.body], s);
}

function applied(fn: string, order: number, args: readonly Expr[], s: Scene): Values {
  if (args.length !== 1) throw new Unsupported(`${fn} of several`);
  const arg = evaluate(args[0] as Expr, s);
  const known = elementwise[fn];
  if (known) return arg.map((v) => ({ array: mapped(v.array, slope(known, order)), lenient: v.lenient }));
  const square = (f: (a: NdArray) => NdArray): Values => each([arg], ([a]) => (a && isSquare(a) ? [f(a)] : []));
  switch (fn) {
    case 'trace':
      return square((a) => scalar(trace(a)));
    case 'det':
      return square((a) => scalar(eliminate(a).det));
    case 'diag':
      return each([arg], ([a]) => {
        if (a && isScalar(a)) throw new Unsupported('diag of a scalar');
        return a ? some(diag(a)) : [];
      });
    case 'vec':
      return each([arg], ([a]) => (a ? some(vec(a)) : []));
    case 'softmax':
      return each([arg], ([a]) =>
        !a
          ? []
          : isVector(a) || isScalar(a)
            ? [softmax(a, 'all')]
            : s.world.functions.get('softmax') === 'rows'
              ? [softmax(a, 'rows')]
              : [softmax(a, 'columns'), softmax(a, 'rows')],
      );
    default:
      throw new Unsupported(`function ${fn}`);
  }
}

function normOf(e: ExprOf<'norm'>, s: Scene): Values {
  const kind = e.subscript ? canonicalText(e.subscript) : '2';
  if (kind !== '2' && kind !== 'F' && kind !== '1') throw new Unsupported(`norm ${kind}`);
  return each([evaluate(e.body, s)], ([a]) =>
    a ? [scalar(kind === '1' ? total(mapped(a, Math.abs)) : Math.sqrt(total(mapped(a, (x) => x * x))))] : [],
  );
}

function binderOf(e: ExprOf<'binder'>, s: Scene): Values {
  const [letter] = e.letters;
  if (e.op !== 'sum' || !letter || e.letters.length !== 1 || !e.upper) throw new Unsupported('binder');
  const upper = evaluate(e.upper, s)[0];
  if (!upper || !isScalar(upper.array)) throw new Unsupported('limits');
  let sums: Values = [];
  for (let i = 1; i <= (upper.array.data[0] as number); i++) {
    const values = evaluate(e.body, { ...s, letters: new Map([...s.letters, [letter, i]]) });
    sums = i === 1 ? values : sums.flatMap((x, k) => (values[k] ? added(x, values[k] as Value) : []));
  }
  return sums;
}
