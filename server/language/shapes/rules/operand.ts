// What products need to know of a factor beyond its shape: whether it is diagonal, and which single symbol it is made of.
import type { Expr } from '../../expr.js';
import type { Candidate } from '../candidate.js';
import { isElementwise } from './functions.js';
import type { Operand } from './pair.js';

export function operandOf(c: Candidate): Operand {
  const symbol = c.shape && c.shape.dims.length === 2 ? singleSymbol(c.expr) : undefined;
  const diagonal = isDiagonal(c);
  if (!c.shape && c.rule !== 'opaque') return { shape: undefined, expr: c.expr };
  const slope = isSlope(c);
  if (!diagonal && !slope && symbol === undefined) return { shape: c.shape };
  return {
    shape: c.shape,
    ...(diagonal ? { diagonal } : {}),
    ...(slope ? { slope } : {}),
    ...(symbol === undefined ? {} : { symbol, bare: c.expr.kind === 'symbol' }),
  };
}

/** f'(z): the slopes of a function that acts entry by entry. */
function isSlope(c: Candidate): boolean {
  if (c.rule === 'elementwise') return c.detail?.kind === 'elementwise' && c.detail.order > 0;
  return (c.rule === 'group' || c.rule === 'splice') && c.parts[0] !== undefined && isSlope(c.parts[0]);
}

function isDiagonal(c: Candidate): boolean {
  if (c.rule === 'derivative') return c.detail?.kind === 'derivative' && c.detail.diagonal;
  if (c.rule === 'group' || c.rule === 'annotated' || c.rule === 'splice') return c.parts[0] !== undefined && isDiagonal(c.parts[0]);
  return false;
}

/** The symbol of an expression that is made of it alone, entry by entry: a, 1-a, σ(z), f'(z). Undefined if there are several or none. */
function singleSymbol(expr: Expr): string | undefined {
  const found = new Set<string>();
  return collect(expr, found) && found.size === 1 ? [...found][0] : undefined;
}

function collect(expr: Expr, found: Set<string>): boolean {
  switch (expr.kind) {
    case 'symbol':
      found.add(expr.name.key);
      return true;
    case 'number':
      return true;
    case 'group':
      return collect(expr.body, found);
    case 'sum':
      return expr.addends.every((a) => collect(a.expr, found));
    case 'power':
      if (expr.asName && expr.exponent.kind !== 'number') {
        found.add(expr.asName.key);
        return true;
      }
      return expr.exponent.kind === 'number' && collect(expr.base, found);
    case 'juxtaposed':
      return expr.factors[1].kind === 'group' && (expr.head.kind === 'symbol' || expr.head.kind === 'prime') && collectCall(expr, found);
    case 'apply':
      return isElementwise(expr.fn) && expr.args.length === 1 && expr.args[0] !== undefined && collect(expr.args[0], found);
    default:
      return false;
  }
}

/** σ(z) is made of z; a(1-a) of a. */
function collectCall(expr: Extract<Expr, { kind: 'juxtaposed' }>, found: Set<string>): boolean {
  const head = expr.head.kind === 'prime' ? expr.head.base : expr.head;
  const inner = new Set<string>();
  if (!collect(expr.factors[1], inner)) return false;
  if (head.kind === 'symbol' && inner.has(head.name.key)) found.add(head.name.key);
  for (const key of inner) found.add(key);
  return true;
}
