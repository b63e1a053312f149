// Formulas in plain text: what messages quote.
import { describe, expect, test } from 'vitest';
import { plainTex, shorten } from '../../../server/language/present/names.js';
import { plain } from '../../../server/language/present/plain.js';
import { runs } from '../../../server/language/present/scripts.js';
import { readFormula } from '../../../server/language/syntax/lower.js';

const read = (tex: string): string =>
  readFormula(tex, new Map() as never)
    .statements.map((s) => s.members.map((m) => plain(m)).join(' = '))
    .join('; ');

describe('expressions', () => {
  test.each([
    ['\\frac{\\partial L}{\\partial W^{(3)}}', '∂L/∂W^{(3)}'],
    ['(a^{(3)} - y) \\odot a^{(3)} \\odot (1 - a^{(3)}) a^{(2)T}', '(a^{(3)} − y) ⊙ a^{(3)} ⊙ (1 − a^{(3)}) a^{(2)T}'],
    ['\\frac{\\partial^2 f}{\\partial x \\partial x^T}', '∂^2f/(∂x ∂x^T)'],
    ['\\frac{\\partial}{\\partial x} (x^T A x)', '∂(x^T A x)/∂x'],
    ['\\frac{1}{2} \\sum_{i=1}^n (\\hat y_i - y_i)^2', '1/2 Σ_{i=1}^n (ŷ_i − y_i)^2'],
    ['\\lVert X\\beta - y \\rVert_2^2', '‖X β − y‖_2^2'],
    ['(X^\\top X)^{-1} X^\\top y', '(X^T X)^{−1} X^T y'],
    ["\\sigma'(z) \\odot \\delta", 'σ′(z) ⊙ δ'],
    ['\\operatorname{tr}(A^T B)', 'tr(A^T B)'],
    ['\\nabla_W L', '∇_W L'],
    ['\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}', '[1, 2; 3, 4]'],
    ['\\underbrace{W}_{3 \\times 2} x', 'W x'],
    ['-\\log \\hat{y}_{\\text{out}}', '−log(ŷ_{out})'],
    ['\\mathbf{1}^T x', '𝟏^T x'],
  ])('%s', (tex, expected) => {
    expect(read(tex)).toBe(expected);
  });
});

test('names and quotations', () => {
  expect(plainTex('d_{\\text{model}}')).toBe('d_{model}');
  expect(plainTex('W \\in \\mathbb{R}^{3 \\times 2}')).toBe('W ∈ ℝ^{3×2}');
  expect(plainTex('two vectors $a,z$ of $\\alpha \\in \\R$')).toBe('two vectors a,z of α ∈ ℝ');
  expect(plainTex('{{{^^__\\')).toBeTypeOf('string');
  expect(shorten('one two three four', 13)).toBe('one two…');
});

test('scripts are parted from the line, words with underscores are not', () => {
  expect(runs('W_{ij}^{(2)}x').map((r) => `${r.level} ${r.text}`)).toEqual(['line W', 'down ij', 'up (2)', 'line x']);
  expect(runs('the y_hat_value').map((r) => r.level)).toEqual(['line']);
  expect(runs('a^').map((r) => r.text)).toEqual(['a^']);
});
