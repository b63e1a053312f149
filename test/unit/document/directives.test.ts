// Comments that speak to Conformable, front matter, macro definitions and inclusions, in Markdown and LaTeX.
import { describe, expect, it } from 'vitest';
import { toDocumentSpan } from '../../../server/language/document/index.js';
import { latex, read } from './reading.js';

describe('directives', () => {
  it.each<[string, string, string]>([
    ['a block', '<!-- conformable\nlayout: denominator\nshapes:\n  x: 2\n-->\n', '\nlayout: denominator\nshapes:\n  x: 2\n'],
    ['one line', '<!-- conformable layout: mixed -->', 'layout: mixed '],
    ['one line and more', '<!-- conformable layout: mixed\nbroadcast: rows -->', 'layout: mixed\nbroadcast: rows '],
    ['a colon', '<!-- conformable: {layout: mixed} -->', '{layout: mixed} '],
    ['within a paragraph', 'a <!-- conformable layout: mixed --> b', 'layout: mixed '],
    ['with blank lines', 'a\n<!-- conformable\n\nlayout: mixed\n\n--> b', '\n\nlayout: mixed\n\n'],
  ])('in Markdown: %s', (_, text, yaml) => {
    const { directives, blocks } = read(text);
    expect(directives.map((d) => [d.origin, d.yaml])).toEqual([['comment', yaml]]);
    for (const block of blocks) if (block.kind === 'prose') expect(JSON.stringify(block)).not.toContain('layout');
  });

  it.each<[string, string, string]>([
    ['a block', '% conformable\n% layout: mixed\n% shapes:\n%   x: 2\ntext', '\nlayout: mixed\nshapes:\n  x: 2'],
    ['with a colon', 'a\n%conformable:\n%layout: mixed\n\n% not this', '\nlayout: mixed'],
    ['one line', '% conformable layout: mixed', 'layout: mixed'],
    ['with CRLF', '% conformable\r\n% layout: mixed\r\n', '\r\nlayout: mixed\r'],
  ])('in LaTeX: %s', (_, text, yaml) => {
    const document = latex(text);
    expect(document.directives.map((d) => d.yaml)).toEqual([yaml]);
    const [directive] = document.directives;
    const at = yaml.indexOf('layout');
    const span = directive && toDocumentSpan(directive.map, { start: at, end: at + 6 });
    expect(text.slice(span?.start, span?.end)).toBe('layout');
  });

  it('has front matter as its own', () => {
    const { directives } = read('---\ntitle: x\nconformable: {layout: mixed}\n---\n\n$a$');
    expect(directives).toEqual([
      { origin: 'front-matter', span: { start: 0, end: 46 }, yaml: 'title: x\nconformable: {layout: mixed}\n', map: { base: 4 } },
    ]);
    expect(read('---\nno end').directives).toEqual([]);
    expect(read('a\n\n---\nb: c\n---\n').directives).toEqual([]);
    expect(read('---\r\na: 1\r\n---\r\n').directives.map((d) => d.yaml)).toEqual(['a: 1\r\n']);
    expect(read('---\n---\n').directives.map((d) => d.yaml)).toEqual(['']);
  });

  it('silences the next formula', () => {
    const text = '<!-- conformable-ignore product-mismatch, broadcast -->\n$a$ $b$\n\n<!-- conformable-ignore -->\n$$c$$';
    expect(read(text).formulas.map((f) => f.ignored)).toEqual([['product-mismatch', 'broadcast'], undefined, []]);
    expect(latex('% conformable-ignore product-mismatch\n$a$ $b$').formulas.map((f) => f.ignored)).toEqual([
      ['product-mismatch'],
      undefined,
    ]);
  });

  it('does not take every comment', () => {
    expect(read('<!-- conformables are things -->').directives).toEqual([]);
    expect(latex('% This is not conformable\n% layout: x').directives).toEqual([]);
  });
});

describe('macros', () => {
  const definitions = [
    '\\newcommand{\\R}{\\mathbb{R}}',
    '\\renewcommand*{\\vec}[1]{\\boldsymbol{#1}}',
    '\\providecommand\\x[2][d]{#1^{#2}}',
    '\\def\\matr#1{\\mathbf{#1}}',
    '\\let\\eps=\\varepsilon',
    '\\let\\a\\alpha',
    '\\DeclareMathOperator{\\tr}{tr}',
    '\\DeclareMathOperator*{\\argmin}{arg\\,min}',
    '\\DeclarePairedDelimiter{\\norm}{\\lVert}{\\rVert}',
    '\\NewDocumentCommand{\\dd}{O{} m}{\\frac{d#1}{d#2}}',
    '\\newcommand{\\hi}{$x$ and % {\n y}',
  ];

  it.each(definitions)('%s', (definition) => {
    const text = `a\n${definition}\nb $z$`;
    expect(latex(text).macroSources).toEqual([{ tex: definition, at: 2 }]);
    expect(latex(text).formulas.map((f) => f.tex)).toEqual(['z']);
  });

  it.each(definitions.slice(0, -1))('in Markdown: %s', (definition) => {
    const document = read(`a\n\n${definition}\n\nb $z$`);
    expect(document.macroSources).toEqual([{ tex: definition, at: 3 }]);
    expect(document.blocks).toHaveLength(2);
  });

  it('come from front matter', () => {
    const yaml = "macros:\n  R: '\\mathbb{R}'\nmath:\n  '\\vect': '\\mathbf{#1}'\nmyst:\n  math: {macros: {pair: ['(#1,#2)', 2]}}\n";
    expect(read(`---\n${yaml}---\n`).macroSources.map((m) => m.tex)).toEqual([
      '\\newcommand{\\R}{\\mathbb{R}}',
      '\\newcommand{\\vect}[1]{\\mathbf{#1}}',
      '\\newcommand{\\pair}[2]{(#1,#2)}',
    ]);
    expect(read('---\nmacros: [1, {: }\n---\n$x$').formulas).toHaveLength(1);
  });

  it('that never end are text', () => {
    expect(latex('\\newcommand{\\a}{b $x$').formulas).toHaveLength(1);
    expect(latex('\\def').macroSources).toEqual([]);
  });
});

describe('inclusions', () => {
  it('are found with their places', () => {
    const text = '\\usepackage[a4]{amsmath, my macros}\\input{parts/one}\n\\include{two}\n% \\input{no}';
    const { inclusions } = latex(text);
    expect(inclusions.map((i) => i.path)).toEqual(['amsmath', 'my macros', 'parts/one', 'two']);
    for (const { path, span } of inclusions) expect(text.slice(span.start, span.end)).toBe(path);
  });
});
