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

/** Cheaper than an assertion of its own for each of many thousand things. */
function must(holds: boolean, where: () => string): void {
  if (!holds) expect.fail(where());
}

function checkInvariants(document: SourceDocument): void {
  const { text } = document;
  let last = 0;
  document.formulas.forEach((f, i) => {
    const where = (): string => `formula ${i} ${JSON.stringify({ span: f.span, content: f.content, tex: f.tex.slice(0, 60) })}`;
    must(f.index === i && f.span.start >= last && f.span.end <= text.length, where);
    must(f.span.start <= f.content.start && f.content.start <= f.content.end && f.content.end <= f.span.end, where);
    last = f.span.end;
    checkMap(f, text, where);
  });
  for (const block of document.blocks) checkBlock(document, block);
  for (const { yaml, map, span } of document.directives) {
    must(span.end <= text.length, () => yaml);
    const written = map.starts ? Array.from(map.starts, (at) => text[at] ?? '').join('') : text.slice(map.base, map.base + yaml.length);
    must(written === yaml, () => yaml);
  }
}

function checkMap(f: Formula, text: string, where: () => string): void {
  const { starts, ends, base } = f.map;
  if (!starts || !ends) {
    must(text.slice(base, base + f.tex.length).replaceAll('>', ' ') === f.tex.replaceAll('>', ' '), where);
    return;
  }
  must(starts.length === f.tex.length && ends.length === f.tex.length, where);
  for (let i = 0; i < starts.length; i++) {
    const start: number = starts[i] ?? -1;
    const end: number = ends[i] ?? -1;
    must(start >= f.content.start && end <= f.content.end && start <= end && start >= (starts[i - 1] ?? 0), where);
    if (end === start + 1) must(text[start] === f.tex[i] || (text[start] === '–' && f.tex[i] === '-'), where);
  }
}

function checkBlock(document: SourceDocument, block: Block): void {
  const contents = block.kind === 'table' ? [...block.header, ...block.rows.flat()] : [block.content];
  for (const content of contents) {
    let last = block.span.start;
    for (const item of content) {
      const where = (): string => JSON.stringify(item).slice(0, 200);
      must(item.span.start >= last && item.span.end >= item.span.start, where);
      last = item.span.end;
      if (item.kind !== 'formula') continue;
      const span = document.formulas[item.formula]?.span;
      must(span?.start === item.span.start && span.end === item.span.end, where);
    }
    must(last <= block.span.end, () => JSON.stringify(block).slice(0, 200));
  }
}
