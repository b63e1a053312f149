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
import { type Remark, readRemarks, remarkOnBlock } from './remarks.js';
import { contextOf, type SentenceContext } from './sentence.js';
import { readSizes, SIZES } from './sizes.js';
import { readTable } from './tables.js';
import type { FormulaReader } from './tokens.js';
import { SUPPOSES } from './vocabulary.js';

export type { FormulaReader };

/**
 * What blocks said, by their text, so that an edit costs the block it is in. Good for one set of macros and one kind of
 * document: who holds it makes a new one where these change.
 */
export type ProseCache = Map<string, BlockFacts>;

interface BlockFacts {
  readonly facts: readonly LayoutFact[];
  /** Where the block stood. */
  readonly at: number;
  /** It says something of the layers of a network, which is gathered over blocks. */
  readonly network: boolean;
  /** It begins with a remark on the formula before it. */
  readonly opening?: Remark;
}

/** Facts in document order. Names in plain words and code spans are read once each. */
export function readProse(document: SourceDocument, given: FormulaReader, cache: ProseCache = new Map()): Fact[] {
  const reader = remembering(given);
  const facts: LayoutFact[] = [];
  const network = new NetworkReader(document, reader);
  const look = (index: number): FormulaLook | undefined => document.formulas[index];
  const fresh: [string, BlockFacts][] = [];
  for (const [i, block] of document.blocks.entries()) {
    const key = block.kind + document.text.slice(block.span.start, block.span.end);
    const known = cache.get(key);
    if (known && !known.network) network.pass(block);
    const read = known && !known.network ? known : readBlock(block, document, reader, look, network);
    facts.push(...shifted(read.facts, block.span.start - read.at));
    if (read.opening) facts.push(...shifted(remarkOnBlock(document.blocks[i - 1], read.opening, reader), block.span.start - read.at));
    fresh.push([key, read]);
  }
  cache.clear();
  for (const [key, read] of fresh) cache.set(key, read);
  facts.push(...network.facts());
  return settleLayouts(facts).sort((a, b) => a.span.start - b.span.start);
}

const shifted = (facts: readonly LayoutFact[], by: number): readonly LayoutFact[] =>
  by === 0 ? facts : facts.map((f) => ({ ...f, span: { start: f.span.start + by, end: f.span.end + by } }));

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
  block: Block,
  document: SourceDocument,
  reader: FormulaReader,
  look: (index: number) => FormulaLook | undefined,
  network: NetworkReader,
): BlockFacts {
  const at = block.span.start;
  if (block.kind === 'table') return { facts: readTable(block, reader, look), at, network: false };
  const flow = flowOf(block.content, look);
  const sentences = sentencesOf(flow, look);
  const ofNetwork = network.block(block, sentences);
  const facts =
    block.kind === 'heading' ? [] : sentences.flatMap((sentence) => readSentence(contextOf(sentence, document, reader), reader));
  const remarks = block.kind === 'prose' ? readRemarks(flow, reader, document.text) : { facts: [] };
  return { facts: [...facts, ...remarks.facts], at, network: ofNetwork, ...(remarks.opening ? { opening: remarks.opening } : {}) };
}

/** Sentences about shapes hold one of these, or a formula or code span that is a shape. */
const SHAPELY =
  /scalar|real number|\b(?:shapes?|sizes?|dimensions?|dims?|length|entries|elements|components|coordinates|symmetric|definite|orthogonal|orthonormal|diagonal|invertible|learning rate|step size|regulari[sz]ation|spd|probability|(?:column|row)[- ]vectors?|all[- ]ones|of ones|order)\b|dimensional|singular|one.hot|-vector|identity matrix|\brows? and|\dx\d|(?:\b[a-z]|\d|\uE000)[- ](?:by|x)[- ](?:[a-z]\b|\d|\uE000)|[([]\s*[\w\uE000]+\s*,\s*[\w\uE000]*\s*[)\]]|×|ℝ|∈|\br\^|向量|标量/;
/** `NxD`. */
const CAPITALS = /\b[A-Z]x[A-Z]\b/;
const SHAPED = /matri|vector|tensor|array|\b(?:maps?|is|are|be|has|have|of|with|in)\b|'s|:|\(|[是为]/;

/** What is longer is no sentence; some readers look back and forth in it. */
const LONGEST = 3000;

function readSentence(context: SentenceContext, reader: FormulaReader): LayoutFact[] {
  const { text } = context.sentence;
  const { lower } = context;
  if (text.length > LONGEST || /\?\s*["')\]*]*\s*$/.test(text)) return [];
  const facts: LayoutFact[] = [...readLayout(context), ...readHabits(context)];
  const shapes = SHAPELY.test(lower) || CAPITALS.test(text) || holdsShape(context);
  const functions = FUNCTIONS.test(lower);
  const sizes = SIZES.test(lower);
  if ((!shapes && !functions && !sizes) || SUPPOSES.test(lower)) return facts;
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
