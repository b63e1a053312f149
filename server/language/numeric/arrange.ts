// How a layout arranges the entries of ∂u/∂v: the table, as data, and the order of axes that follows from it.
// Sources: Magnus & Neudecker 1999 (numerator layout); Petersen & Pedersen, The Matrix Cookbook (denominator); docs/shape-rules.md.
// Written for arrays alone: the shape rules have a table of their own, and tests hold one against the other.
import type { Layout } from '../term.js';
import { canonicalDims, sizeOf } from './array.js';

type Side = 'scalar' | 'vector' | 'matrix';

/** Axes in order: u1 and v1 are a vector's entries or a matrix's rows, u2 and v2 columns, 1 a side of length one. */
type Axes = readonly ('u1' | 'u2' | 'v1' | 'v2' | 1)[];

/** Layout, then u, then v. What is not in it follows `otherwise`. */
const table: { readonly [L in Layout]: { readonly [U in Side]: { readonly [V in Side]?: Axes } } } = {
  numerator: {
    scalar: { scalar: [], vector: [1, 'v1'], matrix: ['v2', 'v1'] },
    vector: { scalar: ['u1', 1], vector: ['u1', 'v1'] },
    matrix: { scalar: ['u1', 'u2'] },
  },
  denominator: {
    scalar: { scalar: [], vector: ['v1', 1], matrix: ['v1', 'v2'] },
    vector: { scalar: [1, 'u1'], vector: ['v1', 'u1'] },
    matrix: { scalar: ['u2', 'u1'] },
  },
  mixed: {
    scalar: { scalar: [], vector: ['v1', 1], matrix: ['v1', 'v2'] },
    vector: { scalar: ['u1', 1], vector: ['u1', 'v1'] },
    matrix: { scalar: ['u1', 'u2'] },
  },
};

/** All axes of u and v, numbered from 0, those of v after those of u. */
const otherwise: { readonly [L in Layout]: (u: readonly number[], v: readonly number[]) => readonly number[] } = {
  numerator: (u, v) => [...u, ...[...v].reverse()],
  denominator: (u, v) => [...v, ...[...u].reverse()],
  mixed: (u, v) => [...u, ...v],
};

export interface Arrangement {
  /** The axes of the entries as they come, u's and then v's, without a vector's side of length one. */
  readonly axes: readonly number[];
  /** Axis k of the result is axis order[k] of these. */
  readonly order: readonly number[];
  /** The result's dims, sides of length one put in. */
  readonly dims: readonly number[];
}

/** A transpose sign on the numerator or denominator fixes vector by vector in every layout. */
export interface TransposeSigns {
  readonly of?: boolean;
  readonly by?: boolean;
}

/** How the entries ∂u_i/∂v_j (u's places before v's, each row-major) make the array ∂u/∂v. */
export function arrange(layout: Layout, u: readonly number[], v: readonly number[], signs: TransposeSigns = {}): Arrangement {
  const of = sideOf(u, v.length === 0);
  const by = sideOf(v, u.length === 0);
  const axes = [...of.axes, ...by.axes];
  const cell = fixedBySign(of.side, by.side, signs) ?? cellOf(layout, of, by);
  if (cell === undefined) {
    const places = [...axes.keys()];
    const order = otherwise[layout](places.slice(0, of.axes.length), places.slice(of.axes.length));
    return arrangement(axes, order, order);
  }
  const place = { u1: 0, u2: 1, v1: of.axes.length, v2: of.axes.length + 1 };
  const withOnes = cell.map((axis) => (axis === 1 ? undefined : place[axis]));
  return arrangement(
    axes,
    withOnes.filter((axis) => axis !== undefined),
    withOnes,
  );
}

function arrangement(axes: readonly number[], order: readonly number[], withOnes: readonly (number | undefined)[]): Arrangement {
  return { axes, order, dims: canonicalDims(withOnes.map((axis) => (axis === undefined ? 1 : (axes[axis] as number)))) };
}

interface SideAxes {
  readonly side: Side | 'tensor';
  readonly axes: readonly number[];
}

/** A row counts as a matrix with one row where the other side is a scalar, else as a vector. */
function sideOf(dims: readonly number[], otherIsScalar: boolean): SideAxes {
  if (dims.length === 0) return { side: 'scalar', axes: [] };
  if (dims.length > 2) return { side: 'tensor', axes: dims };
  if (dims[1] === 1 || (dims[0] === 1 && !otherIsScalar)) return { side: 'vector', axes: [sizeOf(dims)] };
  return { side: 'matrix', axes: dims };
}

function cellOf(layout: Layout, of: SideAxes, by: SideAxes): Axes | undefined {
  return of.side === 'tensor' || by.side === 'tensor' ? undefined : table[layout][of.side][by.side];
}

function fixedBySign(of: SideAxes['side'], by: SideAxes['side'], signs: TransposeSigns): Axes | undefined {
  if (of !== 'vector' || by !== 'vector' || signs.of === signs.by) return undefined;
  if (signs.by === true) return ['u1', 'v1'];
  return signs.of === true ? ['v1', 'u1'] : undefined;
}
