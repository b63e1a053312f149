// Whether the members of an equation have one value: all are evaluated at random points and compared with a reference.
// Agreement at random points is evidence, not proof. The layer's errors are caught here; the answer is data.
import type { Size, Term } from '../term.js';
import { DomainError, type DomainReason, isFiniteArray, type NdArray } from './array.js';
import { type Agreement, compare, constantFactor, type Difference, difference } from './compare.js';
import { contextAt } from './evaluate.js';
import { type Context, defaultWork, kinkTolerance } from './frame.js';
import { evaluateOverLetters } from './letters.js';
import type { DrawMode, Problem } from './problem.js';
import { boundsNear, liesWithin } from './subdifferential.js';
import { contains, isDerivative } from './terms.js';
import { derivativesIn, witness } from './witness.js';

export interface JudgeOptions {
  /** The member that the others are held against: by default the first with a derivative, else with a differential, else the first. */
  readonly reference?: number;
  /** How many points have to be compared (3), and how many may be drawn for them (12). */
  readonly points?: number;
  readonly tries?: number;
  readonly seed?: number;
  /** Free element indices with the lengths of their ranges, from 1. */
  readonly letters?: ReadonlyMap<string, Size>;
  /** A relation ∝: a scalar factor, another one at each point, is no difference. */
  readonly upToScalar?: boolean;
  /** Other assumptions, tried in order where the problem itself does not make all members agree. */
  readonly candidates?: readonly Problem[];
  /** Whether the reference's derivatives are held against central differences at one point (yes). */
  readonly witness?: boolean;
  /** How many entries may be computed at a point. */
  readonly work?: number;
}

export type MemberVerdict = 'agrees' | 'differs' | 'undecided' | 'error';

export interface Judgement {
  readonly reference: number;
  /** One for each member; the reference agrees with itself unless it has no value. */
  readonly members: readonly MemberVerdict[];
  /** Why a member is an error or undecided: the last thing that went wrong with it. */
  readonly reasons: readonly (MemberReason | undefined)[];
  readonly differences: readonly (Difference | undefined)[];
  /** The number of points at which the reference had a value. */
  readonly points: number;
  /** The points lie between 0 and 1, since something has no value elsewhere. */
  readonly restricted: boolean;
  /** Every point lies at a kink: a value of the subdifferential was taken, and nothing is refuted. */
  readonly kink: boolean;
  /** The relative discrepancy to central differences, where there was a derivative to hold against them. */
  readonly witness: number | undefined;
  /** The candidate under which all members agree; undefined where that is the problem itself or none. */
  readonly candidate: number | undefined;
}

export interface MemberReason {
  readonly reason: DomainReason | 'witness' | 'close' | 'vacuous';
  /** The symbol that is missing, the sizes that do not conform. */
  readonly detail: string;
}

/** Relative discrepancies beyond this make the derivative itself doubtful. */
const worstWitness = 1e-4;
/** A larger relative difference refutes at a single point; a smaller one needs two. */
const clearDifference = 1e-3;

/** Never throws. */
export function judge(problem: Problem, members: readonly Term[], options: JudgeOptions = {}): Judgement {
  const judgement = judgeGuarded(problem, members, options);
  if (holds(judgement)) return judgement;
  for (const [k, candidate] of (options.candidates ?? []).entries()) {
    const other = judgeGuarded(candidate, members, options);
    if (holds(other)) return { ...other, candidate: k };
  }
  return judgement;
}

/** A stack that overflows on the way to a value is too much work, not a failure of the program. */
function judgeGuarded(problem: Problem, members: readonly Term[], options: JudgeOptions): Judgement {
  try {
    const judgement = judgeUnder(problem, members, options, kinkTolerance);
    return judgement.points === 0 && judgement.reasons[judgement.reference]?.reason === 'kink'
      ? judgeAtKink(problem, members, options)
      : judgement;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason: MemberReason = { reason: 'too-large', detail: '' };
    return {
      reference: options.reference ?? 0,
      members: members.map(() => 'error'),
      reasons: members.map(() => reason),
      differences: members.map(() => undefined),
      points: 0,
      restricted: false,
      kink: false,
      witness: undefined,
      candidate: undefined,
    };
  }
}

const holds = (judgement: Judgement): boolean => judgement.members.every((verdict) => verdict === 'agrees');

function referenceAmong(members: readonly Term[]): number {
  const derivative = members.findIndex((member) => contains(member, isDerivative));
  if (derivative >= 0) return derivative;
  return Math.max(
    0,
    members.findIndex((member) => contains(member, (term) => term.kind === 'differential')),
  );
}

interface Comparison {
  readonly agreement: Agreement | 'vacuous';
  readonly difference: Difference | undefined;
}

interface MemberState {
  readonly comparisons: Comparison[];
  reason: MemberReason | undefined;
  broken: boolean;
}

const redrawable: ReadonlySet<DomainReason> = new Set(['singular', 'domain', 'kink', 'overflow']);

/** All points lie at a kink (given values): any value of the subdifferential is accepted, and what lies outside may still be one. */
function judgeAtKink(problem: Problem, members: readonly Term[], options: JudgeOptions): Judgement {
  const judgement = judgeUnder(problem, members, { ...options, witness: false }, 0);
  const ctx = contextAt(problem, options.seed ?? 0, { mode: 'general', tolerance: 0 });
  const bounds = boundsNear(members[judgement.reference] as Term, ctx, options.letters);
  const accepted = (member: Term): boolean => {
    const value = bounds && memberValue(member, ctx, undefined, options);
    return value !== undefined && bounds !== undefined && liesWithin(value, bounds);
  };
  const verdicts = judgement.members.map((verdict, k): MemberVerdict => {
    if (k === judgement.reference) return bounds ? 'agrees' : verdict;
    if (verdict === 'agrees' || accepted(members[k] as Term)) return 'agrees';
    return verdict === 'differs' ? 'undecided' : verdict;
  });
  return {
    ...judgement,
    kink: true,
    members: verdicts,
    reasons: verdicts.map((verdict, k) =>
      verdict === 'agrees' ? undefined : judgement.members[k] === 'differs' ? { reason: 'kink', detail: '' } : judgement.reasons[k],
    ),
  };
}

function judgeUnder(problem: Problem, members: readonly Term[], options: JudgeOptions, tolerance: number): Judgement {
  const reference = options.reference ?? referenceAmong(members);
  const wanted = options.points ?? 3;
  const states: MemberState[] = members.map(() => ({ comparisons: [], reason: undefined, broken: false }));
  const own = states[reference];
  let points = 0;
  let mode: DrawMode = 'general';
  let restricted = false;
  let witnessed: number | undefined;
  for (let attempt = 0; attempt < (options.tries ?? 12) && own?.broken === false; attempt++) {
    const ctx = contextAt(problem, (options.seed ?? 0) + attempt, { mode, tolerance, work: options.work ?? defaultWork });
    const expected = memberValue(members[reference] as Term, ctx, own, options);
    if (expected !== undefined) {
      points++;
      restricted ||= mode === 'unit';
      if (options.witness !== false && (witnessed === undefined || witnessed > worstWitness)) {
        witnessed = witnessAt(members[reference] as Term, ctx) ?? witnessed;
      }
    }
    states.forEach((state, k) => {
      if (expected === undefined || k === reference || state.broken || state.comparisons.length >= wanted) return;
      const found = memberValue(members[k] as Term, ctx, state, options);
      if (found !== undefined) state.comparisons.push(compared(expected, found, options.upToScalar === true));
    });
    if (states.every((state, k) => state.broken || (k === reference ? points : state.comparisons.length) >= wanted)) break;
    if (states.some((state) => state.reason?.reason === 'domain')) mode = 'unit';
  }
  const doubtful = witnessed !== undefined && witnessed > worstWitness;
  return {
    reference,
    members: states.map((state, k) => (doubtful ? 'undecided' : k === reference ? ownVerdict(state, points) : verdictOf(state, wanted))),
    reasons: states.map((state, k) =>
      doubtful ? { reason: 'witness', detail: '' } : reasonOf(state, k === reference ? points : state.comparisons.length, wanted),
    ),
    differences: states.map((state) => commonDifference(state.comparisons)),
    points,
    restricted,
    kink: false,
    witness: witnessed,
    candidate: undefined,
  };
}

/** For all values of the letters; undefined where it has none at this point, with the reason in the state. */
function memberValue(member: Term, ctx: Context, state: MemberState | undefined, options: JudgeOptions): NdArray | undefined {
  try {
    const value = evaluateOverLetters(member, ctx, options.letters);
    if (!isFiniteArray(value)) throw new DomainError('overflow');
    return value;
  } catch (error) {
    if (!(error instanceof DomainError) && !(error instanceof RangeError)) throw error;
    const reason: DomainReason = error instanceof DomainError ? error.reason : 'too-large';
    if (state !== undefined) {
      state.reason = { reason, detail: error instanceof DomainError ? error.detail : '' };
      state.broken = !redrawable.has(reason);
    }
    return undefined;
  }
}

function compared(expected: NdArray, found: NdArray, upToScalar: boolean): Comparison {
  if (upToScalar && expected.data.length === 1) return { agreement: 'vacuous', difference: undefined };
  if (upToScalar && constantFactor(expected, found) !== undefined) return { agreement: 'agrees', difference: undefined };
  return { agreement: compare(expected, found), difference: difference(expected, found) };
}

function witnessAt(member: Term, ctx: Context): number | undefined {
  if (derivativesIn(member).length === 0) return undefined;
  try {
    return witness(member, ctx);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function ownVerdict(state: MemberState, points: number): MemberVerdict {
  return points > 0 ? 'agrees' : state.broken ? 'error' : 'undecided';
}

/** Agreement takes at least two points. */
function verdictOf(state: MemberState, wanted: number): MemberVerdict {
  if (state.broken) return 'error';
  const differing = state.comparisons.filter(({ agreement }) => agreement === 'differs');
  if (differing.length > 1 || differing.some((comparison) => (comparison.difference?.relative ?? 0) > clearDifference)) return 'differs';
  return state.comparisons.length >= Math.min(wanted, 2) && state.comparisons.every(({ agreement }) => agreement === 'agrees')
    ? 'agrees'
    : 'undecided';
}

function reasonOf(state: MemberState, compared: number, wanted: number): MemberReason | undefined {
  if (state.broken) return state.reason;
  if (state.comparisons.some(({ agreement }) => agreement === 'vacuous')) return { reason: 'vacuous', detail: '' };
  if (state.comparisons.some(({ agreement }) => agreement !== 'agrees')) return { reason: 'close', detail: '' };
  return compared < wanted ? state.reason : undefined;
}

/** What the differences at all points have in common: a factor or an offset counts only where it is the same. */
function commonDifference(comparisons: readonly Comparison[]): Difference | undefined {
  const all = comparisons.flatMap((comparison) => (comparison.difference === undefined ? [] : [comparison.difference]));
  const [first] = all;
  if (first === undefined) return undefined;
  const same = (x: number | undefined, y: number | undefined) => x === y || Math.abs((x ?? 0) - (y ?? 0)) <= 1e-5 * Math.abs(x ?? 0);
  const common =
    all.length === comparisons.length &&
    all.every((other) => other.kind === first.kind && same(other.factor, first.factor) && same(other.offset, first.offset));
  if (common) return first;
  const { factor: _, offset: __, ...rest } = all.reduce((worst, other) => (other.relative > worst.relative ? other : worst));
  return { ...rest, kind: rest.kind === 'shape' ? 'shape' : 'entries' };
}
