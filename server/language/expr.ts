// The waist: what a formula means, with its open readings. Syntax produces it, inference and the features consume it.
// Holds no shapes and no document offsets: spans are relative to the formula's TeX.
import type { Span } from './text.js';

/** An index on a symbol or a label: `2`, `l-1`, `:`, `\text{out}`. */
export type Index =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'letter'; readonly name: string; readonly offset: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'word'; readonly text: string };

/**
 * A symbol's identity: base letter with decorations (`W`, `\hat{y}`, `\mathbf{x}`), labels and subscript.
 * `key` is the canonical LaTeX: `W_{ij}^{(2)}`; equal keys are equal symbols.
 */
export interface Name {
  readonly key: string;
  readonly base: string;
  /** Superscript labels `(l)`, `[l]`, or a plain superscript read as a label. */
  readonly labels: readonly Index[];
  readonly labelStyle: '' | '(' | '[' | '{' | 'plain';
  /** Subscript as separate indices: `ij` is two letters, `i,j` is two, `hat` is three (and `subText` is `hat`). */
  readonly subs: readonly Index[];
  /** The subscript as canonical text, '' if there is none. */
  readonly subText: string;
}

export type ProductSign =
  | ''
  | '\\cdot'
  | '\\times'
  | '*'
  | '\\ast'
  | '\\odot'
  | '\\circ'
  | '\\otimes'
  | '.*'
  | ':'
  | './'
  | '\\oslash'
  | '\\oplus'
  | '\\bullet';

export type Delimiter = '(' | '[' | '\\{' | '.' | '\\langle' | '|' | '\\|';

interface Node {
  /** Number of the node in its formula, from 0 in document order of creation. */
  readonly id: number;
  readonly span: Span;
}

/** The sign with which a transpose-like superscript was written; what it means is a reading. */
export type TransposeSign = 'T' | 't' | '\\top' | "'" | '*' | 'H' | '\\dagger' | 'other';

export type Expr = Node & ExprBody;

export type ExprBody =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'symbol'; readonly name: Name }
  /** \mathbf 1, \mathbb 1, I, 0 and e_i are symbols; what they mean is decided where they are looked up. */
  /** A superscript that is none of the signs below: power, layer label or time. `asName` is the reading as a label. */
  | { readonly kind: 'power'; readonly base: Expr; readonly exponent: Expr; readonly asName?: Name; readonly elementwise?: boolean }
  | { readonly kind: 'transpose'; readonly base: Expr; readonly sign: TransposeSign; readonly asName?: Name }
  /** ^{-1}; ^{-T} is a transpose of an inverse with one span; `pseudo` for ^+ and ^\dagger read so. */
  | { readonly kind: 'inverse'; readonly base: Expr; readonly pseudo?: boolean; readonly asName?: Name }
  /** f', \sigma'', \dot x, x': a derivative of a function, another name, or a transpose. */
  | { readonly kind: 'prime'; readonly base: Expr; readonly order: number; readonly dot?: boolean; readonly asName?: Name }
  /** Flat: the grouping is a reading. `signs[i]` stands between factors i and i+1. */
  | { readonly kind: 'product'; readonly factors: readonly Expr[]; readonly signs: readonly ProductSign[] }
  | { readonly kind: 'sum'; readonly addends: readonly Addend[] }
  /** \frac{u}{v}, u/v. A quotient of differentials is a derivative already. */
  | { readonly kind: 'quotient'; readonly numerator: Expr; readonly denominator: Expr; readonly slash?: boolean }
  /** Brackets around one expression. */
  | { readonly kind: 'group'; readonly body: Expr; readonly open: Delimiter }
  /** (a, b, c), [a; b], \{a, b\}: an argument list, a row, a column, a concatenation. `separators[i]` follows item i. */
  | { readonly kind: 'tuple'; readonly items: readonly Expr[]; readonly separators: readonly (',' | ';' | '|')[]; readonly open: Delimiter }
  /**
   * A name directly before brackets: an application or a product, by what the name is. `application` holds a `call` (and the
   * scripts behind the bracket, as f(x)^T); `factors` are the name and the bracket with its scripts, as A(B)^T.
   */
  | { readonly kind: 'juxtaposed'; readonly head: Expr; readonly application: Expr; readonly factors: readonly [Expr, Expr] }
  /** f(x): `args` is a group or a tuple. Stands only inside `juxtaposed`. */
  | { readonly kind: 'call'; readonly head: Expr; readonly args: Expr }
  /** Certainly an application: \tanh z, \operatorname{tr}(A), \exp(x), \max(0, z). `fn` is the canonical name without backslash. `subscript`, `power` as in \log_2^2. */
  | {
      readonly kind: 'apply';
      readonly fn: string;
      readonly fnSpan: Span;
      readonly args: readonly Expr[];
      readonly order: number;
      readonly subscript?: Expr;
      readonly power?: Expr;
    }
  /** ∂u/∂v; `of` undefined in operator form until the parser gives it the rest of its product. `by` of length two: second order. */
  | {
      readonly kind: 'derivative';
      readonly of: Expr | undefined;
      readonly by: readonly Expr[];
      readonly order: number;
      readonly form: 'fraction' | 'operator' | 'subscript' | 'slash';
      readonly total: boolean;
      /** The source range of \frac{\partial}{\partial x} alone, in operator form. */
      readonly operatorSpan?: Span;
    }
  /** ∇_x f; `operand` undefined where ∇ stands alone. order 2: Hessian. */
  | {
      readonly kind: 'nabla';
      readonly operand: Expr | undefined;
      readonly by: Expr | undefined;
      readonly order: number;
      readonly sign?: 'div' | 'laplace';
    }
  /** dX, \mathrm{d}X, or a name such as dW used for a gradient: `asName` is that reading. */
  | {
      readonly kind: 'differential';
      readonly base: Expr;
      readonly asName?: Name;
      readonly order: number;
      readonly sign: 'd' | '\\partial' | '\\delta';
    }
  | {
      readonly kind: 'binder';
      readonly op:
        | 'sum'
        | 'product'
        | 'expectation'
        | 'integral'
        | 'max'
        | 'min'
        | 'argmax'
        | 'argmin'
        | 'sup'
        | 'inf'
        | 'limit'
        | 'union'
        | 'other';
      /** Letters bound by the limits, in order; [] where bare. */
      readonly letters: readonly string[];
      readonly lower: Expr | undefined;
      readonly upper: Expr | undefined;
      readonly body: Expr;
      readonly except?: Expr;
    }
  /** Written out: bmatrix, array, \begin{pmatrix} … `cells[r][c]` undefined where empty; ellipses are `ellipsis` nodes. */
  | { readonly kind: 'matrix'; readonly cells: readonly (readonly (Expr | undefined)[])[]; readonly open: Delimiter }
  | { readonly kind: 'cases'; readonly branches: readonly { readonly value: Expr; readonly condition: Expr | undefined }[] }
  /** ‖x‖, |x|: norm, absolute value, determinant, size. `subscript` is the index of the norm. */
  | { readonly kind: 'norm'; readonly body: Expr; readonly bars: 1 | 2; readonly subscript?: Expr }
  /** ⟨u, v⟩ */
  | { readonly kind: 'inner'; readonly left: Expr; readonly right: Expr }
  /** [W]_{ij}, (Ax)_i, a bracket or an expression with a subscript. */
  | { readonly kind: 'element'; readonly base: Expr; readonly indices: readonly Index[]; readonly subscript: Expr | undefined }
  /** \underbrace{W}_{3\times 2}, \underset{…}{…}, \overset, \overbrace: `label` as expression where it is one. */
  | {
      readonly kind: 'annotated';
      readonly base: Expr;
      readonly label: Expr | undefined;
      readonly labelText: string;
      readonly labelSpan: Span;
      readonly place: 'under' | 'over';
      readonly brace: boolean;
    }
  /** \left. … \right|_{x = x_0} */
  | { readonly kind: 'at'; readonly base: Expr; readonly point: Expr | undefined }
  /** A relation inside an expression: subscripts, cases' conditions, evaluation points, limits of binders. */
  | { readonly kind: 'relation'; readonly left: Expr; readonly relation: string; readonly right: Expr }
  /** \mathbb{R}^{m\times n}, \{0,1\}^K: `set` is the letter, or 'set' for braces. */
  | { readonly kind: 'set'; readonly set: string; readonly exponent: Expr | undefined; readonly subscript?: string }
  /** Different trees over the same text, the customary one first; they share their parts. */
  | { readonly kind: 'choice'; readonly options: readonly Expr[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ellipsis' }
  /** What could not be read. Shapes: unknown, silent. */
  | { readonly kind: 'hole' };

export interface Addend {
  readonly sign: 1 | -1;
  /** ± and ∓ */
  readonly both?: boolean;
  readonly expr: Expr;
}

export type ExprKind = Expr['kind'];
export type ExprOf<K extends ExprKind> = Extract<Expr, { kind: K }>;

/** Relations that make an equation. `\in`, `:`, `\to`, `\subset`, `\sim` make declarations. */
export type Relation =
  | '='
  | ':='
  | '=:'
  | '\\equiv'
  | '\\triangleq'
  | '\\approx'
  | '\\propto'
  | '\\leftarrow'
  | '\\le'
  | '<'
  | '\\ge'
  | '>'
  | '\\ne'
  | '\\in'
  | '\\ni'
  | '\\to'
  | '\\mapsto'
  | ':'
  | '\\sim'
  | '\\subset';

/** A chain of members joined by relations; a lone expression is a statement with one member. `relations[i]` stands between members i and i+1. */
export interface Statement {
  readonly members: readonly Expr[];
  readonly relations: readonly Relation[];
  readonly span: Span;
  /** What parts it from the statement before it. A comma makes lists: `x, y \\in \\mathbb{R}^n`. */
  readonly separator: '' | ',' | ';' | '.' | 'row' | 'text' | 'arrow';
}

/** The meaning of one formula. Total: whatever was written gives a (possibly empty) list of statements. */
export interface FormulaExpr {
  readonly statements: readonly Statement[];
  /** How many nodes there are: ids run below it. */
  readonly size: number;
  readonly truncated: boolean;
}
