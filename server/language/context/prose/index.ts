// Reads what the sentences, lists and tables of a document declare. The door of the prose reader.
import type { Block, SourceDocument } from '../../document/types.js';
import type { FormulaExpr } from '../../expr.js';
import type { Fact } from '../facts.js';
import { readClauses } from './clauses.js';
import { readCode } from './code.js';
import { type FormulaLook, flowOf, itemsOf, sentencesOf } from './flow.js';
import { FUNCTIONS, readFunctions } from './functions.js';
import { type LayoutFact, readHabits, readLayout, settleLayouts } from './layout.js';
import { NetworkReader } from './network.js';
import { contextOf, type SentenceContext } from './sentence.js';
import { readSizes, SIZES } from './sizes.js';
import { readTable } from './tables.js';
import type { FormulaReader } from './tokens.js';
import { SUPPOSES } from './vocabulary.js';

export type { FormulaReader };

/** Facts in document order. Names in plain words and code spans are read once each. */
export function readProse(document: SourceDocument, given: FormulaReader): Fact[] {
  const reader = remembering(given);
  const facts: LayoutFact[] = [];
  const network = new NetworkReader(document, reader);
  const look = (index: number): FormulaLook | undefined => document.formulas[index];
  for (const block of document.blocks) {
    if (block.kind === 'table') facts.push(...readTable(block, reader, look));
    else facts.push(...readBlock(block, document, reader, look, network));
  }
  facts.push(...network.facts());
  return settleLayouts(facts).sort((a, b) => a.span.start - b.span.start);
}

function remembering(reader: FormulaReader): FormulaReader {
  const texts = new Map<string, FormulaExpr>();
  return {
    formula: (index) => reader.formula(index),
    text(tex) {
      const known = texts.get(tex) ?? reader.text(tex);
      texts.set(tex, known);
      return known;
    },
  };
}

function readBlock(
  block: Exclude<Block, { kind: 'table' }>,
  document: SourceDocument,
  reader: FormulaReader,
  look: (index: number) => FormulaLook | undefined,
  network: NetworkReader,
): LayoutFact[] {
  const flow = flowOf(block.content, look);
  const sentences = sentencesOf(flow, look);
  network.block(block, sentences);
  if (block.kind === 'heading') return [];
  return sentences.flatMap((sentence) => readSentence(contextOf(sentence, document, reader), reader));
}

/** Sentences about shapes hold one of these, or a formula or code span that is a shape. */
const SHAPELY =
  /scalar|real number|\b(?:shapes?|sizes?|dimensions?|dims?|length|entries|elements|symmetric|definite|orthogonal|orthonormal|diagonal|invertible|learning rate|step size|regulari[sz]ation|spd|probability|(?:column|row)[- ]vectors?|all[- ]ones|of ones|order)\b|dimensional|singular|one.hot|-vector|identity matrix|\brows? and|\dx\d|(?:\b[a-z]|\d|\uE000)[- ](?:by|x)[- ](?:[a-z]\b|\d|\uE000)|[([]\s*[\w\uE000]+\s*,\s*[\w\uE000]*\s*[)\]]|×|ℝ|∈|\bR\^|向量|标量/i;
/** `NxD`. */
const CAPITALS = /\b[A-Z]x[A-Z]\b/;
const SHAPED = /matri|vector|tensor|array|\b(?:maps?|is|are|be|has|have|of|with|in)\b|'s|:|\(|[是为]/;

function readSentence(context: SentenceContext, reader: FormulaReader): LayoutFact[] {
  const { text } = context.sentence;
  if (/\?\s*["')\]*]*\s*$/.test(text)) return [];
  const facts: LayoutFact[] = [...readLayout(context), ...readHabits(context)];
  const shapes = SHAPELY.test(text) || CAPITALS.test(text) || holdsShape(context);
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
  const joined = SHAPED.test(sentence.text);
  return itemsOf(sentence).some(({ inline }) => {
    const tex = inline.kind === 'code' ? inline.text : inline.kind === 'formula' ? (document.formulas[inline.formula]?.tex ?? '') : '';
    return (
      tex.length < 60 &&
      (joined || inline.kind === 'code') &&
      (inline.kind === 'code' ? /[(,×]|\bx\b|shape|\^/ : /\\times|×|^\s*(?:\\in|\\mathbb|\\mathbf\{?R)|\w\s?\*\s?\w/).test(tex)
    );
  });
}
