// What a formula supposes of its symbols besides what it claims: (M = M^T), Q^T Q = I, \text{if } M \text{ is symmetric}. A supposition is no
// declaration: under it an equation may hold, and nothing is refuted by it.
import type { Expr, Name, Statement } from '../expr.js';
import type { Assumption } from '../term.js';
import type { Span } from '../text.js';
import type { Fact } from './facts.js';

/** Words for assumptions, each at the beginning of a phrase. */
export const ASSUMPTIONS: readonly (readonly [RegExp, readonly Assumption[]])[] = [
  [/^(?:symmetric positive|positive|spd)/, ['symmetric', 'positive-definite']],
  [/^(?:skew|anti)/, ['antisymmetric']],
  [/^symmetric/, ['symmetric']],
  [/^diagonal/, ['diagonal']],
  [/^ortho/, ['orthogonal']],
  [/^(?:invertible|non-?singular)/, ['invertible']],
  [/^one.hot/, ['one-hot']],
  [/\b(?:ones|1 s|all-ones)\b/, ['ones']],
  [/\b(?:zeros?|zeroes|all-zeros?)\b/, ['zero']],
  [/^identity/, ['identity']],
  [/^probability/, ['probability']],
];

/** The suppositions of a formula. `read` reads a name; `place` gives the document span of a span of the formula. */
export function readSuppositions(
  tex: string,
  statements: readonly Statement[],
  read: (tex: string) => Name | undefined,
  place: (span: Span) => Span,
): Fact[] {
  const equations = statements.flatMap(({ members, relations, span }) => {
    const [only] = members;
    if (members.length === 1 && only?.kind === 'group' && only.body.kind === 'relation' && only.body.relation === '=')
      return supposed(only.body.left, only.body.right, place(span));
    return relations.flatMap((relation, k) => {
      const [left, right] = [members[k], members[k + 1]];
      return relation === '=' && left && right ? supposed(left, right, place(span)) : [];
    });
  });
  return [...equations, ...wordsIn(tex, read, place)];
}

function supposed(left: Expr, right: Expr, span: Span): Fact[] {
  const fact = (name: Name | undefined, assumption: Assumption): Fact[] =>
    name ? [{ kind: 'supposition', name, assumptions: [assumption], span }] : [];
  return [
    ...fact(sameAs(left, turned(right)) ?? sameAs(right, turned(left)), 'symmetric'),
    ...fact(sameAs(left, turned(negated(right))) ?? sameAs(right, turned(negated(left))), 'antisymmetric'),
    ...fact(orthogonalIn(left, right) ?? orthogonalIn(right, left), 'orthogonal'),
  ];
}

const nameOf = (e: Expr | undefined): Name | undefined => (e?.kind === 'symbol' ? e.name : undefined);

const sameAs = (e: Expr | undefined, other: Expr | undefined): Name | undefined => {
  const [a, b] = [nameOf(e), nameOf(other)];
  return a && b && a.key === b.key ? a : undefined;
};

/** M of M^T and of M'. */
const turned = (e: Expr | undefined): Expr | undefined =>
  e?.kind === 'transpose' || (e?.kind === 'prime' && !e.dot && e.order === 1) ? e.base : undefined;

/** M of −M. */
const negated = (e: Expr): Expr | undefined =>
  e.kind === 'sum' && e.addends.length === 1 && e.addends[0]?.sign === -1 ? e.addends[0].expr : undefined;

/** U of U^T U = I and of U U^T = I. */
function orthogonalIn(product: Expr, unit: Expr): Name | undefined {
  const [first, second] = product.kind === 'product' && product.factors.length === 2 ? product.factors : [];
  if (!/^(?:\\math\w+\{)?I\}?$|^\\mathbb\{1\}$/.test(nameOf(unit)?.base ?? '')) return undefined;
  return sameAs(second, turned(first)) ?? sameAs(first, turned(second));
}

const word =
  '(?:symmetric positive[- ]definite|positive[- ]definite|skew[- ]symmetric|antisymmetric|symmetric|orthogonal|orthonormal|diagonal|invertible|non-?singular)';
const name = String.raw`(\\[A-Za-z]+(?:\{[^{}]*\})?(?:_(?:\{[^{}]*\}|\w))?|[A-Za-z](?:_(?:\{[^{}]*\}|\w))?)`;
const text = String.raw`\\(?:text|textrm|textnormal|mathrm|mbox)\s*\{`;
const phrases: readonly RegExp[] = [
  new RegExp(String.raw`${name}\s*\)?\s*${text}[^{}]*?\b(${word})`, 'g'),
  new RegExp(String.raw`${name}\$\s*(?:is|are|being)?\s*(${word})`, 'g'),
  new RegExp(String.raw`()\b(${word})(?:\s+matri\w+)?\s*(?:\}\s*|\$)${name}`, 'g'),
];

/** \text{if } M \text{ is symmetric}, \text{for symmetric } M, \text{if $M$ is symmetric}. */
function wordsIn(tex: string, read: (tex: string) => Name | undefined, place: (span: Span) => Span): Fact[] {
  if (!/\\(?:text|mathrm|mbox)/.test(tex) || !new RegExp(word).test(tex)) return [];
  return phrases.flatMap((phrase) =>
    [...tex.matchAll(phrase)].flatMap((m): Fact[] => {
      const symbol = read(m[1] || m[3] || '');
      const assumptions = ASSUMPTIONS.find(([p]) => p.test((m[2] ?? '').replace(' definite', '-definite')))?.[1];
      const span = place({ start: m.index, end: m.index + m[0].length });
      return symbol && assumptions ? [{ kind: 'supposition', name: symbol, assumptions, span }] : [];
    }),
  );
}
