// The state of reading one run of Markdown text, and how text is put out. What the characters mean stands in inline-math.ts and
// inline-markup.ts.
import type { Draft } from './draft.js';
import type { TexOptions } from './tex.js';
import type { Inline } from './types.js';

/** A stretch of the document to be read as one run of text. */
export interface InlineSource {
  /** Its characters, one for one, with quote marks blanked out. */
  readonly content: string;
  /** Where it stands in the document. */
  readonly base: number;
  readonly nested: boolean;
  readonly cell: boolean;
  /** Double backticks are mathematics here (Julia). */
  readonly julia: boolean;
}

export interface Scan extends InlineSource {
  /** How formulas are read here. */
  readonly options: TexOptions;
  readonly draft: Draft;
  readonly items: Inline[];
  /** Where the text that was not yet put out begins. */
  textStart: number;
  /** Positions in `items` of opening brackets that may begin a link. */
  readonly brackets: number[];
  /** The next blank line, as last looked up. */
  blank: number;
  /** How often a search ran to the end in vain, by what was sought. */
  failures: Map<string, number> | undefined;
}

/** Puts out the text up to `at`; reading goes on at `next`. */
export function flush(scan: Scan, at: number, next = at): number {
  const { base, textStart } = scan;
  if (at > textStart)
    scan.items.push({ kind: 'text', text: scan.content.slice(textStart, at), span: { start: base + textStart, end: base + at } });
  scan.textStart = next;
  return next;
}

/** Joins texts that stand next to one another as they are in the document. */
export function merged(items: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const item of items) {
    const last = result[result.length - 1];
    if (last?.kind === 'text' && item.kind === 'text' && last.span.end === item.span.start && isPlain(last) && isPlain(item)) {
      result[result.length - 1] = { kind: 'text', text: last.text + item.text, span: { start: last.span.start, end: item.span.end } };
    } else if (item.kind !== 'text' || item.text !== '') result.push(item);
  }
  return result;
}

const isPlain = (item: Inline & { kind: 'text' }): boolean => item.text.length === item.span.end - item.span.start;

/** Puts out what `text` stands for in place of [at, next). */
export function replace(scan: Scan, at: number, next: number, text: string): number {
  flush(scan, at, next);
  if (text !== '') scan.items.push({ kind: 'text', text, span: { start: scan.base + at, end: scan.base + next } });
  return next;
}

/** Searches, unless too many searches for the same thing went on to the end and found nothing: that keeps reading linear. */
export function search(scan: Scan, what: string, find: () => number): number {
  const failures = scan.failures?.get(what) ?? 0;
  if (failures > 20) return -1;
  const found = find();
  if (found < 0) {
    scan.failures ??= new Map();
    scan.failures.set(what, failures + 1);
  }
  return found;
}

/** The characters of the line before `at`, and those behind it; of a long line only the nearest. */
export const lineBefore = (content: string, at: number): string => /[^\n]*$/.exec(content.slice(Math.max(0, at - 200), at))?.[0] ?? '';
export const lineAfter = (content: string, at: number): string => /^[^\n]*/.exec(content.slice(at, at + 200))?.[0] ?? '';
