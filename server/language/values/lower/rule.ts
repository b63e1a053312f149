// What a rule of lowering is, what it is handed, and how it reaches the terms of its parts. No rule stands here.
import type { Candidate, Rule } from '../../shapes/candidate.js';
import type { Layout, Term } from '../../term.js';
import { type Gathering, Unreadable } from '../context.js';

/** What is gathered on the way, the layout that derivatives are read in, and the table of rules behind one function. */
export interface Lowering extends Gathering {
  readonly layout: Layout;
  readonly lower: LoweringRule;
}

/** The term of a candidate; throws `Unreadable` where it has none. */
export type LoweringRule = (cx: Lowering, c: Candidate) => Term;

/** The rules of one theme. */
export type LoweringRules = Readonly<Partial<Record<Rule, LoweringRule>>>;

/** The term of a candidate by the rule that it was inferred by. */
export const termOf: LoweringRule = (cx, c) => cx.lower(cx, c);

export const termsOf = (cx: Lowering, parts: readonly Candidate[]): readonly Term[] => parts.map((p) => termOf(cx, p));

export function first(c: Candidate): Candidate {
  if (!c.parts[0]) throw new Unreadable('a part of it could not be read');
  return c.parts[0];
}

/** What wraps a single part without changing its value. */
export const inner: LoweringRule = (cx, c) => termOf(cx, first(c));

/** Both operands of an operation between two. */
export const operands = (cx: Lowering, c: Candidate): readonly [Term, Term] => [inner(cx, c), termOf(cx, c.parts[1] as Candidate)];
