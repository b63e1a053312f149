// Reads Markdown and its relatives: the tree of blocks becomes headings, prose, tables, directives and formulas, in document order.
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { addComment, addFormula, type Counts, countsOf, type Draft, isSettled, newDraft } from './draft.js';
import { readFrontMatter } from './front-matter.js';
import { readInline } from './markdown-inline.js';
import { markdownInput } from './markdown-input.js';
import { parserFor } from './markdown-parser.js';
import type { Inline } from './types.js';

/** Where the walk through the blocks stands. */
interface Walk {
  readonly draft: Draft;
  readonly julia: boolean;
  quotes: number;
  items: number;
  /** Of each list that is open, from the outside in. */
  readonly numbered: boolean[];
}

export const readMarkdown = (text: string): Draft => readMarkdownPart(text, { julia: isJulia(text), first: true }).draft;

/** A place between blocks of the document from which on it could be read by itself, and how much had been read before. */
export interface Cut {
  readonly at: number;
  readonly counts: Counts;
}

/** Reads a document, or a part of one that begins between blocks. Cuts are in order; nothing before one was looked up behind it. */
export function readMarkdownPart(text: string, { julia, first }: { readonly julia: boolean; readonly first: boolean }): Part {
  const draft = newDraft('markdown', text);
  const from = first ? readFrontMatter(draft) : 0;
  const { parser, reach } = parserFor(text);
  const tree = parser.parse(markdownInput(text, from));
  const walk: Walk = { draft, julia, quotes: 0, items: 0, numbered: [] };
  const cuts: Cut[] = [];
  let depth = 0;
  tree.iterate({
    enter(node) {
      if (depth === 1 && beginsAnew(text, node.from) && reach(node.from) <= node.from && isSettled(draft))
        cuts.push({ at: node.from, counts: countsOf(draft) });
      depth++;
      const inside = enter(walk, node);
      // What is not entered is not left.
      if (!inside) depth--;
      return inside;
    },
    leave(node) {
      depth--;
      leave(walk, node);
    },
  });
  return { draft, cuts, unclosed: first && from === 0 && /^\uFEFF?---/.test(text) };
}

export interface Part {
  /** Its front matter has no end. */
  readonly unclosed: boolean;
  readonly draft: Draft;
  readonly cuts: readonly Cut[];
}

/** Behind a blank line, at its beginning, and with no sign that might continue what stands above. */
const beginsAnew = (text: string, at: number): boolean =>
  at > 1 && /\S/.test(text.charAt(at)) && /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, at - 40), at));

/** Whether double backticks hold TeX somewhere in the document; then they do everywhere. */
export const isJulia = (text: string): boolean =>
  text.includes('``') && /(?:^|[^`])``[^`\n]*(?:\\[a-zA-Z]+|[a-zA-Z][_^])[^`\n]*``(?!`)/.test(text);

function enter(walk: Walk, node: SyntaxNodeRef): boolean {
  const start = node.from;
  switch (node.name) {
    case 'Blockquote':
      walk.quotes++;
      return true;
    case 'ListItem':
      walk.numbered[walk.items] = node.node.parent?.name === 'OrderedList';
      walk.items++;
      return true;
    case 'Paragraph':
      readProse(walk, start, node.to);
      return false;
    case 'FencedCode':
      readFence(walk, node.node);
      return false;
    case 'CommentBlock':
      readCommentBlock(walk, start, node.to);
      return false;
    case 'CodeBlock':
      if (walk.items > 0) readDeepItems(walk, start, node.to);
      return false;
    case 'Table':
      readTable(walk, node.node);
      return false;
    case 'Document':
    case 'BulletList':
    case 'OrderedList':
      return true;
    default:
      if (/^(?:ATX|Setext)Heading/.test(node.name)) readHeading(walk, node.node);
      return false;
  }
}

function leave(walk: Walk, node: SyntaxNodeRef): void {
  if (node.name === 'Blockquote') walk.quotes--;
  if (node.name === 'ListItem') walk.items--;
}

/** The characters of a stretch, quote marks at the beginning of its further lines blanked out. */
function unquoted(walk: Walk, start: number, end: number): string {
  const raw = walk.draft.text.slice(start, end);
  if (walk.quotes === 0 || !raw.includes('>')) return raw;
  return raw.replace(/(\n[ \t]*)(>[ \t>]*)/g, (_, space: string, marks: string) => {
    let left = walk.quotes;
    return space + marks.replace(/>/g, (mark) => (left-- > 0 ? ' ' : mark));
  });
}

function inline(walk: Walk, start: number, end: number, cell = false): Inline[] {
  const content = unquoted(walk, start, end);
  return readInline(walk.draft, { content, base: start, nested: walk.quotes + walk.items > 0, cell, julia: walk.julia });
}

function readProse(walk: Walk, start: number, end: number): void {
  const content = inline(walk, start, end);
  if (content.every((item) => item.kind === 'text' && item.text.trim() === '')) return;
  const block = { kind: 'prose', span: { start, end }, content } as const;
  walk.draft.blocks.push(
    walk.items > 0 ? { ...block, listItem: walk.items, ...(walk.numbered[walk.items - 1] ? { numbered: true } : {}) } : block,
  );
}

/**
 * Items of a list that are indented by four more than they need: code for CommonMark, a nested list for their authors and for
 * kramdown. Only what begins like an item and holds a dollar is taken so.
 */
function readDeepItems(walk: Walk, start: number, end: number): void {
  const text = walk.draft.text.slice(start, end);
  if (!text.includes('$') || !/^\s*(?:\d{1,3}[.)]|[-*+])\s/.test(text)) return;
  for (const item of text.matchAll(
    /(?:^|\n)[ \t]*(?:\d{1,3}[.)]|[-*+])[ \t]+([^\n]*(?:\n(?![ \t]*(?:(?:\d{1,3}[.)]|[-*+])[ \t]|\r?\n))[^\n]*)*)/g,
  )) {
    const from = start + item.index + item[0].length - (item[1]?.length ?? 0);
    readProse(walk, from, start + item.index + item[0].length);
  }
}

function readHeading(walk: Walk, node: SyntaxNode): void {
  const { draft } = walk;
  const marks = node.getChildren('HeaderMark');
  const setext = node.name.startsWith('Setext');
  const [first] = marks;
  const last = marks[marks.length - 1];
  const start = setext || !first ? node.from : first.to;
  const end = last && (setext || marks.length > 1) ? last.from : node.to;
  const text = draft.text.slice(start, end);
  // A paragraph above a rule without a blank line between them is a heading for Markdown, but not for its author.
  if (setext && (text.trim().length > 150 || text.trim().includes('\n') || /[.:?!]\s*$/.test(text))) {
    readProse(walk, start, end);
    return;
  }
  const content = inline(walk, start + (text.length - text.trimStart().length), start + text.trimEnd().length);
  draft.blocks.push({ kind: 'heading', level: Number(node.name.slice(-1)), span: { start: node.from, end: node.to }, content });
}

function readTable(walk: Walk, node: SyntaxNode): void {
  const cells = (row: SyntaxNode): Inline[][] => row.getChildren('TableCell').map((cell) => inline(walk, cell.from, cell.to, true));
  const header = node.getChild('TableHeader');
  const head = header ? cells(header) : [];
  const rows = node.getChildren('TableRow').map(cells);
  walk.draft.blocks.push({ kind: 'table', span: { start: node.from, end: node.to }, header: head, rows });
}

/** A ```math fence is a formula; every other fence is code. */
function readFence(walk: Walk, node: SyntaxNode): void {
  const { draft } = walk;
  const info = node.getChild('CodeInfo');
  if (!info || !/^(?:math|\{math\})(?![\w-])/.test(draft.text.slice(info.from, info.to))) return;
  const marks = node.getChildren('CodeMark');
  const line = draft.text.indexOf('\n', info.to);
  const start = line < 0 || line > node.to ? node.to : line + 1;
  const close = marks.length > 1 ? marks[marks.length - 1] : undefined;
  const end = close ? Math.max(start, draft.text.lastIndexOf('\n', close.from)) : node.to;
  const span = { start: node.from, end: node.to };
  const lines = unquoted(walk, start - 1, end).slice(1);
  const nested = walk.quotes + walk.items > 0;
  const raw = nested ? lines.trimStart() : lines;
  const content = { start: end - raw.length, end };
  const formula = addFormula(draft, { options: { nested, cell: false, doubled: false }, span, content, raw, display: true });
  draft.blocks.push({ kind: 'prose', span, content: [{ kind: 'formula', formula, span }] });
}

/** A comment that is a block of its own; within quotes its lines have their marks taken off. */
function readCommentBlock(walk: Walk, start: number, end: number): void {
  const { text } = walk.draft;
  const close = text.indexOf('-->', start + 4);
  const to = close < 0 || close > end ? end : close;
  addComment(walk.draft, { start, end: close < 0 ? end : Math.min(end, close + 3) }, unquoted(walk, start + 4, to), { base: start + 4 });
}
