// Differentiation of nodes: backward (what a scalar's change owes to a symbol), forward by a scalar, and Jacobians of columns.
// Sources: T. Minka, Old and New Matrix Algebra Useful for Statistics (2000); M. Giles, Collected Matrix Derivative Results (2008).
import { dimNumber } from '../shapes/dimension.js';
import { cols, isColumn, isRow, isScalar, isVector, matrix, rows } from '../shapes/shape.js';
import type { Elementwise } from '../term.js';
import * as A from './algebra.js';
import { type Node, type NodeOf, type Power, symbolsIn, Underivable } from './node.js';
import { fromNumber, one } from './rational.js';

/** What the rules ask the document. */
export interface Knowing {
  /** The symbol that is defined as a node, else the node. */
  readonly named: (n: Node) => Node;
  /** What a symbol is defined by, where that depends on the variable. */
  readonly definition: (key: string) => Node | undefined;
  /** Whether the document has a name for a function. */
  readonly writes: (fn: Elementwise) => boolean;
}

const none = (list: readonly (Node | undefined)[]): Node | undefined => {
  const found = list.filter((n): n is Node => n !== undefined && n.kind !== 'zero');
  return found.length === 0 ? undefined : A.add(found);
};

const others = (powers: readonly Power[], own: Power): readonly Power[] =>
  [...powers.filter((p) => p !== own), { base: own.base, exponent: own.exponent - 1 }].filter((p) => p.exponent !== 0);

/** What `n` owes to the symbol `v` where `n` has the adjoint `y`; undefined where it does not hold it. Not through definitions. */
export function pull(cx: Knowing, n: Node, y: Node, v: string): Node | undefined {
  if (!symbolsIn(n).has(v) && !(n.kind === 'binder' && reaches(cx, n.of, v))) return undefined;
  switch (n.kind) {
    case 'symbol':
      return n.symbol === v ? y : undefined;
    case 'sum':
      return none(n.addends.map((a) => pull(cx, a, y, v)));
    case 'scale': {
      const { coefficient, scalars, body } = n;
      const parts = scalars.map((s) =>
        pull(cx, s.base, A.mul(A.scale(coefficient, others(scalars, s), A.number(s.exponent)), body ? A.dot(y, body) : y), v),
      );
      return none([body && pull(cx, body, A.scale(coefficient, scalars, y), v), ...parts]);
    }
    case 'had':
      return none(
        n.powers.map((p) =>
          pull(cx, p.base, A.had([{ base: y, exponent: 1 }, ...others(n.powers, p), { base: A.number(p.exponent), exponent: 1 }]), v),
        ),
      );
    case 'mul':
      return none(
        n.factors.map((f, i) =>
          pull(
            cx,
            f,
            A.mul(
              ...n.factors.slice(0, i).reverse().map(A.transpose),
              y,
              ...n.factors
                .slice(i + 1)
                .reverse()
                .map(A.transpose),
            ),
            v,
          ),
        ),
      );
    case 'transpose':
      return pull(cx, n.of, A.transpose(y), v);
    case 'inverse':
      return pull(cx, n.of, A.minus(A.mul(A.transpose(n), y, A.transpose(n))), v);
    case 'apply':
      return pull(cx, n.of, A.entrywise(y, slope(cx, n)), v);
    case 'softmax':
      return pull(cx, n.of, throughSoftmax(cx, n, y), v);
    case 'trace':
      return pull(cx, n.of, A.mul(y, A.identity(n.of.shape)), v);
    case 'det':
      return pull(cx, n.of, A.mul(y, n, A.transpose(A.inverse(n.of))), v);
    case 'logdet':
      return pull(cx, n.of, A.mul(y, A.transpose(A.inverse(n.of))), v);
    case 'norm2':
      return pull(cx, n.of, A.mul(y, A.scale(one, [{ base: n, exponent: -1 }], n.of)), v);
    case 'norm1':
      return pull(cx, n.of, A.mul(y, A.apply({ kind: 'known', name: 'sign' }, 0, n.of)), v);
    case 'diag':
      return pull(cx, n.of, A.diagonal(y), v);
    case 'diagonal':
      return pull(cx, n.of, A.diag(y), v);
    case 'binder': {
      const inside = pullThrough(cx, n.of, y, v);
      return inside && A.binder(n, inside);
    }
    default:
      throw new Underivable(n.kind);
  }
}

/** Whether a node holds a symbol, through definitions. */
function reaches(cx: Knowing, n: Node, v: string, seen = new Set<string>()): boolean {
  for (const s of symbolsIn(n)) {
    if (s === v) return true;
    if (seen.has(s)) continue;
    seen.add(s);
    const body = cx.definition(s);
    if (body && reaches(cx, body, v, seen)) return true;
  }
  return false;
}

const deepest = 12;

/** As `pull`, through the definitions of what is in the node. */
function pullThrough(cx: Knowing, n: Node, y: Node, v: string, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const through = [...symbolsIn(n)]
    .filter((s) => s !== v)
    .map((s) => {
      const body = cx.definition(s);
      const own = body && pull(cx, n, y, s);
      return body && own && pullThrough(cx, body, own, v, depth + 1);
    });
  return none([pull(cx, n, y, v), ...through]);
}

/** p ⊙ (y − 1 pᵀy) and its kin by rows and columns; of the logarithm y − p 1ᵀy. */
function throughSoftmax(cx: Knowing, n: NodeOf<'softmax'>, y: Node): Node {
  const p = cx.named(n.log ? A.softmax(n.of, n.axis, false) : n);
  const weighted = n.log ? y : A.entrywise(p, y);
  const column = (of: Node): Node => A.ones(matrix(cols(of.shape), dimNumber(1)));
  const row = (of: Node): Node => A.ones(matrix(dimNumber(1), rows(of.shape)));
  const totals =
    isVector(n.shape) || n.axis === 'all'
      ? A.mul(n.log ? A.total(y) : A.dot(p, y), p)
      : n.axis === 'rows'
        ? A.entrywise(p, A.mul(weighted, column(p), A.transpose(column(p))))
        : A.entrywise(p, A.mul(A.transpose(row(p)), row(p), weighted));
  return A.add([weighted, A.minus(totals)]);
}

const known = (name: Extract<NodeOf<'apply'>['fn'], { kind: 'known' }>['name'], of: Node): Node => A.apply({ kind: 'known', name }, 0, of);
const raised = (base: Node, exponent: number): Node =>
  isScalar(base.shape) ? A.scale(one, [{ base, exponent }], undefined) : A.had([{ base, exponent }]);

/** f′ where f is applied: in terms of the function's own value where that is shorter. */
function slope(cx: Knowing, n: NodeOf<'apply'>): Node {
  const { fn, of, order } = n;
  const value = cx.named(n);
  if (fn.kind !== 'known' || order !== 0) return A.apply(fn, order + 1, of);
  switch (fn.name) {
    case 'sigmoid':
      return A.entrywise(value, A.add([A.ones(of.shape), A.minus(value)]));
    case 'tanh':
      return A.add([A.ones(of.shape), A.minus(raised(value, 2))]);
    case 'exp':
      return value;
    case 'log':
      return raised(of, -1);
    case 'sin':
      return known('cos', of);
    case 'cos':
      return A.minus(known('sin', of));
    case 'sinh':
      return known('cosh', of);
    case 'cosh':
      return known('sinh', of);
    case 'arctan':
      return raised(A.add([A.ones(of.shape), raised(of, 2)]), -1);
    case 'abs':
      return known('sign', of);
    case 'softplus':
      return cx.writes({ kind: 'known', name: 'sigmoid' }) ? cx.named(known('sigmoid', of)) : A.apply(fn, 1, of);
    case 'sign':
    case 'heaviside':
      return A.zero(of.shape);
    default:
      return A.apply(fn, 1, of);
  }
}

/** The Jacobian m×n (rows: entries of the node, columns: of the column `v`), through definitions; undefined where it is zero. */
export function jacobian(cx: Knowing, n: Node, v: NodeOf<'symbol'>, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const again = (m: Node): Node | undefined => jacobian(cx, m, v, depth);
  if (isScalar(n.shape)) {
    const own = pullThrough(cx, n, A.unit, v.symbol);
    return own && (isColumn(v.shape) ? A.transpose(own) : own);
  }
  if (isRow(n.shape)) return again(A.transpose(n));
  if (!reaches(cx, n, v.symbol)) return undefined;
  switch (n.kind) {
    case 'symbol': {
      const body = cx.definition(n.symbol);
      if (n.symbol === v.symbol) return A.identity(matrix(rows(n.shape), rows(n.shape)));
      return body && jacobian(cx, body, v, depth + 1);
    }
    case 'transpose':
      return n.of.kind === 'symbol' && isRow(n.of.shape) && n.of.symbol === v.symbol
        ? A.identity(matrix(rows(n.shape), rows(n.shape)))
        : throughRow(n, again);
    case 'sum':
      return none(n.addends.map(again));
    case 'scale': {
      const { coefficient, scalars, body } = n;
      if (!body) throw new Underivable('scale');
      const inner = again(body);
      const front = scalars.map((s) => {
        const own = again(s.base);
        return own && A.mul(A.scale(coefficient, others(scalars, s), A.number(s.exponent)), body, own);
      });
      return none([inner && A.scale(coefficient, scalars, inner), ...front]);
    }
    case 'had':
      return none(
        n.powers.map((p) => {
          const own = again(p.base);
          const rest = others(n.powers, p);
          return own && A.mul(A.number(p.exponent), ...(rest.length > 0 ? [A.diag(A.had(rest))] : []), own);
        }),
      );
    case 'mul':
      return none(n.factors.map((f, i) => factorJacobian(cx, n, f, i, v, again)));
    case 'apply': {
      const own = again(n.of);
      return own && A.mul(A.diag(slope(cx, n)), own);
    }
    case 'softmax': {
      const own = again(n.of);
      const p = cx.named(n.log ? A.softmax(n.of, n.axis, false) : n);
      const inner = n.log
        ? A.add([A.identity(matrix(rows(n.shape), rows(n.shape))), A.minus(A.mul(A.ones(n.shape), A.transpose(p)))])
        : A.add([A.diag(p), A.minus(A.mul(p, A.transpose(p)))]);
      return own && A.mul(inner, own);
    }
    default:
      throw new Underivable(n.kind);
  }
}

/** A row's definition stands behind its transpose. */
function throughRow(n: NodeOf<'transpose'>, again: (m: Node) => Node | undefined): Node | undefined {
  if (n.of.kind === 'symbol') throw new Underivable('a row');
  return again(n.of.kind === 'apply' ? A.apply(n.of.fn, n.of.order, A.transpose(n.of.of)) : n.of);
}

/** The part of a product's Jacobian that one factor brings: the last, or a vector before a scalar. */
function factorJacobian(
  cx: Knowing,
  n: NodeOf<'mul'>,
  f: Node,
  i: number,
  v: NodeOf<'symbol'>,
  again: (m: Node) => Node | undefined,
): Node | undefined {
  if (!reaches(cx, f, v.symbol)) return undefined;
  const before = n.factors.slice(0, i);
  const after = n.factors.slice(i + 1);
  const own = isVector(f.shape) ? again(f) : undefined;
  if (!own) throw new Underivable('a matrix that depends on the variable');
  if (isColumn(f.shape)) return A.mul(...before, A.mul(A.unit, ...after), own);
  return A.mul(...before, A.transpose(A.mul(...after)), own);
}

/** The derivative by a scalar, of the node's own shape; through definitions. */
export function tangent(cx: Knowing, n: Node, v: string, depth = 0): Node | undefined {
  if (depth > deepest) throw new Underivable('too deep');
  const again = (m: Node): Node | undefined => tangent(cx, m, v, depth);
  if (isScalar(n.shape)) return pullThrough(cx, n, A.unit, v);
  if (!reaches(cx, n, v)) return undefined;
  switch (n.kind) {
    case 'symbol': {
      const body = cx.definition(n.symbol);
      return body && tangent(cx, body, v, depth + 1);
    }
    case 'sum':
      return none(n.addends.map(again));
    case 'scale': {
      const inner = n.body && again(n.body);
      const front = n.scalars.map((s) => {
        const own = again(s.base);
        return own && A.mul(A.scale(n.coefficient, others(n.scalars, s), A.number(s.exponent)), own, n.body ?? A.unit);
      });
      return none([inner && A.scale(n.coefficient, n.scalars, inner), ...front]);
    }
    case 'had':
      return none(
        n.powers.map((p) => {
          const own = again(p.base);
          return (
            own &&
            A.had([
              ...others(n.powers, p),
              { base: own, exponent: 1 },
              { base: A.scale(fromNumber(p.exponent), [], undefined), exponent: 1 },
            ])
          );
        }),
      );
    case 'mul':
      return none(
        n.factors.map((f, i) => {
          const own = again(f);
          return own && A.mul(...n.factors.slice(0, i), own, ...n.factors.slice(i + 1));
        }),
      );
    case 'transpose': {
      const own = again(n.of);
      return own && A.transpose(own);
    }
    case 'inverse': {
      const own = again(n.of);
      return own && A.minus(A.mul(n, own, n));
    }
    case 'apply': {
      const own = again(n.of);
      return own && A.entrywise(slope(cx, n), own);
    }
    default:
      throw new Underivable(n.kind);
  }
}
