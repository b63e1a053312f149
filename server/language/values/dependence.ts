// What an equation differentiates without a formula: a loss that nothing defines is a generic smooth function of what the equation
// differentiates it by. So `∂L/∂W = ∂L/∂Y Xᵀ` says something, whatever L is, where Y is known as a function of W.
import { type Problem, problemOf, reachOf, symbolsOf, targetsOf } from '../numeric/index.js';
import type { Term } from '../term.js';
import { type Gathered, sizesOf } from './context.js';
import { derivativePairs, symbolOf } from './pairs.js';

/** A symbol taken for a generic function of others. */
export interface Generic {
  readonly of: string;
  readonly on: readonly string[];
}

export interface Opened {
  readonly generics: readonly Generic[];
  /** With the generic functions among the definitions. */
  readonly gathered: Gathered;
  /** Which of the terms are linear in derivatives of what is generic: the others say something of it that only its formula could tell. */
  readonly comparable: (term: Term) => boolean;
  /** Every step between has a formula of its own, so that a difference is evidence. */
  readonly sound: boolean;
}

/** Undefined where nothing is open, or more than one thing is: the equation's variables have to hang together by their definitions. */
export function openDependence(gathered: Gathered, terms: readonly Term[]): Opened | undefined {
  const pairs = derivativePairs([...terms, ...gathered.definitions.values()]);
  const definitions = new Map(gathered.definitions);
  // What reaches what is kept with a problem, so there is a new one whenever a definition comes in.
  let problem = problemOf({ definitions });
  const open = [...pairs].filter(([u, by]) => isOpen(problem, u, by)).map(([u]) => u);
  if (open.length === 0) return undefined;
  const generics: Generic[] = [];
  for (let u = nextOf(open, pairs); u !== undefined; u = nextOf(open, pairs)) {
    open.splice(open.indexOf(u), 1);
    const by = pairs.get(u) ?? new Set();
    const on = topsOf(problem, by);
    const shape = gathered.variables.get(u)?.shape;
    if (!shape || !hangsTogether(definitions, terms, { of: u, on }, by)) continue;
    definitions.set(u, { kind: 'call', name: u, args: on.map((key) => ({ kind: 'variable', key })), dims: sizesOf(shape) });
    problem = problemOf({ definitions });
    generics.push({ of: u, on });
  }
  if (generics.length === 0) return undefined;
  const roots = generics.filter((g) => !generics.some((o) => o !== g && reaches(problem, o.of, g.of)));
  const names = new Set(roots.map((r) => r.of));
  return {
    generics,
    gathered: { ...gathered, definitions },
    comparable: (term) => isLinear(problem, names, term, 0),
    sound: generics.length === 1,
  };
}

const reaches = (problem: Problem, from: string, to: string): boolean => reachOf(problem, from).has(to);

/** Nothing that it is differentiated by occurs in what is known of it. */
const isOpen = (problem: Problem, u: string, by: ReadonlySet<string>): boolean => [...by].every((v) => !reaches(problem, u, v));

/** The first of the open symbols that is not differentiated by another one. */
const nextOf = (open: readonly string[], pairs: ReadonlyMap<string, ReadonlySet<string>>): string | undefined =>
  open.find((u) => !open.some((w) => w !== u && pairs.get(u)?.has(w)));

/** Of the variables those through which the others act. */
const topsOf = (problem: Problem, by: ReadonlySet<string>): readonly string[] =>
  [...by].filter((v) => ![...by].some((w) => w !== v && reaches(problem, w, v)));

/**
 * Two variables that nothing defines may depend on one another in a way that the document does not say, and so may that of the derivative
 * which the equation is about and the others.
 */
function hangsTogether(definitions: Gathered['definitions'], terms: readonly Term[], generic: Generic, by: ReadonlySet<string>): boolean {
  const { of, on } = generic;
  if (by.size === 1) return true;
  if (on.some((v) => !definitions.has(v))) return false;
  return on.length === 1 || !terms.some((t) => isDerivativeOf(t, of) && targetsOf(t).some(({ key }) => on.includes(key)));
}

const isDerivativeOf = (term: Term, u: string): boolean =>
  term.kind === 'transpose'
    ? isDerivativeOf(term.term, u)
    : (term.kind === 'derivative' || term.kind === 'gradient') && symbolOf(term.of) === u;

const deepest = 40;

/** Whether a term is a sum of products, each of which holds a derivative of one of the roots once. */
function isLinear(problem: Problem, roots: ReadonlySet<string>, term: Term, depth: number): boolean {
  if (depth > deepest) return false;
  const linear = (t: Term): boolean => isLinear(problem, roots, t, depth + 1);
  switch (term.kind) {
    case 'derivative':
    case 'gradient':
      return speaksOf(problem, roots, term.of);
    case 'variable': {
      const definition = problem.definitions.get(term.key);
      return definition !== undefined && definition.kind !== 'call' && linear(definition);
    }
    case 'sum':
      return term.addends.every((a) => linear(a.term) || isZero(a.term));
    case 'product':
      return linear(term.left) !== linear(term.right);
    case 'quotient':
      return linear(term.numerator);
    case 'reduce':
      return linearReductions.has(term.reduce) && linear(term.term);
    case 'transpose':
    case 'diag':
    case 'vec':
    case 'element':
    case 'at':
      return linear(term.term);
    case 'array':
      return linear(term.body);
    case 'binder':
      return (term.binder === 'sum' || term.binder === 'mean') && linear(term.body);
    case 'matrix':
      return term.rows.every((row) => row.every((t) => linear(t) || isZero(t)));
    default:
      return false;
  }
}

const linearReductions: ReadonlySet<string> = new Set(['trace', 'sum', 'mean', 'row-sums', 'column-sums']);

const isZero = (t: Term): boolean => (t.kind === 'number' && t.value === 0) || (t.kind === 'constant' && t.constant === 'zero');

const speaksOf = (problem: Problem, roots: ReadonlySet<string>, term: Term): boolean =>
  [...symbolsOf(term)].some((k) => roots.has(k) || [...roots].some((r) => reaches(problem, k, r)));
