// From the members' verdicts to the statement's: where a difference is no evidence against the author, the statement is left unchecked.
import type { CheckedStatement } from '../../analysis/analysis.js';
import { definedName } from '../../analysis/learning.js';
import type { Expr } from '../../expr.js';
import type { Difference } from '../../numeric/index.js';
import type { Verdict } from '../../report.js';
import type { Candidate } from '../../shapes/candidate.js';
import { walk } from '../../syntax/print.js';
import type { Values } from '../problem.js';
import type { StatementValue, ValueReason } from '../value.js';
import { unchecked } from './unchecked.js';

/** What judging found, member for member; undefined where a member was not judged or has no result. */
export interface Outcome {
  readonly members: readonly (Verdict | undefined)[];
  readonly differences: readonly (Difference | undefined)[];
  readonly reason: ValueReason | undefined;
}

export function settle(values: Values, s: CheckedStatement, outcome: Outcome): StatementValue {
  const refuted = outcome.members.includes('refuted');
  const excuse = refuted ? excuseFor(values, s, outcome) : undefined;
  if (excuse) return unchecked(s, excuse);
  const agreed = outcome.members.filter((m) => m === 'verified').length;
  const verdict: Verdict = refuted ? 'refuted' : agreed > 1 ? 'verified' : 'unchecked';
  const members = outcome.members.map((m): Verdict => (m === 'verified' && verdict === 'unchecked' ? 'unchecked' : (m ?? 'unchecked')));
  return { verdict, reason: reasonOf(verdict, outcome.reason), members, differences: outcome.differences };
}

/** Why unchecked; of a verdict only what it rests on. */
function reasonOf(verdict: Verdict, reason: ValueReason | undefined): ValueReason | undefined {
  if (verdict === 'unchecked') return reason ?? { kind: 'not-conforming' };
  return reason?.kind === 'assuming' || reason?.kind === 'target' || reason?.kind === 'held' ? reason : undefined;
}

/** Why a difference refutes nothing, if it does not. A symbol that is written anew with another value is defined anew. */
function excuseFor(values: Values, s: CheckedStatement, outcome: Outcome): ValueReason | undefined {
  if (namesGradient(values, s)) return { kind: 'gradient-name' };
  if (conditions(values, s, outcome) || isTooOpen(s)) return { kind: 'condition' };
  const [left] = s.statement.members;
  const name = left && definedName(left);
  return name && !hasDerivativeDefinition(values, name.key) ? { kind: 'redefined', name: name.key } : undefined;
}

/** dW = … of a W that nothing defines: a name for the gradient by W rather than a differential. */
function namesGradient(values: Values, s: CheckedStatement): boolean {
  const [left] = s.statement.members;
  return (
    left?.kind === 'differential' &&
    left.asName !== undefined &&
    left.base.kind === 'symbol' &&
    (!values.checked.definitions.byKey.has(left.base.name.key) ||
      !s.statement.members.slice(1).some((m) => [...walk(m)].some((e) => e.kind === 'differential')))
  );
}

/**
 * Whether a difference would be no evidence against the author: numbers rounded by hand, shapes that rest on use alone, general layers
 * whose neighbours are not unrolled, and arithmetic of sizes.
 */
function isTooOpen(s: CheckedStatement): boolean {
  if (s.supposed !== undefined || s.inferred.members.some((m) => m.shape && !m.solid)) return true;
  let symbols = 0;
  for (const member of s.statement.members) {
    for (const e of walk(member)) {
      if (e.kind === 'number' && e.text.includes('.')) return true;
      const name = e.kind === 'symbol' ? e.name : e.kind === 'power' ? e.asName : undefined;
      if (name?.labels.some((l) => l.kind === 'letter' && l.name !== 't')) return true;
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

/**
 * A member that differs may state a condition or name a value instead of claiming an identity: zero, one or the identity matrix,
 * a bare symbol that nothing defines, or, where nothing is differentiated, sides that do not speak of the same symbols.
 */
function conditions(values: Values, s: CheckedStatement, outcome: Outcome): boolean {
  const refuted = s.inferred.members.filter((_, i) => outcome.members[i] === 'refuted');
  if (refuted.length === 0) return false;
  if (refuted.every((c) => isConstant(c) || isUndefinedName(values, c))) return true;
  const derivative = s.statement.members.some((m) =>
    [...walk(m)].some((e) => e.kind === 'derivative' || e.kind === 'nabla' || e.kind === 'differential'),
  );
  if (
    derivative ||
    s.statement.members.some((m) => {
      const n = definedName(m);
      return n && hasDerivativeDefinition(values, n.key);
    })
  )
    return false;
  const sets = s.statement.members.map((m) => [...symbolKeys(values, m, new Set())].sort().join());
  return sets.some((k) => k !== sets[0]);
}

const isConstant = (c: Candidate): boolean =>
  c.rule === 'zero' || c.rule === 'number' || (c.detail?.kind === 'found' && c.detail.found.constant !== undefined);
const isUndefinedName = (values: Values, c: Candidate): boolean =>
  c.expr.kind === 'symbol' &&
  !values.checked.definitions.byKey.has(c.expr.name.key) &&
  !(c.detail?.kind === 'found' && c.detail.found.from === 'network');

/** The symbols that an expression speaks of, through definitions. */
function symbolKeys(values: Values, m: Expr, seen: Set<string>): Set<string> {
  const out = new Set<string>();
  for (const e of walk(m)) {
    if (e.kind !== 'symbol' || values.checked.env.lookup(e.name, 0)?.from === 'constant') continue;
    const [d] = values.checked.definitions.byKey.get(e.name.key) ?? [];
    if (!d || seen.has(e.name.key)) out.add(e.name.key);
    else for (const k of symbolKeys(values, d.body, new Set([...seen, e.name.key]))) out.add(k);
  }
  return out;
}

const hasDerivativeDefinition = (values: Values, key: string): boolean =>
  (values.checked.definitions.byKey.get(key) ?? []).some((d) =>
    [...walk(d.body)].some((e) => e.kind === 'derivative' || e.kind === 'nabla'),
  );
