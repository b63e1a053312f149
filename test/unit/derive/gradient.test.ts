// Derived gradients: each is verified by the engine before it is offered; here their LaTeX is held against what a textbook writes.
import { describe, expect, test } from 'vitest';
import { derivedGradientFix, deriveGradient } from '../../../server/language/derive/index.js';
import { analyze, type Input } from '../../../server/language/index.js';
import { applyEdits } from '../../../server/language/text.js';

const input = (text: string): Input => ({ path: 'a.md', language: 'markdown', notebook: false, cells: [text] });

/** The right side of the document's last formula. */
function derived(text: string): string | undefined {
  const analysis = analyze(input(text), {});
  const statement = analysis.checked.statements[analysis.checked.statements.length - 1];
  const found = statement && deriveGradient(analysis, statement);
  return found?.verified ? found.latex : undefined;
}

type Layout = 'denominator' | 'numerator' | 'mixed';

const directive = (layout: Layout, keys = ''): string => `<!-- conformable\nlayout: ${layout}\n${keys}-->\n\n`;
const formulas = (...list: readonly string[]): string => list.map((f) => `$$${f}$$`).join('\n\n');
const partial = (of: string, by: string): string => `\\frac{\\partial ${of}}{\\partial ${by}} =`;

type Case = readonly [name: string, layout: Layout, keys: string, given: readonly string[], asked: string, expected: string];

const shapes = (text: string): string => `shapes: { ${text} }\n`;
const leastSquares = shapes('X: m×n, w: n, y: m, L: scalar, \\lambda: scalar, N: scalar');
const layer = shapes('x: n, W: m×n, b: m, y: m, L: scalar');
const logistic = 'functions: { \\sigma: sigmoid }\n';
const tanh = 'functions: { \\sigma: tanh }\n';
const forward = ['z = W x + b', 'a = \\sigma(z)', 'L = \\frac12 \\lVert a - y \\rVert^2'];
const mlp = shapes('x: n_0, W^{(1)}: n_1×n_0, W^{(2)}: n_2×n_1, b^{(1)}: n_1, b^{(2)}: n_2, z^{(l)}: n_l, y: n_2, L: scalar');
const two = [
  'z^{(1)} = W^{(1)} x + b^{(1)}',
  'a^{(1)} = \\sigma(z^{(1)})',
  'z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}',
  'a^{(2)} = \\sigma(z^{(2)})',
  'L = \\frac12 \\lVert a^{(2)} - y \\rVert^2',
];
const classes = shapes('x: n, W: k×n, b: k, y: k, L: scalar');
const oneHot = 'assume: { y: one-hot }\n';
const crossEntropy = ['z = W x + b', '\\hat{y} = \\operatorname{softmax}(z)', 'L = -\\sum_{i=1}^{k} y_i \\log \\hat{y}_i'];
const quadratic = shapes('A: n×n, x: n, b: n, c: scalar');
const symmetric = `${quadratic}assume: { A: symmetric }\n`;
const matrices = shapes('A: m×n, B: n×m, X: n×n, C: n×n');
const batch = shapes('X: N×d, W: d×k, b: 1×k, Y: N×k, L: scalar');
const recurrent = shapes('h_t: k, h_{t-1}: k, x_t: d, U: k×k, V: k×d, b: k, y_t: k, L: scalar');

const cases: readonly Case[] = [
  ['least squares', 'denominator', leastSquares, ['L = \\lVert X w - y \\rVert^2'], partial('L', 'w'), '2 X^T (X w - y)'],
  ['least squares', 'numerator', leastSquares, ['L = \\lVert X w - y \\rVert^2'], partial('L', 'w'), '2 (X w - y)^T X'],
  ['least squares as a product', 'denominator', leastSquares, ['L = (X w - y)^\\top (X w - y)'], partial('L', 'w'), '2 X^\\top (X w - y)'],
  [
    'least squares multiplied out',
    'denominator',
    leastSquares,
    ['L = w^T X^T X w - 2 y^T X w + y^T y'],
    partial('L', 'w'),
    '2 X^T (X w - y)',
  ],
  ['least squares with a residual', 'denominator', leastSquares, ['r = X w - y', 'L = \\frac{1}{2} r^T r'], partial('L', 'w'), 'X^T r'],
  [
    'a mean of squares',
    'mixed',
    leastSquares,
    ['L = \\frac{1}{m} \\lVert y - X w \\rVert_2^2'],
    '\\nabla_w L =',
    '-\\frac{2}{m} X^T (y - X w)',
  ],
  [
    'ridge',
    'denominator',
    leastSquares,
    ['L = \\lVert X w - y \\rVert^2 + \\lambda \\lVert w \\rVert^2'],
    partial('L', 'w'),
    '2 X^T (X w - y) + 2 \\lambda w',
  ],
  [
    'ridge',
    'numerator',
    leastSquares,
    ['L = \\frac12 \\lVert X w - y \\rVert^2 + \\frac{\\lambda}{2} w^T w'],
    partial('L', 'w'),
    '(X w - y)^T X + \\lambda w^T',
  ],
  ['a logistic layer', 'denominator', layer + logistic, forward, partial('L', 'W'), '((a - y) \\odot a \\odot (1 - a)) x^T'],
  ['a logistic layer', 'numerator', layer + logistic, forward, partial('L', 'W'), 'x ((a - y) \\odot a \\odot (1 - a))^T'],
  ['a tanh layer', 'denominator', layer + tanh, forward, partial('L', 'b'), '(a - y) \\odot (1 - a \\odot a)'],
  ['an open activation', 'denominator', layer, forward, partial('L', 'z'), "(a - y) \\odot \\sigma'(z)"],
  [
    'logistic regression',
    'denominator',
    `${leastSquares}${logistic}`,
    ['p = \\sigma(X w)', 'L = -y^T \\log(p) - (1 - y)^T \\log(1 - p)'],
    partial('L', 'w'),
    'X^T (p - y)',
  ],
  [
    'logistic regression by entries',
    'denominator',
    leastSquares,
    ['z = X w', 'p = \\sigma(z)', 'L = -\\sum_{i=1}^{m} \\left( y_i \\log p_i + (1 - y_i) \\log(1 - p_i) \\right)'],
    partial('L', 'z'),
    'p - y',
  ],
  [
    'a δ of the document',
    'denominator',
    layer,
    [...forward, '\\delta = \\frac{\\partial L}{\\partial z}'],
    partial('L', 'W'),
    '\\delta x^T',
  ],
  ['a δ that is a row', 'numerator', layer, [...forward, '\\delta = \\frac{\\partial L}{\\partial z}'], partial('L', 'W'), 'x \\delta'],
  [
    'a δ in hand',
    'denominator',
    layer + logistic,
    forward,
    '\\delta = \\frac{\\partial L}{\\partial z} =',
    '(a - y) \\odot a \\odot (1 - a)',
  ],
  [
    'two layers',
    'denominator',
    mlp + logistic,
    two,
    partial('L', 'W^{(2)}'),
    '((a^{(2)} - y) \\odot a^{(2)} \\odot (1 - a^{(2)})) a^{(1)T}',
  ],
  [
    'two layers with a family δ',
    'denominator',
    mlp + logistic,
    [...two, '\\delta^{(l)} = \\frac{\\partial L}{\\partial z^{(l)}}'],
    partial('L', 'z^{(1)}'),
    '(W^{(2)T} \\delta^{(2)}) \\odot a^{(1)} \\odot (1 - a^{(1)})',
  ],
  [
    'two layers with a family δ',
    'numerator',
    mlp + logistic,
    [...two, '\\delta^{(l)} = \\frac{\\partial L}{\\partial z^{(l)}}'],
    partial('L', 'b^{(1)}'),
    '\\delta^{(1)}',
  ],
  ['softmax with cross entropy and any target', 'denominator', classes, crossEntropy, partial('L', 'z'), '(\\mathbf{1}^T y) \\hat{y} - y'],
  [
    'softmax by its exponentials',
    'numerator',
    classes,
    ['z = W x + b', 'p = \\frac{\\exp(z)}{\\mathbf{1}^T \\exp(z)}'],
    partial('p', 'z'),
    '\\operatorname{diag}(p) - p p^T',
  ],
  ['softmax with cross entropy', 'denominator', classes + oneHot, crossEntropy, partial('L', 'z'), '\\hat{y} - y'],
  ['softmax with cross entropy', 'denominator', classes + oneHot, crossEntropy, partial('L', 'W'), '(\\hat{y} - y) x^T'],
  ['softmax with cross entropy', 'numerator', classes + oneHot, crossEntropy, partial('L', 'W'), 'x (\\hat{y} - y)^T'],
  [
    'cross entropy as a product',
    'denominator',
    classes + oneHot,
    ['z = W x + b', '\\hat{y} = \\operatorname{softmax}(z)', 'L = -y^T \\log(\\hat{y})'],
    partial('L', 'b'),
    '\\hat{y} - y',
  ],
  ['a quadratic form', 'denominator', quadratic, ['f = x^T A x + b^T x + c'], partial('f', 'x'), '(A + A^T) x + b'],
  ['a quadratic form', 'numerator', quadratic, ['f = x^T A x'], partial('f', 'x'), 'x^T (A + A^T)'],
  ['a symmetric quadratic form', 'denominator', symmetric, ['f = \\frac12 x^T A x - b^T x'], '\\nabla_x f =', 'A x - b'],
  ['a quadratic form by its matrix', 'denominator', quadratic, [], partial('(x^T A x)', 'A'), 'x x^T'],
  ['a Hessian', 'denominator', symmetric, ['f = x^T A x + b^T x'], '\\nabla^2_x f =', '2 A'],
  ['a trace', 'denominator', matrices, [], partial('\\operatorname{tr}(A B)', 'A'), 'B^T'],
  ['a trace', 'numerator', matrices, [], partial('\\operatorname{tr}(A B)', 'A'), 'B'],
  ['a trace of three', 'denominator', matrices, [], partial('\\operatorname{tr}(X^T C X)', 'X'), '(C + C^T) X'],
  ['a Frobenius norm', 'denominator', matrices, [], partial('\\lVert X - C \\rVert_F^2', 'X'), '2 (X - C)'],
  ['log det', 'denominator', `${matrices}assume: { X: positive-definite }\n`, [], partial('\\log \\det X', 'X'), 'X^{-1}'],
  ['log det', 'denominator', matrices, [], partial('\\log \\det(X)', 'X'), 'X^{-T}'],
  ['log det', 'numerator', matrices, [], partial('\\log \\det(X)', 'X'), 'X^{-1}'],
  ['an inverse in a trace', 'denominator', matrices, [], partial('\\operatorname{tr}(X^{-1} C)', 'X'), '-X^{-T} C^T X^{-T}'],
  [
    'a batch by its weights',
    'denominator',
    batch,
    ['Z = X W + b', 'L = \\frac12 \\lVert Z - Y \\rVert_F^2'],
    partial('L', 'W'),
    'X^T (Z - Y)',
  ],
  [
    'a batch by its bias',
    'denominator',
    batch,
    ['Z = X W + b', 'L = \\frac12 \\lVert Z - Y \\rVert_F^2'],
    partial('L', 'b'),
    '\\mathbf{1}^T (Z - Y)',
  ],
  [
    'a batch by its weights',
    'numerator',
    batch,
    ['Z = X W + b', 'L = \\frac{1}{2N} \\lVert Z - Y \\rVert_F^2'],
    partial('L', 'W'),
    '\\frac{1}{N} (Z - Y)^T X',
  ],
  [
    'a batch with softmax',
    'denominator',
    `${batch}assume: { Y: one-hot }\nfunctions: { softmax: rows }\n`,
    ['Z = X W + b', 'P = \\operatorname{softmax}(Z)', 'L = -\\frac{1}{N} \\sum_{i=1}^{N} \\sum_{j=1}^{k} Y_{ij} \\log P_{ij}'],
    partial('L', 'Z'),
    '\\frac{1}{N} (P - Y)',
  ],
  [
    'a recurrent step by its state',
    'numerator',
    recurrent,
    ['h_t = \\tanh(U h_{t-1} + V x_t + b)'],
    partial('h_t', 'h_{t-1}'),
    '\\operatorname{diag}(1 - h_t \\odot h_t) U',
  ],
  [
    'a recurrent step by its state',
    'denominator',
    recurrent,
    ['h_t = \\tanh(U h_{t-1} + V x_t + b)'],
    partial('h_t', 'h_{t-1}'),
    'U^T \\operatorname{diag}(1 - h_t \\odot h_t)',
  ],
  [
    'a recurrent step by its weights',
    'denominator',
    recurrent,
    ['h_t = \\tanh(U h_{t-1} + V x_t + b)', 'L = \\frac12 \\lVert h_t - y_t \\rVert^2'],
    partial('L', 'U'),
    '((h_t - y_t) \\odot (1 - h_t \\odot h_t)) h_{t-1}^T',
  ],
  ['an affine map', 'numerator', layer, ['z = W x + b'], partial('z', 'x'), 'W'],
  ['an affine map', 'denominator', layer, ['z = W x + b'], partial('z', 'x'), 'W^T'],
  [
    'an element-wise map',
    'denominator',
    layer + logistic,
    ['z = W x + b', 'a = \\sigma(z)'],
    partial('a', 'z'),
    '\\operatorname{diag}(a \\odot (1 - a))',
  ],
  [
    'a softmax',
    'numerator',
    classes,
    ['z = W x + b', 'p = \\operatorname{softmax}(z)'],
    partial('p', 'z'),
    '\\operatorname{diag}(p) - p p^T',
  ],
  ['an element', 'denominator', layer, [...forward, '\\delta = \\frac{\\partial L}{\\partial z}'], partial('L', 'W_{ij}'), '\\delta_i x_j'],
  ['a norm', 'denominator', quadratic, [], partial('\\lVert x - b \\rVert', 'x'), '\\frac{x - b}{\\lVert x - b \\rVert}'],
  [
    'a quotient',
    'denominator',
    symmetric,
    ['f = \\frac{x^T A x}{x^T x}'],
    partial('f', 'x'),
    '\\frac{2 A x}{x^T x} - \\frac{2 (x^T A x) x}{(x^T x)^2}',
  ],
];

describe('the derived gradient of', () => {
  test.each(cases)('%s (%s layout)', (_name, layout, keys, given, asked, expected) => {
    expect(derived(directive(layout, keys) + formulas(...given, asked))).toBe(expected);
  });
});

describe('in the document', () => {
  const text = (last: string): string => directive('denominator', layer) + formulas(...forward, last);
  const inserted = (last: string, from = text(last)): string | undefined => {
    const analysis = analyze(input(from), {});
    const at = from.indexOf(last);
    const cursor = from.indexOf('\\frac{\\partial', at);
    const fix = derivedGradientFix(analysis, { start: cursor, end: cursor });
    return fix && applyEdits(from, fix.edits).slice(at);
  };

  test('it stands behind the relation', () => {
    expect(inserted('\\frac{\\partial L}{\\partial z} =')).toBe("\\frac{\\partial L}{\\partial z} = (a - y) \\odot \\sigma'(z)$$");
  });

  test('a lone derivative becomes an equation', () => {
    expect(inserted('\\frac{\\partial L}{\\partial z}')).toBe("\\frac{\\partial L}{\\partial z} = (a - y) \\odot \\sigma'(z)$$");
  });

  test('it takes the place of dots and of a question mark', () => {
    expect(inserted('\\frac{\\partial L}{\\partial z} = \\dots')).toBe("\\frac{\\partial L}{\\partial z} = (a - y) \\odot \\sigma'(z)$$");
    expect(inserted('\\frac{\\partial L}{\\partial z} = ?')).toBe("\\frac{\\partial L}{\\partial z} = (a - y) \\odot \\sigma'(z)$$");
  });

  test('rows of an align are filled one after the other', () => {
    const rows = '\\begin{align}\n\\frac{\\partial L}{\\partial b} &= \\\\\n\\frac{\\partial L}{\\partial W} &=\n\\end{align}';
    const once = inserted(rows);
    expect(once).toBe(`${rows.replace('b} &=', "b} &= (a - y) \\odot \\sigma'(z)")}$$`);
  });

  test('nothing is offered where a right side stands, or nothing is known', () => {
    expect(inserted('\\frac{\\partial L}{\\partial z} = a')).toBeUndefined();
    expect(inserted('\\frac{\\partial Q}{\\partial z} =')).toBeUndefined();
    expect(inserted('\\frac{\\partial L}{\\partial y_0} =')).toBeUndefined();
  });

  test('symbols and signs are spelled as the document spells them', () => {
    const spelled = `${directive('denominator')}Let $\\bm{x} \\in \\mathbb{R}^n$, $\\bm{W} \\in \\mathbb{R}^{m\\times n}$, $\\bm{y} \\in \\mathbb{R}^m$ with $\\bm{x}^\\top \\bm{x} = 1$.\n\n`;
    const last = '\\frac{\\partial L}{\\partial \\bm{W}} =';
    expect(inserted(last, spelled + formulas('L = \\frac12 \\lVert \\bm{W} \\bm{x} - \\bm{y} \\rVert^2', last))).toBe(
      `${last} (\\bm{W} \\bm{x} - \\bm{y}) \\bm{x}^\\top$$`,
    );
  });

  test('a network defines what the document leaves out', () => {
    const network = `${directive('denominator', 'network: { layers: [2, 3, 2], first: 1, hidden: relu, output: softmax, loss: cross-entropy }\nassume: { y: one-hot }\n')}`;
    expect(derived(network + formulas('\\frac{\\partial L}{\\partial z^{(3)}} ='))).toBe('a^{(3)} - y');
    expect(derived(network + formulas('\\frac{\\partial L}{\\partial z^{(2)}} ='))).toBe(
      '(W^{(3)T} (a^{(3)} - y)) \\odot \\mathbb{1}[z^{(2)} > 0]',
    );
  });
});
