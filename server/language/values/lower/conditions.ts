// What holds or does not: relations, indicators, cases; and the points and limits that are written like them, read without inference.
import type { Expr, ExprOf } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import type { Term } from '../../term.js';
import { type Gathering, Unreadable } from '../context.js';
import { inner, type Lowering, type LoweringRules, operands, termOf } from './rule.js';
import { foundTerm, unknownTerm } from './symbols.js';

export const conditions = { opaque: relation, cases, at } satisfies LoweringRules;

/** Conditions and limits: numbers, letters, symbols, sums of these. */
export function simple(g: Gathering, e: Expr): Term {
  switch (e.kind) {
    case 'number':
      return { kind: 'number', value: e.value };
    case 'group':
      return simple(g, e.body);
    case 'sum':
      return { kind: 'sum', addends: e.addends.map((a) => ({ sign: a.sign, term: simple(g, a.expr) })) };
    case 'symbol': {
      const found = g.checked.env.lookup(e.name, g.position);
      return found && found.from !== 'constant' ? foundTerm(g, e.name, found, found.shape) : unknownTerm(g, e);
    }
    default:
      throw new Unreadable('a condition could not be read');
  }
}

/** 1[a < b]: its sides were inferred. */
export function indicator(cx: Lowering, c: Candidate): Term {
  const { args } = c.expr as ExprOf<'call'>;
  const body = args.kind === 'group' ? args.body : undefined;
  const sign = body?.kind === 'relation' ? relationSigns[body.relation] : undefined;
  if (!sign) throw new Unreadable('a condition could not be read');
  const [left, right] = operands(cx, c);
  return { kind: 'indicator', relation: sign, left, right };
}

type RelationSign = Extract<Term, { kind: 'indicator' }>['relation'];

const relationSigns: Readonly<Record<string, RelationSign>> = {
  '<': '<',
  '\\le': '<=',
  '=': '=',
  '\\ne': '!=',
  '\\ge': '>=',
  '>': '>',
};

function relation(g: Gathering, c: Candidate): Term {
  if (c.expr.kind !== 'relation') throw new Unreadable('a part of it could not be read');
  return condition(g, c.expr);
}

function condition(g: Gathering, e: Expr): Term {
  const sign = e.kind === 'relation' ? relationSigns[e.relation] : undefined;
  if (e.kind !== 'relation' || !sign) throw new Unreadable('a condition could not be read');
  return { kind: 'indicator', relation: sign, left: simple(g, e.left), right: simple(g, e.right) };
}

function cases(cx: Lowering, c: Candidate): Term {
  const { branches } = c.expr as ExprOf<'cases'>;
  return {
    kind: 'cases',
    branches: branches.map((b, i) => ({
      value: termOf(cx, c.parts[i] as Candidate),
      condition: b.condition ? condition(cx, b.condition) : undefined,
    })),
  };
}

/** f |_{x = x_0} */
function at(cx: Lowering, c: Candidate): Term {
  const { point } = c.expr as ExprOf<'at'>;
  if (point?.kind !== 'relation' || point.left.kind !== 'symbol') throw new Unreadable('the point of evaluation could not be read');
  return { kind: 'at', term: inner(cx, c), bindings: [{ key: point.left.name.key, value: simple(cx, point.right) }] };
}
