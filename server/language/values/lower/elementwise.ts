// Functions that work entry by entry: what their names mean, and softmax where a document declares it like one of them.
import type { Expr, ExprOf, Name } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { isScalar, isVector, type Shape } from '../../shapes/shape.js';
import type { Elementwise, ElementwiseName, Term } from '../../term.js';
import { type Gathering, Unreadable } from '../context.js';
import { expressionTerm } from '../expression.js';
import { simple } from './conditions.js';
import { isMatrix } from './matrices.js';
import { type Lowering, type LoweringRules, termOf, termsOf } from './rule.js';

export const elementwiseFunctions = {
  elementwise,
  'diagonal-matrix': (cx, c) => ({ kind: 'diag', term: elementwise(cx, c) }),
} satisfies LoweringRules;

/** A known function of every entry. */
export const entrywise = (name: ElementwiseName, term: Term, order = 0): Term => ({
  kind: 'apply',
  fn: { kind: 'known', name },
  order,
  term,
});

/** The power of a function's value: sin² x. */
export const powered = (g: Gathering, expr: ExprOf<'apply'>, t: Term): Term =>
  expr.power ? { kind: 'power', base: t, exponent: simple(g, expr.power), matrix: false } : t;

/** The name that stands before the parentheses, without primes. */
export const headName = (e: Expr): Name | undefined =>
  e.kind === 'symbol' ? e.name : e.kind === 'prime' ? headName(e.base) : e.kind === 'power' ? e.asName : undefined;

/** A matrix has its softmax by rows, unless something says otherwise. */
export function softmaxAxis(g: Gathering, shape: Shape | undefined, axis: 'rows' | 'columns' | undefined): 'all' | 'rows' | 'columns' {
  if (!shape || isVector(shape) || isScalar(shape)) return 'all';
  return axis ?? g.checked.env.meaning('softmax', g.position)?.axis ?? 'rows';
}

function elementwise(cx: Lowering, c: Candidate): Term {
  const { expr } = c;
  const [argument] = c.parts;
  if (!argument) throw new Unreadable('a function has no argument');
  const term = termOf(cx, argument);
  if (expr.kind === 'norm') return entrywise('abs', term);
  if (expr.kind === 'apply') return applied(cx, expr, c, term);
  const detail = c.detail?.kind === 'elementwise' ? c.detail : undefined;
  const head = expr.kind === 'call' ? headName(expr.head) : undefined;
  const fn = head?.key ?? detail?.fn ?? '';
  const meaning = cx.checked.env.meaning(fn, cx.position) ?? (head ? cx.checked.env.meaning(head.base, cx.position) : undefined);
  if (meaning?.kind === 'softmax') return { kind: 'softmax', term, axis: softmaxAxis(cx, argument.shape, meaning.axis) };
  return { kind: 'apply', fn: meaningOf(cx, meaning?.known || (head?.base ?? fn)), order: detail?.order ?? 0, term };
}

/** A function by a name of the field. */
function applied(cx: Lowering, expr: ExprOf<'apply'>, c: Candidate, term: Term): Term {
  if (expr.fn === 'max' || expr.fn === 'min') return { kind: 'extremum', extremum: expr.fn, args: termsOf(cx, c.parts) };
  if (expr.fn === 'sqrt' && isMatrix(c.shape)) return { kind: 'matrix-function', fn: 'sqrt', term };
  if (expr.fn === 'log' && expr.subscript?.kind === 'number')
    return {
      kind: 'quotient',
      numerator: entrywise('log', term, expr.order),
      denominator: { kind: 'number', value: Math.log(expr.subscript.value) },
    };
  return powered(cx, expr, { kind: 'apply', fn: meaningOf(cx, expr.fn), order: expr.order, term });
}

const knownFunctions: ReadonlySet<string> = new Set([
  'sigmoid',
  'tanh',
  'relu',
  'leaky-relu',
  'softplus',
  'identity',
  'exp',
  'log',
  'sin',
  'cos',
  'tan',
  'sqrt',
  'abs',
  'sign',
  'heaviside',
  'gelu',
  'silu',
  'elu',
  'sinh',
  'cosh',
  'arctan',
  'erf',
]);

/** What a function symbol means: what is stated, else open. */
function meaningOf(g: Gathering, name: string): Elementwise {
  if (knownFunctions.has(name)) return { kind: 'known', name: name as ElementwiseName };
  const meaning = g.checked.env.meaning(name, g.position);
  if (meaning?.known && knownFunctions.has(meaning.known)) return { kind: 'known', name: meaning.known as ElementwiseName };
  if (meaning?.known) return expressionFunction(meaning.known);
  g.functions.add(name);
  return { kind: 'open', name };
}

/** An expression in t, as a directive states it. */
function expressionFunction(text: string): Elementwise {
  const body = expressionTerm(text);
  if (!body) throw new Unreadable(`the function ${text} could not be read`);
  return { kind: 'expression', variable: 't', body };
}
