// Fixes of chains: the order of the layout, the ends, repetitions and links that do not meet.
import { describe, expect, it } from 'vitest';
import { declared, declaredLatex, everyFixHolds, fixes, offers, open, result, titles } from './help.js';

const shapes = 'L: scalar, x: n, z: m, h: m, "W": m × n, s^{(1)}: 4, s^{(2)}: 5';

describe('layout-order', () => {
  it('reverses a chain in numerator order in denominator layout', () => {
    const a = open(
      `${declared(shapes, 'denominator')}$$\n\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial h} \\cdot \\frac{\\partial h}{\\partial z} \\cdot \\frac{\\partial z}{\\partial x}\n$$\n`,
    );
    const [fix] = fixes(a, 'layout-order');
    expect(fix?.title).toBe('Reverse the chain for denominator layout');
    expect(result(a, fix)).toContain(
      '= \\frac{\\partial z}{\\partial x} \\cdot \\frac{\\partial h}{\\partial z} \\cdot \\frac{\\partial L}{\\partial h}',
    );
  });

  it('leaves scalars in front, annotations on their factors and a sign where it was, in LaTeX', () => {
    const a = open(
      `${declaredLatex(shapes, 'numerator')}\\[ \\frac{\\partial L}{\\partial x} = \\tfrac{1}{2}\\, \\underbrace{\\frac{\\partial z}{\\partial x}}_{m\\times n} \\frac{\\partial L}{\\partial z} \\]\n`,
      true,
    );
    expect(result(a, fixes(a, 'layout-order')[0])).toContain(
      '= \\tfrac{1}{2}\\, \\frac{\\partial L}{\\partial z} \\underbrace{\\frac{\\partial z}{\\partial x}}_{m\\times n}',
    );
  });

  it('keeps line breaks where they are', () => {
    const a = open(
      `${declared(shapes, 'numerator')}\\begin{align}\n\\frac{\\partial L}{\\partial x} &= \\frac{\\partial z}{\\partial x} \\\\\n  &\\cdot \\frac{\\partial L}{\\partial z}\n\\end{align}\n`,
    );
    for (const fix of fixes(a, 'layout-order'))
      expect(result(a, fix)).toContain('&= \\frac{\\partial L}{\\partial z} \\\\ &\\cdot \\frac{\\partial z}{\\partial x}');
  });
});

describe('chain-ends', () => {
  it('mends the variable of the left side', () => {
    const a = open(
      `${declared(shapes, 'numerator')}$$\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial h} \\frac{\\partial h}{\\partial z} \\frac{\\partial z}{\\partial x}$$\n`,
    );
    const [fix] = fixes(a, 'chain-ends');
    expect(fix?.title).toBe('Write ∂L/∂x on the left');
    expect(fix?.edits).toHaveLength(1);
    expect(result(a, fix)).toContain('\\frac{\\partial L}{\\partial x} = ');
  });

  it('mends what is derived, with labels', () => {
    const a = open(
      `${declaredLatex(shapes, 'numerator')}$\\frac{\\partial s^{(1)}}{\\partial x} = \\frac{\\partial s^{(2)}}{\\partial z} \\frac{\\partial z}{\\partial x}$\n`,
      true,
    );
    expect(result(a, fixes(a, 'chain-ends')[0])).toContain('$\\frac{\\partial s^{(2)}}{\\partial x} =');
  });
});

describe('repeated-factor', () => {
  it('removes the repetition with its sign', () => {
    const a = open(
      `${declared(shapes, 'numerator')}$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial h} \\cdot \\frac{\\partial h}{\\partial z} \\cdot \\frac{\\partial h}{\\partial z} \\cdot \\frac{\\partial z}{\\partial x}$$\n`,
    );
    const list = fixes(a, 'repeated-factor');
    expect(titles(list)).toEqual(['Remove the repeated ∂h/∂z']);
    expect(result(a, list[0])).toContain(
      '= \\frac{\\partial L}{\\partial h} \\cdot \\frac{\\partial h}{\\partial z} \\cdot \\frac{\\partial z}{\\partial x}$$',
    );
  });
});

describe('broken-chain', () => {
  const chain = (factors: string, latex = false): ReturnType<typeof open> =>
    open(`${(latex ? declaredLatex : declared)(shapes, 'numerator')}\\[\\frac{\\partial L}{\\partial x} = ${factors}\\]\n`, latex);

  it('puts the missing factor in', () => {
    const a = chain('\\frac{\\partial L}{\\partial h} \\frac{\\partial z}{\\partial x}', true);
    offers(
      a,
      fixes(a, 'broken-chain'),
      '\\frac{\\partial L}{\\partial h} \\frac{\\partial h}{\\partial z} \\frac{\\partial z}{\\partial x}',
    );
  });

  it('exchanges factors where that makes all links meet', () => {
    const a = chain('\\frac{\\partial L}{\\partial h} \\frac{\\partial z}{\\partial x} \\frac{\\partial h}{\\partial z}');
    const broken = a.findings.filter((f) => f.code === 'broken-chain');
    expect(broken).not.toHaveLength(0);
    everyFixHolds(a);
  });

  it('mends a link that the document knows', () => {
    const a = open(
      `${declared(shapes, 'numerator')}$$\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial h} \\frac{\\partial h}{\\partial z}$$\n\n$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} \\frac{\\partial h}{\\partial x}$$\n`,
    );
    offers(a, fixes(a, 'broken-chain'), '\\frac{\\partial L}{\\partial h} \\frac{\\partial h}{\\partial x}');
    everyFixHolds(a);
  });
});

it('all mistakes of one chain at once: each fix is judged as if the others were mended', () => {
  const a = open(
    `${declared(shapes, 'denominator')}$$\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial h} \\frac{\\partial h}{\\partial z} \\frac{\\partial h}{\\partial z} \\frac{\\partial z}{\\partial x} = z L$$\n`,
  );
  expect(new Set(a.findings.filter((f) => f.severity === 'error').map((f) => f.code))).toContain('chain-ends');
  for (const code of ['layout-order', 'chain-ends', 'repeated-factor'] as const) expect(fixes(a, code), code).toHaveLength(1);
  expect(everyFixHolds(a)).toBeGreaterThan(5);
});
