// Tables whose columns name symbols and shapes, with or without a header that says so.

import type { Block, Inline } from '../../document/types.js';
import type { Expr, Name } from '../../expr.js';
import type { Fact } from '../facts.js';
import { isEntry, shapeFor } from './describe.js';
import { type Flow, type FormulaLook, flowOf } from './flow.js';
import { grammar } from './grammar.js';
import { type FormulaReader, type Token, tokensOf } from './tokens.js';
import { SUPPOSES } from './vocabulary.js';

type Table = Extract<Block, { kind: 'table' }>;
type Cell = readonly Inline[];

const SYMBOLS =
  /^\W*(?:symbols?|variables?|names?|notation|parameters?|quantity|quantities|terms?|tensors?|matrix|vectors?|objects?|arrays?)\b/i;
const SHAPES = /^\W*(?:shapes?|dimensions?|dims?|dimensionality|sizes?|types?|space|domain)\b/i;

export function readTable(table: Table, reader: FormulaReader, look: (index: number) => FormulaLook | undefined): Fact[] {
  const plain = (cell: Cell): string => flowOf(cell, look).text.trim();
  const header = table.header.map(plain);
  if (header.some((h) => /gradient|derivative|example|would|wrong/i.test(h)) || SUPPOSES.test(header.join(' ').toLowerCase())) return [];
  const named = header.findIndex((h) => SYMBOLS.test(h));
  const shaped = header.findIndex((h, i) => i !== named && SHAPES.test(h));
  const tokens = (cell: Cell): readonly Token[] => {
    const flow: Flow = flowOf(cell, look);
    if (flow.text.length > 300) return [];
    return tokensOf({ flow, from: 0, to: flow.text.length, text: flow.text }, reader);
  };
  return table.rows.flatMap((row) => {
    const headed = named >= 0 && shaped >= 0;
    const columns = headed ? { named, shaped } : bareColumns(row, tokens);
    const nameCell = columns && row[columns.named];
    const shapeCell = columns && row[columns.shaped];
    if (!nameCell || !shapeCell) return [];
    return rowFacts(tokens(nameCell), tokens(shapeCell), spanOfCells(nameCell, shapeCell), headed ? (header[shaped] ?? '') : '');
  });
}

/** Without a telling header: the first cell is one symbol, and exactly one cell is a bare shape. */
function bareColumns(
  row: readonly Cell[],
  tokens: (cell: Cell) => readonly Token[],
): { readonly named: number; readonly shaped: number } | undefined {
  const first = row[0] ? namesIn(tokens(row[0])) : [];
  const shaped = row.flatMap((cell, i) => (i > 0 && wholeShape(tokens(cell)) ? [i] : []));
  return first.length === 1 && shaped.length === 1 && shaped[0] !== undefined ? { named: 0, shaped: shaped[0] } : undefined;
}

function spanOfCells(a: Cell, b: Cell): Fact['span'] {
  const all = [...a, ...b].map((inline) => inline.span);
  return { start: Math.min(...all.map((s) => s.start)), end: Math.max(...all.map((s) => s.end)) };
}

function namesIn(tokens: readonly Token[]): readonly Name[] {
  const match = grammar.match('NAMES', tokens, 0);
  const names = match?.captures[0];
  return match?.to === tokens.length && names?.kind === 'names' && !names.declared ? names.names : [];
}

const wholeShape = (tokens: readonly Token[]): readonly Expr[] | undefined => {
  const match = grammar.match('SHAPE', tokens, 0);
  const shape = match?.captures[0];
  return match?.to === tokens.length && shape?.kind === 'shape' && shape.dims.length > 0 ? shape.dims : undefined;
};

function rowFacts(nameTokens: readonly Token[], shapeTokens: readonly Token[], span: Fact['span'], header: string): Fact[] {
  const names = namesIn(nameTokens);
  if (names.length === 0 || shapeTokens.length === 0) return [];
  return names.flatMap((name): Fact[] => {
    const shape = cellShape(shapeTokens, name, header);
    return shape && !(isEntry(name) && shape.dims.length > 0) ? [{ kind: 'shape', name, shape, from: 'prose', span }] : [];
  });
}

function cellShape(tokens: readonly Token[], name: Name, header: string): { readonly dims: readonly (Expr | undefined)[] } | undefined {
  const whole = wholeShape(tokens);
  if (whole) return { dims: whole };
  if (header === '') return undefined;
  const length = /shape|dim/i.test(header) ? letteredLength(tokens) : undefined;
  if (length) return { dims: [length] };
  const match = grammar.match('DESC END', tokens, 0);
  if (!match || match.to < tokens.length) return undefined;
  const rules = match.captures.flatMap((c) => (c.kind === 'rule' ? [c] : []));
  const dims = match.captures.flatMap((c) => (c.kind === 'shape' || c.kind === 'dim' || c.kind === 'list' ? [...c.dims] : []));
  if (rules.some((r) => r.rule === 'SCALAR')) return { dims: [] };
  const noun = rules.find((r) => r.rule === 'NOUN')?.text ?? '';
  const kind = /^column/.test(noun)
    ? 'column'
    : /^row/.test(noun)
      ? 'row'
      : /^vector/.test(noun)
        ? 'vector'
        : /^matri/.test(noun)
          ? 'matrix'
          : 'none';
  return shapeFor(
    kind,
    dims,
    rules.some((r) => r.rule === 'SQUARE'),
    name,
  );
}

/** A letter where shapes stand is the length of a vector; a number may be the value of a size. */
function letteredLength(tokens: readonly Token[]): Expr | undefined {
  const match = grammar.match('DIM END', tokens, 0);
  const dim = match?.captures[0];
  const [length] = dim?.kind === 'dim' && match?.to === tokens.length ? dim.dims : [];
  return length && length.kind !== 'number' ? length : undefined;
}
