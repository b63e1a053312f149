// Translates spans of a formula's TeX to spans of the document.
import type { Span } from '../text.js';
import type { OffsetMap, SourceDocument } from './types.js';

export function toDocumentSpan(map: OffsetMap, tex: Span): Span {
  const { base, starts, ends } = map;
  if (!starts || !ends) return { start: base + tex.start, end: base + tex.end };
  const start = starts[tex.start] ?? ends[ends.length - 1] ?? base;
  if (tex.end <= tex.start) return { start, end: start };
  return { start, end: ends[tex.end - 1] ?? ends[ends.length - 1] ?? start };
}

/** What stands in the text at a span. */
export const writtenAt = (document: Pick<SourceDocument, 'text' | 'actual'>, { start, end }: Span): string =>
  document.text.slice(document.actual(start), document.actual(end));

/** A span as it stands in the text. */
export const actualSpan = (document: Pick<SourceDocument, 'actual'>, { start, end }: Span): Span => ({
  start: document.actual(start),
  end: document.actual(end),
});

/** The fixed span of one that stands in the text. */
export const fixedSpan = (document: Pick<SourceDocument, 'fixed'>, { start, end }: Span): Span => ({
  start: document.fixed(start),
  end: document.fixed(end),
});
