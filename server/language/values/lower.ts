// From a chosen candidate to a term without open readings: one rule per rule of inference, put together here from the themes in `lower/`.
import type { Candidate, Rule } from '../shapes/candidate.js';
import type { Layout, Term } from '../term.js';
import type { Gathering } from './context.js';
import { conditions } from './lower/conditions.js';
import { derivatives } from './lower/derivatives.js';
import { elementwiseFunctions } from './lower/elementwise.js';
import { functions } from './lower/functions.js';
import { matrices } from './lower/matrices.js';
import { products } from './lower/products.js';
import type { Lowering, LoweringRule } from './lower/rule.js';
import { sums } from './lower/sums.js';
import { symbols } from './lower/symbols.js';

export { derivativeOf } from './lower/derivatives.js';

/** The term of a candidate; throws `Unreadable` where it has none. */
export function lower(g: Gathering, c: Candidate, layout: Layout): Term {
  return byRule({ ...g, layout, lower: byRule }, c);
}

const byRule = (cx: Lowering, c: Candidate): Term => rules[c.rule](cx, c);

const rules: Readonly<Record<Rule, LoweringRule>> = {
  ...symbols,
  ...products,
  ...sums,
  ...matrices,
  ...elementwiseFunctions,
  ...functions,
  ...conditions,
  ...derivatives,
};
