// Annotations, groupings, backslashes, comments to Conformable, and refactorings.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../server/language/diagnostics/finding.js';
import { applyEdits } from '../../../server/language/index.js';
import { fixesOf, refactorings } from '../../../server/language/repairs/index.js';
import { declared, declaredLatex, everyFixHolds, findingsOf, fixes, offers, open, result } from './help.js';

const shapes = 'L: scalar, A: m×n, x: n, y: m, b: m, a: 3, z: 3, W: 3×2, h: 2';

describe('annotation-mismatch', () => {
  it.each([
    ['\\underbrace{A}_{n\\times m}', '\\underbrace{A}_{m\\times n}'],
    ['\\underbrace{A}_{(n \\times m)}', '\\underbrace{A}_{(m \\times n)}'],
    ['\\underset{n \\times m}{A}', '\\underset{m \\times n}{A}'],
    ['\\underbrace{A}_{\\in \\mathbb{R}^{n\\times m}}', '\\underbrace{A}_{\\in \\mathbb{R}^{m\\times n}}'],
  ])('%s', (wrong, right) => {
    for (const latex of [false, true]) {
      const a = open(`${(latex ? declaredLatex : declared)(shapes)}$y = ${wrong} x$\n`, latex);
      const list = fixes(a, 'annotation-mismatch');
      expect(list[0]?.title).toBe('Write m×n in the annotation');
      offers(a, list, `y = ${right} x`);
      everyFixHolds(a);
    }
  });
});

describe('ambiguous-product', () => {
  it('puts parentheses as read', () => {
    const a = open(`${declared(shapes)}$$W = a \\odot (1 - a) \\odot z h^T$$\n`);
    const [fix] = fixes(a, 'ambiguous-product');
    expect(fix?.title).toBe('Put parentheses as read');
    expect(result(a, fix)).toContain('W = (a \\odot (1 - a) \\odot z) h^T');
    everyFixHolds(a);
  });

  it('writes ⊙ where columns of one symbol were read entry by entry', () => {
    const a = open(`${declared(shapes)}$$z = a(1 - a)$$\n`);
    expect(result(a, fixes(a, 'ambiguous-product')[0])).toContain('z = a \\odot (1 - a)');
    everyFixHolds(a);
  });
});

describe('tensor-factor', () => {
  it('is written for one entry where the equation holds nothing else', () => {
    const a = open(
      `${declared(shapes, 'denominator')}$$\\frac{\\partial L}{\\partial W} = \\frac{\\partial z}{\\partial W} \\frac{\\partial L}{\\partial z}$$\n`,
    );
    offers(
      a,
      fixes(a, 'tensor-factor'),
      '\\frac{\\partial L}{\\partial W_{ij}} = \\frac{\\partial z}{\\partial W_{ij}} \\frac{\\partial L}{\\partial z}',
    );
    everyFixHolds(a);
  });
});

describe('stripped-backslashes', () => {
  it('restores them all', () => {
    const a = open(
      `${declared(shapes)}$frac {partial L}{partial x} = A^T frac {partial L}{partial y}$ and $y = A x odot b$ – so\n\n$u = 2 – x$\n`,
    );
    const [fix] = fixes(a, 'stripped-backslashes');
    expect(fix?.title).toBe('Restore the backslashes');
    expect(result(a, fix)).toContain(
      '$\\frac {\\partial L}{\\partial x} = A^T \\frac {\\partial L}{\\partial y}$ and $y = A x \\odot b$ – so $u = 2 - x$',
    );
    everyFixHolds(a);
  });

  it('fixes in a stripped document are written without backslashes', () => {
    const a = open(
      `${declared(shapes)}$frac {partial L}{partial x} = A^T frac {partial L}{partial y}$\n\n$y = b y times 2$\n\n$y = b y$\n`,
    );
    for (const finding of findingsOf(a, 'product-mismatch'))
      for (const fix of fixesOf(a, finding)) for (const edit of fix.edits) expect(edit.newText).not.toContain('\\');
    everyFixHolds(a);
  });
});

describe('ignore here', () => {
  it.each([
    ['display', '$$\ny = A^T x\n$$\n', '<!-- conformable-ignore product-mismatch -->\n$$\ny = A^T x'],
    ['inline', 'Here $y$ is $y = A^T x$.\n', 'Here $y$ is <!-- conformable-ignore product-mismatch -->$y = A^T x$.'],
    ['quoted display', '> $$\n> y = A^T x\n> $$\n', '> <!-- conformable-ignore product-mismatch -->\n> $$\n'],
    ['a list', '- one\n- $y = A^T x$\n', '- <!-- conformable-ignore product-mismatch -->\n  $y = A^T x$'],
    ['in a paragraph', 'One line and\n$y = A^T x$ more.\n', 'One line and <!-- conformable-ignore product-mismatch -->\n$y = A^T x$ more.'],
    [
      'at the start of a paragraph',
      'One.\n\n$y = A^T x$ more.\n',
      'One.\n\n<!-- conformable-ignore product-mismatch -->\n$y = A^T x$ more.',
    ],
    ['a table', '| a | b |\n|---|---|\n| $x$ | $y = A^T x$ |\n', '| $x$ | <!-- conformable-ignore product-mismatch -->$y = A^T x$ |'],
  ])('in Markdown, %s', (_, text, wanted) => {
    const a = open(declared(shapes) + text);
    const fix = fixesOf(a, findingsOf(a, 'product-mismatch')[0] as Finding).find((f) => f.title.startsWith('Ignore'));
    expect(applyEdits(a.text, fix?.edits ?? [])).toContain(wanted);
    everyFixHolds(a);
  });

  it.each([
    ['display', '\\[\n  y = A^T x\n\\]\n', '% conformable-ignore product-mismatch\n\\[\n'],
    ['inline', 'Here $y$ is $y = A^T x$.\n', 'Here $y$ is % conformable-ignore product-mismatch\n$y = A^T x$.'],
  ])('in LaTeX, %s', (_, text, wanted) => {
    const a = open(declaredLatex(shapes) + text, true);
    const fix = fixesOf(a, findingsOf(a, 'product-mismatch')[0] as Finding).find((f) => f.title.startsWith('Ignore'));
    expect(applyEdits(a.text, fix?.edits ?? [])).toContain(wanted);
    everyFixHolds(a);
  });

  it('keeps what is silenced already', () => {
    const a = open(`${declared(shapes)}<!-- conformable-ignore broadcast -->\n$$\ny = A^T x\n$$\n`);
    const fix = fixesOf(a, findingsOf(a, 'product-mismatch')[0] as Finding).find((f) => f.title.startsWith('Ignore'));
    expect(applyEdits(a.text, fix?.edits ?? [])).toContain('<!-- conformable-ignore broadcast, product-mismatch -->');
  });
});

describe('declare a layout', () => {
  const formula =
    '$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} A \\quad y = A x$$\n\n$$\\frac{\\partial L}{\\partial y} + y = x^T$$\n';
  it('is offered where it makes an equation conform and none less so', () => {
    for (const front of ['', '---\ntitle: T\n---\n']) {
      const a = open(`${front}${declared('L: scalar, A: m×n, x: n, y: m')}${formula}`);
      for (const f of a.findings)
        for (const fix of fixesOf(a, f)) if (fix.title.startsWith('Declare')) expect(fix.edits[0]?.span.start).toBe(front.length);
      everyFixHolds(a);
    }
  });
});

describe('refactorings', () => {
  const at = (text: string, needle: string, latex = false): { a: ReturnType<typeof open>; list: ReturnType<typeof refactorings> } => {
    const a = open(text, latex);
    const start = text.indexOf(needle);
    return { a, list: refactorings(a, { start, end: start }) };
  };

  it('annotates the factors and takes the annotations away', () => {
    const { a, list } = at(`${declared(shapes)}$$y = A x + 2 b$$\n`, 'A x');
    const fix = offers(
      a,
      list,
      '$$\\underbrace{y}_{m\\times 1} = \\underbrace{A}_{m\\times n} \\underbrace{x}_{n\\times 1} + 2 \\underbrace{b}_{m\\times 1}$$',
    );
    const annotated = applyEdits(a.text, fix.edits);
    const back = at(annotated, '\\underbrace{A}');
    offers(back.a, back.list, '$$y = A x + 2 b$$');
    expect(back.list.map((f) => f.title)).not.toContain('Annotate the factors with their shapes');
  });

  it('writes a chain in the other order where no layout is declared', () => {
    const { a, list } = at(
      `${declaredLatex(shapes)}\\[\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial x}\\]\n`,
      '\\frac',
      true,
    );
    offers(a, list, '= \\frac{\\partial y}{\\partial x} \\frac{\\partial L}{\\partial y}');
  });

  it('adds no finding', () => {
    const { a, list } = at(`${declared(shapes)}$$W = a \\odot z h^T$$\n`, 'W =');
    expect(list.map((f) => f.title)).toContain('Put parentheses as read');
    for (const fix of list) expect(open(applyEdits(a.text, fix.edits)).findings.length).toBeLessThanOrEqual(a.findings.length);
  });
});

describe('nothing is broken', () => {
  it('where factors come from a macro', () => {
    const a = open(
      `${declaredLatex(shapes)}\\newcommand{\\pre}{A^T x}\\newcommand{\\mul}[2]{#1 #2}\n$y = \\pre$ and $y = \\mul{A^T}{x}$ and $y = \\mul{x}{A}$\n`,
      true,
    );
    everyFixHolds(a);
    for (const f of a.findings)
      for (const fix of refactorings(a, f.span))
        expect(open(applyEdits(a.text, fix.edits), true).findings.length).toBeLessThanOrEqual(a.findings.length);
  });

  it('in long products, in time', () => {
    const a = open(`${declared(shapes)}$$y = A x y^T A x^T A^T x y^T A x y^T y A$$\n`);
    // The runner's own limit ends a search that does not.
    expect(a.findings.length).toBeGreaterThan(0);
    for (const f of a.findings) everyFixHolds({ ...a, findings: [f] });
  });
});
