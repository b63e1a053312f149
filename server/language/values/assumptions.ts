// What may be assumed where the document leaves a function open: the customary activations, in the order in which they are tried.
import type { CheckedStatement } from '../analysis/analysis.js';
import { walk } from '../syntax/print.js';
import type { Elementwise, ElementwiseName } from '../term.js';
import type { Gathered, Values } from './problem.js';
import type { Assumed } from './value.js';

export interface Trial {
  readonly functions: ReadonlyMap<string, Elementwise | 'open'>;
  readonly assumed: readonly Assumed[];
  /** Whether the document shows it, so that it may verify. */
  readonly shown: boolean;
}

/** The activations that are tried for a function that nothing states, after the function as it stands. */
const customary: readonly ElementwiseName[] = ['sigmoid', 'tanh', 'relu', 'softplus'];

const known = (name: ElementwiseName): Elementwise => ({ kind: 'known', name });

const mostOpen = 3;

export interface Trials {
  readonly first: Trial;
  readonly others: () => readonly Trial[];
}

/** σ is first taken as the logistic function; every other open function is first a random smooth one. */
export function assumptionsFor(values: Values, s: CheckedStatement, gathered: Gathered): Trials {
  const open = [...gathered.functions].filter((f) => !values.checked.env.meaning(f, 0)?.known);
  const base = new Map<string, Elementwise | 'open'>(open.map((f) => [f, 'open']));
  if (open.includes('\\sigma')) base.set('\\sigma', known('sigmoid'));
  return { first: { functions: base, assumed: [], shown: true }, others: () => otherTrials(s, open, base) };
}

function otherTrials(s: CheckedStatement, open: readonly string[], base: Trial['functions']): readonly Trial[] {
  const trials: Trial[] = [];
  const tried = open.slice(0, mostOpen);
  const ones = showsOnes(s);
  for (const names of combinations(tried, ones)) {
    const functions = new Map(base);
    for (const [fn, as] of names) functions.set(fn, as === 'open' ? 'open' : known(as));
    const assumed = names.filter(([, as]) => as !== 'open').map(([fn, as]) => ({ fn, as }));
    trials.push({ functions, assumed, shown: ones || names.every(([, as]) => as !== 'identity') });
  }
  return trials;
}

type Choice = readonly (readonly [string, ElementwiseName | 'open'])[];

/** One function at a time, then pairs; a linear unit last of all. */
function combinations(open: readonly string[], ones: boolean): readonly Choice[] {
  const options: readonly (ElementwiseName | 'open')[] = ['open', ...customary, 'identity'];
  const all = open.reduce<Choice[]>((choices, fn) => choices.flatMap((c) => options.map((o) => [...c, [fn, o] as const])), [[]]);
  const weight = (c: Choice): number =>
    c.filter(([, as]) => as !== 'open').length + c.filter(([, as]) => as === 'identity').length * (ones ? 1 : 10);
  return all
    .filter((c) => c.some(([, as]) => as !== 'open') || open.includes('\\sigma'))
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, 60);
}

/** Ones in the place of a derivative: (1,1,1) or the vector of ones. */
export function showsOnes(s: CheckedStatement): boolean {
  for (const member of s.statement.members)
    for (const e of walk(member)) {
      if (e.kind === 'tuple' && e.items.every((i) => i.kind === 'number' && i.value === 1)) return true;
      if (e.kind === 'matrix' && e.cells.every((r) => r.every((i) => i?.kind === 'number' && i.value === 1))) return true;
    }
  return false;
}
