// From the members' verdicts to the statement's: where a difference is no evidence against the author, the statement is left unchecked.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { Definition } from '../../analysis/definitions.js';
import { definedName } from '../../analysis/learning.js';
import type { Expr, Name } from '../../expr.js';
import type { Difference } from '../../numeric/index.js';
import type { Verdict } from '../../report.js';
import { canonicalText, walk } from '../../syntax/print.js';
import { hasDerivativeDefinition } from '../meaning.js';
import type { Values } from '../problem.js';
import type { StatementValue, ValueReason } from '../value.js';
import { statesCondition } from './condition.js';
import { isConstrained } from './properties.js';
import { isEntryOfTheSame, unchecked } from './unchecked.js';

/** What judging found, member for member; undefined where a member was not judged or has no result. */
export interface Outcome {
  readonly members: readonly (Verdict | undefined)[];
  readonly differences: readonly (Difference | undefined)[];
  readonly reason: ValueReason | undefined;
  /** Whether a member has one and the same value at all points. */
  /** The left side is what the equation itself defines. */
  readonly trivial: boolean;
  readonly steady: (index: number) => boolean;
}

/** `anew`: the left side is being defined and was not judged. */
export function settle(values: Values, s: CheckedStatement, outcome: Outcome, anew = false): StatementValue {
  const refuted = outcome.members.includes('refuted');
  const excuse = refuted ? excuseFor(values, s, outcome, anew) : undefined;
  if (excuse) return unchecked(s, excuse);
  const agreed = outcome.members.filter((m, i) => m === 'verified' && !(i === 0 && outcome.trivial)).length;
  const verdict: Verdict = refuted ? 'refuted' : agreed > 1 ? 'verified' : 'unchecked';
  const members = outcome.members.map((m): Verdict => (m === 'verified' && verdict === 'unchecked' ? 'unchecked' : (m ?? 'unchecked')));
  return { verdict, reason: reasonOf(s, verdict, outcome), members, differences: outcome.differences };
}

/** Why unchecked; of a verdict only what it rests on. */
function reasonOf(s: CheckedStatement, verdict: Verdict, { reason, trivial }: Outcome): ValueReason | undefined {
  if (verdict !== 'unchecked') return reason && assumes.has(reason.kind) ? reason : undefined;
  const [left] = s.statement.members;
  const name = trivial && left ? definedName(left) : undefined;
  return reason ?? (name ? { kind: 'defines', name: name.key } : { kind: 'not-conforming' });
}

/** What a verdict may rest on. */
const assumes: ReadonlySet<ValueReason['kind']> = new Set(['assuming', 'supposing', 'target', 'held', 'kink']);

/** Why a difference refutes nothing, if it does not. A symbol that is written anew with another value is defined anew. */
function excuseFor(values: Values, s: CheckedStatement, outcome: Outcome, anew: boolean): ValueReason | undefined {
  if (namesGradient(values, s)) return { kind: 'gradient-name' };
  const differs = (i: number): boolean => outcome.members[i] === 'refuted';
  if (isTooOpen(s) || statesCondition(values, s, { differs, steady: outcome.steady, judged: (i) => outcome.members[i] !== undefined }))
    return { kind: 'condition' };
  if (isConstrained(values, s)) return { kind: 'condition' };
  const [left] = s.statement.members;
  const name = anew ? undefined : left && (definedName(left) ?? ofOtherArguments(values, left, s.place(s.statement.span).start));
  if (name && isEntryOfTheSame(values, name, s)) return undefined;
  return name && !hasDerivativeDefinition(values, name, s.place(s.statement.span).start)
    ? { kind: 'redefined', name: name.key }
    : undefined;
}

/** L of L(U, Λ), where it was defined for other arguments before: L(u, λ). */
function ofOtherArguments(values: Values, left: Expr, position: number): Name | undefined {
  const call = left.kind === 'juxtaposed' && left.application.kind === 'call' ? left.application : undefined;
  if (call?.head.kind !== 'symbol' || walk(call.args).some((e) => e.kind !== 'symbol' && e.kind !== 'tuple' && e.kind !== 'group'))
    return undefined;
  const { name } = call.head;
  const args = canonicalText(call.args);
  const others = (values.checked.definitions.byKey.get(name.key) ?? []).filter((d) => d.position < position);
  const differs = ({ statement }: Definition): boolean => {
    const [first] = statement.members;
    return first?.kind === 'juxtaposed' && first.application.kind === 'call' && canonicalText(first.application.args) !== args;
  };
  return others.length > 0 && others.every(differs) ? name : undefined;
}

/** dW = … of a W that nothing defines, or that was read as a symbol: a name for the gradient by W rather than a differential. */
function namesGradient(values: Values, s: CheckedStatement): boolean {
  const [left] = s.statement.members;
  return (
    left?.kind === 'differential' &&
    left.asName !== undefined &&
    left.base.kind === 'symbol' &&
    (s.inferred.members[0]?.rule !== 'differential' ||
      !values.checked.definitions.byKey.has(left.base.name.key) ||
      !s.statement.members.slice(1).some((m) => walk(m).some((e) => e.kind === 'differential')))
  );
}

/**
 * Whether a difference would be no evidence against the author: numbers rounded by hand, shapes that rest on use alone, and arithmetic
 * of sizes.
 */
function isTooOpen(s: CheckedStatement): boolean {
  if (s.supposed !== undefined || s.inferred.members.some((m) => m.shape && !m.solid)) return true;
  let symbols = 0;
  for (const member of s.statement.members) {
    for (const e of walk(member)) {
      if (e.kind === 'number' && e.text.includes('.')) return true;
      if (e.kind === 'symbol') symbols++;
    }
  }
  return symbols === 0 || s.statement.members.some(isSizes);
}

/** N × 1: a product of sizes. */
const isSizes = (e: Expr): boolean =>
  e.kind === 'product' &&
  e.signs.includes('\\times') &&
  e.factors.every((f) => f.kind === 'number' || f.kind === 'symbol' || f.kind === 'group');
