// The shape of what is told about a document: the JSON of `conformable check --format json` and of `conformable/analysis`,
// and the data of hovers, fixes and lenses. Types only.
import type { Layout } from './term.js';
import type { Edit, Position, Span } from './text.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export const codes = [
  'function-argument',
  'repeated-factor',
  'broken-chain',
  'chain-ends',
  'layout-order',
  'product-mismatch',
  'hadamard-mismatch',
  'sum-mismatch',
  'annotation-mismatch',
  'equation-mismatch',
  'layout-mix',
  'coincidence',
  'conflicting-declaration',
  'value-mismatch',
  'tensor-factor',
  'broadcast',
  'ambiguous-product',
  'undeclared-symbol',
  'stripped-backslashes',
  'directive',
  'not-checked',
] as const;
export type Code = (typeof codes)[number];

export type Verdict = 'verified' | 'refuted' | 'unchecked';

/** In a notebook `cell` is the number of the cell among all cells, and the positions are in its source. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
  readonly cell?: number;
}

export interface DocumentReport {
  readonly path: string;
  readonly layout: { readonly name: Layout; readonly from: 'declared' | 'inferred' | 'default' };
  readonly symbols: readonly SymbolReport[];
  readonly equations: readonly EquationReport[];
  readonly diagnostics: readonly DiagnosticReport[];
}

export interface SymbolReport {
  readonly name: string;
  readonly shape: readonly string[] | null;
  readonly from: 'directive' | 'declaration' | 'prose' | 'network' | 'definition' | 'use';
  readonly range: Range;
}

export interface EquationReport {
  readonly range: Range;
  readonly layout: Layout;
  readonly conforms: boolean | null;
  readonly value: Verdict;
  readonly valueReason: string | null;
  readonly members: readonly {
    readonly range: Range;
    readonly shape: readonly string[] | null;
    readonly conforms: boolean | null;
    readonly value: Verdict;
  }[];
  readonly terms: readonly {
    readonly range: Range;
    readonly text: string;
    readonly shape: readonly string[] | null;
    readonly kind: string;
  }[];
}

export interface DiagnosticReport {
  readonly code: Code;
  readonly severity: Severity;
  readonly range: Range;
  readonly message: string;
  readonly related: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly verified: boolean;
    readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  }[];
}

export interface Summary {
  readonly documents: number;
  readonly formulas: number;
  readonly equations: number;
  readonly terms: number;
  readonly termsWithShape: number;
  readonly errors: number;
  readonly warnings: number;
  readonly verified: number;
  readonly refuted: number;
}

/** The same in offsets of the whole text, for the editor. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  /** The value of the result agrees with the true derivative. */
  readonly verified: boolean;
  readonly edits: readonly Edit[];
}

/** Markdown as VS Code renders it in hovers: SVG pictures as data: images, links to places as `#L<line>` of the same document. */
export interface HoverReport {
  readonly span: Span;
  readonly markdown: string;
}

export interface LensReport {
  readonly span: Span;
  readonly title: string;
}
