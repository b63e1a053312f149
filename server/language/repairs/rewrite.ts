// A repair of a formula's TeX as data: which spans are rewritten, and of what pieces of the old text and of new text.
// Knows nothing of documents; spelling.ts writes it in the document's own spelling.
import type { Edit, Span } from '../text.js';

/** A piece of the old TeX, or new text. */
export type Piece = Span | string;

export interface Rewrite {
  readonly span: Span;
  readonly pieces: readonly Piece[];
}

/** What may be offered: if it conforms after it was read again. */
export interface Proposal {
  readonly title: string;
  readonly rewrites: readonly Rewrite[];
  /** How far from what is written, and how little plausible: proposals come in this order. */
  readonly rank?: number;
}

const pieceText = (tex: string, piece: Piece): string => (typeof piece === 'string' ? piece : tex.slice(piece.start, piece.end));

export const textOf = (tex: string, pieces: readonly Piece[]): string => pieces.map((p) => pieceText(tex, p)).join('');

export const editsOf = (tex: string, rewrites: readonly Rewrite[]): readonly Edit[] =>
  rewrites.map((r) => ({ span: r.span, newText: textOf(tex, r.pieces) }));

/** Whether terms stand one after the other in the text: those of a macro's expansion all stand where the call stands. */
export const areApart = (spans: readonly Span[]): boolean =>
  spans.every((s, i) => s.end > s.start && (i === 0 || (spans[i - 1] as Span).end <= s.start));

/** Joins pieces of the old text that follow one another, and new text with new text. */
function joinPieces(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out[out.length - 1];
    if (typeof piece === 'string') {
      if (piece === '') continue;
      if (typeof last === 'string') out[out.length - 1] = last + piece;
      else out.push(piece);
    } else if (piece.end > piece.start) {
      if (last !== undefined && typeof last !== 'string' && last.end === piece.start)
        out[out.length - 1] = { start: last.start, end: piece.end };
      else out.push(piece);
    }
  }
  return out;
}

/** The same rewriting in the smallest parts: pieces that stay in their order stay where they are. */
export function minimal({ span, pieces }: Rewrite): readonly Rewrite[] {
  const joined = joinPieces(pieces);
  const kept = anchors(joined, span);
  const out: Rewrite[] = [];
  let from = span.start;
  let pending: Piece[] = [];
  const close = (to: number): void => {
    if (to > from || pending.length > 0) out.push({ span: { start: from, end: to }, pieces: pending });
    pending = [];
  };
  joined.forEach((piece, i) => {
    if (!kept.has(i) || typeof piece === 'string') {
      pending.push(piece);
      return;
    }
    close(piece.start);
    from = piece.end;
  });
  close(span.end);
  return out;
}

/** The pieces that stay: of all ways to keep some in their order, the one that keeps most of the text. */
function anchors(pieces: readonly Piece[], within: Span): ReadonlySet<number> {
  const best: { weight: number; before: number }[] = [];
  pieces.forEach((piece, i) => {
    best.push({ weight: -1, before: -1 });
    if (typeof piece === 'string' || piece.start < within.start || piece.end > within.end) return;
    let own = { weight: piece.end - piece.start, before: -1 };
    for (let k = 0; k < i; k++) {
      const other = pieces[k];
      const weight = (best[k]?.weight ?? -1) + piece.end - piece.start;
      if (
        other !== undefined &&
        typeof other !== 'string' &&
        (best[k]?.weight ?? -1) >= 0 &&
        other.end <= piece.start &&
        weight > own.weight
      )
        own = { weight, before: k };
    }
    best[i] = own;
  });
  const out = new Set<number>();
  let at = best.reduce((top, b, i) => (b.weight > (best[top]?.weight ?? -1) ? i : top), -1);
  for (; at >= 0 && (best[at]?.weight ?? -1) >= 0; at = best[at]?.before ?? -1) out.add(at);
  return out;
}
