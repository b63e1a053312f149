// Functions of one real variable with their derivatives of every order: the known ones by closed forms, the open ones random and smooth.
// Closed forms: Abramowitz & Stegun; Hendrycks & Gimpel 2016 (GELU); Elfwing et al. 2017 (SiLU); Clevert et al. 2015 (ELU).
import type { ElementwiseName } from '../term.js';
import { DomainError } from './array.js';
import { between, randomFor } from './random.js';

export interface ScalarFunction {
  /** The derivative of that order at t; order 0 is the function. Throws `domain`. */
  readonly at: (t: number, order: number) => number;
  /** There is no derivative of this order (or a jump, for order 0) at zero. */
  readonly kinkFrom?: number;
}

type Coefficients = readonly number[];

/** The derivatives of f with f′ = rate(f), a polynomial: all are polynomials in f, P_{k+1} = P_k′ · rate. */
function autonomous(value: (t: number) => number, rate: Coefficients): ScalarFunction {
  const polynomials: Coefficients[] = [[0, 1]];
  const polynomial = (order: number): Coefficients => {
    const known = polynomials[order];
    if (known !== undefined) return known;
    const next = multiply(derive(polynomial(order - 1)), rate);
    polynomials[order] = next;
    return next;
  };
  return { at: (t, order) => (order === 0 ? value(t) : evaluatePolynomial(polynomial(order), value(t))) };
}

const derive = (p: Coefficients): Coefficients => p.slice(1).map((c, k) => c * (k + 1));

function multiply(p: Coefficients, q: Coefficients): Coefficients {
  const product = new Array<number>(Math.max(0, p.length + q.length - 1)).fill(0);
  p.forEach((a, i) => {
    q.forEach((b, j) => {
      product[i + j] = (product[i + j] ?? 0) + a * b;
    });
  });
  return product;
}

function evaluatePolynomial(p: Coefficients, x: number): number {
  let sum = 0;
  for (let k = p.length - 1; k >= 0; k--) sum = sum * x + (p[k] as number);
  return sum;
}

function logistic(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}

/** t^p and its derivatives: p (p − 1) … t^{p − k}. Throws `domain` at the edge of the domain. */
export function powerAt(t: number, exponent: number, order: number): number {
  let factor = 1;
  for (let k = 0; k < order; k++) factor *= exponent - k;
  if (factor === 0) return 0;
  const p = exponent - order;
  if ((t === 0 && p < 0) || (t < 0 && !Number.isInteger(p))) throw new DomainError('domain');
  return factor * t ** p;
}

const powerOf = (exponent: number): ScalarFunction => ({ at: (t, order) => powerAt(t, exponent, order) });

const sigmoid = autonomous(logistic, [0, 1, -1]);
const exponential: ScalarFunction = { at: (t) => Math.exp(t) };
const sine: ScalarFunction = { at: (t, order) => Math.sin(t + (order * Math.PI) / 2) };
const hyperbolic = (parity: number): ScalarFunction => ({ at: (t, order) => ((order + parity) % 2 === 0 ? Math.sinh(t) : Math.cosh(t)) });

/** Straight to the left and to the right of zero. */
const ramp = (left: number, right: number): ScalarFunction => ({
  kinkFrom: 1,
  at: (t, order) => (order === 0 ? (t > 0 ? right : left) * t : order === 1 ? (t > 0 ? right : left) : 0),
});
const step = (left: number, middle: number, right: number): ScalarFunction => ({
  kinkFrom: 0,
  at: (t, order) => (order > 0 ? 0 : t > 0 ? right : t < 0 ? left : middle),
});

/** e^{−t²} has the derivatives (−1)^k H_k(t) e^{−t²} with Hermite's polynomials; the error function is its integral. */
const errorFunction: ScalarFunction = {
  at: (t, order) =>
    order === 0 ? erf(t) : (2 / Math.sqrt(Math.PI)) * (order % 2 === 0 ? -1 : 1) * hermite(order - 1, t) * Math.exp(-t * t),
};

function hermite(order: number, t: number): number {
  let previous = 0;
  let current = 1;
  for (let k = 0; k < order; k++) [previous, current] = [current, 2 * t * current - 2 * k * previous];
  return current;
}

/** By its series for small t, by the continued fraction of erfc beyond (Abramowitz & Stegun 7.1.6, 7.1.14). */
function erf(t: number): number {
  const x = Math.abs(t);
  if (x > 6) return Math.sign(t);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (2 * x * x) / (2 * k + 1);
      sum += term;
    }
    return Math.sign(t) * (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.sign(t) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction));
}

/** Φ, the distribution function of the standard normal. */
const normal: ScalarFunction = {
  at: (t, order) => (order === 0 ? 0.5 : 0) + 0.5 * errorFunction.at(t / Math.SQRT2, order) * Math.SQRT1_2 ** order,
};

/** t g(t): its k-th derivative is t g⁽ᵏ⁾ + k g⁽ᵏ⁻¹⁾. */
const gated = (gate: ScalarFunction): ScalarFunction => ({
  at: (t, order) => t * gate.at(t, order) + (order > 0 ? order * gate.at(t, order - 1) : 0),
});

const softplus: ScalarFunction = {
  at: (t, order) => (order > 0 ? sigmoid.at(t, order - 1) : Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)))),
};

const logarithm: ScalarFunction = {
  at: (t, order) => {
    if (t <= 0) throw new DomainError('domain');
    return order === 0 ? Math.log(t) : powerAt(t, -1, order - 1);
  },
};

/** The k-th derivative of arctan is (k − 1)! cosᵏθ sin k(θ + π/2) with θ = arctan t. */
const arctangent: ScalarFunction = {
  at: (t, order) => {
    const angle = Math.atan(t);
    if (order === 0) return angle;
    let factor = 1;
    for (let k = 2; k < order; k++) factor *= k;
    return factor * Math.cos(angle) ** order * Math.sin(order * (angle + Math.PI / 2));
  },
};

export const knownFunctions: Readonly<Record<ElementwiseName, ScalarFunction>> = {
  sigmoid,
  tanh: autonomous(Math.tanh, [1, 0, -1]),
  relu: ramp(0, 1),
  'leaky-relu': ramp(0.01, 1),
  softplus,
  identity: { at: (t, order) => (order === 0 ? t : order === 1 ? 1 : 0) },
  exp: exponential,
  log: logarithm,
  sin: sine,
  cos: { at: (t, order) => sine.at(t, order + 1) },
  tan: autonomous(Math.tan, [1, 0, 1]),
  sqrt: powerOf(0.5),
  abs: ramp(-1, 1),
  sign: step(-1, 0, 1),
  heaviside: step(0, 0, 1),
  gelu: gated(normal),
  silu: gated(sigmoid),
  elu: { kinkFrom: 2, at: (t, order) => (t > 0 ? (order === 0 ? t : order === 1 ? 1 : 0) : order === 0 ? Math.expm1(t) : Math.exp(t)) },
  sinh: hyperbolic(0),
  cosh: hyperbolic(1),
  arctan: arctangent,
  erf: errorFunction,
  reciprocal: powerOf(-1),
  square: powerOf(2),
};

/** A smooth function that is like no other: t ↦ a sin(bt + c) + dt + et²/2 with constants drawn by name and seed. */
export function openFunction(name: string, seed: number): ScalarFunction {
  const next = randomFor(`function ${name}`, seed);
  const a = between(next, 0.4, 0.9);
  const b = between(next, 0.7, 1.6);
  const c = between(next, -1, 1);
  const d = between(next, 0.6, 1.2);
  const e = between(next, 0.1, 0.3);
  const polynomial = [(t: number) => d * t + (e * t * t) / 2, (t: number) => d + e * t, () => e];
  return { at: (t, order) => a * b ** order * Math.sin(b * t + c + (order * Math.PI) / 2) + (polynomial[order]?.(t) ?? 0) };
}
