// The reader is total: formulas cut off, with pieces taken out, put in or exchanged, still give statements whose nodes lie in the
// text, and in a document they disturb none of their neighbours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, diagnostics, type EquationReport, hoverAt, report } from '../../server/language/index.js';
import { readFormula } from '../../server/language/syntax/lower.js';
import { defaultMacros } from '../../server/language/syntax/macros.js';
import { walk } from '../../server/language/syntax/print.js';

const tex = String.raw;

const formulas: readonly string[] = [
  tex`\frac{\partial L}{\partial W^{(2)}} = \frac{\partial L}{\partial z^{(2)}} \frac{\partial z^{(2)}}{\partial W^{(2)}} = \delta^{(2)} a^{(1)\top}`,
  tex`z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}, \qquad a^{[l]} = \sigma\left( z^{[l]} \right)`,
  tex`\nabla_{x} \left( x^T A x \right) = (A + A^T) x`,
  tex`\begin{aligned} h_t &= \tanh(W_h h_{t-1} + W_x x_t + b) \\ &\in \mathbb{R}^{n \times 1} \end{aligned}`,
  tex`\operatorname{tr}(A^{-1} B) = \sum_{i=1}^{n} \left[ A^{-1} B \right]_{ii}`,
  tex`\hat{y} = \operatorname{softmax}(V h), \quad L = -\sum_k y_k \log \hat{y}_k`,
  tex`\underbrace{\delta}_{3 \times 1} \underbrace{x^T}_{1 \times 2} = \begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \vdots & \ddots \end{bmatrix}`,
  tex`\mathrm{d} \det X = \det(X) \, \mathrm{tr}\bigl( X^{-1} \mathrm{d} X \bigr)`,
  tex`\left. \frac{\partial^2 f}{\partial x \partial x^T} \right|_{x = x_0} \succeq 0 \text{ where $x$ is near } x_0`,
  tex`f(x) = \begin{cases} x & \text{if } x > 0, \\ 0 & \text{otherwise} \end{cases}`,
  tex`\lVert X w - y \rVert_2^2 + \lambda \|w\|_1 \le \langle u, v \rangle / 2`,
  tex`\pdv{L}{W} = {\partial L \over \partial z} x' \otimes I_n \odot \mathbf{1}_{k}`,
  '∂L/∂W = (a − y) ⊙ σ′(z) xᵀ',
];

const pieces = [
  ..."{}^_&()[]|,+=-'*/:;.x1T~% ",
  ...tex`\frac \partial \left \right \left( \right) \begin{matrix} \end{matrix} \begin \end \\ \over \text{ \underbrace \sqrt[ \hat \sum_{ ^{-1} ^T \odot \operatorname{ \nabla \| \langle \mathbb{R} \in \undefined \, \quad`.split(
    ' ',
  ),
  '∂',
  'ᵀ',
  '⊙',
  '𝐱',
];

type Change = (text: string) => string;

const cut: fc.Arbitrary<Change> = fc.nat(1000).map((at) => (text) => text.slice(0, at % (text.length + 1)));
const remove: fc.Arbitrary<Change> = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 12 })).map(
  ([at, n]) =>
    (text) =>
      text.slice(0, at % (text.length + 1)) + text.slice((at % (text.length + 1)) + n),
);
const insert: fc.Arbitrary<Change> = fc.tuple(fc.nat(1000), fc.constantFrom(...pieces)).map(
  ([at, piece]) =>
    (text) =>
      text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)),
);
const exchange: fc.Arbitrary<Change> = fc.tuple(fc.nat(1000), fc.nat(1000)).map(([a, b]) => (text) => {
  const [i = 0, j = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
  return text.slice(j) + text.slice(i, j) + text.slice(0, i);
});

const mutated = fc
  .tuple(
    fc.constantFrom(...formulas),
    fc.array(fc.oneof(cut, remove, remove, insert, insert, insert, exchange), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, changes]) => changes.reduce((t, change) => change(t), text));

/** Reads twice, and checks spans and numbers of all nodes. */
function holds(text: string): void {
  const found = readFormula(text, defaultMacros);
  for (const statement of found.statements) {
    expect(statement.members.length).toBe(statement.relations.length + 1);
    for (const member of statement.members)
      for (const node of walk(member)) {
        const { start, end } = node.span;
        if (!(0 <= start && start <= end && end <= text.length)) throw new Error(`${node.kind} at ${start}–${end} of ${text.length}`);
        if (node.id >= found.size) throw new Error(`${node.kind} has number ${node.id} of ${found.size}`);
      }
  }
  expect(readFormula(text, defaultMacros)).toEqual(found);
}

describe('a formula', () => {
  test.each(formulas)('cut off anywhere: %s', (text) => {
    for (let i = 0; i <= text.length; i++) {
      holds(text.slice(0, i));
      holds(text.slice(i));
    }
  });

  test('changed in a few places', () => {
    fc.assert(fc.property(mutated, holds), { seed: 11, numRuns: 1500 });
  });

  test('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), holds), { seed: 12, numRuns: 500 });
  });
});

const before = tex`\frac{\partial L}{\partial x} = \frac{\partial u}{\partial x} \frac{\partial L}{\partial u} = M^T (r \odot p)`;
const after = tex`Q = M (q p^T) M^T + \kappa Q, \qquad \kappa = r^T M q`;

/** Both neighbours are declared to the last symbol, and the layout is, so that nothing can be learned from what stands between. */
const documentWith = (between: string): string => `<!-- conformable
layout: denominator
shapes: { L: scalar, x: n, u: m, M: m×n, r: m, p: m, q: n, Q: m×m, \\kappa: scalar }
-->

$$
${before}
$$

Between them stands $$${between}$$ and

$$
${after.replace('q p^T', 'q q^T')}
$$
`;

const read = (text: string) => analyze({ path: 'x.md', language: 'markdown', notebook: false, cells: [text] }, {});

const told = (e: EquationReport | undefined) =>
  e && { conforms: e.conforms, layout: e.layout, terms: e.terms.map((t) => [t.text, t.shape, t.kind]) };

test('a broken formula disturbs no neighbour, and nothing throws', () => {
  const sound = report(read(documentWith('1')));
  expect(sound.diagnostics).toEqual([]);
  const [first, ...last] = [sound.equations[0], ...sound.equations.slice(-2)].map(told);
  expect(first?.conforms).toBe(true);
  const inOneLine = mutated.filter((t) => !/[\n$]/.test(t));
  fc.assert(
    fc.property(inOneLine, fc.nat(1000), (between, at) => {
      const text = documentWith(between);
      const analysis = read(text);
      const found = report(analysis);
      expect(told(found.equations[0])).toEqual(first);
      expect(found.equations.slice(-2).map(told)).toEqual(last);
      const end = text.indexOf('Between');
      for (const d of diagnostics(analysis))
        expect([d.message, d.span.start >= end && d.span.end <= text.indexOf(' and\n\n')]).toEqual([d.message, true]);
      hoverAt(analysis, end + (at % 40), 'light');
    }),
    { seed: 13, numRuns: 400 },
  );
});
