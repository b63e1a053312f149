// Documents that declare nothing: what their equations (z = W x + b, O = A V) say about one another. Letters that custom has for matrices and
// vectors get shapes whose dimensions are unified over the document, then frozen under names that nobody sees. Which letters: customs.ts.
import type { Environment } from '../context/environment.js';
import type { Section } from '../context/sections.js';
import type { Expr, Name } from '../expr.js';
import type { Candidate, Found, FunctionMeaning, Inference } from '../shapes/candidate.js';
import { type Dim, isOne, nameOf, namesOf } from '../shapes/dimension.js';
import { rebind } from '../shapes/dims.js';
import { infer } from '../shapes/infer.js';
import { agree } from '../shapes/rules/agreement.js';
import { cols, column, isColumn, isProperMatrix, isScalar, matrix, rows, type Shape } from '../shapes/shape.js';
import { demandsOfAll } from '../shapes/solve.js';
import { walk } from '../syntax/print.js';
import { bareSymbol, factorName, matrixLike, timeLabelsIn, vectorLike } from './customs.js';
import { type Doubts, exceptionKey, exceptions, lessonKey } from './doubts.js';
import { type Evidence, evidenceOf, type Supposable, saysNothingNew } from './evidence.js';
import { bindingsOf, type FamilySolver, instanceOf, isGeneral, layerLabelsIn, makeFamilySolver } from './families.js';
import { definedName } from './learning.js';
import { addendLessons } from './siblings.js';
import { type Squared, squaredIn } from './squares.js';
import { chosen } from './statements.js';
import { type Lookup, mayBeSupposed, openSizes, type Supposing, type Supposition, settle, suppose, supposedShape } from './suppositions.js';

const rounds = 3;

/** Teaches the environment what the equations suppose. Nothing of it makes an error: it rests on use. */
export function supposeShapes(
  items: readonly Supposable[],
  env: Environment,
  doubts: Doubts,
  inferenceAt: (item: Supposable, lookup: Lookup) => Inference,
): boolean {
  if (items.every((item) => saysNothingNew(item, env))) return false;
  const members = items.flatMap((i) => i.statement.members);
  const cx: Supposing = {
    env,
    timeLabels: timeLabelsIn(members),
    layers: layerLabelsIn(members),
    supposed: new Map(),
    solver: makeFamilySolver(),
    inferenceAt,
    local: false,
    counter: 0,
  };
  const evidence = items.flatMap(evidenceOf);
  const definitions = evidence.filter((e) => e.defines);
  for (const e of evidence) for (const base of squaredIn(e.members)) supposeSquare(cx, base, e.item);
  for (let round = 0; round < rounds; round++) for (const e of definitions) supposeOne(cx, e);
  for (const e of evidence) for (const base of squaredIn(e.members)) makeSquare(cx, base, e.item);
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
    env.learn(name, shape, 'use', at, except ? { except, why: local ? 'local' : exceptionKey(doubts, name, at) } : {});
  }
  env.learnSizes(pinned(cx));
  return sound.length > 0;
}

/** Sizes of single layers, where instances of a supposed family are declared: of W^{(l)} is W^{(2)} known, a 3×5 matrix. */
function pinned({ env, layers, supposed }: Supposing): ReadonlyMap<string, Dim> {
  const out = new Map<string, Dim>();
  for (const d of env.declared()) {
    const instance = instanceOf(d.name, layers);
    const [family] = (instance && !isGeneral(instance.index) && supposed.get(instance.family.key)) || [];
    const stated = family && env.lookup(d.name, d.position)?.shape;
    if (!instance || !stated || stated.dims.length !== family.shape.dims.length) continue;
    family.shape.dims.forEach((dim, i) => {
      const own = rebind(dim, bindingsOf(instance));
      const name = nameOf(own);
      const to = stated.dims[i];
      if (own.key !== dim.key && name?.startsWith('\u00b7') && to) out.set(name, to);
    });
  }
  return out;
}

function supposeOne(cx: Supposing, { item, members, defines }: Evidence): void {
  const lookup: Lookup = (name) => {
    const told = cx.env.lookup(name, item.position);
    if (told && told.how !== 'custom' && !isExampleElsewhere(cx, told, item)) return told;
    const shape = supposedShape(cx, name, item.position);
    return shape ? { shape, from: 'use', how: 'itself' } : told;
  };
  // The midst of a derivation tells of new letters what they are beside known ones, nothing where all are new.
  if (cx.local && !members.some((m) => walk(m).some((e) => isKnown(e, lookup)))) return;
  const before = new Map(cx.supposed);
  for (const e of members.flatMap((m) => walk(m)))
    if (e.kind === 'product' || (e.kind === 'juxtaposed' && !isCall(e))) rankFactors(cx, e.factors, item, lookup);
  const inference = cx.inferenceAt(item, lookup);
  const agreed = agreement(defines ? { ...inference, meaning: (head) => inference.meaning(head) ?? activation(head) } : inference, members);
  if (!agreed || !unify(cx, agreed, [...before.values()].flat())) {
    // What does not fit tells nothing.
    cx.supposed.clear();
    for (const [key, list] of before) cx.supposed.set(key, list);
    return;
  }
  if (defines && agreed.length > 1) teachLeft(cx, item, agreed, lookup);
  for (const { name, shape } of agreed.flatMap(addendLessons))
    if (mayBeSupposed(cx, name) && !lookup(name)) suppose(cx, name, shape, item.at);
}

/** Numbers written out in another section say nothing of the sizes in general. */
const isExampleElsewhere = ({ env: { sections } }: Supposing, { example, at }: Found, { position }: Supposable): boolean =>
  example === true && at !== undefined && sections.at(at.start) !== sections.at(position);

/** Σ of V Σ², a letter that custom gives no shape: a square matrix. */
function supposeSquare(cx: Supposing, { name, besideMatrix, asLabel }: Squared, item: Supposable): void {
  if (!besideMatrix || !/^(?:\\mathbf\{)?(?:D|S|\\Sigma|\\Lambda)\}?$/.test(name.base) || !mayBeSupposed(cx, name)) return;
  if (isTold(cx, name, item) || (asLabel && isTold(cx, asLabel, item))) return;
  const size = openSizes(cx, name)('r');
  suppose(cx, name, matrix(size, size), item.at);
}

/** Both sizes of a matrix that is squared or inverted are one. */
function makeSquare(cx: Supposing, { name, asLabel }: Squared, item: Supposable): void {
  const shape = isStated(cx, name, item) ? undefined : supposedShape(cx, name, item.position);
  if (shape && isProperMatrix(shape) && !(asLabel && isTold(cx, asLabel, item))) cx.solver.equal(rows(shape), cols(shape));
}

const isStated = (cx: Supposing, name: Name, { position }: Supposable): boolean =>
  (cx.env.lookup(name, position)?.how ?? 'custom') !== 'custom';
const isTold = (cx: Supposing, name: Name, item: Supposable): boolean =>
  isStated(cx, name, item) || supposedShape(cx, name, item.position) !== undefined;

const isKnown = (e: Expr, lookup: Lookup): boolean => {
  const name = bareSymbol(e);
  const found = name && lookup(name);
  return found !== undefined && found.how !== 'custom' && found.shape.dims.length > 0;
};

/** x = f(W x + b): what a definition applies to a product goes entry by entry, where nothing says otherwise. */
const activation = (head: string): FunctionMeaning | undefined =>
  /^(?:[fgh]|\\(?:sigma|phi|varphi|psi|rho))(?:[_^].*)?$/.test(head) ? { kind: 'elementwise' } : undefined;

/** The members as they agree; undefined where they do not, or where it takes a reading that is as likely another one. */
function agreement(inference: Inference, members: readonly Expr[]): readonly Candidate[] | undefined {
  const agreed = agree(
    members.map((m) => infer(inference, m)),
    members.slice(1).map(() => true),
  );
  const conforms = agreed.conflicts.length === 0 && agreed.members.every((m) => m.conflicts.length === 0);
  return conforms && !chosen(agreed.members).some(isTallKronecker) ? agreed.members : undefined;
}

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
  if (!cx.local) {
    for (const [a, b] of demands) cx.solver.equal(a, b);
    return true;
  }
  const trial = cx.solver.copy();
  for (const [a, b] of demands) trial.equal(a, b);
  if (earlier.some(({ shape }) => isProperMatrix(shape) && !isSquareUnder(shape, cx.solver) && isSquareUnder(shape, trial))) return false;
  cx.solver = trial;
  return true;
}

function isSquareUnder(shape: Shape, solver: FamilySolver): boolean {
  const [r, c] = shape.dims.map(solver.resolve);
  return r !== undefined && r.key === c?.key;
}

/** A capital before another letter is a matrix; a small letter behind a matrix is a column. */
function rankFactors(cx: Supposing, factors: readonly Expr[], item: Supposable, lookup: Lookup): void {
  factors.forEach((factor, i) => {
    const name = factorName(factor);
    const before = factors[i - 1];
    const beside = factors[i + 1] ?? before;
    if (!name || !mayBeSupposed(cx, name) || lookup(name)) return;
    if (!beside || beside.kind === 'number' || beside.kind === 'quotient') return;
    const size = openSizes(cx, name);
    if (matrixLike(name.base)) suppose(cx, name, matrix(size('r'), size('c')), item.at);
    else if (vectorLike(name.base) && factor.kind !== 'transpose' && before && isMatrix(before, lookup))
      suppose(cx, name, column(size('r')), item.at);
  });
}

const isMatrix = (e: Expr, lookup: Lookup): boolean => {
  const name = factorName(e);
  const shape = name && lookup(name)?.shape;
  return shape !== undefined && isProperMatrix(shape);
};

/** Whether a shape is open in nothing but sizes that were supposed: what a gap left open tells nothing. */
const isOurs = ({ solver }: Supposing, shape: Shape): boolean =>
  shape.dims.every((d) => namesOf(solver.resolve(d)).every((n) => !n.startsWith('?') || n.startsWith('?s')));

/** The symbol on the left takes the shape of the right side, and so do the bare addends of a vector. */
function teachLeft(cx: Supposing, item: Supposable, members: readonly Candidate[], lookup: Lookup): void {
  const shape = members.find((m) => m.shape && isOurs(cx, m.shape))?.shape;
  const name = members[0] && definedName(members[0].expr);
  const teach = (n: Name | undefined, s: Shape | undefined): void => {
    if (n && s && mayBeSupposed(cx, n) && !lookup(n)) suppose(cx, n, s, item.at);
  };
  teach(name, shape);
  for (const m of members) {
    const sum = m.shape ?? shape;
    if (m.rule !== 'sum' || !sum || isProperMatrix(sum) || isScalar(sum)) continue;
    for (const part of m.parts) if (!part.shape) teach(bareSymbol(part.expr), sum);
  }
}
