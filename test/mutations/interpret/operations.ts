// Powers, quotients, sums and sums over a letter.
import type { ExprOf } from '../../../server/language/expr.js';
import { walk } from '../../../server/language/syntax/print.js';
import {
  alongAxis,
  eliminate,
  entrywise,
  isScalar,
  isSquare,
  isVector,
  mapped,
  matrixExp,
  matrixPower,
  type NdArray,
  sameDims,
} from '../arrays.js';
import { cap, each, type Running, some, sure, Unsupported, type Value, type Values } from './scene.js';
import { lookup } from './symbols.js';

export function powerOf(e: ExprOf<'power'>, s: Running): Values {
  if (e.asName && (s.world.dims.has(e.asName.key) || s.world.definitions.has(e.asName.key))) return sure(lookup(e.asName.key, s));
  if (e.base.kind === 'symbol' && e.base.name.key === 'e' && !s.world.dims.has('e')) {
    return each([s.evaluate(e.exponent, s)], ([a]) =>
      !a ? [] : isScalar(a) || !isSquare(a) ? [mapped(a, Math.exp)] : some(matrixExp(a), mapped(a, Math.exp)),
    );
  }
  return each([s.evaluate(e.base, s), s.evaluate(e.exponent, s)], ([a, k]) => {
    if (!a || !k || !isScalar(k)) return [];
    const power = k.data[0] as number;
    return isScalar(a) || !isSquare(a) ? [mapped(a, (x) => x ** power)] : some(matrixPower(a, power));
  });
}

export const inverseOf = (e: ExprOf<'inverse'>, s: Running): Values =>
  each([s.evaluate(e.base, s)], ([a]) => (a && isSquare(a) ? some(inverted(a)) : []));

export function quotientOf(e: ExprOf<'quotient'>, s: Running): Values {
  const out = each([s.evaluate(e.numerator, s), s.evaluate(e.denominator, s)], ([a, b]) =>
    !a || !b ? [] : isScalar(b) || (isVector(a) && isVector(b)) ? some(entrywise(a, b, (x, y) => x / y)) : [],
  );
  const literal = [...walk(e)].every((n) => n.kind === 'number' || n.kind === 'quotient');
  return literal ? out.map((v) => ({ ...v, literal })) : out;
}

export function sumOf(e: ExprOf<'sum'>, s: Running): Values {
  let sums: Values = [];
  e.addends.forEach((addend, i) => {
    const values = s.evaluate(addend.expr, s).map((v): Value => ({ ...v, array: addend.sign < 0 ? mapped(v.array, (x) => -x) : v.array }));
    sums = i === 0 ? values : sums.flatMap((x) => values.flatMap((y) => added(x, y))).slice(0, cap);
  });
  return sums;
}

export function binderOf(e: ExprOf<'binder'>, s: Running): Values {
  const [letter] = e.letters;
  if (e.op !== 'sum' || !letter || e.letters.length !== 1 || !e.upper) throw new Unsupported('binder');
  const upper = s.evaluate(e.upper, s)[0];
  if (!upper || !isScalar(upper.array)) throw new Unsupported('limits');
  let sums: Values = [];
  for (let i = 1; i <= (upper.array.data[0] as number); i++) {
    const values = s.evaluate(e.body, { ...s, letters: new Map([...s.letters, [letter, i]]) });
    sums = i === 1 ? values : sums.flatMap((x, k) => (values[k] ? added(x, values[k] as Value) : []));
  }
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

function inverted(a: NdArray): NdArray {
  const { inverse } = eliminate(a);
  if (!inverse) throw new Unsupported('singular');
  return inverse;
}
