// "(Dimensions: ℝ^{n×d})" right behind a formula that defines one symbol: the shape of that symbol. The formula may be a block of its own.
import type { Block, Inline } from '../../document/types.js';
import type { Span } from '../../text.js';
import type { Fact, ShapeExpr } from '../facts.js';
import { documentSpan, type Flow, pieceAt, type Written } from './flow.js';
import { mathematics } from './mathematics.js';
import type { FormulaReader } from './tokens.js';

export interface Remark {
  readonly shape: ShapeExpr;
  readonly span: Span;
}

const REMARK =
  /\(\s*(?:dimensions?|dims?|shapes?|sizes?)\s*:?\s*(\uE000)\s*\)|^\s*(?:dimensions?|dims?|shapes?|sizes?)\s*:\s*(\uE000)\s*\.?\s*$/gi;

/** The remarks of a block on formulas in it; `opening` is one that the block begins with. */
export function readRemarks(
  flow: Flow,
  reader: FormulaReader,
  document: Written,
): { readonly facts: readonly Fact[]; readonly opening?: Remark } {
  const facts: Fact[] = [];
  let opening: Remark | undefined;
  REMARK.lastIndex = 0;
  for (let m = REMARK.exec(flow.text); m; m = REMARK.exec(flow.text)) {
    const shape = shapeAt(flow, m.index + m[0].indexOf('\uE000'), reader);
    if (!shape) continue;
    const remark = { shape, span: documentSpan(flow, m.index, m.index + m[0].length, document) };
    const before = flow.text.slice(0, m.index).trimEnd();
    if (before === '') opening = remark;
    else facts.push(...remarkOn(pieceAt(flow, before.length - 1)?.inline, remark, reader));
  }
  return { facts, ...(opening ? { opening } : {}) };
}

/** A remark that opens a block speaks of the formula that the block before ends with. */
export function remarkOnBlock(block: Block | undefined, remark: Remark, reader: FormulaReader): readonly Fact[] {
  const last = block?.kind === 'prose' ? block.content.filter((item) => item.kind !== 'text' || item.text.trim() !== '').at(-1) : undefined;
  return remarkOn(last, remark, reader);
}

function remarkOn(inline: Inline | undefined, { shape, span }: Remark, reader: FormulaReader): readonly Fact[] {
  if (inline?.kind !== 'formula') return [];
  const math = mathematics(reader.formula(inline.formula));
  const [name] = math.names;
  const defines = math.equation && !math.declared && math.names.length === 1 && math.expr.statements.length === 1;
  return defines && name ? [{ kind: 'shape', name, shape, from: 'prose', span }] : [];
}

function shapeAt(flow: Flow, at: number, reader: FormulaReader): ShapeExpr | undefined {
  const inline = pieceAt(flow, at)?.inline;
  const dims = inline?.kind === 'formula' ? mathematics(reader.formula(inline.formula)).shape : undefined;
  return dims && { dims };
}
