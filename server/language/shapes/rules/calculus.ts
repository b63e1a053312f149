// Derivatives, gradients and differentials as terms: applies THE table to what stands in the fraction.
import type { Expr, ExprOf } from '../../expr.js';
import { type Candidate, costs, type Inference } from '../candidate.js';
import { isOne } from '../dimension.js';
import {
  cols,
  isColumn,
  isProperMatrix,
  isRow,
  isScalar,
  isVector,
  matrix,
  rows,
  type Shape,
  scalar,
  shapeKey,
  transpose,
} from '../shape.js';
import { candidate, handful } from './common.js';
import { canTurn, derivativeShape, hessianShape } from './derivative.js';
import { nameIn } from './links.js';

type Infer = (expr: Expr) => readonly Candidate[];

/** Symbols that stand for a scalar to be minimised where nothing says what they are. */
const lossLike = new Set([
  'L',
  'J',
  'E',
  'C',
  '\\ell',
  '\\mathcal{L}',
  '\\mathcal{J}',
  '\\mathcal{E}',
  '\\mathcal{C}',
  '\\text{loss}',
  '\\text{Loss}',
  'Loss',
  'loss',
  'Cost',
  'cost',
  '\\text{cost}',
  'Error',
  'error',
  '\\mathcal{l}',
  '\\text{MSE}',
  '\\text{CE}',
  '\\text{BCE}',
  '\\mathrm{L}',
  '\\mathrm{J}',
  '\\text{Cost}',
  '\\text{error}',
  '\\text{Error}',
  'l',
]);

/** The numerator's candidates; a map stands for its value, a loss that nothing declares is a scalar by custom. */
function numerators(cx: Inference, expr: Expr, infer: Infer): readonly Candidate[] {
  const found = infer(expr).slice(0, 3);
  const value = expr.kind === 'symbol' && found[0]?.rule === 'unknown' ? valueOfMap(cx, expr.name.key) : undefined;
  if (value) return [candidate({ expr, shape: value.shape, rule: 'symbol', solid: value.solid, detail: { kind: 'reading', what: 'map' } })];
  const name = nameIn(expr);
  if (!name || !(lossLike.has(name.base) || /^[fgh]$/.test(name.base))) return found;
  // L(W) that is differentiated is the loss at W, also where L itself is declared a scalar.
  const [head] = expr.kind === 'juxtaposed' ? infer(expr.head) : [];
  if (head?.shape && isScalar(head.shape)) return [candidate({ expr, shape: scalar, rule: 'splice', parts: [head] })];
  if (!lossLike.has(name.base)) return found;
  // What its use tells of a loss, custom tells too; an l may be many things.
  if (found.some((c) => c.shape))
    return name.base === 'l' ? found : found.map((c) => (c.shape && isScalar(c.shape) ? { ...c, solid: true } : c));
  return found.map((c) => ({ ...c, shape: scalar, solid: true, detail: { kind: 'reading', what: 'loss' } }));
}

/**
 * A map of numbers may be applied entry by entry: its value has no shape of its own. Where f and \mathbf f are different maps, one is
 * often written for the other.
 */
function valueOfMap(cx: Inference, head: string): { readonly shape: Shape; readonly solid: boolean } | undefined {
  const meaning = cx.meaning(head);
  if (meaning?.kind !== 'map' || !meaning.result || meaning.domain?.every(isScalar)) return undefined;
  const other = cx.meaning(/^\\mathbf\{(.*)\}$/.exec(head)?.[1] ?? `\\mathbf{${head}}`);
  return { shape: meaning.result, solid: other?.kind !== 'map' };
}

export function inferDerivative(cx: Inference, expr: ExprOf<'derivative'>, infer: Infer): readonly Candidate[] {
  if (!expr.of) return [candidate({ expr, shape: undefined, rule: 'derivative' })];
  if (expr.by.length > 1) return inferSecond(cx, expr, infer);
  const [by] = expr.by;
  if (!by) return [candidate({ expr, shape: undefined, rule: 'derivative' })];
  const out: Candidate[] = [];
  for (const u of numerators(cx, expr.of, infer)) for (const v of infer(by).slice(0, 2)) out.push(...arrange(cx, expr, u, v));
  return handful(out);
}

/** Partly known: ?×1 may be a scalar as well as a column. */
const isOpen = (s: Shape): boolean => s.dims.some((d) => d.flexible);

function arrange(cx: Inference, expr: ExprOf<'derivative'>, u: Candidate, v: Candidate): readonly Candidate[] {
  const parts = [u, v];
  const diagonal = expr.of !== undefined && expr.by[0] !== undefined && cx.diagonal(expr.of, expr.by[0]);
  const detail = { kind: 'derivative', transposed: false, diagonal, transposedOf: false, transposedBy: false } as const;
  if (!u.shape || !v.shape || isOpen(u.shape)) return [candidate({ expr, shape: undefined, rule: 'derivative', parts, detail })];
  const fixed = fixedByTranspose(u, v);
  if (fixed) return [candidate({ expr, shape: fixed.shape, rule: 'derivative', parts, detail: { ...detail, ...fixed.signs } })];
  const shape = derivativeShape(u.shape, v.shape, cx.layout);
  const made = candidate({ expr, shape, rule: 'derivative', parts, detail });
  if (cx.layout === 'denominator' && u.shape.dims.length === 2 && !isVector(u.shape) && isScalar(v.shape))
    return [
      made,
      candidate({
        expr,
        shape: u.shape,
        rule: 'derivative',
        parts,
        cost: costs.transposedDerivative,
        detail: { ...detail, transposed: true },
      }),
    ];
  if (cx.declared || !canTurn(shape) || (isScalar(u.shape) && cx.noTurn?.has(isProperMatrix(v.shape) ? 'matrix' : 'vector'))) return [made];
  return [
    made,
    candidate({
      expr,
      shape: transpose(shape),
      rule: 'derivative',
      parts,
      cost: costs.transposedDerivative,
      detail: { ...detail, transposed: true },
    }),
  ];
}

/** A transpose sign on the whole numerator or denominator, vector by vector, fixes the arrangement in every layout. */
function fixedByTranspose(
  u: Candidate,
  v: Candidate,
): { shape: Shape; signs: { transposedOf: boolean; transposedBy: boolean } } | undefined {
  const turnedOf = u.expr.kind === 'transpose';
  const turnedBy = v.expr.kind === 'transpose';
  if (turnedOf === turnedBy || !u.shape || !v.shape || !isVector(u.shape) || !isVector(v.shape)) return undefined;
  const m = lengthOf(u.shape);
  const n = lengthOf(v.shape);
  return { shape: turnedBy ? matrix(m, n) : matrix(n, m), signs: { transposedOf: turnedOf, transposedBy: turnedBy } };
}

const lengthOf = (s: Shape) => (isOne(cols(s)) ? rows(s) : cols(s));

function inferSecond(cx: Inference, expr: ExprOf<'derivative'>, infer: Infer): readonly Candidate[] {
  const of = expr.of ? (numerators(cx, expr.of, infer)[0] as Candidate) : undefined;
  const [x, y] = expr.by.map((b) => infer(b)[0] as Candidate);
  const detail = {
    kind: 'derivative',
    transposed: false,
    diagonal: false,
    transposedOf: false,
    transposedBy: expr.by[1]?.kind === 'transpose',
  } as const;
  const parts = [of, x, y].filter((c): c is Candidate => c !== undefined);
  const flat = (c: Candidate | undefined): Shape | undefined => (c?.expr.kind === 'transpose' && c.shape ? transpose(c.shape) : c?.shape);
  const a = flat(x);
  const b = flat(y);
  if (!of?.shape || !a || !b || expr.by.length > 2 || (!isScalar(of.shape) && !(isScalar(a) && isScalar(b))))
    return [candidate({ expr, shape: undefined, rule: 'derivative', parts, detail })];
  const shape = isScalar(of.shape) ? hessianShape(a, b) : of.shape;
  return [candidate({ expr, shape, rule: 'hessian', parts, detail })];
}

export function inferNabla(cx: Inference, expr: ExprOf<'nabla'>, infer: Infer): readonly Candidate[] {
  const { operand } = expr;
  const by = expr.by ?? (operand ? argumentOf(operand) : undefined);
  const of = operand ? numerators(cx, operand, infer) : [];
  const variables = by ? infer(by).slice(0, 1) : operand ? domainOf(cx, operand, infer) : [];
  const named = expr.by || expr.order !== 1 ? undefined : of.find((u) => u.expr === operand && u.shape && isProperMatrix(u.shape));
  // \nabla W of a matrix W: the gradient by it.
  if (named && operand && isName(operand)) return [candidate({ expr, shape: named.shape, rule: 'gradient', parts: [named], solid: false })];
  const out: Candidate[] = [];
  for (const u of of) for (const v of variables) out.push(...gradient(cx, expr, u, v));
  // ∇_z J W^T is the gradient of J, times W^T: nobody multiplies a loss by a matrix to differentiate both.
  const cost = operand && beginsWithLoss(cx, operand, of[0]) ? costs.conflict * 2 : 0;
  if (out.length > 0) return handful(out.map((c) => ({ ...c, cost: c.cost + cost })));
  return [candidate({ expr, shape: undefined, rule: 'gradient', cost, parts: [...of.slice(0, 1), ...variables] })];
}

const isName = (e: Expr): boolean => e.kind === 'symbol' || (e.kind === 'power' && e.asName !== undefined);

function beginsWithLoss(cx: Inference, operand: Expr, of: Candidate | undefined): boolean {
  const [first] = operand.kind === 'product' ? operand.factors : [];
  const name = first?.kind === 'symbol' || first?.kind === 'juxtaposed' ? nameIn(first) : undefined;
  if (!name || !of || (of.shape && isScalar(of.shape))) return false;
  const found = cx.lookup(name);
  return lossLike.has(name.base) && (!found || isScalar(found.shape));
}

/** ∇f of a name: by what its definition is of, if but one of these has its shape; else by what has the shape of the domain of the map. */
function domainOf(cx: Inference, operand: Expr, infer: Infer): readonly Candidate[] {
  if (operand.kind !== 'symbol') return [];
  const variables = cx.variables(operand.name).flatMap((e) => infer(e).slice(0, 1));
  const shapes = new Set(variables.map(({ shape }) => shape && shapeKey(shape)));
  if (variables.length > 0) return shapes.size === variables.length && !shapes.has(undefined) ? variables : [];
  const meaning = cx.meaning(operand.name.key);
  const [shape, ...others] = (meaning?.kind === 'map' && meaning.domain) || [];
  return shape && others.length === 0 ? [candidate({ expr: operand, shape, rule: 'unknown' })] : [];
}

/** ∇f(x) without subscript: by its argument. */
function argumentOf(operand: Expr): Expr | undefined {
  const call = operand.kind === 'juxtaposed' ? operand.application : operand;
  if (call.kind !== 'call') return undefined;
  return call.args.kind === 'group' ? call.args.body : undefined;
}

function gradient(cx: Inference, expr: ExprOf<'nabla'>, u: Candidate, v: Candidate): readonly Candidate[] {
  const parts = [u, v];
  const plain = { kind: 'derivative', transposed: false, diagonal: false, transposedOf: false, transposedBy: false } as const;
  if (!u.shape || !v.shape || isOpen(u.shape)) return [candidate({ expr, shape: undefined, rule: 'gradient', parts, detail: plain })];
  if (expr.order === 2)
    return [
      candidate({ expr, shape: isScalar(u.shape) ? hessianShape(v.shape, v.shape) : undefined, rule: 'hessian', parts, detail: plain }),
    ];
  if (isScalar(u.shape)) {
    const own = candidate({ expr, shape: v.shape, rule: 'gradient', parts, detail: plain });
    // \nabla f(x)(y - x): without a subscript it may be the row that the derivative is, where the document has no other way.
    const bare = !expr.by && isColumn(v.shape) && !cx.declared && !cx.noTurn?.has('nabla');
    if ((cx.layout !== 'numerator' && !bare) || v.shape.dims.length !== 2) return [own];
    return [
      own,
      candidate({
        expr,
        shape: transpose(v.shape),
        rule: 'gradient',
        parts,
        cost: costs.transposedDerivative,
        detail: { ...plain, transposed: true },
      }),
    ];
  }
  if (isRow(u.shape)) return [candidate({ expr, shape: undefined, rule: 'gradient', parts, detail: plain })];
  const shape = derivativeShape(u.shape, v.shape, cx.layout);
  return [
    candidate({ expr, shape, rule: 'gradient', parts, detail: plain }),
    candidate({
      expr,
      shape: transpose(shape),
      rule: 'gradient',
      parts,
      cost: costs.transposedDerivative,
      detail: { ...plain, transposed: true },
    }),
  ];
}

export function inferDifferential(cx: Inference, expr: ExprOf<'differential'>, infer: Infer): readonly Candidate[] {
  const named = expr.asName ? cx.lookup(expr.asName) : undefined;
  if (named && expr.asName)
    return [
      candidate({
        expr,
        shape: named.shape,
        rule: 'symbol',
        detail: { kind: 'found', found: named, name: expr.asName },
        solid: named.from !== 'use',
      }),
    ];
  const inner = infer(expr.base);
  const gradientOf = cx.gradientName(expr);
  return inner.slice(0, 2).map((c) => {
    if (!gradientOf || !c.shape) return candidate({ expr, shape: c.shape, rule: 'differential', parts: [c] });
    return candidate({ expr, shape: derivativeShape(scalar, c.shape, cx.layout), rule: 'gradient-name', parts: [c] });
  });
}
