// Runs documents as tests: the examples of the documentation, the suites, and whole documents with assertions in their comments.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes } from '../../server/language/index.js';
import { readAssertions, readSuite } from '../harness/suite.js';
import { verify } from '../harness/verify.js';

const root = join(import.meta.dirname, '..', '..');

const filesIn = (folder: string, ending: RegExp): readonly string[] => {
  const path = join(root, folder);
  return existsSync(path)
    ? readdirSync(path)
        .filter((f) => ending.test(f))
        .sort()
        .map((f) => join(folder, f))
    : [];
};

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

for (const file of [
  ...filesIn('docs/diagnostics', /\.md$/),
  ...filesIn('test/documents/suites', /\.md$/),
  ...filesIn('test/documents/present', /\.md$/),
]) {
  describe(file, () => {
    for (const t of readSuite(read(file))) {
      const run = t.pending ? test.skip : test;
      run(`${t.name} (line ${t.line})`, () => {
        expect(verify(file, t.language, t.text).failures).toEqual([]);
      });
    }
  });
}

describe('whole documents', () => {
  for (const file of filesIn('test/documents/first', /\.(md|tex)$/)) {
    test(file, () => {
      const text = read(file);
      expect(readAssertions(text).length, 'it asserts something').toBeGreaterThan(0);
      expect(verify(file, file.endsWith('.tex') ? 'latex' : 'markdown', text).failures).toEqual([]);
    });
  }
});

describe('correct derivations, as people write them, say nothing', () => {
  for (const file of filesIn('test/documents/written', /\.(md|qmd|Rmd|tex)$/))
    test(file, () => {
      expect(verify(file, file.endsWith('.tex') ? 'latex' : 'markdown', read(file)).failures).toEqual([]);
    });
});

test('every code has its page, every page its code, and the page shows the code at work', () => {
  const pages = filesIn('docs/diagnostics', /\.md$/).map((f) => basename(f, '.md'));
  expect(pages.filter((p) => p !== 'README')).toEqual([...codes].sort());
  for (const code of codes) {
    const page = read(`docs/diagnostics/${code}.md`);
    expect(page.startsWith(`# ${code}\n`), code).toBe(true);
    const asserted = readSuite(page)
      .flatMap((t) => readAssertions(t.text))
      .map((a) => (a.expect.kind === 'finding' ? a.expect.code : ''));
    expect(asserted, code).toContain(code);
  }
});
