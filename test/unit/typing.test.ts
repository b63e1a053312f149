// While somebody types, a formula is broken most of the time: at a prefix, and with any character missing, nothing crashes and its neighbours stand.
// What declares or defines tells its neighbours something else while it is typed; so the formulas here are claims about derivatives.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyze, type Input, type Span } from '../../server/language/index.js';

const folder = join(import.meta.dirname, '../documents/correct');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const claims = /\$\$?\s*\\(?:d?frac\{\\partial|nabla)/;
const files = readdirSync(folder).filter((f) => f.endsWith('.md') && claims.test(read(f)));

/** So many formulas of each document, and so many places in each. */
const formulasOfEach = 2;
const placesOfEach = 5;

const inputOf = (text: string): Input => ({ path: 'x.md', language: 'markdown', notebook: false, cells: [text] });

/** The errors before and behind a stretch. */
function errorsAround(analysis: Analysis, { start, end }: Span): number {
  return analysis.findings.filter((f) => f.severity === 'error' && (f.span.end <= start || f.span.start >= end)).length;
}

const spread = <T>(list: readonly T[], count: number): readonly T[] =>
  list.filter((_, i) => i % Math.max(1, Math.floor(list.length / count)) === 0).slice(0, count);

describe.each(files)('%s', (file) => {
  const text = read(file);
  const whole = analyze(inputOf(text), { values: false });
  const formulas = spread(
    whole.checked.document.formulas.filter((f) => /^\s*\\(?:d?frac\{\\partial|nabla)/.test(f.tex)),
    formulasOfEach,
  );

  const holds = (content: Span, shorter: string, what: string): void => {
    const edited = text.slice(0, content.start) + shorter + text.slice(content.end);
    const after = analyze(inputOf(edited), { values: false });
    const around = { start: content.start, end: content.start + shorter.length };
    expect(errorsAround(after, around), `${what}: ${shorter}`).toBe(errorsAround(whole, content));
  };

  test.each(formulas.map((f) => [f.tex, f] as const))('%s', (_, { content }) => {
    const written = text.slice(content.start, content.end);
    const places = spread([...written.split('').keys()], placesOfEach);
    for (const i of places) {
      holds(content, written.slice(0, i), 'prefix');
      holds(content, written.slice(0, i) + written.slice(i + 1), 'deletion');
    }
  });
});
