// The verdict on one statement: lowers its conforming members, builds the problem, has the engine judge, and tries what the document leaves open.
import type { CheckedStatement } from '../analysis/analysis.js';
import { definedName } from '../analysis/learning.js';
import { conflictsOf, relates } from '../analysis/statements.js';
import type { Expr } from '../expr.js';
import { type Difference, dependsOn, freeLetters, type Judgement, judge, type Problem, symbolsOf } from '../numeric/index.js';
import type { Verdict } from '../report.js';
import type { Candidate } from '../shapes/candidate.js';
import { linkOf } from '../shapes/rules/chain.js';
import { walk } from '../syntax/print.js';
import type { Elementwise, Size, Term } from '../term.js';
import { covers } from '../text.js';
import { assumptionsFor } from './assumptions.js';
import { type Gathering, sizeOf, sizesOf, Unreadable } from './context.js';
import { readDifferentials } from './differentials.js';
import { derivativeOf, lower } from './lower.js';
import { addDefinitions, emptyGathered, type Gathered, gathering, problemFrom, sameDeclaration, type Values } from './problem.js';
import type { Assumed, StatementValue, ValueReason } from './value.js';

const unchecked = (s: CheckedStatement, reason: ValueReason): StatementValue => ({
  verdict: 'unchecked',
  reason,
  members: s.statement.members.map(() => 'unchecked'),
  differences: [],
});

/** Never throws for a document's sake. */
export function verdictOf(values: Values, original: CheckedStatement): StatementValue {
  const s = original.supposed ? { ...original, inferred: original.supposed } : original;
  const early = withoutValue(values, s);
  if (early) return unchecked(s, early);
  try {
    return judgeStatement(values, s);
  } catch (error) {
    if (error instanceof Unreadable) return unchecked(s, { kind: 'unreadable', what: error.reason });
    throw error;
  }
}

/** Statements that claim nothing about values. */
function withoutValue(values: Values, s: CheckedStatement): ValueReason | undefined {
  const { members, relations } = s.statement;
  if (members.length < 2) return { kind: 'single' };
  if (relations.some((r) => r === '\\leftarrow')) return { kind: 'update' };
  if (relations.some((r) => !relates(r) || r === '\\approx' || r === '\\ne')) return { kind: 'shapes-only' };
  const [left, right] = members;
  // P^+ and A^* alone on the left are names.
  if (
    left &&
    members.length === 2 &&
    ((left.kind === 'inverse' && left.pseudo) ||
      (left.kind === 'transpose' && (left.sign === '*' || left.sign === '\\dagger' || left.sign === 't'))) &&
    left.base.kind === 'symbol'
  )
    return { kind: 'defines', name: `${left.base.name.key}^+` };
  const name = left && definedName(left);
  if (name && right) {
    for (const e of walk(right)) if (e.kind === 'symbol' && e.name.key === name.key) return { kind: 'update' };
  }
  const own = values.checked.definitions.all.find((d) => d.statement === s.statement);
  const position = s.place(s.statement.span).start;
  const earliest = own && values.checked.definitions.byKey.get(own.name.key)?.find((d) => sameDeclaration(values, d, position));
  if (own && earliest === own && members.length === 2) return { kind: 'defines', name: own.name.key };
  return undefined;
}

interface Lowered {
  readonly index: number;
  readonly candidate: Candidate;
  readonly term: Term;
}

function judgeStatement(values: Values, s: CheckedStatement): StatementValue {
  const position = s.place(s.statement.span).start;
  const gathered = emptyGathered();
  const g = gathering(values, position, gathered);
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
  addDefinitions(values, gathered, s, position);
  const blind = independent(values, gathered, lowered);
  if (lowered.length < 2) return unchecked(s, blind ?? failure ?? { kind: 'not-conforming' });
  if (blind) return unchecked(s, blind);
  return decide(values, s, gathered, g, lowered);
}

const conforming = (s: CheckedStatement, c: Candidate): boolean =>
  (c.shape !== undefined || c.rule === 'zero') &&
  c.conflicts.length === 0 &&
  !conflictsOf(s.inferred).some((k) => covers(c.expr.span, 'spans' in k ? k.spans[0] : k.span));

/** A derivative of what does not depend on its variable says nothing: of a chain's links, the one that nothing defines is named. */
function independent(values: Values, gathered: Gathered, lowered: readonly Lowered[]): ValueReason | undefined {
  const problem = problemFrom(
    values,
    gathered,
    lowered.map((l) => l.term),
    new Map(),
    {},
  );
  let found: ValueReason | undefined;
  for (const { term } of lowered) {
    const inner = term.kind === 'transpose' ? term.term : term;
    if (inner.kind !== 'derivative' && inner.kind !== 'gradient') continue;
    const target = inner.kind === 'derivative' ? inner.by[0] : inner.by;
    if (target && !dependsOn(problem, inner.of, target.key))
      found ??= { kind: 'independent', of: inner.of.kind === 'variable' ? inner.of.key : 'it', by: target.key };
  }
  return found;
}

/** Judges all members together; a chain is judged against the whole derivative in numerator layout. */
function decide(values: Values, s: CheckedStatement, gathered: Gathered, g: Gathering, lowered: readonly Lowered[]): StatementValue {
  const plain = lowered.filter((l) => l.candidate.rule !== 'chain');
  const chains = lowered.filter((l) => l.candidate.rule === 'chain');
  const groups: { terms: readonly Term[]; indices: readonly number[] }[] = [];
  if (plain.length > 1) groups.push({ terms: plain.map((l) => l.term), indices: plain.map((l) => l.index) });
  for (const chain of chains) {
    const side = s.inferred.members.findIndex((m) => linkOf(m.expr) !== undefined);
    const whole = s.inferred.members[side] && derivativeOf(s.inferred.members[side]);
    if (!whole) continue;
    const detail = whole.detail?.kind === 'derivative' ? { ...whole.detail, transposed: false } : whole.detail;
    groups.push({ terms: [lower(g, detail ? { ...whole, detail } : whole, 'numerator'), chain.term], indices: [side, chain.index] });
  }
  if (groups.length === 0) return unchecked(s, { kind: 'not-conforming' });
  const outcome = judgeGroups(values, s, gathered, groups);
  return settle(values, s, outcome);
}

interface Outcome {
  readonly members: readonly (Verdict | undefined)[];
  readonly differences: readonly (Difference | undefined)[];
  readonly reason: ValueReason | undefined;
}

function judgeGroups(
  values: Values,
  s: CheckedStatement,
  gathered: Gathered,
  groups: readonly { terms: readonly Term[]; indices: readonly number[] }[],
): Outcome {
  const members: (Verdict | undefined)[] = s.statement.members.map(() => undefined);
  const differences: (Difference | undefined)[] = s.statement.members.map(() => undefined);
  let reason: ValueReason | undefined;
  for (const { terms, indices } of groups) {
    const found = judgeUnderAssumptions(values, s, gathered, terms);
    reason ??= found.reason;
    found.judgement.members.forEach((verdict, k) => {
      const index = indices[k] as number;
      if (verdict === 'agrees') members[index] ??= 'verified';
      if (verdict === 'differs') {
        members[index] = found.decided ? 'refuted' : 'unchecked';
        differences[index] = found.judgement.differences[k];
      }
      if (verdict === 'error' || verdict === 'undecided')
        reason ??= {
          kind: 'no-value',
          why: found.judgement.reasons[k]?.reason ?? 'undecided',
          detail: found.judgement.reasons[k]?.detail ?? '',
        };
    });
  }
  return { members, differences, reason };
}

interface Judged {
  readonly judgement: Judgement;
  readonly reason: ValueReason | undefined;
  /** Whether a difference refutes. */
  readonly decided: boolean;
}

const holds = (j: Judgement): boolean => j.members.every((m) => m === 'agrees');

/** First as the document says; then with what it leaves open filled in by custom; then with defined symbols held fixed. */
function judgeUnderAssumptions(values: Values, s: CheckedStatement, gathered: Gathered, terms: readonly Term[]): Judged {
  const free = new Set(terms.flatMap((t) => [...freeLetters(t)]));
  const letters = new Map<string, Size>([...gathered.letters].filter(([l]) => free.has(l)).map(([l, d]) => [l, sizeOf(d)]));
  const upToScalar = s.statement.relations.includes('\\propto');
  const differentials = readDifferentials(terms, gathered);
  const run = (functions: ReadonlyMap<string, Elementwise | 'open'>, extra: Partial<Problem> = {}, turn = false): Judgement =>
    judge(problemFrom(values, gathered, terms, functions, { ...differentials, ...extra }, turn), terms, { letters, upToScalar });
  const trials = assumptionsFor(values, s, gathered);
  const first = run(trials[0]?.functions ?? new Map());
  if (holds(first)) return { judgement: first, reason: assumed(trials[0]?.assumed), decided: true };
  if (first.reasons.some((r) => r?.reason === 'singular' || r?.reason === 'domain')) {
    const turned = run(trials[0]?.functions ?? new Map(), {}, true);
    if (turned.members.some((m) => m !== 'error' && m !== 'undecided'))
      return { judgement: turned, reason: holds(turned) ? assumed(trials[0]?.assumed) : undefined, decided: true };
  }
  for (const trial of trials.slice(1)) {
    const judgement = run(trial.functions);
    if (!holds(judgement)) continue;
    if (trial.shown) return { judgement, reason: assumed(trial.assumed), decided: true };
    return {
      judgement: { ...judgement, members: judgement.members.map(() => 'undecided') },
      reason: { kind: 'linear-unit', fn: trial.assumed[0]?.fn ?? '' },
      decided: false,
    };
  }
  const targets = targetsOf(values, gathered);
  if (targets.size > 0) {
    const judgement = run(trials[0]?.functions ?? new Map(), { variables: withProbabilities(values, gathered, targets) });
    if (holds(judgement)) return { judgement, reason: { kind: 'target', names: [...targets] }, decided: true };
  }
  for (const key of heldCandidates(gathered, terms)) {
    if (severs(problemFrom(values, gathered, terms, new Map(), { held: new Set([key]) }), terms)) continue;
    const judgement = run(trials[0]?.functions ?? new Map(), { held: new Set([key]) });
    if (holds(judgement)) return { judgement, reason: { kind: 'held', name: key }, decided: true };
  }
  return { judgement: first, reason: undefined, decided: true };
}

/** Labels of a classification: their entries add up to one, by custom. */
function targetsOf(values: Values, gathered: Gathered): ReadonlySet<string> {
  const out = new Set<string>();
  for (const [key, { name, shape }] of gathered.variables)
    if (
      /^(?:\\(?:mathbf|vec)\{)?[ytYT]\}?$/.test(name.base) &&
      shape.dims.length === 2 &&
      !gathered.definitions.has(key) &&
      values.checked.env.assumptions(name).length === 0
    )
      out.add(key);
  return JSON.stringify([...gathered.definitions.values()]).includes('"log"') ? out : new Set();
}

const withProbabilities = (values: Values, gathered: Gathered, targets: ReadonlySet<string>): Problem['variables'] =>
  new Map(
    [...gathered.variables].map(([key, v]) => [
      key,
      { dims: sizesOf(v.shape), assumptions: targets.has(key) ? (['probability'] as const) : values.checked.env.assumptions(v.name) },
    ]),
  );

const assumed = (list: readonly Assumed[] | undefined): ValueReason | undefined =>
  list && list.length > 0 ? { kind: 'assuming', assumptions: list } : undefined;

const mostHeld = 10;

/** Defined symbols that may be meant as fixed: not those that are differentiated themselves. */
function heldCandidates(gathered: Gathered, terms: readonly Term[]): readonly string[] {
  const tops = new Set<string>();
  collectTops(terms, tops);
  if (tops.size === 0) return [];
  collectTops([...gathered.definitions.values()], tops);
  return [...gathered.definitions.keys()].filter((k) => !tops.has(k)).slice(0, mostHeld);
}

/** Whether some derivative is of what no longer depends on its variable: with both sides zero anything holds. */
function severs(problem: Problem, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((v) => severs(problem, v));
  if (value === null || typeof value !== 'object') return false;
  const term = value as Term;
  if (term.kind === 'derivative' || term.kind === 'gradient') {
    const targets = term.kind === 'derivative' ? term.by : [term.by];
    if (targets.some((t) => !dependsOn(problem, term.of, t.key))) return true;
  }
  return Object.values(value).some((v) => severs(problem, v));
}

/** Symbols that stand in the numerator of a derivative. */
function collectTops(value: unknown, out: Set<string>): void {
  if (Array.isArray(value)) {
    for (const v of value) collectTops(v, out);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as { kind?: string; of?: unknown };
  if ((node.kind === 'derivative' || node.kind === 'gradient') && node.of) for (const k of symbolsOf(node.of as Term)) out.add(k);
  for (const v of Object.values(value)) collectTops(v, out);
}

/** From the members' verdicts to the statement's. A symbol that is written anew with another value is defined anew. */
function settle(values: Values, s: CheckedStatement, outcome: Outcome): StatementValue {
  if (outcome.members.includes('refuted') && namesGradient(values, s)) return unchecked(s, { kind: 'gradient-name' });
  const stated = conditions(values, s, outcome) || (outcome.members.includes('refuted') && isTooOpen(s));
  if (stated) return unchecked(s, { kind: 'condition' });
  const refuted = outcome.members.includes('refuted');
  const agreed = outcome.members.filter((m) => m === 'verified').length;
  const [left] = s.statement.members;
  const name = left && definedName(left);
  if (refuted && name && !hasDerivativeDefinition(values, name.key)) return unchecked(s, { kind: 'redefined', name: name.key });
  const verdict: Verdict = refuted ? 'refuted' : agreed > 1 ? 'verified' : 'unchecked';
  const members = outcome.members.map((m): Verdict => (m === 'verified' && verdict === 'unchecked' ? 'unchecked' : (m ?? 'unchecked')));
  const reason =
    verdict === 'unchecked'
      ? (outcome.reason ?? { kind: 'not-conforming' })
      : outcome.reason?.kind === 'assuming' || outcome.reason?.kind === 'target' || outcome.reason?.kind === 'held'
        ? outcome.reason
        : undefined;
  return { verdict, reason, members, differences: outcome.differences };
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
