// Judging under what the document leaves open: as it stands first, then with each thing filled in by custom until all members agree.
import type { CheckedStatement } from '../../analysis/analysis.js';
import { freeLetters, type Judgement, judge, type Problem } from '../../numeric/index.js';
import { isSquare } from '../../shapes/match.js';
import { isScalar } from '../../shapes/shape.js';
import type { Assumption, Elementwise, Size, Term } from '../../term.js';
import { assumptionsFor, type Trials } from '../assumptions.js';
import { sizeOf, sizesOf } from '../context.js';
import { readDifferentials } from '../differentials.js';
import type { Gathered, Values } from '../problem.js';
import { problemFrom } from '../sizes.js';
import type { Assumed, Supposed, ValueReason } from '../value.js';
import { heldCandidates, severs } from './held.js';
import { speaksOfSymmetry } from './remarks.js';

export interface Judged {
  readonly judgement: Judgement;
  readonly reason: ValueReason | undefined;
  /** Whether a difference refutes. */
  readonly decided: boolean;
}

/** First as the document says; then with what it leaves open filled in by custom; then with defined symbols held fixed. */
export function judgeUnderAssumptions(values: Values, s: CheckedStatement, gathered: Gathered, terms: readonly Term[]): Judged {
  const bench = benchFor(values, s, gathered, terms);
  const asStated = bench.run(bench.functions);
  if (holds(asStated)) {
    const reason: ValueReason | undefined = asStated.kink ? { kind: 'kink' } : assumed(bench.trials.first.assumed);
    return { judgement: asStated, reason, decided: true };
  }
  return (
    withOtherSizes(bench, asStated) ??
    withOtherFunctions(bench) ??
    withProbabilities(bench) ??
    withSuppositions(bench, s) ??
    withHeld(bench) ??
    inCase(s, terms, asStated) ?? { judgement: asStated, reason: undefined, decided: true }
  );
}

/** "If i = j" holds for some values of the letters only: over all of them nothing is refuted. */
function inCase(s: CheckedStatement, terms: readonly Term[], judgement: Judgement): Judged | undefined {
  const letters = [...new Set(terms.flatMap((t) => [...freeLetters(t)]))].filter((l) => s.context.fixed.has(l));
  if (letters.length === 0) return undefined;
  return {
    judgement: { ...judgement, members: judgement.members.map(() => 'undecided') },
    reason: { kind: 'unreadable', what: `a case of the document fixes ${letters.join(', ')}` },
    decided: false,
  };
}

type Functions = ReadonlyMap<string, Elementwise | 'open'>;

/** An equation set up so that it can be judged again with something changed. */
interface Bench {
  readonly values: Values;
  readonly gathered: Gathered;
  readonly terms: readonly Term[];
  readonly trials: Trials;
  /** What the functions are taken for as the document stands. */
  readonly functions: Functions;
  /** `turn` gives the sizes out in the other order. */
  readonly run: (functions: Functions, extra?: Partial<Problem>, turn?: boolean) => Judgement;
}

function benchFor(values: Values, s: CheckedStatement, gathered: Gathered, terms: readonly Term[]): Bench {
  const free = new Set(terms.flatMap((t) => [...freeLetters(t)]));
  const letters = new Map<string, Size>([...gathered.letters].filter(([l]) => free.has(l)).map(([l, d]) => [l, sizeOf(d)]));
  const upToScalar = s.statement.relations.includes('\\propto');
  const differentials = readDifferentials(terms, gathered);
  const trials = assumptionsFor(values, s, gathered);
  return {
    values,
    gathered,
    terms,
    trials,
    functions: trials.first.functions,
    run: (functions, extra = {}, turn = false) =>
      judge(problemFrom(values, gathered, terms, functions, { ...differentials, ...extra }, turn), terms, { letters, upToScalar }),
  };
}

const holds = (j: Judgement): boolean => j.members.every((m) => m === 'agrees');

const assumed = (list: readonly Assumed[] | undefined): ValueReason | undefined =>
  list && list.length > 0 ? { kind: 'assuming', assumptions: list } : undefined;

/** Where nothing could be computed: a wide matrix that is inverted may be meant as a tall one. */
function withOtherSizes(bench: Bench, asStated: Judgement): Judged | undefined {
  if (!asStated.reasons.some((r) => r?.reason === 'singular' || r?.reason === 'domain')) return undefined;
  const judgement = bench.run(bench.functions, {}, true);
  if (judgement.members.every((m) => m === 'error' || m === 'undecided')) return undefined;
  return { judgement, reason: holds(judgement) ? assumed(bench.trials.first.assumed) : undefined, decided: true };
}

/** An assumption that the document does not show leaves the statement undecided. */
function withOtherFunctions({ trials, run }: Bench): Judged | undefined {
  for (const trial of trials.others()) {
    const judgement = run(trial.functions);
    if (!holds(judgement)) continue;
    if (trial.shown) return { judgement, reason: assumed(trial.assumed), decided: true };
    return {
      judgement: { ...judgement, members: judgement.members.map(() => 'undecided') },
      reason: { kind: 'linear-unit', fn: trial.assumed[0]?.fn ?? '' },
      decided: false,
    };
  }
  return undefined;
}

function withProbabilities({ values, gathered, functions, run }: Bench): Judged | undefined {
  const targets = targetsOf(values, gathered);
  if (targets.size === 0) return undefined;
  const variables: Problem['variables'] = new Map(
    [...gathered.variables].map(([key, v]) => [
      key,
      { dims: sizesOf(v.shape), assumptions: targets.has(key) ? (['probability'] as const) : values.checked.env.assumptions(v.name) },
    ]),
  );
  const judgement = run(functions, { variables });
  return holds(judgement) ? { judgement, reason: { kind: 'target', names: [...targets] }, decided: true } : undefined;
}

/** What the section supposes of symbols: if A is symmetric. Of what it only speaks of, no more is supposed than is needed. */
function withSuppositions({ values, gathered, functions, run }: Bench, s: CheckedStatement): Judged | undefined {
  const { env } = values.checked;
  const equation = s.place(s.statement.span);
  const stated = new Map([...gathered.variables].map(([key, v]) => [key, env.assumptions(v.name)]));
  const supposed = new Map([...gathered.variables].map(([key, v]) => [key, env.suppositions(v.name, equation)]));
  const holdsUnder = (spokenOf: readonly string[]): Judgement | undefined => {
    const variables: Problem['variables'] = new Map(
      [...gathered.variables].map(([key, v]) => {
        const assumptions = [...(stated.get(key) ?? []), ...(supposed.get(key) ?? []), ...symmetricIf(spokenOf.includes(key))];
        return [key, { dims: sizesOf(v.shape), assumptions }];
      }),
    );
    return [false, true].map((turn) => run(functions, { variables }, turn)).find(holds);
  };
  let needed = speaksOfSymmetry(values.checked, equation) ? mayBeSymmetric(gathered, stated) : [];
  const plain = [...supposed.values()].some((list) => list.length > 0) ? holdsUnder([]) : undefined;
  const judgement = plain ?? (needed.length > 0 ? holdsUnder(needed) : undefined);
  if (!judgement) return undefined;
  if (plain) needed = [];
  for (const key of needed) if (needed.length > 1 && holdsUnder(needed.filter((k) => k !== key))) needed = needed.filter((k) => k !== key);
  const list = [...supposed].flatMap(([name, own]): Supposed[] => {
    const assumptions = [...new Set([...own, ...symmetricIf(needed.includes(name))])];
    return assumptions.length > 0 ? [{ name, assumptions }] : [];
  });
  return { judgement, reason: { kind: 'supposing', supposed: list }, decided: true };
}

const symmetricIf = (is: boolean): readonly Assumption[] => (is ? ['symmetric'] : []);

/** Square matrices of which nothing is assumed. */
const mayBeSymmetric = (gathered: Gathered, stated: ReadonlyMap<string, readonly Assumption[]>): readonly string[] =>
  [...gathered.variables].flatMap(([key, { shape }]) =>
    isSquare(shape) && !isScalar(shape) && stated.get(key)?.length === 0 ? [key] : [],
  );

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

function withHeld({ values, gathered, terms, functions, run }: Bench): Judged | undefined {
  for (const key of heldCandidates(gathered, terms)) {
    const held = new Set([key]);
    if (severs(problemFrom(values, gathered, terms, new Map(), { held }), terms)) continue;
    const judgement = run(functions, { held });
    if (holds(judgement)) return { judgement, reason: { kind: 'held', name: key }, decided: true };
  }
  return undefined;
}
