// The algebra of matrix expressions that gradients are written in: nodes in normal form, with shapes and keys.
// Data only; algebra.ts makes them. Equal keys are equal expressions.
import type { Name } from '../expr.js';
import type { Shape } from '../shapes/shape.js';
import type { Assumption, Elementwise } from '../term.js';

/** Thrown inside this folder where a derivative cannot be written; caught at its door. */
export class Underivable extends Error {}

/** A number as a fraction in lowest terms; `q` is positive, 1 where the number is no simple fraction. */
export interface Rational {
  readonly p: number;
  readonly q: number;
}

/** A factor with its exponent: x², λ^{-1}, y ⊘ p. */
export interface Power {
  readonly base: Node;
  readonly exponent: number;
}

export type Node = NodeBody & {
  readonly shape: Shape;
  readonly key: string;
};

export type NodeBody =
  /** `name` is undefined for the name of a dimension, used as a number. */
  | { readonly kind: 'symbol'; readonly symbol: string; readonly name: Name | undefined; readonly assumptions: readonly Assumption[] }
  | { readonly kind: 'ones' }
  | { readonly kind: 'identity' }
  | { readonly kind: 'zero' }
  /** coefficient · scalars · body; a number has neither scalars nor body, a scalar no body. */
  | { readonly kind: 'scale'; readonly coefficient: Rational; readonly scalars: readonly Power[]; readonly body: Node | undefined }
  | { readonly kind: 'sum'; readonly addends: readonly Node[] }
  /** The matrix product of arrays, flat. */
  | { readonly kind: 'mul'; readonly factors: readonly Node[] }
  /** Entry by entry, of arrays of one shape. */
  | { readonly kind: 'had'; readonly powers: readonly Power[] }
  | { readonly kind: 'transpose'; readonly of: Node }
  | { readonly kind: 'inverse'; readonly of: Node }
  | { readonly kind: 'apply'; readonly fn: Elementwise; readonly order: number; readonly of: Node }
  | { readonly kind: 'softmax'; readonly of: Node; readonly axis: 'all' | 'rows' | 'columns'; readonly log: boolean }
  | { readonly kind: 'trace' | 'det' | 'logdet' | 'norm2' | 'norm1'; readonly of: Node }
  /** The diagonal matrix of a vector, and the diagonal of a matrix as a column. */
  | { readonly kind: 'diag' | 'diagonal'; readonly of: Node }
  | { readonly kind: 'entry'; readonly of: Node; readonly index: string }
  /** A sum over a letter; the limits are LaTeX. */
  | { readonly kind: 'binder'; readonly letter: string; readonly from: string; readonly to: string; readonly of: Node }
  /** What has a value but no rule here; `holds` are the symbols in it. */
  | { readonly kind: 'opaque'; readonly holds: ReadonlySet<string> };

export type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

/** The direct parts of a node. */
export function partsOf(n: Node): readonly Node[] {
  switch (n.kind) {
    case 'scale':
      return n.body ? [...n.scalars.map((s) => s.base), n.body] : n.scalars.map((s) => s.base);
    case 'sum':
      return n.addends;
    case 'mul':
      return n.factors;
    case 'had':
      return n.powers.map((p) => p.base);
    case 'symbol':
    case 'ones':
    case 'identity':
    case 'zero':
    case 'opaque':
      return [];
    default:
      return [n.of];
  }
}

const held = new WeakMap<Node, ReadonlySet<string>>();

/** The symbols in a node. */
export function symbolsIn(n: Node): ReadonlySet<string> {
  const known = held.get(n);
  if (known) return known;
  const out = new Set<string>(n.kind === 'symbol' ? [n.symbol] : n.kind === 'opaque' ? n.holds : []);
  for (const p of partsOf(n)) for (const s of symbolsIn(p)) out.add(s);
  held.set(n, out);
  return out;
}

/** How many nodes of a kind a node holds. */
export function countOf(n: Node, counts: (n: Node) => boolean): number {
  return partsOf(n).reduce((total, p) => total + countOf(p, counts), counts(n) ? 1 : 0);
}
