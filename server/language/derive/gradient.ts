// The derivative of what a statement asks for, as a node: backward through the document's definitions, and its network's.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Name } from '../expr.js';
import { contains, isDerivative } from '../numeric/index.js';
import type { Candidate } from '../shapes/candidate.js';
import { isColumn, isScalar, isVector, type Shape, sameShape, scalar } from '../shapes/shape.js';
import type { DerivativeTarget, Elementwise, Term } from '../term.js';
import { derivativeOf, lower } from '../values/lower.js';
import { addDefinitions, emptyGathered, type Gathered, gathering, type Values } from '../values/problem.js';
import * as A from './algebra.js';
import { entry } from './entry.js';
import { type Node, symbolsIn, Underivable } from './node.js';
import { read, type Symbols, symbolNode } from './read.js';
import { pull } from './rules/backward.js';
import { tangent } from './rules/forward.js';
import { jacobian } from './rules/jacobian.js';
import type { Knowing } from './rules/knowing.js';
import { spellingOf } from './spelling.js';
import { stopFor } from './stops.js';

/** What is asked for: the first derivative among the members. */
export interface Question {
  readonly statement: CheckedStatement;
  readonly candidate: Candidate;
  readonly member: number;
}

/** The single derivative or gradient that a member is. */
export function questionOf(s: CheckedStatement, members: number): Question | undefined {
  for (let i = 0; i < members; i++) {
    const m = s.inferred.members[i];
    const candidate = m && asked(m);
    if (candidate?.shape) return { statement: s, candidate, member: i };
  }
  return undefined;
}

const asked = (c: Candidate): Candidate | undefined => {
  if (c.rule === 'gradient' || c.rule === 'hessian') return c;
  if ((c.rule === 'annotated' || c.rule === 'group') && c.parts[0]) return asked(c.parts[0]);
  return derivativeOf(c);
};

interface Derivation {
  readonly cx: Symbols;
  readonly knowing: Knowing;
  readonly bodies: ReadonlyMap<string, Node>;
  readonly stop: (key: string) => Node | undefined;
}

interface Manner {
  /** Open functions taken for the logistic one. */
  readonly logistic: ReadonlySet<string>;
  /** Whether to write the symbols that the document has for derivatives on the way. */
  readonly stops: boolean;
}

/** The derivative in the orientations that it may have in its place, the likelier first. */
export function derive(values: Values, { statement, candidate }: Question, manner: Manner): readonly Node[] {
  const position = statement.place(statement.statement.span).start;
  const gathered = emptyGathered();
  const term = bare(lower(gathering(values, position, gathered), candidate, statement.layout));
  if (term.kind !== 'derivative' && term.kind !== 'gradient') throw new Underivable(term.kind);
  addDefinitions(values, gathered, statement, position);
  const [target, second] = term.kind === 'derivative' ? term.by : [term.by];
  if (!target) throw new Underivable('no variable');
  const d = derivation(values, gathered, term.of, statement, position, manner);
  const root = read(d.cx, close(term.of, manner.logistic));
  const found = second || candidate.rule === 'hessian' ? hessian(d, root, target, second ?? target) : first(d, root, target, candidate);
  return orientations(found, candidate);
}

const bare = (t: Term): Term => (t.kind === 'transpose' ? bare(t.term) : t);

/** Takes open functions for the logistic one. */
function close<T>(value: T, logistic: ReadonlySet<string>): T {
  if (logistic.size === 0) return value;
  const sigmoid: Elementwise = { kind: 'known', name: 'sigmoid' };
  return JSON.parse(JSON.stringify(value), (_, v) => (v?.kind === 'open' && logistic.has(v.name) ? sigmoid : v));
}

function derivation(
  values: Values,
  gathered: Gathered,
  of: Term,
  own: CheckedStatement,
  position: number,
  { logistic, stops }: Manner,
): Derivation {
  const { env } = values.checked;
  const cx: Symbols = {
    find: (key) => gathered.variables.get(key),
    assumptions: (name) => [...env.assumptions(name), ...(isNormalised(gathered, name) ? (['probability'] as const) : [])],
  };
  const bodies = new Map<string, Node>();
  for (const [key, term] of gathered.definitions) if (!contains(term, isDerivative)) bodies.set(key, read(cx, close(term, logistic)));
  const named = aliases(cx, bodies);
  const root = stops && of.kind === 'variable' ? of.key : undefined;
  const stop = (key: string): Node | undefined => {
    const name = gathered.variables.get(key)?.name;
    const found = name && root !== undefined ? stopFor(values, root, name, own, position) : undefined;
    return found && name && found.name.key !== key ? stopNode(values, gathered, cx, found, key, position) : undefined;
  };
  return {
    cx,
    bodies,
    stop,
    knowing: { named, definition: (key) => bodies.get(key), writes: (fn) => spellingOf(values.checked).fn(fn) !== undefined },
  };
}

function stopNode(
  values: Values,
  gathered: Gathered,
  cx: Symbols,
  found: { readonly name: Name; readonly turned: boolean },
  key: string,
  position: number,
): Node | undefined {
  const shape = values.checked.env.lookup(found.name, position)?.shape;
  const own = gathered.variables.get(key)?.shape;
  if (!shape || !own) return undefined;
  if (!gathered.variables.has(found.name.key)) gathered.variables.set(found.name.key, { name: found.name, shape });
  const node = symbolNode(cx, found.name.key);
  const turned = node && found.turned ? A.transpose(node) : node;
  return turned && sameShape(turned.shape, own) ? turned : undefined;
}

/** Whether a symbol is a softmax: its entries add up to 1. */
function isNormalised(gathered: Gathered, name: Name, depth = 0): boolean {
  const t = gathered.definitions.get(name.key);
  if (t?.kind === 'softmax') return !t.log;
  const next = t?.kind === 'variable' && depth < 4 ? gathered.variables.get(t.key) : undefined;
  return next !== undefined && isNormalised(gathered, next.name, depth + 1);
}

/** Which symbol stands for a node; of symbols that are each other's names, the one that is defined by the other. */
function aliases(cx: Symbols, bodies: ReadonlyMap<string, Node>): (n: Node) => Node {
  const names = new Map<string, string>();
  for (const [key, body] of bodies) if (!names.has(body.key) && body.kind !== 'ones' && body.kind !== 'scale') names.set(body.key, key);
  return (n) => {
    let node = n;
    for (let i = 0; i < 4; i++) {
      const key = names.get(node.key);
      const next = key === undefined ? undefined : symbolNode(cx, key);
      if (!next) return node;
      node = next;
    }
    return node;
  };
}

/** What the scalar `root` owes to a symbol: through all that uses it, or a symbol of the document for it. */
function gradient(d: Derivation, root: Node, target: string): Node {
  const memo = new Map<string, Node | undefined>();
  const open = new Set<string>();
  const adjoint = (key: string): Node | undefined => {
    if (memo.has(key)) return memo.get(key);
    if (open.has(key)) throw new Underivable('a circle of definitions');
    open.add(key);
    const stop = key === target ? undefined : d.stop(key);
    const found = stop ?? collect(key);
    open.delete(key);
    memo.set(key, found);
    return found;
  };
  const collect = (key: string): Node | undefined => {
    const parts: Node[] = [];
    const own = pull(inside(d, key), root, A.unit, key);
    if (own) parts.push(own);
    for (const [user, body] of d.bodies) {
      if (user === key || !mentions(d, body, key)) continue;
      const above = adjoint(user);
      const part = above && pull(inside(d, key), body, above, key);
      if (part) parts.push(part);
    }
    return parts.length > 0 ? A.add(parts) : undefined;
  };
  const found = adjoint(target);
  if (!found) throw new Underivable('it does not depend on the variable');
  return found;
}

/** Within a sum over a letter, symbols that carry the letter are followed on the spot. */
const inside = (d: Derivation, key: string): Knowing => ({
  ...d.knowing,
  definition: (s) => (s === key ? undefined : d.knowing.definition(s)),
});

const mentions = (d: Derivation, body: Node, key: string): boolean =>
  symbolsIn(body).has(key) || (body.kind === 'binder' && [...symbolsIn(body)].some((s) => d.bodies.has(s)));

/** First derivatives: a scalar by anything, a vector by a vector, anything by a scalar. */
function first(d: Derivation, root: Node, target: DerivativeTarget, candidate: Candidate): Node {
  const variable = symbolNode(d.cx, target.key);
  const of = candidate.parts[0]?.shape ?? root.shape;
  if (variable?.kind !== 'symbol') throw new Underivable('the variable');
  if (isScalar(of)) {
    const whole = gradient(d, root, target.key);
    return target.indices ? entryOf(whole, target) : whole;
  }
  if (target.indices) throw new Underivable('an element');
  const found = isScalar(variable.shape)
    ? tangent(d.knowing, root, target.key)
    : isVector(of) && isVector(variable.shape)
      ? jacobian(d.knowing, root, variable)
      : undefined;
  if (!found) throw new Underivable('the derivative is a tensor or zero');
  return found;
}

function hessian(d: Derivation, root: Node, x: DerivativeTarget, y: DerivativeTarget): Node {
  const variable = symbolNode(d.cx, y.key);
  if (variable?.kind !== 'symbol' || x.indices || y.indices) throw new Underivable('the variable');
  const slope = gradient(d, root, x.key);
  const found = isScalar(variable.shape)
    ? tangent(d.knowing, slope, y.key)
    : isColumn(variable.shape) && isColumn(slope.shape)
      ? jacobian(d.knowing, slope, variable)
      : undefined;
  if (!found) throw new Underivable('the second derivative');
  return found;
}

const indexText = (i: NonNullable<DerivativeTarget['indices']>[number]): string => {
  if (i.kind === 'number') return String(i.value);
  if (i.kind === 'letter' && i.offset === 0) return i.name;
  throw new Underivable('an index');
};

/** One entry of a gradient, its symbols with the indices of the variable. */
function entryOf(whole: Node, target: DerivativeTarget): Node {
  const index = (target.indices ?? []).map(indexText);
  return entry(whole, index, (s, own) => {
    const tail = s.name ? s.symbol.slice(s.name.base.length) : '';
    if (!s.name || s.name.subs.length > 0) throw new Underivable('an index of an index');
    const sub = own.join('').length > 1 ? `{${own.join('')}}` : own.join('');
    return A.symbol(`${s.name.base}_${sub}${tail}`, scalar, s.name, []);
  });
}

/** As the place has it: what has its shape, turned or not. */
function orientations(n: Node, candidate: Candidate): readonly Node[] {
  const shape = candidate.shape as Shape;
  const both = [n, A.transpose(n)];
  return both.filter(
    (m, i) =>
      (sameShape(m.shape, shape) || m.shape.dims.some((x) => x.flexible) || m.kind === 'zero') &&
      both.findIndex((o) => o.key === m.key) === i,
  );
}
