// What the readers of one sentence share: its text, its tokens once they are asked for, and the way to document spans.
import type { SourceDocument } from '../../document/types.js';
import type { Span } from '../../text.js';
import { documentSpan, type Sentence } from './flow.js';
import { type FormulaReader, spanOfTokens, type Token, tokensOf } from './tokens.js';

export interface SentenceContext {
  readonly sentence: Sentence;
  /** Its text in lower case, every run of white space as one space. */
  readonly lower: string;
  readonly document: SourceDocument;
  readonly tokens: () => readonly Token[];
  readonly spanOf: (from: number, to: number) => Span;
}

export function contextOf(sentence: Sentence, document: SourceDocument, reader: FormulaReader): SentenceContext {
  let tokens: readonly Token[] | undefined;
  const read = (): readonly Token[] => {
    tokens ??= tokensOf(sentence, reader);
    return tokens;
  };
  return {
    sentence,
    lower: singleSpaced(sentence.text.toLowerCase()),
    document,
    tokens: read,
    spanOf: (from, to) => spanOfTokens(sentence.flow, read(), from, to, document),
  };
}

/** Most sentences are so as they stand. */
const singleSpaced = (text: string): string => (/[^\S ]|\s\s/.test(text) ? text.replace(/\s+/g, ' ') : text);

/** A sentence in lower case with every run of white space as one space, and where each of its characters stands in the running text. */
export interface Normal {
  readonly text: string;
  readonly offsets: readonly number[];
}

export function normalOf({ sentence }: SentenceContext): Normal {
  let offsets: readonly number[] | undefined;
  return {
    text: singleSpaced(sentence.text).toLowerCase().replaceAll('’', "'"),
    get offsets() {
      offsets ??= offsetsIn(sentence);
      return offsets;
    },
  };
}

/** Where each character stands in the running text, runs of white space counting as one. */
function offsetsIn({ text, from }: Sentence): readonly number[] {
  const offsets: number[] = [];
  for (const { 0: run, index } of text.matchAll(/\s+|\S+/g)) {
    const length = /\s/.test(run.charAt(0)) ? 1 : run.length;
    for (let i = 0; i < length; i++) offsets.push(from + index + i);
  }
  return offsets;
}

/** The document span of a range of the normalised sentence, white space at its ends left out. */
export function normalSpan(context: SentenceContext, normal: Normal, from: number, to: number): Span {
  const taken = normal.text.slice(from, to);
  const start = from + taken.length - taken.trimStart().length;
  const end = to - (taken.length - taken.trimEnd().length);
  const first = normal.offsets[start] ?? context.sentence.from;
  return documentSpan(context.sentence.flow, first, (normal.offsets[end - 1] ?? first) + 1, context.document);
}
