// The door of this folder: text in, a document's formulas, prose and directives out. Total: no input makes it throw.
import { finish } from './draft.js';
import { readLatex } from './latex.js';
import { readMarkdown } from './markdown.js';
import type { DocumentKind, SourceDocument } from './types.js';

export function readDocument(kind: DocumentKind, text: string): SourceDocument {
  return finish(kind === 'latex' ? readLatex(text) : readMarkdown(text));
}

export { readNotebook } from './notebook.js';
export { toDocumentSpan } from './offsets.js';
export { restorations } from './stripped.js';
export type * from './types.js';
