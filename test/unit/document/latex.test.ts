// Where LaTeX holds mathematics, and what it says around it.
import { describe, expect, it } from 'vitest';
import { formulas, latex, outline } from './reading.js';

describe('formulas', () => {
  const environments = [
    'equation',
    'equation*',
    'align',
    'align*',
    'gather',
    'multline',
    'alignat',
    'flalign',
    'eqnarray',
    'displaymath',
    'math',
  ];

  it.each(environments)('%s', (name) => {
    const formula = `\\begin{${name}} a &= \\begin{cases} b \\end{cases} \\\\ c \\end{${name}}`;
    expect(formulas(`x ${formula} y`, 'latex')).toEqual([formula]);
  });

  it.each<[string, string, string[]]>([
    ['dollars', 'a $x$ and $y^2$z', ['x', 'y^2']],
    ['double dollars', '$$a = b$$', ['a = b']],
    ['brackets', '\\(a\\) and \\[b\\]', ['a', 'b']],
    ['a row break with a length', '\\[a \\\\[2ex] b\\]', ['a \\\\[2ex] b']],
    ['nested dollars', '$a \\text{ if $b$}$', ['a \\text{ if $b$}']],
    ['escaped dollars', 'costs \\$5 and $x$', ['x']],
    ['comments inside', '$a % not $ here\n+ b$', ['a % not $ here\n+ b']],
    [
      'comments inside an environment',
      '\\begin{align}\na % \\end{align}\n\\end{align}',
      ['\\begin{align}\na % \\end{align}\n\\end{align}'],
    ],
    ['a forgotten star', '\\begin{align}a\\end{align*} $b$', ['\\begin{align}a\\end{align*}', 'b']],
    ['a blank line in an environment', '\\begin{align}a\n\n=b\\end{align} $c$', ['\\begin{align}a\n\n=b\\end{align}', 'c']],
    ['in headings, items and captions', '\\section{On $x$}\\begin{itemize}\\item $y$\\end{itemize}\\caption{$z$}', ['x', 'y', 'z']],
    ['in tables', '\\begin{tabular}{ll} $x$ & $y$ \\\\ \\end{tabular}', ['x', 'y']],
  ])('%s', (_, text, expected) => {
    expect(formulas(text, 'latex')).toEqual(expected);
  });

  it.each<[string, string]>([
    ['comments', '% $x$\na % \\[y\\]'],
    ['verbatim', '\\begin{verbatim}\n$x$\n\\end{verbatim}'],
    ['listings', '\\begin{lstlisting}[language=R]\na$b$c\n\\end{lstlisting}'],
    ['minted', '\\begin{minted}{r}\na$b$c\n\\end{minted}'],
    ['comment', '\\begin{comment}\n$b$\n\\end{comment}'],
    ['\\verb', '\\verb|$x$| and \\verb*+$y$+'],
    ['tikz', '\\begin{tikzpicture}\\node {$x$};\\end{tikzpicture}'],
    ['\\iffalse', '\\iffalse $x$ \\fi'],
    ['what follows the end', '\\begin{document}\\end{document}$x$'],
    ['empty text', ''],
  ])('none in %s', (_, text) => {
    expect(formulas(text, 'latex')).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['a dollar', 'a $x\n\nand $c$', ['c']],
    ['double dollars end at the paragraph', '$$a = b\n\nand $c$', ['a = b', 'c']],
    ['an environment ends at the paragraph', '\\begin{align} a &= b\n\nThe text goes on and the $c$', ['\\begin{align} a &= b', 'c']],
    ['a bracket', '\\[ a = b \n\n\\section{T} $c$', [' a = b ', 'c']],
    ['verbatim', '\\begin{verbatim} $a$', []],
    ['an escaped per cent sign', '5\\% of $x$', ['x']],
  ])('that never close: %s', (_, text, expected) => {
    expect(formulas(text, 'latex')).toEqual(expected);
  });
});

describe('prose', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', 'One\ntwo $x$.\n\nThree.', ['p One two <x>.', 'p Three.']],
    ['a display within its sentence', 'We get\n\\[a\\]\nwhere $b$ is.', ['p We get <a> where <b> is.']],
    [
      'sections',
      '\\part{P}\\chapter{C}\\section*{A $x$}\n\\subsection[s]{B}text\\paragraph{D} more',
      ['h0 P', 'h1 C', 'h2 A <x>', 'h3 B', 'p text', 'h5 D', 'p more'],
    ],
    ['items', 'a\\begin{itemize}\\item b\n\nc\\item[d] e\\end{itemize}f', ['p a', '- b', '- c', '- d] e', 'p f']],
    [
      'captions',
      'a \\begin{figure}\\includegraphics[width=1cm]{x.png}\\caption{The \\emph{net}.}\\label{f}\\end{figure} b',
      ['p a', 'p The net.', 'p b'],
    ],
    ['footnotes', 'a\\footnote{b $x$} c', ['p b <x>', 'p a c']],
    ['markup', "\\emph{x} \\textbf{y}~z\\label{l} -- ``q'' 5\\% \\LaTeX", ['p x y z – “q” 5% LaTeX']],
    ['code', 'the \\texttt{W\\_1} and \\verb|x[0]|', ['p the `W_1` and `x[0]`']],
    ['references', 'by Eq.~\\eqref{e} of \\cite[p.~3]{k}.', ['p by Eq. of .']],
    ['the preamble is none', '\\documentclass{article}\n\\title{T}\nX\n\\begin{document}\nY\n\\end{document}', ['p Y']],
    ['tables', '\\begin{tabular}{l|p{1cm}}\nS & T \\\\ \\hline\n$W$ & a matrix \\\\\n\\end{tabular}', ['# S | T', '| <W> | a matrix']],
    ['tables without a header', '\\begin{tabular}{ll}$W$ & a\\\\$b$ & c\\end{tabular}', ['#', '| <W> | a', '| <b> | c']],
    ['coloured and boxed text', '\\textcolor{red}{a} \\resizebox{1cm}{!}{b} \\href{u}{c}', ['p a b c']],
  ])('%s', (_, text, expected) => {
    expect(outline(latex(text))).toEqual(expected);
  });
});
