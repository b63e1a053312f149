// A formula without open readings, ready to be evaluated: what inference hands to the numeric engine.
// Sizes are names here; the engine gets numbers for them with the problem. Knows no shapes, no text.

export type Layout = 'numerator' | 'denominator' | 'mixed';

/** A size: a whole number or a polynomial over names, as text in normal form with its value left to the problem. */
export type Size = number | { readonly names: readonly { readonly coefficient: number; readonly factors: readonly string[] }[] };

/** Element-wise functions that have a meaning of their own. `heaviside` is 1 for t > 0, else 0. */
export type ElementwiseName =
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky-relu'
  | 'softplus'
  | 'identity'
  | 'exp'
  | 'log'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'sqrt'
  | 'abs'
  | 'sign'
  | 'heaviside'
  | 'gelu'
  | 'silu'
  | 'elu'
  | 'sinh'
  | 'cosh'
  | 'arctan'
  | 'erf'
  | 'reciprocal'
  | 'square';

/** What is applied entry by entry: a known function, one that nothing defines (same name, same function), or an expression in t. */
export type Elementwise =
  | { readonly kind: 'known'; readonly name: ElementwiseName }
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'expression'; readonly variable: string; readonly body: Term };

/** An index of an element: a number (from 1), a bound or free letter with an offset, or all of that axis. */
export type TermIndex =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'letter'; readonly name: string; readonly offset: number }
  | { readonly kind: 'all' };

export type ProductKind =
  | 'matrix' // scalar times anything, or the matrix product
  | 'hadamard' // entry by entry, a scalar broadcast
  | 'kronecker'
  | 'outer' // u vᵀ of two columns
  | 'inner' // uᵀ v of two vectors of any orientation, ⟨A, B⟩ of two arrays of one shape: sum of the products
  | 'cross' // of 3-vectors
  | 'diagonal' // left is a vector that stands for the diagonal matrix of its entries
  | 'contract'; // two derivatives: contracts `axes` axes, paired from the inside out

export type Term =
  | { readonly kind: 'number'; readonly value: number }
  /** A named dimension used as a number (1/N). */
  | { readonly kind: 'size'; readonly size: Size }
  /** A symbol: its definition where the problem has one, else its value. */
  | { readonly kind: 'variable'; readonly key: string }
  /** A bound or free index letter used as a number. */
  | { readonly kind: 'index'; readonly name: string; readonly offset: number }
  /** `dims` [] is the scalar. A basis vector has its position in `index`. */
  | {
      readonly kind: 'constant';
      readonly constant: 'zero' | 'ones' | 'identity' | 'basis';
      readonly dims: readonly Size[];
      readonly index?: TermIndex;
    }
  /** Written out; entries are scalars or blocks. */
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Term[])[] }
  /** Addends of one shape; scalars, single rows and single columns are broadcast. */
  | { readonly kind: 'sum'; readonly addends: readonly { readonly sign: 1 | -1; readonly term: Term }[] }
  | { readonly kind: 'product'; readonly product: ProductKind; readonly left: Term; readonly right: Term; readonly axes?: number }
  /** Entry by entry where both are arrays; a scalar divides anything. */
  | { readonly kind: 'quotient'; readonly numerator: Term; readonly denominator: Term }
  /** Of a matrix by itself, or entry by entry. A negative or fractional matrix power goes through the inverse or the spectrum. */
  | { readonly kind: 'power'; readonly base: Term; readonly exponent: Term; readonly matrix: boolean }
  | { readonly kind: 'transpose'; readonly term: Term }
  | { readonly kind: 'inverse'; readonly term: Term; readonly pseudo?: boolean }
  /** f, f′ (order 1), f″ … entry by entry. */
  | { readonly kind: 'apply'; readonly fn: Elementwise; readonly order: number; readonly term: Term }
  /** A function that nothing defines, of whole arrays, with a result of stated size (f : ℝⁿ → ℝᵐ): random and smooth. `dims` is the result's. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Term[]; readonly dims: readonly Size[] }
  | { readonly kind: 'softmax'; readonly term: Term; readonly axis: 'all' | 'rows' | 'columns'; readonly log?: boolean }
  | { readonly kind: 'matrix-function'; readonly fn: 'exp' | 'log' | 'sqrt'; readonly term: Term }
  | { readonly kind: 'reduce'; readonly reduce: Reduction; readonly term: Term }
  /** Of a vector: the diagonal matrix. Of a square matrix: its diagonal as a column. `keep` keeps a matrix and zeroes what is off the diagonal. */
  | { readonly kind: 'diag'; readonly term: Term; readonly keep?: boolean }
  /** Columns stacked. */
  | { readonly kind: 'vec'; readonly term: Term }
  | { readonly kind: 'element'; readonly term: Term; readonly indices: readonly TermIndex[] }
  /** An array by its entries: rows × columns of the body for all values of the letters (s_i = … defines s). */
  | { readonly kind: 'array'; readonly letters: readonly string[]; readonly dims: readonly Size[]; readonly body: Term }
  | {
      readonly kind: 'binder';
      readonly binder: 'sum' | 'product' | 'mean' | 'max' | 'min';
      readonly letter: string;
      readonly from: Term;
      readonly to: Term;
      readonly except?: Term;
      readonly body: Term;
    }
  /** max(0, z) and its kin, entry by entry with broadcasting. */
  | { readonly kind: 'extremum'; readonly extremum: 'max' | 'min'; readonly args: readonly Term[] }
  /** 1 or 0 entry by entry. */
  | { readonly kind: 'indicator'; readonly relation: '<' | '<=' | '=' | '!=' | '>=' | '>'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'cases'; readonly branches: readonly { readonly value: Term; readonly condition: Term | undefined }[] }
  /** ∂of/∂by, arranged by the layout. `transposedOf`, `transposedBy`: a transpose sign on the whole numerator or denominator. `by` of length 2: second order. */
  | {
      readonly kind: 'derivative';
      readonly of: Term;
      readonly by: readonly DerivativeTarget[];
      readonly layout: Layout;
      readonly transposedOf?: boolean;
      readonly transposedBy?: boolean;
      readonly diagonal?: boolean;
    }
  /** ∇_x f: the shape of x for a scalar; `layout` for a vector. */
  | { readonly kind: 'gradient'; readonly of: Term; readonly by: DerivativeTarget; readonly layout: Layout }
  /** d(of): the derivative in the directions that the problem gives to its free differentials. */
  | { readonly kind: 'differential'; readonly of: Term }
  /** of with symbols replaced by values, |_{x = x_0}. */
  | { readonly kind: 'at'; readonly term: Term; readonly bindings: readonly { readonly key: string; readonly value: Term }[] };

/** A symbol or one of its elements; `transposed`: the derivative is by its transpose; `vec`: by its columns, stacked. */
export interface DerivativeTarget {
  readonly key: string;
  readonly indices?: readonly TermIndex[];
  readonly transposed?: boolean;
  readonly vec?: boolean;
}

/** `norm2` is the Euclidean or Frobenius norm of the entries; `spectral` the largest singular value. */
export type Reduction =
  | 'trace'
  | 'det'
  | 'logdet'
  | 'sum'
  | 'mean'
  | 'norm2'
  | 'norm1'
  | 'norm-inf'
  | 'nuclear'
  | 'spectral'
  | 'max'
  | 'min'
  | 'rank'
  | 'row-sums'
  | 'column-sums';

export type Assumption =
  | 'symmetric'
  | 'antisymmetric'
  | 'diagonal'
  | 'orthogonal'
  | 'invertible'
  | 'positive-definite'
  | 'positive'
  | 'non-negative'
  | 'one-hot'
  | 'probability'
  | 'ones'
  | 'zero'
  | 'identity';
