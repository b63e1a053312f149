// What a term is, in a few words: column vector, diagonal Jacobian, element of W^{(3)}.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Candidate } from '../shapes/candidate.js';
import { isSquare } from '../shapes/match.js';
import { isRow, isScalar, isTensor, isVector, type Shape } from '../shapes/shape.js';
import { plainTex } from './names.js';
import { plain } from './plain.js';
import { derivativeOf, wholeOf } from './reason.js';
import { shapeWord, tensorWord } from './shape-words.js';

/** Undefined shape: what can be said all the same. */
export function describe(c: Candidate, s: CheckedStatement): string {
  const derivative = derivativeOf(c);
  if (derivative) return describeDerivative(derivative, s);
  if (c.detail?.kind === 'found') return describeSymbol(c);
  const word = c.shape ? shapeWord(c.shape) : '';
  const inner = c.parts[0];
  switch (c.rule) {
    case 'number':
      return 'number';
    case 'transpose':
      return inner ? `transpose of ${plain(inner.expr, 30)}${c.shape && !isScalar(c.shape) ? `, a ${word}` : ''}` : word;
    case 'inverse':
      return inner && c.shape && !isScalar(c.shape) ? `inverse of ${plain(inner.expr, 30)}` : word;
    case 'chain':
      return `chain of derivatives${c.shape ? `, a ${word}` : ''}`;
    case 'product':
    case 'sum':
    case 'quotient':
      return word && c.shape && !isScalar(c.shape) ? `${c.rule}, a ${word}` : c.rule;
    case 'elementwise':
      return word ? `${word}, applied entry by entry` : '';
    case 'diagonal-matrix':
      return 'diagonal matrix of the derivatives';
    case 'sum-entries':
      return 'sum of all entries';
    case 'sum-axis':
      return `${word}, the sum of the ${c.shape && isRow(c.shape) ? 'rows' : 'columns'}`;
    case 'norm':
      return c.expr.kind === 'norm' && c.expr.bars === 1 ? word : 'norm';
    case 'inner':
      return 'inner product';
    case 'tuple':
    case 'concatenation':
    case 'matrix':
      return word ? `${word}, written out` : '';
    case 'differential':
      return inner ? `differential of ${plain(inner.expr, 20)}, of its shape` : word;
    default:
      return word;
  }
}

const constantWords = {
  ones: 'vector of ones',
  identity: 'identity matrix',
  zero: 'zero',
  basis: 'basis vector',
  delta: 'Kronecker delta',
  euler: 'Euler’s number',
} as const;

function describeSymbol(c: Candidate): string {
  if (c.detail?.kind !== 'found') return '';
  const { found } = c.detail;
  if (found.constant) return constantWords[found.constant];
  const word = shapeWord(found.shape);
  const of = wholeOf(c.detail);
  if (!of) return word;
  if (found.how === 'element') return `element of ${plainTex(of.key)}`;
  if (found.how === 'slice') return `${word}, a part of ${plainTex(of.key)}`;
  return word;
}

function describeDerivative(c: Candidate, s: CheckedStatement): string {
  const [u, v] = c.parts;
  const shape = c.shape;
  if (!shape || !u?.shape || !v?.shape) return 'derivative';
  if (c.rule === 'hessian') return isScalar(shape) ? 'second derivative' : 'Hessian, a square matrix';
  if (isTensor(shape)) return tensorWord(shape);
  if (isScalar(u.shape)) return isScalar(v.shape) ? 'derivative, a scalar' : gradientWord(c, v.shape, s);
  if (isScalar(v.shape)) return `derivative by a scalar, a ${shapeWord(shape)}`;
  if (isVector(u.shape) && isVector(v.shape)) return jacobianWord(c, shape);
  return `derivative, a ${shapeWord(shape)}`;
}

function gradientWord(c: Candidate, by: Shape, s: CheckedStatement): string {
  const name = c.parts[1] ? plain(c.parts[1].expr, 20) : 'the variable';
  const shape = c.shape as Shape;
  const same = shape.dims.every((d, i) => d.key === by.dims[i]?.key);
  if (isVector(shape)) return `gradient, a ${shapeWord(shape)}${same || s.layout !== 'numerator' ? '' : ' in numerator layout'}`;
  return same ? `gradient, of the shape of ${name}` : `gradient, of the shape of ${name} transposed`;
}

function jacobianWord(c: Candidate, shape: Shape): string {
  if (c.detail?.kind === 'derivative' && c.detail.diagonal) return 'diagonal Jacobian';
  return isSquare(shape) ? 'square Jacobian' : 'Jacobian';
}
