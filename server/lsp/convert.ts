// Makes LSP values of what the language core says, and offsets of LSP positions. The only file that does.
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  DiagnosticSeverity,
  type Hover,
  type Location,
  type Diagnostic as LspDiagnostic,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { Analysis, Diagnostic, Edit, Severity, Span } from '../language/index.js';
import { describeAt, diagnostics, fixesAt, hoverAt, lenses } from '../language/index.js';
import type { Theme } from './protocol.js';
import { type Current, sizeLimit } from './session.js';
import type { Source } from './source.js';

/** The most that is published for one document, errors first. */
const diagnosticsLimit = 1000;

/** A document whose analysis is there. */
export interface Analyzed extends Current {
  readonly analysis: Analysis;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The diagnostics of each text of a document: of itself, or of a notebook's cells, also of those that have none. */
export function toDiagnostics(current: Current, docs: string | undefined): ReadonlyMap<string, LspDiagnostic[]> {
  const published = new Map<string, LspDiagnostic[]>();
  for (const cell of current.source.cells) if (cell.document) published.set(cell.uri, []);
  if (current.tooLarge) published.get(current.source.cells.find((cell) => cell.document)?.uri ?? '')?.push(tooLarge(docs));
  const { analysis } = current;
  if (!analysis) return published;
  const found = [...diagnostics(analysis, diagnosticsLimit)].sort((a, b) => severities[a.severity] - severities[b.severity]);
  for (const diagnostic of found) {
    const { uri, range } = toLocation({ ...current, analysis }, diagnostic.span);
    published.get(uri)?.push(toDiagnostic({ ...current, analysis }, diagnostic, range, docs));
  }
  return published;
}

export function toHover(current: Analyzed, uri: string, position: Position, theme: Theme, markdown: boolean): Hover | null {
  const offset = offsetOf(current, uri, position);
  const hover = offset === undefined ? undefined : hoverAt(current.analysis, offset, theme);
  if (offset === undefined || !hover) return null;
  const contents = markdown
    ? { kind: MarkupKind.Markdown, value: withPlaces(current, hover.markdown) }
    : { kind: MarkupKind.PlainText, value: describeAt(current.analysis, offset) ?? '' };
  return { contents, range: toLocation(current, hover.span).range };
}

/** Verified fixes first; for each diagnostic the first fix is the preferred one. */
export function toCodeActions(current: Analyzed, uri: string, range: Range, reported: readonly LspDiagnostic[]): CodeAction[] {
  const start = offsetOf(current, uri, range.start);
  const end = offsetOf(current, uri, range.end);
  if (start === undefined || end === undefined) return [];
  const fixes = [...fixesAt(current.analysis, { start, end })].sort((a, b) => Number(b.verified) - Number(a.verified));
  const preferred = new Set<string>();
  return fixes.map((fix) => {
    const span = fix.diagnostic && toLocation(current, fix.diagnostic.span).range;
    const settles = reported.filter((one) => span && one.code === fix.diagnostic?.code && sameRange(one.range, span));
    const key = fix.diagnostic ? `${fix.diagnostic.code} ${fix.diagnostic.span.start} ${fix.diagnostic.span.end}` : undefined;
    const isPreferred = fix.kind === 'quickfix' && key !== undefined && !preferred.has(key);
    if (isPreferred) preferred.add(key);
    return {
      title: fix.verified ? `${fix.title} (verified)` : fix.title,
      kind: fix.kind === 'quickfix' ? CodeActionKind.QuickFix : CodeActionKind.Refactor,
      ...(settles.length > 0 ? { diagnostics: settles } : {}),
      ...(isPreferred ? { isPreferred } : {}),
      edit: { changes: toChanges(current, fix.edits) },
    };
  });
}

export function toLenses(current: Analyzed, uri: string): CodeLens[] {
  return lenses(current.analysis).flatMap((lens) => {
    const location = toLocation(current, lens.span);
    return location.uri === uri ? [{ range: location.range, command: { title: lens.title, command: '' } }] : [];
  });
}

/** The offset of a place in the text of the whole document; undefined where the text is not part of it. */
function offsetOf({ source, analysis }: Analyzed, uri: string, position: Position): number | undefined {
  const index = source.cells.findIndex((cell) => cell.uri === uri);
  const document = source.cells[index]?.document;
  return document && (analysis.cellStarts[index] ?? 0) + document.offsetAt(position);
}

function toDiagnostic(current: Analyzed, diagnostic: Diagnostic, range: Range, docs: string | undefined): LspDiagnostic {
  const { code, message, severity, related } = diagnostic;
  return {
    range,
    message,
    severity: severities[severity],
    source: 'conformable',
    code,
    ...(docs === undefined ? {} : { codeDescription: { href: pageOf(docs, code) } }),
    relatedInformation: related.map((fact) => ({ message: fact.message, location: toLocation(current, fact.span) })),
  };
}

function tooLarge(docs: string | undefined): LspDiagnostic {
  const start = { line: 0, character: 0 };
  const megabytes = sizeLimit / 1024 / 1024;
  return {
    range: { start, end: { line: 0, character: 1 } },
    message: `Nothing in this document is checked: it is larger than ${megabytes} MB. \`conformable check\` on the command line takes it.`,
    severity: DiagnosticSeverity.Information,
    source: 'conformable',
    code: 'not-checked',
    ...(docs === undefined ? {} : { codeDescription: { href: pageOf(docs, 'not-checked') } }),
  };
}

const pageOf = (docs: string, code: string): string => `${docs.replace(/\/$/, '')}/${code}.md`;

/** A span lies in one cell: where it reaches beyond, it is cut at the cell's end. */
function toLocation({ source, analysis }: Analyzed, span: Span): Location {
  const index = cellAt(analysis.cellStarts, span.start);
  const base = analysis.cellStarts[index] ?? 0;
  const cell = source.cells[index];
  const place = (offset: number): Position => cell?.document?.positionAt(offset - base) ?? { line: 0, character: 0 };
  return { uri: cell?.uri ?? source.uri, range: { start: place(span.start), end: place(span.end) } };
}

function cellAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function toChanges(current: Analyzed, edits: readonly Edit[]): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, newText } of edits) {
    const { uri, range } = toLocation(current, span);
    changes[uri] = [...(changes[uri] ?? []), { range, newText }];
  }
  return changes;
}

/** Links to lines of this document (`#L3`, counted from 1) become addresses, which every client can open. */
function withPlaces({ source }: Current, markdown: string): string {
  return source.notebook ? markdown : markdown.replace(/\]\(#L(\d+)\)/g, (_, line: string) => `](${linkTarget(source)}#L${line})`);
}

const linkTarget = (source: Source): string => source.uri.replace(/\(/g, '%28').replace(/\)/g, '%29');

const sameRange = (a: Range, b: Range): boolean => samePosition(a.start, b.start) && samePosition(a.end, b.end);

const samePosition = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;
