// Products with prefix operators (∂/∂x, ∇): the choice of what each of them applies to.
import type { Expr, ExprOf, ProductSign } from '../../expr.js';
import { hole, type Lowering, make } from './build.js';
import { isTurned, scriptOf } from './turned.js';

type Prefix = ExprOf<'nabla'> | ExprOf<'derivative'>;

const isPrefix = (e: Expr): e is Prefix =>
  (e.kind === 'nabla' && e.operand === undefined) || (e.kind === 'derivative' && e.of === undefined);

const maxPrefixes = 3;

/** A product, or the choice of products that its prefix operators allow, the customary first. */
export function build(cx: Lowering, factors: readonly Expr[], signs: readonly ProductSign[]): Expr {
  const prefixes = factors.filter(isPrefix).length;
  const index = factors.findIndex(isPrefix);
  const prefix = factors[index];
  if (!prefix || !isPrefix(prefix) || index === factors.length - 1 || prefixes > maxPrefixes) return flatProduct(cx, factors, signs);
  const next = factors[index + 1];
  if (!next) return flatProduct(cx, factors, signs);
  const before = factors.slice(0, index);
  const whole = build(cx, factors.slice(index + 1), signs.slice(index + 1));
  const rest = flatProduct(cx, [...before, withOperand(cx, prefix, whole)], signs.slice(0, index));
  if (whole === next || (whole.kind === 'choice' && factors.length === index + 2)) return rest;
  const near = build(
    cx,
    [...before, withOperand(cx, prefix, next), ...factors.slice(index + 2)],
    [...signs.slice(0, index), ...signs.slice(index + 1)],
  );
  // \nabla f(x) d: a gradient at a point ends with the point.
  if (prefix.kind === 'nabla' && !prefix.by && next.kind === 'juxtaposed') return near;
  const nearFirst =
    prefix.kind === 'nabla'
      ? next.kind === 'symbol' ||
        (!prefix.by && isTurned(next)) ||
        next.kind === 'juxtaposed' ||
        next.kind === 'group' ||
        signs[index + 1] !== ''
      : isPrefix(next);
  const options = nearFirst ? [near, rest] : [rest, near];
  const flat = options.flatMap((o) => (o.kind === 'choice' ? o.options : [o]));
  return make(cx, rest.span, { kind: 'choice', options: flat });
}

function withOperand(cx: Lowering, prefix: Prefix, operand: Expr): Expr {
  const span = { start: prefix.span.start, end: operand.span.end };
  if (prefix.kind === 'nabla') {
    const scripted = scriptOf(operand);
    if (scripted) {
      const base = withOperand(cx, prefix, scripted.base);
      const { script } = scripted;
      return make(cx, span, script.kind === 'transpose' ? { kind: 'transpose', base, sign: script.sign } : { kind: 'inverse', base });
    }
    return make(cx, span, { kind: 'nabla', operand, by: prefix.by, order: prefix.order });
  }
  const { by, order, form, total } = prefix;
  return make(cx, span, { kind: 'derivative', of: operand, by, order, form, total, operatorSpan: prefix.span });
}

function flatProduct(cx: Lowering, factors: readonly Expr[], signs: readonly ProductSign[]): Expr {
  const [first] = factors;
  const last = factors[factors.length - 1];
  if (!first || !last) return hole(cx, { start: 0, end: 0 });
  if (factors.length === 1) return first;
  return make(cx, { start: first.span.start, end: last.span.end }, { kind: 'product', factors, signs });
}
