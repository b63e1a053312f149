// What TeX and Markdown call the places where mathematics stands, and where it never does: environments, commands whose
// argument is text, fences. Tables only.

const starred = (names: readonly string[]): string[] => names.flatMap((n) => [n, `${n}*`]);

/** Environments that switch to mathematics themselves. */
export const OUTER_ENVIRONMENTS: ReadonlySet<string> = new Set([
  ...starred(['equation', 'align', 'gather', 'multline', 'alignat', 'xalignat', 'flalign', 'eqnarray', 'dmath', 'dgroup']),
  'displaymath',
  'math',
]);

/** Environments that stand inside mathematics in LaTeX; MathJax and VS Code also take them bare. */
const INNER_ENVIRONMENTS: readonly string[] = [
  ...['aligned', 'alignedat', 'gathered', 'split', 'cases', 'dcases', 'array', 'smallmatrix'],
  ...starred(['matrix', 'bmatrix', 'pmatrix', 'vmatrix', 'Vmatrix', 'Bmatrix']),
];

/** Environments that Markdown takes for a formula where they stand outside any delimiter. */
export const BARE_ENVIRONMENTS: ReadonlySet<string> = new Set([...OUTER_ENVIRONMENTS, ...INNER_ENVIRONMENTS]);

/** LaTeX environments whose content is not read at all. */
export const OPAQUE_ENVIRONMENTS: ReadonlySet<string> = new Set([
  ...starred(['verbatim', 'Verbatim', 'lstlisting', 'minted', 'alltt', 'filecontents']),
  ...['BVerbatim', 'LVerbatim', 'verbatimtab', 'comment', 'tikzpicture', 'tikzcd', 'pgfpicture', 'circuitikz', 'forest', 'asy'],
  ...['picture', 'pspicture', 'axis', 'code', 'python', 'pycode', 'sagesilent', 'luacode', 'thebibliography'],
]);

/** Environments whose rows and cells are a table; the number of braced arguments behind the name. */
export const TABLE_ENVIRONMENTS: ReadonlyMap<string, number> = new Map([
  ['tabular', 1],
  ['tabular*', 2],
  ['tabularx', 2],
  ['tabulary', 2],
  ['longtable', 1],
  ['supertabular', 1],
  ['tblr', 1],
]);

export const LIST_ENVIRONMENTS: ReadonlySet<string> = new Set(['itemize', 'enumerate', 'description', 'compactitem', 'inparaenum']);

/** Commands whose arguments are text, with the number of arguments; a dollar in them opens another formula. */
export const TEXT_COMMANDS: ReadonlyMap<string, number> = new Map([
  ...[...['text', 'textrm', 'textbf', 'textit', 'texttt', 'textsf', 'textnormal', 'textup', 'textmd', 'mbox', 'hbox', 'fbox']].map(
    (n): [string, number] => [n, 1],
  ),
  ...[...['intertext', 'shortintertext', 'tag', 'footnote', 'mathrm', 'emph', 'framebox', 'makebox', 'underline']].map(
    (n): [string, number] => [n, 1],
  ),
  ['colorbox', 2],
  ['parbox', 2],
  ['textcolor', 2],
  ['raisebox', 2],
  ['fcolorbox', 3],
]);

/** Entities that stand for characters of a formula. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&nbsp;', ' '],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&#124;', '|'],
  ['&vert;', '|'],
  ['&#95;', '_'],
  ['&#42;', '*'],
  ['&#92;', '\\'],
  ['&times;', '×'],
  ['&minus;', '−'],
  ['&ndash;', '–'],
  ['&mdash;', '—'],
]);
