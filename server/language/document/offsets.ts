// Translates spans of a formula's TeX to spans of the document.
import type { Span } from '../text.js';
import type { OffsetMap } from './types.js';

export function toDocumentSpan(map: OffsetMap, tex: Span): Span {
  const { base, starts, ends } = map;
  if (!starts || !ends) return { start: base + tex.start, end: base + tex.end };
  const start = starts[tex.start] ?? ends[ends.length - 1] ?? base;
  if (tex.end <= tex.start) return { start, end: start };
  return { start, end: ends[tex.end - 1] ?? ends[ends.length - 1] ?? start };
}
