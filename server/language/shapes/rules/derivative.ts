// THE table: the shape of ∂u/∂v under each layout. Sources: T. Minka, Old and New Matrix Algebra Useful for Statistics (2000);
// J. Magnus and H. Neudecker, Matrix Differential Calculus; Wikipedia's table of layouts for the scalar-by-matrix rows.
import type { Layout } from '../../term.js';
import type { FunctionMeaning } from '../candidate.js';
import { type Dim, isOne, one } from '../dimension.js';
import { cols, fromSides, isColumn, isRow, isScalar, matrix, rows, type Shape, scalar, transpose } from '../shape.js';

type Rank = 'scalar' | 'column' | 'row' | 'matrix' | 'tensor';

export function rankOf(s: Shape): Rank {
  if (isScalar(s)) return 'scalar';
  if (s.dims.length > 2) return 'tensor';
  return isColumn(s) ? 'column' : isRow(s) ? 'row' : 'matrix';
}

type Entry = (u: Shape, v: Shape) => Shape;

const same: Entry = (_, v) => v;
const turned: Entry = (_, v) => transpose(v);
const sameTop: Entry = (u) => u;
const turnedTop: Entry = (u) => transpose(u);
const byColumns: Entry = (u, v) => matrix(length(u), length(v));
const byRows: Entry = (u, v) => matrix(length(v), length(u));

const length = (s: Shape): Dim => (isOne(cols(s)) ? rows(s) : cols(s));

/** Rows: numerator; columns: what ∂u/∂v is by. A row as a variable counts as a matrix of one row; vector by row has the entries of vector by vector. */
const table: Readonly<
  Record<
    Layout,
    Readonly<
      Record<
        | 'scalar by scalar'
        | 'scalar by column'
        | 'scalar by matrix'
        | 'column by scalar'
        | 'row by scalar'
        | 'matrix by scalar'
        | 'vector by vector',
        Entry
      >
    >
  >
> = {
  numerator: {
    'scalar by scalar': () => scalar,
    'scalar by column': turned,
    'scalar by matrix': turned,
    'column by scalar': sameTop,
    'row by scalar': sameTop,
    'matrix by scalar': sameTop,
    'vector by vector': byColumns,
  },
  denominator: {
    'scalar by scalar': () => scalar,
    'scalar by column': same,
    'scalar by matrix': same,
    'column by scalar': turnedTop,
    'row by scalar': turnedTop,
    'matrix by scalar': turnedTop,
    'vector by vector': byRows,
  },
  mixed: {
    'scalar by scalar': () => scalar,
    'scalar by column': same,
    'scalar by matrix': same,
    'column by scalar': sameTop,
    'row by scalar': sameTop,
    'matrix by scalar': sameTop,
    'vector by vector': byColumns,
  },
};

/** The shape of ∂u/∂v. Where both are more than vectors, or one is a matrix: two sides, each a list of dimensions. */
export function derivativeShape(u: Shape, v: Shape, layout: Layout): Shape {
  const entries = table[layout];
  const top = rankOf(u);
  const bottom = rankOf(v);
  if (top === 'scalar' && bottom === 'scalar') return scalar;
  if (top === 'scalar' && bottom !== 'tensor') return entries[bottom === 'column' ? 'scalar by column' : 'scalar by matrix'](u, v);
  if (bottom === 'scalar' && top !== 'tensor')
    return entries[top === 'column' ? 'column by scalar' : top === 'row' ? 'row by scalar' : 'matrix by scalar'](u, v);
  const vector = (r: Rank): boolean => r === 'column' || r === 'row';
  if (vector(top) && vector(bottom)) return entries['vector by vector'](u, v);
  const own = sides(u);
  const by = sides(v);
  if (layout === 'numerator') return fromSides(own, [...by].reverse());
  if (layout === 'denominator') return fromSides(by, [...own].reverse());
  return fromSides(own, by);
}

const sides = (s: Shape): readonly Dim[] => s.dims.filter((d) => !isOne(d));

/** Whether ∂u/∂v is written down differently when it is transposed, and may stand so where no layout is declared. */
export const canTurn = (s: Shape): boolean => s.dims.length === 2;

/** What u/∂v of a second derivative of a scalar by x and y is: ∂/∂x of ∂f/∂y. */
export function hessianShape(x: Shape, y: Shape): Shape {
  if (isScalar(x)) return y;
  if (isScalar(y)) return x;
  if (rankOf(x) === 'matrix' || rankOf(y) === 'matrix') return fromSides(sides(x), sides(y));
  return matrix(length(x), length(y));
}

/** The Jacobian matrix of a map of one vector: a row for each entry of its value, a column for each of its argument. */
export function jacobianOfMap({ result, domain }: FunctionMeaning): Shape | undefined {
  const [argument, ...others] = domain ?? [];
  if (!result || !argument || others.length > 0 || !isColumn(argument) || !(isScalar(result) || isColumn(result))) return undefined;
  return matrix(isScalar(result) ? one : rows(result), rows(argument));
}
