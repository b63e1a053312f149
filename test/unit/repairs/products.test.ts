// Fixes of products, sums and equations: the fewest small edits that conform, in the document's own spelling.
import { describe, expect, it } from 'vitest';
import { declared, declaredLatex, everyFixHolds, fixes, offers, open, result, titles } from './help.js';

const shapes =
  'A: m×n, x: n, y: m, b: m, v: m, u: n, c: scalar, W^{(2)}: 3×2, "a^{(1)}": 2, "a^{(2)}": 3, d: 3, X: N×p, w: p, t: N, P: 2×3, q: 2, g: 3, r: 4';

const markdown = (formula: string, layout = 'denominator'): ReturnType<typeof open> =>
  open(`${declared(shapes, layout)}$$ ${formula} $$\n`);
const latex = (formula: string, layout = 'numerator'): ReturnType<typeof open> =>
  open(`${declaredLatex(shapes, layout)}\\begin{equation}\n  ${formula}\n\\end{equation}\n`, true);

describe.each([
  ['Markdown', markdown],
  ['LaTeX', latex],
] as const)('product-mismatch in %s', (_, read) => {
  it.each([
    ['y = A^T x', 'Remove the transpose of A^T', 'y = A x'],
    ['u = A y', 'Transpose A', 'u = A^T y'],
    ['y = x A', 'Exchange x and A', 'y = A x'],
    ['y = \\left( x + u \\right) A', 'Exchange (x + u) and A', 'y = A \\left( x + u \\right)'],
    ['P = q g', 'Transpose g', 'P = q g^T'],
    ['y = b v', 'Write ⊙ between b and v', 'y = b \\odot v'],
    ['d = W^{(2)} a^{(1)T}', 'Remove the transpose of a^{(1)T}', 'd = W^{(2)} a^{(1)}'],
    ['a^{(1)} = W^{(2)} d', 'Transpose W^{(2)}', 'a^{(1)} = W^{(2)T} d'],
    ['w = (X^T X)^{-1} X t', 'Transpose X', 'w = (X^T X)^{-1} X^T t'],
    ['c = y b', 'Transpose y', 'c = y^T b'],
  ])('%s', (formula, title, wanted) => {
    const a = read(formula);
    const list = fixes(a, 'product-mismatch');
    const fix = offers(a, list, wanted);
    expect(fix.title).toBe(title);
    expect(list.indexOf(fix)).toBeLessThan(2);
    expect(list.length).toBeLessThanOrEqual(5);
    everyFixHolds(a);
  });

  it('puts parentheses around a ⊙ group, moves a transposed matrix and writes ⊙ behind', () => {
    const a = read('W^{(2)} = q \\odot (1 - q) \\odot q P g a^{(1)T}');
    offers(a, fixes(a, 'product-mismatch'), '(P^T (q \\odot (1 - q) \\odot q) \\odot g) a^{(1)T}');
    everyFixHolds(a);
  });

  it('turns a whole product round', () => {
    const a = read('P^T = q g^T');
    offers(a, fixes(a, 'equation-mismatch'), 'P^T = g q^T');
  });
});

describe('the others', () => {
  it('sum-mismatch: mends the addend', () => {
    const a = markdown('y = A x + b^T');
    expect(titles(fixes(a, 'sum-mismatch'))[0]).toBe('Remove the transpose of b^T');
    everyFixHolds(a);
  });

  it('sum-mismatch: within an addend that is a product', () => {
    const a = latex('P = q g^T + g q^T');
    offers(a, fixes(a, 'sum-mismatch'), 'q g^T + q g^T');
    everyFixHolds(a);
  });

  it('hadamard-mismatch: a matrix product', () => {
    const a = markdown('y = A \\odot x');
    offers(a, fixes(a, 'hadamard-mismatch'), 'y = A x');
    everyFixHolds(a);
  });

  it('hadamard-mismatch: one operand transposed', () => {
    const a = latex('y = b \\odot v^T');
    offers(a, fixes(a, 'hadamard-mismatch'), 'y = b \\odot v');
  });

  it('equation-mismatch: the member that differs', () => {
    const a = markdown('y^T = A x');
    offers(a, fixes(a, 'equation-mismatch'), 'y^T = x^T A^T');
    everyFixHolds(a);
  });

  it('equation-mismatch: members that repeat the mistake are mended together', () => {
    const a = latex('P = g q^T = d q^T');
    offers(a, fixes(a, 'equation-mismatch'), 'P = q g^T = q d^T');
    everyFixHolds(a);
  });

  it('takes a transpose off an application', () => {
    const a = markdown("y = b \\odot \\sigma'(v)^T");
    offers(a, fixes(a, 'hadamard-mismatch'), "y = b \\odot \\sigma'(v)$$".replace('$$', ' $$'));
  });

  it('function-argument: a square product', () => {
    const a = latex('c = \\operatorname{tr}(P P)');
    everyFixHolds(a);
    const b = markdown('c = \\operatorname{tr}(q g^T)');
    everyFixHolds(b);
  });

  it('says nothing where nothing small conforms', () => {
    const a = markdown('r = A x');
    expect(fixes(a, 'equation-mismatch').filter((f) => f.title.startsWith('Transpose'))).toEqual([]);
    everyFixHolds(a);
  });
});

describe("the document's spelling", () => {
  it.each([
    ['\\top', 'u = A y', 'v^\\top b', 'u = A^\\top y'],
    ['{\\top}', 'u = A y', 'v^{\\top} b', 'u = A^{\\top} y'],
    ['mathsf', 'u = A y', 'v^{\\mathsf{T}} b', 'u = A^{\\mathsf{T}} y'],
    ['inside a label', 'a^{(1)} = W^{(2)} d', 'a^{(2)\\top} d', 'a^{(1)} = W^{(2)\\top} d'],
    ['outside a label', 'a^{(1)} = W^{(2)} d', '{a^{(2)}}^T d', 'a^{(1)} = {W^{(2)}}^T d'],
  ])('transposes as the document does: %s', (_, formula, habit, wanted) => {
    const a = open(`${declared(shapes, 'numerator')}Here $c = ${habit}$.\n\n$$${formula}$$\n`);
    offers(a, fixes(a, 'product-mismatch'), wanted);
    everyFixHolds(a);
  });

  it('writes ∘ where the document does', () => {
    const a = open(`${declared(shapes, 'numerator')}Here $y = b \\circ v$.\n\n$$y = b v$$\n`);
    offers(a, fixes(a, 'product-mismatch'), 'y = b \\circ v$$');
  });

  it('keeps escapes of Markdown, quotes and entities', () => {
    const a = open(`${declared('A\\_1: m×n, y: m, u: n, "A_1": m×n', 'numerator')}> quoted $u = A\\_{1} y$ and\n> more\n`);
    for (const f of a.findings.filter((x) => x.code === 'product-mismatch')) expect(f).toBeDefined();
    everyFixHolds(a);
  });

  it('keeps comments and spacing of the formula', () => {
    const a = latex('u =\n  A % the weights\n  \\, y');
    expect(result(a, fixes(a, 'product-mismatch')[0])).toContain('A^T % the weights \\, y');
  });
});
