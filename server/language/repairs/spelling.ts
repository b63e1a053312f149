// Writes a repair into the document: each span at its place, and new text spelled as the document spells its TeX
// (escaped underscores, doubled backslashes, entities; no backslashes where they were stripped).
import { toDocumentSpan, writtenAt } from '../document/offsets.js';
import { restore } from '../document/stripped.js';
import type { Formula, SourceDocument } from '../document/types.js';
import { applyEdits, type Edit, type Span } from '../text.js';
import { editsOf, minimal, type Piece, type Rewrite } from './rewrite.js';

type Spelling = (text: string) => string;

/** The edits of the document; undefined where it cannot be written so that it is read as meant. */
export function documentEdits(document: SourceDocument, formula: Formula, rewrites: readonly Rewrite[]): readonly Edit[] | undefined {
  const spell = spellingOf(document, formula);
  const parts = rewrites.flatMap(minimal);
  const edits = parts.map(({ span, pieces }) => ({
    span: placed(formula, span),
    newText: pieces.map((p) => spelled(document, formula, p, spell)).join(''),
  }));
  return document.stripped && !isUnderstood(document, formula, rewrites, edits) ? undefined : edits;
}

/** An insertion stands directly behind what stands before it. */
function placed({ map, tex }: Formula, span: Span): Span {
  if (span.end > span.start || span.start === 0) return toDocumentSpan(map, span);
  const { end } = toDocumentSpan(map, { start: Math.min(span.start, tex.length) - 1, end: span.start });
  return { start: end, end };
}

function spelled(document: SourceDocument, formula: Formula, piece: Piece, spell: Spelling): string {
  if (typeof piece === 'string') return spell(piece);
  return writtenAt(document, toDocumentSpan(formula.map, piece));
}

const isLetter = (c: string | undefined): boolean => c !== undefined && /[A-Za-z]/.test(c);

/** A backslash before a letter is spelled otherwise than one before punctuation. */
const spellingKey = (text: string, i: number): string => (text[i] === '\\' && isLetter(text[i + 1]) ? '\\a' : (text[i] ?? ''));

const plainly: Spelling = (text) => text;

/** How the formula, or else the document's other formulas, spell each character. */
function spellingOf(document: SourceDocument, formula: Formula): Spelling {
  if (document.stripped) return (text) => text.replaceAll('\\', '');
  const own = learn(document, formula);
  const known =
    formula.tex.includes('\\') || document.formulas.every((f) => !f.map.starts)
      ? own
      : new Map([...document.formulas.slice(0, 50).flatMap((f) => [...learn(document, f)]), ...own]);
  if (known.size === 0) return plainly;
  return (text) => [...text].map((c, i) => known.get(spellingKey(text, i)) ?? c).join('');
}

function learn(document: SourceDocument, { tex, map }: Formula): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const { starts, ends } = map;
  if (!starts || !ends) return out;
  for (let i = 0; i < tex.length; i++) {
    const written = writtenAt(document, { start: starts[i] ?? 0, end: ends[i] ?? 0 });
    if (starts[i] === starts[i - 1] || starts[i] === starts[i + 1] || written === tex[i] || tex[i] === '\n') continue;
    out.set(spellingKey(tex, i), written);
  }
  return out;
}

/** Whether a stripped formula, once written, is restored to what was meant. */
function isUnderstood(document: SourceDocument, formula: Formula, rewrites: readonly Rewrite[], edits: readonly Edit[]): boolean {
  const { start, end } = formula.content;
  const moved = edits.map((e) => ({ span: { start: e.span.start - start, end: e.span.end - start }, newText: e.newText }));
  const raw = applyEdits(writtenAt(document, { start, end }), moved);
  const meant = applyEdits(formula.tex, editsOf(formula.tex, rewrites));
  const bare = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return bare(restore(raw).tex) === bare(meant);
}
