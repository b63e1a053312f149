// Documents that declare nothing: what their equations (z = W x + b, O = A V) say about one another. Letters that custom has for matrices and
// vectors get shapes whose dimensions are unified over the document, then frozen under names that nobody sees. Which letters: customs.ts.
import type { Environment } from '../context/environment.js';
import { type Section, within } from '../context/sections.js';
import type { Expr, Name, Statement } from '../expr.js';
import type { Candidate, Found, Inference } from '../shapes/candidate.js';
import { type Dim, dimName, isOne, namesOf, substitute } from '../shapes/dimension.js';
import { infer } from '../shapes/infer.js';
import { agree } from '../shapes/rules/agreement.js';
import { column, isColumn, isProperMatrix, matrix, type Shape } from '../shapes/shape.js';
import { demandsOfAll, makeSolver, type Solver } from '../shapes/solve.js';
import { children, walk } from '../syntax/print.js';
import type { Span } from '../text.js';
import { bareSymbol, factorName, instanceKey, isPlain, matrixLike, timeLabelsIn, vectorLike } from './customs.js';
import { type Doubts, exceptions, lessonKey } from './doubts.js';
import { definedName } from './learning.js';
import { addendLessons } from './siblings.js';
import { chosen, hasDerivative, relates } from './statements.js';

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
  /** Whether it goes forward: its left side is a symbol that it defines, or it is what a derivative is taken of. */
  readonly defines: boolean;
}

interface Supposing {
  readonly env: Environment;
  readonly timeLabels: ReadonlySet<string>;
  readonly supposed: Map<string, readonly Supposition[]>;
  solver: Solver;
  readonly inferenceAt: (item: Supposable, lookup: Lookup) => Inference;
  local: boolean;
  counter: number;
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
  const cx: Supposing = { env, timeLabels, supposed: new Map(), solver: makeSolver(), inferenceAt, local: false, counter: 0 };
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
  const sound = [...cx.supposed.values()].flat().filter((s) => !doubts.has(lessonKey(s.name, s.at)));
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
    [...supposed.values()].flat().map((s) => s.shape),
  );
  const solved = (s: Supposition): Supposition => ({ ...s, shape: { ...s.shape, dims: s.shape.dims.map((d) => substitute(d, solution)) } });
  for (const [key, list] of supposed) supposed.set(key, list.map(solved));
}

/** A definition or an identity as a whole; of statements with derivatives the parts that have none. */
function evidenceOf(item: Supposable): readonly Evidence[] {
  const { members, relations } = item.statement;
  // Examples with numbers have sizes of their own.
  if (members.some((m) => [...walk(m)].some(isNumeric))) return [];
  const whole = members.length > 1 && relations.every(relates) && !members.some(hasDerivative);
  if (whole) return [{ item, members, defines: members.slice(0, 1).some(isDefined) }];
  const differentiated = members.flatMap((m) => [...walk(m)]).flatMap((e) => (e.kind === 'derivative' && e.of ? [e.of] : []));
  const parts = (list: readonly Expr[], defines: boolean): readonly Evidence[] =>
    list.flatMap((m) => partsWithout(m).map((part) => ({ item, members: [part], defines })));
  return [...parts(differentiated, true), ...parts(members, false)];
}

/** z, or f(z): what stands on the left of a definition. */
const isDefined = (e: Expr): boolean =>
  definedName(e) !== undefined || (e.kind === 'juxtaposed' && e.head.kind === 'symbol' && e.application.kind === 'call');

const isNumeric = (e: Expr): boolean => e.kind === 'matrix' && e.cells.every((row) => row.every((c) => c?.kind === 'number'));

/** The largest products and sums without a derivative. */
function partsWithout(e: Expr): readonly Expr[] {
  if (hasDerivative(e)) return e.kind === 'derivative' ? [] : children(e).flatMap(partsWithout);
  return [...walk(e)].some((x) => x.kind === 'product' || x.kind === 'juxtaposed') ? [e] : [];
}

function supposeOne(cx: Supposing, { item, members, defines }: Evidence): void {
  const lookup: Lookup = (name) => {
    const told = cx.env.lookup(name, item.position);
    if (told && told.how !== 'custom') return told;
    const own = cx.supposed.get(instanceKey(name, cx.timeLabels))?.find((s) => reachesTo(cx, s, item.position));
    return own ? { shape: own.shape, from: 'use', how: 'itself' } : told;
  };
  // The midst of a derivation tells of new letters what they are beside known ones, nothing where all are new.
  if (cx.local && !members.some((m) => [...walk(m)].some((e) => isKnown(e, lookup)))) return;
  const before = new Map(cx.supposed);
  for (const e of members.flatMap((m) => [...walk(m)]))
    if (e.kind === 'product' || (e.kind === 'juxtaposed' && !isCall(e))) rankFactors(cx, e.factors, item, lookup);
  const agreed = agreement(cx.inferenceAt(item, lookup), members);
  if (!agreed || !unify(cx, agreed, [...before.values()].flat())) {
    // What does not fit tells nothing.
    cx.supposed.clear();
    for (const [key, list] of before) cx.supposed.set(key, list);
    return;
  }
  if (defines && agreed.length > 1) teachLeft(cx, item, agreed, lookup);
  for (const { name, shape } of agreed.flatMap(addendLessons))
    if (isPlain(name, cx.timeLabels) && !lookup(name)) suppose(cx, name, shape, item.at);
}

const isKnown = (e: Expr, lookup: Lookup): boolean => {
  const name = bareSymbol(e);
  const found = name && lookup(name);
  return found !== undefined && found.how !== 'custom' && found.shape.dims.length > 0;
};

/** The members as they agree; undefined where they do not, or where it takes a reading that is as likely another one. */
function agreement(inference: Inference, members: readonly Expr[]): readonly Candidate[] | undefined {
  const agreed = agree(
    members.map((m) => infer(inference, m)),
    members.slice(1).map(() => true),
  );
  const conforms = agreed.conflicts.length === 0 && agreed.members.every((m) => m.conflicts.length === 0);
  return conforms && ![...chosen(agreed.members)].some(isTallKronecker) ? agreed.members : undefined;
}

/** What is supposed holds in its section, and, if a definition tells it, in all that follows. */
function reachesTo({ env: { sections } }: Supposing, s: Supposition, position: number): boolean {
  const own = sections.at(s.at.start);
  const here = sections.at(position);
  return own === here || (!s.local && (s.at.start <= position || within(here, own)));
}

const suppose = (cx: Supposing, name: Name, shape: Shape, at: Span): void => {
  const key = instanceKey(name, cx.timeLabels);
  cx.supposed.set(key, [...(cx.supposed.get(key) ?? []), { name, shape, at, local: cx.local }]);
};

/** F(x, y) is an application; W [h, x] may be a product. */
const isCall = (e: Expr): boolean => {
  const last = e.kind === 'juxtaposed' ? e.factors[e.factors.length - 1] : undefined;
  return last?.kind === 'tuple' && last.open === '(';
};

/** u ⊗ v of two columns: where nothing is declared it may as well be Hadamard's. */
const isTallKronecker = (c: Candidate): boolean =>
  c.expr.kind === 'product' && c.expr.signs.includes('\\otimes') && c.parts.some((p) => p.shape && isColumn(p.shape));

/**
 * Takes over what the members demand. Nothing, if it takes a supposed size for one, or (in the midst of a derivation) makes a matrix
 * square that was not: then something else is meant, or it is wrong.
 */
function unify(cx: Supposing, members: readonly Candidate[], earlier: readonly Supposition[]): boolean {
  const demands: [Dim, Dim][] = [];
  demandsOfAll(members, (a, b) => demands.push([a, b]));
  const open = (d: Dim): boolean => namesOf(d).some((n) => n.startsWith('?s'));
  if (demands.some(([a, b]) => (isOne(a) && open(b)) || (isOne(b) && open(a)))) return false;
  const trial = makeSolver(cx.solver.solution());
  for (const [a, b] of demands) trial.equal(a, b);
  if (cx.local && earlier.some(({ shape }) => isProperMatrix(shape) && !square(shape, cx.solver) && square(shape, trial))) return false;
  cx.solver = trial;
  return true;
}

function square(shape: Shape, solver: Solver): boolean {
  const solution = solver.solution();
  const [r, c] = shape.dims.map((d) => substitute(d, solution));
  return r !== undefined && r.key === c?.key;
}

/** A capital before another letter is a matrix; a small letter behind a matrix is a column. */
function rankFactors(cx: Supposing, factors: readonly Expr[], item: Supposable, lookup: Lookup): void {
  factors.forEach((factor, i) => {
    const name = factorName(factor);
    const before = factors[i - 1];
    const beside = factors[i + 1] ?? before;
    if (!name || !isPlain(name, cx.timeLabels) || lookup(name)) return;
    if (!beside || beside.kind === 'number' || beside.kind === 'quotient') return;
    const k = cx.counter++;
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
