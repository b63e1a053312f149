// Collects the prose of a LaTeX document while it is scanned: runs of text, formulas and code into paragraphs, headings, items
// and tables.
import type { Draft } from './draft.js';
import type { Block, Inline } from './types.js';

/** A paragraph that is being collected. */
interface Open {
  items: Inline[];
  /** The level, if it is a heading. */
  readonly heading: number | undefined;
  /** The beginning of the block, if that is not its first item. */
  readonly start: number | undefined;
  readonly listItem: boolean;
}

interface OpenTable {
  readonly start: number;
  readonly outer: Open;
  readonly rows: Inline[][][];
  row: Inline[][];
  /** How many rows stand above a rule. */
  header: number;
}

export interface Prose {
  readonly draft: Draft;
  open: Open;
  /** How many lists are open. */
  lists: number;
  readonly tables: OpenTable[];
}

const paragraph = (listItem: boolean): Open => ({ items: [], heading: undefined, start: undefined, listItem });

export const newProse = (draft: Draft): Prose => ({ draft, open: paragraph(false), lists: 0, tables: [] });

/** Adds text as it stands in the document: [start, end). */
export function addText(prose: Prose, start: number, end: number): void {
  if (end > start) add(prose, { kind: 'text', text: prose.draft.text.slice(start, end), span: { start, end } });
}

/** Adds an item; texts that keep their length and touch are joined. */
export function add(prose: Prose, item: Inline): void {
  const { items } = prose.open;
  const last = items[items.length - 1];
  if (item.kind === 'text' && item.text === '') return;
  if (last?.kind === 'text' && item.kind === 'text' && last.span.end === item.span.start && isPlain(last) && isPlain(item)) {
    items[items.length - 1] = { kind: 'text', text: last.text + item.text, span: { start: last.span.start, end: item.span.end } };
  } else items.push(item);
}

const isPlain = (item: Inline & { kind: 'text' }): boolean => item.text.length === item.span.end - item.span.start;

const isBlank = (items: readonly Inline[]): boolean => items.every((item) => item.kind === 'text' && item.text.trim() === '');

/** Ends the paragraph. */
export function endParagraph(prose: Prose): void {
  const { open } = prose;
  if (prose.tables.length > 0) return;
  if (open.items.length > 0 && !isBlank(open.items)) prose.draft.blocks.push(block(open));
  prose.open = paragraph(prose.lists > 0);
}

function block(open: Open): Block {
  const items = trimmed(open.items);
  const span = { start: open.start ?? items[0]?.span.start ?? 0, end: items[items.length - 1]?.span.end ?? 0 };
  if (open.heading !== undefined) return { kind: 'heading', level: open.heading, span, content: items };
  return open.listItem ? { kind: 'prose', span, content: items, listItem: 1 } : { kind: 'prose', span, content: items };
}

/** Without white space at its edges. */
function trimmed(items: readonly Inline[]): Inline[] {
  const result = [...items];
  while (result[0]?.kind === 'text' && result[0].text.trim() === '') result.shift();
  while (result.length > 0 && isBlank(result.slice(-1))) result.pop();
  const first = result[0];
  if (first?.kind === 'text' && isPlain(first)) {
    const cut = first.text.length - first.text.trimStart().length;
    result[0] = { ...first, text: first.text.slice(cut), span: { start: first.span.start + cut, end: first.span.end } };
  }
  const last = result[result.length - 1];
  if (last?.kind === 'text' && isPlain(last)) {
    const cut = last.text.length - last.text.trimEnd().length;
    result[result.length - 1] = {
      ...last,
      text: last.text.slice(0, last.text.length - cut),
      span: { start: last.span.start, end: last.span.end - cut },
    };
  }
  return result;
}

/** Begins text that stands apart from the paragraph around it (a heading, caption, footnote); answers what to go on with after it. */
export function beginApart(prose: Prose, start: number, heading?: number): Open {
  const outer = prose.open;
  prose.open = { items: [], heading, start: heading === undefined ? undefined : start, listItem: false };
  return outer;
}

export function endApart(prose: Prose, outer: Open): void {
  if (!isBlank(prose.open.items)) prose.draft.blocks.push(block(prose.open));
  prose.open = outer;
}

export type { Open };

export function beginTable(prose: Prose, start: number): void {
  prose.tables.push({ start, outer: prose.open, rows: [], row: [], header: 0 });
  prose.open = paragraph(false);
}

export function endCell(prose: Prose): void {
  const table = prose.tables[prose.tables.length - 1];
  if (!table) return;
  table.row.push(trimmed(prose.open.items));
  prose.open = paragraph(false);
}

export function endRow(prose: Prose): void {
  const table = prose.tables[prose.tables.length - 1];
  if (!table) return;
  endCell(prose);
  if (table.row.some((cell) => cell.length > 0)) table.rows.push(table.row);
  table.row = [];
}

/** A rule: the first one below a row makes it the header. */
export function addRule(prose: Prose): void {
  const table = prose.tables[prose.tables.length - 1];
  if (table && table.header === 0 && table.rows.length === 1) table.header = 1;
}

export function endTable(prose: Prose, end: number): void {
  endRow(prose);
  const table = prose.tables.pop();
  if (!table) return;
  const header = table.header > 0 ? (table.rows[0] ?? []) : [];
  const rows = table.rows.slice(table.header);
  if (table.rows.length > 0) prose.draft.blocks.push({ kind: 'table', span: { start: table.start, end }, header, rows });
  prose.open = table.outer;
}
