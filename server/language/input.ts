// From files to inputs: which kind a file is, the cells of a notebook, and the joined text of all cells.
import { readNotebook } from './document/notebook.js';

export interface Input {
  readonly path: string;
  readonly language: 'markdown' | 'latex';
  readonly notebook: boolean;
  /** One, unless a notebook: then one for each cell, '' for cells that are no Markdown. */
  readonly cells: readonly string[];
}

const markdown = /\.(?:md|markdown|mdown|qmd|rmd|mdx|myst)$/i;
const latex = /\.(?:tex|ltx|latex|sty)$/i;

/** The input of a file by its name; an error says what is wrong with it. */
export function inputOf(path: string, text: string): Input | { readonly error: string } {
  if (/\.ipynb$/i.test(path)) {
    const notebook = readNotebook(text);
    if ('error' in notebook) return { error: notebook.error };
    return { path, language: 'markdown', notebook: true, cells: notebook.cells.map((c) => (c.kind === 'markdown' ? c.source : '')) };
  }
  if (latex.test(path)) return { path, language: 'latex', notebook: false, cells: [text] };
  if (markdown.test(path) || path === '-' || !/\.[^./\\]+$/.test(path))
    return { path, language: 'markdown', notebook: false, cells: [text] };
  return { path, language: 'markdown', notebook: false, cells: [text] };
}

const separator = '\n\n';

/** All cells as one text, and where each begins. */
export function joinCells(cells: readonly string[]): { text: string; starts: readonly number[] } {
  const starts: number[] = [];
  let length = 0;
  for (const cell of cells) {
    starts.push(length);
    length += cell.length + separator.length;
  }
  return { text: cells.join(separator), starts };
}
