// What hovers say of one small derivation in each layout, as plain text, and how they are made as Markdown.
import { describe, expect, test } from 'vitest';
import { withUri } from '../../../server/language/present/hover.js';
import { analyzed, hover, markdown } from './saying.js';

const derivation = (layout: string, chain: string): string => `# A layer

We use ${layout} layout. The loss $L$ is a scalar, $W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^{n}$, and

$$ z = W x, \\qquad a = \\tanh(z) $$

$$ \\frac{\\partial L}{\\partial x} = ${chain} $$
`;

const [outer, middle, inner] = ['\\frac{\\partial L}{\\partial a}', '\\frac{\\partial a}{\\partial z}', '\\frac{\\partial z}{\\partial x}'];

describe('in numerator layout', () => {
  const analysis = analyzed(derivation('numerator', `${outer} ${middle} ${inner}`));

  test('a gradient is a row', () => {
    expect(hover(analysis, outer)).toMatchInlineSnapshot(`
      "∂L/∂a: 1×m, gradient, a row vector in numerator layout
        - numerator layout: ∂(scalar)/∂(vector n×1) is 1×n
        - numerator layout is declared by “We use numerator layout” (line 3)
        - L is a scalar: the text says “The loss L is a scalar” (line 3)
        - a is m×1: defined by “a = tanh(z)” (line 5)
        1×m · m×m · m×n = 1×n
        The chain stands in numerator order: it follows the chain rule from left to right.
        The left side, ∂L/∂x, is 1×n, and so is this side.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });

  test('the Jacobian of an element-wise function is diagonal', () => {
    expect(hover(analysis, middle)).toMatchInlineSnapshot(`
      "∂a/∂z: m×m, diagonal Jacobian
        - numerator layout: ∂(vector m×1)/∂(vector n×1) is m×n
        - numerator layout is declared by “We use numerator layout” (line 3)
        - a is m×1: defined by “a = tanh(z)” (line 5)
        - z is m×1: defined by “z = W x” (line 5)
        1×m · m×m · m×n = 1×n
        Each entry of a depends on one entry only: multiplying by this matrix is the Hadamard product ⊙ with its diagonal.
        The chain stands in numerator order: it follows the chain rule from left to right.
        The left side, ∂L/∂x, is 1×n, and so is this side.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });

  test('a variable inside a factor shows the product that the factor stands in', () => {
    expect(hover(analysis, 'z}{\\partial x}')).toMatchInlineSnapshot(`
      "z: m×1, column vector
        - z is m×1: defined by “z = W x” (line 5)
        1×m · m×m · m×n = 1×n
        The chain stands in numerator order: it follows the chain rule from left to right.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });
});

describe('in denominator layout', () => {
  const analysis = analyzed(derivation('denominator', `${inner} ${middle} ${outer}`));

  test('a gradient is a column', () => {
    expect(hover(analysis, outer)).toMatchInlineSnapshot(`
      "∂L/∂a: m×1, gradient, a column vector
        - denominator layout: ∂(scalar)/∂(vector n×1) is n×1
        - denominator layout is declared by “We use denominator layout” (line 3)
        - L is a scalar: the text says “The loss L is a scalar” (line 3)
        - a is m×1: defined by “a = tanh(z)” (line 5)
        n×m · m×m · m×1 = n×1
        The chain stands in denominator order: each further factor is appended on the left.
        The left side, ∂L/∂x, is n×1, and so is this side.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });

  test('a Jacobian is turned', () => {
    expect(hover(analysis, inner)).toMatchInlineSnapshot(`
      "∂z/∂x: n×m, Jacobian
        - denominator layout: ∂(vector m×1)/∂(vector n×1) is n×m
        - denominator layout is declared by “We use denominator layout” (line 3)
        - z is m×1: defined by “z = W x” (line 5)
        - x is n×1: declared by “x ∈ ℝ^n” (line 3)
        n×m · m×m · m×1 = n×1
        The chain stands in denominator order: each further factor is appended on the left.
        The left side, ∂L/∂x, is n×1, and so is this side.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });

  test('the factors of the other order are told', () => {
    expect(hover(analyzed(derivation('denominator', `${outer} ${middle} ${inner}`)), middle)).toMatchInlineSnapshot(`
      "∂a/∂z: m×m, diagonal Jacobian
        - denominator layout: ∂(vector m×1)/∂(vector n×1) is n×m
        - denominator layout is declared by “We use denominator layout” (line 3)
        - a is m×1: defined by “a = tanh(z)” (line 5)
        - z is m×1: defined by “z = W x” (line 5)
        m×1 ✗ m×m ✗ n×m
        Each entry of a depends on one entry only: multiplying by this matrix is the Hadamard product ⊙ with its diagonal.
        The left side, ∂L/∂x, is n×1.
        ✗ These factors stand in numerator order; denominator layout appends each further factor on the left."
    `);
  });
});

describe('where nothing declares a layout', () => {
  const analysis = analyzed(derivation('no particular', `${outer} ${middle} ${inner}`));

  test('that is said', () => {
    expect(hover(analysis, inner)).toMatchInlineSnapshot(`
      "∂z/∂x: m×n, Jacobian
        - mixed layout: ∂(vector m×1)/∂(vector n×1) is m×n
        - mixed layout is assumed: the document declares none
        - z is m×1: defined by “z = W x” (line 5)
        - x is n×1: declared by “x ∈ ℝ^n” (line 3)
        m×1 · m×m · m×n
        No layout is declared, so the chain is read in the abstract: its links meet, its shapes are not multiplied.
        The left side, ∂L/∂x, is n×1, and so is this side.
        Verified by evaluation at random points, whatever smooth function of a L is."
    `);
  });

  test('a definition is the reason of what it defines', () => {
    expect(hover(analysis, 'z = W x')).toMatchInlineSnapshot(`
      "z: m×1, column vector
        - z is m×1: defined by “z = W x” (line 5)
        This defines z."
    `);
  });
});

describe('readings', () => {
  const analysis = analyzed(`<!-- conformable
shapes: { "u, v": 2, w: 3, X: N×d, V: d×k, b: 1×k, "W^{(l)}": n_l × n_{l-1} }
-->

$$ G = u \\odot v w^T $$

$$ Z = X V + b $$

$$ s = u (1 - u) $$

$$ y = \\sum_i W_{ij}^{(2)} \\qquad q = (1,1)^T $$
`);

  test('a transposition that is needed says so, and so does its base', () => {
    expect(hover(analysis, 'w^T', 1, 2)).toMatchInlineSnapshot(`
      "w^T: 1×3, transpose of w, a row vector
        - w is 3×1, its transpose 1×3
        - w is 3×1: the directive says “w: 3” (line 2)
        2×1 · 1×3 = 2×3
        The transposition is needed: without it, 2×1 ✗ 3×1 would not conform.
        Read as (u ⊙ v) w^T, because only so does it conform.
        The left side, G, is 2×3, and so is this side."
    `);
    expect(hover(analysis, 'w^T')).toContain('Here it stands transposed: w^T is 1×3.');
  });

  test('a broadcast addend', () => {
    expect(hover(analysis, 'b $$')).toMatchInlineSnapshot(`
      "b: 1×k, row vector
        - b is 1×k: the directive says “b: 1×k” (line 2)
        Added to every row of N×k."
    `);
  });

  test('entry by entry', () => {
    expect(hover(analysis, 'u (1')).toContain('Read entry by entry, as u ⊙ (1 − u).');
  });

  test('an element of a family', () => {
    expect(hover(analysis, 'W_{ij}^{(2)}')).toMatchInlineSnapshot(`
      "W_{ij}^{(2)}: scalar, element of W^{(2)}
        - W_{ij}^{(2)} is an element of W^{(2)}, n_2×n_1: the directive says “W^{(l)} : n_l×n_{l−1}” (line 2)"
    `);
  });

  test('a tuple', () => {
    expect(hover(analysis, '(1,1)^T')).toMatchInlineSnapshot(`
      "(1, 1): 1×2, row vector, written out
        Here it stands transposed: (1, 1)^T is 2×1.
        Read as a row."
    `);
  });

  test('nothing where nothing is known or no formula stands', () => {
    expect(hover(analyzed('Let $\\xi$ be.\n'), '\\xi')).toBe('nothing');
    expect(hover(analysis, 'conformable')).toBe('nothing');
  });
});

describe('as Markdown', () => {
  const analysis = analyzed(derivation('denominator', `${inner} ${middle} ${outer}`));
  const text = markdown(analysis, middle);

  test('the shape comes first, the facts are links to lines', () => {
    expect(text.startsWith('**n')).toBe(false);
    expect(text.split('\n')[0]).toBe('**m×m** · diagonal Jacobian');
    expect(text).toContain('([line 3](#L3))');
    expect(withUri(text, 'file:///a(b).md')).toContain('](file:///a%28b%29.md#L3)');
  });

  test('the picture is an image in the colours of the theme, with the row as its text', () => {
    expect(text).toMatch(/<img src="data:image\/svg\+xml,[^"]+" width="\d+" alt="n×m · m×m · m×1 = n×1">/);
    expect(markdown(analysis, middle, 'light')).not.toBe(text);
  });

  test('the break is red, the factor in hand is bold', () => {
    const broken = markdown(analyzed(derivation('denominator', `${outer} ${middle} ${inner}`)), outer);
    expect(broken).toContain('**m×1** <span style="color:#ff6b66;">✗</span> m×m');
  });

  test('what a document says is never markup', () => {
    const evil = analyzed(
      'Let $x \\in \\mathbb{R}^{<b>n</b>}$. The vector $y$ **has [n](http://e.vil) <img src=x> entries**, $y \\in \\mathbb{R}^n$, with $y = x$ and $q = y^T \\text{<script>alert(1)</script>} y$.\n',
    );
    for (let at = 0; at < evil.text.length; at++) {
      const found = markdownAt(evil, at);
      expect(
        found.replace(
          /<img src="data:image\/svg\+xml,[^"<>]*" width="\d+" alt="[^"<>]*">|<\/?su[bp]>|<span style="color:#[0-9a-f]{6};">|<\/span>/g,
          '',
        ),
      ).not.toMatch(/<|\]\((?!#L\d+\))/);
    }
  });
});

const markdownAt = (analysis: ReturnType<typeof analyzed>, at: number): string => markdown(analysis, analysis.text.slice(at));

describe('the example network', () => {
  const network = (layout: string): string => `<!-- conformable
layout: ${layout}
network: { layers: [1, 2], output: identity, loss: mse, weights: [[[1], [2]]], biases: [[0, 0]], x: [3], y: [1, 5] }
-->

$$ z^{(1)} = W^{(1)} x, \\qquad \\frac{\\partial L}{\\partial W^{(1)}} = \\delta^{(1)} x^T $$
`;

  // z = (3, 6), so δ = z − y = (2, 1), and ∂L/∂W = δ xᵀ = (6, 3).
  test('its values stand where its symbols and gradients are', () => {
    const analysis = analyzed(network('denominator'));
    expect(hover(analysis, 'z^{(1)}')).toContain('At the example point: [ 3; 6 ].');
    expect(hover(analysis, '\\delta^{(1)}')).toContain('At the example point: [ 2; 1 ].');
    expect(hover(analysis, '\\frac{\\partial L}{\\partial W^{(1)}}')).toContain('At the example point: [ 6; 3 ].');
  });

  test('they lie as the layout has them', () => {
    expect(hover(analyzed(network('numerator')), '\\frac{\\partial L}{\\partial W^{(1)}}')).toContain('At the example point: [ 6  3 ].');
  });
});
