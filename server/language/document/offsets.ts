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

/** The TeX offset that stands at or after a document offset; clamped to the formula. */
function _toTexOffset(map: OffsetMap, offset: number): number {
  const { base, starts } = map;
  if (!starts) return Math.max(0, offset - base);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
