// Sections follow headings: which part of the document a place belongs to, and which sections hold which.
import type { SourceDocument } from '../document/types.js';
import type { Span } from '../text.js';

export interface Section {
  readonly start: number;
  /** Where the next heading of the same or a higher level begins. */
  readonly end: number;
  readonly level: number;
  readonly parent: Section | undefined;
  /** A list item that declares symbols for its own formulas: what it declares ends with it. */
  readonly local?: boolean;
}

export interface Sections {
  readonly root: Section;
  at(offset: number): Section;
}

interface Heading {
  readonly level: number;
  readonly start: number;
}

export function headingsOf(document: SourceDocument): readonly Heading[] {
  const out: Heading[] = [];
  for (const b of document.blocks) if (b.kind === 'heading') out.push({ level: b.level, start: b.span.start });
  return out;
}

/** The tree of sections; the root is the document, to which belongs what stands before the first heading. */
export function readSections(headings: readonly Heading[], locals: readonly Span[] = []): Sections {
  const root: Section = { start: 0, end: Number.MAX_SAFE_INTEGER, level: -1, parent: undefined };
  const list: Section[] = [];
  let open: Section[] = [root];
  headings.forEach((h, i) => {
    open = open.filter((s) => s.level < h.level);
    let next: Heading | undefined = headings[i + 1];
    for (let j = i + 1; next && next.level > h.level; ) next = headings[++j];
    const section: Section = { start: h.start, end: next?.start ?? Number.MAX_SAFE_INTEGER, level: h.level, parent: open[open.length - 1] };
    open.push(section);
    list.push(section);
  });
  const items = [...locals].sort((a, b) => a.start - b.start);
  const itemSections: Section[] = [];
  const headed = (offset: number): Section => headingAt(list, offset) ?? root;
  for (const { start, end } of items) {
    const parent = innermost(itemSections, start) ?? headed(start);
    itemSections.push({ start, end, level: 100, parent, local: true });
  }
  return { root, at: (offset) => innermost(itemSections, offset) ?? headed(offset) };
}

/** The last in document order that holds the place: items nest. */
function innermost(items: readonly Section[], offset: number): Section | undefined {
  let found: Section | undefined;
  for (const item of items) if (item.start <= offset && offset < item.end) found = item;
  return found;
}

function headingAt(list: readonly Section[], offset: number): Section | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** Whether a section is the other or lies in it. */
export function within(inner: Section, outer: Section): boolean {
  for (let s: Section | undefined = inner; s; s = s.parent) if (s === outer) return true;
  return false;
}
