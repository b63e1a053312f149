// Reads the text of one paragraph, heading or cell of Markdown: formulas, code spans, and prose without its markup. One pass over
// the characters; what opens and never closes stays text.
import type { Draft } from './draft.js';
import {
  closeBracket,
  openBracket,
  readAngle,
  readAttributes,
  readCode,
  readColons,
  readEmphasis,
  readEntity,
  readImage,
} from './inline-markup.js';
import { readBackslash, readDollar } from './inline-math.js';
import { flush, type InlineSource, merged, type Scan } from './inline-scan.js';
import type { Inline } from './types.js';

/** By character, what reads on from it: the offset at which reading goes on, or -1 if the character is plain text. */
type Reader = (scan: Scan, at: number) => number;

const READERS: readonly (Reader | undefined)[] = table([
  ['\\', readBackslash],
  ['$', readDollar],
  ['`', readCode],
  ['<', readAngle],
  ['*', readEmphasis],
  ['_', readEmphasis],
  ['!', readImage],
  ['[', openBracket],
  [']', closeBracket],
  ['&', readEntity],
  ['{', readAttributes],
  [':', readColons],
]);

function table(entries: readonly (readonly [string, Reader])[]): (Reader | undefined)[] {
  const readers: (Reader | undefined)[] = new Array(128).fill(undefined);
  for (const [char, reader] of entries) readers[char.charCodeAt(0)] = reader;
  return readers;
}

export function readInline(draft: Draft, source: InlineSource): Inline[] {
  const { content, base, nested, cell, julia } = source;
  const options = { nested, cell, doubled: false };
  const scan: Scan = {
    content,
    base,
    nested,
    cell,
    julia,
    options,
    draft,
    items: [],
    textStart: 0,
    blank: -1,
    brackets: [],
    failures: undefined,
  };
  for (let i = 0; i < content.length; ) {
    const c = content.charCodeAt(i);
    const reader = c < 128 ? READERS[c] : undefined;
    const next = reader ? reader(scan, i) : -1;
    i = next > i ? next : i + 1;
  }
  flush(scan, content.length);
  return merged(scan.items);
}
