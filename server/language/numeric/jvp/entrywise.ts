// Forward rules of the operations that work entry by entry.
import { knownFunctions } from '../elementwise.js';
import type { Algebra, JvpRules, Value } from '../operation.js';

/** The sum of what is there, in the output's size. */
function sumOf(o: Algebra, output: Value, ...parts: readonly (Value | undefined)[]): Value {
  let sum: Value | undefined;
  for (const part of parts) if (part !== undefined) sum = sum === undefined ? part : o.add(sum, part);
  return o.broadcastTo(sum ?? o.scale(output, 0), output.dims);
}

const times = (o: Algebra, tangent: Value | undefined, factor: () => Value): Value | undefined =>
  tangent === undefined ? undefined : o.multiply(tangent, factor());

type Entrywise = 'add' | 'subtract' | 'multiply' | 'divide' | 'scale' | 'elementwise' | 'power' | 'raise';

export const entrywiseJvp: JvpRules<Entrywise> = {
  add: (o, _, [da, db], __, output) => sumOf(o, output, da, db),
  subtract: (o, _, [da, db], __, output) => sumOf(o, output, da, db && o.scale(db, -1)),
  multiply: (o, [a, b], [da, db], _, output) =>
    sumOf(
      o,
      output,
      times(o, da, () => b as Value),
      times(o, db, () => a as Value),
    ),
  // d(a/b) = da/b − (a/b) db/b
  divide: (o, [, b], [da, db], _, output) =>
    sumOf(o, output, da && o.divide(da, b as Value), db && o.scale(o.multiply(output, o.divide(db, b as Value)), -1)),
  scale: (o, _, [da], factor) => o.scale(da as Value, factor),
  elementwise: (o, [a], [da], p) => o.multiply(da as Value, o.apply('elementwise', [a as Value], { ...p, order: p.order + 1 })),
  power: (o, [a], [da], exponent) => o.multiply(da as Value, powerSlope(o, a as Value, exponent)),
  // d(a^b) = b a^{b−1} da + a^b log a db
  raise: (o, [a, b], [da, db], _, output) =>
    sumOf(
      o,
      output,
      times(o, da, () => o.multiply(b as Value, o.divide(output, a as Value))),
      times(o, db, () => o.multiply(output, logOf(o, a as Value))),
    ),
};

/** p a^{p−1}, without a^{−1} where p is zero. */
export function powerSlope(o: Algebra, a: Value, exponent: number): Value {
  return exponent === 0 ? o.scale(a, 0) : o.scale(o.power(a, exponent - 1), exponent);
}

/** log a, entry by entry. */
export function logOf(o: Algebra, a: Value): Value {
  return o.apply('elementwise', [a], { fn: knownFunctions.log, order: 0, tolerance: 0 });
}
