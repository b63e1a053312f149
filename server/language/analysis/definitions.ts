// What the document defines: symbols by expressions. Aliases (ŷ = a^{(3)}) and element-wise definitions (a = σ(z)) for chains and Jacobians.
import type { Environment } from '../context/environment.js';
import { layerOf, plainBase } from '../context/network.js';
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
}

interface Placed {
  readonly statement: Statement;
  readonly position: number;
}

const defining: ReadonlySet<Relation> = new Set(['=', ':=', '\\equiv', '\\triangleq']);

/** Symbols on the left of an equation whose right side does not hold them. */
export function readDefinitions(items: readonly Placed[], env: Environment): Definitions {
  const all: Definition[] = [];
  for (const { statement, position } of items) {
    const [left, right] = statement.members;
    const [relation] = statement.relations;
    if (!left || !right || !relation || !defining.has(relation)) continue;
    const name = definedBy(left);
    if (name && !mentions(right, name)) all.push({ name, body: right, position, statement });
    const root =
      left.kind === 'power' && left.exponent.kind === 'number' && left.exponent.value === 2 && left.base.kind === 'symbol'
        ? left.base.name
        : undefined;
    if (root && !mentions(right, root)) all.push({ name: root, body: right, position, statement, squared: true });
  }
  const byKey = new Map<string, Definition[]>();
  for (const d of all) byKey.set(d.name.key, [...(byKey.get(d.name.key) ?? []), d]);
  return { all, byKey, alias: (a, b) => isAlias(byKey, env, a, b), diagonal: (of, by) => isDiagonal(byKey, env, of, by) };
}

function definedBy(left: Expr): Name | undefined {
  if (left.kind === 'symbol') return left.name;
  if (left.kind === 'power') return left.exponent.kind === 'number' ? undefined : left.asName;
  if (left.kind === 'annotated') return definedBy(left.base);
  if (left.kind === 'juxtaposed' && left.head.kind === 'symbol') return left.head.name;
  return undefined;
}

const mentions = (expr: Expr, name: Name): boolean => {
  for (const e of walk(expr)) if (e.kind === 'symbol' && e.name.key === name.key) return true;
  return false;
};

const ungroup = (e: Expr): Expr => (e.kind === 'group' || e.kind === 'annotated' ? ungroup(e.kind === 'group' ? e.body : e.base) : e);

function isAlias(byKey: ReadonlyMap<string, readonly Definition[]>, env: Environment, a: Name, b: Name): boolean {
  const points = (x: Name, y: Name): boolean => (byKey.get(x.key) ?? []).some((d) => nameIn(ungroup(d.body))?.key === y.key);
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
function isDiagonal(byKey: ReadonlyMap<string, readonly Definition[]>, env: Environment, of: Expr, by: Expr): boolean {
  const u = nameIn(of);
  const v = nameIn(by);
  if (of.kind === 'apply' && isElementwise(of.fn) && of.args[0]) return canonicalText(of.args[0]) === canonicalText(by);
  if (!u || !v) return false;
  if (of.kind === 'juxtaposed' && of.head.kind === 'symbol' && env.meaning(of.head.name.base, 0)?.kind === 'elementwise')
    return canonicalText(ungroup(of.factors[1])) === canonicalText(by);
  const layer = layerOf(u);
  if (env.network && layer !== undefined && layer === layerOf(v) && /^[ah]$/.test(plainBase(u.base)) && plainBase(v.base) === 'z')
    return true;
  return (byKey.get(u.key) ?? []).some((d) => appliesElementwise(env, ungroup(d.body), v));
}

function appliesElementwise(env: Environment, body: Expr, v: Name): boolean {
  if (body.kind === 'apply') return isElementwise(body.fn) && body.args[0] !== undefined && nameIn(ungroup(body.args[0]))?.key === v.key;
  if (body.kind !== 'juxtaposed' || body.head.kind !== 'symbol') return false;
  const meaning = env.meaning(body.head.name.key, 0) ?? env.meaning(body.head.name.base, 0);
  return meaning?.kind === 'elementwise' && nameIn(ungroup(body.factors[1]))?.key === v.key;
}
