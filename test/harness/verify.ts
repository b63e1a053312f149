// Holds a document's assertions against what the language core says of it. Uses the door only.
import { type Analysis, analyze, type DiagnosticReport, type DocumentReport, evaluateValues, report } from '../../server/language/index.js';
import { type Assertion, readAssertions } from './suite.js';

export interface Verified {
  /** What does not hold, one line each; empty if everything does. */
  readonly failures: readonly string[];
}

/** Analyses a document with its values. */
export function reportFor(path: string, language: 'markdown' | 'latex', text: string): DocumentReport {
  const steps = evaluateValues(analyze({ path, language, notebook: false, cells: [text] }, {}));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return report(step.value as Analysis);
}

/** Every assertion holds, and there are no errors and warnings besides. */
export function verify(path: string, language: 'markdown' | 'latex', text: string): Verified {
  const found = reportFor(path, language, text);
  const assertions = readAssertions(text);
  const lines = text.split(/\r?\n/);
  const asserted = new Set<DiagnosticReport>();
  const failures: string[] = [];
  for (const a of assertions) {
    const failure = shapeFailure(found, a) ?? valueFailure(found, a) ?? findingFailure(found, a, lines, asserted);
    if (failure) failures.push(`${a.text}\n    ${failure}`);
  }
  for (const d of found.diagnostics) {
    if ((d.severity === 'error' || d.severity === 'warning') && !asserted.has(d)) failures.push(`not asserted: ${describe(d)}`);
  }
  return { failures };
}

const place = ({ range }: { readonly range: DiagnosticReport['range'] }): string =>
  `${range.start.line + 1}:${range.start.character}–${range.end.line === range.start.line ? '' : `${range.end.line + 1}:`}${range.end.character}`;

const describe = (d: DiagnosticReport): string => `${d.severity}: ${d.code} at ${place(d)}: ${d.message.replace(/\n/g, ' / ')}`;

const shapeText = (shape: readonly string[] | null): string => (shape === null ? '?' : shape.length === 0 ? 'scalar' : shape.join('×'));

function shapeFailure(found: DocumentReport, a: Assertion): string | undefined {
  if (a.expect.kind !== 'shape') return undefined;
  const terms = found.equations.flatMap((e) => e.terms);
  const term = terms.find(
    ({ range: { start, end } }) => start.line === a.line && start.character === a.start && end.line === a.line && end.character === a.end,
  );
  if (!term) {
    const near = terms.filter(
      (t) => t.range.start.line === a.line && t.range.start.character <= a.start && t.range.end.character >= a.start,
    );
    return `no term stands at ${a.start}–${a.end}; there are ${near.map((t) => `${t.range.start.character}–${t.range.end.character} ${t.text}`).join(', ') || 'none'}`;
  }
  return shapeText(term.shape) === a.expect.shape ? undefined : `${term.text} is ${shapeText(term.shape)}`;
}

/** The value of the equation that holds the place; a refuted one has its warning. */
function valueFailure(found: DocumentReport, a: Assertion): string | undefined {
  if (a.expect.kind !== 'value') return undefined;
  const equation = found.equations.find(({ range: { start, end } }) => {
    const begins = start.line < a.line || (start.line === a.line && start.character <= a.start);
    return begins && (end.line > a.line || (end.line === a.line && end.character >= a.end));
  });
  const { value, says } = a.expect;
  if (equation?.value !== value) return `its value is ${equation?.value}: ${equation?.valueReason}`;
  return says !== undefined && !equation.valueReason?.includes(says) ? `the reason is ${JSON.stringify(equation.valueReason)}` : undefined;
}

/** A finding that goes on below its line is underlined to the line's end. */
function findingFailure(
  found: DocumentReport,
  a: Assertion,
  lines: readonly string[],
  asserted: Set<DiagnosticReport>,
): string | undefined {
  if (a.expect.kind !== 'finding') return undefined;
  const { code, severity, says } = a.expect;
  const same = found.diagnostics.filter((d) => d.code === code);
  const endOf = (d: DiagnosticReport): number =>
    d.range.end.line === d.range.start.line ? d.range.end.character : (lines[a.line] ?? '').length;
  const hit = same.find(
    (d) => d.range.start.line === a.line && d.range.start.character === a.start && endOf(d) === a.end && !asserted.has(d),
  );
  if (!hit)
    return same.length > 0
      ? `it is elsewhere: ${same.map(describe).join('; ')}`
      : `it is not reported; what is: ${found.diagnostics.map(describe).join('; ') || 'nothing'}`;
  asserted.add(hit);
  if (hit.severity !== severity) return `its severity is ${hit.severity}`;
  return says !== undefined && !hit.message.includes(says) ? `it says ${JSON.stringify(hit.message)}` : undefined;
}
