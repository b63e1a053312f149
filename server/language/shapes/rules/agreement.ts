// Agreement: addends of a sum, members of an equation. Which shape all can take at the least cost, and who differs.
import type { Expr } from '../../expr.js';
import { type Broadcast, type Candidate, type Conflict, costs, type Inference } from '../candidate.js';
import { type Dim, nameOf, namesOf, numberOf } from '../dimension.js';
import { fits, joinShapes, looseness, shapesFit } from '../match.js';
import { cols, isColumn, isProperMatrix, isRow, isScalar, rows, type Shape, shapeKey } from '../shape.js';

interface Fit {
  readonly candidate: Candidate;
  readonly cost: number;
  readonly broadcast: Broadcast | undefined;
  readonly conflict: boolean;
}

const isLiteral = (e: Expr): boolean =>
  e.kind === 'number' ||
  (e.kind === 'group' && isLiteral(e.body)) ||
  (e.kind === 'quotient' && isLiteral(e.numerator) && isLiteral(e.denominator));

/** The cheapest way for an addend to stand in a sum of the given shape. */
function fitAddend(cx: Inference, candidates: readonly Candidate[], target: Shape | undefined): Fit {
  let best: Fit | undefined;
  for (const candidate of candidates) {
    const fit = fitOne(cx, candidate, target);
    if (!best || fit.cost < best.cost) best = fit;
  }
  return best as Fit;
}

function fitOne(cx: Inference, candidate: Candidate, target: Shape | undefined): Fit {
  const { shape, cost } = candidate;
  if (!shape || !target || shapesFit(shape, target)) return { candidate, cost, broadcast: undefined, conflict: false };
  const how = broadcastTo(shape, target, cx.strictBroadcast, candidate.expr);
  if (how) return { candidate, cost: cost + how.cost, broadcast: how.how, conflict: false };
  return { candidate, cost: cost + costs.conflict, broadcast: undefined, conflict: true };
}

function broadcastTo(shape: Shape, target: Shape, strict: boolean, expr: Expr): { how: Broadcast; cost: number } | undefined {
  if (isScalar(shape) && target.dims.length === 2)
    return isLiteral(expr)
      ? { how: 'literal', cost: costs.literalBroadcast }
      : strict
        ? undefined
        : { how: 'scalar', cost: costs.scalarBroadcast };
  if (strict || !isProperMatrix(target)) return undefined;
  if (isRow(shape) && fits(cols(shape), cols(target))) return { how: 'rows', cost: costs.rowBroadcast };
  if (isColumn(shape) && fits(rows(shape), rows(target))) return { how: 'columns', cost: costs.rowBroadcast };
  if (isColumn(shape) && fits(rows(shape), cols(target))) return { how: 'rows', cost: costs.turnedBroadcast };
  return undefined;
}

/** The candidates of a sum: one for each shape that an addend can have, the cheapest kept. */
export function inferSum(cx: Inference, expr: Expr, addends: readonly (readonly Candidate[])[]): readonly Candidate[] {
  const targets = targetShapes(addends);
  const made = targets.map((target) => sumOf(cx, expr, addends, target));
  // Beside an unknown addend a vector may have been broadcast.
  const [only] = made;
  if (made.length === 1 && only?.shape && !isProperMatrix(only.shape) && only.parts.some((p) => !p.shape)) {
    // A bare symbol takes the shape of the rest; an open product or function may be a batch that a vector is added to.
    const open = !isScalar(only.shape) && only.parts.some((p) => !p.shape && p.expr.kind !== 'symbol');
    made.splice(0, 1, open ? { ...only, cost: only.cost + costs.option } : only, {
      ...only,
      shape: undefined,
      cost: only.cost + (open ? 0 : costs.option),
    });
  }
  made.sort((a, b) => a.cost - b.cost);
  return made.slice(0, 4);
}

function targetShapes(lists: readonly (readonly Candidate[])[]): readonly (Shape | undefined)[] {
  const seen = new Map<string, Shape>();
  for (const list of lists) {
    for (const c of list) {
      if (!c.shape) continue;
      const key = shapeKey(c.shape);
      if (!seen.has(key)) seen.set(key, c.shape);
    }
  }
  // A literal number beside an array is never what the array has to be.
  const arrays = [...seen.values()].some((s) => !isScalar(s));
  const scalars = lists.some((l) => l[0]?.shape && isScalar(l[0].shape) && !isLiteral(l[0].expr));
  const rigid = [...seen.values()].some((s) => !isScalar(s) && looseness(s) === 0);
  const stated = lists.some((l) => l[0] !== undefined && isStatedArray(l[0]));
  const kept = [...seen.values()].filter((s) => (!arrays || (scalars && !stated) || !isScalar(s)) && (!rigid || looseness(s) === 0));
  return kept.length > 0 ? kept.slice(0, 6) : [undefined];
}

/** A symbol that is a vector of an open length by what is said of it: nobody means one of length 1. */
const isStatedArray = ({ rule, shape, detail, solid }: Candidate): boolean =>
  rule === 'symbol' && solid && shape !== undefined && !isScalar(shape) && detail?.kind === 'found' && detail.found.from !== 'constant';

function sumOf(cx: Inference, expr: Expr, addends: readonly (readonly Candidate[])[], target: Shape | undefined): Candidate {
  const fitsOf = addends.map((a) => fitAddend(cx, a, target));
  const parts = fitsOf.map((f) => f.candidate);
  const anchor = fitsOf.find((f) => !f.conflict && !f.broadcast && f.candidate.shape);
  const solid = parts.every((p) => p.solid || !p.shape);
  const own = fitsOf
    .filter((f) => f.conflict && anchor)
    .map(
      (f): Conflict => ({
        code: 'sum-mismatch',
        span: f.candidate.expr.span,
        expr: f.candidate.expr,
        other: (anchor as Fit).candidate.expr,
        shapes: [f.candidate.shape as Shape, (anchor as Fit).candidate.shape as Shape],
        solid,
      }),
    );
  const below = parts.flatMap((p) => p.conflicts);
  const unknown = parts.every((p) => !p.shape);
  const stated = parts.some(isStatedArray);
  const spread = (p: Candidate): boolean =>
    stated && p.shape !== undefined && isScalar(p.shape) && target !== undefined && !isScalar(target);
  const joined = unknown
    ? undefined
    : parts.reduce<Shape | undefined>(
        (s, p, i) => (fitsOf[i]?.conflict || fitsOf[i]?.broadcast || spread(p) ? s : joinShapes(s, p.shape)),
        target,
      );
  // A sum in which only a scalar is known may still be an array: 1 - a with a unknown.
  const broken = parts.some((p) => !p.shape && p.conflicts.length > 0);
  const literals = parts.every((p) => !p.shape || isLiteral(p.expr));
  const shape = broken || (joined && isScalar(joined) && literals && parts.some((p) => !p.shape)) ? undefined : joined;
  return {
    expr,
    shape,
    cost: fitsOf.reduce((s, f) => s + f.cost, 0) + looseness(shape) * 0.001,
    rule: 'sum',
    parts,
    conflicts: own.length > 0 ? [...below, ...own] : below,
    solid,
    detail: { kind: 'sum', broadcast: fitsOf.map((f) => f.broadcast) },
  };
}

export interface Agreed {
  readonly members: readonly Candidate[];
  readonly conflicts: readonly Conflict[];
  readonly cost: number;
}

/** How well two neighbouring members go together: 0 if they fit, else a conflict; scalars stand for arrays of one entry only. */
function step(a: Shape | undefined, b: Shape | undefined, fold: boolean): number {
  if (!a || !b || shapesFit(a, b)) return 0;
  return fold ? 0 : costs.conflict;
}

/** Blocks of p and q rows beside a side of d rows say that d = p + q. */
function partition(a: Shape | undefined, b: Shape | undefined): boolean {
  if (!a || !b || a.dims.length !== 2 || b.dims.length !== 2) return false;
  return a.dims.every((d, i) => {
    const e = b.dims[i] as Dim;
    return fits(d, e) || isPart(d, e) || isPart(e, d);
  });
}

const isPart = (whole: Dim, sum: Dim): boolean => {
  const name = nameOf(whole);
  return name !== undefined && sum.terms.length > 1 && sum.terms.every((t) => t.coefficient > 0) && !namesOf(sum).includes(name);
};

interface Path {
  readonly cost: number;
  readonly chosen: readonly Candidate[];
  /** The last conforming shape. */
  readonly shape: Shape | undefined;
  readonly changes: readonly number[];
}

/**
 * Chooses a candidate for each member so that the fewest members change the shape, and custom is offended least
 * (a shortest path through the members' candidates). `holds[i]` says whether relation i demands equal shapes;
 * `excused` members are underlined already and fit everything.
 */
export function agree(
  members: readonly (readonly Candidate[])[],
  holds: readonly boolean[],
  excused: ReadonlySet<number> = new Set(),
): Agreed {
  const shapeIn = (c: Candidate, i: number): Shape | undefined => (excused.has(i) ? undefined : c.shape);
  let paths: Path[] = (members[0] ?? []).map((c) => ({ cost: c.cost, chosen: [c], shape: shapeIn(c, 0), changes: [] }));
  for (let i = 1; i < members.length; i++) {
    const next: Path[] = [];
    for (const candidate of members[i] ?? []) {
      let best: Path | undefined;
      for (const path of paths) {
        const shape = shapeIn(candidate, i);
        const parted = isWritten(candidate) || path.chosen.some(isWritten);
        const penalty =
          (parted && partition(path.shape, shape)) || isSpecialCase(path, candidate, members.length)
            ? 0
            : step(path.shape, shape, !holds[i - 1]);
        const cost = path.cost + candidate.cost + penalty;
        if (best && best.cost <= cost) continue;
        best = {
          cost,
          chosen: [...path.chosen, candidate],
          shape: penalty > 0 || !holds[i - 1] ? shape : joinShapes(path.shape, shape),
          changes: penalty > 0 ? [...path.changes, i] : path.changes,
        };
      }
      if (best) next.push(best);
    }
    paths = next;
  }
  const best = paths.reduce((a, b) => (b.cost < a.cost ? b : a));
  return { members: best.chosen, cost: best.cost, conflicts: best.changes.flatMap((i) => mismatch(best, i, excused)) };
}

/** B = 1 of a square matrix of a named size: the case in which it has one entry. */
function isSpecialCase({ chosen: [first], shape }: Path, { expr }: Candidate, members: number): boolean {
  if (members !== 2 || expr.kind !== 'number' || first?.rule !== 'symbol' || shape?.dims.length !== 2) return false;
  return rows(shape).key === cols(shape).key && numberOf(rows(shape)) === undefined;
}

function mismatch(path: Path, i: number, excused: ReadonlySet<number>): readonly Conflict[] {
  const member = path.chosen[i] as Candidate;
  const before = path.chosen
    .slice(0, i)
    .filter((c, k) => c.shape && !excused.has(k))
    .pop() as Candidate;
  const example = (isWritten(member) || isWritten(before)) && mixesNames(member.shape as Shape, before.shape as Shape);
  const solid = !example && [...path.chosen.slice(0, i), member].every((c) => c.solid || !c.shape);
  return [
    {
      code: 'equation-mismatch',
      span: member.expr.span,
      expr: member.expr,
      other: before.expr,
      shapes: [member.shape as Shape, before.shape as Shape],
      solid,
    },
  ];
}

const isWritten = (c: Candidate): boolean =>
  c.rule === 'tuple' ||
  c.rule === 'matrix' ||
  c.rule === 'concatenation' ||
  ((c.rule === 'transpose' || c.rule === 'group') && c.parts.some(isWritten));

/** A name on one side where the other has a number: a written-out example of a general size. */
const mixesNames = (a: Shape, b: Shape): boolean =>
  a.dims.some((d) => numberOf(d) === undefined) !== b.dims.some((d) => numberOf(d) === undefined) ||
  a.dims.some((d, i) => (numberOf(d) === undefined) !== (numberOf(b.dims[i] ?? d) === undefined));
