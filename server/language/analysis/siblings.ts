// What operands tell of one another where custom wants them alike: factors of a Hadamard product, addends of a batch and its bias.
import type { Name } from '../expr.js';
import type { Candidate } from '../shapes/candidate.js';
import { one } from '../shapes/dimension.js';
import { cols, isProperMatrix, matrix, rows, type Shape } from '../shapes/shape.js';
import { bareSymbol, factorName, isWeight, matrixLike, vectorLike } from './customs.js';

export interface Sibling {
  readonly name: Name;
  readonly shape: Shape;
}

/** Bare addends without a shape beside a product: a capital has the shape of the sum, the bias of a batch is a row or a column. */
export function addendLessons(c: Candidate): readonly Sibling[] {
  const below = c.parts.flatMap(addendLessons);
  if (c.rule !== 'sum' || !c.shape || !isProperMatrix(c.shape)) return below;
  const product = c.parts.find((p) => p.rule === 'product' && p.shape);
  const own = c.parts.flatMap((p): readonly Sibling[] => {
    const name = p.shape ? undefined : bareSymbol(p.expr);
    const shape = name && c.shape && addendShape(name, c.shape, product);
    return name && shape ? [{ name, shape }] : [];
  });
  return [...below, ...own];
}

function addendShape(name: Name, sum: Shape, product: Candidate | undefined): Shape | undefined {
  if (matrixLike(name.base)) return sum;
  if (!vectorLike(name.base) || product?.expr.kind !== 'product') return undefined;
  const { factors } = product.expr;
  const [first, last] = [factors[0], factors[factors.length - 1]].map((f) => f && factorName(f));
  if (last && isWeight(last.base)) return matrix(one, cols(sum));
  return first && isWeight(first.base) ? matrix(rows(sum), one) : undefined;
}
