// Reads Markdown suites: a heading is a test's name, the prose says why, fenced blocks are documents, comments in them assert.
// A comment speaks of the line above it, at the columns of its carets: `% ^^^ 3×2`, `% ^^^ error: product-mismatch`;
// in a directive `# ^^^ …`, beneath a line of Markdown `<!-- ^^^ … -->`.

export interface SuiteTest {
  readonly name: string;
  readonly language: 'markdown' | 'latex';
  readonly text: string;
  /** Line of the block's first line in the suite, from 1. */
  readonly line: number;
  /** Not yet expected to hold: ```markdown pending. */
  readonly pending: boolean;
}

export interface Assertion {
  /** Of the line that is spoken of, from 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly expect:
    | { readonly kind: 'shape'; readonly shape: string }
    | { readonly kind: 'value'; readonly value: string; readonly says: string | undefined }
    | { readonly kind: 'finding'; readonly severity: string; readonly code: string; readonly says: string | undefined };
  /** As it stands there. */
  readonly text: string;
}

const opening = /^(`{3,}|~{3,})\s*(markdown|latex)\b(.*)$/;

/** The documents of a suite; several under one heading are numbered. */
export function readSuite(markdown: string): readonly SuiteTest[] {
  const lines = markdown.split(/\r?\n/);
  const tests: SuiteTest[] = [];
  let heading = '';
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const title = /^#+\s+(.*)$/.exec(line);
    if (title?.[1]) heading = title[1];
    const fence = opening.exec(line);
    if (!fence?.[1]) continue;
    const end = closing(lines, i + 1, fence[1]);
    const count = tests.filter((t) => t.name === heading || t.name.startsWith(`${heading} (`)).length;
    const name = count > 0 ? `${heading} (${count + 1})` : heading;
    tests.push({
      name,
      language: fence[2] as SuiteTest['language'],
      text: `${lines.slice(i + 1, end).join('\n')}\n`,
      line: i + 2,
      pending: /\bpending\b/.test(fence[3] ?? ''),
    });
    i = end;
  }
  return tests;
}

function closing(lines: readonly string[], from: number, fence: string): number {
  const end = new RegExp(`^\\s{0,3}${fence[0]}{${fence.length},}\\s*$`);
  for (let i = from; i < lines.length; i++) if (end.test(lines[i] ?? '')) return i;
  return lines.length;
}

const inFormula = /^\s*[%#]\s*(\^+)\s+(.+?)\s*$/;
const inMarkdown = /^\s*<!--\s*(\^+)\s+(.+?)\s*-->\s*$/;
const value = /^value: (verified|refuted|unchecked)(?:\s+"(.*)")?$/;
const finding = /^(error|warning|information|hint): ([a-z-]+)(?:\s+"(.*)")?$/;

/** The assertions of a document, in order. */
export function readAssertions(text: string): readonly Assertion[] {
  const out: Assertion[] = [];
  let spokenOf = 0;
  text.split(/\r?\n/).forEach((line, i) => {
    const found = inFormula.exec(line) ?? inMarkdown.exec(line);
    if (!found?.[1] || !found[2]) {
      spokenOf = i;
      return;
    }
    const start = line.indexOf('^');
    const told = finding.exec(found[2]);
    const valued = value.exec(found[2]);
    const expect =
      told?.[1] && told[2]
        ? { kind: 'finding' as const, severity: told[1], code: told[2], says: told[3] }
        : valued?.[1]
          ? { kind: 'value' as const, value: valued[1], says: valued[2] }
          : { kind: 'shape' as const, shape: found[2] };
    out.push({ line: spokenOf, start, end: start + found[1].length, expect, text: `line ${spokenOf + 1}: ${line.trim()}` });
  });
  return out;
}
