// A node taken apart as a multiple: its coefficient, its scalar factors with their exponents, and the rest. Nothing is made here.
import { isScalar, type Shape } from '../../shapes/shape.js';
import type { Node, Power, Rational } from '../node.js';
import { isZero, one, power, times } from '../rational.js';

export interface Multiple {
  readonly coefficient: Rational;
  readonly scalars: readonly Power[];
  readonly body: Node | undefined;
}

/** A node as a multiple. */
export function split(n: Node): Multiple {
  if (n.kind === 'scale') return n;
  if (isScalar(n.shape)) return { coefficient: one, scalars: [{ base: n, exponent: 1 }], body: undefined };
  return { coefficient: one, scalars: [], body: n };
}

/** coefficient · scalars · body with what is a multiple itself taken apart; undefined where a factor is zero. */
export function flattened(coefficient: Rational, scalars: readonly Power[], body: Node | undefined): Multiple | undefined {
  let c = coefficient;
  const open: Power[] = [];
  for (const s of scalars) {
    const inner = s.base.kind === 'scale' ? power(s.base.coefficient, s.exponent) : undefined;
    if (s.base.kind === 'zero') return undefined;
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
  if (isZero(c) || own?.kind === 'zero') return undefined;
  if (own && isScalar(own.shape)) {
    open.push({ base: own, exponent: 1 });
    own = undefined;
  }
  return { coefficient: c, scalars: collect(open), body: own };
}

/** Adds the exponents of equal bases. */
export function collect(powers: readonly Power[]): readonly Power[] {
  const out = new Map<string, Power>();
  for (const p of powers) {
    const old = out.get(p.base.key);
    out.set(p.base.key, { base: p.base, exponent: p.exponent + (old?.exponent ?? 0) });
  }
  return [...out.values()].filter((p) => p.exponent !== 0);
}

/** The key of a product of powers, in whatever order they stand. */
export const keyOf = (powers: readonly Power[]): string =>
  powers
    .map((p) => `${p.base.key}^${p.exponent}`)
    .sort()
    .join('*');

/** The powers of a multiple: those of its body where that is a product entry by entry, its scalars where it has no body. */
export const powersOf = ({ scalars, body }: Multiple): readonly Power[] => (body?.kind === 'had' ? body.powers : body ? [] : scalars);

interface Spread {
  readonly addends: readonly Node[];
  readonly rest: readonly Power[];
}

/** A sum among factors is multiplied out where each addend loses a denominator by it: (y/a − …) a (1−a). */
export function spreadCancelling(powers: readonly Power[]): Spread | undefined {
  const positive = new Set(powers.filter((p) => p.exponent > 0).map((p) => p.base.key));
  const denominators = (n: Node): readonly Power[] => powersOf(split(n)).filter((p) => p.exponent < 0);
  const found = powers.find(
    (p) => p.exponent === 1 && p.base.kind === 'sum' && p.base.addends.every((a) => denominators(a).some((d) => positive.has(d.base.key))),
  );
  return found?.base.kind === 'sum' ? { addends: found.base.addends, rest: powers.filter((p) => p !== found) } : undefined;
}

/** The scalar that all addends have: (P − Y)/N. A whole number alone stays. */
export function frontOf(list: readonly Node[], shape: Shape): Multiple | undefined {
  if (isScalar(shape)) return undefined;
  const parts = list.map(split);
  const key = (p: Multiple): string => `${Math.abs(p.coefficient.p)}/${p.coefficient.q}*${keyOf(p.scalars)}`;
  const [own] = parts;
  if (!own || (own.scalars.length === 0 && own.coefficient.q === 1) || parts.some((p) => key(p) !== key(own) || !p.body)) return undefined;
  return { ...own, coefficient: { p: Math.abs(own.coefficient.p), q: own.coefficient.q } };
}
