// Makes nodes in normal form: numbers folded, like terms collected, identities and double transposes gone, factors that cancel cancelled.
import type { Name } from '../expr.js';
import { cols, isColumn, isRow, isScalar, isVector, matrix, rows, type Shape, scalar, transpose as turned } from '../shapes/shape.js';
import { countOf, type Node, type NodeBody, type NodeOf, type Power, partsOf, type Rational, Underivable } from './node.js';
import { fromNumber, isOne, isZero, one, plus, power, times } from './rational.js';

export const make = (shape: Shape, key: string, body: NodeBody): Node => ({ ...body, shape, key }) as Node;

export const zero = (shape: Shape): Node => make(shape, '0', { kind: 'zero' });
export const identity = (shape: Shape): Node => make(shape, 'I', { kind: 'identity' });
export const number = (value: number): Node => scale(fromNumber(value), [], undefined);
export const unit: Node = make(scalar, 'num:1/1', { kind: 'scale', coefficient: one, scalars: [], body: undefined });

/** An array of ones; the number where it is a scalar. */
export const ones = (shape: Shape): Node =>
  isScalar(shape) ? unit : make(shape, isColumn(shape) ? 'ones:c' : isRow(shape) ? 'ones:r' : 'ones:m', { kind: 'ones' });

export const symbol = (key: string, shape: Shape, name: Name | undefined, assumptions: NodeOf<'symbol'>['assumptions']): Node =>
  assumptions.includes('identity') && !isVector(shape)
    ? identity(shape)
    : make(shape, `s:${key}`, { kind: 'symbol', symbol: key, name, assumptions });

export const opaque = (key: string, shape: Shape, holds: ReadonlySet<string>): Node => make(shape, `o:${key}`, { kind: 'opaque', holds });

interface Parts {
  readonly coefficient: Rational;
  readonly scalars: readonly Power[];
  readonly body: Node | undefined;
}

/** A node as a multiple. */
export function split(n: Node): Parts {
  if (n.kind === 'scale') return n;
  if (isScalar(n.shape)) return { coefficient: one, scalars: [{ base: n, exponent: 1 }], body: undefined };
  return { coefficient: one, scalars: [], body: n };
}

/** Adds the exponents of equal bases. */
function collect(powers: readonly Power[]): readonly Power[] {
  const out = new Map<string, Power>();
  for (const p of powers) {
    const old = out.get(p.base.key);
    out.set(p.base.key, { base: p.base, exponent: p.exponent + (old?.exponent ?? 0) });
  }
  return [...out.values()].filter((p) => p.exponent !== 0);
}

const keyOf = (powers: readonly Power[]): string =>
  powers
    .map((p) => `${p.base.key}^${p.exponent}`)
    .sort()
    .join('*');

/** coefficient · scalars · body. */
export function scale(coefficient: Rational, scalars: readonly Power[], body: Node | undefined): Node {
  let c = coefficient;
  const open: Power[] = [];
  for (const s of scalars) {
    const inner = s.base.kind === 'scale' ? power(s.base.coefficient, s.exponent) : undefined;
    if (s.base.kind === 'zero') return zero(body?.shape ?? scalar);
    if (s.base.kind === 'scale' && inner) {
      c = times(c, inner);
      open.push(...s.base.scalars.map((p) => ({ base: p.base, exponent: p.exponent * s.exponent })));
    } else open.push(s);
  }
  let own = body;
  if (own?.kind === 'scale') {
    c = times(c, own.coefficient);
    open.push(...own.scalars);
    own = own.body;
  }
  if (isZero(c) || own?.kind === 'zero') return zero(body?.shape ?? scalar);
  if (own && isScalar(own.shape)) {
    open.push({ base: own, exponent: 1 });
    own = undefined;
  }
  const powers = collect(open);
  const spread = spreadCancelling(powers);
  if (spread) return add(spread.addends.map((a) => scale(c, [...spread.rest, ...split(a).scalars], scale(split(a).coefficient, [], own))));
  if (isOne(c) && powers.length === 0 && own) return own;
  const [first] = powers;
  if (isOne(c) && !own && powers.length === 1 && first?.exponent === 1) return first.base;
  return make(own?.shape ?? scalar, `num:${c.p}/${c.q}${powers.length > 0 ? `*${keyOf(powers)}` : ''}${own ? `#${own.key}` : ''}`, {
    kind: 'scale',
    coefficient: c,
    scalars: powers,
    body: own,
  });
}

export const minus = (n: Node): Node => scale({ p: -1, q: 1 }, [], n);

/** A sum among factors is multiplied out where each addend loses a denominator by it: (y/a − …) a (1−a). */
function spreadCancelling(powers: readonly Power[]): { readonly addends: readonly Node[]; readonly rest: readonly Power[] } | undefined {
  const positive = new Set(powers.filter((p) => p.exponent > 0).map((p) => p.base.key));
  const denominators = (n: Node): readonly Power[] => {
    const { scalars, body } = split(n);
    return (body?.kind === 'had' ? body.powers : body ? [] : scalars).filter((p) => p.exponent < 0);
  };
  const found = powers.find(
    (p) => p.exponent === 1 && p.base.kind === 'sum' && p.base.addends.every((a) => denominators(a).some((d) => positive.has(d.base.key))),
  );
  return found?.base.kind === 'sum' ? { addends: found.base.addends, rest: powers.filter((p) => p !== found) } : undefined;
}

/** Entry by entry; arrays of one shape, scalars in front. */
export function had(list: readonly Power[]): Node {
  let c = one;
  const scalars: Power[] = [];
  const open: Power[] = [];
  let shape: Shape | undefined;
  for (const p of list) {
    const parts = split(p.base);
    const inner = power(parts.coefficient, p.exponent);
    if (!inner) throw new Underivable('a power of a number');
    c = times(c, inner);
    scalars.push(...parts.scalars.map((s) => ({ base: s.base, exponent: s.exponent * p.exponent })));
    const { body } = parts;
    if (!body) continue;
    if (!shape || shape.dims.some((d) => d.flexible)) shape = body.shape;
    if (body.kind === 'zero') return zero(body.shape);
    if (body.kind === 'had') open.push(...body.powers.map((q) => ({ base: q.base, exponent: q.exponent * p.exponent })));
    else if (body.kind !== 'ones') open.push({ base: body, exponent: p.exponent });
  }
  const powers = collect(open);
  const spread = spreadCancelling(powers);
  if (spread) return scale(c, scalars, add(spread.addends.map((a) => had([{ base: a, exponent: 1 }, ...spread.rest]))));
  return scale(c, scalars, hadBody(powers, shape));
}

function hadBody(powers: readonly Power[], shape: Shape | undefined): Node | undefined {
  const [first] = powers;
  if (!first) return shape && ones(shape);
  if (powers.length === 1 && first.exponent === 1) return first.base;
  return make(shape ?? first.base.shape, `had(${keyOf(powers)})`, { kind: 'had', powers });
}

/** The product entry by entry of arrays of one shape, or of scalars. */
export const entrywise = (...nodes: readonly Node[]): Node => had(nodes.map((base) => ({ base, exponent: 1 })));

/** The sum of nodes of one shape (a scalar beside arrays is added to every entry), like terms collected. */
export function add(list: readonly Node[]): Node {
  const shape =
    list.find((n) => !isScalar(n.shape) && n.shape.dims.every((d) => !d.flexible))?.shape ??
    list.find((n) => !isScalar(n.shape))?.shape ??
    scalar;
  const plain = addends(list, shape);
  const wide = addends(plain.flatMap(multiplyOut), shape);
  const size = (l: readonly Node[]): number => l.reduce((t, n) => t + countOf(n, () => true), 0);
  return sumOf(wide.length < plain.length || (wide.length === plain.length && size(wide) < size(plain)) ? wide : plain, shape);
}

function addends(list: readonly Node[], shape: Shape): readonly Node[] {
  const terms = new Map<string, Parts>();
  const put = (n: Node): void => {
    if (n.kind === 'zero') return;
    if (n.kind === 'sum') {
      n.addends.forEach(put);
      return;
    }
    const parts = split(!isScalar(shape) && isScalar(n.shape) ? scale(one, [{ base: n, exponent: 1 }], ones(shape)) : n);
    const key = `${keyOf(parts.scalars)}#${parts.body?.key ?? ''}`;
    const old = terms.get(key);
    terms.set(key, { ...parts, coefficient: old ? plus(old.coefficient, parts.coefficient) : parts.coefficient });
  };
  list.forEach(put);
  return [...terms.values()].filter((t) => !isZero(t.coefficient)).map((t) => scale(t.coefficient, t.scalars, t.body));
}

function sumOf(list: readonly Node[], shape: Shape): Node {
  const [first] = list;
  if (!first) return zero(shape);
  if (list.length === 1) return first;
  const front = frontOf(list, shape);
  if (front)
    return scale(
      front.coefficient,
      front.scalars,
      sumOf(
        list.map((n) => scale({ p: Math.sign(split(n).coefficient.p), q: 1 }, [], split(n).body)),
        shape,
      ),
    );
  return make(
    shape,
    `sum(${list
      .map((n) => n.key)
      .sort()
      .join('+')})`,
    { kind: 'sum', addends: list },
  );
}

/** The scalar that all addends have: (P − Y)/N. A whole number alone stays. */
function frontOf(list: readonly Node[], shape: Shape): Parts | undefined {
  if (isScalar(shape)) return undefined;
  const parts = list.map(split);
  const key = (p: Parts): string => `${Math.abs(p.coefficient.p)}/${p.coefficient.q}*${keyOf(p.scalars)}`;
  const [own] = parts;
  if (!own || (own.scalars.length === 0 && own.coefficient.q === 1) || parts.some((p) => key(p) !== key(own) || !p.body)) return undefined;
  return { ...own, coefficient: { p: Math.abs(own.coefficient.p), q: own.coefficient.q } };
}

/** Products with sums entry by entry, multiplied out. */
function multiplyOut(n: Node): readonly Node[] {
  const { coefficient, scalars, body } = split(n);
  const powers = body?.kind === 'had' ? body.powers : body ? [] : scalars;
  const at = powers.find((p) => p.exponent === 1 && p.base.kind === 'sum');
  if (at?.base.kind !== 'sum') {
    const whole = body?.kind === 'sum' ? body : undefined;
    return whole ? whole.addends.map((a) => scale(coefficient, scalars, a)) : [n];
  }
  const rest = powers.filter((p) => p !== at);
  return at.base.addends.flatMap((a) =>
    multiplyOut(
      body
        ? scale(coefficient, scalars, had([{ base: a, exponent: 1 }, ...rest]))
        : scale(times(coefficient, split(a).coefficient), [...rest, ...split(a).scalars], undefined),
    ),
  );
}

/** The matrix product; scalars among the factors go in front. */
export function mul(...list: readonly Node[]): Node {
  let c = one;
  const scalars: Power[] = [];
  const factors: Node[] = [];
  for (const n of list) {
    const parts = split(n);
    c = times(c, parts.coefficient);
    scalars.push(...parts.scalars);
    if (parts.body?.kind === 'mul') factors.push(...parts.body.factors);
    else if (parts.body) factors.push(parts.body);
  }
  if (factors.length === 0) return scale(c, scalars, undefined);
  const shape = matrix(rows((factors[0] as Node).shape), cols((factors[factors.length - 1] as Node).shape));
  if (factors.some((f) => f.kind === 'zero')) return zero(shape);
  const left = reduce(factors);
  if (left.length === 0) return scale(c, scalars, isScalar(shape) ? undefined : identity(shape));
  const [only] = left;
  if (left.length === 1 && only) return scale(c, scalars, only);
  const rest = left.map((f) => split(f));
  // A reduction may have brought scalars to the front.
  if (left.some((f) => f.kind === 'scale'))
    return scale(c, scalars, mul(...rest.flatMap((p) => [scale(p.coefficient, p.scalars, undefined), ...(p.body ? [p.body] : [])])));
  return scale(c, scalars, inner(left, shape) ?? make(shape, `mul(${left.map((f) => f.key).join(' ')})`, { kind: 'mul', factors: left }));
}

/** Neighbours that have a simpler product. */
function reduce(factors: readonly Node[]): readonly Node[] {
  const out: Node[] = [];
  for (const f of factors) {
    if (f.kind === 'identity') continue;
    const last = out[out.length - 1];
    const joined = last && pair(last, f);
    if (!joined) {
      out.push(f);
      continue;
    }
    out.pop();
    if (joined.kind !== 'identity') out.push(joined);
  }
  return out;
}

function pair(a: Node, b: Node): Node | undefined {
  if ((a.kind === 'inverse' && a.of.key === b.key) || (b.kind === 'inverse' && b.of.key === a.key)) return identity(a.shape);
  if (a.kind === 'diag' && b.kind === 'diag') return diag(entrywise(a.of, b.of));
  if (a.kind === 'diag' && isColumn(b.shape)) return entrywise(a.of, b);
  if (b.kind === 'diag' && isRow(a.shape)) return entrywise(a, transpose(b.of));
  if (a.kind === 'ones' && b.kind === 'ones' && isColumn(a.shape) && isRow(b.shape)) return ones(matrix(rows(a.shape), cols(b.shape)));
  if (b.kind === 'ones' && isColumn(b.shape) && addsToOne(a)) return ones(matrix(rows(a.shape), cols(b.shape)));
  if (a.kind === 'ones' && isRow(a.shape) && isColumn(b.shape) && addsToOne(b)) return unit;
  return undefined;
}

/** Whether the entries of a vector, or of each row of a matrix, add up to 1. */
function addsToOne(n: Node): boolean {
  const of = n.kind === 'transpose' && isRow(n.shape) ? n.of : n;
  return of.kind === 'symbol'
    ? of.assumptions.includes('one-hot') || of.assumptions.includes('probability')
    : of.kind === 'softmax' && !of.log;
}

/** uᵀ v where factors of u and v cancel, or where u or v are ones. */
function inner(factors: readonly Node[], shape: Shape): Node | undefined {
  const [a, b] = factors;
  if (!a || !b || factors.length !== 2 || !isScalar(shape)) return undefined;
  const whole = entrywise(transpose(a), b);
  const { body, coefficient, scalars } = split(whole);
  if (!isOne(coefficient) || scalars.length > 0) return undefined;
  const powers = body?.kind === 'had' ? body.powers : body ? [{ base: body, exponent: 1 }] : [];
  const before = bases(a) + bases(b);
  const summed = a.kind === 'ones' || b.kind === 'ones';
  if (summed && powers.length === 2 && powers.every((p) => p.exponent === 1))
    return mul(transpose((powers[0] as Power).base), (powers[1] as Power).base);
  if (summed && powers.length === 1 && powers[0]?.exponent === 2)
    return scale(one, [{ base: norm(powers[0].base), exponent: 2 }], undefined);
  if (summed || powers.length >= before || body?.kind === 'sum') return undefined;
  return a.key === transpose(b).key ? undefined : mul(transpose(ones(b.shape)), whole);
}

const bases = (n: Node): number => (n.kind === 'had' ? n.powers.length : n.kind === 'ones' ? 0 : 1);

export const norm = (of: Node, kind: 'norm2' | 'norm1' = 'norm2'): Node => {
  const bare = of.kind === 'transpose' ? of.of : of;
  return make(scalar, `${kind}(${bare.key})`, { kind, of: bare });
};

/** ⟨a, b⟩: the sum of the products of the entries. */
export function dot(a: Node, b: Node): Node {
  if (isScalar(a.shape) || isScalar(b.shape)) return mul(a, b);
  if (isColumn(a.shape)) return mul(transpose(a), b);
  if (isRow(a.shape)) return mul(a, transpose(b));
  if (a.kind === 'ones') return mul(ones(matrix(rows(scalar), rows(b.shape))), b, ones(matrix(cols(b.shape), cols(scalar))));
  return trace(mul(transpose(a), b));
}

/** The sum of all entries. */
export const total = (n: Node): Node => (isScalar(n.shape) ? n : dot(ones(n.shape), n));

export function trace(n: Node): Node {
  const { coefficient, scalars, body } = split(n);
  if (!body) return n;
  if (body.kind === 'zero') return zero(scalar);
  if (body.kind === 'sum') return scale(coefficient, scalars, add(body.addends.map(trace)));
  if (body.kind === 'mul') {
    const [first, ...rest] = body.factors;
    if (first && isColumn(first.shape)) return scale(coefficient, scalars, mul(...rest, first));
  }
  const of = body.kind === 'transpose' ? body.of : body;
  return scale(coefficient, scalars, make(scalar, `trace(${of.key})`, { kind: 'trace', of }));
}

export function transpose(n: Node): Node {
  if (isScalar(n.shape)) return n;
  const shape = turned(n.shape);
  switch (n.kind) {
    case 'transpose':
      return n.of;
    case 'symbol':
      return n.assumptions.some((a) => a === 'symmetric' || a === 'positive-definite' || a === 'diagonal') && !isVector(shape)
        ? n
        : wrap(n, shape);
    case 'zero':
      return zero(shape);
    case 'ones':
      return ones(shape);
    case 'identity':
    case 'diag':
      return n;
    case 'scale':
      return scale(n.coefficient, n.scalars, n.body && transpose(n.body));
    case 'sum':
      return add(n.addends.map(transpose));
    case 'mul':
      return mul(...[...n.factors].reverse().map(transpose));
    case 'had':
      return had(n.powers.map((p) => ({ ...p, base: transpose(p.base) })));
    case 'inverse':
      return inverse(transpose(n.of));
    case 'binder':
      return binder(n, transpose(n.of));
    default:
      return wrap(n, shape);
  }
}

const wrap = (of: Node, shape: Shape): Node => make(shape, `T(${of.key})`, { kind: 'transpose', of });

export function inverse(n: Node): Node {
  if (n.kind === 'inverse') return n.of;
  if (n.kind === 'identity') return n;
  if (isScalar(n.shape)) return scale(one, [{ base: n, exponent: -1 }], undefined);
  if (n.kind === 'scale')
    return scale(
      power(n.coefficient, -1) ?? one,
      n.scalars.map((s) => ({ ...s, exponent: -s.exponent })),
      n.body && inverse(n.body),
    );
  if (n.kind === 'symbol' && n.assumptions.includes('orthogonal')) return transpose(n);
  return make(n.shape, `inv(${n.key})`, { kind: 'inverse', of: n });
}

export const apply = (fn: NodeOf<'apply'>['fn'], order: number, of: Node): Node =>
  fn.kind === 'known' && fn.name === 'identity'
    ? order === 0
      ? of
      : order === 1
        ? ones(of.shape)
        : zero(of.shape)
    : make(of.shape, `f(${JSON.stringify(fn)},${order},${of.key})`, { kind: 'apply', fn, order, of });

export const softmax = (of: Node, axis: NodeOf<'softmax'>['axis'], log: boolean): Node =>
  make(of.shape, `softmax(${axis},${log},${of.key})`, { kind: 'softmax', of, axis, log });

export function determinant(of: Node, kind: 'det' | 'logdet'): Node {
  return make(scalar, `${kind}(${(of.kind === 'transpose' ? of.of : of).key})`, { kind, of });
}

/** The diagonal matrix of a vector. */
export function diag(of: Node): Node {
  if (isScalar(of.shape)) return of;
  const n = isColumn(of.shape) ? rows(of.shape) : cols(of.shape);
  const { coefficient, scalars, body } = split(isColumn(of.shape) ? of : transpose(of));
  const square = matrix(n, n);
  if (body?.kind === 'ones') return scale(coefficient, scalars, identity(square));
  if (!body || body.kind === 'zero') return zero(square);
  return scale(coefficient, scalars, make(square, `diag(${body.key})`, { kind: 'diag', of: body }));
}

/** The diagonal of a square matrix, as a column. */
export function diagonal(of: Node): Node {
  const { coefficient, scalars, body } = split(of);
  if (!body) return of;
  const shape = matrix(rows(body.shape), cols(scalar));
  if (body.kind === 'identity') return scale(coefficient, scalars, ones(shape));
  if (body.kind === 'diag') return scale(coefficient, scalars, body.of);
  if (body.kind === 'sum') return scale(coefficient, scalars, add(body.addends.map(diagonal)));
  if (body.kind === 'mul' && body.factors.length === 2 && isColumn((body.factors[0] as Node).shape))
    return scale(coefficient, scalars, entrywise(body.factors[0] as Node, transpose(body.factors[1] as Node)));
  return scale(coefficient, scalars, make(shape, `diagonal(${body.key})`, { kind: 'diagonal', of: body }));
}

/** The same sum over a letter with another body; factors that do not hold the letter go in front. */
export function binder(like: Pick<NodeOf<'binder'>, 'letter' | 'from' | 'to'>, of: Node): Node {
  if (of.kind === 'zero') return of;
  const { coefficient, scalars, body } = split(of);
  const free = (n: Node): boolean => !holdsLetter(n, like.letter);
  const front = scalars.filter((s) => free(s.base));
  const back = scale(
    one,
    scalars.filter((s) => !free(s.base)),
    body,
  );
  const { letter, from, to } = like;
  return scale(
    coefficient,
    front,
    make(of.shape, `binder(${letter},${from},${to},${back.key})`, { kind: 'binder', letter, from, to, of: back }),
  );
}

/** Whether a symbol in a node carries an index letter. */
export const holdsLetter = (n: Node, letter: string): boolean =>
  n.kind === 'symbol'
    ? (n.name !== undefined && [...n.name.subs, ...n.name.labels].some((i) => i.kind === 'letter' && i.name === letter)) ||
      n.symbol === letter
    : n.kind === 'entry' && n.index.includes(letter)
      ? true
      : partsOf(n).some((p) => holdsLetter(p, letter));
