// Documents that declare nothing: what the forward equations (z = W x + b, O = A V) say about one another. Letters that custom has for
// matrices and vectors get shapes whose dimensions are unified over all definitions, then frozen under names that nobody sees.
import type { Environment } from '../context/environment.js';
import { isTimeLetter } from '../context/resolve.js';
import type { Expr, Name, Statement } from '../expr.js';
import type { Candidate, Found, Inference } from '../shapes/candidate.js';
import { type Dim, dimName, namesOf, substitute } from '../shapes/dimension.js';
import { infer } from '../shapes/infer.js';
import { agree } from '../shapes/rules/agreement.js';
import { column, isProperMatrix, matrix, type Shape } from '../shapes/shape.js';
import { demandsOfAll, makeSolver } from '../shapes/solve.js';
import { walk } from '../syntax/print.js';
import type { Span } from '../text.js';
import { definedName } from './learning.js';
import { hasDerivative, relates } from './statements.js';

export interface Supposable {
  readonly statement: Statement;
  readonly position: number;
  readonly at: Span;
}

/** Capitals that are matrices by custom, plain or bold; the ones that are mostly sizes, losses or sets are left out where they stand plain. */
const matrixLike = (base: string): boolean =>
  /^\\mathbf\{[A-Z]\}$/.test(base) ||
  /^[ABFGHKOPQRSUVWXYZ]$/.test(base) ||
  /^\\(?:mathbf\{\\)?(?:Theta|Phi|Psi|Omega)\}?$/.test(base) ||
  /^\\[a-z]+Matrix$/.test(base);
const vectorLike = (base: string): boolean =>
  /^\\(?:mathbf|vec)\{[a-z]\}$/.test(base) ||
  /^[a-hopq-z]$/.test(base) ||
  /^\\(?:mathbf\{\\)?(?:beta|theta|mu|delta|omega|phi)\}?$/.test(base) ||
  /^\\(?:hat|tilde|bar)\{[a-z]\}$/.test(base);

/** Names with general labels (W^{(l)}, not W^{(L)}) have other sizes for each instance and are left alone. */
const isPlain = (name: Name): boolean =>
  name.labels.every((l) => l.kind === 'number' || (l.kind === 'letter' && (isTimeLetter(l.name) || /^[A-Z]$/.test(l.name)))) &&
  name.subs.every(
    (s) =>
      s.kind === 'number' ||
      s.kind === 'word' ||
      (s.kind === 'letter' && (isTimeLetter(s.name) || name.subs.length > 1 || /^[a-hopq-z]$/.test(s.name))),
  );

const isForward = (s: Statement): boolean =>
  s.members.length > 1 &&
  s.relations.every(relates) &&
  s.members[0] !== undefined &&
  definedName(s.members[0]) !== undefined &&
  !s.members.some(hasDerivative);

const rounds = 3;

/** Teaches the environment what the forward equations suppose. Nothing of it makes an error: it rests on use. */
export function supposeShapes(
  items: readonly Supposable[],
  env: Environment,
  inferenceAt: (item: Supposable, lookup: (name: Name) => Found | undefined) => Inference,
): boolean {
  const forward = items.filter((i) => isForward(i.statement));
  const supposed = new Map<string, { readonly name: Name; readonly shape: Shape; readonly at: Span }>();
  const solver = makeSolver();
  for (let round = 0; round < rounds; round++) for (const item of forward) supposeOne(item, env, supposed, inferenceAt, solver);
  if (supposed.size === 0) return false;
  const solution = freeze(
    solver.solution(),
    [...supposed.values()].map((s) => s.shape),
  );
  for (const { name, shape, at } of supposed.values())
    env.learn(name, { ...shape, dims: shape.dims.map((d) => substitute(d, solution)) }, 'use', at);
  return true;
}

type Supposed = Map<string, { readonly name: Name; readonly shape: Shape; readonly at: Span }>;

function supposeOne(
  item: Supposable,
  env: Environment,
  supposed: Supposed,
  inferenceAt: (item: Supposable, lookup: (name: Name) => Found | undefined) => Inference,
  solver: ReturnType<typeof makeSolver>,
): void {
  const lookup = (name: Name): Found | undefined => {
    const own = supposed.get(name.key);
    return own ? { shape: own.shape, from: 'use', how: 'itself' } : env.lookup(name, item.position);
  };
  for (const member of item.statement.members)
    for (const e of walk(member)) if (e.kind === 'product' || e.kind === 'juxtaposed') rankFactors(e.factors, item, supposed, lookup);
  const cx = inferenceAt(item, lookup);
  const agreed = agree(
    item.statement.members.map((m) => infer(cx, m)),
    item.statement.relations.map(() => true),
  );
  if (agreed.conflicts.length > 0 || agreed.members.some((m) => m.conflicts.length > 0)) return;
  demandsOfAll(agreed.members, solver.equal);
  teachLeft(item, agreed.members, supposed, lookup);
}

const bare = (e: Expr): Name | undefined =>
  e.kind === 'symbol' ? e.name : e.kind === 'power' && e.exponent.kind !== 'number' ? e.asName : undefined;
const inner = (e: Expr): Expr => (e.kind === 'transpose' || e.kind === 'inverse' ? inner(e.base) : e);

/** A capital before another letter is a matrix; a small letter behind a matrix is a column. */
function rankFactors(factors: readonly Expr[], item: Supposable, supposed: Supposed, lookup: (name: Name) => Found | undefined): void {
  factors.forEach((factor, i) => {
    const name = bare(inner(factor));
    const next = factors[i + 1];
    const before = i > 0 ? factors[i - 1] : undefined;
    if (!name || !isPlain(name) || lookup(name)) return;
    const beside = next ?? before;
    if (!beside || beside.kind === 'number' || beside.kind === 'quotient') return;
    const k = supposed.size;
    if (matrixLike(name.base)) supposed.set(name.key, { name, shape: matrix(dimName(`?s${k}r`), dimName(`?s${k}c`)), at: item.at });
    else if (vectorLike(name.base) && factor.kind !== 'transpose' && before && isMatrix(before, lookup))
      supposed.set(name.key, { name, shape: column(dimName(`?s${k}r`)), at: item.at });
  });
}

const isMatrix = (e: Expr, lookup: (name: Name) => Found | undefined): boolean => {
  const name = bare(inner(e));
  const shape = name && lookup(name)?.shape;
  return shape !== undefined && isProperMatrix(shape);
};

/** The symbol on the left, and addends without a shape, take the shape of the right side. */
function teachLeft(item: Supposable, members: readonly Candidate[], supposed: Supposed, lookup: (name: Name) => Found | undefined): void {
  const shape = members.find((m) => m.shape)?.shape;
  const left = item.statement.members[0];
  const name = left && definedName(left);
  if (shape && name && isPlain(name) && !lookup(name)) supposed.set(name.key, { name, shape, at: item.at });
  for (const m of members) {
    if (m.rule !== 'sum' || !m.shape || isProperMatrix(m.shape)) continue;
    for (const part of m.parts) {
      const own = bare(part.expr);
      if (!part.shape && own && isPlain(own) && !lookup(own)) supposed.set(own.key, { name: own, shape: m.shape, at: item.at });
    }
  }
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
