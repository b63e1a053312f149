// The words for products, Hadamard products and arguments of functions that do not conform.
import type { Expr } from '../../expr.js';
import { isOpenSquare } from '../../shapes/match.js';
import type { Shape } from '../../shapes/shape.js';
import { cols, isScalar, isTensor, rows, sameShape, transpose } from '../../shapes/shape.js';
import { functionWord, plain } from '../plain.js';
import { foldProduct, type Part, partText, type Row, rowOf, rowText, type ShapeRow } from '../row.js';
import { columnsOf, factorText, rowsOf, shapeText } from '../shape-words.js';
import { suggestion, transposedText } from '../suggest.js';
import { type ConflictOf, candidateOf, candidatesOf, type Telling, type Told, wantedBy } from './telling.js';

export function productMismatch({ statement }: Telling, conflict: ConflictOf<'product-mismatch'>): Told {
  const whole = candidateOf(statement, conflict.product);
  const row = whole && rowOf(whole);
  const [left, right] = neighbours(row, conflict);
  const [a, b] = conflict.shapes;
  const todo = row && suggestion(only(row, conflict), wantedBy(statement, conflict.product));
  return {
    what: `This product does not conform: ${left} is ${side(a, 'left')}, ${right} is ${side(b, 'right')}.`,
    why: row ? rowText(row) : `${factorText(a)} ✗ ${factorText(b)}`,
    ...(todo ? { todo } : {}),
    about: candidatesOf(statement, partsAt(row, conflict).flatMap(exprsOf)),
  };
}

const side = (s: Shape, which: 'left' | 'right'): string =>
  isOpenSquare(s)
    ? 'square'
    : isTensor(s) || isScalar(s)
      ? shapeText(s)
      : `${shapeText(s)} (${which === 'left' ? columnsOf(s) : rowsOf(s)})`;

const exprsOf = (p: Part): readonly Expr[] => (p.kind === 'factor' ? [p.expr] : p.parts.flatMap(exprsOf));

const startOf = (p: Part): number => (p.kind === 'factor' ? p.expr.span.start : Math.min(...p.parts.map(startOf)));

/** The parts of a row to the left and right of the break that a conflict speaks of. */
function partsAt(row: Row | undefined, conflict: ConflictOf<'product-mismatch'>): readonly Part[] {
  const at = row?.parts.findIndex((p) => startOf(p) === conflict.spans[1].start) ?? -1;
  return row && at > 0 ? row.parts.slice(at - 1, at + 1) : [];
}

function neighbours(row: Row | undefined, conflict: ConflictOf<'product-mismatch'>): readonly [string, string] {
  const [left, right] = partsAt(row, conflict);
  return [left ? partText(left) : plain(conflict.exprs[0], 40), right ? partText(right) : plain(conflict.exprs[1], 40)];
}

/** The row with the break of this conflict first: others have their own message. */
function only(row: ShapeRow, conflict: ConflictOf<'product-mismatch'>): ShapeRow {
  if (row.joints.filter((j) => j.broken).length < 2) return row;
  const at = row.parts.findIndex((p) => startOf(p) === conflict.spans[1].start) - 1;
  return { ...row, parts: row.parts.slice(at, at + 2), joints: row.joints.slice(at, at + 1) };
}

export function hadamardMismatch({ statement }: Telling, conflict: ConflictOf<'hadamard-mismatch'>): Told {
  const [a, b] = conflict.shapes;
  const [left, right] = conflict.exprs.map((e) => plain(e, 40)) as [string, string];
  const demand =
    conflict.product.kind === 'inner'
      ? 'An inner product needs two equal shapes'
      : conflict.product.kind === 'quotient'
        ? 'An array divides only one of its own shape, entry by entry'
        : 'A product entry by entry needs two equal shapes';
  return {
    what: `${demand}: ${left} is ${shapeText(a)}, ${right} is ${shapeText(b)}.`,
    ...(conflict.product.kind === 'product' ? hadamardHint(left, a, right, b) : {}),
    about: candidatesOf(statement, conflict.exprs),
  };
}

function hadamardHint(left: string, a: Shape, right: string, b: Shape): Pick<Told, 'todo'> {
  if (sameShape(transpose(a), b))
    return { todo: `With ${transposedText(right)} for ${right} it would conform: ${shapeText(a)} ⊙ ${shapeText(a)}.` };
  const product = foldProduct([a, b]);
  if (product)
    return { todo: `The matrix product ${left} ${right} would conform: ${factorText(a)} · ${factorText(b)} = ${factorText(product)}.` };
  const exchanged = foldProduct([b, a]);
  if (exchanged)
    return { todo: `The matrix product ${right} ${left} would conform: ${factorText(b)} · ${factorText(a)} = ${factorText(exchanged)}.` };
  return {};
}

const demands: Readonly<Record<string, readonly [string, string]>> = {
  inverse: ['Only a square matrix has an inverse', 'A matrix that is not square has a pseudo-inverse, A^+.'],
  trace: ['The trace adds the diagonal of a square matrix', ''],
  det: ['Only a square matrix has a determinant', ''],
  'block beside': ['Blocks side by side have the same rows', ''],
  'block below': ['Blocks on top of one another have the same columns', ''],
  logdet: ['Only a square matrix has a determinant', ''],
};

export function functionArgument({ statement }: Telling, conflict: ConflictOf<'function-argument'>): Told {
  const [demand, help] = demands[conflict.fn] ?? [`${functionWord(conflict.fn)} takes no argument of this shape`, ''];
  const { shape } = conflict;
  const name = plain(conflict.expr.kind === 'group' ? conflict.expr.body : conflict.expr, 40);
  const square =
    shape.dims.length === 2 && !conflict.fn.startsWith('block')
      ? `Square would be ${transposedText(name)} ${name}, ${factorText(squareOf(cols(shape), shape))}, or ${name} ${transposedText(name)}, ${factorText(squareOf(rows(shape), shape))}.`
      : '';
  return {
    what: `${demand}; ${name} is ${shapeText(shape)}.`,
    ...(help || square ? { todo: conflict.fn === 'inverse' ? help : square } : {}),
    about: candidatesOf(statement, [conflict.expr]),
  };
}

const squareOf = (d: Shape['dims'][number], like: Shape): Shape => ({ ...like, dims: [d, d] });
