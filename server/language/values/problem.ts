// The problem of an equation: its symbols with their sizes, and what they are defined by, from the document and from its network.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import type { Definition } from '../analysis/definitions.js';
import { matchIndices } from '../context/resolve.js';
import type { Name } from '../expr.js';
import { symbolsOf } from '../numeric/index.js';
import type { Candidate } from '../shapes/candidate.js';
import { namesOf } from '../shapes/dimension.js';
import type { Bindings } from '../shapes/dims.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import { walk } from '../syntax/print.js';
import type { Term } from '../term.js';
import { customarySigns, type Gathered, type Gathering, type LoweredBody, sizesOf, Unreadable, type Values } from './context.js';
import { derivativePairs } from './pairs.js';

export type { Gathered, Values } from './context.js';

import { definesHere, isUpdate, namesCase, plain, writesEntries } from './kinds.js';
import { lower } from './lower.js';
import { familiesOf, isMeaning } from './meaning.js';
import { namesGiven } from './named.js';
import { instance } from './names.js';
import { isFarBelow, isNear, maybeGiven, type Neighbourhood, neighbourhoodOf } from './neighbourhood.js';
import { networkDefinition } from './network-terms.js';

export function prepare(checked: Checked): Values {
  const sizeNames = new Set<string>(checked.env.sizes.keys());
  for (const name of checked.env.dimensions) sizeNames.add(name);
  // N of a sum from 1 to N.
  for (const name of checked.surroundings.lengths) if (!checked.definitions.byKey.has(name)) sizeNames.add(name);
  for (const s of checked.statements) for (const m of s.inferred.members) collectNames(m, sizeNames);
  const byBase = new Map<string, (readonly Definition[])[]>();
  const entries = new Map<string, (readonly Definition[])[]>();
  const named = namesGiven(checked);
  for (const list of [...checked.definitions.byKey.values(), ...named.values()]) {
    const name = list[0]?.name;
    if (!name) continue;
    // A family has a letter for its index; W^{(17)} is one symbol.
    if ([...name.labels, ...name.subs].some((i) => i.kind === 'letter')) collect(byBase, name.base, list);
    if (name.subs.length > 0) collect(entries, plain(name.base), list);
  }
  return {
    checked,
    byBase,
    entries,
    named,
    byStatement: new Map(checked.statements.map((s) => [s.statement, s])),
    sizeNames,
    assumptions: new Map(),
    bodies: new Map(),
    definedBy: firstOfEach(checked),
  };
}

function firstOfEach({ definitions }: Checked): Values['definedBy'] {
  const out = new Map<Definition['statement'], Definition>();
  for (const d of definitions.all) if (!out.has(d.statement)) out.set(d.statement, d);
  return out;
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
    signs: values.signs ?? customarySigns,
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

/** Where and for what definitions are sought. */
interface Search {
  readonly values: Values;
  readonly gathered: Gathered;
  /** The equation itself: it defines nothing here but by its first member behind a symbol. A repaired one stands for that of the document. */
  readonly own: CheckedStatement;
  readonly position: number;
  readonly near: Neighbourhood;
  /** What the equation differentiates a symbol by. */
  readonly wanted: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Adds the definitions of all symbols gathered, and of theirs, for an equation at a place. `terms` are those of the equation. */
export function addDefinitions(
  values: Values,
  gathered: Gathered,
  own: CheckedStatement,
  position: number,
  terms: readonly Term[] = [],
): void {
  const open = [...gathered.variables.values()].map((v) => v.name);
  const seen = new Set(open.map((n) => n.key));
  const near = neighbourhoodOf(open);
  const search: Search = { values, gathered, own, position, near, wanted: derivativePairs(terms) };
  for (let name = open.shift(); name && gathered.definitions.size < mostDefinitions; name = open.shift()) {
    if (isFarBelow(near, name)) continue;
    const before = gathered.variables.size;
    const term = definitionOf(search, name);
    if (term) gathered.definitions.set(name.key, term);
    if (term && maybeGiven(near, name)) gathered.given.add(name.key);
    if (gathered.variables.size === before) continue;
    for (const [key, v] of gathered.variables) {
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(v.name);
    }
  }
}

function definitionOf(search: Search, name: Name): Term | undefined {
  const { values, gathered, position } = search;
  const exact = values.checked.definitions.byKey.get(name.key) ?? values.named.get(name.key) ?? [];
  const families = familiesOf(values, name);
  const meaning = (list: readonly Definition[]): readonly Definition[] => list.filter((d) => isMeaning(values, d, position));
  return (
    fromStatements(search, meaning(exact), new Map(), name) ??
    fromFamily(search, families.map(meaning), name) ??
    fromStatements(search, exact, new Map(), name) ??
    fromFamily(search, families, name) ??
    fromEntries(search, name) ??
    networkDefinition(values, gathered, name)
  );
}

/** The nearest definition before the place, else the first behind it. */
function nearest(list: readonly Definition[], position: number, usable: (d: Definition) => boolean): Definition | undefined {
  const good = list.filter(usable);
  const before = good.filter((d) => d.position <= position);
  return before[before.length - 1] ?? good[0];
}

function fromStatements(search: Search, list: readonly Definition[], bindings: Bindings, name: Name): Term | undefined {
  const { values, gathered, position } = search;
  const d = nearest(list, position, (one) => isUsable(search, one));
  const s = d && statementOf(search, d);
  const body = s && bodyOf(s, d, search.wanted.get(name.key));
  if (!d || !s || !body) return undefined;
  const lowered = loweredBody(search, d, s, body);
  for (const [letter, dim] of lowered.letters) if (!gathered.letters.has(letter)) gathered.letters.set(letter, dim);
  for (const fn of lowered.functions) gathered.functions.add(fn);
  let { term } = lowered;
  if (!term) return undefined;
  if (symbolsOf(term).has(name.key) && bindings.size === 0) return undefined;
  gathered.used.add(d);
  if (d.squared) {
    const shape = values.checked.env.lookup(d.name, d.position)?.shape;
    if (!shape || !isScalar(shape)) return undefined;
    term = { kind: 'apply', fn: { kind: 'known', name: 'sqrt' }, order: 0, term };
  }
  return adopt(values, gathered, lowered, term, bindings, position);
}

/** The term of a definition's body. It is the same for all that use the definition, unless letters that have a range say otherwise. */
function loweredBody({ values, gathered }: Search, d: Definition, s: CheckedStatement, body: Candidate): LoweredBody {
  const shared = gathered.letters.size === 0 && values.byStatement.get(d.statement) === s;
  const list = shared ? (values.bodies.get(d) ?? []) : [];
  const known = list.find((l) => l.body === body);
  if (known) return known;
  const lowered = lowerBody(values, d, s, body, gathered.letters);
  if (shared) values.bodies.set(d, [...list, lowered]);
  return lowered;
}

function lowerBody(values: Values, d: Definition, s: CheckedStatement, body: Candidate, letters: Gathered['letters']): LoweredBody {
  const local: Gathered = { ...emptyGathered(), letters: new Map(letters) };
  const found = { body, variables: local.variables, letters: local.letters, functions: local.functions };
  const term = attempt(() => lower(gathering(values, d.position, local), body, s.layout));
  return term ? { ...found, term } : found;
}

/** The statement of a definition; a repaired statement takes its own place. */
const statementOf = ({ values, own, position }: Search, d: Definition): CheckedStatement | undefined =>
  d.position === position ? own : values.byStatement.get(d.statement);

function isUsable(search: Search, d: Definition): boolean {
  const s = statementOf(search, d);
  if (!s || !sameDeclaration(search.values, d, search.position)) return false;
  const body = s.inferred.members[1];
  const sound = body?.conflicts.length === 0 && s.inferred.conflicts.length === 0 && !writesEntries(body.expr, d.name);
  return sound && !namesCase(s) && (s !== search.own || (definesHere(s) && !('member' in d))) && !isUpdate(s);
}

/** Of a chain a = softmax(z) = u / Σu the member that speaks of what a is differentiated by; the first where that does. */
function bodyOf(s: CheckedStatement, d: Definition, wanted: ReadonlySet<string> | undefined): Candidate | undefined {
  const [, first, ...others] = s.inferred.members;
  if ('member' in d) return s.inferred.members[d.member as number];
  if (!first || !wanted || others.length === 0) return first;
  const speaks = (c: Candidate, key: string): boolean => walk(c.expr).some((e) => e.kind === 'symbol' && e.name.key === key);
  const missing = [...wanted].find((key) => !speaks(first, key));
  return (missing !== undefined && others.find((c) => c.shape && c.conflicts.length === 0 && speaks(c, missing))) || first;
}

/** A symbol that is declared anew between its definition and the place is another one. */
export function sameDeclaration(values: Values, d: Definition, position: number): boolean {
  const { env } = values.checked;
  const there = env.lookup(d.name, d.position);
  const here = env.lookup(d.name, position);
  return !there?.at || !here?.at || there.at.start === here.at.start || here.from === 'definition' || here.from === 'use';
}

/** Takes over a definition's symbols, for other indices where it is of a family. */
function adopt(values: Values, gathered: Gathered, local: LoweredBody, term: Term, bindings: Bindings, position: number): Term {
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

function fromFamily(search: Search, families: readonly (readonly Definition[])[], name: Name): Term | undefined {
  for (const list of families) {
    const bindings = list[0] && matchIndices(list[0].name, name);
    if (!bindings) continue;
    // Recursions are unrolled as far as the equation speaks of neighbours in time or depth; beyond (h_{t-1}) they are symbols of their own.
    const only = [...bindings.values()].every((i) => i.kind === 'number' || (i.kind === 'letter' && isNear(search.near, name, i)));
    const term = only ? attempt(() => fromStatements(search, list, bindings, name)) : undefined;
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
function fromEntries(search: Search, name: Name): Term | undefined {
  const { values, gathered } = search;
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
    const body = fromStatements(search, list, new Map(), name);
    if (body) return { kind: 'array', letters: letters as string[], dims: sizesOf(shape), body };
  }
  return undefined;
}
