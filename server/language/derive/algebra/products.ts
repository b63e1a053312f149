// Matrix products, transposes, inverses and diagonal matrices: identities and double transposes gone, neighbours that have a simpler product joined.
import { cols, isColumn, isRow, isScalar, isVector, matrix, rows, type Shape, transpose as turned } from '../../shapes/shape.js';
import type { Node, Power } from '../node.js';
import { isOne, one, power, times } from '../rational.js';
import { binder } from './binder.js';
import { identity, make, norm, ones, unit, zero } from './leaves.js';
import { split } from './multiple.js';
import { add, entrywise, had, scale } from './sums.js';

/** The matrix product; scalars among the factors go in front. */
export function mul(...list: readonly Node[]): Node {
  let c = one;
  const scalars: Power[] = [];
  const factors: Node[] = [];
  for (const n of list) {
    const parts = split(n);
    c = times(c, parts.coefficient);
    scalars.push(...parts.scalars);
    if (parts.body?.kind === 'mul') factors.push(...parts.body.factors);
    else if (parts.body) factors.push(parts.body);
  }
  if (factors.length === 0) return scale(c, scalars, undefined);
  const shape = matrix(rows((factors[0] as Node).shape), cols((factors[factors.length - 1] as Node).shape));
  if (factors.some((f) => f.kind === 'zero')) return zero(shape);
  const left = reduce(factors);
  if (left.length === 0) return scale(c, scalars, isScalar(shape) ? undefined : identity(shape));
  const [only] = left;
  if (left.length === 1 && only) return scale(c, scalars, only);
  const rest = left.map((f) => split(f));
  // A reduction may have brought scalars to the front.
  if (left.some((f) => f.kind === 'scale'))
    return scale(c, scalars, mul(...rest.flatMap((p) => [scale(p.coefficient, p.scalars, undefined), ...(p.body ? [p.body] : [])])));
  return scale(c, scalars, inner(left, shape) ?? make(shape, `mul(${left.map((f) => f.key).join(' ')})`, { kind: 'mul', factors: left }));
}

export function transpose(n: Node): Node {
  if (isScalar(n.shape)) return n;
  const shape = turned(n.shape);
  switch (n.kind) {
    case 'transpose':
      return n.of;
    case 'symbol':
      return n.assumptions.some((a) => a === 'symmetric' || a === 'positive-definite' || a === 'diagonal') && !isVector(shape)
        ? n
        : wrap(n, shape);
    case 'zero':
      return zero(shape);
    case 'ones':
      return ones(shape);
    case 'identity':
    case 'diag':
      return n;
    case 'scale':
      return scale(n.coefficient, n.scalars, n.body && transpose(n.body));
    case 'sum':
      return add(n.addends.map(transpose));
    case 'mul':
      return mul(...[...n.factors].reverse().map(transpose));
    case 'had':
      return had(n.powers.map((p) => ({ ...p, base: transpose(p.base) })));
    case 'inverse':
      return inverse(transpose(n.of));
    case 'binder':
      return binder(n, transpose(n.of));
    default:
      return wrap(n, shape);
  }
}

export function inverse(n: Node): Node {
  if (n.kind === 'inverse') return n.of;
  if (n.kind === 'identity') return n;
  if (isScalar(n.shape)) return scale(one, [{ base: n, exponent: -1 }], undefined);
  if (n.kind === 'scale')
    return scale(
      power(n.coefficient, -1) ?? one,
      n.scalars.map((s) => ({ ...s, exponent: -s.exponent })),
      n.body && inverse(n.body),
    );
  if (n.kind === 'symbol' && n.assumptions.includes('orthogonal')) return transpose(n);
  return make(n.shape, `inv(${n.key})`, { kind: 'inverse', of: n });
}

/** The diagonal matrix of a vector. */
export function diag(of: Node): Node {
  if (isScalar(of.shape)) return of;
  const n = isColumn(of.shape) ? rows(of.shape) : cols(of.shape);
  const { coefficient, scalars, body } = split(isColumn(of.shape) ? of : transpose(of));
  const square = matrix(n, n);
  if (body?.kind === 'ones') return scale(coefficient, scalars, identity(square));
  if (!body || body.kind === 'zero') return zero(square);
  return scale(coefficient, scalars, make(square, `diag(${body.key})`, { kind: 'diag', of: body }));
}

/** Neighbours that have a simpler product. */
function reduce(factors: readonly Node[]): readonly Node[] {
  const out: Node[] = [];
  for (const f of factors) {
    if (f.kind === 'identity') continue;
    const last = out[out.length - 1];
    const joined = last && pair(last, f);
    if (!joined) {
      out.push(f);
      continue;
    }
    out.pop();
    if (joined.kind !== 'identity') out.push(joined);
  }
  return out;
}

function pair(a: Node, b: Node): Node | undefined {
  if ((a.kind === 'inverse' && a.of.key === b.key) || (b.kind === 'inverse' && b.of.key === a.key)) return identity(a.shape);
  if (a.kind === 'diag' && b.kind === 'diag') return diag(entrywise(a.of, b.of));
  if (a.kind === 'diag' && isColumn(b.shape)) return entrywise(a.of, b);
  if (b.kind === 'diag' && isRow(a.shape)) return entrywise(a, transpose(b.of));
  if (a.kind === 'ones' && b.kind === 'ones' && isColumn(a.shape) && isRow(b.shape)) return ones(matrix(rows(a.shape), cols(b.shape)));
  if (b.kind === 'ones' && isColumn(b.shape) && addsToOne(a)) return ones(matrix(rows(a.shape), cols(b.shape)));
  if (a.kind === 'ones' && isRow(a.shape) && isColumn(b.shape) && addsToOne(b)) return unit;
  return undefined;
}

/** Whether the entries of a vector, or of each row of a matrix, add up to 1. */
function addsToOne(n: Node): boolean {
  const of = n.kind === 'transpose' && isRow(n.shape) ? n.of : n;
  return of.kind === 'symbol'
    ? of.assumptions.includes('one-hot') || of.assumptions.includes('probability')
    : of.kind === 'softmax' && !of.log;
}

/** uᵀ v where factors of u and v cancel, or where u or v are ones. */
function inner(factors: readonly Node[], shape: Shape): Node | undefined {
  const [a, b] = factors;
  if (!a || !b || factors.length !== 2 || !isScalar(shape)) return undefined;
  const whole = entrywise(transpose(a), b);
  const { body, coefficient, scalars } = split(whole);
  if (!isOne(coefficient) || scalars.length > 0) return undefined;
  const powers = body?.kind === 'had' ? body.powers : body ? [{ base: body, exponent: 1 }] : [];
  const before = bases(a) + bases(b);
  const summed = a.kind === 'ones' || b.kind === 'ones';
  if (summed && powers.length === 2 && powers.every((p) => p.exponent === 1))
    return mul(transpose((powers[0] as Power).base), (powers[1] as Power).base);
  if (summed && powers.length === 1 && powers[0]?.exponent === 2)
    return scale(one, [{ base: norm(powers[0].base), exponent: 2 }], undefined);
  if (summed || powers.length >= before || body?.kind === 'sum') return undefined;
  return a.key === transpose(b).key ? undefined : mul(transpose(ones(b.shape)), whole);
}

const bases = (n: Node): number => (n.kind === 'had' ? n.powers.length : n.kind === 'ones' ? 0 : 1);

const wrap = (of: Node, shape: Shape): Node => make(shape, `T(${of.key})`, { kind: 'transpose', of });
