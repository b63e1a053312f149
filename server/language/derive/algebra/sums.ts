// Multiples, products entry by entry, and sums: numbers folded, like terms collected, factors that cancel cancelled. The three are one circle,
// since each multiplies out or collects by means of the others.
import { isScalar, type Shape, scalar } from '../../shapes/shape.js';
import { countOf, type Node, type Power, type Rational, Underivable } from '../node.js';
import { fromNumber, isOne, isZero, one, plus, power, times } from '../rational.js';
import { make, ones, zero } from './leaves.js';
import { collect, flattened, frontOf, keyOf, type Multiple, powersOf, split, spreadCancelling } from './multiple.js';

/** coefficient · scalars · body. */
export function scale(coefficient: Rational, scalars: readonly Power[], body: Node | undefined): Node {
  const flat = flattened(coefficient, scalars, body);
  if (!flat) return zero(body?.shape ?? scalar);
  const { coefficient: c, scalars: powers, body: own } = flat;
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

export const number = (value: number): Node => scale(fromNumber(value), [], undefined);
export const minus = (n: Node): Node => scale({ p: -1, q: 1 }, [], n);

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

function hadBody(powers: readonly Power[], shape: Shape | undefined): Node | undefined {
  const [first] = powers;
  if (!first) return shape && ones(shape);
  if (powers.length === 1 && first.exponent === 1) return first.base;
  return make(shape ?? first.base.shape, `had(${keyOf(powers)})`, { kind: 'had', powers });
}

function addends(list: readonly Node[], shape: Shape): readonly Node[] {
  const terms = new Map<string, Multiple>();
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

/** Products with sums entry by entry, multiplied out. */
function multiplyOut(n: Node): readonly Node[] {
  const parts = split(n);
  const { coefficient, scalars, body } = parts;
  const powers = powersOf(parts);
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
