// The problem of an equation: its symbols with their sizes, and what they are defined by, from the document and from its network.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import type { Definition } from '../analysis/definitions.js';
import { matchIndices } from '../context/resolve.js';
import type { Name } from '../expr.js';
import { symbolsOf } from '../numeric/index.js';
import { namesOf } from '../shapes/dimension.js';
import type { Bindings } from '../shapes/dims.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import type { Term } from '../term.js';
import { type Gathered, type Gathering, sizesOf, Unreadable, type Values } from './context.js';

export type { Gathered, Values } from './context.js';

import { lower } from './lower.js';
import { familiesOf, isMeaning } from './meaning.js';
import { instance } from './names.js';
import { isNear, maybeGiven, type Neighbourhood, neighbourhoodOf } from './neighbourhood.js';
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
  given: new Set(),
});

const mostDefinitions = 60;

/** Adds the definitions of all symbols gathered, and of theirs, for an equation at a place. `own` is the equation itself, which defines nothing here. */
export function addDefinitions(values: Values, gathered: Gathered, own: CheckedStatement, position: number): void {
  const open = [...gathered.variables.values()].map((v) => v.name);
  const seen = new Set(open.map((n) => n.key));
  const near = neighbourhoodOf(open);
  for (let name = open.shift(); name && gathered.definitions.size < mostDefinitions; name = open.shift()) {
    const before = new Set(gathered.variables.keys());
    const term = definitionOf(values, gathered, name, own, position, near);
    if (term) gathered.definitions.set(name.key, term);
    if (term && maybeGiven(near, name)) gathered.given.add(name.key);
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
  near: Neighbourhood,
): Term | undefined {
  const exact = values.checked.definitions.byKey.get(name.key) ?? [];
  const families = familiesOf(values, name);
  const meaning = (list: readonly Definition[]): readonly Definition[] => list.filter((d) => isMeaning(values, d, position));
  const family = (lists: readonly (readonly Definition[])[]): Term | undefined =>
    fromFamily(values, gathered, lists, name, own, position, near);
  return (
    fromStatements(values, gathered, meaning(exact), new Map(), name, own, position) ??
    family(families.map(meaning)) ??
    fromStatements(values, gathered, exact, new Map(), name, own, position) ??
    family(families) ??
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
  families: readonly (readonly Definition[])[],
  name: Name,
  own: CheckedStatement,
  position: number,
  near: Neighbourhood,
): Term | undefined {
  for (const list of families) {
    const bindings = list[0] && matchIndices(list[0].name, name);
    if (!bindings) continue;
    // Recursions are unrolled as far as the equation speaks of neighbours in time or depth; beyond (h_{t-1}) they are symbols of their own.
    const only = [...bindings.values()].every((i) => i.kind === 'number' || (i.kind === 'letter' && isNear(near, name, i)));
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
