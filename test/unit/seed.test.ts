// The first document, row by row, through the report that the command line prints; then with one thing changed at a time.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Analysis,
  analyze,
  type DocumentReport,
  evaluateNetwork,
  evaluateValues,
  inputOf,
  report,
} from '../../server/language/index.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'seed');
const missing = !existsSync(folder);
if (missing) console.warn(`skipped: ${folder} is not there`);

function analysisOf(text: string): Analysis {
  const input = inputOf('post.md', text);
  if ('error' in input) throw new Error(input.error);
  const values = evaluateValues(analyze(input, {}));
  let step = values.next();
  while (!step.done) step = values.next();
  return step.value;
}

const reportOn = (text: string): DocumentReport => report(analysisOf(text));
const codes = (r: DocumentReport): readonly string[] => r.diagnostics.map((d) => d.code).sort();
const loud = (r: DocumentReport): readonly string[] =>
  r.diagnostics
    .filter((d) => d.severity === 'error' || d.severity === 'warning')
    .map((d) => d.code)
    .sort();
const symbol = (r: DocumentReport, name: string): readonly string[] | null | undefined => r.symbols.find((s) => s.name === name)?.shape;
const termShapes = (r: DocumentReport, text: string): readonly string[] => [
  ...new Set(
    r.equations
      .flatMap((e) => e.terms)
      .filter((t) => t.text === text)
      .map((t) => (t.shape ? t.shape.join('×') || 'scalar' : '?')),
  ),
];

const six = ['chain-ends', 'layout-order', 'layout-order', 'layout-order', 'product-mismatch', 'repeated-factor'];

describe.skipIf(missing).each(['post.md', 'post-stripped.md'])('%s', (name) => {
  const text = missing ? '' : readFileSync(join(folder, name), 'utf8');
  const stripped = name.includes('stripped');
  const r = missing ? undefined : reportOn(text);
  const found = r as DocumentReport;

  test('the network gives the shapes, the text the layout', () => {
    for (const [key, shape] of [
      ['a^{(1)}', '2×1'],
      ['W^{(2)}', '3×2'],
      ['z^{(2)}', '3×1'],
      ['a^{(2)}', '3×1'],
      ['W^{(3)}', '2×3'],
      ['z^{(3)}', '2×1'],
      ['a^{(3)}', '2×1'],
      ['y', '2×1'],
      ['y_{hat}', '2×1'],
      ['y_{true}', '2×1'],
    ] as const)
      expect(symbol(found, key)?.join('×'), key).toBe(shape);
    expect(symbol(found, 'L')).toEqual([]);
    expect(found.layout).toEqual({ name: 'denominator', from: 'declared' });
  });

  test('these findings and no others', () => {
    expect(loud(found)).toEqual(six);
    expect(codes(found)).toEqual(
      [...six, 'ambiguous-product', 'tensor-factor', 'tensor-factor', ...(stripped ? ['stripped-backslashes'] : [])].sort(),
    );
    expect(found.diagnostics.find((d) => d.code === 'product-mismatch')?.message).toContain('2×1 ✗ 2×3 · 3×1 · 1×2');
  });

  test('verdicts of the first gradient, of (AB)^T and of the entry', () => {
    const gradient = found.equations.find((e) => e.members.length === 3 && e.members[2]?.conforms === true);
    expect(gradient?.members.map((m) => m.value)).toEqual(['verified', 'unchecked', 'verified']);
    expect(gradient?.valueReason).toMatch(/logistic/);
    const product = found.equations.find((e) => e.terms.some((t) => t.text === '(AB)^T'));
    expect([product?.conforms, product?.value]).toEqual([true, 'verified']);
    expect(found.equations.filter((e) => e.value === 'refuted')).toEqual([]);
  });

  test('fixes: reversed chains, the left side, the repetition, the product that was meant', () => {
    const fixes = (code: string): readonly boolean[] => found.diagnostics.filter((d) => d.code === code).map((d) => d.fixes.length > 1);
    for (const code of ['layout-order', 'chain-ends', 'repeated-factor', 'product-mismatch'])
      expect(
        fixes(code).every((f) => f),
        code,
      ).toBe(true);
    expect(found.diagnostics.find((d) => d.code === 'product-mismatch')?.fixes[0]?.verified).toBe(true);
  });

  test('elements are scalars, other sections have symbols of their own', () => {
    expect(termShapes(found, 'w_{ij}^{(3)}')).toEqual(['scalar']);
    expect(termShapes(found, '{a_2^{(2)}}^T')).toEqual(['scalar']);
    expect(termShapes(found, 'a^{(2)T}')).toEqual(['1×3']);
  });
});

describe.skipIf(missing)('with one thing changed', () => {
  const text = missing ? '' : readFileSync(join(folder, 'post.md'), 'utf8');

  test('other layer sizes move the shapes, the findings stay', () => {
    const r = reportOn(text.replace('2 input, 3 hidden and 2 output', '4 input, 5 hidden and 3 output'));
    expect(symbol(r, 'W^{(3)}')).toEqual(['3', '5']);
    expect(symbol(r, 'W^{(2)}')).toEqual(['5', '4']);
    expect(loud(r).filter((c) => c !== 'annotation-mismatch')).toContain('chain-ends');
    expect(r.diagnostics.find((d) => d.code === 'product-mismatch')?.message).toContain('3×1 ✗ 3×5');
  });

  test('in numerator layout the chains stand in order', () => {
    const r = reportOn(`<!-- conformable\nlayout: numerator\n-->\n\n${text}`);
    expect(r.layout.name).toBe('numerator');
    const chains = r.diagnostics.filter((d) => d.code === 'layout-order');
    expect(chains.every((d) => d.range.start.line > 30)).toBe(true);
  });

  test('without the T the product does not conform', () => {
    const r = reportOn(text.replace('(1 - a^{(3)}) a^{(2)T}', '(1 - a^{(3)}) a^{(2)}'));
    expect(loud(r).filter((c) => c === 'product-mismatch' || c === 'hadamard-mismatch').length).toBeGreaterThan(1);
  });

  test('without the repetition that finding is gone', () => {
    const again = '\\frac {\\partial a^{(2)}}{\\partial z^{(2)}} ';
    expect(loud(reportOn(text.replace(again + again, again)))).toEqual(six.filter((c) => c !== 'repeated-factor'));
  });

  test('a dropped link breaks the chain', () => {
    expect(loud(reportOn(text.replace('\\frac {\\partial z^{(3)}}{\\partial a^{(2)}} ', '')))).toContain('broken-chain');
  });

  test('renamed symbols make no difference', () => {
    const renamed = text.replaceAll('W^{(', '\\mathbf{W}^{(').replaceAll('L}', 'J}').replaceAll('$L$', '$J$').replaceAll('$ L =', '$ J =');
    expect(loud(reportOn(renamed))).toEqual(six);
  });

  test('a network that is no example is refused', () => {
    const run = evaluateNetwork(analysisOf(`<!-- conformable\nnetwork: { layers: [1000, 1000, 10], loss: mse }\n-->\n\n${text}`));
    expect('error' in run && run.error).toContain('1011010 weights');
  });

  test('with its network in a directive the engine runs it', () => {
    const run = evaluateNetwork(
      analysisOf(`<!-- conformable\nnetwork: { layers: [2, 3, 2], hidden: relu, output: sigmoid, loss: mse }\n-->\n\n${text}`),
    );
    expect('text' in run && /∂L\/∂W\^\(\d\) +2×3/.test(run.text)).toBe(true);
  });
});
