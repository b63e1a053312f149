// Helpers of the document tests: reading with the invariants checked that every document must hold, and short ways to say what was found.
import { expect } from 'vitest';
import {
  type Block,
  type DocumentKind,
  type Formula,
  type Inline,
  readDocument,
  type SourceDocument,
  toDocumentSpan,
} from '../../../server/language/document/index.js';

/** Reads a document and checks what must hold of every one. */
export function read(text: string, kind: DocumentKind = 'markdown'): SourceDocument {
  const document = readDocument(kind, text);
  checkInvariants(document);
  return document;
}

export const latex = (text: string): SourceDocument => read(text, 'latex');

/** The TeX of every formula. */
export const texOf = (document: SourceDocument): string[] => document.formulas.map((f) => f.tex);

export const formulas = (text: string, kind: DocumentKind = 'markdown'): string[] => texOf(read(text, kind));

/** The piece of the document that a piece of a formula's TeX comes from. */
export function written(document: SourceDocument, formula: Formula | undefined, piece: string): string {
  if (!formula) return '';
  const at = formula.tex.indexOf(piece);
  expect(at, `${piece} in ${formula.tex}`).toBeGreaterThanOrEqual(0);
  const { start, end } = toDocumentSpan(formula.map, { start: at, end: at + piece.length });
  return document.text.slice(start, end);
}

const inlineText = (document: SourceDocument, content: readonly Inline[]): string =>
  content
    .map((i) => (i.kind === 'text' ? i.text : i.kind === 'code' ? `\`${i.text}\`` : `<${document.formulas[i.formula]?.tex}>`))
    .join('');

/** The blocks in one line each: `h2 Title`, `p text with <formula>`, `- item`, `| cell | cell |`. */
export function outline(document: SourceDocument): string[] {
  return document.blocks.flatMap((block) => lines(document, block)).map((line) => line.replace(/\s+/g, ' ').trim());
}

function lines(document: SourceDocument, block: Block): string[] {
  if (block.kind === 'heading') return [`h${block.level} ${inlineText(document, block.content)}`];
  if (block.kind === 'prose') return [`${block.listItem ? '-' : 'p'} ${inlineText(document, block.content)}`];
  const row = (sign: string, cells: readonly (readonly Inline[])[]): string =>
    `${sign} ${cells.map((c) => inlineText(document, c)).join(' | ')}`;
  return [row('#', block.header), ...block.rows.map((r) => row('|', r))];
}

function checkInvariants(document: SourceDocument): void {
  const { text } = document;
  let last = -1;
  document.formulas.forEach((f, i) => {
    const where = `formula ${i} ${JSON.stringify(f.tex.slice(0, 60))}`;
    expect(f.index, where).toBe(i);
    expect(f.span.start, where).toBeGreaterThanOrEqual(last);
    expect(
      f.span.start <= f.content.start && f.content.start <= f.content.end && f.content.end <= f.span.end && f.span.end <= text.length,
      where,
    ).toBe(true);
    last = f.span.end;
    checkMap(f, text, where);
  });
  for (const block of document.blocks) checkBlock(document, block);
  for (const { yaml, map, span } of document.directives) {
    expect(span.end).toBeLessThanOrEqual(text.length);
    if (!map.starts) expect(text.slice(map.base, map.base + yaml.length)).toBe(yaml);
    else expect([...map.starts].map((at) => text[at] ?? '').join('')).toBe(yaml);
  }
}

function checkMap(f: Formula, text: string, where: string): void {
  const { starts, ends, base } = f.map;
  if (!starts || !ends) {
    expect(text.slice(base, base + f.tex.length).replace(/>/g, ' '), where).toBe(f.tex.replace(/>/g, ' '));
    return;
  }
  expect(starts.length, where).toBe(f.tex.length);
  expect(ends.length, where).toBe(f.tex.length);
  for (let i = 0; i < starts.length; i++) {
    const start: number = starts[i] ?? -1;
    const end: number = ends[i] ?? -1;
    if (start < f.content.start || end > f.content.end || start > end || start < (starts[i - 1] ?? 0))
      expect.fail(`${where}: map at ${i}: ${start}–${end}`);
    if (end === start + 1 && text[start] !== f.tex[i] && !(text[start] === '–' && f.tex[i] === '-'))
      expect.fail(`${where}: ${f.tex[i]} stands at ${text[start]}`);
  }
}

function checkBlock(document: SourceDocument, block: Block): void {
  const contents = block.kind === 'table' ? [...block.header, ...block.rows.flat()] : [block.content];
  for (const content of contents) {
    let last = block.span.start;
    for (const item of content) {
      expect(item.span.start, JSON.stringify(item).slice(0, 80)).toBeGreaterThanOrEqual(last);
      expect(item.span.end).toBeGreaterThanOrEqual(item.span.start);
      last = item.span.end;
      if (item.kind === 'formula') expect(document.formulas[item.formula]?.span).toEqual(item.span);
    }
    expect(last).toBeLessThanOrEqual(block.span.end);
  }
}
