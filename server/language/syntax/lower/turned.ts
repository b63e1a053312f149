// Transposes and inverses that stand before or behind a function's brackets: r^T(x), ∇f(x)^T, ∇²f(x)^{-1}.
import type { Expr, ExprOf } from '../../expr.js';
import { opensArguments, readBracket } from './brackets.js';
import { type Cursor, type Lowering, make, peek } from './build.js';

/** r^T(x), which is r(x)^T. */
export function readTurnedCall(cx: Lowering, c: Cursor, first: ExprOf<'transpose'>): Expr | undefined {
  const { base, sign } = first;
  if (base.kind !== 'symbol' || !/^(?:[a-z]|\\math\w+\{[a-z]\}|\\vec\{[a-z]\})$/.test(base.name.base) || !opensArguments(peek(c)))
    return undefined;
  const from = c.at;
  const bracket = readBracket(cx, c);
  const args = bracket?.plain;
  if (args?.kind !== 'group' || args.body.kind !== 'symbol' || bracket?.scripts) {
    c.at = from;
    return undefined;
  }
  const span = { start: first.span.start, end: args.span.end };
  const call = make(cx, span, { kind: 'call', head: base, args });
  return make(cx, span, {
    kind: 'juxtaposed',
    head: base,
    application: make(cx, span, { kind: 'transpose', base: call, sign }),
    factors: [first, args],
  });
}

/** \nabla f(x)^T and \nabla^2 f(x)^{-1}: the sign behind the function's argument is the gradient's. */
export function scriptOf(operand: Expr): { readonly base: Expr; readonly script: ExprOf<'transpose'> | ExprOf<'inverse'> } | undefined {
  if (isTurned(operand))
    return operand.base.kind === 'symbol' || operand.base.kind === 'transpose' ? { base: operand.base, script: operand } : undefined;
  if (operand.kind !== 'juxtaposed') return undefined;
  const { application, factors } = operand;
  const [head, argument] = factors;
  if (!isTurned(application) || !isTurned(argument)) return undefined;
  const span = { start: operand.span.start, end: argument.base.span.end };
  return { base: { ...operand, span, application: application.base, factors: [head, argument.base] }, script: application };
}

export const isTurned = (e: Expr): e is ExprOf<'transpose'> | ExprOf<'inverse'> =>
  e.kind === 'transpose' || (e.kind === 'inverse' && !e.pseudo);
