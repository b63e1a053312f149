// The first document that must work, whole and stripped, and the real derivations: read where they lie, skipped where they do not.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readNotebook, restorations, type SourceDocument } from '../../../server/language/document/index.js';
import { applyEdits } from '../../../server/language/text.js';
import { latex, read, texOf } from './reading.js';

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const seed = (name: string): SourceDocument => read(readFileSync(join(shared, 'seed', name), 'utf8'));

describe.skipIf(!existsSync(join(shared, 'seed')))('the seed', () => {
  it('has its formulas', () => {
    const { formulas, stripped } = seed('post.md');
    expect(stripped).toBe(false);
    expect(formulas).toHaveLength(37);
    expect(formulas[0]?.tex).toBe(' L = \\frac {1}{2} \\sum (y_{hat} - y_{true})^2');
    expect(formulas.some((f) => f.tex === '{a_2^{(2)}}^T')).toBe(true);
  });

  it('restores to the same TeX where it was stripped', () => {
    const whole = seed('post.md');
    const stripped = seed('post-stripped.md');
    const plain = (document: SourceDocument): string[] => texOf(document).map((tex) => tex.replace(/\s+/g, ''));
    expect(stripped.stripped).toBe(true);
    expect(plain(stripped)).toEqual(plain(whole));
    expect(applyEdits(stripped.text, restorations(stripped))).toBe(whole.text);
  });
});

const list = join(shared, 'corpus', 'documents.json');

interface Entry {
  readonly file: string;
  readonly format: string;
}

const entries: Entry[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];

describe.skipIf(entries.length === 0)('the corpus', () => {
  it.each(entries.map((e): [string, string] => [e.file, e.format]))('%s', (file, format) => {
    const source = readFileSync(join(shared, 'corpus', file), 'utf8');
    const notebook = format === 'ipynb' ? readNotebook(source) : undefined;
    const texts = notebook && 'cells' in notebook ? notebook.cells.filter((c) => c.kind === 'markdown').map((c) => c.source) : [source];
    const documents = texts.map((text) => (format === 'tex' ? latex(text) : read(text)));
    expect(documents.reduce((sum, d) => sum + d.formulas.length, 0)).toBeGreaterThan(9);
    expect(documents.some((d) => d.stripped)).toBe(false);
    for (const { formulas } of documents) for (const f of formulas) expect(f.tex.length).toBeLessThan(4000);
  });
});
