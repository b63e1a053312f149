// Places of the document for people: lines, cells, and what is written there.
import type { Analysis } from '../model.js';
import { type LineIndex, lineIndex, type Span } from '../text.js';
import { plainTex, shorten } from './names.js';

export interface Place {
  readonly span: Span;
  /** From 1. In a notebook, of the cell. */
  readonly line: number;
  /** From 1, in a notebook only. */
  readonly cell?: number;
}

const indices = new WeakMap<Analysis, LineIndex>();

function indexOf(analysis: Analysis): LineIndex {
  let index = indices.get(analysis);
  if (!index) {
    index = lineIndex(analysis.text);
    indices.set(analysis, index);
  }
  return index;
}

/** Undefined for what stands in no place of the document, as settings do. Lines are counted when they are asked for. */
export function placeOf(analysis: Analysis, span: Span | undefined): Place | undefined {
  if (!span || span.start < 0) return undefined;
  const lineAt = (offset: number): number => indexOf(analysis).positionAt(offset).line;
  if (!analysis.input.notebook) {
    return {
      span,
      get line() {
        return lineAt(span.start) + 1;
      },
    };
  }
  let cell = 0;
  while (cell + 1 < analysis.cellStarts.length && (analysis.cellStarts[cell + 1] ?? 0) <= span.start) cell++;
  return { span, line: lineAt(span.start) - lineAt(analysis.cellStarts[cell] ?? 0) + 1, cell: cell + 1 };
}

export const placeText = (place: Place): string =>
  place.cell === undefined ? `line ${place.line}` : `cell ${place.cell}, line ${place.line}`;

/** What is written there, in quotation marks. */
export function quote(analysis: Analysis, span: Span, most = 60): string {
  const written = plainTex(analysis.text.slice(span.start, span.end).replace(/\*\*|[`"]|<!--|-->|^%+/gm, ' '));
  return `“${shorten(written.replace(/[.,;:\s]+$/, ''), most)}”`;
}
