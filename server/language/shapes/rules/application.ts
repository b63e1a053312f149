// Functions and their arguments: whether f(x) is an application, what a call of a declared function gives, and the named functions' table applied.
import type { Expr, ExprOf, Name } from '../../expr.js';
import { type Candidate, costs, type FunctionMeaning, type Inference } from '../candidate.js';
import { fits, isSquare } from '../match.js';
import { cols, isColumn, isScalar, isVector, matrix, rows, type Shape, scalar } from '../shape.js';
import { callIn, timeLetter } from '../time.js';
import { candidate, handful, type Infer, unknown } from './common.js';
import { type Applied, functionRules } from './functions.js';

/** A name that is declared is never applied; one that is known as a function is; an unknown one is, unless custom has it as a factor. */
export function isApplied(cx: Inference, expr: ExprOf<'juxtaposed'>, infer: Infer): boolean {
  const { head } = expr;
  const call = expr.application.kind === 'call' ? expr.application : undefined;
  if (call?.args.kind === 'group' && call.args.body.kind === 'relation' && head.kind === 'symbol' && isIndicatorHead(head.name.base))
    return true;
  const inner = callIn(expr.application);
  if (inner && isMoment(cx, inner)) return true;
  if (head.kind === 'inverse') return !infer(cx, head.base)[0]?.shape || (call !== undefined && isPreimage(cx, head, call.args, infer));
  const name = nameOf(head.kind === 'prime' && head.base.kind === 'symbol' ? head.base : head);
  if (!name) return false;
  if (cx.meaning(name.key) || cx.meaning(name.base)) return true;
  if (head.kind === 'prime') return !(cx.lookup(name) && !head.dot);
  const found = cx.lookup(name);
  // p(x) with a size p is a density: nobody puts a lone symbol into brackets to multiply it.
  if (found?.from === 'constant' && !found.constant && call && !isNumberLike(cx, call.args, infer)) return true;
  // I(θ) is the information: nobody multiplies a lone symbol by the identity either.
  if (found?.constant === 'identity' && inner && isLone(inner.args)) return true;
  // J_f(x) where nothing but custom knows J_f.
  if (found) return found.how === 'custom' && expr.application.kind === 'derivative';
  return !customaryFactors.has(name.base);
}

const isLone = (args: Expr): boolean =>
  args.kind === 'group' && (args.body.kind === 'symbol' || (args.body.kind === 'power' && args.body.asName !== undefined));

/** A^{-1}(S), where A has no inverse and nothing declares S as an array: what A maps into the set S. */
function isPreimage(cx: Inference, head: ExprOf<'inverse'>, args: Expr, infer: Infer): boolean {
  if (args.kind !== 'group' || args.body.kind !== 'symbol' || head.pseudo) return false;
  const shape = infer(cx, head.base)[0]?.shape;
  const argument = infer(cx, args.body)[0];
  return shape?.dims.length === 2 && !isSquare(shape) && !(argument?.shape && argument.solid);
}

/** Whether a bracket holds what a size may be multiplied by: numbers, and what is more than one symbol. */
function isNumberLike(cx: Inference, args: Expr, infer: Infer): boolean {
  if (args.kind === 'tuple') return false;
  if (args.kind !== 'group' || args.body.kind !== 'symbol') return args.kind !== 'group' || args.body.kind !== 'relation';
  const shape = infer(cx, args.body)[0]?.shape;
  return shape !== undefined && isScalar(shape);
}

/** x(t), X(t+1): a moment of what is declared, as x_t is. */
function isMoment(cx: Inference, call: ExprOf<'call'>): boolean {
  const name = nameOf(call.head.kind === 'prime' && call.head.dot ? call.head.base : call.head);
  const time = timeLetter(call, name !== undefined && cx.timed.has(name.key));
  if (!name || !time || cx.meaning(name.key) || cx.meaning(name.base)) return false;
  const moment = cx.lookup(time);
  if (moment && !isScalar(moment.shape)) return false;
  const found = cx.lookup(name);
  return found !== undefined && found.how !== 'custom';
}

/** An application: of a declared function its result, of an element-wise one the shape of the argument. */
export function inferCall(cx: Inference, expr: ExprOf<'call'>, infer: Infer): readonly Candidate[] {
  if (isMoment(cx, expr)) return infer(cx, expr.head).map((c) => candidate({ expr, shape: c.shape, rule: 'splice', parts: [c] }));
  const indicator = inferIndicator(cx, expr, infer);
  if (indicator) return indicator;
  const callee = calleeOf(cx, expr.head);
  const { name, meaning, primed } = callee;
  const args = argumentsOf(expr);
  const parts = args.map((a) => infer(cx, a)[0] as Candidate);
  const entrywise = meaning?.kind === 'map' && actsOnEntries(meaning, parts[0]?.shape);
  // Of a function of numbers nobody knows what it gives of what is not known: it may act entry by entry.
  if (meaning?.kind === 'map' && mapsNumbers(meaning) && parts.length === 1 && !parts[0]?.shape)
    return [candidate({ expr, shape: undefined, rule: 'call', parts })];
  const several = meaning?.kind === 'map' && parts.length === 1 && parts[0]?.shape && ofSeveral(meaning, parts[0].shape);
  if (several) return several.map((shape, i) => candidate({ expr, shape, rule: 'call', parts, cost: i * costs.option }));
  if (meaning?.kind === 'map' && !entrywise)
    return [candidate({ expr, shape: meaning.result, rule: 'call', parts: inDomain(meaning, parts) })];
  if (meaning?.kind === 'scalar' && !primed) return [candidate({ expr, shape: scalar, rule: 'call', parts })];
  if (meaning?.kind === 'elementwise' || meaning?.kind === 'softmax' || primed || entrywise) {
    const list = args.length === 1 && args[0] ? infer(cx, args[0]) : [];
    const out = entryByEntry(cx, expr, callee, list, parts[0]);
    return out.length > 0 ? out : unknown(expr, parts);
  }
  const scalars = parts.length > 0 && parts.every((p) => p.shape && isScalar(p.shape));
  const found = name ? cx.lookup(name) : undefined;
  if (found) return [candidate({ expr, shape: found.shape, rule: 'call', parts, solid: found.from !== 'use' })];
  return [candidate({ expr, shape: undefined, rule: 'call', parts, detail: { kind: 'reading', what: scalars ? 'scalars' : 'open' } })];
}

/** What a map of vectors gives of a matrix of them: of its rows, of its columns, or nobody knows. */
function ofSeveral({ domain, result }: FunctionMeaning, argument: Shape): readonly (Shape | undefined)[] | undefined {
  const [point] = domain ?? [];
  if (domain?.length !== 1 || !point || !isColumn(point) || isScalar(argument) || isVector(argument)) return undefined;
  if (argument.dims.length !== 2 || !result || !isColumn(result)) return [undefined];
  const shapes = [
    ...(fits(cols(argument), rows(point)) ? [matrix(rows(argument), rows(result))] : []),
    ...(fits(rows(argument), rows(point)) ? [matrix(rows(result), cols(argument))] : []),
  ];
  return shapes.length > 0 ? shapes : [undefined];
}

/** The arguments of a map of which its domain is known: what is open has the shape of the domain. */
const inDomain = ({ domain }: FunctionMeaning, parts: readonly Candidate[]): readonly Candidate[] =>
  domain?.length === parts.length
    ? parts.map((p, i) => (p.rule === 'unknown' && domain[i] ? { ...p, shape: domain[i], solid: false } : p))
    : parts;

/** A function with a name of its own: by the table of functions, else by what the document says of it. */
export function inferApply(cx: Inference, expr: ExprOf<'apply'>, infer: Infer): readonly Candidate[] {
  const rule = functionRules[expr.fn];
  const lists = expr.args.map((a) => infer(cx, a));
  if (!rule) return inferNamed(cx, expr, lists);
  const [first = []] = lists;
  const others = lists.slice(1).map((l) => l[0] as Candidate);
  const shapes = others.map((o) => o.shape);
  const out = first.slice(0, 3).flatMap((c) => rule([c.shape, ...shapes], cx).map((a) => applied(expr, a, c, others)));
  return out.length > 0 ? handful(out) : unknown(expr);
}

interface Callee {
  readonly name: Name | undefined;
  readonly meaning: FunctionMeaning | undefined;
  /** f'(z), and how many primes. */
  readonly primed: boolean;
  readonly order: number;
}

function calleeOf(cx: Inference, head: Expr): Callee {
  const primed = head.kind === 'prime';
  const name = nameOf(primed ? head.base : head);
  return { name, meaning: name && meaningOf(cx, name), primed, order: primed ? head.order : 0 };
}

/** What is known of a function; of \\sigma_i not what custom makes of \\sigma, and of a softmax only an entry. */
function meaningOf(cx: Inference, name: Name): FunctionMeaning | undefined {
  const own = cx.meaning(name.key);
  if (own) return own;
  const whole = cx.meaning(name.base);
  if (!whole || !isEntryOf(name)) return whole;
  return whole.customary ? undefined : whole.kind === 'softmax' ? { kind: 'scalar' } : whole;
}

const isEntryOf = ({ subs, labels }: Name): boolean =>
  labels.length === 0 && subs.length === 1 && subs[0]?.kind === 'letter' && /^[i-kmnpqc]$/.test(subs[0].name);

const nameOf = (head: Expr): Name | undefined => (head.kind === 'symbol' ? head.name : head.kind === 'power' ? head.asName : undefined);

const argumentsOf = ({ args }: ExprOf<'call'>): readonly Expr[] =>
  args.kind === 'tuple' ? args.items : args.kind === 'group' ? [args.body] : [args];

/** A function of numbers, given an array, acts entry by entry. */
const actsOnEntries = (meaning: FunctionMeaning, argument: Shape | undefined): boolean =>
  mapsNumbers(meaning) && argument !== undefined && !isScalar(argument);

const mapsNumbers = ({ domain, result }: FunctionMeaning): boolean =>
  domain?.length === 1 && domain[0] !== undefined && isScalar(domain[0]) && result !== undefined && isScalar(result);

/** `list` holds the candidates of a single argument; f'(z) of a vector may stand for a diagonal matrix. */
function entryByEntry(
  cx: Inference,
  expr: ExprOf<'call'>,
  { name, meaning, primed, order }: Callee,
  list: readonly Candidate[],
  first: Candidate | undefined,
): readonly Candidate[] {
  const out = list.map((c) =>
    candidate({
      expr,
      shape: c.shape,
      rule: 'elementwise',
      parts: [c],
      detail: { kind: 'elementwise', fn: meaning?.known ?? name?.base ?? '', order },
    }),
  );
  if (primed && cx.diagonalPrimes && first?.shape && isVector(first.shape))
    out.push(
      candidate({
        expr,
        shape: matrix(rows(first.shape), rows(first.shape)),
        rule: 'diagonal-matrix',
        parts: [first],
        cost: costs.diagonalMatrix,
        detail: { kind: 'elementwise', fn: name?.base ?? '', order },
      }),
    );
  return out;
}

function inferNamed(cx: Inference, expr: ExprOf<'apply'>, lists: readonly (readonly Candidate[])[]): readonly Candidate[] {
  const meaning = cx.meaning(expr.fn);
  if (meaning?.kind === 'elementwise')
    return (lists[0] ?? []).map((c) => candidate({ expr, shape: c.shape, rule: 'elementwise', parts: [c] }));
  const parts = lists.map((l) => l[0] as Candidate);
  return meaning?.kind === 'map' ? [candidate({ expr, shape: meaning.result, rule: 'call', parts })] : unknown(expr, parts);
}

function applied(expr: ExprOf<'apply'>, { shape, rule, cost, what, bad }: Applied, c: Candidate, others: readonly Candidate[]): Candidate {
  const conflict =
    bad && c.shape
      ? ({ code: 'function-argument', span: c.expr.span, expr: c.expr, fn: expr.fn, shape: c.shape, solid: c.solid } as const)
      : undefined;
  return candidate({
    expr,
    shape,
    rule,
    parts: [c, ...others],
    cost,
    ...(what ? { detail: { kind: 'reading', what } } : {}),
    ...(conflict ? { conflict } : {}),
  });
}

/** 1[z > 0]: one or zero entry by entry, of the shape of what is compared. */
function inferIndicator(cx: Inference, expr: ExprOf<'call'>, infer: Infer): readonly Candidate[] | undefined {
  const relation = expr.args.kind === 'group' && expr.args.body.kind === 'relation' ? expr.args.body : undefined;
  if (!relation || expr.head.kind !== 'symbol' || !isIndicatorHead(expr.head.name.base)) return undefined;
  const left = infer(cx, relation.left)[0] as Candidate;
  const right = infer(cx, relation.right)[0] as Candidate;
  const shape = left.shape && isScalar(left.shape) ? (right.shape ?? left.shape) : left.shape;
  return [candidate({ expr, shape, rule: 'call', parts: [left, right], detail: { kind: 'reading', what: 'indicator' } })];
}

const isIndicatorHead = (base: string): boolean =>
  /^(?:\\mathbb\{1\}|\\mathbf\{1\}|\\mathbb\{I\}|\\mathbf\{I\}|\\mathds\{1\}|1|I|\\mathcal\{I\}|\\chi)$/.test(base);

/** Letters that by custom stand before brackets as factors. */
const customaryFactors = new Set([
  '\\alpha',
  '\\eta',
  '\\lambda',
  '\\epsilon',
  '\\varepsilon',
  '\\gamma',
  '\\beta',
  '\\delta',
  '\\omega',
  '\\theta',
  'n',
  'm',
  'N',
  'k',
  'c',
]);
