// Which of its equal forms a sum or a product is written in: what its addends share in front of brackets, fewer transpose signs, a positive addend
// first. From nodes to nodes; the text is made in print.ts.
import { isOne as isUnitDim } from '../../shapes/dimension.js';
import { cols, isRow, isScalar, isVector, rows } from '../../shapes/shape.js';
import * as A from '../algebra.js';
import { type Node, type NodeOf, partsOf, type Rational } from '../node.js';
import { one } from '../rational.js';

/** A sum with what its addends share in front of brackets, or behind them; undefined where they share nothing. */
export const bracketed = (n: NodeOf<'sum'>): Node | undefined => paired(n) ?? factored(n);

/** The transpose of a sum or of a product entry by entry, where that has fewer signs, the one around it counted. */
export function betterTurned(n: Node): Node | undefined {
  if (isScalar(n.shape)) return undefined;
  const other = A.transpose(n);
  return other.kind === n.kind && turnsBelow(other) + 1 < turnsBelow(n) ? other : undefined;
}

/** The addends in the order of writing: a positive one first, a transpose behind what it is the transpose of. */
export function ordered(n: NodeOf<'sum'>): readonly Node[] {
  const plus = n.addends.findIndex((a) => !isNegative(a));
  const [a, b] = n.addends;
  const swapped = a && b && n.addends.length === 2 && turns(b) < turns(a) && A.transpose(a).key === b.key;
  return swapped ? [b, a] : plus > 0 ? [n.addends[plus] as Node, ...n.addends.filter((_, i) => i !== plus)] : n.addends;
}

/** Whether an addend of ones may be written as a number: beside a product of matrices it may not. */
export const allowsNumbers = (n: NodeOf<'sum'>): boolean =>
  isScalar(n.shape) ||
  isVector(n.shape) ||
  !n.addends.some((c) => ['identity', 'diag', 'mul', 'inverse'].includes((A.split(c).body ?? c).kind));

/** A multiple of an array of ones as the number that every entry is; anything else as it is. */
export function asNumber(n: Node): Node {
  if (n.kind === 'scale' && n.body?.kind === 'ones') return A.scale(n.coefficient, n.scalars, undefined);
  return n.kind === 'ones' ? A.unit : n;
}

export const isNegative = (n: Node): boolean => n.kind === 'scale' && n.coefficient.p < 0;

/** How many transpose signs a node is written with. */
function turns(n: Node): number {
  if ((n.kind === 'sum' || n.kind === 'had') && !isScalar(n.shape)) return Math.min(turnsBelow(n), 1 + turnsBelow(A.transpose(n)));
  return n.kind === 'transpose' || (n.kind === 'ones' && isRow(n.shape)) ? 1 : turnsBelow(n);
}

const turnsBelow = (n: Node): number => partsOf(n).reduce((total, p) => total + turns(p), 0);

const factorsOf = (n: Node | undefined): readonly Node[] => (n?.kind === 'mul' ? n.factors : n ? [n] : []);

/** M x + Mᵀ x is (M + Mᵀ) x, whatever stands beside it. */
function paired(n: NodeOf<'sum'>): Node | undefined {
  for (const a of n.addends)
    for (const b of n.addends) {
      const s = A.split(a);
      const t = A.split(b);
      const f = factorsOf(s.body);
      const g = factorsOf(t.body);
      if (
        a === b ||
        f.length < 2 ||
        g.length < 2 ||
        A.scale(s.coefficient, s.scalars, undefined).key !== A.scale(t.coefficient, t.scalars, undefined).key
      )
        continue;
      const back = f[f.length - 1]?.key === g[g.length - 1]?.key;
      const one = A.mul(...(back ? f.slice(0, -1) : f.slice(1)));
      const other = A.mul(...(back ? g.slice(0, -1) : g.slice(1)));
      if ((!back && f[0]?.key !== g[0]?.key) || isScalar(one.shape) || A.transpose(one).key !== other.key) continue;
      const whole = A.add([one, other]);
      const end = (back ? f[f.length - 1] : f[0]) as Node;
      const joined = A.scale(s.coefficient, s.scalars, back ? A.mul(whole, end) : A.mul(end, whole));
      return A.add(n.addends.flatMap((c) => (c === a ? [joined] : c === b ? [] : [c])));
    }
  return undefined;
}

/** What all addends begin or end with goes in front of, or behind, brackets: 2Xᵀ(Xw − y), (A + Aᵀ)x. */
function factored(n: NodeOf<'sum'>): Node | undefined {
  const parts = n.addends.map(A.split);
  const lists = parts.map((p) => factorsOf(p.body));
  const [own = []] = lists;
  if (isScalar(n.shape) || lists.some((l) => l.length === 0)) return undefined;
  const same = (at: (l: readonly Node[]) => Node | undefined): boolean => lists.every((l) => at(l)?.key === at(own)?.key);
  const front = same((l) => l[0]) ? own[0] : undefined;
  const back = same((l) => l[l.length - 1]) ? own[own.length - 1] : undefined;
  const factor = front ?? back;
  if (!factor || factor.kind === 'ones') return undefined;
  const c = shared(parts.map((p) => p.coefficient));
  const rest = parts.map((p, i) => {
    const list = lists[i] ?? [];
    const left = front ? list.slice(1) : list.slice(0, -1);
    const square = rows(factor.shape).key === cols(factor.shape).key;
    const edge = front ? cols(factor.shape) : rows(factor.shape);
    if (
      left.length === 0 &&
      (p.scalars.some((x) => x.base.kind !== 'symbol' || x.exponent < 0) || isUnitDim(edge) || !(square || lists.some((l) => l.length > 1)))
    )
      return undefined;
    const inner = left.length > 0 ? A.mul(...left) : A.identity({ dims: [edge, edge] });
    return A.scale({ p: (p.coefficient.p * c.q) / c.p / p.coefficient.q, q: 1 }, p.scalars, inner);
  });
  if (rest.some((r) => r === undefined || isScalar(r.shape) || !Number.isInteger(r.kind === 'scale' ? r.coefficient.p : 1)))
    return undefined;
  const inner = A.add(rest as readonly Node[]);
  return A.scale(c, [], front ? A.mul(factor, inner) : A.mul(inner, factor));
}

/** The number that all have, signs aside; 1 where they have none. */
function shared([own = one, ...others]: readonly Rational[]): Rational {
  const size = Math.abs(own.p);
  return others.every((c) => Math.abs(c.p) === size && c.q === own.q) ? { p: size, q: own.q } : one;
}
