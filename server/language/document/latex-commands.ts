// What LaTeX's commands outside mathematics do to prose: which are headings, which vanish with their arguments, which stand for
// characters. Tables only; every command that is not named here vanishes and leaves its arguments.

/** Sectioning commands and their levels, as scopes nest. */
export const HEADINGS: ReadonlyMap<string, number> = new Map([
  ['part', 0],
  ['chapter', 1],
  ['section', 2],
  ['subsection', 3],
  ['subsubsection', 4],
  ['paragraph', 5],
  ['subparagraph', 6],
  ['frametitle', 3],
]);

/** Environments whose argument is a heading. */
export const HEADED: ReadonlyMap<string, number> = new Map([['frame', 3]]);

const drop = (count: number, names: string): [string, number][] => names.split(' ').map((name) => [name, count]);

/** Commands that vanish with so many of their arguments; what follows these is text again. */
export const DROPPED: ReadonlyMap<string, number> = new Map([
  ...drop(1, 'label ref eqref cref Cref autoref pageref nameref vref cite citep citet citealp citealt citeauthor citeyear nocite'),
  ...drop(1, 'footcite textcite parencite autocite includegraphics vspace hspace url bibliography bibliographystyle'),
  ...drop(1, 'addbibresource documentclass pagestyle thispagestyle graphicspath color colorbox textcolor hypersetup geometry'),
  ...drop(1, 'author date affil institute email tikzset usetikzlibrary pgfplotsset lstset captionsetup theoremstyle hyphenation'),
  ...drop(1, 'scalebox rotatebox raisebox parbox phantom hphantom vphantom index glsadd todo usetheme usecolortheme newlength'),
  ...drop(1, 'newcounter stepcounter refstepcounter bibitem linespread pagenumbering cline cmidrule SetKwInOut allowdisplaybreaks'),
  ...drop(2, 'setcounter addtocounter setlength addtolength newtheorem newcolumntype resizebox fontsize numberwithin definecolorset'),
  ...drop(2, 'pagecolor href setbeamertemplate crefname Crefname addcontentsline'),
  ...drop(3, 'definecolor multirow'),
]);

/** \href{address}{text} and the like: only the first argument vanishes. */
export const FIRST_DROPPED: ReadonlySet<string> = new Set(['href', 'pagecolor']);

/** Commands whose argument is code. */
export const CODE: ReadonlySet<string> = new Set(['texttt', 'code', 'lstinline', 'mintinline']);

/** Commands that end a paragraph. */
export const BREAKS: ReadonlySet<string> = new Set([
  'par',
  'newpage',
  'clearpage',
  'pagebreak',
  'bigskip',
  'medskip',
  'smallskip',
  'maketitle',
  'tableofcontents',
  'noindent',
]);

/** Commands whose argument is a paragraph of its own, apart from the text around it. */
export const APART: ReadonlySet<string> = new Set([
  'caption',
  'footnote',
  'footnotetext',
  'thanks',
  'title',
  'subtitle',
  'marginpar',
  'subcaption',
]);

/** Commands that stand for characters. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['ldots', '…'],
  ['dots', '…'],
  ['textendash', '–'],
  ['textemdash', '—'],
  ['textquoteright', '’'],
  ['textbackslash', '\\'],
  ['times', '×'],
  ['quad', ' '],
  ['qquad', ' '],
  ['newline', ' '],
  ['linebreak', ' '],
  ['hfill', ' '],
  ['enspace', ' '],
  ['ss', 'ß'],
  ['ae', 'æ'],
  ['o', 'ø'],
  ['S', '§'],
  ['LaTeX', 'LaTeX'],
  ['TeX', 'TeX'],
]);
