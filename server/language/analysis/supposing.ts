// Documents that declare nothing: what their equations (z = W x + b, O = A V) say about one another. Letters that custom has for matrices and
// vectors get shapes whose dimensions are unified over the document, then frozen under names that nobody sees. Which letters: customs.ts.
import type { Environment } from '../context/environment.js';
import type { Section } from '../context/sections.js';
import type { Expr, Name, Statement } from '../expr.js';
import type { Candidate, Found, Inference } from '../shapes/candidate.js';
import { type Dim, dimName, isOne, namesOf, substitute } from '../shapes/dimension.js';
import { infer } from '../shapes/infer.js';
import { agree } from '../shapes/rules/agreement.js';
import { column, isProperMatrix, matrix, type Shape } from '../shapes/shape.js';
import { demandsOfAll, makeSolver, type Solver } from '../shapes/solve.js';
import { children, walk } from '../syntax/print.js';
import type { Span } from '../text.js';
import { bareSymbol, factorName, instanceKey, isPlain, matrixLike, timeLabelsIn, vectorLike } from './customs.js';
import { type Doubts, exceptions, lessonKey } from './doubts.js';
import { definedName } from './learning.js';
import { addendLessons } from './siblings.js';
import { hasDerivative, relates } from './statements.js';

export interface Supposable {
  readonly statement: Statement;
  readonly position: number;
  readonly at: Span;
}

type Lookup = (name: Name) => Found | undefined;

interface Supposition {
  readonly name: Name;
  readonly shape: Shape;
  readonly at: Span;
  /** Told by the midst of a derivation, not by a definition: it holds in its own section. */
  readonly local: boolean;
}

/** Members that are said to be equal, in the place where they stand; one alone is a part of a formula. */
interface Evidence {
  readonly item: Supposable;
  readonly members: readonly Expr[];
  /** Whether its left side is a symbol that it defines. */
  readonly defines: boolean;
}

interface Supposing {
  readonly env: Environment;
  readonly timeLabels: ReadonlySet<string>;
  readonly supposed: Map<string, Supposition>;
  readonly solver: Solver;
  readonly inferenceAt: (item: Supposable, lookup: Lookup) => Inference;
  local: boolean;
}

const rounds = 3;

/** Teaches the environment what the equations suppose. Nothing of it makes an error: it rests on use. */
export function supposeShapes(
  items: readonly Supposable[],
  env: Environment,
  doubts: Doubts,
  inferenceAt: (item: Supposable, lookup: Lookup) => Inference,
): boolean {
  const timeLabels = timeLabelsIn(items.flatMap((i) => i.statement.members));
  const cx: Supposing = { env, timeLabels, supposed: new Map(), solver: makeSolver(), inferenceAt, local: false };
  const evidence = items.flatMap(evidenceOf);
  const definitions = evidence.filter((e) => e.defines);
  for (let round = 0; round < rounds; round++) for (const e of definitions) supposeOne(cx, e);
  // What stands in the midst of a derivation is weaker: it tells of what no definition tells.
  // What definitions leave open stays open: the midst of a derivation, which may be wrong, cannot make two of their sizes one.
  settle(cx);
  cx.local = true;
  for (const e of evidence) if (!e.defines) supposeOne(cx, e);
  for (const e of definitions) supposeOne(cx, e);
  settle(cx);
  const sound = [...cx.supposed.values()].filter((s) => !doubts.has(lessonKey(s.name, s.at)));
  for (const { name, shape, at, local } of sound) {
    const own = env.sections.at(at.start);
    const except = local ? (s: Section): boolean => s !== own : exceptions(doubts, name, at);
    env.learn(name, shape, 'use', at, except ? { except } : {});
  }
  return sound.length > 0;
}

/** Puts what is solved into the supposed shapes, and gives what is open a name. */
function settle({ supposed, solver }: Supposing): void {
  const solution = freeze(
    solver.solution(),
    [...supposed.values()].map((s) => s.shape),
  );
  for (const [key, s] of supposed)
    supposed.set(key, { ...s, shape: { ...s.shape, dims: s.shape.dims.map((d) => substitute(d, solution)) } });
}

/** A definition or an identity as a whole; of statements with derivatives the parts that have none. */
function evidenceOf(item: Supposable): readonly Evidence[] {
  const { members, relations } = item.statement;
  const whole = members.length > 1 && relations.every(relates) && !members.some(hasDerivative);
  if (whole) return [{ item, members, defines: members.slice(0, 1).some((m) => definedName(m) !== undefined) }];
  return members.flatMap((m) => partsWithout(m).map((part) => ({ item, members: [part], defines: false })));
}

/** The largest products and sums without a derivative. */
function partsWithout(e: Expr): readonly Expr[] {
  if (hasDerivative(e)) return (e.kind === 'derivative' ? (e.of ? [e.of] : []) : children(e)).flatMap(partsWithout);
  return [...walk(e)].some((x) => x.kind === 'product' || x.kind === 'juxtaposed') ? [e] : [];
}

function supposeOne(cx: Supposing, { item, members, defines }: Evidence): void {
  const lookup: Lookup = (name) => {
    const own = cx.supposed.get(instanceKey(name, cx.timeLabels));
    return own ? { shape: own.shape, from: 'use', how: 'itself' } : cx.env.lookup(name, item.position);
  };
  for (const member of members)
    for (const e of walk(member)) if (e.kind === 'product' || e.kind === 'juxtaposed') rankFactors(cx, e.factors, item, lookup);
  const inference = cx.inferenceAt(item, lookup);
  const agreed = agree(
    members.map((m) => infer(inference, m)),
    members.slice(1).map(() => true),
  );
  if (agreed.conflicts.length > 0 || agreed.members.some((m) => m.conflicts.length > 0)) return;
  if (!unify(cx, agreed.members)) return;
  if (defines) teachLeft(cx, item, agreed.members, lookup);
  for (const { name, shape } of agreed.members.flatMap((m) => addendLessons(m)))
    if (isPlain(name, cx.timeLabels) && !lookup(name)) suppose(cx, name, shape, item.at);
}

const suppose = (cx: Supposing, name: Name, shape: Shape, at: Span): void => {
  cx.supposed.set(instanceKey(name, cx.timeLabels), { name, shape, at, local: cx.local });
};

/** Takes over what the members demand; nothing, if it takes a supposed size for one: then something else is meant. */
function unify(cx: Supposing, members: readonly Candidate[]): boolean {
  const demands: [Dim, Dim][] = [];
  demandsOfAll(members, (a, b) => demands.push([a, b]));
  const open = (d: Dim): boolean => namesOf(d).some((n) => n.startsWith('?s'));
  if (demands.some(([a, b]) => (isOne(a) && open(b)) || (isOne(b) && open(a)))) return false;
  for (const [a, b] of demands) cx.solver.equal(a, b);
  return true;
}

/** A capital before another letter is a matrix; a small letter behind a matrix is a column. */
function rankFactors(cx: Supposing, factors: readonly Expr[], item: Supposable, lookup: Lookup): void {
  factors.forEach((factor, i) => {
    const name = factorName(factor);
    const before = factors[i - 1];
    const beside = factors[i + 1] ?? before;
    if (!name || !isPlain(name, cx.timeLabels) || lookup(name)) return;
    if (!beside || beside.kind === 'number' || beside.kind === 'quotient') return;
    const k = cx.supposed.size;
    if (matrixLike(name.base)) suppose(cx, name, matrix(dimName(`?s${k}r`), dimName(`?s${k}c`)), item.at);
    else if (vectorLike(name.base) && factor.kind !== 'transpose' && before && isMatrix(before, lookup))
      suppose(cx, name, column(dimName(`?s${k}r`)), item.at);
  });
}

const isMatrix = (e: Expr, lookup: Lookup): boolean => {
  const name = factorName(e);
  const shape = name && lookup(name)?.shape;
  return shape !== undefined && isProperMatrix(shape);
};

/** The symbol on the left takes the shape of the right side, and so do the bare addends of a vector. */
function teachLeft(cx: Supposing, item: Supposable, members: readonly Candidate[], lookup: Lookup): void {
  const shape = members.find((m) => m.shape)?.shape;
  const name = members[0] && definedName(members[0].expr);
  const teach = (n: Name | undefined, s: Shape | undefined): void => {
    if (n && s && isPlain(n, cx.timeLabels) && !lookup(n)) suppose(cx, n, s, item.at);
  };
  teach(name, shape);
  for (const m of members)
    if (m.rule === 'sum' && m.shape && !isProperMatrix(m.shape))
      for (const part of m.parts) if (!part.shape) teach(bareSymbol(part.expr), m.shape);
}

/** What is still open after unification becomes a dimension of its own, named so that it prints as unknown. */
function freeze(solution: ReadonlyMap<string, Dim>, shapes: readonly Shape[]): ReadonlyMap<string, Dim> {
  const frozen = new Map<string, Dim>();
  const rename = (d: Dim): Dim => {
    const [name] = namesOf(d);
    return name?.startsWith('?') ? dimName(`\u00b7${name.slice(1)}`) : d;
  };
  for (const [k, d] of solution) frozen.set(k, rename(d));
  for (const s of shapes)
    for (const d of s.dims)
      for (const n of namesOf(d)) if (n.startsWith('?') && !frozen.has(n)) frozen.set(n, dimName(`\u00b7${n.slice(1)}`));
  return frozen;
}
