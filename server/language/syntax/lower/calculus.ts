// Derivatives as they are written: fractions of differentials, ∂_x, ∇, d. Decides by form alone what is a derivative.
import type { Expr } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { bare, hullOf, isChar, isCommand, type Lowering, make, unwrap } from './build.js';
import { canonical } from './names.js';

export type DifferentialSign = 'd' | '\\partial' | '\\delta';

/** ∂, d, \mathrm d at the head of a numerator or denominator; δ only as a whole fraction of δs. */
export function differentialSign(node: Tex | undefined): DifferentialSign | undefined {
  const plain = bare(node);
  if (isCommand(plain, 'partial')) return '\\partial';
  if (isChar(plain, 'd')) return 'd';
  if (plain?.kind === 'text' && plain.text.trim() === 'd') return 'd';
  if (
    plain?.kind === 'command' &&
    plain.args.length === 1 &&
    /^(?:mathrm|rm|text|operatorname|mathit|mathbf|bf)$/.test(plain.name) &&
    canonical(plain.args[0] ?? []) === 'd'
  )
    return 'd';
  if (isCommand(plain, 'diff') || isCommand(plain, 'dif') || isCommand(plain, 'dd')) return 'd';
  if (isCommand(plain, 'delta')) return '\\delta';
  return undefined;
}

/** The order of ∂^2; undefined if the sign carries any other script. */
function orderOf(node: Tex | undefined): number | undefined {
  if (node?.kind !== 'scripts') return 1;
  if (node.sub || node.primes > 0 || !node.sup) return undefined;
  const text = canonical(unwrap(node.sup));
  return /^\d$/.test(text) ? Number(text) : undefined;
}

interface Part {
  readonly sign: DifferentialSign;
  readonly order: number;
  readonly rest: readonly Tex[];
}

function readPart(nodes: readonly Tex[]): Part | undefined {
  const flat = unwrap(nodes);
  const sign = differentialSign(flat[0]);
  const order = orderOf(flat[0]);
  return sign && order ? { sign, order, rest: flat.slice(1) } : undefined;
}

/** \frac{∂ u}{∂ v}, \frac{d}{dx}, \frac{∂² f}{∂x ∂x^T}; undefined where it is a plain quotient, as \frac{d}{a}. */
export function readDerivative(cx: Lowering, numerator: readonly Tex[], denominator: readonly Tex[], span: Span): Expr | undefined {
  const top = readPart(numerator);
  const bottom = readPart(denominator);
  if (top && !bottom) return withoutSign(cx, top, denominator, span);
  if (!top || !bottom || bottom.rest.length === 0) return undefined;
  if (top.sign === '\\delta' && (bottom.sign !== '\\delta' || top.rest.length === 0)) return undefined;
  if (top.sign === 'd' && bottom.sign === 'd' && plainQuotient(top.rest, bottom.rest)) return undefined;
  const by = splitDenominator(cx, unwrap(denominator), top.order);
  if (!by) return undefined;
  const of = top.rest.length > 0 ? cx.expression(cx, top.rest, hullOf(top.rest, span)) : undefined;
  const order = Math.max(top.order, by.length);
  const targets = order > by.length && by.length === 1 && by[0] ? Array.from({ length: order }, () => by[0] as Expr) : by;
  const form = of ? 'fraction' : 'operator';
  return make(cx, span, {
    kind: 'derivative',
    of,
    by: targets,
    order,
    form,
    total: top.sign === 'd',
    ...(of ? {} : { operatorSpan: span }),
  });
}

/** \frac{∂z}{x}: a ∂ alone means nothing, so the one beneath the line is missing. */
function withoutSign(cx: Lowering, { sign, order, rest }: Part, denominator: readonly Tex[], span: Span): Expr | undefined {
  const by =
    order === 1 && sign === '\\partial' && rest.length > 0 ? cx.expression(cx, unwrap(denominator), hullOf(denominator, span)) : undefined;
  if (by?.kind !== 'symbol' && !(by?.kind === 'power' && by.asName)) return undefined;
  return make(cx, span, {
    kind: 'derivative',
    of: cx.expression(cx, rest, hullOf(rest, span)),
    by: [by],
    order,
    form: 'fraction',
    total: false,
  });
}

/** d · something over d · something where the d is a variable: a product or a sign follows. */
const plainQuotient = (top: readonly Tex[], bottom: readonly Tex[]): boolean => {
  const odd = (n: Tex | undefined): boolean => n?.kind === 'char' && /[-+,=]/.test(n.char);
  return odd(top[0]) || odd(bottom[0]);
};

/** ∂x ∂y^T → x, y^T; a power on the variable (∂x²) counts it twice. */
function splitDenominator(cx: Lowering, nodes: readonly Tex[], order: number): readonly Expr[] | undefined {
  const parts: Tex[][] = [];
  // ∂d is by d: a d begins another variable only beside d.
  const ofPartials = differentialSign(nodes[0]) === '\\partial';
  let depth = 0;
  for (const node of nodes) {
    const plain = bare(node);
    const sign = differentialSign(node);
    const starts =
      depth === 0 &&
      (parts.length === 0
        ? sign !== undefined
        : parts[parts.length - 1]?.length !== 0 &&
          (sign === '\\partial' ||
            (sign === 'd' && !ofPartials && (isChar(node, 'd') || (node.kind !== 'char' && plain?.kind !== 'char')))));
    if (isChar(plain, '(')) depth++;
    if (isChar(plain, ')')) depth--;
    // ∂d: behind the sign stands a variable, be it a d.
    if (starts && orderOf(node) !== undefined && parts[parts.length - 1]?.length !== 0) parts.push([]);
    else if (parts.length === 0) return undefined;
    else parts[parts.length - 1]?.push(node);
  }
  const out: Expr[] = [];
  for (const part of parts) {
    if (part.length === 0) return undefined;
    const expr = cx.expression(cx, part, hullOf(part, { start: 0, end: 0 }));
    const square =
      order > 1 && expr.kind === 'power' && expr.exponent.kind === 'number' && expr.exponent.value >= 2 && expr.exponent.value <= 4;
    if (square && expr.kind === 'power' && expr.exponent.kind === 'number')
      for (let i = 0; i < expr.exponent.value; i++) out.push(expr.base);
    else out.push(expr);
  }
  return out;
}
