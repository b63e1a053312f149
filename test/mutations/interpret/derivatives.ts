// Derivatives, gradients and differentials, arranged by the layout.
import type { Expr, ExprOf } from '../../../server/language/expr.js';
import { arrange, type Layout } from '../arrange.js';
import { arrayOf, entrywise, isScalar, type NdArray } from '../arrays.js';
import { nameOf } from '../world.js';
import { type Running, sure, Unsupported, type Values } from './scene.js';
import { lookup } from './symbols.js';
import { along, moved, rawDerivatives, type Target, targetOf } from './targets.js';

export function derivativeOf(e: ExprOf<'derivative'>, s: Running): Values {
  const { of } = e;
  if (!of) throw new Unsupported('operator without operand');
  if (e.order > 1) return secondOrder(of, e.by, s);
  if (e.by.length !== 1) throw new Unsupported('by several');
  const target = targetOf(e.by[0] as Expr, s);
  const transposed = { of: of.kind === 'transpose' || (of.kind === 'group' && of.body.kind === 'transpose'), by: target.transposed };
  const plain = s.evaluate(of, s);
  return rawDerivatives(of, target, s).flatMap((raw, k) =>
    arrange(raw, s.layout, transposed).map((array) => ({ array, lenient: plain[k]?.lenient ?? false, derivative: true })),
  );
}

export function nablaOf(e: ExprOf<'nabla'>, s: Running): Values {
  const { operand, by } = e;
  if (!operand || !by || e.sign) throw new Unsupported('nabla');
  if (e.order > 1) return secondOrder(operand, [by], s);
  const target = targetOf(by, s);
  const plain = s.evaluate(operand, s);
  return rawDerivatives(operand, target, s).flatMap((raw, k) => {
    const layouts: readonly Layout[] = raw.of.length === 0 ? ['denominator'] : ['denominator', 'numerator'];
    return layouts
      .flatMap((layout) => arrange(raw, layout, { of: false, by: false }))
      .map((array) => ({ array, lenient: plain[k]?.lenient ?? false, derivative: true }));
  });
}

export function differentialOf(e: ExprOf<'differential'>, s: Running): Values {
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

function secondOrder(of: Expr, by: readonly Expr[], s: Running): Values {
  const targets = by.map((b) => targetOf(b, s));
  const [first, second] = [targets[0] as Target, targets[1] ?? (targets[0] as Target)];
  const base = (t: Target): NdArray => lookup(t.key, s) as NdArray;
  const rows = first.places.map((p) =>
    second.places.map((q) => {
      const inner = (outer: Running): NdArray => {
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
