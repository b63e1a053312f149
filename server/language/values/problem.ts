// The problem of an equation: its symbols with their sizes, and what they are defined by, from the document and from its network.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import type { Definition } from '../analysis/definitions.js';
import { matchIndices } from '../context/resolve.js';
import type { Name } from '../expr.js';
import { type Problem, symbolsOf } from '../numeric/index.js';
import { type Dim, namesOf } from '../shapes/dimension.js';
import type { Bindings } from '../shapes/dims.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import type { Elementwise, Term } from '../term.js';
import { type Gathered, type Gathering, sizesOf, Unreadable, type Values } from './context.js';

export type { Gathered, Values } from './context.js';

import { lower } from './lower.js';
import { instance } from './names.js';
import { networkDefinition } from './network-terms.js';

export function prepare(checked: Checked): Values {
  const sizeNames = new Set<string>(checked.env.sizes.keys());
  for (const s of checked.statements) for (const m of s.inferred.members) collectNames(m, sizeNames);
  const byBase = new Map<string, (readonly Definition[])[]>();
  const entries = new Map<string, (readonly Definition[])[]>();
  for (const list of checked.definitions.byKey.values()) {
    const name = list[0]?.name;
    if (!name) continue;
    if (name.labels.length + name.subs.length > 0) collect(byBase, name.base, list);
    if (name.subs.length > 0) collect(entries, plain(name.base), list);
  }
  return { checked, byBase, entries, byStatement: new Map(checked.statements.map((s) => [s.statement, s])), sizeNames };
}

function collect<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function collectNames(c: { readonly shape: Shape | undefined; readonly parts: readonly unknown[] }, out: Set<string>): void {
  for (const d of c.shape?.dims ?? []) for (const n of namesOf(d)) if (!n.startsWith('?')) out.add(n);
  for (const p of c.parts) collectNames(p as never, out);
}

export function gathering(values: Values, position: number, gathered: Gathered): Gathering {
  return {
    checked: values.checked,
    position,
    variables: gathered.variables,
    letters: gathered.letters,
    bound: new Set(),
    functions: gathered.functions,
    isSize: (key) => values.sizeNames.has(key),
  };
}

export const emptyGathered = (): Gathered => ({
  variables: new Map(),
  definitions: new Map(),
  letters: new Map(),
  functions: new Set(),
  used: new Set(),
});

const mostDefinitions = 60;

/** Adds the definitions of all symbols gathered, and of theirs, for an equation at a place. `own` is the equation itself, which defines nothing here. */
export function addDefinitions(values: Values, gathered: Gathered, own: CheckedStatement, position: number): void {
  const open = [...gathered.variables.values()].map((v) => v.name);
  const seen = new Set(open.map((n) => n.key));
  const mentioned = new Set(seen);
  for (let name = open.shift(); name && gathered.definitions.size < mostDefinitions; name = open.shift()) {
    const before = new Set(gathered.variables.keys());
    const term = definitionOf(values, gathered, name, own, position, mentioned);
    if (term) gathered.definitions.set(name.key, term);
    for (const [key, v] of gathered.variables) {
      if (before.has(key) || seen.has(key)) continue;
      seen.add(key);
      open.push(v.name);
    }
  }
}

function definitionOf(
  values: Values,
  gathered: Gathered,
  name: Name,
  own: CheckedStatement,
  position: number,
  mentioned: ReadonlySet<string>,
): Term | undefined {
  return (
    fromStatements(values, gathered, values.checked.definitions.byKey.get(name.key) ?? [], new Map(), name, own, position) ??
    fromFamily(values, gathered, name, own, position, mentioned) ??
    fromEntries(values, gathered, name, own, position) ??
    networkDefinition(values, gathered, name)
  );
}

/** The nearest definition before the place, else the first behind it. */
function nearest(list: readonly Definition[], position: number, usable: (d: Definition) => boolean): Definition | undefined {
  const good = list.filter(usable);
  const before = good.filter((d) => d.position <= position);
  return before[before.length - 1] ?? good[0];
}

function fromStatements(
  values: Values,
  gathered: Gathered,
  list: readonly Definition[],
  bindings: Bindings,
  name: Name,
  own: CheckedStatement,
  position: number,
): Term | undefined {
  const usable = (d: Definition): boolean => {
    const s = values.byStatement.get(d.statement);
    if (!sameDeclaration(values, d, position)) return false;
    return (
      s !== undefined &&
      (s !== own || definesHere(own)) &&
      s.inferred.members[1]?.conflicts.length === 0 &&
      s.inferred.conflicts.length === 0 &&
      !isUpdate(s)
    );
  };
  const d = nearest(list, position, usable);
  const s = d && values.byStatement.get(d.statement);
  const body = s?.inferred.members[1];
  if (!d || !s || !body) return undefined;
  const local: Gathered = { ...gathered, variables: new Map() };
  let term: Term;
  try {
    term = lower(gathering(values, d.position, local), body, s.layout);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
  if (symbolsOf(term).has(name.key) && bindings.size === 0) return undefined;
  gathered.used.add(d);
  if (d.squared) {
    const shape = values.checked.env.lookup(d.name, d.position)?.shape;
    if (!shape || !isScalar(shape)) return undefined;
    term = { kind: 'apply', fn: { kind: 'known', name: 'sqrt' }, order: 0, term };
  }
  return adopt(values, gathered, local, term, bindings, position);
}

/** A symbol that is declared anew between its definition and the place is another one. */
export function sameDeclaration(values: Values, d: Definition, position: number): boolean {
  const { env } = values.checked;
  const there = env.lookup(d.name, d.position);
  const here = env.lookup(d.name, position);
  return !there?.at || !here?.at || there.at.start === here.at.start || here.from === 'definition' || here.from === 'use';
}

/** An equation with a derivative on the right of a symbol both defines and claims: the first member behind the symbol is the definition. */
const definesHere = (s: CheckedStatement): boolean => s.statement.members.length > 2;

const isUpdate = (s: CheckedStatement): boolean => s.statement.relations[0] === '\\leftarrow';

/** Takes over a definition's symbols, for other indices where it is of a family. */
function adopt(values: Values, gathered: Gathered, local: Gathered, term: Term, bindings: Bindings, position: number): Term {
  const keys = new Map<string, string>();
  for (const [key, v] of local.variables) {
    const name = instance(v.name, bindings);
    const shape = name.key === key ? v.shape : values.checked.env.lookup(name, position)?.shape;
    if (!shape) throw new Unreadable(`nothing says what shape ${name.key} has`);
    keys.set(key, name.key);
    if (!gathered.variables.has(name.key)) gathered.variables.set(name.key, { name, shape });
  }
  return bindings.size === 0 ? term : (renamed(term, keys) as Term);
}

/** Replaces keys in a term, whatever its kind. */
function renamed(value: unknown, keys: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((v) => renamed(v, keys));
  if (value === null || typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(value)) out[k] = k === 'key' && typeof v === 'string' ? (keys.get(v) ?? v) : renamed(v, keys);
  return out;
}

function fromFamily(
  values: Values,
  gathered: Gathered,
  name: Name,
  own: CheckedStatement,
  position: number,
  mentioned: ReadonlySet<string>,
): Term | undefined {
  if (name.labels.length === 0 && name.subs.length === 0) return undefined;
  for (const list of values.byBase.get(name.base) ?? []) {
    const [d] = list;
    if (!d || d.name.key === name.key) continue;
    const bindings = matchIndices(d.name, name);
    if (!bindings || bindings.size === 0) continue;
    // A neighbour in time or depth (h_{t-1}) of a general letter stays a symbol of its own, unless the equation speaks of it.
    const only = [...bindings].every(
      ([l, i]) => mentioned.has(name.key) || i.kind === 'number' || (i.kind === 'letter' && i.name === l && i.offset === 0),
    );
    const term = only ? attempt(() => fromStatements(values, gathered, list, bindings, name, own, position)) : undefined;
    if (term) return term;
  }
  return undefined;
}

function attempt<T>(make: () => T | undefined): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** s_i = … defines s by its entries. */
function fromEntries(values: Values, gathered: Gathered, name: Name, own: CheckedStatement, position: number): Term | undefined {
  const shape = gathered.variables.get(name.key)?.shape;
  if (!shape || isScalar(shape) || name.subs.length > 0) return undefined;
  for (const list of values.entries.get(plain(name.base)) ?? []) {
    const [d] = list;
    if (!d || JSON.stringify(d.name.labels) !== JSON.stringify(name.labels)) continue;
    const letters = d.name.subs.map((i) => (i.kind === 'letter' && i.offset === 0 ? i.name : undefined));
    if (letters.some((l) => !l || l === 't')) continue;
    const dims = shape.dims.filter((x) => x.key !== '1');
    if (dims.length !== letters.length) continue;
    dims.forEach((x, k) => {
      gathered.letters.set(letters[k] as string, x);
    });
    const body = fromStatements(values, gathered, list, new Map(), name, own, position);
    if (body) return { kind: 'array', letters: letters as string[], dims: sizesOf(shape), body };
  }
  return undefined;
}

const plain = (base: string): string => base.replace(/\\(?:mathbf|vec)\{(.*)\}/, '$1').toLowerCase();

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
  collectSizes(terms, names);
  collectSizes([...gathered.definitions.values()], names);
  return {
    sizes: sizesFor(values, [...names], fixed, turn),
    variables: new Map(
      [...gathered.variables].map(([key, v]) => [key, { dims: sizesOf(v.shape), assumptions: values.checked.env.assumptions(v.name) }]),
    ),
    definitions: gathered.definitions,
    functions,
    held: new Set(),
    differentials: new Set(),
    ...extra,
  };
}

function noteDim(d: Dim, names: Set<string>, fixed: Set<number>): void {
  for (const n of namesOf(d)) names.add(n);
  const [only] = d.terms;
  if (d.terms.length === 1 && only?.names.length === 0) fixed.add(only.coefficient);
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
