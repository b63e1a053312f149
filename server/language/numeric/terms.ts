// Walks over Terms: children, the symbols that are mentioned, whether a derivative occurs. Computes no values.
import type { DerivativeTarget, Elementwise, Term, TermIndex } from '../term.js';

export type TermKind = Term['kind'];
export type TermOf<K extends TermKind> = Extract<Term, { readonly kind: K }>;

const none: readonly Term[] = [];

/** One entry a kind: a kind without one does not build. */
const childrenOf: { readonly [K in TermKind]: (term: TermOf<K>) => readonly Term[] } = {
  number: () => none,
  size: () => none,
  variable: () => none,
  index: () => none,
  constant: () => none,
  matrix: (term) => term.rows.flat(),
  sum: (term) => term.addends.map((addend) => addend.term),
  product: (term) => [term.left, term.right],
  quotient: (term) => [term.numerator, term.denominator],
  power: (term) => [term.base, term.exponent],
  transpose: (term) => [term.term],
  inverse: (term) => [term.term],
  apply: (term) => (term.fn.kind === 'expression' ? [term.term, term.fn.body] : [term.term]),
  call: (term) => term.args,
  softmax: (term) => [term.term],
  'matrix-function': (term) => [term.term],
  reduce: (term) => [term.term],
  diag: (term) => [term.term],
  vec: (term) => [term.term],
  element: (term) => [term.term],
  array: (term) => [term.body],
  binder: (term) => (term.except === undefined ? [term.from, term.to, term.body] : [term.from, term.to, term.except, term.body]),
  extremum: (term) => term.args,
  indicator: (term) => [term.left, term.right],
  cases: (term) => term.branches.flatMap((branch) => (branch.condition === undefined ? [branch.value] : [branch.value, branch.condition])),
  derivative: (term) => [term.of],
  gradient: (term) => [term.of],
  differential: (term) => [term.of],
  at: (term) => [term.term, ...term.bindings.map((binding) => binding.value)],
};

export function children(term: Term): readonly Term[] {
  return (childrenOf[term.kind] as (term: Term) => readonly Term[])(term);
}

export function targetsOf(term: Term): readonly DerivativeTarget[] {
  return term.kind === 'derivative' ? term.by : term.kind === 'gradient' ? [term.by] : [];
}

const mentioned = new WeakMap<Term, ReadonlySet<string>>();
const openNames = new WeakMap<Term, ReadonlySet<string>>();

/** The symbols that occur, bound ones (of `at`, of expressions in t) among them. */
export function symbolsOf(term: Term): ReadonlySet<string> {
  return collected(term, mentioned, (at, found) => {
    if (at.kind === 'variable') found.add(at.key);
    else if (at.kind === 'derivative' || at.kind === 'gradient') for (const { key } of targetsOf(at)) found.add(key);
  });
}

/** The names of the functions that nothing defines in the term itself. */
export function openFunctionsOf(term: Term): ReadonlySet<string> {
  return collected(term, openNames, (at, found) => {
    if (at.kind === 'apply' && at.fn.kind === 'open') found.add(at.fn.name);
  });
}

type Collect = (term: Term, found: Set<string>) => void;

/** Kept for the term that was asked for, not for its parts: a set for each of them would cost more than it saves. */
function collected(term: Term, cache: WeakMap<Term, ReadonlySet<string>>, own: Collect): ReadonlySet<string> {
  const known = cache.get(term);
  if (known !== undefined) return known;
  const found = new Set<string>();
  collectInto(term, own, found);
  cache.set(term, found);
  return found;
}

function collectInto(term: Term, own: Collect, found: Set<string>): void {
  own(term, found);
  for (const child of children(term)) collectInto(child, own, found);
}

export function contains(term: Term, wanted: (term: Term) => boolean): boolean {
  const open = [term];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (wanted(next)) return true;
    open.push(...children(next));
  }
  return false;
}

export const isDerivative = (term: Term): boolean => term.kind === 'derivative' || term.kind === 'gradient';

/** The letters in indices that nothing within the term binds. */
export function freeLetters(term: Term): ReadonlySet<string> {
  const free = new Set<string>();
  collectLetters(term, [], free);
  return free;
}

function collectLetters(term: Term, bound: readonly string[], free: Set<string>): void {
  for (const letter of ownLetters(term)) if (!bound.includes(letter)) free.add(letter);
  if (term.kind === 'binder') {
    collectLetters(term.from, bound, free);
    collectLetters(term.to, bound, free);
  }
  const inner = term.kind === 'binder' ? [...bound, term.letter] : term.kind === 'array' ? [...bound, ...term.letters] : bound;
  for (const child of children(term)) collectLetters(child, inner, free);
}

function ownLetters(term: Term): readonly string[] {
  if (term.kind === 'index') return [term.name];
  const indices: readonly TermIndex[] = term.kind === 'element' ? term.indices : targetsOf(term).flatMap((target) => target.indices ?? []);
  const basis = term.kind === 'constant' && term.index !== undefined ? [term.index] : [];
  return [...indices, ...basis].flatMap((index) => (index.kind === 'letter' ? [index.name] : []));
}

/** The function that an open name stands for. */
export function resolveFunction(fn: Elementwise, functions: ReadonlyMap<string, Elementwise | 'open'>): Elementwise {
  if (fn.kind !== 'open') return fn;
  const meant = functions.get(fn.name);
  return meant === undefined || meant === 'open' ? fn : meant;
}
