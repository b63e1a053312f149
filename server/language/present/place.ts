// Places of the document for people: lines, cells, and what is written there.
import type { Analysis } from '../model.js';
import { type LineIndex, lineIndex, type Span } from '../text.js';
import { plainTex, shorten } from './names.js';

export interface Place {
  /** As the analysis has it. */
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

/** A span of the analysis as it stands in the text. */
export const actualSpan = ({ checked: { document } }: Analysis, { start, end }: Span): Span => ({
  start: document.actual(start),
  end: document.actual(end),
});

/** What stands in the text at a span of the analysis. */
export function written(analysis: Analysis, span: Span): string {
  const { start, end } = actualSpan(analysis, span);
  return analysis.text.slice(start, end);
}

/** Undefined for what stands in no place of the document, as settings do. Lines are counted when they are asked for. */
export function placeOf(analysis: Analysis, at: Span | undefined): Place | undefined {
  if (!at || at.start < 0) return undefined;
  const span = actualSpan(analysis, at);
  const lineAt = (offset: number): number => indexOf(analysis).positionAt(offset).line;
  if (!analysis.input.notebook) {
    return {
      span: at,
      get line() {
        return lineAt(span.start) + 1;
      },
    };
  }
  let cell = 0;
  while (cell + 1 < analysis.cellStarts.length && (analysis.cellStarts[cell + 1] ?? 0) <= span.start) cell++;
  return { span: at, line: lineAt(span.start) - lineAt(analysis.cellStarts[cell] ?? 0) + 1, cell: cell + 1 };
}

export const placeText = (place: Place): string =>
  place.cell === undefined ? `line ${place.line}` : `cell ${place.cell}, line ${place.line}`;

/** What is written there, in quotation marks. */
export function quote(analysis: Analysis, span: Span, most = 60): string {
  const said = plainTex(written(analysis, span).replace(/\*\*|[`"]|<!--|-->|^%+/gm, ' '));
  return `“${shorten(said.replace(/[.,;:\s]+$/, ''), most)}”`;
}
