// Shapes in words: 3×2, (n+1)×m, column vector, third-order tensor.
import { type Dim, printDim } from '../shapes/dimension.js';
import { isOpenSquare, isSquare } from '../shapes/match.js';
import { cols, isColumn, isRow, isScalar, rows, type Shape } from '../shapes/shape.js';
import { plainTex } from './names.js';

const dimText = (dim: Dim): string => plainTex(printDim(dim));

const dimFactor = (dim: Dim): string => {
  const text = dimText(dim);
  return /[+−]/.test(text.replace(/[_^]\{[^}]*\}/g, '')) ? `(${text})` : text;
};

/** 3×2; a scalar is `scalar`. */
export const shapeText = (shape: Shape): string => (isScalar(shape) ? 'scalar' : shape.dims.map(dimFactor).join('×'));

/** In a row of shapes a scalar is 1, what is not known ?. */
export const factorText = (shape: Shape | undefined): string => (shape ? (isScalar(shape) ? '1' : shapeText(shape)) : '?');

const ordinals: Readonly<Record<number, string>> = { 3: 'third', 4: 'fourth', 5: 'fifth', 6: 'sixth' };

export const tensorWord = (shape: Shape): string =>
  ordinals[shape.dims.length] ? `${ordinals[shape.dims.length]}-order tensor` : `tensor of order ${shape.dims.length}`;

/** What something of this shape is. */
export function shapeWord(shape: Shape): string {
  if (isScalar(shape)) return 'scalar';
  if (shape.dims.length > 2) return tensorWord(shape);
  if (isColumn(shape)) return 'column vector';
  if (isRow(shape)) return 'row vector';
  return isSquare(shape) && !shape.dims.some((d) => d.flexible) ? 'square matrix' : 'matrix';
}

/** "1 column", "3 rows", "n rows". */
const counted = (dim: Dim, noun: string): string => {
  const text = dimText(dim);
  return `${text} ${noun}${text === '1' ? '' : 's'}`;
};

export const columnsOf = (shape: Shape): string => counted(cols(shape), 'column');
export const rowsOf = (shape: Shape): string => counted(rows(shape), 'row');

/** "2×3", "a scalar": after "is". */
export const isText = (shape: Shape | undefined): string =>
  shape ? (isScalar(shape) ? 'a scalar' : isOpenSquare(shape) ? 'square' : shapeText(shape)) : 'of unknown shape';
