// Chains: products of derivatives as the chain rule gives them. Whether the links meet, in which order they stand,
// whether the ends are those of the other side, whether a factor stands twice.
import type { Expr, ExprOf } from '../../expr.js';
import { type Candidate, type Conflict, costs, type Inference, type Link, type RowItem } from '../candidate.js';
import { isScalar, type Shape, transpose } from '../shape.js';
import { derivativeShape } from './derivative.js';
import { meets, nameIn } from './links.js';

export type Order = 'numerator' | 'denominator';

interface ChainFactor {
  readonly candidate: Candidate;
  readonly of: Expr;
  readonly by: Expr;
  /** The whole factor, with annotations and brackets around it. */
  readonly expr: Expr;
}

export interface ChainInput {
  readonly expr: Expr;
  readonly factors: readonly (readonly Candidate[])[];
  readonly cx: Inference;
  /** Whether the chain is a whole member of its equation. */
  readonly whole: boolean;
}

/** The derivative that a factor is, through annotations and brackets; undefined if it is anything else, or transposed. */
export function derivativeIn(expr: Expr): ExprOf<'derivative'> | undefined {
  if (expr.kind === 'derivative') return expr;
  if (expr.kind === 'annotated') return derivativeIn(expr.base);
  if (expr.kind === 'group') return derivativeIn(expr.body);
  if (expr.kind === 'at') return derivativeIn(expr.base);
  return undefined;
}

const simple = (d: ExprOf<'derivative'> | undefined): Link | undefined => {
  const [by] = d?.by ?? [];
  return d?.of && by && d.by.length === 1 && by.kind !== 'transpose' && d.of.kind !== 'transpose' ? { expr: d, of: d.of, by } : undefined;
};

/** ∂u/∂v of an expression that is a single first-order derivative. */
export const linkOf = (expr: Expr): Link | undefined => simple(derivativeIn(expr));

/** Reads a product as a chain; undefined where it is none. */
export function inferChain(input: ChainInput): readonly Candidate[] | undefined {
  const found = chainFactors(input);
  if (!found || found.length < 2) return undefined;
  const sides = input.cx.sides.filter((s) => anchors(input.cx, s, found));
  const side = sides[0] ?? endsOf(input, found);
  if (!side) return undefined;
  const own = judge(input, found, side);
  // Without a declared layout a chain may stand transposed, as a derivative may.
  if (input.cx.declared || input.cx.noTurn?.has('matrix') || own.shape?.dims.length !== 2 || own.conflicts.length > 0) return [own];
  return [own, { ...own, shape: transpose(own.shape), cost: own.cost + costs.transposedDerivative }];
}

/** Of a product that is a whole side and telescopes, with no derivative beside it to say so: the derivative that it makes. */
function endsOf({ cx, whole }: ChainInput, chain: readonly ChainFactor[]): Link | undefined {
  if (cx.declared || !whole || cx.sides.length > 0) return undefined;
  const links = chain.slice(1).map((next, i) => [chain[i] as ChainFactor, next] as const);
  const [first, last] = [chain[0] as ChainFactor, chain[chain.length - 1] as ChainFactor];
  if (links.every(([a, b]) => meets(cx, a.by, b.of))) return { expr: first.expr, of: first.of, by: last.by };
  return links.every(([a, b]) => meets(cx, a.of, b.by)) ? { expr: first.expr, of: last.of, by: first.by } : undefined;
}

function chainFactors({ factors }: ChainInput): readonly ChainFactor[] | undefined {
  const out: ChainFactor[] = [];
  for (const candidates of factors) {
    const [first] = candidates;
    if (!first) return undefined;
    const link = linkOf(first.expr);
    if (link) out.push({ candidate: first, of: link.of, by: link.by, expr: first.expr });
    else if (!candidates.some((c) => c.shape && isScalar(c.shape)) || first.expr.kind === 'derivative') return undefined;
  }
  return out;
}

/** A chain begins with the u or ends with the v of the other side, in one of the two directions. */
function anchors(cx: Inference, side: Link, chain: readonly ChainFactor[]): boolean {
  const first = chain[0] as ChainFactor;
  const last = chain[chain.length - 1] as ChainFactor;
  return (
    meets(cx, first.of, side.of) ||
    meets(cx, last.by, side.by) ||
    (meets(cx, last.of, side.of) && !meets(cx, first.of, last.by)) ||
    meets(cx, first.by, side.by)
  );
}

function judge(input: ChainInput, all: readonly ChainFactor[], side: Link): Candidate {
  const { cx } = input;
  const conflicts: Conflict[] = [];
  const repeated = repetitions(cx, all);
  const factors = all.filter((f) => !repeated.has(f));
  for (const [again, first] of repeated)
    conflicts.push({ code: 'repeated-factor', span: again.expr.span, expr: again.expr, first: first.expr, chain: input.expr, solid: true });
  const exchange = exchangedPair(input, factors, side);
  const order = exchange?.order ?? orderOf(cx, factors, side);
  const broken = exchange ? [exchange.conflict] : brokenLinks(cx, factors, order, input.expr);
  conflicts.push(...broken);
  if (broken.length === 0) conflicts.push(...wrongEnds(input, factors, order, side));
  if (!exchange) conflicts.push(...wrongOrder(input, factors, order));
  const ordered = order === 'numerator' ? factors : [...factors].reverse();
  const shape = endShape(cx, ordered);
  const candidates = all.map((f) => f.candidate);
  const conflicted = conflicts.length > 0;
  return {
    expr: input.expr,
    shape: broken.length > 0 ? undefined : shape,
    rule: 'chain',
    cost: candidates.reduce((s, c) => s + c.cost, 0) + (conflicted ? costs.conflict * conflicts.length : 0),
    parts: input.factors.map((f) => f[0] as Candidate),
    conflicts: [...candidates.flatMap((c) => c.conflicts), ...conflicts],
    solid: candidates.every((c) => c.solid),
    detail: { kind: 'chain', order, factors: input.factors.map((f) => f[0] as Candidate) },
  };
}

/** The same derivative a second time, where the first already leads on. */
function repetitions(cx: Inference, chain: readonly ChainFactor[]): ReadonlyMap<ChainFactor, ChainFactor> {
  const seen = new Map<string, ChainFactor>();
  const out = new Map<ChainFactor, ChainFactor>();
  for (const factor of chain) {
    const key = `${cx.text(factor.of)}/${cx.text(factor.by)}`;
    const first = seen.get(key);
    if (first && cx.text(factor.of) !== cx.text(factor.by)) out.set(factor, first);
    else seen.set(key, factor);
  }
  return out;
}

/** The order in which more links meet; the ends decide a tie. */
function orderOf(cx: Inference, chain: readonly ChainFactor[], side: Link): Order {
  let forward = 0;
  let backward = 0;
  for (let i = 0; i + 1 < chain.length; i++) {
    const a = chain[i] as ChainFactor;
    const b = chain[i + 1] as ChainFactor;
    if (meets(cx, a.by, b.of)) forward++;
    if (meets(cx, a.of, b.by)) backward++;
  }
  const first = chain[0] as ChainFactor;
  const last = chain[chain.length - 1] as ChainFactor;
  forward += (meets(cx, first.of, side.of) ? 0.4 : 0) + (meets(cx, last.by, side.by) ? 0.4 : 0);
  backward += (meets(cx, last.of, side.of) ? 0.4 : 0) + (meets(cx, first.by, side.by) ? 0.4 : 0);
  if (forward === backward) return cx.layout === 'denominator' ? 'denominator' : 'numerator';
  return forward > backward ? 'numerator' : 'denominator';
}

function brokenLinks(cx: Inference, chain: readonly ChainFactor[], order: Order, whole: Expr): readonly Conflict[] {
  const out: Conflict[] = [];
  for (let i = 0; i + 1 < chain.length; i++) {
    const a = chain[i] as ChainFactor;
    const b = chain[i + 1] as ChainFactor;
    const [below, above] = order === 'numerator' ? [a.by, b.of] : [a.of, b.by];
    if (meets(cx, below, above) || !comparable(below, above)) continue;
    out.push({
      code: 'broken-chain',
      spans: [a.expr.span, b.expr.span],
      exprs: [a.expr, b.expr],
      links: [cx.text(below), cx.text(above)],
      chain: whole,
      solid: true,
    });
  }
  return out;
}

/** Two neighbours of three or more that stand the wrong way round: with them exchanged all links meet, and the ends are those of the other side. */
function exchangedPair(
  { cx, expr }: ChainInput,
  chain: readonly ChainFactor[],
  side: Link,
): { readonly order: Order; readonly conflict: Conflict } | undefined {
  if (chain.length < 3) return undefined;
  const custom: readonly Order[] = cx.layout === 'denominator' ? ['denominator', 'numerator'] : ['numerator', 'denominator'];
  if (custom.some((order) => leadsOn(cx, chain, order, side))) return undefined;
  for (const order of custom)
    for (let i = 0; i + 1 < chain.length; i++) {
      const [a, b] = [chain[i] as ChainFactor, chain[i + 1] as ChainFactor];
      if (!leadsOn(cx, [...chain.slice(0, i), b, a, ...chain.slice(i + 2)], order, side)) continue;
      const [below, above] = order === 'numerator' ? [a.by, b.of] : [a.of, b.by];
      return {
        order,
        conflict: {
          code: 'broken-chain',
          spans: [a.expr.span, b.expr.span],
          exprs: [a.expr, b.expr],
          links: [cx.text(below), cx.text(above)],
          exchanged: true,
          chain: expr,
          solid: true,
        },
      };
    }
  return undefined;
}

/** Whether a chain leads from the one end of the other side to the other, link by link. */
function leadsOn(cx: Inference, chain: readonly ChainFactor[], order: Order, side: Link): boolean {
  const ordered = order === 'numerator' ? chain : [...chain].reverse();
  const [first, last] = [ordered[0] as ChainFactor, ordered[ordered.length - 1] as ChainFactor];
  if (!meets(cx, first.of, side.of) || !meets(cx, last.by, side.by)) return false;
  return ordered.every((f, i) => i === 0 || meets(cx, (ordered[i - 1] as ChainFactor).by, f.of));
}

/** Only names can be told apart with certainty; of expressions (∂(Wx+b)/∂x) nothing is said. */
const comparable = (a: Expr, b: Expr): boolean => nameIn(a) !== undefined && nameIn(b) !== undefined;

function wrongEnds(input: ChainInput, chain: readonly ChainFactor[], order: Order, side: Link): readonly Conflict[] {
  if (!input.whole) return [];
  const { cx } = input;
  const ordered = order === 'numerator' ? chain : [...chain].reverse();
  const begin = ordered[0] as ChainFactor;
  const end = ordered[ordered.length - 1] as ChainFactor;
  if (!meets(cx, begin.of, side.of) && comparable(begin.of, side.of))
    return [
      {
        code: 'chain-ends',
        span: side.expr.span,
        expr: side.of,
        says: cx.text(side.of),
        ends: cx.text(begin.of),
        side: 'of',
        chain: input.expr,
        replacement: begin.of,
        solid: true,
      },
    ];
  if (!meets(cx, end.by, side.by) && comparable(end.by, side.by))
    return [
      {
        code: 'chain-ends',
        span: side.expr.span,
        expr: side.by,
        says: cx.text(side.by),
        ends: cx.text(end.by),
        side: 'by',
        chain: input.expr,
        replacement: end.by,
        solid: true,
      },
    ];
  return [];
}

/** Under a declared layout the factors must stand in its order; in mixed layout only a chain of vectors is held to one. */
function wrongOrder(input: ChainInput, chain: readonly ChainFactor[], order: Order): readonly Conflict[] {
  const { cx } = input;
  if (!cx.declared || chain.length < 2) return [];
  const ordered = order === 'numerator' ? chain : [...chain].reverse();
  const top = (ordered[0] as ChainFactor).candidate;
  const startsScalar = shapeOfTop(top);
  const wanted: Order | undefined =
    cx.layout === 'denominator'
      ? 'denominator'
      : cx.layout === 'numerator'
        ? 'numerator'
        : startsScalar === false
          ? 'numerator'
          : undefined;
  if (!wanted || wanted === order || !orderMatters(chain)) return [];
  const row: RowItem[] = chain.map((f) => ({ expr: f.expr, shape: f.candidate.shape }));
  return [
    {
      code: 'layout-order',
      span: { start: (chain[0] as ChainFactor).expr.span.start, end: (chain[chain.length - 1] as ChainFactor).expr.span.end },
      expr: input.expr,
      factors: chain.map((f) => f.expr),
      stands: order,
      row,
      solid: chain.every((f) => f.candidate.solid || !f.candidate.shape),
    },
  ];
}

/** The derivative's own candidate, through annotations and brackets. */
function own(c: Candidate): Candidate {
  return c.rule === 'derivative' || !c.parts[0] ? c : own(c.parts[0]);
}

/** False if the chain's numerator is known not to be a scalar. */
function shapeOfTop(c: Candidate): boolean | undefined {
  const of = own(c).parts[0]?.shape;
  return of ? isScalar(of) : undefined;
}

/** Scalars commute: a chain with at most one factor that is no scalar may stand in any order. */
const orderMatters = (chain: readonly ChainFactor[]): boolean =>
  chain.filter((f) => f.candidate.shape && !isScalar(f.candidate.shape)).length > 1;

function endShape(cx: Inference, ordered: readonly ChainFactor[]): Shape | undefined {
  const u = own((ordered[0] as ChainFactor).candidate).parts[0]?.shape;
  const v = own((ordered[ordered.length - 1] as ChainFactor).candidate).parts[1]?.shape;
  return u && v ? derivativeShape(u, v, cx.layout) : undefined;
}
