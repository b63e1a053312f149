// Bottom-up inference: every node of an expression gets its few candidates, by a rule per kind.
import type { Expr, ExprKind, ExprOf, Index } from '../expr.js';
import { type Candidate, costs, type Inference } from './candidate.js';
import { type Dim, isOne } from './dimension.js';
import { isSquare } from './match.js';
import { inferSum } from './rules/agreement.js';
import { inferAnnotated } from './rules/annotation.js';
import { inferDerivative, inferDifferential, inferNabla } from './rules/calculus.js';
import { inferChain } from './rules/chain.js';
import { candidate, handful } from './rules/common.js';
import { functionRules } from './rules/functions.js';
import { inferMatrix, inferTuple } from './rules/literal.js';
import { operandOf } from './rules/operand.js';
import { inferProduct } from './rules/product.js';
import { inferQuotient } from './rules/quotient.js';
import { cols, column, isScalar, isVector, matrix, rows, type Shape, scalar, transpose } from './shape.js';

type Rules = { readonly [K in ExprKind]: (cx: Inference, expr: ExprOf<K>) => readonly Candidate[] };

/** The candidates of an expression, cheapest first, at least one. */
export function infer(cx: Inference, expr: Expr): readonly Candidate[] {
  const known = cx.memo.get(expr);
  if (known) return known;
  const rule = rules[expr.kind] as (cx: Inference, expr: Expr) => readonly Candidate[];
  const found = rule(cx, expr);
  cx.memo.set(expr, found);
  return found;
}

const unknown = (expr: Expr, parts: readonly Candidate[] = []): readonly Candidate[] => [
  candidate({ expr, shape: undefined, rule: 'unknown', parts }),
];

const through = (cx: Inference, expr: Expr, inner: Expr, rule: Candidate['rule'] = 'group'): readonly Candidate[] =>
  infer(cx, inner).map((c) => candidate({ expr, shape: c.shape, rule, parts: [c] }));

const rules: Rules = {
  number: (_, expr) => {
    const number = candidate({ expr, shape: scalar, rule: 'number' });
    return expr.value === 0 ? [number, candidate({ expr, shape: undefined, rule: 'zero', cost: costs.anyZero })] : [number];
  },
  symbol: inferSymbol,
  power: inferPower,
  transpose: inferTranspose,
  inverse: inferInverse,
  prime: (cx, expr) => {
    const found = expr.asName ? cx.lookup(expr.asName) : undefined;
    if (found && expr.asName)
      return [
        candidate({
          expr,
          shape: found.shape,
          rule: 'prime-name',
          detail: { kind: 'found', found, name: expr.asName },
          solid: found.from !== 'use',
        }),
      ];
    const base = infer(cx, expr.base);
    if (expr.dot || expr.order > 1) return unknown(expr, base.slice(0, 1));
    return base.flatMap((c) =>
      c.shape && !isScalar(c.shape)
        ? [candidate({ expr, shape: transpose(c.shape), rule: 'transpose', parts: [c] })]
        : [candidate({ expr, shape: undefined, rule: 'unknown', parts: [c] })],
    );
  },
  product: inferFlatProduct,
  sum: (cx, expr) =>
    inferSum(
      cx,
      expr,
      expr.addends.map((a) => infer(cx, a.expr)),
    ),
  quotient: (cx, expr) => inferQuotient(expr, infer(cx, expr.numerator), infer(cx, expr.denominator)),
  group: (cx, expr) => through(cx, expr, expr.body),
  tuple: (cx, expr) =>
    inferTuple(
      cx,
      expr,
      expr.items.map((i) => infer(cx, i)),
    ),
  juxtaposed: (cx, expr) => (isApplied(cx, expr) ? through(cx, expr, expr.application, 'splice') : spliced(cx, expr)),
  call: inferCall,
  apply: inferApply,
  derivative: (cx, expr) => inferDerivative(cx, expr, (e) => infer(cx, e)),
  nabla: (cx, expr) => inferNabla(cx, expr, (e) => infer(cx, e)),
  differential: (cx, expr) => inferDifferential(cx, expr, (e) => infer(cx, e)),
  binder: inferBinder,
  matrix: (cx, expr) =>
    inferMatrix(
      cx,
      expr,
      expr.cells.map((row) => row.map((cell) => (cell ? infer(cx, cell) : undefined))),
    ),
  cases: (cx, expr) => {
    const parts = expr.branches.map((b) => infer(cx, b.value)[0] as Candidate);
    return [candidate({ expr, shape: parts.find((p) => p.shape)?.shape, rule: 'cases', parts })];
  },
  norm: inferNorm,
  inner: (cx, expr) => [
    candidate({ expr, shape: scalar, rule: 'inner', parts: [infer(cx, expr.left)[0] as Candidate, infer(cx, expr.right)[0] as Candidate] }),
  ],
  element: inferElement,
  annotated: (cx, expr) => inferAnnotated(cx, expr, infer(cx, expr.base)),
  at: (cx, expr) => through(cx, expr, expr.base, 'at'),
  relation: (cx, expr) => [
    candidate({
      expr,
      shape: undefined,
      rule: 'opaque',
      parts: [infer(cx, expr.left)[0] as Candidate, infer(cx, expr.right)[0] as Candidate],
    }),
  ],
  set: (_, expr) => unknown(expr),
  choice: (cx, expr) =>
    handful(expr.options.slice(0, 6).flatMap((o, i) => infer(cx, o).map((c) => ({ ...c, cost: c.cost + i * costs.option })))),
  text: (_, expr) => unknown(expr),
  ellipsis: (_, expr) => unknown(expr),
  hole: (_, expr) => unknown(expr),
};

function inferSymbol(cx: Inference, expr: ExprOf<'symbol'>): readonly Candidate[] {
  const found = cx.lookup(expr.name);
  if (!found) return unknown(expr);
  const detail = { kind: 'found', found, name: expr.name } as const;
  if (found.constant === 'zero') return [candidate({ expr, shape: undefined, rule: 'zero', detail })];
  // Every occurrence of a constant has a size of its own.
  const shape = found.from === 'constant' ? refresh(cx, found.shape) : found.shape;
  return [candidate({ expr, shape, rule: 'symbol', detail, solid: found.from !== 'use' })];
}

function refresh(cx: Inference, shape: Shape): Shape {
  if (!shape.dims.some((d) => d.flexible)) return shape;
  const own = new Map<string, Dim>();
  const dims = shape.dims.map((d) => {
    if (!d.flexible) return d;
    const fresh = own.get(d.key) ?? cx.fresh();
    own.set(d.key, fresh);
    return fresh;
  });
  return { ...shape, dims };
}

/** A superscript is a label where that name is known, else a power: of the shape of its base, or of an array exponent. */
function inferPower(cx: Inference, expr: ExprOf<'power'>): readonly Candidate[] {
  const found = expr.asName ? cx.lookup(expr.asName) : undefined;
  if (found && expr.asName && found.how !== 'custom')
    return [
      candidate({
        expr,
        shape: found.shape,
        rule: 'label',
        detail: { kind: 'found', found, name: expr.asName },
        solid: found.from !== 'use',
      }),
    ];
  const exponents = infer(cx, expr.exponent);
  const [exponent] = exponents;
  return infer(cx, expr.base).map((base) => {
    const parts = exponent ? [base, exponent] : [base];
    const array = exponent?.shape && !isScalar(exponent.shape) && base.shape && isScalar(base.shape);
    const euler = expr.base.kind === 'symbol' && (expr.base.name.key === 'e' || expr.base.name.key === '\\mathrm{e}');
    if (array) return candidate({ expr, shape: exponent.shape, rule: 'power', parts });
    if (euler && !base.shape) return candidate({ expr, shape: exponent?.shape, rule: 'power', parts });
    return candidate({ expr, shape: base.shape, rule: 'power', parts });
  });
}

function inferTranspose(cx: Inference, expr: ExprOf<'transpose'>): readonly Candidate[] {
  const found = expr.asName && expr.sign !== '\\top' && expr.sign !== 'T' ? cx.lookup(expr.asName) : undefined;
  if (found && expr.asName && found.how !== 'custom')
    return [
      candidate({
        expr,
        shape: found.shape,
        rule: 'label',
        detail: { kind: 'found', found, name: expr.asName },
        solid: found.from !== 'use',
      }),
    ];
  const bases = infer(cx, expr.base);
  const out = bases.map((c) => candidate({ expr, shape: c.shape && transpose(c.shape), rule: 'transpose', parts: [c] }));
  const open =
    expr.sign === 't' ||
    expr.sign === '*' ||
    expr.sign === '\\dagger' ||
    expr.sign === 'other' ||
    (expr.sign === 'T' && cx.lengths.has('T'));
  if (!open) return out;
  return handful([...out, ...bases.map((c) => candidate({ expr, shape: c.shape, rule: 'power', parts: [c], cost: costs.option }))]);
}

function inferInverse(cx: Inference, expr: ExprOf<'inverse'>): readonly Candidate[] {
  return infer(cx, expr.base).map((c) => {
    const { shape } = c;
    if (!shape || isScalar(shape)) return candidate({ expr, shape, rule: 'inverse', parts: [c] });
    if (expr.pseudo) return candidate({ expr, shape: transpose(shape), rule: 'inverse', parts: [c] });
    if (shape.dims.length !== 2 || isSquare(shape)) return candidate({ expr, shape, rule: 'inverse', parts: [c] });
    return candidate({
      expr,
      shape: undefined,
      rule: 'inverse',
      parts: [c],
      cost: costs.conflict,
      conflict: { code: 'function-argument', span: expr.base.span, expr: expr.base, fn: 'inverse', shape, solid: c.solid },
    });
  });
}

/** A name that is declared is never applied; one that is known as a function is; an unknown one is, unless custom has it as a factor. */
function isApplied(cx: Inference, expr: ExprOf<'juxtaposed'>): boolean {
  const { head } = expr;
  const call = expr.application.kind === 'call' ? expr.application : undefined;
  if (call?.args.kind === 'group' && call.args.body.kind === 'relation' && head.kind === 'symbol' && isIndicatorHead(head.name.base))
    return true;
  const name =
    head.kind === 'symbol'
      ? head.name
      : head.kind === 'prime' && head.base.kind === 'symbol'
        ? head.base.name
        : head.kind === 'power'
          ? head.asName
          : undefined;
  if (head.kind === 'inverse') {
    const base = infer(cx, head.base)[0];
    return !base?.shape;
  }
  if (!name) return false;
  if (cx.meaning(name.key) || cx.meaning(name.base)) return true;
  if (head.kind === 'prime') return !(cx.lookup(name) && !head.dot);
  const found = cx.lookup(name);
  if (found) return false;
  return !customaryFactors.has(name.base);
}

const customaryFactors = new Set([
  '\\alpha',
  '\\eta',
  '\\lambda',
  '\\epsilon',
  '\\varepsilon',
  '\\gamma',
  '\\beta',
  '\\delta',
  '\\omega',
  '\\theta',
  'n',
  'm',
  'N',
  'k',
  'c',
]);

function spliced(cx: Inference, expr: ExprOf<'juxtaposed'>): readonly Candidate[] {
  const product = { id: expr.id, span: expr.span, kind: 'product', factors: expr.factors, signs: [''] } as Expr;
  return inferFlatProduct(cx, product as ExprOf<'product'>).map((c) => ({ ...c, expr }));
}

/** Products: chains by the chain rule, else by grouping. */
function inferFlatProduct(cx: Inference, expr: ExprOf<'product'>): readonly Candidate[] {
  const found = inferFactors(cx, expr, () => false);
  const [best] = found;
  if (!best || best.cost < costs.conflict) return found;
  // A(p) u: where the product does not conform, a name before a bare argument may depend on it.
  const depends = (f: ExprOf<'juxtaposed'>): boolean =>
    f.factors[1].kind === 'group' && f.factors[1].body.kind === 'symbol' && f.head.kind === 'symbol';
  if (!expr.factors.some((f) => f.kind === 'juxtaposed' && depends(f) && !isApplied(cx, f))) return found;
  const other = inferFactors(cx, expr, depends).map((c) => ({ ...c, cost: c.cost + costs.sameSymbol }));
  return handful([...other, ...found]);
}

function inferFactors(cx: Inference, expr: ExprOf<'product'>, depends: (f: ExprOf<'juxtaposed'>) => boolean): readonly Candidate[] {
  const dependent = new Set<Expr>();
  const factors: Expr[] = [];
  const signs: ExprOf<'product'>['signs'][number][] = [];
  expr.factors.forEach((factor, i) => {
    const sign = expr.signs[i - 1];
    if (i > 0 && sign !== undefined) signs.push(sign);
    if (factor.kind === 'juxtaposed' && !isApplied(cx, factor) && depends(factor)) {
      factors.push(factor);
      dependent.add(factor);
    } else if (factor.kind === 'juxtaposed' && !isApplied(cx, factor)) {
      factors.push(...factor.factors);
      signs.push('');
    } else factors.push(factor);
  });
  const candidates = factors.map((f) =>
    dependent.has(f) && f.kind === 'juxtaposed'
      ? infer(cx, f.head).map((c) => candidate({ expr: f, shape: c.shape, rule: 'splice', parts: [c] }))
      : infer(cx, f),
  );
  const whole = cx.sides.length > 0;
  const chain =
    whole && signs.every((s) => s === '' || s === '\\cdot' || s === '\\times' || s === '\\circ' || s === '*')
      ? inferChain({ expr, factors: candidates, cx, whole: cx.wholes.has(expr) })
      : undefined;
  if (chain) return chain;
  return handful(inferProduct({ expr, factors: candidates, signs, fresh: cx.fresh, operand: operandOf, lenientTensors: !cx.declared }));
}

function inferCall(cx: Inference, expr: ExprOf<'call'>): readonly Candidate[] {
  const { head } = expr;
  const indicator = inferIndicator(cx, expr);
  if (indicator) return indicator;
  const primed = head.kind === 'prime';
  const symbol = primed ? head.base : head;
  const name = symbol.kind === 'symbol' ? symbol.name : symbol.kind === 'power' ? symbol.asName : undefined;
  const args = expr.args.kind === 'tuple' ? expr.args.items : expr.args.kind === 'group' ? [expr.args.body] : [expr.args];
  const parts = args.map((a) => infer(cx, a)[0] as Candidate);
  const meaning = name ? (cx.meaning(name.key) ?? cx.meaning(name.base)) : undefined;
  const only = parts[0];
  const order = primed ? head.order : 0;
  // A function of numbers, given an array, acts entry by entry.
  const entrywise =
    meaning?.kind === 'map' &&
    meaning.domain?.length === 1 &&
    meaning.domain[0] &&
    isScalar(meaning.domain[0]) &&
    meaning.result &&
    isScalar(meaning.result) &&
    only?.shape &&
    !isScalar(only.shape);
  if (meaning?.kind === 'map' && !entrywise) return [candidate({ expr, shape: meaning.result, rule: 'call', parts })];
  if (meaning?.kind === 'scalar' && !primed) return [candidate({ expr, shape: scalar, rule: 'call', parts })];
  if (meaning?.kind === 'elementwise' || meaning?.kind === 'softmax' || primed || entrywise) {
    const list = args.length === 1 && args[0] ? infer(cx, args[0]) : [];
    const out = list.map((c) =>
      candidate({
        expr,
        shape: c.shape,
        rule: 'elementwise',
        parts: [c],
        detail: { kind: 'elementwise', fn: meaning?.known ?? name?.base ?? '', order },
      }),
    );
    if (primed && cx.diagonalPrimes && only?.shape && isVector(only.shape))
      out.push(
        candidate({
          expr,
          shape: matrix(rows(only.shape), rows(only.shape)),
          rule: 'diagonal-matrix',
          parts: [only],
          cost: costs.diagonalMatrix,
          detail: { kind: 'elementwise', fn: name?.base ?? '', order },
        }),
      );
    return out.length > 0 ? out : unknown(expr, parts);
  }
  const scalars = parts.length > 0 && parts.every((p) => p.shape && isScalar(p.shape));
  const found = name ? cx.lookup(name) : undefined;
  if (found) return [candidate({ expr, shape: found.shape, rule: 'call', parts, solid: found.from !== 'use' })];
  return [candidate({ expr, shape: undefined, rule: 'call', parts, detail: { kind: 'reading', what: scalars ? 'scalars' : 'open' } })];
}

/** 1[z > 0]: one or zero entry by entry, of the shape of what is compared. */
function inferIndicator(cx: Inference, expr: ExprOf<'call'>): readonly Candidate[] | undefined {
  const relation = expr.args.kind === 'group' && expr.args.body.kind === 'relation' ? expr.args.body : undefined;
  if (!relation || expr.head.kind !== 'symbol' || !isIndicatorHead(expr.head.name.base)) return undefined;
  const left = infer(cx, relation.left)[0] as Candidate;
  const right = infer(cx, relation.right)[0] as Candidate;
  const shape = left.shape && isScalar(left.shape) ? (right.shape ?? left.shape) : left.shape;
  return [candidate({ expr, shape, rule: 'call', parts: [left, right], detail: { kind: 'reading', what: 'indicator' } })];
}

const isIndicatorHead = (base: string): boolean =>
  /^(?:\\mathbb\{1\}|\\mathbf\{1\}|\\mathbb\{I\}|\\mathbf\{I\}|\\mathds\{1\}|1|I|\\mathcal\{I\}|\\chi)$/.test(base);

function inferApply(cx: Inference, expr: ExprOf<'apply'>): readonly Candidate[] {
  const rule = functionRules[expr.fn];
  const lists = expr.args.map((a) => infer(cx, a));
  const meaning = rule ? undefined : cx.meaning(expr.fn);
  if (!rule && meaning?.kind === 'map')
    return [candidate({ expr, shape: meaning.result, rule: 'call', parts: lists.map((l) => l[0] as Candidate) })];
  if (!rule && meaning?.kind === 'elementwise')
    return (lists[0] ?? []).map((c) => candidate({ expr, shape: c.shape, rule: 'elementwise', parts: [c] }));
  if (!rule)
    return unknown(
      expr,
      lists.map((l) => l[0] as Candidate),
    );
  const [first = []] = lists;
  const others = lists.slice(1).map((l) => l[0] as Candidate);
  const out = first.slice(0, 3).flatMap((c) =>
    rule([c.shape, ...others.map((o) => o.shape)], cx).map((a) =>
      candidate({
        expr,
        shape: a.shape,
        rule: a.rule,
        parts: [c, ...others],
        cost: a.cost,
        ...(a.what ? { detail: { kind: 'reading' as const, what: a.what } } : {}),
        ...(a.bad && c.shape
          ? {
              conflict: {
                code: 'function-argument' as const,
                span: c.expr.span,
                expr: c.expr,
                fn: expr.fn,
                shape: c.shape,
                solid: c.solid,
              },
            }
          : {}),
      }),
    ),
  );
  return out.length > 0 ? handful(out) : unknown(expr);
}

/** A binder has the shape of its body; a bare sum adds the entries. */
function inferBinder(cx: Inference, expr: ExprOf<'binder'>): readonly Candidate[] {
  const limits = [expr.lower, expr.upper].filter((e): e is Expr => e !== undefined).map((e) => infer(cx, e)[0] as Candidate);
  const bodies = infer(cx, expr.body);
  if (expr.op === 'integral' || expr.op === 'union' || expr.op === 'other' || expr.op === 'argmax' || expr.op === 'argmin')
    return unknown(expr, [bodies[0] as Candidate, ...limits]);
  const extremum = expr.op === 'max' || expr.op === 'min' || expr.op === 'sup' || expr.op === 'inf';
  return handful(
    bodies.flatMap((c) => {
      const parts = [c, ...limits];
      const own = candidate({ expr, shape: extremum && c.shape && !isScalar(c.shape) ? undefined : c.shape, rule: 'binder', parts });
      if (expr.op !== 'sum' || !c.shape || isScalar(c.shape)) return [own];
      const entries = candidate({
        expr,
        shape: scalar,
        rule: 'sum-entries',
        parts,
        cost: expr.lower || expr.letters.length > 0 ? costs.entries : 0,
      });
      return expr.letters.length > 0 || expr.upper ? [own, entries] : [entries, { ...own, cost: own.cost + costs.entries }];
    }),
  );
}

function inferNorm(cx: Inference, expr: ExprOf<'norm'>): readonly Candidate[] {
  return infer(cx, expr.body)
    .slice(0, 3)
    .flatMap((c) => {
      const own = candidate({ expr, shape: scalar, rule: 'norm', parts: [c] });
      if (expr.bars === 2 || !c.shape || isScalar(c.shape)) return [own];
      return [own, candidate({ expr, shape: c.shape, rule: 'elementwise', parts: [c], cost: costs.option })];
    });
}

const labelWords = /times|\\dim/;

function inferElement(cx: Inference, expr: ExprOf<'element'>): readonly Candidate[] {
  const { indices } = expr;
  const annotated = expr.subscript && labelWords.test(cx.text(expr.subscript));
  return infer(cx, expr.base).map((c) => {
    if (annotated) return candidate({ expr, shape: c.shape, rule: 'group', parts: [c] });
    return candidate({
      expr,
      shape: c.shape ? elementShape(c.shape, indices) : indices.length >= 2 && indices.every(isEntry) ? scalar : undefined,
      rule: 'element',
      parts: [c],
    });
  });
}

const isEntry = (i: Index): boolean => i.kind === 'number' || i.kind === 'letter';

/** An entry is a scalar, a slice a row or a column; one index on a matrix is left open. */
export function elementShape(shape: Shape, indices: readonly Index[]): Shape | undefined {
  const [first, second] = indices;
  if (isScalar(shape)) return indices.every(isEntry) ? scalar : undefined;
  if (shape.dims.length !== 2) return indices.length === shape.dims.length && indices.every(isEntry) ? scalar : undefined;
  if (isVector(shape))
    return indices.length === 1 && first && isEntry(first)
      ? scalar
      : indices.length === 2 &&
          first &&
          second &&
          ((isEntry(first) && isOne(cols(shape)) && second.kind === 'number') || (isEntry(second) && isOne(rows(shape))))
        ? scalar
        : undefined;
  if (indices.length !== 2 || !first || !second) return undefined;
  if (isEntry(first) && isEntry(second)) return scalar;
  if (isEntry(first) && second.kind === 'all') return matrix(rows(scalar), cols(shape));
  if (first.kind === 'all' && isEntry(second)) return column(rows(shape));
  return undefined;
}
