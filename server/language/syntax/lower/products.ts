// Products and sums: flat lists of factors with the signs between them. Grouping is left open.
import type { Addend, Expr, ProductSign } from '../../expr.js';
import type { Tex } from '../tree.js';
import { readBracket } from './brackets.js';
import { bare, type Cursor, hole, isChar, isCommand, isEmptyGroup, type Lowering, make, peek, placeOf } from './build.js';
import { readFactor } from './factors.js';
import { jacobianOf } from './jacobians.js';
import { productSigns, separators } from './notation.js';
import { build } from './prefixes.js';
import { relationAt } from './relations.js';

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
