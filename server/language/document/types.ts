// What a document is made of: formulas with exact ranges, prose around them, headings, tables, directives. Knows no mathematics.
import type { Span } from '../text.js';

export type DocumentKind = 'markdown' | 'latex';

/**
 * Maps offsets of a formula's TeX (escapes undone, quote prefixes and entities removed) to offsets of the document.
 * Without `starts` the map is a shift by `base`; with them, character i of the TeX stands at [starts[i], ends[i]).
 */
export interface OffsetMap {
  readonly base: number;
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

export interface Formula {
  /** Ascending in a document; `SourceDocument.numbered` leads to the formula. */
  readonly index: number;
  /** With delimiters. */
  readonly span: Span;
  /** Without delimiters. Of a bare environment: the same as `span`. */
  readonly content: Span;
  readonly display: boolean;
  /** What the syntax layer reads. A bare environment or an environment of LaTeX includes its \begin and \end. */
  readonly tex: string;
  readonly map: OffsetMap;
  /** Its backslashes were stripped in the document and are restored in `tex`. */
  readonly stripped?: boolean;
  /** Codes silenced by a comment before it; an empty list silences all. */
  readonly ignored?: readonly string[];
}

/**
 * A run inside prose. `text` of an inline text has the Markdown or LaTeX markup removed (emphasis signs, \emph{}, links' addresses).
 * Texts follow one another without a gap in meaning: a word may go on in the next item. Where `text` is as long as its span, each
 * character stands where it stands in the document; else the whole item stands for the whole span (an entity, `--`, <br>).
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'formula'; readonly formula: number; readonly span: Span }
  | { readonly kind: 'code'; readonly text: string; readonly span: Span };

/** In document order; `listItem` says in how many lists the paragraph lies, `numbered` that the innermost has numbers. A display formula stands as a prose item of its own paragraph where it interrupts a sentence. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly span: Span; readonly content: readonly Inline[] }
  | {
      readonly kind: 'prose';
      readonly span: Span;
      readonly content: readonly Inline[];
      readonly listItem?: number;
      readonly numbered?: boolean;
    }
  | {
      readonly kind: 'table';
      readonly span: Span;
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/** The YAML of a directive comment, a front matter or a configuration file, and where it stands. */
export interface DirectiveSource {
  readonly origin: 'comment' | 'front-matter';
  readonly span: Span;
  readonly yaml: string;
  readonly map: OffsetMap;
}

/** Text outside formulas in which macros may be defined (a LaTeX preamble, \newcommand between paragraphs, front matter macros as \newcommand text). */
export interface MacroSource {
  readonly tex: string;
  readonly at: number;
}

/** A file that the document includes by \input, \include, \usepackage or \RequirePackage, as written. */
export interface Inclusion {
  readonly path: string;
  readonly span: Span;
}

/** What stands in a stretch of a document, all in document order. */
export interface Stretch {
  readonly formulas: readonly Formula[];
  readonly blocks: readonly Block[];
  readonly directives: readonly DirectiveSource[];
  readonly macroSources: readonly MacroSource[];
  readonly inclusions: readonly Inclusion[];
}

/** One stretch in the place of another; everything else is the same objects. */
export interface DocumentChange {
  /** The version that it was made of. Not the document itself: versions do not hold one another. */
  readonly before: object;
  readonly removed: Stretch;
  readonly added: Stretch;
  /** How many formulas and blocks stand before it. */
  readonly formulas: number;
  readonly blocks: number;
  /** Where it begins and ends, in fixed offsets. */
  readonly span: Span;
}

export interface SourceDocument {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly formulas: readonly Formula[];
  readonly blocks: readonly Block[];
  readonly directives: readonly DirectiveSource[];
  readonly macroSources: readonly MacroSource[];
  readonly inclusions: readonly Inclusion[];
  /** Whether any formula's backslashes had been stripped. */
  readonly stripped: boolean;
  /**
   * All spans above, and all that is made of them, hold fixed offsets: those of a block stay when text before it changes.
   * From a fixed offset to the one in the text, and back. Within a block, fixed offsets count characters as the text does.
   */
  readonly actual: (offset: number) => number;
  readonly fixed: (offset: number) => number;
  /** One object for each version of a document that is read again. */
  readonly version?: object;
  /** How it differs from the document that it was before an edit, if only a stretch was read again. */
  readonly change?: DocumentChange;
  /** The position in `formulas` of the formula with an index. */
  readonly numbered: (index: number) => number;
}
