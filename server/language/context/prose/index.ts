// Reads what the sentences, lists and tables of a document declare. The door of the prose reader.
import type { Block, SourceDocument } from '../../document/types.js';
import type { Fact } from '../facts.js';
import { readClauses } from './clauses.js';
import { type FormulaLook, flowOf, itemsOf, sentencesOf } from './flow.js';
import { FUNCTIONS, readFunctions } from './functions.js';
import { type LayoutFact, readHabits, readLayout, settleLayouts } from './layout.js';
import { readCode } from './code.js';
import { NetworkReader } from './network.js';
import { SIZES, readSizes } from './sizes.js';
import { readTable } from './tables.js';
import { type SentenceContext, contextOf } from './sentence.js';
import type { FormulaReader } from './tokens.js';
import { SUPPOSES } from './vocabulary.js';

export type { FormulaReader };

export function readProse(document: SourceDocument, reader: FormulaReader): Fact[] {
  const facts: LayoutFact[] = [];
  const network = new NetworkReader(document, reader);
  const look = (index: number): FormulaLook | undefined => document.formulas[index];
  for (const block of document.blocks) {
    if (block.kind === 'table') facts.push(...readTable(block, document, reader, look));
    else facts.push(...readBlock(block, document, reader, look, network));
  }
  facts.push(...network.facts());
  return settleLayouts(facts).sort((a, b) => a.span.start - b.span.start);
}

function readBlock(
  block: Exclude<Block, { kind: 'table' }>, document: SourceDocument, reader: FormulaReader, look: (index: number) => FormulaLook | undefined, network: NetworkReader,
): LayoutFact[] {
  const flow = flowOf(block.content, look);
  const sentences = sentencesOf(flow, look);
  network.block(block, sentences);
  if (block.kind === 'heading') return [];
  return sentences.flatMap((sentence) => readSentence(contextOf(sentence, document, reader), reader));
}

/** Sentences about shapes hold one of these, or a formula or code span that is a shape. */
const SHAPELY =
  /scalar|real number|\b(?:shapes?|sizes?|dimensions?|dims?|length|entries|elements|symmetric|definite|orthogonal|orthonormal|diagonal|invertible|learning rate|step size|regulari[sz]ation|spd|probability|(?:column|row)[- ]vectors?|all[- ]ones|of ones)\b|dimensional|singular|one.hot|-vector|identity matrix|\brows? and|[\dA-Zmn]x[\dA-Zmn]|[\w\uE000][- ](?:by|x)[- ][\w\uE000]|×|ℝ|∈|\bR\^|向量|标量/i;
const SHAPED = /\b(?:is|are|be|has|have|of|with|in)\b|'s|:|\(|[是为]/;

function readSentence(context: SentenceContext, reader: FormulaReader): LayoutFact[] {
  const { text } = context.sentence;
  if (/\?\s*["')\]*]*\s*$/.test(text)) return [];
  const facts: LayoutFact[] = [...readLayout(context), ...readHabits(context)];
  const shapes = SHAPELY.test(text) || holdsShape(context);
  const functions = FUNCTIONS.test(text);
  const sizes = SIZES.test(text);
  if ((!shapes && !functions && !sizes) || SUPPOSES.test(text.toLowerCase())) return facts;
  if (shapes) facts.push(...readCode(context, reader), ...readClauses(context.tokens(), context.spanOf));
  if (functions) facts.push(...readFunctions(context));
  if (sizes) facts.push(...readSizes(context));
  return facts;
}

/** A short formula or code span of the sentence holds a shape, and a word joins it to something. */
function holdsShape({ sentence, document }: SentenceContext): boolean {
  if (!SHAPED.test(sentence.text)) return false;
  return itemsOf(sentence).some(({ inline }) => {
    const tex = inline.kind === 'code' ? inline.text : inline.kind === 'formula' ? (document.formulas[inline.formula]?.tex ?? '') : '';
    return tex.length < 60 && (inline.kind === 'code' ? /[(,×]|\bx\b|shape|\^/ : /\\times|×|^\s*(?:\\in|\\mathbb|\\mathbf\{?R)|\w\s?\*\s?\w/).test(tex);
  });
}
