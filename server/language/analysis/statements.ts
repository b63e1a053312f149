// Infers one statement: the inference context of its place, the candidates of its members, and the choice that agrees best.
import type { Environment } from '../context/environment.js';
import type { Expr, Name, Relation, Statement } from '../expr.js';
import { type Candidate, type Conflict, costs, type Found, type GradientKind, type Inference, type Link } from '../shapes/candidate.js';
import { type Dim, substitute } from '../shapes/dimension.js';
import { dimensionOf } from '../shapes/dims.js';
import { infer } from '../shapes/infer.js';
import { type Agreed, agree } from '../shapes/rules/agreement.js';
import { linkOf } from '../shapes/rules/chain.js';
import { nameIn } from '../shapes/rules/links.js';
import { matrix } from '../shapes/shape.js';
import { applySolution, solve } from '../shapes/solve.js';
import { canonicalText, children } from '../syntax/print.js';
import type { Layout } from '../term.js';
import { covers } from '../text.js';
import { indexConflict } from './indices.js';

export interface StatementContext {
  readonly env: Environment;
  /** Offset in the document. */
  readonly position: number;
  readonly layout: Layout;
  readonly declared: boolean;
  readonly lengths: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
  readonly timed: ReadonlySet<string>;
  readonly turns: ReadonlySet<string>;
  /** Index letters that a case of the document fixes. */
  readonly fixed: ReadonlySet<string>;
  readonly noTurn?: ReadonlySet<GradientKind>;
  /** Nothing is added to every row, column or entry. */
  readonly strictBroadcast: boolean;
  readonly alias: (a: Name, b: Name) => boolean;
  readonly diagonal: (of: Expr, by: Expr) => boolean;
  readonly variables: (name: Name) => readonly Expr[];
  /** Numbers that stand for named sizes, where names alone do not conform. */
  readonly sizes?: ReadonlyMap<string, Dim>;
}

export interface Inferred extends Agreed {
  readonly statement: Statement;
  readonly layout: Layout;
}

/** Relations that demand equal shapes of their sides. */
const shapeRelations: ReadonlySet<Relation> = new Set([
  '=',
  ':=',
  '=:',
  '\\equiv',
  '\\triangleq',
  '\\approx',
  '\\leftarrow',
  '\\propto',
  '\\ne',
]);

export const relates = (r: Relation): boolean => shapeRelations.has(r);

/** Relations that make no equation: memberships and maps. */
export const declares = (r: Relation): boolean =>
  r === '\\in' || r === '\\ni' || r === ':' || r === '\\to' || r === '\\mapsto' || r === '\\sim' || r === '\\subset';

export function inferenceFor(cx: StatementContext, statement: Statement): Inference {
  const { env, position } = cx;
  const sides = statement.members.map(linkOf).filter((l): l is Link => l !== undefined);
  return {
    layout: cx.layout,
    declared: cx.declared,
    sides,
    wholes: new Set(statement.members.flatMap((m) => (m.kind === 'choice' ? m.options : [m]))),
    lookup: (name) => numbered(env.lookup(name, position), cx.sizes),
    meaning: (head) => env.meaning(head, position),
    alias: cx.alias,
    gradientName: (expr) => (expr.kind === 'differential' && expr.sign === 'd' && env.gradientPrefix('d') ? nameIn(expr.base) : undefined),
    diagonal: cx.diagonal,
    variables: cx.variables,
    diagonalPrimes: !cx.declared,
    strictBroadcast: cx.strictBroadcast,
    lengths: cx.lengths,
    indices: cx.indices,
    timed: cx.timed,
    turns: cx.turns,
    ...(cx.noTurn ? { noTurn: cx.noTurn } : {}),
    fresh: env.fresh,
    memo: new Map(),
    dimension: (e) => {
      const d = dimensionOf(e);
      const own = d && env.sameSizes.size > 0 ? substitute(d, env.sameSizes) : d;
      return own && cx.sizes ? substitute(own, cx.sizes) : own;
    },
    text: canonicalText,
  };
}

/** What was found, with numbers for its named sizes. */
function numbered(found: Found | undefined, sizes: StatementContext['sizes']): Found | undefined {
  if (!found || !sizes) return found;
  const dims = found.shape.dims.map((d) => substitute(d, sizes));
  return { ...found, shape: dims.length === 2 ? matrix(dims[0] as Dim, dims[1] as Dim) : { ...found.shape, dims } };
}

export function inferStatement(cx: StatementContext, statement: Statement): Inferred {
  const inference = inferenceFor(cx, statement);
  const members = statement.members.map((m) =>
    isEquationMember(statement, m) ? withDefinition(cx, statement, infer(inference, m)) : infer(inference, m).slice(0, 1),
  );
  const holds = statement.relations.map(relates);
  const agreed = agree(members, holds, wrongSides(statement, members));
  const equate = agreed.conflicts.length === 0 && statement.relations.every(relates);
  const solution = solve(agreed.members, equate);
  const solved = solution.size > 0 ? agreed.members.map((m) => applySolution(m, solution)) : agreed.members;
  const indices =
    agreed.conflicts.length === 0 && agreed.members.every((m) => m.conflicts.length === 0)
      ? indexConflict(statement, solved, cx.fixed)
      : undefined;
  return { ...agreed, ...(indices ? { conflicts: [indices] } : {}), members: solved, statement, layout: cx.layout };
}

/** Members whose end a chain disproves: what is underlined fits everything. */
function wrongSides(statement: Statement, members: readonly (readonly Candidate[])[]): ReadonlySet<number> {
  const out = new Set<number>();
  for (const list of members)
    for (const conflict of list[0]?.conflicts ?? [])
      if (conflict.code === 'chain-ends')
        statement.members.forEach((m, i) => {
          if (covers(m.span, conflict.span) && linkOf(m)) out.add(i);
        });
  return out;
}

/** A letter that custom has for a constant or a size, that a network gives a shape, or that another section defines, may be defined as something else. */
function withDefinition(cx: StatementContext, statement: Statement, list: readonly Candidate[]): readonly Candidate[] {
  const [first] = list;
  // p' on the left of a definition is a name of its own.
  if (first?.expr.kind === 'prime' && first.rule === 'transpose' && first.expr === statement.members[0])
    return [...list, { ...first, shape: undefined, rule: 'unknown', cost: first.cost + costs.option }];
  const applied = first && isFirst(statement, first) ? appliedAnew(cx, first) : undefined;
  if (applied) return [...list, applied];
  if (first?.detail?.kind !== 'found' || first.expr.kind !== 'symbol') return list;
  const { found, name } = first.detail;
  const left = first.expr === statement.members[0];
  const constant =
    (found.from === 'constant' && (!found.constant || (found.constant === 'identity' && left))) ||
    // p_k of p_k = -H ∇f is no entry.
    (left && found.how === 'custom' && !found.constant && name.subs.length > 0);
  const bareNetwork = found.from === 'network' && name.labels.length === 0;
  const anew = left && definedElsewhere(cx.env, found, cx.position);
  return constant || bareNetwork || anew
    ? [...list, { ...first, shape: undefined, rule: 'unknown', cost: first.cost + costs.option }]
    : list;
}

const isFirst = (statement: Statement, c: Candidate): boolean => c.expr === statement.members[0];

/** φ(X) of φ(X) = tr(A X): a letter that custom alone applies entry by entry may be defined as another function. */
function appliedAnew(cx: StatementContext, c: Candidate): Candidate | undefined {
  const call = c.rule === 'splice' ? c.parts[0] : c;
  if (call?.rule !== 'elementwise' || call.expr.kind !== 'call' || call.expr.head.kind !== 'symbol') return undefined;
  if (!cx.env.meaning(call.expr.head.name.key, cx.position)?.customary) return undefined;
  return {
    expr: c.expr,
    shape: undefined,
    rule: 'splice',
    parts: [{ ...call, shape: undefined, rule: 'call' }],
    cost: c.cost + costs.option,
    conflicts: [],
    solid: false,
  };
}

/** What only a definition of another section tells gives way to a definition of this one. */
export const definedElsewhere = (env: Environment, found: Found, position: number): boolean =>
  found.from === 'definition' &&
  found.how === 'itself' &&
  found.at !== undefined &&
  env.sections.at(found.at.start) !== env.sections.at(position);

const isEquationMember = (statement: Statement, _m: Expr): boolean => statement.members.length > 1;

/** The conflicts of a statement, those of its members first, in source order. */
export function conflictsOf(inferred: Inferred): readonly Conflict[] {
  if (inferred.members.every((m) => m.conflicts.length === 0)) return inferred.conflicts;
  return [...inferred.members.flatMap((m) => m.conflicts), ...inferred.conflicts];
}

/** Every candidate of the chosen trees, outer ones first. */
export function chosen(candidates: readonly Candidate[]): readonly Candidate[] {
  const all: Candidate[] = [];
  collectChosen(candidates, all);
  return all;
}

function collectChosen(candidates: readonly Candidate[], all: Candidate[]): void {
  for (const c of candidates) {
    all.push(c);
    collectChosen(c.parts, all);
  }
}

/** Whether an expression holds a derivative. */
export function hasDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative' || expr.kind === 'nabla') return true;
  return children(expr).some(hasDerivative);
}
