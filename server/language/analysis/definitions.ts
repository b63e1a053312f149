// What the document defines: symbols by expressions. Aliases (ŷ = a^{(3)}) and element-wise definitions (a = σ(z)) for chains and Jacobians.
import type { Environment } from '../context/environment.js';
import { layerOf, plainBase } from '../context/network.js';
import { nothingDeclared, numberOf, type States, stateAfter } from '../context/states.js';
import type { Expr, Name, Relation, Statement } from '../expr.js';
import { isElementwise } from '../shapes/rules/functions.js';
import { nameIn } from '../shapes/rules/links.js';
import { canonicalText, walk } from '../syntax/print.js';

export interface Definition {
  readonly name: Name;
  readonly body: Expr;
  readonly position: number;
  readonly statement: Statement;
  /** σ² = … defines σ as the root. */
  readonly squared?: boolean;
}

export interface Definitions {
  readonly all: readonly Definition[];
  readonly byKey: ReadonlyMap<string, readonly Definition[]>;
  readonly alias: (a: Name, b: Name) => boolean;
  readonly diagonal: (of: Expr, by: Expr) => boolean;
  /** What ∇ of a name without a subscript may be by: the argument that defines it, or the variables by custom in what defines it. */
  readonly variables: (name: Name) => readonly Expr[];
  /** Definitions are sources of what is inferred, each name for itself: what defines it, as a number. */
  readonly isSource: (source: string) => boolean;
  readonly stateOf: (source: string) => number;
}

interface Placed {
  readonly statement: Statement;
  readonly position: number;
}

const defining: ReadonlySet<Relation> = new Set(['=', ':=', '\\equiv', '\\triangleq']);

/** Names of definitions as sources have this before them. */
const definitionSource = '\u0001';

/** The definitions of a name, noted as a source of what is inferred. */
type DefinitionsOf = (key: string) => readonly Definition[];

/** The same definitions as before, with the places that they have now: gathered when somebody asks for them. */
export function replaced(before: Definitions, items: readonly Placed[]): Definitions {
  let gathered: Gathered | undefined;
  const now = (): Gathered => {
    gathered ??= gather(items);
    return gathered;
  };
  const { alias, diagonal, variables, isSource, stateOf } = before;
  return {
    alias,
    diagonal,
    variables,
    isSource,
    stateOf,
    get all() {
      return now().all;
    },
    get byKey() {
      return now().byKey;
    },
  };
}

interface Gathered {
  readonly all: readonly Definition[];
  readonly byKey: ReadonlyMap<string, readonly Definition[]>;
}

function gather(items: readonly Placed[]): Gathered {
  const all: Definition[] = [];
  const byKey = new Map<string, Definition[]>();
  for (const { statement, position } of items)
    for (const { name, body, squared } of definedIn(statement)) {
      const d: Definition = { name, body, position, statement, ...(squared ? { squared } : {}) };
      all.push(d);
      const list = byKey.get(name.key);
      if (list) list.push(d);
      else byKey.set(name.key, [d]);
    }
  return { all, byKey };
}

/** Symbols on the left of an equation whose right side does not hold them. */
export function readDefinitions(items: readonly Placed[], env: Environment, states: States): Definitions {
  const { all, byKey } = gather(items);
  const known = new Map<string, number>();
  const stateOf = (source: string): number => {
    let state = known.get(source);
    if (state === undefined) {
      state = nothingDeclared;
      for (const { body, statement } of byKey.get(source.slice(1)) ?? none)
        for (const side of [statement.members[0] ?? body, body]) state = stateAfter(states, state, String(numberOf(states, side)));
      known.set(source, state);
    }
    return state;
  };
  const definitionsOf: DefinitionsOf = (key) => {
    env.note(definitionSource + key, stateOf);
    return byKey.get(key) ?? none;
  };
  return {
    all,
    byKey,
    alias: (a, b) => isAlias(definitionsOf, env, a, b),
    diagonal: (of, by) => isDiagonal(definitionsOf, env, of, by),
    variables: (name) => variablesOf(definitionsOf, name),
    isSource: (source) => source.startsWith(definitionSource),
    stateOf,
  };
}

const none: readonly Definition[] = [];

/** Whether two lists of statements define the same in the same order. */
export function defineTheSame(a: readonly Statement[], b: readonly Statement[]): boolean {
  const [one, other] = [a.flatMap(definedIn), b.flatMap(definedIn)];
  return one.length === other.length && one.every((d, i) => d.name.key === other[i]?.name.key && d.body === other[i]?.body);
}

type Defined = Pick<Definition, 'name' | 'body' | 'squared'>;

const known = new WeakMap<Statement, readonly Defined[]>();

/** What one statement defines; the same object gives the same answer. */
function definedIn(statement: Statement): readonly Defined[] {
  let defined = known.get(statement);
  if (!defined) {
    defined = readDefined(statement);
    known.set(statement, defined);
  }
  return defined;
}

const nothing: readonly Defined[] = [];

function readDefined({ members, relations }: Statement): readonly Defined[] {
  const [left, right] = members;
  const [relation] = relations;
  if (!left || !right || !relation || !defining.has(relation)) return nothing;
  const out: Defined[] = [];
  const name = definedBy(left);
  if (name && !mentions(right, name)) out.push({ name, body: right });
  const root =
    left.kind === 'power' && left.exponent.kind === 'number' && left.exponent.value === 2 && left.base.kind === 'symbol'
      ? left.base.name
      : undefined;
  if (root && !mentions(right, root)) out.push({ name: root, body: right, squared: true });
  return out;
}

function definedBy(left: Expr): Name | undefined {
  if (left.kind === 'symbol') return left.name;
  if (left.kind === 'power') return left.exponent.kind === 'number' ? undefined : left.asName;
  if (left.kind === 'prime') return left.dot ? undefined : left.asName;
  if (left.kind === 'inverse') return left.asName;
  if (left.kind === 'annotated') return definedBy(left.base);
  if (
    left.kind === 'juxtaposed' &&
    left.head.kind === 'symbol' &&
    left.application.kind !== 'differential' &&
    left.application.kind !== 'derivative'
  )
    return left.head.name;
  return undefined;
}

const mentions = (expr: Expr, name: Name): boolean => {
  for (const e of walk(expr)) if (e.kind === 'symbol' && e.name.key === name.key) return true;
  return false;
};

const ungroup = (e: Expr): Expr => (e.kind === 'group' || e.kind === 'annotated' ? ungroup(e.kind === 'group' ? e.body : e.base) : e);

function isAlias(definitionsOf: DefinitionsOf, env: Environment, a: Name, b: Name): boolean {
  const points = (x: Name, y: Name): boolean => definitionsOf(x.key).some((d) => nameIn(ungroup(d.body))?.key === y.key);
  if (points(a, b) || points(b, a)) return true;
  return isOutput(env, a, b) || isOutput(env, b, a);
}

/** ŷ is the last layer's activation in a network. */
function isOutput(env: Environment, a: Name, b: Name): boolean {
  if (!env.network) return false;
  const output = a.base === '\\hat{y}' || (a.base === 'y' && /hat|pred/.test(a.subText));
  return output && (plainBase(b.base) === 'a' || plainBase(b.base) === 'h') && layerOf(b) === env.network.last;
}

/** Whether u is an element-wise function of v, by definition or as activation of one layer. */
function isDiagonal(definitionsOf: DefinitionsOf, env: Environment, of: Expr, by: Expr): boolean {
  const u = nameIn(of);
  const v = nameIn(by);
  if (of.kind === 'apply' && isElementwise(of.fn) && of.args[0]) return canonicalText(of.args[0]) === canonicalText(by);
  if (!u || !v) return false;
  if (of.kind === 'juxtaposed' && of.head.kind === 'symbol' && env.meaning(of.head.name.base, 0)?.kind === 'elementwise')
    return canonicalText(ungroup(of.factors[1])) === canonicalText(by);
  const layer = layerOf(u);
  if (env.network && layer !== undefined && layer === layerOf(v) && /^[ah]$/.test(plainBase(u.base)) && plainBase(v.base) === 'z')
    return true;
  return definitionsOf(u.key).some((d) => appliesElementwise(env, ungroup(d.body), v));
}

function appliesElementwise(env: Environment, body: Expr, v: Name): boolean {
  if (body.kind === 'apply') return isElementwise(body.fn) && body.args[0] !== undefined && nameIn(ungroup(body.args[0]))?.key === v.key;
  if (body.kind !== 'juxtaposed' || body.head.kind !== 'symbol') return false;
  const meaning = env.meaning(body.head.name.key, 0) ?? env.meaning(body.head.name.base, 0);
  return meaning?.kind === 'elementwise' && nameIn(ungroup(body.factors[1]))?.key === v.key;
}

/** Letters that stand for what is sought, then those for what a function is of. */
const sought: readonly ReadonlySet<string>[] = [new Set(['w', '\\theta', '\\beta', 'W', '\\Theta']), new Set(['x', 'u', 'z'])];

function variablesOf(definitionsOf: DefinitionsOf, name: Name): readonly Expr[] {
  const definition = definitionsOf(name.key).at(-1);
  const left = definition?.statement.members[0];
  if (left?.kind === 'juxtaposed' && left.application.kind === 'call') {
    const { args } = left.application;
    return args.kind === 'group' && args.body.kind === 'symbol' ? [args.body] : [];
  }
  const free = new Map<string, Expr>();
  if (definition) collectFree(definitionsOf, definition.body, free, 0);
  return sought.flatMap((letters) => {
    const found = [...free.values()].filter((e) => e.kind === 'symbol' && letters.has(plainBase(e.name.base)));
    return found.length === 1 ? found : [];
  });
}

const deepest = 5;

/** The symbols without indices that an expression rests on and that nothing defines. */
function collectFree(definitionsOf: DefinitionsOf, body: Expr, out: Map<string, Expr>, depth: number): void {
  for (const e of walk(body)) {
    if (e.kind !== 'symbol' || e.name.labels.length + e.name.subs.length > 0) continue;
    const definition = depth < deepest ? definitionsOf(e.name.key).at(-1) : undefined;
    if (definition) collectFree(definitionsOf, definition.body, out, depth + 1);
    else out.set(e.name.key, e);
  }
}
