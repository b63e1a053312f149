// The factors of a product: which juxtapositions are applications and which are factors that stand side by side, then the chain rule or grouping.
import type { Expr, ExprOf } from '../../expr.js';
import { type Candidate, costs, type Inference } from '../candidate.js';
import { isScalar, type Shape, transpose } from '../shape.js';
import { isApplied } from './application.js';
import { inferChain } from './chain.js';
import { candidate, handful, type Infer, unknown } from './common.js';
import { jacobianOfMap } from './derivative.js';
import { operandOf } from './operand.js';
import { inferProduct } from './product.js';

type Depends = (f: ExprOf<'juxtaposed'>) => boolean;

/** Products: chains by the chain rule, else by grouping. */
export function inferFlatProduct(cx: Inference, expr: ExprOf<'product'>, infer: Infer): readonly Candidate[] {
  const found = inferFactors(cx, expr, infer, () => false);
  const [best] = found;
  // Where the product is not as custom has it, what stands around it may ask for the other reading.
  if (!best || best.cost === 0) return found;
  if (!expr.factors.some((f) => f.kind === 'juxtaposed' && mayDepend(f) && !isApplied(cx, f, infer))) return found;
  const other = inferFactors(cx, expr, infer, mayDepend).map((c) => ({ ...c, cost: c.cost + costs.dependent }));
  return handful([...other, ...found]);
}

/** f(x): the application where f is applied, else a product of two factors. */
export function inferJuxtaposed(cx: Inference, expr: ExprOf<'juxtaposed'>, infer: Infer): readonly Candidate[] {
  if (isLookup(cx, expr)) return unknown(expr);
  if (isApplied(cx, expr, infer))
    return infer(cx, expr.application).map((c) => candidate({ expr, shape: c.shape, rule: 'splice', parts: [c] }));
  const product = { id: expr.id, span: expr.span, kind: 'product', factors: expr.factors, signs: [''] } as Expr;
  const found = inferFlatProduct(cx, product as ExprOf<'product'>, infer).map((c) => ({ ...c, expr }));
  const [best] = found;
  if (!best || best.cost < costs.conflict || !mayDepend(expr)) return found;
  const own = dependent(cx, expr, infer).map((c) => ({ ...c, cost: c.cost + costs.dependent }));
  return handful([...own, ...found]);
}

/** W[i], W[i, j] of an array, as programs write them: an entry or a part of it. Nobody puts a lone symbol into [ ] to multiply it. */
function isLookup(cx: Inference, { head, factors: [, bracket] }: ExprOf<'juxtaposed'>): boolean {
  const indices = bracket.kind === 'tuple' ? bracket.items : bracket.kind === 'group' ? [bracket.body] : [];
  if ((bracket.kind !== 'tuple' && bracket.kind !== 'group') || bracket.open !== '[' || head.kind !== 'symbol') return false;
  const found = indices.every((i) => i.kind === 'symbol' || i.kind === 'number') ? cx.lookup(head.name) : undefined;
  return found !== undefined && !found.constant && !isScalar(found.shape);
}

/** A(p) u, A^{-1}(p) u, A(p)^T u: where the product does not conform, a name before a bare argument may depend on it. */
const mayDepend: Depends = ({ head, factors: [, bracket] }) => {
  const argument = isTurned(bracket) ? bracket.base : bracket;
  return argument.kind === 'group' && argument.body.kind === 'symbol' && (isTurned(head) ? head.base : head).kind === 'symbol';
};

const isTurned = (e: Expr): e is ExprOf<'inverse' | 'transpose'> => e.kind === 'inverse' || e.kind === 'transpose';

/** What depends on its argument counts for itself, with the scripts behind the bracket. */
const dependent = (cx: Inference, expr: ExprOf<'juxtaposed'>, infer: Infer): readonly Candidate[] =>
  infer(cx, isTurned(expr.factors[1]) ? expr.application : expr.head).map((c) =>
    candidate({ expr, shape: c.shape, rule: 'splice', parts: [c] }),
  );

interface Factors {
  readonly exprs: readonly Expr[];
  readonly signs: ExprOf<'product'>['signs'];
  /** Names that depend on the argument behind them: they count for themselves. */
  readonly dependents: ReadonlySet<Expr>;
}

function inferFactors(cx: Inference, expr: ExprOf<'product'>, infer: Infer, depends: Depends): readonly Candidate[] {
  const { exprs, signs, dependents } = withTotals(cx, flatten(cx, expr, infer, depends));
  const factors = exprs.map((f) => {
    const total = totalOf(cx, f);
    if (total) return [candidate({ expr: f, shape: total, rule: 'derivative' })];
    return dependents.has(f) && f.kind === 'juxtaposed' ? dependent(cx, f, infer) : infer(cx, f);
  });
  const chain =
    (cx.sides.length > 0 || !cx.declared) &&
    signs.every((s) => s === '' || s === '\\cdot' || s === '\\times' || s === '\\circ' || s === '*')
      ? inferChain({ expr, factors, cx, whole: cx.wholes.has(expr) })
      : undefined;
  if (chain) return chain;
  return handful(inferProduct({ expr, factors, signs, fresh: cx.fresh, operand: operandOf, lenientTensors: !cx.declared }));
}

/** The factors as they stand side by side; a juxtaposition that is no application is two of them. */
function flatten(cx: Inference, expr: ExprOf<'product'>, infer: Infer, depends: Depends): Factors {
  const dependents = new Set<Expr>();
  const exprs: Expr[] = [];
  const signs: ExprOf<'product'>['signs'][number][] = [];
  expr.factors.forEach((factor, i) => {
    const sign = expr.signs[i - 1];
    if (i > 0 && sign !== undefined) signs.push(sign);
    if (factor.kind !== 'juxtaposed' || isApplied(cx, factor, infer) || isLookup(cx, factor)) exprs.push(factor);
    else if (depends(factor)) {
      exprs.push(factor);
      dependents.add(factor);
    } else {
      exprs.push(...factor.factors);
      signs.push('');
    }
  });
  return { exprs, signs, dependents };
}

const totals = new Set(['D', '\\mathrm{D}', '\\mathbf{D}', '\\text{D}']);

/** D f(x), of a stated map: one factor, where D is no symbol of the document. */
function withTotals(cx: Inference, { exprs, signs, dependents }: Factors): Factors {
  const at = exprs.findIndex((e, i) => {
    const next = exprs[i + 1];
    return e.kind === 'symbol' && totals.has(e.name.key) && !cx.lookup(e.name) && signs[i] === '' && next && mapIn(cx, next);
  });
  const [total, of] = [exprs[at], exprs[at + 1]];
  if (!total || !of) return { exprs, signs, dependents };
  const rest = withTotals(cx, { exprs: exprs.slice(at + 2), signs: signs.slice(at + 2), dependents });
  return {
    exprs: [...exprs.slice(0, at), pairOf(total, of), ...rest.exprs],
    signs: [...signs.slice(0, at), ...signs.slice(at + 1, at + 2), ...rest.signs],
    dependents,
  };
}

const pairs = new WeakMap<Expr, ExprOf<'product'>>();

/** The same object for the same factors. */
function pairOf(total: Expr, of: Expr): ExprOf<'product'> {
  let pair = pairs.get(of);
  if (!pair) {
    const span = { start: total.span.start, end: of.span.end };
    pair = { id: of.id, span, kind: 'product', factors: [total, of], signs: [''] };
    pairs.set(of, pair);
  }
  return pair;
}

/** The shape of D f(x), or of its transpose. */
function totalOf(cx: Inference, pair: Expr): Shape | undefined {
  const of = pair.kind === 'product' ? pair.factors[1] : undefined;
  if (!of || pairs.get(of) !== pair) return undefined;
  const shape = mapIn(cx, of);
  const turned = of.kind === 'transpose' || (of.kind === 'juxtaposed' && of.application.kind === 'transpose');
  return shape && turned ? transpose(shape) : shape;
}

function mapIn(cx: Inference, of: Expr): Shape | undefined {
  const head = of.kind === 'juxtaposed' ? of.head : of.kind === 'transpose' ? of.base : of;
  const meaning = head.kind === 'symbol' ? cx.meaning(head.name.key) : undefined;
  return meaning?.kind === 'map' ? jacobianOfMap(meaning) : undefined;
}
