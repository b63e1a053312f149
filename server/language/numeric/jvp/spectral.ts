// Forward rules of what goes through a factorization.
// Giles 2008, An extended collection of matrix derivative results; Golub & Pereyra 1973 (pseudo-inverse);
// Magnus & Neudecker 1999, ch. 8 (eigenvector); Higham 2008, (3.16) (functions of matrices).
import { identity, squareSide } from '../array.js';
import type { MatrixFunction } from '../linear-algebra.js';
import type { Algebra, JvpRules, Value } from '../operation.js';
import { blockPlaces } from '../places.js';

type Spectral = 'inverse' | 'pseudoInverse' | 'determinant' | 'logDeterminant' | 'matrixFunction' | 'leadingEigenvector';

export const spectralJvp: JvpRules<Spectral> = {
  // d(A⁻¹) = −A⁻¹ dA A⁻¹
  inverse: (o, _, [da], __, inverse) => o.scale(o.matmul(o.matmul(inverse, da as Value), inverse), -1),
  // dA⁺ = −A⁺ dA A⁺ + A⁺A⁺ᵀ dAᵀ (I − AA⁺) + (I − A⁺A) dAᵀ A⁺ᵀA⁺, at constant rank
  pseudoInverse: (o, [a], [da], _, plus) => {
    const plusT = o.transpose(plus);
    const daT = o.transpose(da as Value);
    const first = o.matmul(o.matmul(plus, da as Value), plus);
    const second = o.matmul(o.matmul(o.matmul(plus, plusT), daT), complement(o, o.matmul(a as Value, plus)));
    const third = o.matmul(o.matmul(complement(o, o.matmul(plus, a as Value)), daT), o.matmul(plusT, plus));
    return o.add(o.subtract(second, first), third);
  },
  // d det A = det A tr(A⁻¹ dA)
  determinant: (o, [a], [da], _, determinant) => o.multiply(determinant, traceOfQuotient(o, a as Value, da as Value)),
  logDeterminant: (o, [a], [da]) => traceOfQuotient(o, a as Value, da as Value),
  matrixFunction: (o, [a], [da], fn) => frechet(o, fn, a as Value, da as Value),
  // dv = (λI − A)⁺ dA v
  leadingEigenvector: (o, [a], [da], _, v) => o.matmul(o.matmul(resolvent(o, a as Value, v), da as Value), v),
};

export function complement(o: Algebra, projection: Value): Value {
  return o.subtract(identity(squareSide(projection.dims)), projection);
}

/** tr(A⁻¹ B) */
function traceOfQuotient(o: Algebra, a: Value, b: Value): Value {
  return o.sumTo(o.multiply(o.transpose(o.inverse(a)), b), []);
}

/** The derivative of a function of matrices: f of [[A, E], [0, A]] has it in its upper right block. */
export function frechet(o: Algebra, fn: MatrixFunction, a: Value, e: Value): Value {
  const n = squareSide(a.dims);
  const upper = blockPlaces(n, 0, n);
  const doubled = o.assemble([a, e, a], [blockPlaces(n, 0, 0), upper, blockPlaces(n, n, n)], [2 * n, 2 * n]);
  return o.gather(o.apply('matrixFunction', [doubled], fn), upper, [n, n]);
}

/** (λI − A)⁺ with λ the Rayleigh quotient of v. */
export function resolvent(o: Algebra, a: Value, v: Value): Value {
  const eigenvalue = o.sumTo(o.multiply(v, o.matmul(a, v)), []);
  return o.pseudoInverse(o.subtract(o.multiply(eigenvalue, identity(squareSide(a.dims))), a));
}
