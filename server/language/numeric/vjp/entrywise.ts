// Reverse rules of the operations that work entry by entry. What was broadcast forward is summed backward.
import { logOf, powerSlope } from '../jvp/entrywise.js';
import type { Value, VjpRules } from '../operation.js';

type Entrywise = 'add' | 'subtract' | 'multiply' | 'divide' | 'scale' | 'elementwise' | 'power' | 'raise';

const wants = (wanted: readonly number[], input: number): boolean => (wanted[input] as number) >= 0;

export const entrywiseVjp: VjpRules<Entrywise> = {
  add: (o, [a, b], g, _, __, wanted) => [
    wants(wanted, 0) ? o.sumTo(g, (a as Value).dims) : undefined,
    wants(wanted, 1) ? o.sumTo(g, (b as Value).dims) : undefined,
  ],
  subtract: (o, [a, b], g, _, __, wanted) => [
    wants(wanted, 0) ? o.sumTo(g, (a as Value).dims) : undefined,
    wants(wanted, 1) ? o.scale(o.sumTo(g, (b as Value).dims), -1) : undefined,
  ],
  multiply: (o, [a, b], g, _, __, wanted) => [
    wants(wanted, 0) ? o.sumTo(o.multiply(g, b as Value), (a as Value).dims) : undefined,
    wants(wanted, 1) ? o.sumTo(o.multiply(g, a as Value), (b as Value).dims) : undefined,
  ],
  divide: (o, [a, b], g, _, output, wanted) => {
    const quotient = o.divide(g, b as Value);
    return [
      wants(wanted, 0) ? o.sumTo(quotient, (a as Value).dims) : undefined,
      wants(wanted, 1) ? o.scale(o.sumTo(o.multiply(quotient, output), (b as Value).dims), -1) : undefined,
    ];
  },
  scale: (o, _, g, factor) => [o.scale(g, factor)],
  elementwise: (o, [a], g, p) => [o.multiply(g, o.apply('elementwise', [a as Value], { ...p, order: p.order + 1 }))],
  power: (o, [a], g, exponent) => [o.multiply(g, powerSlope(o, a as Value, exponent))],
  raise: (o, [a, b], g, _, output, wanted) => {
    const weighted = o.multiply(g, output);
    return [
      wants(wanted, 0) ? o.sumTo(o.multiply(weighted, o.divide(b as Value, a as Value)), (a as Value).dims) : undefined,
      wants(wanted, 1) ? o.sumTo(o.multiply(weighted, logOf(o, a as Value)), (b as Value).dims) : undefined,
    ];
  },
};
