// Bottom-up inference: every node of an expression gets its few candidates, by a rule per kind.
import type { Expr, ExprKind, ExprOf } from '../expr.js';
import { type Candidate, costs, type Inference } from './candidate.js';
import { inferSum } from './rules/agreement.js';
import { inferAnnotated } from './rules/annotation.js';
import { inferApply, inferCall } from './rules/application.js';
import { inferDerivative, inferDifferential, inferNabla } from './rules/calculus.js';
import { candidate, handful, type Infer, unknown } from './rules/common.js';
import { inferBinder, inferElement, inferInner, inferNorm } from './rules/entries.js';
import { inferFlatProduct, inferJuxtaposed } from './rules/factors.js';
import { inferMatrix, inferTuple } from './rules/literal.js';
import { inferQuotient } from './rules/quotient.js';
import { inferInverse, inferPower, inferPrime, inferSymbol, inferTranspose } from './rules/symbol.js';
import { scalar } from './shape.js';

type Rules = { readonly [K in ExprKind]: (cx: Inference, expr: ExprOf<K>, infer: Infer) => readonly Candidate[] };

/** The candidates of an expression, cheapest first, at least one. */
export function infer(cx: Inference, expr: Expr): readonly Candidate[] {
  const known = cx.memo.get(expr);
  if (known) return known;
  const rule = rules[expr.kind] as (cx: Inference, expr: Expr, infer: Infer) => readonly Candidate[];
  const found = rule(cx, expr, infer);
  cx.memo.set(expr, found);
  return found;
}

const through = (cx: Inference, expr: Expr, inner: Expr, rule: Candidate['rule'] = 'group'): readonly Candidate[] =>
  infer(cx, inner).map((c) => candidate({ expr, shape: c.shape, rule, parts: [c] }));

const rules: Rules = {
  number: (_, expr) => {
    const number = candidate({ expr, shape: scalar, rule: 'number' });
    return expr.value === 0 ? [number, candidate({ expr, shape: undefined, rule: 'zero', cost: costs.anyZero })] : [number];
  },
  symbol: inferSymbol,
  power: inferPower,
  transpose: inferTranspose,
  inverse: inferInverse,
  prime: inferPrime,
  product: inferFlatProduct,
  sum: (cx, expr) =>
    inferSum(
      cx,
      expr,
      expr.addends.map((a) => infer(cx, a.expr)),
    ),
  quotient: (cx, expr) => inferQuotient(expr, infer(cx, expr.numerator), infer(cx, expr.denominator)),
  group: (cx, expr) => through(cx, expr, expr.body),
  tuple: (cx, expr) =>
    inferTuple(
      cx,
      expr,
      expr.items.map((i) => infer(cx, i)),
    ),
  juxtaposed: inferJuxtaposed,
  call: inferCall,
  apply: inferApply,
  derivative: (cx, expr) => inferDerivative(cx, expr, (e) => infer(cx, e)),
  nabla: (cx, expr) => inferNabla(cx, expr, (e) => infer(cx, e)),
  differential: (cx, expr) => inferDifferential(cx, expr, (e) => infer(cx, e)),
  binder: inferBinder,
  matrix: (cx, expr) =>
    inferMatrix(
      cx,
      expr,
      expr.cells.map((row) => row.map((cell) => (cell ? infer(cx, cell) : undefined))),
    ),
  cases: (cx, expr) => {
    const parts = expr.branches.map((b) => infer(cx, b.value)[0] as Candidate);
    return [candidate({ expr, shape: parts.find((p) => p.shape)?.shape, rule: 'cases', parts })];
  },
  norm: inferNorm,
  inner: inferInner,
  element: inferElement,
  annotated: (cx, expr) => inferAnnotated(cx, expr, infer(cx, expr.base)),
  at: (cx, expr) => through(cx, expr, expr.base, 'at'),
  relation: (cx, expr) => [
    candidate({
      expr,
      shape: undefined,
      rule: 'opaque',
      parts: [infer(cx, expr.left)[0] as Candidate, infer(cx, expr.right)[0] as Candidate],
    }),
  ],
  set: (_, expr) => unknown(expr),
  choice: (cx, expr) =>
    handful(expr.options.slice(0, 6).flatMap((o, i) => infer(cx, o).map((c) => ({ ...c, cost: c.cost + i * costs.option })))),
  text: (_, expr) => unknown(expr),
  ellipsis: (_, expr) => unknown(expr),
  hole: (_, expr) => unknown(expr),
};
