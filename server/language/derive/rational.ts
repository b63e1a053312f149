// Numbers as fractions in lowest terms, so that ½ · 2 is 1 and is not written.
import type { Rational } from './node.js';

export const one: Rational = { p: 1, q: 1 };

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

function rational(p: number, q = 1): Rational {
  if (!Number.isInteger(p) || !Number.isInteger(q)) return { p: p / q, q: 1 };
  const d = divisor(p, q) || 1;
  const sign = q < 0 ? -1 : 1;
  return { p: (sign * p) / d, q: (sign * q) / d };
}

const largest = 64;

/** A number as the simple fraction that it is, else as itself. */
export function fromNumber(x: number): Rational {
  for (let q = 1; q <= largest; q++) if (Number.isInteger(x * q)) return rational(x * q, q);
  return { p: x, q: 1 };
}

export const times = (a: Rational, b: Rational): Rational => rational(a.p * b.p, a.q * b.q);
export const plus = (a: Rational, b: Rational): Rational => rational(a.p * b.q + b.p * a.q, a.q * b.q);
export const negative = (a: Rational): Rational => ({ p: -a.p, q: a.q });
export const isZero = (a: Rational): boolean => a.p === 0;
export const isOne = (a: Rational): boolean => a.p === 1 && a.q === 1;

/** A whole power; undefined where the result is no fraction. */
export function power(a: Rational, e: number): Rational | undefined {
  if (isOne(a)) return a;
  if (!Number.isInteger(e)) return undefined;
  if (e < 0) return a.p === 0 ? undefined : rational(a.q ** -e, a.p ** -e);
  return rational(a.p ** e, a.q ** e);
}
