// Reverse rules of what goes through a factorization: the transposes of the forward rules in jvp/spectral.ts (same sources).
import { complement, frechet, resolvent } from '../jvp/spectral.js';
import type { Value, VjpRules } from '../operation.js';

type Spectral = 'inverse' | 'pseudoInverse' | 'determinant' | 'logDeterminant' | 'matrixFunction' | 'leadingEigenvector';

export const spectralVjp: VjpRules<Spectral> = {
  // −A⁻ᵀ G A⁻ᵀ
  inverse: (o, _, g, __, inverse) => {
    const inverseT = o.transpose(inverse);
    return [o.scale(o.matmul(o.matmul(inverseT, g), inverseT), -1)];
  },
  // −A⁺ᵀ G A⁺ᵀ + (I − AA⁺) Gᵀ A⁺A⁺ᵀ + A⁺ᵀA⁺ Gᵀ (I − A⁺A)
  pseudoInverse: (o, [a], g, _, plus) => {
    const plusT = o.transpose(plus);
    const gT = o.transpose(g);
    const first = o.matmul(o.matmul(plusT, g), plusT);
    const second = o.matmul(o.matmul(complement(o, o.matmul(a as Value, plus)), gT), o.matmul(plus, plusT));
    const third = o.matmul(o.matmul(o.matmul(plusT, plus), gT), complement(o, o.matmul(plus, a as Value)));
    return [o.add(o.subtract(second, first), third)];
  },
  // g det A A⁻ᵀ
  determinant: (o, [a], g, _, determinant) => [o.multiply(o.multiply(g, determinant), o.transpose(o.inverse(a as Value)))],
  logDeterminant: (o, [a], g) => [o.multiply(g, o.transpose(o.inverse(a as Value)))],
  // The transpose of E ↦ L_f(A, E) is G ↦ L_f(Aᵀ, G).
  matrixFunction: (o, [a], g, fn) => [frechet(o, fn, o.transpose(a as Value), g)],
  // (λI − A)⁺ g vᵀ
  leadingEigenvector: (o, [a], g, _, v) => [o.matmul(o.matmul(resolvent(o, a as Value, v), g), o.transpose(v))],
};
