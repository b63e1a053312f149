// Checks one document to the end and keeps what reporters need of it: plain data, so that it can come from a worker.
import {
  type Analysis,
  analyze,
  type Diagnostic,
  type DiagnosticReport,
  type DocumentReport,
  decided,
  diagnostics,
  evaluateValues,
  type Fix,
  type Input,
  lineIndex,
  type Range,
  report,
  type Settings,
  type Span,
  type Summary,
  summarize,
} from '../language/index.js';
import type { Reading } from './arguments.js';
import { isUnreadable, readDocument, reasonOf, settingsFor, type Unreadable } from './read.js';

export interface Result {
  readonly path: string;
  readonly summary: Summary;
  /** How many equations conform or do not. */
  readonly decided: number;
  readonly diagnostics: readonly DiagnosticReport[];
  /** The source line that each diagnostic begins in. */
  readonly lines: readonly string[];
  /** Only where the format asks for the whole report. */
  readonly report?: DocumentReport;
}

/** What is to be kept of each document. */
export interface Wanted extends Reading {
  readonly whole: boolean;
}

export async function checkFile(path: string, wanted: Wanted): Promise<Result | Unreadable> {
  const input = await readDocument(path);
  return isUnreadable(input) ? input : checkInput(path, input, wanted);
}

export function checkInput(path: string, input: Input, wanted: Wanted): Result | Unreadable {
  let settings: Settings;
  try {
    settings = settingsFor(path, wanted);
  } catch (error) {
    return { path, error: `its conformable.yaml: ${reasonOf(error)}` };
  }
  return toResult(path, finish(analyze(input, settings), wanted.values), wanted.whole);
}

/** The analysis with its values, if they are wanted. */
export function finish(analysis: Analysis, values: boolean): Analysis {
  if (!values) return analysis;
  const steps = evaluateValues(analysis);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function toResult(path: string, analysis: Analysis, whole: boolean): Result {
  const { cells, notebook } = analysis.input;
  const indices = new Map<number, ReturnType<typeof lineIndex>>();
  const rangeOf = (span: Span): Range => {
    const cell = Math.max(
      0,
      analysis.cellStarts.findLastIndex((start) => start <= span.start),
    );
    const base = analysis.cellStarts[cell] ?? 0;
    const index = indices.get(cell) ?? lineIndex(cells[cell] ?? '');
    indices.set(cell, index);
    return { start: index.positionAt(span.start - base), end: index.positionAt(span.end - base), ...(notebook ? { cell } : {}) };
  };
  const found = diagnostics(analysis);
  return {
    path,
    summary: summarize([analysis]),
    decided: decided(analysis),
    diagnostics: found.map((diagnostic) => toReport(diagnostic, rangeOf)),
    lines: found.map(({ span }) => lineAt(analysis.text, span.start)),
    ...(whole ? { report: report(analysis) } : {}),
  };
}

function toReport(diagnostic: Diagnostic, rangeOf: (span: Span) => Range): DiagnosticReport {
  const { code, severity, message, span, related, fixes } = diagnostic;
  const toFix = ({ title, verified, edits }: Fix): DiagnosticReport['fixes'][number] => ({
    title,
    verified,
    edits: edits.map((edit) => ({ range: rangeOf(edit.span), newText: edit.newText })),
  });
  return {
    code,
    severity,
    message,
    range: rangeOf(span),
    related: related.map((fact) => ({ range: rangeOf(fact.span), message: fact.message })),
    fixes: fixes.map(toFix),
  };
}

function lineAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const rest = text.slice(start, start + 100_000);
  return rest.slice(0, /[\r\n]|$/.exec(rest)?.index ?? rest.length);
}
