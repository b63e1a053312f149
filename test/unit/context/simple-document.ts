// A small stand-in for the document reader: paragraphs, list items, tables and headings of plain Markdown, without its subtleties.
// With it the tests of prose depend on the formula reader alone.

import type { FormulaReader } from '../../../server/language/context/prose/index.js';
import { standing } from '../../../server/language/document/draft.js';
import type { Block, Formula, Inline, SourceDocument } from '../../../server/language/document/types.js';
import type { FormulaExpr } from '../../../server/language/expr.js';
import { readFormula } from '../../../server/language/syntax/lower.js';

export function simpleDocument(text: string): SourceDocument {
  const formulas: Formula[] = [];
  const inlines = (from: number, to: number): Inline[] => {
    const items: Inline[] = [];
    const pattern = /\$\$([^$]+)\$\$|\$([^$]+)\$|`([^`]+)`|\*+|(?:(?!\$|`|\*)[\s\S])+/g;
    pattern.lastIndex = from;
    for (let m = pattern.exec(text); m && m.index < to; m = pattern.exec(text)) {
      const end = Math.min(to, m.index + m[0].length);
      const span = { start: m.index, end };
      const tex = m[1] ?? m[2];
      if (tex !== undefined) {
        const start = m.index + (m[1] === undefined ? 1 : 2);
        const content = { start, end: start + tex.length };
        formulas.push({ index: formulas.length, span, content, display: m[1] !== undefined, tex, map: { base: start } });
        items.push({ kind: 'formula', formula: formulas.length - 1, span });
      } else if (m[3] !== undefined) items.push({ kind: 'code', text: m[3], span });
      else if (!m[0].startsWith('*')) items.push({ kind: 'text', text: text.slice(m.index, end), span });
      if (end === to) break;
    }
    return items;
  };
  const blocks: Block[] = [];
  let at = 0;
  for (const part of text.split(/(\n\n+|\n(?=- ))/)) {
    if (part.trim() !== '') blocks.push(blockOf(part, at, inlines));
    at += part.length;
  }
  return { kind: 'markdown', text, formulas, blocks, directives: [], macroSources: [], inclusions: [], stripped: false, ...standing };
}

function blockOf(part: string, at: number, inlines: (from: number, to: number) => Inline[]): Block {
  const span = { start: at, end: at + part.length };
  const heading = /^#+ /.exec(part);
  if (heading) return { kind: 'heading', level: heading[0].length - 1, span, content: inlines(at + heading[0].length, span.end) };
  if (part.startsWith('|')) return table(part, at, span, inlines);
  const item = /^- /.exec(part);
  return { kind: 'prose', span, content: inlines(at + (item ? 2 : 0), span.end), ...(item ? { listItem: 1 } : {}) };
}

function table(part: string, at: number, span: Block['span'], inlines: (from: number, to: number) => Inline[]): Block {
  const rows: Inline[][][] = [];
  let start = at;
  for (const line of part.split('\n')) {
    const cells: Inline[][] = [];
    for (let i = 1, from = start + 1; i < line.length; i++) {
      if (line[i] !== '|') continue;
      cells.push(inlines(from, start + i));
      from = start + i + 1;
    }
    if (!/^[|\s:-]*-[|\s:-]*$/.test(line)) rows.push(cells);
    start += line.length + 1;
  }
  const [header = [], ...rest] = rows;
  return { kind: 'table', span, header, rows: rest };
}

export function simpleReader(document: SourceDocument): FormulaReader {
  const read = (tex: string): FormulaExpr => readFormula(tex, new Map());
  return { formula: (index) => read(document.formulas[index]?.tex ?? ''), text: read };
}
