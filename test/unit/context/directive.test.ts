// Directives: every key, and for each mistake the place and the words; what is right beside a mistake still counts.
import { describe, expect, test } from 'vitest';
import { readConfiguration, readDirective } from '../../../server/language/context/directive.js';
import type { DirectiveSource } from '../../../server/language/document/types.js';
import { readFormula, readName } from '../../../server/language/syntax/lower.js';
import { factText } from './facts-as-text.js';

const name = (tex: string) => readName(tex, new Map());
const dim = (text: string) => readFormula(text, new Map()).statements[0]?.members[0];

function read(yaml: string, origin: DirectiveSource['origin'] = 'comment') {
  const found = readDirective({ origin, span: { start: 0, end: yaml.length }, yaml, map: { base: 0 } }, name, dim);
  return {
    facts: found.facts.map(factText),
    places: found.facts.map((f) => yaml.slice(f.span.start, f.span.end)),
    settings: found.settings,
    mistakes: found.mistakes.map((m) => `${yaml.slice(m.span.start, m.span.end)}: ${m.message}`),
  };
}

describe('keys', () => {
  test('the example of the manual', () => {
    const found = read(
      'layout: denominator\nshapes:\n  x, a^{(1)}: 2\n  W^{(l)}: n_l × n_{l-1}\n  y: 2\nnetwork: { layers: [2, 3, 2], hidden: relu, output: sigmoid, loss: mse }\n',
    );
    expect(found.facts).toEqual([
      'layout denominator',
      'x: 2',
      'a^{(1)}: 2',
      'W^{(l)}: n_l×n_{l-1}',
      'y: 2',
      'network 2-3-2 hidden=relu output=sigmoid loss=mse',
    ]);
    expect(found.places.slice(0, 4)).toEqual(['layout: denominator', 'x, a^{(1)}: 2', 'x, a^{(1)}: 2', 'W^{(l)}: n_l × n_{l-1}']);
    expect(found.mistakes).toEqual([]);
  });

  test.each([
    ['numerator', 'numerator'],
    ['jacobian', 'numerator'],
    ['denominator', 'denominator'],
    ['gradient', 'denominator'],
    ['hessian', 'denominator'],
    ['mixed', 'mixed'],
  ])('layout %s is %s', (word, layout) => {
    expect(read(`layout: ${word}`).facts).toEqual([`layout ${layout}`]);
  });

  test.each([
    ['scalar', 'scalar'],
    ['n', 'n'],
    ['3', '3'],
    ['m×n', 'm×n'],
    ['m x n', 'm×n'],
    ['m * n', 'm×n'],
    ['m \\times n', 'm×n'],
    ['[m, n]', 'm×n'],
    ['(m, n)', 'm×n'],
    ['"[m, n]"', 'm×n'],
    ['1×n', '1×n'],
    ['3x2', '3×2'],
    ['2×3×4', '2×3×4'],
    ['[2, 3, 4]', '2×3×4'],
    ['n+1', 'n+1'],
    ['d_{\\text{model}} × 1', 'd_{\\text{model}}×1'],
    ['"? × n"', '?×n'],
  ])('shape %s', (written, shape) => {
    expect(read(`shapes:\n  W: ${written}`)).toMatchObject({ facts: [`W: ${shape}`], mistakes: [] });
  });

  test('names with commas inside braces, and braces inside a flow map', () => {
    expect(read('shapes: { w_{i,j}: scalar, W^{(2)}: 3×2 }').facts).toEqual(['w_{i,j}: scalar', 'W^{(2)}: 3×2']);
  });

  test('functions, assumptions, sizes', () => {
    const found = read(
      'functions: { \\sigma: sigmoid, g: "t^3", softmax: rows }\nassume: { A: symmetric, \\Sigma: [positive-definite, symmetric] }\nsizes: { m: 4, n: 3 }',
    );
    expect(found.facts).toEqual([
      '\\sigma = sigmoid',
      'g = t^3',
      'softmax = softmax by rows',
      'A is symmetric',
      '\\Sigma is positive-definite, symmetric',
      'm = 4',
      'n = 3',
    ]);
    expect(read('functions:\n  \\operatorname{softmax}: columns').facts).toEqual(['softmax = softmax by columns']);
  });

  test('settings', () => {
    expect(read('broadcast: strict\nvalue-check: off\nrules: { coincidence: off, broadcast: hint }').settings).toEqual({
      broadcast: 'strict',
      valueCheck: false,
      rules: { coincidence: 'off', broadcast: 'hint' },
    });
  });

  test('a network with its numbers', () => {
    expect(read('network: { layers: [2, 3, 2], first: 0, x: [1, 2], y: [0, 1], seed: 7 }').facts).toEqual([
      'network 2-3-2 x=1,2 y=0,1 seed=7 first=0',
    ]);
    expect(read('network: [n, h, m]').facts).toEqual(['network n-h-m']);
  });
});

describe('mistakes', () => {
  test.each([
    ['layuot: mixed', 'layuot: layuot is no known key. Did you mean layout?'],
    ['layout: denom', 'denom: denom is no known layout. Did you mean denominator?'],
    ['layout:', 'layout: A layout is missing. Use numerator, denominator or mixed.'],
    ['shapes: 3', '3: shapes takes names with their shapes, such as W: 3×2.'],
    ['shapes:\n  W: 3 by 2 matrix', '3 by 2 matrix: This is not a shape. Use scalar, n, m×n or [m, n].'],
    ['shapes:\n  W: 0', '0: This is not a shape. Use scalar, n, m×n or [m, n].'],
    ['shapes:\n  x:', 'x: x has no shape. Use scalar, n, m×n or [m, n].'],
    ['shapes:\n  a, y+: 3', 'y+: y+ is not a name. Write it as in a formula, such as W^{(2)}.'],
    ['functions: { f: tahn }', 'tahn: tahn is no known function and no expression in t. Did you mean tanh?'],
    ['assume: { A: symetric }', 'symetric: symetric is no known assumption. Did you mean symmetric?'],
    ['sizes: { n: 2.5 }', '2.5: A size is a whole number from 1 to 10000.'],
    ['broadcast: row', 'row: row is no known way to broadcast. Did you mean rows?'],
    ['value-check: never', 'never: value-check is on or off.'],
    ['rules: { product-mismach: off }', 'product-mismach: product-mismach is no known code. Did you mean product-mismatch?'],
    ['rules: { broadcast: err }', 'err: err is no known severity. Did you mean error?'],
    ['network: { layers: [2] }', '[2]: Layers are at least two sizes from the input on, such as [2, 3, 2].'],
    ['network: { hidden: relu }', 'network: The network has no layers. Add layers: [2, 3, 2], from the input on.'],
    ['network: { layers: [2, 3], output: sigmod }', 'sigmod: sigmod is no known activation. Did you mean sigmoid?'],
    ['network: { layers: [2, 3], first: 2 }', '2: first is the index of the input layer: 0 or 1.'],
    ['just words', 'just words: A directive is made of keys with values, such as layout: denominator.'],
    ['layout: mixed\nlayout: numerator', 'layout: This key stands twice, so the second is left out. Keep one.'],
    ['layout: mixed\n\tsizes: 3', '\t: Tabs do not indent in YAML. Use spaces.'],
  ])('%j', (yaml, mistake) => {
    expect(read(yaml).mistakes).toEqual([mistake]);
  });

  test('a syntax error costs its line only', () => {
    const found = read('layout: numerator\nshapes:\n  x: 3\n  W: [3, 2\n  y: 4\nsizes: { n: 3 }\n');
    expect(found.facts).toEqual(['layout numerator', 'x: 3', 'y: 4', 'n = 3']);
    expect(found.mistakes).toEqual(['[3, 2: A quote, a bracket or a comma is missing, so this line is left out. Add it.']);
    expect(read('layout numerator\nshapes:\n  x: 3').facts).toEqual(['x: 3']);
  });

  test('places go through the map of the source', () => {
    const yaml = 'layout: denom';
    const starts = Array.from(yaml, (_, i) => 100 + 2 * i);
    const found = readDirective(
      { origin: 'comment', span: { start: 0, end: 0 }, yaml, map: { base: 100, starts, ends: starts.map((s) => s + 1) } },
      name,
      dim,
    );
    expect(found.mistakes[0]?.span).toEqual({ start: 116, end: 125 });
  });

  test.each([
    '',
    '   \n',
    '# a comment',
    '{',
    '[[[[',
    '- - -',
    '"',
    '? : ?',
    'a: *b',
    'a: &a [*a]',
    '\u0000',
    '%YAML 3.0\n---\n',
    `${'['.repeat(20_000)}`,
    'shapes: { [a]: 3 }',
    'a:\n b:\n  c',
    '---\nlayout: mixed\n---\nlayout: x',
  ])('bad input %#', (yaml) => {
    expect(() => read(yaml)).not.toThrow();
  });
});

describe('front matter and configuration', () => {
  test('only what stands under conformable counts', () => {
    const found = read(
      'title: A: B\nlayout: post\nconformable:\n  layout: denominator\n  shape: 3\n  sizes: {n: 3\ntags: [a, b',
      'front-matter',
    );
    expect(found.facts).toEqual(['layout denominator']);
    expect(found.mistakes).toEqual([
      'shape: shape is no known key. Did you mean shapes?',
      '{n: 3: A quote, a bracket or a comma is missing, so this line is left out. Add it.',
    ]);
    expect(read('title: x\nlayout: post', 'front-matter')).toMatchObject({ facts: [], mistakes: [] });
  });

  test('a configuration file has the same keys', () => {
    const found = readConfiguration('layout: mixed\nshapes:\n  W: 3×2\n', name, dim);
    expect(found.facts.map(factText)).toEqual(['layout mixed', 'W: 3×2']);
  });
});
