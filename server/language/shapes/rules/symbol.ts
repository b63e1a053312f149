// Symbols and what stands over them: powers, labels, transpose signs, inverses, primes. A superscript that makes a known name is its label.
import type { Expr, ExprOf, Name, TransposeSign } from '../../expr.js';
import { type Candidate, costs, type Found, type Inference } from '../candidate.js';
import type { Dim } from '../dimension.js';
import { isSquare } from '../match.js';
import { isColumn, isProperMatrix, isScalar, isVector, type Shape, scalar, transpose } from '../shape.js';
import { candidate, handful, type Infer, unknown } from './common.js';

export function inferSymbol(cx: Inference, expr: ExprOf<'symbol'>): readonly Candidate[] {
  const found = cx.lookup(expr.name);
  if (!found) return unknown(expr);
  const detail = { kind: 'found', found, name: expr.name } as const;
  if (found.constant === 'zero') return [candidate({ expr, shape: undefined, rule: 'zero', detail })];
  // Every occurrence of a constant has a size of its own.
  const shape = found.from === 'constant' ? refresh(cx, found.shape) : found.shape;
  return [candidate({ expr, shape, rule: 'symbol', detail, solid: found.from !== 'use' })];
}

/** A superscript is a label where that name is known, else a power: of the shape of its base, or of an array exponent. */
export function inferPower(cx: Inference, expr: ExprOf<'power'>, infer: Infer): readonly Candidate[] {
  const found = expr.asName ? cx.lookup(expr.asName) : undefined;
  if (found && expr.asName && found.how !== 'custom' && !isDeclaredAnew(cx, expr, found)) return [named(expr, 'label', found, expr.asName)];
  const exponents = infer(cx, expr.exponent);
  const [exponent] = exponents;
  return infer(cx, expr.base).map((base) => {
    if (!base.shape && isEuler(expr.base)) {
      const e = candidate({
        expr: expr.base,
        shape: scalar,
        rule: 'symbol',
        detail: { kind: 'found', found: euler, name: expr.base.name },
      });
      return candidate({ expr, shape: exponent?.shape, rule: 'power', parts: exponent ? [e, exponent] : [e] });
    }
    // Where nothing is known of z^l, l is its label.
    if (base.rule === 'unknown' && expr.asName && exponent?.rule === 'unknown')
      return candidate({ expr, shape: undefined, rule: 'unknown' });
    const parts = exponent ? [base, exponent] : [base];
    const array = exponent?.shape && !isScalar(exponent.shape) && base.shape && isScalar(base.shape);
    if (array) return candidate({ expr, shape: exponent.shape, rule: 'power', parts });
    return candidate({ expr, shape: base.shape, rule: 'power', parts });
  });
}

/** σ², where σ² has been declared and σ is a number from a later place on. */
function isDeclaredAnew(cx: Inference, { base, exponent }: ExprOf<'power'>, { at }: Found): boolean {
  if (exponent.kind !== 'number' || base.kind !== 'symbol' || !at) return false;
  const own = cx.lookup(base.name);
  return own?.how === 'itself' && own.at !== undefined && own.at.start > at.start && own.from !== 'use' && own.from !== 'definition';
}

const euler: Found = { shape: scalar, from: 'constant', how: 'custom', constant: 'euler' };
const eulers = new Set(['e', '\\mathrm{e}', '\\text{e}']);
const isEuler = (e: Expr): e is ExprOf<'symbol'> => e.kind === 'symbol' && eulers.has(e.name.key);

/** A superscript that turns its base, unless it is the label of a known name; some signs may be exponents too. */
export function inferTranspose(cx: Inference, expr: ExprOf<'transpose'>, infer: Infer): readonly Candidate[] {
  const found = expr.asName && expr.sign !== '\\top' && expr.sign !== 'T' ? cx.lookup(expr.asName) : undefined;
  const label = found && expr.asName && found.how !== 'custom' ? named(expr, 'label', found, expr.asName) : undefined;
  if (label && !(found?.how === 'label' && expr.sign === 't')) return [label];
  const bases = infer(cx, expr.base);
  // x^t is a moment of x where t is an index elsewhere too, and else x turned; either way it may be the other.
  const turnsFirst = !label || !cx.indices.has('t');
  const out = bases.map((c) =>
    candidate({ expr, shape: c.shape && transpose(c.shape), rule: 'transpose', parts: [c], cost: turnsFirst ? 0 : costs.option }),
  );
  if (label) return handful([...out, turnsFirst ? { ...label, cost: label.cost + costs.option } : label]);
  if (!mayBePower(cx, expr.sign)) return out;
  const [first] = bases;
  // x^* of a vector is the best x by custom, A^* of a matrix its adjoint.
  if (expr.sign === '*' && expr.base.kind === 'symbol' && first?.shape && isColumn(first.shape))
    return handful([
      ...bases.map((c) => candidate({ expr, shape: c.shape, rule: 'power', parts: [c] })),
      ...out.map((c) => ({ ...c, cost: c.cost + costs.option })),
    ]);
  const asNames = bases.filter((c) => !isPseudoInverse(expr, c));
  const powers = asNames.map((c) => candidate({ expr, shape: c.shape, rule: 'power', parts: [c], cost: costs.option }));
  // W^*, the best of all W, is a name of its own.
  const optimum = expr.sign === '*' && expr.asName ? [candidate({ expr, shape: undefined, rule: 'unknown', cost: costs.regroup })] : [];
  return handful([...out, ...powers, ...optimum]);
}

export function inferInverse(cx: Inference, expr: ExprOf<'inverse'>, infer: Infer): readonly Candidate[] {
  const found = expr.asName ? cx.lookup(expr.asName) : undefined;
  if (found && expr.asName && found.how !== 'custom') return [named(expr, 'label', found, expr.asName)];
  const bases = infer(cx, expr.base);
  // x^+ is the next x by custom, A^+ of a matrix its pseudo-inverse; either may be the other.
  if (expr.asName && bases[0]?.shape && !isScalar(bases[0].shape)) return handful(bases.flatMap((c) => nextOrPseudoInverse(expr, c)));
  return bases.map((c) => {
    const { shape } = c;
    if (!shape || isScalar(shape)) return candidate({ expr, shape, rule: 'inverse', parts: [c] });
    if (expr.pseudo) return candidate({ expr, shape: transpose(shape), rule: 'inverse', parts: [c] });
    // Of a vector it is entry by entry what it is of numbers.
    if (isVector(shape)) return candidate({ expr, shape, rule: 'inverse', parts: [c], cost: costs.option });
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

function nextOrPseudoInverse(expr: ExprOf<'inverse'>, c: Candidate): readonly Candidate[] {
  const { shape } = c;
  const [next, inverse] = shape && isVector(shape) ? [0, costs.option] : [costs.option, 0];
  const both = [
    candidate({ expr, shape, rule: 'power', parts: [c], cost: next }),
    candidate({ expr, shape: shape && transpose(shape), rule: 'inverse', parts: [c], cost: inverse }),
  ];
  return both.sort((a, b) => a.cost - b.cost);
}

/** A name of its own where it is known as one; else the prime of a vector or a matrix transposes. */
export function inferPrime(cx: Inference, expr: ExprOf<'prime'>, infer: Infer): readonly Candidate[] {
  const found = expr.asName ? cx.lookup(expr.asName) : undefined;
  if (found && expr.asName) return [named(expr, 'prime-name', found, expr.asName)];
  const base = infer(cx, expr.base);
  // The derivative by time lies as its variable does.
  if (expr.dot) return base.slice(0, 1).map((c) => candidate({ expr, shape: c.shape, rule: 'unknown', parts: [c] }));
  if (expr.order > 1) return unknown(expr, base.slice(0, 1));
  const name = (c: Candidate): Candidate => candidate({ expr, shape: undefined, rule: 'unknown', parts: [c] });
  // Who transposes with ^T makes another name with a prime; elsewhere a prime transposes.
  const names = cx.turns.has('T') || cx.turns.has('\\top');
  return handful(
    base.flatMap((c) => {
      if (!c.shape || isScalar(c.shape)) return [name(c)];
      const turned = candidate({ expr, shape: transpose(c.shape), rule: 'transpose', parts: [c], cost: names ? costs.option : 0 });
      return names && expr.asName ? [name(c), turned] : [turned];
    }),
  );
}

const named = (expr: Expr, rule: 'label' | 'prime-name', found: Found, name: Name): Candidate =>
  candidate({ expr, shape: found.shape, rule, detail: { kind: 'found', found, name }, solid: found.from !== 'use' });

/** A dagger on a bracket or a matrix is no name: x^\dagger may be the best x. */
const isPseudoInverse = ({ sign, base }: ExprOf<'transpose'>, { shape }: Candidate): boolean =>
  sign === '\\dagger' && (base.kind !== 'symbol' || (shape !== undefined && isProperMatrix(shape)));

const mayBePower = (cx: Inference, sign: TransposeSign): boolean =>
  sign === 't' || sign === '*' || sign === '\\dagger' || sign === 'other' || (sign === 'T' && cx.lengths.has('T'));

/** Open dimensions under new names, the same for the same. */
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
