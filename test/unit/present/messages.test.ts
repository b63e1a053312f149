// The messages of one broken derivation, read as a student would: what, why, what to do.
import { expect, test } from 'vitest';
import { diagnostics } from '../../../server/language/index.js';
import { analyzed, messages } from './saying.js';

const text = `# A broken derivation

<!-- conformable
layout: denominator
shapes: { L: scalar, "x, h": n, "z, a": m, W: m×n, c: k }
-->

$$ z = x W + c $$

$$ \\frac{\\partial L}{\\partial W} = x \\frac{\\partial L}{\\partial z}^T $$

$$ \\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial a} \\frac{\\partial a}{\\partial z} \\frac{\\partial z}{\\partial h} $$

$$ q = \\det W + \\underbrace{z}_{n \\times 1} \\odot x $$
`;

test('what, why, what to do', () => {
  expect(messages(analyzed(text)).join('\n\n')).toMatchInlineSnapshot(`
    "error product-mismatch: This product does not conform: x is n×1 (1 column), W is m×n (m rows).
    n×1 ✗ m×n
    Of these two, W x would conform: m×n · n×1 = m×1.

    error equation-mismatch: This side is n×m, the left side, ∂L/∂W, is m×n: transposed.
    As (∂L/∂z) x^T it would conform.

    error chain-ends: It says ∂L/∂x, the chain ends in ∂h.
    Write ∂L/∂h here, or lead the chain on to ∂x.

    error layout-order: These factors stand in numerator order; denominator layout appends each further factor on the left.
    m×1 ✗ m×m ✗ n×m
    In order: ∂z/∂h ∂a/∂z ∂L/∂a, n×m · m×m · m×1 = n×1.

    error function-argument: Only a square matrix has a determinant; W is m×n.
    Square would be W^T W, n×n, or W W^T, m×m.

    error hadamard-mismatch: A product entry by entry needs two equal shapes: z is m×1, x is n×1.

    error annotation-mismatch: The annotation says n×1, but z is m×1.
    Write m×1, or change the term."
  `);
});

test('the facts are pointed at, each place once', () => {
  const related = diagnostics(analyzed(text)).map((d) => [
    d.code,
    d.related.map((r) => `${r.message} @ ${text.slice(r.span.start, r.span.end)}`),
  ]);
  expect(related).toMatchInlineSnapshot(`
    [
      [
        "product-mismatch",
        [
          "x is n×1: the directive says “x, h : n” @ "x, h": n",
          "W is m×n: the directive says “W: m×n” @ W: m×n",
        ],
      ],
      [
        "equation-mismatch",
        [
          "denominator layout is declared by “layout: denominator” @ layout: denominator",
          "x is n×1: the directive says “x, h : n” @ "x, h": n",
          "L is a scalar: the directive says “L: scalar” @ L: scalar",
          "z is m×1: the directive says “z, a : m” @ "z, a": m",
          "W is m×n: the directive says “W: m×n” @ W: m×n",
        ],
      ],
      [
        "chain-ends",
        [
          "x and h are n×1: the directive says “x, h : n” @ "x, h": n",
        ],
      ],
      [
        "layout-order",
        [
          "denominator layout is declared by “layout: denominator” @ layout: denominator",
          "L is a scalar: the directive says “L: scalar” @ L: scalar",
          "a and z are m×1: the directive says “z, a : m” @ "z, a": m",
          "h is n×1: the directive says “x, h : n” @ "x, h": n",
        ],
      ],
      [
        "function-argument",
        [
          "W is m×n: the directive says “W: m×n” @ W: m×n",
        ],
      ],
      [
        "hadamard-mismatch",
        [
          "z is m×1: the directive says “z, a : m” @ "z, a": m",
          "x is n×1: the directive says “x, h : n” @ "x, h": n",
        ],
      ],
      [
        "annotation-mismatch",
        [
          "z is m×1: the directive says “z, a : m” @ "z, a": m",
        ],
      ],
    ]
  `);
});

test('what rests on use alone is a hint, and says so', () => {
  const found = messages(
    analyzed('Let $A \\in \\mathbb{R}^{m \\times n}$ and $b \\in \\mathbb{R}^{m}$, $m \\ne n$.\n\n$$ A x = b $$\n\n$$ x + b = 0 $$\n'),
  );
  expect(found.join('\n')).toContain('nothing declares it');
});

test('every message ends its sentences, and names no LaTeX command', () => {
  for (const m of messages(analyzed(text))) expect(m).not.toMatch(/\\(?!in|mathbb|times|odot|frac)[a-z]+/);
});
