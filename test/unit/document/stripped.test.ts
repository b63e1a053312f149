// Documents that lost their backslashes: told for certain, restored in the formulas, with edits that restore the document.
import { describe, expect, it } from 'vitest';
import { restorations } from '../../../server/language/document/index.js';
import { restore } from '../../../server/language/document/stripped.js';
import { applyEdits } from '../../../server/language/text.js';
import { read, texOf, written } from './reading.js';

describe('restore', () => {
  it.each<[string, string]>([
    ['frac {1}{2} sum x', '\\frac {1}{2} \\sum x'],
    ['frac{partial L}{partial z}=frac{a}{b}', '\\frac{\\partial L}{\\partial z}=\\frac{a}{b}'],
    ['ntimes m', 'n\\times m'],
    ['1times 3', '1\\times 3'],
    ['underbrace{a}_{3times 2}', '\\underbrace{a}_{3\\times 2}'],
    ['partialtheta', '\\partial\\theta'],
    ['deltaodot x', '\\delta\\odot x'],
    ['dtheta + Xbeta', 'd\\theta + X\\beta'],
    ['y_{hat} - y_{true}', 'y_{hat} - y_{true}'],
    ['hat{y} + hat y', '\\hat{y} + \\hat y'],
    ['W_{in} + W_{out}', 'W_{in} + W_{out}'],
    ['x in mathbb{R}^n', '\\x in \\mathbb{R}^n'.replace('\\x in', 'x \\in')],
    ['xin mathbb{R}^n', 'x\\in \\mathbb{R}^n'],
    ['A^top + A^{top} + x_{top}', 'A^\\top + A^{\\top} + x_{top}'],
    ['nabla_theta L', '\\nabla_\\theta L'],
    ['left( a right)', '\\left( a \\right)'],
    ['left{ a right}', '\\left\\{ a \\right\\}'],
    ['text{for all times} times', '\\text{for all times} \\times'],
    ['operatorname{diag}(sigma)', '\\operatorname{diag}(\\sigma)'],
    ['begin{bmatrix} a \\ b end{bmatrix}', '\\begin{bmatrix} a \\\\ b \\end{bmatrix}'],
    ['lVert arVert', '\\lVert a\\rVert'],
    ['max(0, z) + log x', '\\max(0, z) + \\log x'],
    ['meta + cell + loss', 'meta + cell + loss'],
    ['a – b', 'a - b'],
    ['\\alpha beta', '\\alpha \\beta'],
    ['sqrt{d} + sqrt d', '\\sqrt{d} + \\sqrt d'],
    ['', ''],
  ])('%s', (stripped, tex) => {
    expect(restore(stripped).tex).toBe(tex);
  });
});

describe('a stripped document', () => {
  const text = 'So $frac {partial L}{partial W} = (a – y) odot b$ is $ntimes m$ – or so.\n\n$$underbrace{delta}_{1times 3}$$';

  it('is restored in its formulas, with exact ranges', () => {
    const document = read(text);
    expect(document.stripped).toBe(true);
    expect(texOf(document)).toEqual([
      '\\frac {\\partial L}{\\partial W} = (a - y) \\odot b',
      'n\\times m',
      '\\underbrace{\\delta}_{1\\times 3}',
    ]);
    expect(document.formulas.every((f) => f.stripped)).toBe(true);
    expect(written(document, document.formulas[0], '\\frac {\\partial L}{\\partial W}')).toBe('frac {partial L}{partial W}');
    expect(written(document, document.formulas[0], '(a - y)')).toBe('(a – y)');
    expect(written(document, document.formulas[1], '\\times')).toBe('times');
  });

  it('is restored by its edits, outside of formulas left alone', () => {
    const restored = applyEdits(text, restorations(read(text)));
    expect(restored).toBe(
      'So $\\frac {\\partial L}{\\partial W} = (a - y) \\odot b$ is $n\\times m$ – or so.\n\n$$\\underbrace{\\delta}_{1\\times 3}$$',
    );
    expect(read(restored).stripped).toBe(false);
    expect(restorations(read(restored))).toEqual([]);
  });

  it.each([
    'whole: $\\frac{\\partial L}{\\partial z}$ and $n \\times m$',
    'one slip: $\\alpha + \\beta frac{1}{2}$',
    'words: $sum$, $times$, $alpha$, $partial$',
    'text: $\\text{the partial derivative}$',
    'none',
  ])('is not: %s', (whole) => {
    expect(read(whole).stripped).toBe(false);
  });
});
