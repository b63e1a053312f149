// Quotients: a scalar divides anything; two arrays of one shape divide entry by entry.
import type { ExprOf } from '../../expr.js';
import { type Candidate, costs } from '../candidate.js';
import { fits, joinShapes, lengthOf, sameLength, shapesFit } from '../match.js';
import { cols, isProperMatrix, isScalar, isVector, rows, type Shape } from '../shape.js';
import { candidate, handful } from './common.js';

export function inferQuotient(
  expr: ExprOf<'quotient'>,
  numerators: readonly Candidate[],
  denominators: readonly Candidate[],
): readonly Candidate[] {
  const out: Candidate[] = [];
  for (const u of numerators.slice(0, 3)) for (const v of denominators.slice(0, 3)) out.push(divide(expr, u, v));
  return handful(out);
}

function divide(expr: ExprOf<'quotient'>, u: Candidate, v: Candidate): Candidate {
  const parts = [u, v];
  const a = u.shape;
  const b = v.shape;
  if (b && isScalar(b)) return candidate({ expr, shape: a, rule: 'quotient', parts });
  // 1/N, where nothing tells N: one divides by numbers.
  if (!b && v.rule === 'unknown' && u.expr.kind === 'number') return candidate({ expr, shape: a, rule: 'quotient', parts, solid: false });
  if (!a || !b) return candidate({ expr, shape: undefined, rule: 'quotient', parts });
  if (isScalar(a)) return candidate({ expr, shape: b, rule: 'quotient', parts, cost: costs.scalarBroadcast });
  if (shapesFit(a, b)) return candidate({ expr, shape: joinShapes(a, b), rule: 'quotient', parts, cost: costs.option });
  if (!mayDivide(a, b) && u.solid && v.solid)
    return candidate({
      expr,
      shape: undefined,
      rule: 'quotient',
      parts,
      cost: costs.conflict,
      conflict: {
        code: 'hadamard-mismatch',
        spans: [u.expr.span, v.expr.span],
        exprs: [u.expr, v.expr],
        shapes: [a, b],
        product: expr,
        solid: u.solid && v.solid,
      },
    });
  return candidate({ expr, shape: undefined, rule: 'quotient', parts, cost: costs.scalarBroadcast });
}

/** Vectors of one length, and a vector along the rows or columns of a matrix, are divided by custom. */
function mayDivide(a: Shape, b: Shape): boolean {
  if (a.dims.length > 2 || b.dims.length > 2) return true;
  if (isVector(a) && isVector(b)) return sameLength(a, b);
  const n = lengthOf(b);
  return isProperMatrix(a) && n !== undefined && (fits(n, rows(a)) || fits(n, cols(a)));
}
