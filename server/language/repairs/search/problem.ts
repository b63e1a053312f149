// A product to be repaired as data: its factors with their shapes, the signs between them, and what may be changed.
import type { Expr, ProductSign } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { operandOf } from '../../shapes/rules/operand.js';
import { isHadamard, type Operand } from '../../shapes/rules/pair.js';
import { cols, isColumn, isScalar, isVector, matrix, rows, type Shape, sameShape, transpose } from '../../shapes/shape.js';
import type { Span } from '../../text.js';
import type { Habits } from '../habits.js';
import { areApart, type Piece } from '../rewrite.js';
import { isTransposed, transposed } from '../transpose.js';

export interface Atom {
  /** What it stands for in products, as it is, transposed, and as a diagonal matrix. */
  readonly plain: Operand;
  readonly turned: Operand | undefined;
  readonly diagonal: Operand | undefined;
  readonly pieces: readonly Piece[];
  readonly turnedPieces: readonly Piece[] | undefined;
  readonly expr: Expr | undefined;
  /** Factors joined by ⊙ that are taken as one: they need parentheses inside another product. */
  readonly run: boolean;
  /** The factors that it stands for. */
  readonly ids: readonly string[];
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
  /** Whether factors were left out or added. */
  readonly changed: 'no' | 'left out' | 'added';
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

const mostFactors = 12;

/** The product as a problem; `coarse` takes factors of one shape that are joined by ⊙ as one. */
export function problemOf(
  tex: string,
  candidate: Candidate,
  habits: Habits,
  addable: readonly Addable[],
  wanted: Problem['wanted'],
  coarse: boolean,
): Problem | undefined {
  const flat = flatten(candidate);
  const [first] = flat.factors;
  const last = flat.factors[flat.factors.length - 1];
  if (!first || !last || flat.factors.length > mostFactors || !areApart(flat.factors.map((f) => f.expr.span))) return undefined;
  const single = flat.factors.map((c, i) => atomOf(tex, c, habits, i));
  const { atoms, signs } = coarse ? withRuns(single, flat.signs, habits) : { atoms: single, signs: flat.signs };
  return {
    tex,
    span: { start: first.expr.span.start, end: last.expr.span.end },
    atoms: [...atoms, ...addable.map(addedAtom)],
    count: atoms.length,
    signs,
    habits,
    wanted,
  };
}

function withRuns(
  single: readonly Atom[],
  signs: readonly ProductSign[],
  habits: Habits,
): { atoms: readonly Atom[]; signs: readonly ProductSign[] } {
  const atoms: Atom[] = [];
  const kept: ProductSign[] = [];
  for (let i = 0; i < single.length; i++) {
    const from = i;
    while (isHadamard(signs[i] ?? '') && sameKnown(single[i], single[i + 1])) i++;
    const [first, last] = [single[from], single[i]];
    if (first && last) atoms.push(first === last ? first : runAtom(single.slice(from, i + 1), habits));
    const sign = signs[i];
    if (sign !== undefined) kept.push(sign);
  }
  return { atoms, signs: kept };
}

const sameKnown = (a: Atom | undefined, b: Atom | undefined): boolean =>
  a?.plain.shape !== undefined && b?.plain.shape !== undefined && sameShape(a.plain.shape, b.plain.shape) && !a.scalar;

function runAtom(run: readonly Atom[], { transpose: sign }: Habits): Atom {
  const [first, last] = [run[0] as Atom, run[run.length - 1] as Atom];
  const span = { start: first.span?.start ?? 0, end: last.span?.end ?? 0 };
  const shape = first.plain.shape as Shape;
  return {
    plain: { shape },
    turned: shape.dims.length === 2 ? { shape: transpose(shape) } : undefined,
    diagonal: isVector(shape) ? { shape: square(shape) } : undefined,
    pieces: [span],
    turnedPieces: ['(', span, `)^${sign}`],
    expr: undefined,
    scalar: false,
    isTransposed: false,
    span,
    run: true,
    ids: run.flatMap((a) => a.ids),
  };
}

/** The factors as they were inferred, with the signs between them; anything but a product is one factor. */
export function flatten(candidate: Candidate): { factors: readonly Candidate[]; signs: readonly ProductSign[] } {
  const { detail, expr } = candidate;
  if ((detail?.kind !== 'product' && detail?.kind !== 'chain') || (expr.kind !== 'product' && expr.kind !== 'juxtaposed'))
    return { factors: [candidate], signs: [] };
  if (expr.kind === 'juxtaposed') return { factors: detail.factors, signs: detail.factors.slice(1).map(() => '') };
  const signs: ProductSign[] = [];
  expr.factors.forEach((factor, i) => {
    if (i > 0) signs.push(expr.signs[i - 1] ?? '');
    if (factor.kind === 'juxtaposed' && detail.factors.some((c) => c.expr === factor.factors[0])) signs.push('');
  });
  return signs.length + 1 === detail.factors.length ? { factors: detail.factors, signs } : { factors: [candidate], signs: [] };
}

function atomOf(tex: string, c: Candidate, habits: Habits, index: number): Atom {
  const { shape, expr } = c;
  const { diagonal } = operandOf(c);
  const plain: Operand = diagonal ? { shape, diagonal } : { shape };
  const scalar = shape !== undefined && isScalar(shape);
  const turnable = shape !== undefined && shape.dims.length === 2;
  const turnedPieces = turnable ? transposed(tex, expr, habits) : undefined;
  return {
    plain,
    turned: turnable && turnedPieces ? { ...plain, shape: transpose(shape) } : undefined,
    diagonal: shape && isVector(shape) ? { shape: square(shape) } : undefined,
    pieces: [expr.span],
    turnedPieces,
    expr,
    scalar,
    isTransposed: isTransposed(expr),
    span: expr.span,
    run: false,
    ids: [`${index}`],
  };
}

const square = (s: Shape): Shape => (isColumn(s) ? matrix(rows(s), rows(s)) : matrix(cols(s), cols(s)));

function addedAtom({ text, turnedText, shape }: Addable): Atom {
  return {
    plain: { shape },
    turned: { shape: transpose(shape) },
    diagonal: undefined,
    pieces: [text],
    turnedPieces: [turnedText],
    expr: undefined,
    scalar: false,
    isTransposed: false,
    span: undefined,
    run: false,
    ids: [text],
  };
}

export const initial = (p: Problem): State => ({
  items: Array.from({ length: p.count }, (_, atom) => ({ atom, turned: false, diagonal: false })),
  signs: p.signs,
  cost: 0,
  changed: 'no',
});

export const keyOf = ({ items, signs }: State): string =>
  items.map((i, k) => `${i.atom}${i.turned ? 'T' : ''}${i.diagonal ? 'D' : ''}${signs[k] ?? ''}`).join(' ');
