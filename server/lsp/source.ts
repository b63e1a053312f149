// An open document as the language core wants it: one text, or the cells of a notebook. Knows no analyses and no settings.
import type { NotebookDocument } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Input } from '../language/index.js';

export interface Source {
  readonly uri: string;
  readonly path: string;
  readonly language: Input['language'];
  readonly notebook: boolean;
  /** One, unless it is a notebook; cells that hold no Markdown have no document. */
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly uri: string;
  readonly document: TextDocument | undefined;
}

const languages: Readonly<Record<string, Input['language']>> = {
  markdown: 'markdown',
  quarto: 'markdown',
  rmd: 'markdown',
  rmarkdown: 'markdown',
  myst: 'markdown',
  pandoc: 'markdown',
  latex: 'latex',
  tex: 'latex',
  plaintex: 'latex',
};

const markupCell = 1;

/** Undefined if it is of a language that Conformable does not read. */
export function sourceOfDocument(document: TextDocument): Source | undefined {
  const language = languages[document.languageId.toLowerCase()];
  if (!language) return undefined;
  return { uri: document.uri, path: pathOf(document.uri), language, notebook: false, cells: [{ uri: document.uri, document }] };
}

export function sourceOfNotebook(notebook: NotebookDocument, textOf: (uri: string) => TextDocument | undefined): Source {
  const cells = notebook.cells.map((cell) => ({
    uri: cell.document,
    document: cell.kind === markupCell ? textOf(cell.document) : undefined,
  }));
  return { uri: notebook.uri, path: pathOf(notebook.uri), language: 'markdown', notebook: true, cells };
}

export const inputOfSource = (source: Source): Input => ({
  path: source.path,
  language: source.language,
  notebook: source.notebook,
  cells: source.cells.map((cell) => cell.document?.getText() ?? ''),
});

export const versionOf = (source: Source): number | undefined => (source.notebook ? undefined : source.cells[0]?.document?.version);

export function pathOf(uri: string): string {
  try {
    const path = decodeURIComponent(new URL(uri).pathname);
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  } catch {
    return uri;
  }
}
