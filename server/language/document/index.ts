// The door of this folder: text in, a document's formulas, prose and directives out. Total: no input makes it throw.

import { isChunked, readChunks, rereadChunks } from './chunks.js';
import { finish } from './draft.js';
import { readLatex } from './latex.js';
import { readMarkdown } from './markdown.js';
import type { DocumentKind, SourceDocument } from './types.js';

export function readDocument(kind: DocumentKind, text: string): SourceDocument {
  return finish(kind === 'latex' ? readLatex(text) : readMarkdown(text));
}

/** The same with fixed offsets: those of what an edit leaves alone stay. `before` is what the document was read as, if it was. */
export function readAgain(kind: DocumentKind, text: string, before: SourceDocument | undefined): SourceDocument {
  if (kind === 'latex') return readDocument(kind, text);
  const again = before && isChunked(before) ? rereadChunks(text, before) : undefined;
  return again ?? readChunks(text) ?? readDocument(kind, text);
}

export { readNotebook } from './notebook.js';
export { actualSpan, fixedSpan, toDocumentSpan } from './offsets.js';
export { restorations } from './stripped.js';
export type * from './types.js';
