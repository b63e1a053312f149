// The pages of identities: nothing is reported on them, and every identity is verified by its value, but for the few named here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportFor } from '../harness/verify.js';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'identities');
const pages = readdirSync(folder).filter((f) => f.endsWith('.md'));

/** How many equations of a page have no value, besides its definitions, and why. */
const unchecked: Readonly<Record<string, number>> = {
  'graphs-and-adapters.md': 1, // a name for a value
  'networks.md': 2, // a condition; a size that the page leaves open
};

describe('identities', () => {
  test.each(pages)('%s', (page) => {
    const found = reportFor(page, 'markdown', readFileSync(join(folder, page), 'utf8'));
    const loud = found.diagnostics.filter((d) => d.severity === 'error' || d.severity === 'warning');
    expect(loud.map((d) => `line ${d.range.start.line + 1}: ${d.message}`)).toEqual([]);
    const claims = found.equations.filter((e) => e.members.length > 1 && !e.valueReason?.startsWith('defines '));
    expect(claims.filter((e) => e.value === 'refuted').map((e) => e.range.start.line + 1)).toEqual([]);
    const open = claims.filter((e) => e.value === 'unchecked').map((e) => `line ${e.range.start.line + 1}: ${e.valueReason}`);
    expect(open.length, open.join('\n')).toBe(unchecked[page] ?? 0);
    expect(claims.length).toBeGreaterThan(open.length);
  });
});
