// What holds for every text: a tree comes, its spans lie in the text and in their parents', and it is the same each time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTex } from '../../../server/language/syntax/parser.js';
import type { MacroSet, Tex } from '../../../server/language/syntax/tree.js';
import { childrenOf, macrosOf, NOTHING } from './show-tex.js';

const tex = String.raw;
const PIECES = [
  ..."{}^_'&[]()|,+=-x1T%#$~ \n∂ᵀ²₁𝐱½̂",
  ...tex`\frac \sqrt \hat \mathbf \left \right \left( \right) \begin{matrix} \end{matrix} \begin{align} \end{align} \begin \end \\ \over \bf \text{ \text{a$x$} \boxed`.split(
    ' ',
  ),
  ...tex`\pdv \R \norm \def\a#1{#1x} \a \newcommand \let \operatorname* \underbrace \substack{ \quad \, \_ \big \not \label{ \hskip \color{red} \begin{array}{cc} \transpose \b \c \swap`.split(
    ' ',
  ),
];
const MACROS = macrosOf(tex`\def\b{\b\c}\def\c#1{\left(#1\right)^2_#1}\def\swap#1#2{\frac{#2}{#1}}`);
const formula = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join('')),
);

/** Checks spans, and counts nodes and depth. */
function check(nodes: readonly Tex[], low: number, high: number, depth = 1): number {
  let deepest = depth;
  for (const node of nodes) {
    const { start, end } = node.span;
    if (!(low <= start && start <= end && end <= high)) throw new Error(`${node.kind} ${start}–${end} is outside of ${low}–${high}`);
    deepest = Math.max(deepest, check(childrenOf(node), start, end, depth + 1));
  }
  return deepest;
}

const holds = (text: string, macros: MacroSet): void => {
  const tree = parseTex(text, macros);
  check(tree.nodes, 0, text.length);
  expect(parseTex(text, macros)).toEqual(tree);
};

test('any text', () => {
  fc.assert(
    fc.property(formula, (text) => holds(text, MACROS)),
    { numRuns: 3000, seed: 1 },
  );
});

const WHOLE = tex`\begin{aligned} \frac{\partial L}{\partial W^{(2)}} &= \left( \underbrace{W x}_{3 \times 2} \right)^\top \odot \sigma'(z^{(l)}) \\ \pdv{f}{x} &\in \mathbb{R}^{n} \text{where $x$} \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} {\bf x \over y} \end{aligned}`;

test('a formula cut off or with a piece taken out', () => {
  for (let i = 0; i <= WHOLE.length; i++) holds(WHOLE.slice(0, i), NOTHING);
  fc.assert(
    fc.property(fc.nat(WHOLE.length), fc.nat(20), (at, length) => holds(WHOLE.slice(0, at) + WHOLE.slice(at + length), NOTHING)),
    { seed: 2 },
  );
});

test.each([
  '{',
  '{}^',
  '\\frac{',
  '\\left(',
  '\\begin{a}',
  '\\hat',
  'x^',
  'x^a',
  'x_{',
  '\\sqrt[',
  '\\bf ',
  '\\text{$',
  'a\\over ',
  '\\boxed',
  '\\not',
  '\\begin{',
  '\\right',
  '\\substack{',
  '\\color{',
  "'",
  '\\def\\a{',
  '\\newcommand\\a[',
  '\\norm{',
  '\\pmatrix',
  '\\big',
])('%s ten thousand times', (piece) => {
  const text = piece.repeat(10_000);
  const tree = parseTex(text, NOTHING);
  expect(check(tree.nodes, 0, text.length)).toBeLessThan(700);
});
