// A candidate is one way to understand a node, with its shape, what it costs in custom, and the candidates it rests on:
// the tree of candidates is the reason for the shape. Data only.
import type { Expr, Name } from '../expr.js';
import type { ProductKind } from '../term.js';
import type { Span } from '../text.js';
import type { Dim } from './dimension.js';
import type { Shape } from './shape.js';

/** What a lookup of a symbol found, and where it is stated (document spans). */
export interface Found {
  readonly shape: Shape;
  readonly from: 'directive' | 'declaration' | 'prose' | 'network' | 'definition' | 'use' | 'constant';
  /** How the symbol relates to what is stated: itself, an instance of a family, an element, a row or column, a custom of the field. */
  readonly how: 'itself' | 'instance' | 'element' | 'slice' | 'label' | 'layer' | 'custom';
  /** The declared name, where it is another one. */
  readonly of?: Name;
  /** Where it is stated, in the document. */
  readonly at?: Span;
  readonly constant?: 'ones' | 'identity' | 'zero' | 'basis' | 'delta' | 'euler';
  /** What is stated leaves a dimension open; a definition or a use may fill it in. */
  readonly vague?: boolean;
  /** A literal of numbers tells it. */
  readonly example?: boolean;
}

export type Rule =
  | 'symbol'
  | 'unknown'
  | 'number'
  | 'zero'
  | 'group'
  | 'transpose'
  | 'inverse'
  | 'power'
  | 'label'
  | 'prime-name'
  | 'product'
  | 'chain'
  | 'sum'
  | 'quotient'
  | 'elementwise'
  | 'apply'
  | 'derivative'
  | 'gradient'
  | 'hessian'
  | 'differential'
  | 'gradient-name'
  | 'binder'
  | 'sum-entries'
  | 'sum-axis'
  | 'tuple'
  | 'concatenation'
  | 'matrix'
  | 'norm'
  | 'inner'
  | 'element'
  | 'annotated'
  | 'at'
  | 'cases'
  | 'choice'
  | 'opaque'
  | 'diagonal-matrix'
  | 'splice'
  | 'call';

export interface Candidate {
  readonly expr: Expr;
  /** Undefined: unknown; fits everything. */
  readonly shape: Shape | undefined;
  readonly cost: number;
  readonly rule: Rule;
  readonly parts: readonly Candidate[];
  readonly detail?: Detail;
  /** Conflicts in the whole tree below. */
  readonly conflicts: readonly Conflict[];
  /** Rests on declarations and definitions only, not on use. */
  readonly solid: boolean;
}

export type Detail =
  | { readonly kind: 'found'; readonly found: Found; readonly name: Name }
  | { readonly kind: 'product'; readonly tree: Grouping; readonly factors: readonly Candidate[]; readonly regrouped: boolean }
  | { readonly kind: 'chain'; readonly order: 'numerator' | 'denominator'; readonly factors: readonly Candidate[] }
  | { readonly kind: 'sum'; readonly broadcast: readonly (Broadcast | undefined)[] }
  | {
      readonly kind: 'derivative';
      readonly transposed: boolean;
      readonly diagonal: boolean;
      readonly transposedOf: boolean;
      readonly transposedBy: boolean;
    }
  | { readonly kind: 'elementwise'; readonly fn: string; readonly order: number }
  | { readonly kind: 'orientation'; readonly as: 'row' | 'column' }
  | { readonly kind: 'reading'; readonly what: string };

export type Broadcast = 'scalar' | 'literal' | 'rows' | 'columns';

/** How a product is grouped: a leaf is a factor's position. */
export type Grouping =
  | { readonly leaf: number }
  | {
      readonly product: ProductKind | 'quotient' | 'unknown' | 'conflict' | 'elementwise';
      readonly left: Grouping;
      readonly right: Grouping;
      readonly axes?: number;
    };

export type Conflict =
  | {
      readonly code: 'product-mismatch';
      readonly spans: readonly [Span, Span];
      readonly exprs: readonly [Expr, Expr];
      readonly shapes: readonly [Shape, Shape];
      readonly row: readonly RowItem[];
      readonly breakAt: number;
      readonly product: Expr;
      readonly solid: boolean;
      readonly why?: 'turned';
    }
  | {
      readonly code: 'hadamard-mismatch';
      readonly spans: readonly [Span, Span];
      readonly exprs: readonly [Expr, Expr];
      readonly shapes: readonly [Shape, Shape];
      readonly product: Expr;
      readonly solid: boolean;
    }
  | {
      readonly code: 'sum-mismatch';
      readonly span: Span;
      readonly expr: Expr;
      readonly other: Expr;
      readonly shapes: readonly [Shape, Shape];
      readonly solid: boolean;
      /** It conforms as added to every entry, row or column, but its value is wrong. */
      readonly refuted?: true;
    }
  | {
      readonly code: 'equation-mismatch';
      readonly span: Span;
      readonly expr: Expr;
      readonly other: Expr;
      readonly shapes: readonly [Shape, Shape];
      readonly solid: boolean;
      readonly why?: 'indices' | 'turned';
      /** Free indices of the left side that this side lacks, and those that only this side has. */
      readonly letters?: { readonly missing: readonly string[]; readonly extra: readonly string[] };
    }
  | {
      readonly code: 'function-argument';
      readonly span: Span;
      readonly expr: Expr;
      readonly fn: string;
      readonly shape: Shape;
      readonly solid: boolean;
    }
  | {
      readonly code: 'annotation-mismatch';
      readonly span: Span;
      readonly expr: Expr;
      readonly stated: Shape;
      readonly shape: Shape;
      readonly solid: boolean;
    }
  | {
      readonly code: 'repeated-factor';
      readonly span: Span;
      readonly expr: Expr;
      readonly first: Expr;
      readonly chain: Expr;
      readonly solid: boolean;
    }
  | {
      readonly code: 'broken-chain';
      readonly spans: readonly [Span, Span];
      readonly exprs: readonly [Expr, Expr];
      readonly links: readonly [string, string];
      /** The two stand the wrong way round: exchanged, all links meet. */
      readonly exchanged?: boolean;
      readonly chain: Expr;
      readonly solid: boolean;
    }
  | {
      readonly code: 'chain-ends';
      readonly span: Span;
      readonly expr: Expr;
      readonly says: string;
      readonly ends: string;
      readonly side: 'of' | 'by';
      readonly chain: Expr;
      readonly replacement: Expr;
      readonly solid: boolean;
    }
  | {
      readonly code: 'layout-order';
      readonly span: Span;
      readonly expr: Expr;
      readonly factors: readonly Expr[];
      readonly stands: 'numerator' | 'denominator';
      readonly row: readonly RowItem[];
      readonly solid: boolean;
    };

export interface RowItem {
  readonly expr: Expr;
  readonly shape: Shape | undefined;
}

/** Costs of readings. A conflict outweighs every reading. */
export const costs = {
  conflict: 1000,
  /** A conflict that is smaller than the others: checks that rest on custom. */
  regroup: 1,
  absorbed: 0.6,
  column: 0.5,
  innerProduct: 0.3,
  cross: 0.4,
  starHadamard: 0.4,
  timesHadamard: 1.5,
  tensorHadamard: 1,
  outer: 0.5,
  literalBroadcast: 0.1,
  scalarBroadcast: 1,
  rowBroadcast: 0.5,
  turnedBroadcast: 1.3,
  transposedDerivative: 0.6,
  sameSymbol: 1.5,
  /** A(p) as one matrix, which depends on p, where the product is not as custom has it. */
  dependent: 0.4,
  slopes: 0.25,
  diagonal: 0.5,
  keptDiagonal: 0.4,
  diagonalMatrix: 2,
  option: 0.5,
  anyZero: 0.1,
  entries: 0.5,
  sumAxis: 0.8,
} as const;

export interface FunctionMeaning {
  readonly kind: 'elementwise' | 'softmax' | 'map' | 'scalar' | 'unknown';
  readonly known?: string;
  readonly result?: Shape;
  readonly domain?: readonly Shape[];
  readonly axis?: 'rows' | 'columns';
  /** The document says nothing of it: its letter is one that custom applies so. */
  readonly customary?: true;
}

/** What the derivative of a scalar is by; ∇f, which does not say, is a kind of its own. */
export type GradientKind = 'vector' | 'matrix' | 'nabla';

export interface Link {
  /** The derivative itself. */
  readonly expr: Expr;
  readonly of: Expr;
  readonly by: Expr;
}

/** What inference asks its surroundings. */
export interface Inference {
  readonly layout: 'numerator' | 'denominator' | 'mixed';
  readonly declared: boolean;
  readonly lookup: (name: Name) => Found | undefined;
  readonly meaning: (head: string) => FunctionMeaning | undefined;
  /** Names that the document writes with a moment of time: X(t). */
  readonly timed: ReadonlySet<string>;
  /** The signs with which the document transposes. */
  readonly turns: ReadonlySet<string>;
  /** Whether two names mean the same by definition. */
  readonly alias: (a: Name, b: Name) => boolean;
  readonly gradientName: (expr: Expr) => Name | undefined;
  /** Single derivatives on a side of the equation in hand. */
  readonly sides: readonly Link[];
  /** Products that are whole members of the equation in hand. */
  readonly wholes: ReadonlySet<Expr>;
  /** The dimension that an expression writes (n, 2n+1, d_{k}), undefined if it writes none. */
  readonly dimension: (expr: Expr) => Dim | undefined;
  /** Whether `of` is an element-wise function of `by`, so that the derivative is diagonal. */
  readonly diagonal: (of: Expr, by: Expr) => boolean;
  /** What ∇ of a name without a subscript may be by. */
  readonly variables: (name: Name) => readonly Expr[];
  /** Whether f'(z) may stand for a diagonal matrix here. */
  readonly diagonalPrimes: boolean;
  readonly strictBroadcast: boolean;
  /** Gradients by arrays of these kinds are held to the way in which the document's others stand. */
  readonly noTurn?: ReadonlySet<GradientKind>;
  /** Letters that are lengths (T in \sum_{t=1}^T): superscripts with them are powers. */
  readonly lengths: ReadonlySet<string>;
  /** Letters that stand as indices, elsewhere than alone over a name: a superscript t is a moment if t is among them. */
  readonly indices: ReadonlySet<string>;
  readonly fresh: () => Dim;
  readonly memo: Map<Expr, readonly Candidate[]>;
  readonly text: (expr: Expr) => string;
}
