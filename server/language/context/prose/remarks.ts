// "(Dimensions: ℝ^{n×d})" right behind a formula that defines one symbol: the shape of that symbol. The formula may be a block of its own.
import type { Block } from '../../document/types.js';
import type { Name } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Fact, ShapeExpr } from '../facts.js';
import { documentSpan, type Flow, type FormulaLook, pieceAt } from './flow.js';
import { mathematics } from './mathematics.js';
import type { FormulaReader } from './tokens.js';

/** What a block begins with, or ends with, that a neighbour may complete. */
export interface Ends {
  readonly remark?: { readonly shape: ShapeExpr; readonly span: Span };
  readonly defined?: Name;
}

const REMARK = /\(?\s*\b(?:dimensions?|dims?|shapes?|sizes?)\s*(?:[:=]|\bis\b|\bare\b)?\s*(\uE000)\s*(?:[).]|$)/gi;

export interface Remarks extends Ends {
  readonly facts: readonly Fact[];
}

/** The remarks inside a block, and what its two ends offer to its neighbours. */
export function readRemarks(block: Block, flow: Flow, reader: FormulaReader, document: string): Remarks {
  const facts: Fact[] = [];
  let remark: Ends['remark'];
  const { text } = flow;
  if (block.kind !== 'prose') return { facts };
  REMARK.lastIndex = 0;
  for (let m = REMARK.exec(text); m; m = REMARK.exec(text)) {
    if (!m[0].startsWith('(') && text.slice(0, m.index).trim() !== '') continue;
    const shape = shapeAt(flow, m.index + m[0].indexOf('\uE000'), reader);
    if (!shape) continue;
    const before = text.slice(0, m.index).trimEnd();
    const span = documentSpan(flow, m.index, m.index + m[0].length, document);
    if (before === '') remark = { shape, span };
    const name = definedAt(flow, before.length - 1, reader);
    if (name) facts.push(factOf(name, { shape, span }));
  }
  const defined = definedAt(flow, text.trimEnd().length - 1, reader);
  return { facts, ...(remark ? { remark } : {}), ...(defined ? { defined } : {}) };
}

export const factOf = (name: Name, { shape, span }: NonNullable<Ends['remark']>): Fact => ({ kind: 'shape', name, shape, from: 'prose', span });

function shapeAt(flow: Flow, at: number, reader: FormulaReader): ShapeExpr | undefined {
  const inline = pieceAt(flow, at)?.inline;
  const dims = inline?.kind === 'formula' ? mathematics(reader.formula(inline.formula)).shape : undefined;
  return dims && { dims };
}

/** The one symbol that the formula at a place defines. */
function definedAt(flow: Flow, at: number, reader: FormulaReader): Name | undefined {
  const inline = at >= 0 ? pieceAt(flow, at)?.inline : undefined;
  if (inline?.kind !== 'formula') return undefined;
  const math = mathematics(reader.formula(inline.formula));
  return math.equation && !math.declared && math.names.length === 1 && math.expr.statements.length === 1 ? math.names[0] : undefined;
}

export const mayRemark = (text: string): boolean => REMARKED.test(text);
const REMARKED = /\b(?:dim|shape|size)/i;

export type Look = (formula: number) => FormulaLook | undefined;
