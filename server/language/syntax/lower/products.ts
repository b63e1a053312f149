// Products and sums: flat lists of factors with the signs between them. Grouping is left open; a prefix operator
// (∂/∂x, ∇) gives a choice of what it applies to.
import type { Addend, Expr, ExprOf, ProductSign } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { readAtom } from './atoms.js';
import { delimiterOf, opensArguments, readBracket, withScripts } from './brackets.js';
import { bare, type Cursor, hole, isChar, isCommand, isEmptyGroup, type Lowering, make, peek, placeOf } from './build.js';
import { canonical, makeName, readIndex } from './names.js';
import { indicators, productSigns, separators } from './notation.js';
import { differentialBody } from './operators.js';
import { relationAt } from './relations.js';
import { isTurned, readTurnedCall, scriptOf } from './turned.js';

/** The product sign at the cursor with its length in nodes; undefined if there is none. */
function signAt(c: Cursor): { sign: ProductSign; length: number } | undefined {
  const node = peek(c);
  if (node?.kind === 'char') {
    if (node.char === '*') return { sign: '*', length: 1 };
    if (node.char === ':' && !isChar(peek(c, 1), '=')) return { sign: ':', length: 1 };
    const next = peek(c, 1);
    if (node.char === '.' && isChar(next, '*')) return { sign: '.*', length: 2 };
    if (node.char === '.' && isChar(next, '/')) return { sign: './', length: 2 };
    return undefined;
  }
  if (node?.kind !== 'command' || node.args.length > 0) return undefined;
  const sign = productSigns[node.name];
  return sign ? { sign, length: 1 } : undefined;
}

function endsProduct(node: Tex | undefined): boolean {
  if (!node) return true;
  if (node.kind === 'char') return /[-+=<>,;!&)\]?~]/.test(node.char);
  if (node.kind === 'align' || node.kind === 'newline') return true;
  if (relationAt({ nodes: [node], at: 0, end: 1 })) return true;
  return node.kind === 'command' && (separators.has(node.name) || node.name === 'pm' || node.name === 'mp' || node.name === 'mid');
}

/** Reads a product at the cursor. Total: what cannot be read is passed over as a hole. */
export function readProduct(cx: Lowering, c: Cursor): Expr {
  const factors: Expr[] = [];
  const signs: ProductSign[] = [];
  let pending: ProductSign = '';
  const start = placeOf(c);
  while (!endsProduct(peek(c))) {
    const before = c.at;
    if (isEmptyGroup(peek(c))) {
      c.at++;
      continue;
    }
    const found = signAt(c);
    if (found) {
      if (factors.length > 0 || found.sign !== ':') pending = found.sign;
      c.at += found.length;
      continue;
    }
    if (isChar(peek(c), '/') && factors.length > 0) {
      c.at++;
      divide(cx, c, factors);
      continue;
    }
    if (isEvaluation(peek(c)) && factors.length > 0) {
      evaluateAt(cx, c, factors);
      continue;
    }
    const factor = readFactor(cx, c);
    if (!factor) {
      if (c.at === before) c.at++;
      continue;
    }
    const operator = factors[factors.length - 1];
    const jacobian = pending === '' && operator ? jacobianOf(cx, operator, factor) : undefined;
    if (jacobian) {
      factors[factors.length - 1] = jacobian;
      continue;
    }
    if (factors.length > 0) signs.push(pending);
    pending = '';
    factors.push(factor);
  }
  if (factors.length === 0) return hole(cx, start);
  return build(cx, factors, signs.slice(0, factors.length - 1));
}

const derivativeLetters = /^(?:D|\\math(?:rm|bf|sf)\{D\}|\\text\{D\}|\\mathbf\{D\})$/;
const jacobianLetters = /^(?:\\math(?:rm|bf|sf|cal)\{J\}|\\text\{J(?:ac)?\}|J)$/;

/** D f(x): the Jacobian of f at x, or a product where D is the name of something. */
function jacobianOf(cx: Lowering, operator: Expr, of: Expr): Expr | undefined {
  if (operator.kind !== 'symbol' || !derivativeLetters.test(operator.name.key)) return undefined;
  const by = of.kind === 'juxtaposed' && of.application.kind === 'call' ? of.application.args : undefined;
  if (of.kind !== 'juxtaposed' || by?.kind !== 'group' || by.body.kind !== 'symbol') return undefined;
  const span = { start: operator.span.start, end: of.span.end };
  return make(cx, span, { kind: 'juxtaposed', head: operator, application: byArgument(cx, span, of, by.body), factors: [operator, of] });
}

/** J_f(x) as the derivative of f(x). */
function namedJacobian(cx: Lowering, head: Expr, args: Expr, span: Span): Expr | undefined {
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

/** |_{x = x_0}: a bar with a subscript. */
const isEvaluation = (node: Tex | undefined): boolean =>
  node?.kind === 'scripts' &&
  node.sub !== undefined &&
  (isChar(node.base, '|') || isCommand(node.base, 'vert') || isCommand(node.base, 'rvert'));

function evaluateAt(cx: Lowering, c: Cursor, factors: Expr[]): void {
  const node = peek(c);
  c.at++;
  const base = factors.pop();
  if (node?.kind !== 'scripts' || !base) return;
  const point = cx.expression(cx, node.sub ?? [], node.span);
  factors.push(make(cx, { start: base.span.start, end: node.span.end }, { kind: 'at', base, point }));
}

/** u/v takes the factor before and the factor behind; ∂u/∂v is a derivative. */
function divide(cx: Lowering, c: Cursor, factors: Expr[]): void {
  const denominator = readFactor(cx, c);
  const numerator = factors.pop();
  if (!numerator) return;
  if (!denominator) {
    factors.push(numerator);
    return;
  }
  const span = { start: numerator.span.start, end: denominator.span.end };
  const of = differentiated(cx, numerator);
  if (of && denominator.kind === 'differential') {
    factors.push(
      make(cx, span, {
        kind: 'derivative',
        of: of.base,
        by: [denominator.base],
        order: 1,
        form: 'slash',
        total: of.total,
      }),
    );
    return;
  }
  factors.push(make(cx, span, { kind: 'quotient', numerator, denominator, slash: true }));
}

/** What ∂ stands before: u, or f(x) with both its readings. */
function differentiated(cx: Lowering, e: Expr): { readonly base: Expr; readonly total: boolean } | undefined {
  if (e.kind === 'differential') return { base: e.base, total: e.sign === 'd' };
  if (e.kind !== 'juxtaposed' || e.application.kind !== 'differential') return undefined;
  const { head, application, factors } = e;
  const span = { start: head.span.start, end: e.span.end };
  return {
    total: application.sign === 'd',
    base: make(cx, span, { kind: 'juxtaposed', head, application: application.base, factors: [head, factors[1]] }),
  };
}

const canBeApplied = (e: Expr): boolean =>
  e.kind === 'symbol' ||
  e.kind === 'prime' ||
  (e.kind === 'inverse' && e.base.kind === 'symbol') ||
  (e.kind === 'power' && e.asName !== undefined);

/** P^+ of P^+(K), a name that depends on K: nobody puts a lone symbol into brackets to multiply it. */
const updated = (cx: Lowering, head: Expr, args: Expr): Expr =>
  head.kind === 'inverse' && head.asName && args.kind === 'group' && args.body.kind === 'symbol'
    ? make(cx, head.span, { kind: 'symbol', name: head.asName })
    : head;

/** 1\{z > 0\}: the braces of a condition. */
const isIndicator = (e: Expr): boolean => e.kind === 'symbol' && indicators.has(e.name.key);

/** From here to there, as 1:n, n+1:n+p, 2:, and with : alone all there are. */
const RANGE = /^(?:[\w+-]*\d[\w+-]*:[\w+-]*|[\w+-]*:[\w+-]*\d[\w+-]*)$/;
const PICKED = /^(?::|[\w+-]*)$/;

/** r(1:n), A[:, 1]: what brackets pick by ranges is what a subscript picks, r_{1:n} and A_{:,1}. */
function sliceOf(cx: Lowering, head: Expr, bracket: readonly Tex[], end: number): Expr | undefined {
  if (head.kind !== 'symbol') return undefined;
  const written = canonical(bracket).slice(1, -1);
  const picks = written.split(',');
  if (!written.includes(':') || !picks.every((pick) => RANGE.test(pick) || (picks.length > 1 && PICKED.test(pick)))) return undefined;
  const { name } = head;
  const subText = name.subText ? `${name.subText},${written}` : written;
  const picked = makeName({ ...name, subs: [...name.subs, ...picks.map(readIndex)], subText });
  return make(cx, { start: head.span.start, end }, { kind: 'symbol', name: picked });
}

/** An atom; a name directly before brackets keeps both readings. */
function readFactor(cx: Lowering, c: Cursor): Expr | undefined {
  const first = readAtom(cx, c);
  const before = first?.kind === 'differential' ? first.base : first;
  if (first?.kind === 'transpose') return readTurnedCall(cx, c, first) ?? first;
  if (!first || !before || !canBeApplied(before)) return first;
  if (!opensArguments(peek(c)) && !(isIndicator(before) && delimiterOf(peek(c)) === '\\{')) return first;
  const from = c.at;
  const bracket = readBracket(cx, c);
  if (!bracket) return first;
  const slice = first === before && !bracket.scripts ? sliceOf(cx, first, c.nodes.slice(from, c.at), bracket.plain.span.end) : undefined;
  if (slice) return slice;
  const head = updated(cx, before, bracket.plain);
  const scripted = withScripts(cx, bracket);
  const span = { start: first.span.start, end: scripted.span.end };
  const at = { start: head.span.start, end: bracket.plain.span.end };
  const call = namedJacobian(cx, head, bracket.plain, at) ?? make(cx, at, { kind: 'call', head, args: bracket.plain });
  const plain = bracket.scripts ? withScripts(cx, { plain: call, scripts: bracket.scripts }) : call;
  const application = first.kind === 'differential' ? make(cx, span, differentialBody(plain, first.sign)) : plain;
  return make(cx, span, { kind: 'juxtaposed', head, application, factors: [first, scripted] });
}

const isMagnitude = (e: Expr | undefined): boolean => e?.kind === 'norm' || (e?.kind === 'power' && e.base.kind === 'norm');

/** A bar ends what a function applies to, unless that begins with it: \log |A|, \log |A| |B|. */
const isBar = (cx: Lowering, c: Cursor, before: readonly Expr[]): boolean =>
  isChar(bare(peek(c)), '|') && (!before.every(isMagnitude) || readBracket(cx, { ...c }) === undefined);

/** \log |A| x is (\log |A|) x: bars are brackets. */
const endsWithBar = (factor: Expr, c: Cursor): boolean => isMagnitude(factor) && !isChar(bare(peek(c)), '|');

/** Juxtaposed factors up to a sign or another function: what \tanh or \operatorname{tr} applies to without brackets. */
export function readRun(cx: Lowering, c: Cursor): Expr | undefined {
  const factors: Expr[] = [];
  while (!endsProduct(peek(c)) && !signAt(c) && !isChar(peek(c), '/') && !isBar(cx, c, factors)) {
    const before = c.at;
    const factor = readFactor(cx, c);
    if (!factor) {
      if (c.at === before) break;
      continue;
    }
    // \det A \det B and \sin x \cos y are two factors, \log\det A is one in the other.
    if (factor.kind === 'apply' && factors.length > 0 && ofNumbers.has(factor.fn)) {
      c.at = before;
      break;
    }
    factors.push(factor);
    if (factor.kind === 'apply' || endsWithBar(factor, c)) break;
  }
  return factors.length > 0
    ? build(
        cx,
        factors,
        factors.slice(1).map(() => '' as const),
      )
    : undefined;
}

/** Functions whose values are numbers, or entries: they stand side by side. */
const ofNumbers: ReadonlySet<string> = new Set([
  'det',
  'trace',
  'logdet',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'rank',
]);

type Prefix = ExprOf<'nabla'> | ExprOf<'derivative'>;

const isPrefix = (e: Expr): e is Prefix =>
  (e.kind === 'nabla' && e.operand === undefined) || (e.kind === 'derivative' && e.of === undefined);

const maxPrefixes = 3;

/** A product, or the choice of products that its prefix operators allow, the customary first. */
function build(cx: Lowering, factors: readonly Expr[], signs: readonly ProductSign[]): Expr {
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

/** Reads a sum at the cursor; a lone term is that term. */
export function readSum(cx: Lowering, c: Cursor): Expr {
  const addends: Addend[] = [];
  const start = placeOf(c);
  while (c.at < c.end) {
    const sign = readSign(c);
    if (!sign && addends.length > 0) break;
    if (endsProduct(peek(c)) && !sign) break;
    const expr = readProduct(cx, c);
    addends.push(sign?.both ? { sign: 1, both: true, expr } : { sign: sign?.sign ?? 1, expr });
  }
  const [first] = addends;
  const last = addends[addends.length - 1];
  if (!first || !last) return hole(cx, start);
  if (addends.length === 1 && first.sign === 1 && !first.both) return first.expr;
  return make(cx, { start: Math.min(start.start, first.expr.span.start), end: last.expr.span.end }, { kind: 'sum', addends });
}

/** One or several signs: `+`, `-`, `--`, `\pm`. */
function readSign(c: Cursor): { sign: 1 | -1; both: boolean } | undefined {
  let sign: 1 | -1 = 1;
  let both = false;
  let found = false;
  for (; ; c.at++) {
    const node = peek(c);
    if (isChar(node, '-')) sign = sign === 1 ? -1 : 1;
    else if (isCommand(node, 'pm') || isCommand(node, 'mp')) both = true;
    else if (!isChar(node, '+')) break;
    found = true;
  }
  return found ? { sign, both } : undefined;
}
