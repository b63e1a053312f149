// The engine's problem of what was gathered: numbers for named sizes, the symbols with their assumptions, the definitions.
import type { Name } from '../expr.js';
import type { Problem } from '../numeric/index.js';
import { type Dim, namesOf } from '../shapes/dimension.js';
import type { Assumption, Elementwise, Term } from '../term.js';
import { type Gathered, sizesOf, type Values } from './context.js';

const choices = [3, 5, 4, 7, 6, 8, 2, 9, 10, 11, 12, 13, 14, 15];

/** Numbers for the named sizes: given ones stay, the others are pairwise different; `turn` gives them out in the other order. */
function sizesFor(values: Values, names: readonly string[], fixed: ReadonlySet<number>, turn: boolean): ReadonlyMap<string, number> {
  const given = values.checked.env.sizes;
  const free = choices.filter((n) => !fixed.has(n) && ![...given.values()].includes(n));
  const open = names.filter((n) => !given.has(n));
  const ordered = turn ? [...open].reverse() : open;
  return new Map([...given, ...ordered.map((n, i) => [n, free[i] ?? 16 + i] as const)]);
}

/** The engine's problem of what was gathered. */
export function problemFrom(
  values: Values,
  gathered: Gathered,
  terms: readonly Term[],
  functions: ReadonlyMap<string, Elementwise | 'open'>,
  extra: Partial<Problem>,
  turn = false,
): Problem {
  const names = new Set<string>();
  const fixed = new Set<number>();
  for (const { shape } of gathered.variables.values()) for (const d of shape.dims) noteDim(d, names, fixed);
  for (const d of gathered.letters.values()) noteDim(d, names, fixed);
  for (const term of terms) for (const name of sizeNamesOf(term)) names.add(name);
  for (const term of gathered.definitions.values()) for (const name of sizeNamesOf(term)) names.add(name);
  const problem: Problem = {
    sizes: sizesFor(values, [...names], fixed, turn),
    variables: new Map(
      [...gathered.variables].map(([key, v]) => [key, { dims: sizesOf(v.shape), assumptions: assumptionsOf(values, v.name) }]),
    ),
    definitions: gathered.definitions,
    functions,
    held: new Set(),
    differentials: new Set(),
    ...extra,
  };
  return { ...problem, definitions: keeping(problem) };
}

/** A generic function that stands for a symbol has values of the kind that is assumed of the symbol. */
function keeping({ definitions, variables }: Problem): Problem['definitions'] {
  const kept = [...definitions].flatMap(([key, term]): readonly (readonly [string, Term])[] => {
    const shaped = term.kind === 'call' && term.name === key ? ofKind(term, variables.get(key)?.assumptions ?? []) : undefined;
    return shaped ? [[key, shaped]] : [];
  });
  return kept.length > 0 ? new Map([...definitions, ...kept]) : definitions;
}

/** G + Gᵀ, G − Gᵀ and G Gᵀ are of the kind, whatever G is. */
function ofKind(term: Term, assumptions: readonly Assumption[]): Term | undefined {
  const turned: Term = { kind: 'transpose', term };
  if (assumptions.includes('positive-definite')) return { kind: 'product', product: 'matrix', left: term, right: turned };
  const sign = assumptions.includes('symmetric') ? 1 : assumptions.includes('antisymmetric') ? -1 : undefined;
  return (
    sign && {
      kind: 'sum',
      addends: [
        { sign: 1, term },
        { sign, term: turned },
      ],
    }
  );
}

/** What is assumed of a symbol: asked once. */
export function assumptionsOf({ checked, assumptions }: Values, name: Name): readonly Assumption[] {
  const known = assumptions.get(name.key);
  if (known) return known;
  const assumed = checked.env.assumptions(name);
  assumptions.set(name.key, assumed);
  return assumed;
}

function noteDim(d: Dim, names: Set<string>, fixed: Set<number>): void {
  for (const n of namesOf(d)) names.add(n);
  const [only] = d.terms;
  if (d.terms.length === 1 && only?.names.length === 0) fixed.add(only.coefficient);
}

const sizeNames = new WeakMap<Term, ReadonlySet<string>>();

/** The names of sizes that a term mentions, in their order. */
function sizeNamesOf(term: Term): ReadonlySet<string> {
  const known = sizeNames.get(term);
  if (known !== undefined) return known;
  const names = new Set<string>();
  collectSizes(term, names);
  sizeNames.set(term, names);
  return names;
}

function collectSizes(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const v of value) collectSizes(v, names);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const { factors } = value as { factors?: readonly string[] };
  if (factors) for (const f of factors) names.add(f);
  for (const v of Object.values(value)) collectSizes(v, names);
}
