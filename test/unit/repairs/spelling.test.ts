// Fixes are written as the document is: doubled and escaped backslashes, quotes, tables, entities, line ends, no backslashes at all.
import { expect, it } from 'vitest';
import { applyEdits } from '../../../server/language/index.js';
import { fixesOf } from '../../../server/language/repairs/index.js';
import { declared, everyFixHolds, open } from './help.js';

const shapes = 'A: m×n, x: n, y: m, b: m, u: n, v: m, L: scalar, z: m, s_1: m, P: 2×3, q: 2, g: 3, W: 2×1';

/** What the fixes of the document's errors make of it, without white space at the ends. */
const results = (text: string): readonly string[] => {
  const a = open(text);
  everyFixHolds(a);
  return a.findings.flatMap((f) => (f.severity === 'error' ? fixesOf(a, f).map((x) => applyEdits(a.text, x.edits)) : []));
};

const has = (text: string, wanted: string): void => {
  const list = results(declared(shapes, 'denominator') + text);
  expect(
    list.some((r) => r.includes(wanted)),
    `${wanted}\n${list.join('\n----\n')}`,
  ).toBe(true);
};

it('doubled delimiters with doubled commands', () => {
  has('\\\\[ y = b v \\\\\\\\ \\\\quad z = b \\\\odot v \\\\]\n', 'y = b \\\\odot v');
});

it('doubled delimiters with single commands', () => {
  has('\\\\( y = b \\, v \\\\)\n', 'y = b \\odot v \\\\)');
});

it('escaped subscripts', () => {
  has('Here $y = s\\_{1} b$ and $z = s\\_{1} \\odot v$.\n', '$y = s\\_{1} \\odot b$');
});

it('a quote of several lines', () => {
  has('> so $$\n> y\n> = x A\n> $$ it is\n', '> = A x\n> $$ it is');
});

it('a table', () => {
  has('| a | b |\n|---|---|\n| $y = x A$ | $\\|x\\|$ |\n', '| $y = A x$ | $\\|x\\|$ |');
});

it('CRLF', () => {
  has('$$\r\ny = x A\r\n$$\r\n', '$$\r\ny = A x\r\n$$\r\n');
});

it('Unicode', () => {
  has('$$∂L/∂x = ∂L/∂z ∂z/∂x$$\n', '∂L/∂x = ∂z/∂x ∂L/∂z');
});

it('stripped backslashes', () => {
  has(
    '$frac{partial L}{partial x} = frac{partial L}{partial z} frac{partial z}{partial x}$ and $y = b v$ and $P^T = q g^T$\n',
    '$frac{partial L}{partial x} = frac{partial z}{partial x} frac{partial L}{partial z}$',
  );
  has('$frac{partial L}{partial x} = frac{partial z}{partial x} frac{partial L}{partial z}$ and $y = b v$\n', 'and $y = b odot v$');
  has(
    '$frac{partial L}{partial x} = frac{partial z}{partial x} frac{partial L}{partial z}$ and $y = b odot x^T$, $P^T = P^T q odot g W^T$, $P^T = q odot q P g W^T$\n',
    '$P^T = (P^T (q odot q) odot g) W^T$',
  );
});
