// Macros: how definitions are read, how calls are expanded, and that nothing grows without bound.
import { describe, expect, test } from 'vitest';
import { defaultMacros, packageMacros, readMacros } from '../../../server/language/syntax/macros.js';
import { parseTex } from '../../../server/language/syntax/parser.js';
import { macrosOf, NOTHING, show, spans } from './show-tex.js';

const tex = String.raw;

describe('definitions', () => {
  test.each([
    [tex`\newcommand{\R}{\mathbb{R}}`, tex`\R^n`, tex`\mathbb[R]^(n)`],
    [tex`\newcommand\k[2][z]{#1#2}`, tex`\k{1}\k[2]{3}`, 'z 1 2 3'],
    [tex`\renewcommand{\vec}[1]{\boldsymbol{#1}}`, tex`\vec x`, tex`\boldsymbol[x]`],
    [tex`\def\a#1#2{#2#1}`, tex`\a{x}y`, 'y x'],
    [tex`\def\p(#1,#2){[#2;#1]}`, tex`\p(1,2)`, '[ 2 ; 1 ]'],
    [tex`\let\old\vec \renewcommand{\vec}[1]{\old{\bm{#1}}}`, tex`\vec{x}`, tex`\vec[\bm[x]]`],
    [tex`\newcommand{\a}{x}\let\b=\a \renewcommand\a{y}`, tex`\a\b`, 'y x'],
    [tex`\DeclareMathOperator*{\foo}{f\,o}`, tex`\foo_x`, tex`\operatorname*[f o]_(x)`],
    [tex`\DeclarePairedDelimiter\n{\lVert}{\rVert}`, tex`\n*{x}\n[\big]{y}`, tex`<\| x \|> <\| y \|>`],
    [tex`\DeclarePairedDelimiterX\ip[2]{\langle}{\rangle}{#1,#2}`, tex`\ip{a}{b}`, tex`<\langle a , b \rangle>`],
    [tex`\NewDocumentCommand\d{s o m O{k}}{\IfBooleanT{#1}{*}\IfNoValueTF{#2}{-}{#2}#3#4}`, tex`\d{a}\d*[b]{c}[e]`, '- a k * b c e'],
    [tex`\newcommand\deriv{\pdv}`, tex`\deriv{h}{x}`, tex`\frac[\partial h][\partial x]`],
    ['% \\def\\a{b}\n', tex`\a`, tex`\a`],
    ['\\providecommand\\R{r}\\newcommand{\\x}% a comment\n  {y% another }\n}', tex`\R\x`, 'r y'],
  ])('%s', (preamble, formula, tree) => {
    expect(show(formula, preamble)).toBe(tree);
  });

  test('hold within the formula from their place on, and are returned', () => {
    const read = parseTex(tex`\a \def\a{x} \a \newcommand{\b}[1]{#1}`, NOTHING);
    expect(read.nodes.map((node) => node.kind)).toEqual(['command', 'char']);
    expect(read.defined.map((macro) => macro.name)).toEqual(['a', 'b']);
  });

  test('that are broken are no definitions', () => {
    expect(readMacros(tex`\newcommand{\a \def\b#1 \let \DeclareMathOperator`)).toEqual([]);
  });
});

describe('macros without a definition', () => {
  test.each([
    [tex`\pdv{f}{x} \pdv[2]{f}{x}`, tex`\frac[\partial f][\partial x] \frac[\partial^(2) f][\partial x^(2)]`],
    [tex`\pdv{x} \pdv{f}{x}{y}`, tex`\frac[\partial][\partial x] \frac[\partial^(2) f][\partial x \partial y]`],
    [tex`\dv{f}{x}`, tex`\frac[\mathrm[d] f][\mathrm[d] x]`],
    [tex`\norm{x}_2 \tr(A) \transpose{W}`, tex`<\| x \|>_(2) \operatorname[t r] ( A ) {W}^(\top)`],
    [tex`a \coloneqq b`, 'a : = b'],
  ])('%s', (formula, tree) => {
    expect(show(formula)).toBe(tree);
  });

  test('give way to the document', () => {
    expect(defaultMacros.has('R')).toBe(true);
    expect(show(tex`\R`, tex`\def\R{r}`)).toBe('r');
  });
});

describe('packages', () => {
  const using = (name: string, formula: string): string => {
    const macros = new Map(packageMacros(name).map((macro) => [macro.name, macro]));
    const nodes = parseTex(formula, macros).nodes;
    expect(nodes.length).toBeGreaterThan(0);
    return JSON.stringify(nodes, (key, value: unknown) => (key === 'span' || key === 'inner' ? undefined : value));
  };
  test.each([
    ['physics', tex`\qty(a+b)`, tex`\left(a+b\right)`],
    ['physics', tex`\mqty(a & b \\ c & d)`, tex`\begin{pmatrix}a & b \\ c & d\end{pmatrix}`],
    ['physics', tex`\vb{x} \va{x} \vu*{x} \laplacian`, tex`\mathbf{x} \vec{\mathbf{x}} \hat{\boldsymbol{x}} \nabla^{2}`],
    [
      'derivative',
      tex`\pdv{f}{x} \pdv{f}{x,y} \pdv[order=2]{f}{x}`,
      tex`\frac{\partial f}{\partial x}\frac{\partial^{2}f}{\partial x \partial y}\frac{\partial^{2} f}{\partial x^{2}}`,
    ],
    ['commath', tex`\pd[2]{f}{x} \od{f}{x}`, tex`\frac{\partial^{2} f}{\partial x^{2}} \frac{\mathrm{d} f}{\mathrm{d} x}`],
    ['bm', tex`\bm x`, tex`\boldsymbol x`],
    ['nobody-knows-it', 'x', 'x'],
  ])('%s: %s', (name, formula, meaning) => {
    expect(using(name, formula)).toBe(using('', meaning));
  });
});

test('nodes of a body have the span of the call, those of an argument their own', () => {
  expect(spans(tex`\pdv{f}{x}+\R`)).toEqual([
    tex`command \pdv{f}{x}`,
    tex`command \pdv{f}{x}`,
    'char f',
    tex`command \pdv{f}{x}`,
    'char x',
    'char +',
    tex`command \R`,
    tex`char \R`,
  ]);
});

describe('bounds', () => {
  test.each([
    ['recursive', tex`\def\a{x\a}`, tex`\a`],
    ['doubling for ever', tex`\def\a{\a\a}`, tex`\a`],
    [
      'exponential',
      [...'bcdefghijklmno'].map((c, i) => `\\def\\${c}{${`\\${'abcdefghijklmno'.charAt(i)}`.repeat(10)}}`).join(''),
      tex`\def\a{x}\o`,
    ],
    ['exponential by its argument', tex`\def\a#1{#1#1#1#1}`, `${'\\a{'.repeat(40)}x${'}'.repeat(40)}`],
    ['growing', tex`\def\a#1{\a{#1#1}}`, tex`\a{x}`],
  ])('%s', (_, preamble, formula) => {
    const read = parseTex(`${formula} y`, macrosOf(preamble));
    expect(read.truncated).toBe(true);
    expect(read.nodes.at(-1)).toMatchObject({ kind: 'char', char: 'y' });
  });
});
