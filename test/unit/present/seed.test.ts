// The words for the document that must work first: someone else's text, read where it lies and skipped where it is missing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnostics } from '../../../server/language/index.js';
import { analyzed, hover, messages } from './saying.js';

const path = join(import.meta.dirname, '../../../../shared/seed/post.md');
const there = existsSync(path);
if (!there) console.log(`skipped: ${path} is missing`);

describe.skipIf(!there)('a student’s derivation', () => {
  const analysis = analyzed(there ? readFileSync(path, 'utf8') : '');
  const say = (code: string): readonly string[] => messages(analysis).filter((m) => m.includes(` ${code}: `));

  test('hovers of six terms', () => {
    expect(hover(analysis, '\\frac {\\partial L}{\\partial a^{(3)}}', 1, 2)).toMatch(/^∂L\/∂a\^\{\(3\)\}: 2×1, gradient, a column vector/);
    const jacobian = hover(analysis, '\\frac {\\partial a^{(2)}}{\\partial z^{(2)}}', 1, 2);
    expect(jacobian).toMatch(/: 3×3, diagonal Jacobian/);
    expect(jacobian).toContain('denominator layout: ∂(vector m×1)/∂(vector n×1) is n×m');
    expect(jacobian).toContain("denominator layout is declared by “you're using denominator layout” (line 27)");
    expect(jacobian).toContain('multiplying by this matrix is the Hadamard product ⊙ with its diagonal');
    const tensor = hover(analysis, '\\frac {\\partial z^{(3)}}{\\partial W^{(3)}}', 1, 2);
    expect(tensor).toMatch(/: 2×3×2, third-order tensor/);
    expect(tensor).toContain('∂L/∂W_{ij}^{(3)} = Σ_k ∂L/∂z_k^{(3)} ∂z_k^{(3)}/∂W_{ij}^{(3)}');
    const weights = hover(analysis, 'W^{(3)} (1,1,1)^T');
    expect(weights).toContain('W^{(3)} is 2×3: layer sizes 2-3-2 “2 input, 3 hidden and 2 output neurons” (line 5)');
    expect(weights).toContain('2×1 ✗ 2×3 · 3×1 · 1×2');
    const turned = hover(analysis, 'a^{(2)T}', 1, 6);
    expect(turned).toMatch(/^a\^\{\(2\)T\}: 1×3, transpose of a\^\{\(2\)\}, a row vector/);
    expect(turned).toContain('2×1 · 1×3 = 2×3');
    expect(turned).toContain('The left side, ∂L/∂W^{(3)}, is 2×3, and so is this side.');
    expect(turned).toContain('Verified by evaluation at random points, assuming that the activation of layer 3 is the logistic function.');
    const product = hover(analysis, '\\odot (1 - a^{(3)}) W^{(3)}', 1, 2);
    expect(product).toMatch(/: does not conform, product/);
    expect(product).toContain('2×1 ✗ 2×3 · 3×1 · 1×2');
  });

  test('rows 4 to 9 and 12 in words', () => {
    expect(say('ambiguous-product')[0]).toContain('Read as ((a^{(3)} − y) ⊙ a^{(3)} ⊙ (1 − a^{(3)})) a^{(2)T}');
    expect(say('layout-order')[0]).toContain('In order: ∂z^{(3)}/∂W^{(3)} ∂a^{(3)}/∂z^{(3)} ∂L/∂a^{(3)}, 2×3×2 · 2×2 · 2×1 = 2×3.');
    expect(say('tensor-factor')[0]).toContain(
      '∂z^{(3)}/∂W^{(3)} is a third-order tensor, 2×3×2: its entries are ∂z_k^{(3)}/∂W_{ij}^{(3)}.',
    );
    expect(say('tensor-factor')[1]).toContain('3×2×3');
    expect(say('chain-ends')[0]).toContain('It says ∂L/∂W^{(3)}, the chain ends in ∂W^{(2)}.\nWrite ∂L/∂W^{(2)} here');
    expect(say('repeated-factor')[0]).toContain('∂a^{(2)}/∂z^{(2)} stands twice in this chain.');
    expect(say('product-mismatch')).toHaveLength(1);
    expect(say('product-mismatch')[0]).toContain(
      '(a^{(3)} − y) ⊙ a^{(3)} ⊙ (1 − a^{(3)}) is 2×1 (1 column), W^{(3)} is 2×3 (2 rows).\n2×1 ✗ 2×3 · 3×1 · 1×2\n',
    );
    expect(say('layout-order')[2]).toContain('m×1 ✗ n×m\nIn order: ∂a/∂z ∂L/∂a, n×m · m×1 = n×1.');
  });

  test('row 1: the sentence with the layer sizes is pointed at', () => {
    const mismatch = diagnostics(analysis).find((d) => d.code === 'product-mismatch');
    expect(mismatch?.related.map((r) => analysis.text.slice(r.span.start, r.span.end))).toEqual(['2 input, 3 hidden and 2 output neurons']);
  });

  test('rows 15 and 16: annotated factors and elements', () => {
    expect(hover(analysis, '\\frac {\\partial a^{(2)}}{\\partial z^{(2)}}}_{3', 1, 2)).toContain('1×3 · 3×3 · 3×2 · 2×1 = scalar');
    expect(hover(analysis, 'w_{ij}^{(3)}')).toMatch(/: scalar, element of W\^\{\(3\)\}/);
    expect(hover(analysis, '{a_2^{(2)}}^T')).toContain('a_2^{(2)} is a scalar: transposing changes nothing');
  });

  test('row 13: an identity without shapes is verified', () => {
    expect(hover(analysis, '(AB)^T=B')).toContain('Verified');
  });
});
