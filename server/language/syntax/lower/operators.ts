// Differential operators where they stand outside a fraction: ∇, ∂_x, ∂x, dx. Fractions of differentials are in calculus.ts.
import type { Expr, ExprOf } from '../../expr.js';
import type { Tex } from '../tree.js';
import { isOpening } from './brackets.js';
import { bare, type Cursor, hole, isCommand, type Lowering, make, peek, unwrap } from './build.js';
import { type DifferentialSign, differentialSign } from './calculus.js';
import { letter } from './fonts.js';
import { canonical } from './names.js';
import * as table from './notation.js';

type Read = (cx: Lowering, c: Cursor) => Expr | undefined;

/** ∇, ∂ or d at the cursor, with what it is of; `read` reads that. Undefined (and not moved) where none stands. */
export function readOperator(cx: Lowering, c: Cursor, read: Read): Expr | undefined {
  const node = peek(c);
  const plain = bare(node);
  if (!node || !plain) return undefined;
  if (isCommand(plain, 'nabla')) return readNabla(cx, c, node);
  const sign = differentialSign(node);
  if (!sign || sign === '\\delta') return undefined;
  return sign === '\\partial' ? readPartial(cx, c, node, read) : readDifferential(cx, c, node, read);
}

function readNabla(cx: Lowering, c: Cursor, node: Tex): Expr {
  c.at++;
  const scripts = node.kind === 'scripts' ? node : undefined;
  const by = scripts?.sub ? cx.expression(cx, unwrap(scripts.sub), node.span) : undefined;
  const order = scripts?.sup && canonical(unwrap(scripts.sup)) === '2' ? 2 : 1;
  return make(cx, node.span, { kind: 'nabla', operand: undefined, by, order });
}

function readPartial(cx: Lowering, c: Cursor, node: Tex, read: Read): Expr | undefined {
  c.at++;
  if (node.kind === 'scripts' && node.sub) {
    const by = cx.expression(cx, unwrap(node.sub), node.span);
    return make(cx, node.span, {
      kind: 'derivative',
      of: undefined,
      by: [by],
      order: 1,
      form: 'subscript',
      total: false,
      operatorSpan: node.span,
    });
  }
  return differentialOf(cx, node, '\\partial', read(cx, c));
}

function readDifferential(cx: Lowering, c: Cursor, node: Tex, read: Read): Expr | undefined {
  const next = peek(c, 1);
  const upright = node.kind !== 'char' && !(node.kind === 'scripts' && node.base?.kind === 'char');
  if (node.kind === 'scripts' && (node.sub || node.primes > 0)) return undefined;
  if (!next || (!upright && !(startsSymbol(next) || (cx.differentials && startsOperand(next))))) return undefined;
  const apart = !upright && next.span.start !== node.span.end;
  if ((apart && !cx.differentials) || (node.kind === 'scripts' && !upright)) return undefined;
  c.at++;
  const differential = differentialOf(cx, node, 'd', read(cx, c));
  return apart && differential.kind === 'differential' ? orProduct(cx, node, differential) : differential;
}

/** d x: the differential of x, or a product where d is the name of something. */
function orProduct(cx: Lowering, node: Tex, application: ExprOf<'differential'>): Expr {
  const head = letter(cx, 'd', node.span);
  return make(cx, application.span, { kind: 'juxtaposed', head, application, factors: [head, application.base] });
}

/** Brackets, norms and functions: what d is put before where the formula writes differentials. */
const startsOperand = (node: Tex): boolean => {
  const plain = bare(node);
  return isOpening(node) || (plain?.kind === 'command' && /^(?:log|ln|det|exp|operatorname|tr|Tr|sin|cos|tanh|left|\|)$/.test(plain.name));
};

const startsSymbol = (node: Tex): boolean => {
  const plain = bare(node);
  if (plain?.kind === 'char') return /[a-zA-Z]/.test(plain.char);
  if (plain?.kind === 'command')
    return (
      table.greek.has(plain.name) ||
      plain.name in table.fonts ||
      table.decorations.has(plain.name) ||
      /^(?:mathrm|mathsf)$/.test(plain.name)
    );
  return plain?.kind === 'group';
};

function differentialOf(cx: Lowering, node: Tex, sign: 'd' | '\\partial', base: Expr | undefined): Expr {
  if (!base) return hole(cx, node.span);
  const span = { start: node.span.start, end: base.span.end };
  if (base.kind === 'transpose' && sign === 'd') {
    const inner = make(cx, span, differentialBody(base.base, sign));
    return make(cx, span, { kind: 'transpose', base: inner, sign: base.sign });
  }
  return make(cx, span, differentialBody(base, sign));
}

/** d or ∂ of something; of a symbol it may be a name of its own. */
export function differentialBody(base: Expr, sign: DifferentialSign): Omit<ExprOf<'differential'>, 'id' | 'span'> {
  if (sign === 'd' && base.kind === 'symbol')
    return { kind: 'differential', base, order: 1, sign, asName: { ...base.name, key: `d${base.name.key}`, base: `d${base.name.base}` } };
  return { kind: 'differential', base, order: 1, sign };
}
