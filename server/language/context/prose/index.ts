// Reads what the sentences, lists and tables of a document declare. The door of the prose reader.
import type { Block, SourceDocument } from '../../document/types.js';
import type { FormulaExpr } from '../../expr.js';
import type { Fact } from '../facts.js';
import { readClauses } from './clauses.js';
import { readCode } from './code.js';
import { type FormulaLook, flowOf, itemsOf, type Sentence, sentencesOf } from './flow.js';
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

/** What blocks said, so that an edit costs the block it is in. Good for one set of macros. */
export interface ProseCache {
  macros: string;
  blocks: WeakMap<Block, BlockFacts>;
}

export const newProseCache = (): ProseCache => ({ macros: '', blocks: new WeakMap() });

/** What is known of blocks under a set of macros. */
export function proseFor(cache: ProseCache, macros: string): ProseCache {
  if (cache.macros !== macros) cache.blocks = new WeakMap();
  cache.macros = macros;
  return cache;
}

interface BlockFacts {
  readonly facts: readonly LayoutFact[];
  /** It says something of the layers of a network, which is gathered over blocks. */
  readonly network: boolean;
  /** It begins with a remark on the formula before it. */
  readonly opening?: Remark;
  /** What the remark says of the block that stood before. */
  remarked?: { readonly before: Block | undefined; readonly facts: readonly LayoutFact[] };
}

/** Facts in document order. Names in plain words and code spans are read once each. */
export function readProse(document: SourceDocument, given: FormulaReader, cache: ProseCache = newProseCache()): Fact[] {
  const reader = remembering(given);
  const facts: LayoutFact[] = [];
  const network = new NetworkReader(document, reader);
  const look = (index: number): FormulaLook | undefined => document.formulas[document.numbered(index)];
  for (const [i, block] of document.blocks.entries()) {
    const known = cache.blocks.get(block);
    if (known?.network) network.block(block, sentencesIn(block, look));
    else if (known) network.pass(block);
    const read = known ?? readBlock(block, document, reader, look, network);
    if (!known) cache.blocks.set(block, read);
    for (const fact of read.facts) facts.push(fact);
    if (read.opening) facts.push(...remarked(read, read.opening, document.blocks[i - 1], reader));
  }
  facts.push(...network.facts());
  return settleLayouts(facts).sort((a, b) => a.span.start - b.span.start);
}

/** Whether blocks, which have been read, state nothing and do not bear on others. */
export const saysNothing = (cache: ProseCache, blocks: readonly Block[]): boolean =>
  blocks.every((block) => {
    const read = cache.blocks.get(block);
    return read !== undefined && read.facts.length === 0 && !read.network && !read.opening;
  });

function remarked(read: BlockFacts, opening: Remark, before: Block | undefined, reader: FormulaReader): readonly LayoutFact[] {
  if (!read.remarked || read.remarked.before !== before) read.remarked = { before, facts: remarkOnBlock(before, opening, reader) };
  return read.remarked.facts;
}

const sentencesIn = (block: Block, look: (index: number) => FormulaLook | undefined): readonly Sentence[] =>
  block.kind === 'table' ? [] : sentencesOf(flowOf(block.content, look), look);

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
  if (block.kind === 'table') return { facts: readTable(block, reader, look), network: false };
  const flow = flowOf(block.content, look);
  const sentences = sentencesOf(flow, look);
  const ofNetwork = network.block(block, sentences);
  const facts =
    block.kind === 'heading' ? [] : sentences.flatMap((sentence) => readSentence(contextOf(sentence, document, reader), reader));
  const remarks = block.kind === 'prose' ? readRemarks(flow, reader, document) : { facts: [] };
  return { facts: [...facts, ...remarks.facts], network: ofNetwork, ...(remarks.opening ? { opening: remarks.opening } : {}) };
}

/** Sentences about shapes hold one of these, or a formula or code span that is a shape. */
const SHAPELY =
  /scalar|real number|\b(?:shapes?|sizes?|dimensions?|dims?|length|entries|elements|components|coordinates|features|labels|coefficients|symmetric|definite|orthogonal|orthonormal|diagonal|invertible|learning rate|step size|regulari[sz]ation|spd|probability|(?:column|row)[- ]vectors?|all[- ]ones|of ones|order)\b|dimensional|singular|one.hot|-vector|identity matrix|\brows? and|\dx\d|(?:\b[a-z]|\d|\uE000)[- ](?:by|x)[- ](?:[a-z]\b|\d|\uE000)|[([]\s*[\w\uE000]+\s*,\s*[\w\uE000]*\s*[)\]]|×|ℝ|∈|\br\^|向量|标量/;
/** `NxD`. */
const CAPITALS = /\b[A-Z]x[A-Z]\b/;
const SHAPED = /\s[-–—]\s|matri|vector|tensor|array|\b(?:maps?|is|are|be|has|have|of|with|in)\b|'s|:|\(|[是为]/;

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
  if (!shapes && !functions && !sizes) return facts;
  if (SUPPOSES.test(lower)) return shapes ? [...facts, ...readClauses(context.tokens(), context.spanOf).flatMap(asSupposed)] : facts;
  if (shapes) facts.push(...readCode(context, reader), ...readClauses(context.tokens(), context.spanOf));
  if (functions) facts.push(...readFunctions(context));
  if (sizes) facts.push(...readSizes(context));
  return facts;
}

/** Of a sentence that supposes, only what it says of a symbol's kind counts, and as supposed. */
const asSupposed = (fact: Fact): readonly Fact[] =>
  fact.kind === 'assumption' || fact.kind === 'supposition' ? [{ ...fact, kind: 'supposition' }] : [];

/** A short formula or code span of the sentence holds a shape, and a word joins it to something. */
function holdsShape({ sentence, document }: SentenceContext): boolean {
  const joined = SHAPED.test(sentence.text);
  return itemsOf(sentence).some(({ inline }) => {
    const tex =
      inline.kind === 'code'
        ? inline.text
        : inline.kind === 'formula'
          ? (document.formulas[document.numbered(inline.formula)]?.tex ?? '')
          : '';
    return (
      tex.length < 60 &&
      (joined || inline.kind === 'code') &&
      (inline.kind === 'code' ? /[(,×]|\bx\b|shape|\^/ : /\\times|×|^\s*(?:\\in|\\mathbb|\\mathbf\{?R)|\w\s?\*\s?\w/).test(tex)
    );
  });
}
