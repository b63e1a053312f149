// A block's inline items as one running text in which a formula or a code span is a single character,
// cut into sentences, with the way back to document offsets.
import { writtenAt } from '../../document/offsets.js';
import type { Inline, SourceDocument } from '../../document/types.js';
import type { Span } from '../../text.js';

/** Stand-ins in the running text: an inline formula, a code span, a display formula. */
export const FORMULA = '\uE000';
export const CODE = '\uE001';
export const DISPLAY = '\uE002';

export interface Flow {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly inline: Inline;
}

/** A sentence is a range of the running text. */
export interface Sentence {
  readonly flow: Flow;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface FormulaLook {
  readonly display: boolean;
  readonly tex: string;
}

export function flowOf(content: readonly Inline[], look: (formula: number) => FormulaLook | undefined): Flow {
  const pieces: Piece[] = [];
  let text = '';
  for (const inline of content) {
    const from = text.length;
    if (inline.kind === 'text') text += inline.text;
    else if (inline.kind === 'code') text += CODE;
    else text += look(inline.formula)?.display ? DISPLAY : FORMULA;
    pieces.push({ from, to: text.length, inline });
  }
  return { text, pieces };
}

/** The piece that holds an offset of the running text. */
export const pieceAt = (flow: Flow, offset: number): Piece | undefined => flow.pieces[pieceIndex(flow, offset)];

/** The formulas and code spans of a sentence. */
export function itemsOf({ flow, from, to }: Sentence): Piece[] {
  const items: Piece[] = [];
  for (let i = pieceIndex(flow, from); i < flow.pieces.length; i++) {
    const piece = flow.pieces[i];
    if (!piece || piece.from >= to) break;
    if (piece.inline.kind !== 'text') items.push(piece);
  }
  return items;
}

function pieceIndex(flow: Flow, offset: number): number {
  let low = 0;
  let high = flow.pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((flow.pieces[middle]?.to ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Written = Pick<SourceDocument, 'text' | 'actual'>;

/** The document span of a range of the running text. */
export function documentSpan(flow: Flow, from: number, to: number, document: Written): Span {
  const first = pieceAt(flow, from);
  const last = pieceAt(flow, Math.max(from, to - 1));
  if (!first || !last) return { start: 0, end: 0 };
  const start = first.inline.kind === 'text' ? place(first, from, document) : first.inline.span.start;
  const end = last.inline.kind === 'text' ? place(last, to - 1, document) + 1 : last.inline.span.end;
  return { start, end: Math.max(start, end) };
}

/** Where a character of a text piece stands in the document: markup that was removed is stepped over. */
function place(piece: Piece, offset: number, document: Written): number {
  const { inline, from } = piece;
  if (inline.kind !== 'text') return inline.span.start;
  const { start, end } = inline.span;
  if (inline.text.length === end - start) return start + offset - from;
  let places = aligned.get(inline);
  if (!places) {
    places = align(inline.text, writtenAt(document, inline.span));
    aligned.set(inline, places);
  }
  return start + (places[offset - from] ?? 0);
}

const aligned = new WeakMap<Inline, readonly number[]>();

/** For each character of the text the next one like it in what was written. */
function align(text: string, written: string): readonly number[] {
  const places: number[] = [];
  let at = 0;
  for (const c of text.split('')) {
    const found = written.indexOf(c, at);
    const near = found >= 0 && found - at < 2000;
    places.push(near ? found : Math.min(at, written.length));
    if (near) at = found + 1;
  }
  return places;
}

const ABBREVIATIONS =
  /(?:^|[\s(])(?:i\.e|e\.g|fig|figs|eq|eqs|eqn|resp|cf|vs|w\.r\.t|dim|approx|no|sec|ch|dr|mr|prof|ref|al|viz|incl|a\.k\.a|[A-Z])$/i;

/** Where a sentence may end: a full stop with what follows it, a display formula, a formula with a capital right behind it. */
const ENDS = /[.?!]{1,5}["')\]”’*]{0,5}(?=\s|$|[A-Z\uE000])|[。？！；]|\uE002|\uE000(?=[A-Z][a-z])|\n[ \t]*\n/g;

export function sentencesOf(flow: Flow, look: (formula: number) => FormulaLook | undefined): Sentence[] {
  const { text } = flow;
  const sentences: Sentence[] = [];
  let from = 0;
  const cut = (to: number): void => {
    if (text.slice(from, to).trim() !== '') sentences.push({ flow, from, to, text: text.slice(from, to) });
    from = to;
  };
  ENDS.lastIndex = 0;
  for (let m = ENDS.exec(text); m; m = ENDS.exec(text)) {
    const to = m.index + m[0].length;
    if (endsSentence(flow, m[0], m.index, to, look)) cut(to);
  }
  cut(text.length);
  return sentences;
}

function endsSentence(flow: Flow, end: string, at: number, to: number, look: (formula: number) => FormulaLook | undefined): boolean {
  const rest = flow.text.slice(to, to + 40).trimStart();
  if (end === DISPLAY) {
    const inline = pieceAt(flow, at)?.inline;
    const tex = inline?.kind === 'formula' ? (look(inline.formula)?.tex ?? '') : '';
    // "We could write … where W is m×n": what explains the formula's symbols supposes nothing.
    return /\.\s*(?:\\end\{[^}]*\}\s*)*$/.test(tex) || /^(?:[A-Z][a-z]|A\s|where\s)/.test(rest);
  }
  if (!end.startsWith('.')) return true;
  if (/^[a-z]/.test(rest)) return false;
  return !ABBREVIATIONS.test(flow.text.slice(Math.max(0, at - 12), at)) || rest === '';
}
