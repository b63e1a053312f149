// The verdict on one statement: lowers its conforming members, builds the problem, and has them judged in groups that belong together.
// What is tried where the document leaves something open, and what the outcome means, stand in `verdict/`.
import type { CheckedStatement } from '../analysis/analysis.js';
import { definedName } from '../analysis/learning.js';
import { conflictsOf } from '../analysis/statements.js';
import { type Difference, isConstantOver, problemOf } from '../numeric/index.js';
import type { Verdict } from '../report.js';
import type { Candidate } from '../shapes/candidate.js';
import { linkOf } from '../shapes/rules/chain.js';
import { walk } from '../syntax/print.js';
import type { Term } from '../term.js';
import { covers } from '../text.js';
import { customarySigns, type Gathering, type Signs, Unreadable } from './context.js';
import { type Opened, openDependence } from './dependence.js';
import { runsBackward } from './differentials.js';
import { foldDefinitions } from './fold.js';
import { derivativeOf, lower } from './lower.js';
import { addDefinitions, emptyGathered, type Gathered, gathering, type Values } from './problem.js';
import { problemFrom } from './sizes.js';
import type { StatementValue, ValueReason } from './value.js';
import { membersApart } from './verdict/condition.js';
import { standsOutside } from './verdict/copies.js';
import { independent } from './verdict/held.js';
import { judgedOnce } from './verdict/remembered.js';
import { withRepeatedSums } from './verdict/repeated.js';
import { type Outcome, settle } from './verdict/settle.js';
import type { Judged } from './verdict/trials.js';
import { unchecked, withoutValue } from './verdict/unchecked.js';

/** Never throws for a document's sake. */
export function verdictOf(values: Values, original: CheckedStatement): StatementValue {
  const s = original.supposed ? { ...original, inferred: original.supposed } : original;
  const early = withoutValue(values, s);
  if (early) return unchecked(s, early);
  try {
    const value = judgeStatement(values, s);
    if (value.verdict === 'verified') return value;
    return otherSigns(s).flatMap((signs) => verifiedWith(values, s, signs) ?? [])[0] ?? value;
  } catch (error) {
    if (error instanceof Unreadable) return unchecked(s, { kind: 'unreadable', what: error.reason });
    throw error;
  }
}

function verifiedWith(values: Values, s: CheckedStatement, signs: Signs): StatementValue | undefined {
  // What was lowered is so under custom's signs.
  const value = judgeStatement({ ...values, signs, bodies: new Map() }, s);
  return value.verdict === 'verified' ? value : undefined;
}

/** Other readings of the signs that stand in a statement, where the shapes leave the choice to the value. */
function otherSigns(s: CheckedStatement): readonly Signs[] {
  const found = new Set<keyof Signs>();
  for (const m of s.statement.members)
    for (const e of walk(m)) {
      if (e.kind === 'transpose' && e.sign === '\\dagger') found.add('dagger');
      if (e.kind === 'derivative' && s.layout === 'denominator') found.add('bySquare');
    }
  return [
    ...(found.has('dagger') ? [{ ...customarySigns, dagger: 'transpose' } as const] : []),
    ...(found.has('bySquare') ? [{ ...customarySigns, bySquare: 'kept' } as const] : []),
  ];
}

function judgeStatement(values: Values, s: CheckedStatement): StatementValue {
  const position = s.place(s.statement.span).start;
  const gathered = emptyGathered();
  const g = gathering(values, position, gathered);
  const { lowered, failure } = lowerMembers(g, s);
  const terms = lowered.map((l) => l.term);
  addDefinitions(values, gathered, s, position, terms);
  foldDefinitions(gathered.definitions, terms);
  const opened = openDependence(gathered, terms);
  const comparable = opened ? lowered.filter((l) => opened.comparable(l.term)) : [];
  if (opened && comparable.length > 1)
    return undecidedIf(!opened.sound, s, opened, judgeLowered(values, s, g, opened.gathered, comparable, failure));
  const value = judgeLowered(values, s, g, gathered, lowered, failure);
  if (value.verdict === 'verified') return value;
  const summed = withRepeatedSums(terms, gathered.letters);
  if (!summed) return value;
  const withSums = lowered.map((l, i) => ({ ...l, term: summed[i] ?? l.term }));
  const other = judgeLowered(values, s, g, gathered, withSums, failure);
  return other.verdict === 'verified' ? { ...other, reason: other.reason ?? { kind: 'repeated' } } : value;
}

function judgeLowered(
  values: Values,
  s: CheckedStatement,
  g: Gathering,
  gathered: Gathered,
  lowered: readonly Lowered[],
  failure: ValueReason | undefined,
): StatementValue {
  const terms = lowered.map((l) => l.term);
  const blind = independent(problemOf({ definitions: gathered.definitions }), terms);
  if (blind) return unchecked(s, blind);
  if (lowered.length < 2) return unchecked(s, failure ?? { kind: 'not-conforming' });
  const groups = groupsOf(s, g, lowered);
  if (groups.length === 0) return unchecked(s, { kind: 'not-conforming' });
  const settled = settle(values, s, judgeGroups(values, s, gathered, groups));
  if (settled.verdict === 'refuted' && standsOutside(terms, gathered))
    return unchecked(s, { kind: 'unreadable', what: 'what a sum runs over stands outside of it as well' });
  if (settled.verdict === 'refuted' && runsBackward(terms, gathered)) return unchecked(s, { kind: 'gradient-name' });
  const claiming = claimingAnyhow(values, s, settled.reason, lowered);
  const rest = claiming ? groupsOf(s, g, claiming) : [];
  return rest.length === 0 ? settled : settle(values, s, judgeGroups(values, s, gathered, rest), true);
}

/** A verdict that rests on how things are taken to depend on one another says so; what is only evident from the equation itself never refutes. */
function undecidedIf(unsound: boolean, s: CheckedStatement, { generics }: Opened, value: StatementValue): StatementValue {
  const reason: ValueReason = { kind: 'generic', generics };
  if (value.verdict === 'verified') return { ...value, reason: value.reason ?? reason };
  const [first] = generics;
  if (value.verdict !== 'refuted' || !unsound || !first) return value;
  return unchecked(s, { kind: 'independent', of: first.of, by: first.on[0] ?? '' });
}

/** Without what is being defined or named the other members claim to be equal all the same. */
function claimingAnyhow(
  values: Values,
  s: CheckedStatement,
  reason: ValueReason | undefined,
  lowered: readonly Lowered[],
): readonly Lowered[] | undefined {
  if (lowered.length < 3) return undefined;
  if (reason?.kind === 'redefined') return lowered.filter((l) => l.index > 0);
  if (reason?.kind !== 'condition') return undefined;
  const apart = membersApart(values, s);
  const rest = lowered.filter((l) => !apart.has(l.index) && !(l.index === 0 && definedName(l.candidate.expr)));
  return rest.length < 2 || rest.length === lowered.length ? undefined : rest;
}

interface Lowered {
  readonly index: number;
  readonly candidate: Candidate;
  readonly term: Term;
}

/** The members that have a value, and why the first that has none has none. */
function lowerMembers(g: Gathering, s: CheckedStatement): { readonly lowered: readonly Lowered[]; readonly failure?: ValueReason } {
  const lowered: Lowered[] = [];
  let failure: ValueReason | undefined;
  s.inferred.members.forEach((candidate, index) => {
    if (!conforming(s, candidate)) return;
    try {
      lowered.push({ index, candidate, term: lower(g, candidate, s.layout) });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      failure ??= { kind: 'unreadable', what: error.reason };
    }
  });
  return { lowered, ...(failure ? { failure } : {}) };
}

const conforming = (s: CheckedStatement, c: Candidate): boolean =>
  (c.shape !== undefined || c.rule === 'zero') &&
  c.conflicts.length === 0 &&
  !conflictsOf(s.inferred).some((k) => covers(c.expr.span, 'spans' in k ? k.spans[0] : k.span));

/** Terms that claim to be equal, and the members that they come from. */
interface Group {
  readonly terms: readonly Term[];
  readonly indices: readonly number[];
}

/** All members together; a chain is judged against the whole derivative in numerator layout. */
function groupsOf(s: CheckedStatement, g: Gathering, lowered: readonly Lowered[]): readonly Group[] {
  const plain = lowered.filter((l) => l.candidate.rule !== 'chain');
  const groups: Group[] = [];
  if (plain.length > 1) groups.push({ terms: plain.map((l) => l.term), indices: plain.map((l) => l.index) });
  for (const chain of lowered.filter((l) => l.candidate.rule === 'chain')) {
    const side = s.inferred.members.findIndex((m) => linkOf(m.expr) !== undefined);
    const whole = s.inferred.members[side] && derivativeOf(s.inferred.members[side]);
    if (!whole) continue;
    const detail = whole.detail?.kind === 'derivative' ? { ...whole.detail, transposed: false } : whole.detail;
    groups.push({ terms: [lower(g, detail ? { ...whole, detail } : whole, 'numerator'), chain.term], indices: [side, chain.index] });
  }
  return groups;
}

function judgeGroups(values: Values, s: CheckedStatement, gathered: Gathered, groups: readonly Group[]): Outcome {
  const members: (Verdict | undefined)[] = s.statement.members.map(() => undefined);
  const differences: (Difference | undefined)[] = s.statement.members.map(() => undefined);
  let reason: ValueReason | undefined;
  const terms = new Map(groups.flatMap((group) => group.indices.map((index, k) => [index, group.terms[k] as Term] as const)));
  for (const { terms: claimed, indices } of groups) {
    const found = judgedOnce(values, s, gathered, claimed);
    reason ??= found.reason ?? withoutResult(found);
    found.judgement.members.forEach((verdict, k) => {
      const index = indices[k] as number;
      if (verdict === 'agrees') members[index] ??= 'verified';
      if (verdict !== 'differs') return;
      members[index] = found.decided ? 'refuted' : 'unchecked';
      differences[index] = found.judgement.differences[k];
    });
  }
  return {
    members,
    differences,
    reason,
    trivial: definesItself(s, gathered),
    steady: (index) => isSteady(values, gathered, terms.get(index)),
  };
}

/** A left side that the equation itself defines agrees with what defines it, which is no evidence. */
const definesItself = (s: CheckedStatement, { used }: Gathered): boolean =>
  [...used].some((d) => d.position === s.place(s.statement.span).start);

function isSteady(values: Values, gathered: Gathered, term: Term | undefined): boolean {
  return (
    term !== undefined && [false, true].some((turn) => isConstantOver(problemFrom(values, gathered, [term], new Map(), {}, turn), term))
  );
}

/** Why the first member without a result has none. */
function withoutResult({ judgement }: Judged): ValueReason | undefined {
  const k = judgement.members.findIndex((m) => m === 'error' || m === 'undecided');
  if (k < 0) return undefined;
  const { reason: why = 'undecided', detail = '' } = judgement.reasons[k] ?? {};
  return { kind: 'no-value', why, detail };
}
