// The state of scanning a LaTeX document.
import type { Draft } from './draft.js';
import { add, type Open, type Prose } from './latex-prose.js';

export interface Scan {
  readonly draft: Draft;
  readonly text: string;
  readonly prose: Prose;
  /** Headings, captions and footnotes that are open: the offset of the brace that closes each. */
  readonly apart: { readonly close: number; readonly outer: Open }[];
  /** The end of the paragraph, as last looked up, and how many dollars in it found nothing that closes them. */
  paragraphEnd: number;
  failures: number;
}

/** The longest heading, caption or argument that is looked for. */
export const LONGEST = 5000;

export function put(scan: Scan, start: number, end: number, text: string): number {
  add(scan.prose, { kind: 'text', text, span: { start, end } });
  return end;
}

/** Where the blank line stands that ends the paragraph of `at`. */
export function paragraphEnd(scan: Scan, at: number): number {
  if (scan.paragraphEnd > at) return scan.paragraphEnd;
  const blank = /\n[ \t\r]*\n/g;
  blank.lastIndex = at;
  scan.paragraphEnd = blank.exec(scan.text)?.index ?? scan.text.length;
  scan.failures = 0;
  return scan.paragraphEnd;
}
