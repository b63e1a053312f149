// Matrices that a formula takes for square by what it does to them: the factors of a product that are powers or inverses. What is known of their
// sizes is another's business.
import type { Expr, Name } from '../expr.js';
import { walk } from '../syntax/print.js';
import { bareSymbol, factorName, matrixLike } from './customs.js';

export interface Squared {
  readonly name: Name;
  /** What it is if its exponent is the number of a layer. */
  readonly asLabel?: Name;
  /** A letter for a matrix stands next to it: it is no number. */
  readonly besideMatrix: boolean;
}

/** Σ of V Σ², of V Σ^{-1} Uᵀ and of Σ² + λI; nothing of products entry by entry, in which a power is one of each entry. */
export function squaredIn(members: readonly Expr[]): readonly Squared[] {
  return members.flatMap((m) => walk(m)).flatMap(squaredOf);
}

function squaredOf(e: Expr): readonly Squared[] {
  if (e.kind === 'sum') {
    const terms = e.addends.map((a) => a.expr);
    return terms.some(isIdentityTerm) ? terms.flatMap((t) => squaredBy(t, true)) : [];
  }
  if (e.kind !== 'product' || !e.signs.every((s) => s === '' || s === '\\cdot')) return [];
  return e.factors.flatMap((f, i) => squaredBy(f, [e.factors[i - 1], e.factors[i + 1]].some(isMatrixLetter)));
}

/** I, λ I, n λ I_p. */
function isIdentityTerm(e: Expr): boolean {
  const last = e.kind === 'product' ? e.factors[e.factors.length - 1] : e;
  return last?.kind === 'symbol' && /^(?:\\math\w+\{)?I\}?$/.test(last.name.base);
}

function squaredBy(factor: Expr, besideMatrix: boolean): readonly Squared[] {
  const inverse = factor.kind === 'inverse' && !factor.pseudo;
  const power = factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value > 1;
  const name = inverse || power ? bareSymbol(factor.base) : undefined;
  return name ? [{ name, besideMatrix, ...(factor.kind === 'power' && factor.asName ? { asLabel: factor.asName } : {}) }] : [];
}

function isMatrixLetter(e: Expr | undefined): boolean {
  const name = e && factorName(e);
  return name !== undefined && matrixLike(name.base);
}
