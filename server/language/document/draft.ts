// A document while it is being read: what readers add to, in document order. Turns contents into formulas, comments into
// directives, and hands out the finished SourceDocument.
import type { Span } from '../text.js';
import { isStripped, restoreFormulas } from './stripped.js';
import { readTex, type TexOptions } from './tex.js';
import type { Block, DirectiveSource, DocumentKind, Formula, Inclusion, MacroSource, OffsetMap, SourceDocument } from './types.js';

export interface Draft {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly formulas: Formula[];
  readonly blocks: Block[];
  readonly directives: DirectiveSource[];
  readonly macroSources: MacroSource[];
  readonly inclusions: Inclusion[];
  /** Codes that a comment silences in the formula to come. */
  ignored: readonly string[] | undefined;
  /** How many macro definitions began and never ended. */
  vain: number;
}

export function newDraft(kind: DocumentKind, text: string): Draft {
  return { kind, text, formulas: [], blocks: [], directives: [], macroSources: [], inclusions: [], ignored: undefined, vain: 0 };
}

/** How much a draft holds of everything. */
export type Counts = Readonly<Record<'formulas' | 'blocks' | 'directives' | 'macroSources' | 'inclusions', number>>;

export const countsOf = (draft: Draft): Counts => ({
  formulas: draft.formulas.length,
  blocks: draft.blocks.length,
  directives: draft.directives.length,
  macroSources: draft.macroSources.length,
  inclusions: draft.inclusions.length,
});

/** Whether what was read has no bearing on how the rest is read. */
export const isSettled = (draft: Draft): boolean => draft.ignored === undefined && draft.vain === 0;

export interface FormulaPlace {
  readonly options: TexOptions;
  readonly span: Span;
  readonly content: Span;
  readonly display: boolean;
  /** The content with quote marks blanked out, where there are any. */
  readonly raw?: string;
}

export const PLAIN: TexOptions = { nested: false, cell: false, doubled: false };

/** Adds a formula and answers its number. */
export function addFormula(draft: Draft, place: FormulaPlace): number {
  const { span, content, display, options } = place;
  const raw = place.raw ?? draft.text.slice(content.start, content.end);
  const { tex, map } = draft.kind === 'latex' ? { tex: raw, map: { base: content.start } } : readTex(raw, content.start, options);
  const index = draft.formulas.length;
  const formula: Formula = { index, span, content, display, tex, map };
  draft.formulas.push(draft.ignored ? { ...formula, ignored: draft.ignored } : formula);
  draft.ignored = undefined;
  return index;
}

const DIRECTIVE = /^\s*conformable(-ignore)?(?![\w-])[ \t]*:?/;

/**
 * Takes what a comment says to Conformable: the YAML of a directive, or the codes that the next formula ignores. `body` is
 * the comment without its signs; `map` leads from it to the document.
 */
export function addComment(draft: Draft, span: Span, body: string, map: OffsetMap): void {
  const match = DIRECTIVE.exec(body);
  if (!match) return;
  if (match[1])
    draft.ignored = body
      .slice(match[0].length)
      .split(/[\s,]+/)
      .filter((code) => code !== '');
  else {
    // What stands on the directive's own line begins at column 0, so that further keys can stand below it.
    const rest = body.slice(match[0].length);
    const skipped = match[0].length + (/^[ \t]+(?=[^\s])/.exec(rest)?.[0].length ?? 0);
    draft.directives.push({ origin: 'comment', span, yaml: body.slice(skipped), map: dropStart(map, skipped) });
  }
}

function dropStart(map: OffsetMap, count: number): OffsetMap {
  const { base, starts, ends } = map;
  if (!starts || !ends) return { base: base + count };
  return { base: starts[count] ?? base, starts: starts.slice(count), ends: ends.slice(count) };
}

/** Offsets of a document that is read once are those of its text. */
export const standing = {
  actual: (offset: number): number => offset,
  fixed: (offset: number): number => offset,
  numbered: (index: number): number => index,
};

export function finish(draft: Draft): SourceDocument {
  const { kind, text, blocks, directives, macroSources, inclusions } = draft;
  const stripped = isStripped(draft.formulas);
  const formulas = stripped ? restoreFormulas(draft.formulas) : draft.formulas;
  return { kind, text, formulas, blocks, directives, macroSources, inclusions, stripped, ...standing };
}
