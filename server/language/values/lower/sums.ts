// Sums: of addends, over a letter, and of all entries.
import type { ExprOf } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { one } from '../../shapes/dimension.js';
import { cols, column, isColumn, matrix, rows, type Shape } from '../../shapes/shape.js';
import type { Term } from '../../term.js';
import { sizeOf, sizesOf, Unreadable } from '../context.js';
import { simple } from './conditions.js';
import { inner, type Lowering, type LoweringRules, termOf } from './rule.js';

export const sums = {
  sum,
  binder,
  'sum-entries': (cx, c) => ({ kind: 'reduce', reduce: 'sum', term: inner(cx, c) }),
  'sum-axis': sumAxis,
} satisfies LoweringRules;

/** The sum of the columns is the product with ones, that of the rows the product of ones with the matrix. */
function sumAxis(cx: Lowering, c: Candidate): Term {
  const term = inner(cx, c);
  const whole = c.parts[0]?.shape as Shape;
  const ones = (shape: Shape): Term => ({ kind: 'constant', constant: 'ones', dims: sizesOf(shape) });
  return c.shape && isColumn(c.shape)
    ? { kind: 'product', product: 'matrix', left: term, right: ones(column(cols(whole))) }
    : { kind: 'product', product: 'matrix', left: ones(matrix(one, rows(whole))), right: term };
}

/** A column that is added to every row lies down. */
function sum(cx: Lowering, c: Candidate): Term {
  const expr = c.expr as ExprOf<'sum'>;
  const broadcast = c.detail?.kind === 'sum' ? c.detail.broadcast : [];
  const addends = c.parts.map((p, i) => {
    if (expr.addends[i]?.both) throw new Unreadable('± stands for two values');
    const term = termOf(cx, p);
    const turned = broadcast[i] === 'rows' && p.shape && isColumn(p.shape);
    return { sign: expr.addends[i]?.sign ?? 1, term: turned ? ({ kind: 'transpose', term } as Term) : term };
  });
  return { kind: 'sum', addends };
}

/** Σ, Π, max and min over letters, the last letter innermost: it is the one that a lower limit and an exception belong to. */
function binder(cx: Lowering, c: Candidate): Term {
  const expr = c.expr as ExprOf<'binder'>;
  const { op, letters } = expr;
  if ((op !== 'sum' && op !== 'product' && op !== 'max' && op !== 'min') || letters.length === 0)
    throw new Unreadable('a sum or an expectation over something that nothing states');
  const own: Lowering = { ...cx, bound: new Set([...cx.bound, ...letters]) };
  const body = inner(own, c);
  return [...letters].reverse().reduce<Term>((term, letter, i) => {
    const innermost = i === letters.length - 1;
    const from: Term = innermost && expr.lower ? simple(own, expr.lower) : { kind: 'number', value: 1 };
    const to = upperLimit(own, expr, letter);
    const except = expr.except && innermost ? { except: simple(own, expr.except) } : {};
    return { kind: 'binder', binder: op, letter, from, to, body: term, ...except };
  }, body);
}

/** What is written, else the length of the axis that the letter runs over. */
function upperLimit(own: Lowering, expr: ExprOf<'binder'>, letter: string): Term {
  if (expr.upper) return simple(own, expr.upper);
  const range = own.letters.get(letter);
  if (!range) throw new Unreadable(`nothing says how far ${letter} runs`);
  return { kind: 'size', size: sizeOf(range) };
}
