// Jacobians by their names: D f(x), J_f(x). Each keeps the reading in which its letter names something.
import type { Expr } from '../../expr.js';
import type { Span } from '../../text.js';
import { type Lowering, make } from './build.js';
import { makeName } from './names.js';

const derivativeLetters = /^(?:D|\\math(?:rm|bf|sf)\{D\}|\\text\{D\}|\\mathbf\{D\})$/;
const jacobianLetters = /^(?:\\math(?:rm|bf|sf|cal)\{J\}|\\text\{J(?:ac)?\}|J)$/;

/** D f(x): the Jacobian of f at x, or a product where D is the name of something. */
export function jacobianOf(cx: Lowering, operator: Expr, of: Expr): Expr | undefined {
  if (operator.kind !== 'symbol' || !derivativeLetters.test(operator.name.key)) return undefined;
  const by = of.kind === 'juxtaposed' && of.application.kind === 'call' ? of.application.args : undefined;
  if (of.kind !== 'juxtaposed' || by?.kind !== 'group' || by.body.kind !== 'symbol') return undefined;
  const span = { start: operator.span.start, end: of.span.end };
  return make(cx, span, { kind: 'juxtaposed', head: operator, application: byArgument(cx, span, of, by.body), factors: [operator, of] });
}

/** J_f(x) as the derivative of f(x). */
export function namedJacobian(cx: Lowering, head: Expr, args: Expr, span: Span): Expr | undefined {
  if (head.kind !== 'symbol' || head.name.labels.length > 0 || !jacobianLetters.test(head.name.base)) return undefined;
  if (!/^(?:\\?[a-zA-Z]+|\\math\w+\{\w\})$/.test(head.name.subText) || args.kind !== 'group' || args.body.kind !== 'symbol')
    return undefined;
  const f = make(cx, head.span, { kind: 'symbol', name: makeName({ base: head.name.subText }) });
  const call = make(cx, span, { kind: 'call', head: f, args });
  return byArgument(cx, span, make(cx, span, { kind: 'juxtaposed', head: f, application: call, factors: [f, args] }), args.body);
}

/** ∂u/∂x^T has a row for each entry of u in every layout. */
const byArgument = (cx: Lowering, span: Span, of: Expr, x: Expr): Expr =>
  make(cx, span, {
    kind: 'derivative',
    of,
    by: [make(cx, x.span, { kind: 'transpose', base: x, sign: '\\top' })],
    order: 1,
    form: 'fraction',
    total: true,
  });
