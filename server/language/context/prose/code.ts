// Shapes in code spans, as array libraries print them: `X.shape = (m, n)`, `W: (3, 2)`, `W ∈ R^{3×2}`.
import type { Expr } from '../../expr.js';
import type { Fact } from '../facts.js';
import { itemsOf } from './flow.js';
import { isSize, mathematics } from './mathematics.js';
import type { SentenceContext } from './sentence.js';
import type { FormulaReader } from './tokens.js';

const SHAPE_OF = /^([A-Za-z]\w*)(?:\.shape\s*(?:==?|:|is|->)|\s*:)\s*[([]\s*([^()[\]]*?)\s*,?\s*[)\]]$/;
const IN_SET = /^([A-Za-z]\w*)\s*(?:∈|in)\s*[Rℝ]\^?[{(]?([\w\s×x*,]+?)[})]?$/;
const TIMES = /^([A-Za-z]\w*)(?:\.shape)?\s*[:=]\s*(\w+(?:\s*(?:×|\sx\s)\s*\w+)+)$/;

export function readCode(context: SentenceContext, reader: FormulaReader): Fact[] {
  const facts: Fact[] = [];
  for (const { inline } of itemsOf(context.sentence)) {
    if (inline.kind !== 'code' || inline.text.length > 100) continue;
    const found = SHAPE_OF.exec(inline.text) ?? IN_SET.exec(inline.text) ?? TIMES.exec(inline.text);
    const name = found?.[1] && mathematics(reader.text(codeName(found[1]))).names[0];
    const dims = readDims(found?.[2], reader);
    if (name && dims) facts.push({ kind: 'shape', name, shape: { dims }, from: 'prose', span: inline.span });
  }
  return facts;
}

function readDims(text: string | undefined, reader: FormulaReader): readonly Expr[] | undefined {
  if (text === undefined || text === '') return undefined;
  const dims = text.split(/\s*(?:,|×|\*|\sx\s)\s*/).map((d) => mathematics(reader.text(codeName(d))).dims[0]);
  return dims.length > 0 && dims.length < 6 && dims.every((d): d is Expr => d !== undefined && isSize(d)) ? dims : undefined;
}

/** `W1` is W_1, `W_hh` is W_{hh}. */
const codeName = (text: string): string =>
  /^[A-Za-z]\d+$/.test(text) ? `${text.charAt(0)}_{${text.slice(1)}}` : text.replace(/_([A-Za-z0-9]{2,})/g, '_{$1}');
