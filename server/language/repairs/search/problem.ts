// A product to be repaired as data: its factors with their shapes, the signs between them, and what may be changed.
import type { Expr, ProductSign } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { type Shape, isColumn, isScalar, isVector, matrix, rows, cols, transpose } from '../../shapes/shape.js';
import { operandOf } from '../../shapes/rules/operand.js';
import type { Operand } from '../../shapes/rules/pair.js';
import type { Span } from '../../text.js';
import type { Habits } from '../habits.js';
import type { Piece } from '../rewrite.js';
import { transposed } from '../transpose.js';

export interface Atom {
  /** What it stands for in products, as it is, transposed, and as a diagonal matrix. */
  readonly plain: Operand;
  readonly turned: Operand | undefined;
  readonly diagonal: Operand | undefined;
  readonly pieces: readonly Piece[];
  readonly turnedPieces: readonly Piece[] | undefined;
  readonly expr: Expr | undefined;
  /** A number or a scalar: it commutes, so it stays where it is. */
  readonly scalar: boolean;
  /** Whether it carries a transpose sign as it stands. */
  readonly isTransposed: boolean;
  readonly span: Span | undefined;
}

export interface Item {
  readonly atom: number;
  readonly turned: boolean;
  readonly diagonal: boolean;
}

export interface State {
  readonly items: readonly Item[];
  readonly signs: readonly ProductSign[];
  readonly cost: number;
  /** How many factors were left out or added. */
  readonly changed: number;
}

export interface Problem {
  readonly tex: string;
  readonly span: Span;
  /** Those of the product as it stands, in order, then those that may be added. */
  readonly atoms: readonly Atom[];
  readonly count: number;
  readonly signs: readonly ProductSign[];
  readonly habits: Habits;
  /** Undefined: any shape will do. */
  readonly wanted: ((shape: Shape | undefined) => boolean) | undefined;
}

export interface Addable {
  readonly text: string;
  readonly turnedText: string;
  readonly shape: Shape;
}

export function problemOf(tex: string, candidate: Candidate, habits: Habits, addable: readonly Addable[], wanted: Problem['wanted']): Problem | undefined {
  const flat = flatten(candidate);
  if (flat.factors.length > 12) return undefined;
  const atoms = [...flat.factors.map((c) => atomOf(tex, c, habits)), ...addable.map(addedAtom)];
  const [first] = flat.factors;
  const last = flat.factors[flat.factors.length - 1];
  if (!first || !last) return undefined;
  return { tex, span: { start: first.expr.span.start, end: last.expr.span.end }, atoms, count: flat.factors.length, signs: flat.signs, habits, wanted };
}

/** The factors as they were inferred, with the signs between them; anything but a product is one factor. */
export function flatten(candidate: Candidate): { factors: readonly Candidate[]; signs: readonly ProductSign[] } {
  const { detail, expr } = candidate;
  if ((detail?.kind !== 'product' && detail?.kind !== 'chain') || (expr.kind !== 'product' && expr.kind !== 'juxtaposed')) return { factors: [candidate], signs: [] };
  if (expr.kind === 'juxtaposed') return { factors: detail.factors, signs: detail.factors.slice(1).map(() => '') };
  const signs: ProductSign[] = [];
  expr.factors.forEach((factor, i) => {
    if (i > 0) signs.push(expr.signs[i - 1] ?? '');
    if (factor.kind === 'juxtaposed' && detail.factors.some((c) => c.expr === factor.factors[0])) signs.push('');
  });
  return signs.length + 1 === detail.factors.length ? { factors: detail.factors, signs } : { factors: [candidate], signs: [] };
}

function atomOf(tex: string, c: Candidate, habits: Habits): Atom {
  const { shape, expr } = c;
  const { diagonal } = operandOf(c);
  const plain: Operand = diagonal ? { shape, diagonal } : { shape };
  const scalar = shape !== undefined && isScalar(shape);
  const turnable = shape !== undefined && shape.dims.length === 2;
  const turnedPieces = turnable ? transposed(tex, expr, habits) : undefined;
  return {
    plain, turned: turnable && turnedPieces ? { ...plain, shape: transpose(shape) } : undefined,
    diagonal: shape && isVector(shape) ? { shape: square(shape) } : undefined,
    pieces: [expr.span], turnedPieces, expr, scalar, isTransposed: expr.kind === 'transpose', span: expr.span,
  };
}

const square = (s: Shape): Shape => (isColumn(s) ? matrix(rows(s), rows(s)) : matrix(cols(s), cols(s)));

function addedAtom({ text, turnedText, shape }: Addable): Atom {
  return { plain: { shape }, turned: { shape: transpose(shape) }, diagonal: undefined, pieces: [text], turnedPieces: [turnedText], expr: undefined, scalar: false, isTransposed: false, span: undefined };
}

export const initial = (p: Problem): State => ({
  items: Array.from({ length: p.count }, (_, atom) => ({ atom, turned: false, diagonal: false })), signs: p.signs, cost: 0, changed: 0,
});

export const keyOf = ({ items, signs }: State): string => items.map((i, k) => `${i.atom}${i.turned ? 'T' : ''}${i.diagonal ? 'D' : ''}${signs[k] ?? ''}`).join(' ');
