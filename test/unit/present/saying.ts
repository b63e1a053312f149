// What the tests of words share: a document analysed with its values, its messages, and the hover at a needle.
import { type Analysis, analyze, describeAt, diagnostics, evaluateValues, hoverAt } from '../../../server/language/index.js';

export function analyzed(text: string, path = 'notes.md'): Analysis {
  const steps = evaluateValues(
    analyze({ path, language: path.endsWith('.tex') ? 'latex' : 'markdown', notebook: false, cells: [text] }, {}),
  );
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The offset of the `occurrence`-th place where a text stands, `inside` characters further. */
export function offsetOf(analysis: Analysis, needle: string, occurrence = 1, inside = 0): number {
  let at = -1;
  for (let i = 0; i < occurrence; i++) at = analysis.text.indexOf(needle, at + 1);
  if (at < 0) throw new Error(`${needle} does not stand in the document`);
  return at + inside;
}

export const hover = (analysis: Analysis, needle: string, occurrence = 1, inside = 0): string =>
  describeAt(analysis, offsetOf(analysis, needle, occurrence, inside)) ?? 'nothing';

export const markdown = (analysis: Analysis, needle: string, theme: 'dark' | 'light' = 'dark'): string =>
  hoverAt(analysis, offsetOf(analysis, needle), theme)?.markdown ?? 'nothing';

/** `code: message`, in document order. */
export const messages = (analysis: Analysis): readonly string[] =>
  diagnostics(analysis).map((d) => `${d.severity} ${d.code}: ${d.message}`);
