// A diagnostic has one name everywhere: its code, the file of its check, its page, its setting and its row in the README,
// with the same severity by default. The page's examples are run by documents.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Code, codes, type Severity } from '../../server/language/index.js';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((f) => f.endsWith(ending))
    .map((f) => basename(f, ending));

type Level = Severity | 'off';

/** As it is promised to users. */
const promised: Readonly<Record<Code, Level>> = {
  'product-mismatch': 'error',
  'sum-mismatch': 'error',
  'hadamard-mismatch': 'error',
  'equation-mismatch': 'error',
  'layout-order': 'error',
  'layout-mix': 'off',
  coincidence: 'hint',
  'broken-chain': 'error',
  'repeated-factor': 'error',
  'chain-ends': 'error',
  'annotation-mismatch': 'error',
  'function-argument': 'error',
  'conflicting-declaration': 'warning',
  'value-mismatch': 'warning',
  'tensor-factor': 'information',
  broadcast: 'information',
  'ambiguous-product': 'hint',
  'undeclared-symbol': 'off',
  'stripped-backslashes': 'hint',
  directive: 'error',
  'not-checked': 'information',
};

const settings: Readonly<Record<string, { readonly default: Level; readonly description: string; readonly enum: readonly Level[] }>> =
  JSON.parse(read('package.json')).contributes.configuration.properties['conformable.rules'].properties;

test('the codes are the ones promised', () => {
  expect([...codes].sort()).toEqual(Object.keys(promised).sort());
});

test('every code has its page and its setting, and every page and setting its code', () => {
  expect(namesIn('docs/diagnostics', '.md').filter((n) => n !== 'README')).toEqual([...codes].sort());
  expect(Object.keys(settings).sort()).toEqual([...codes].sort());
});

test('every file of a check has its code, and every code its file', () => {
  expect(namesIn('server/language/diagnostics/checks', '.ts')).toEqual([...codes].sort());
});

describe.each(codes)('%s', (code) => {
  const level = promised[code];
  const file = join(root, `server/language/diagnostics/checks/${code}.ts`);

  test('is what its file checks', async () => {
    const module = (await import(file)) as Record<string, { readonly code?: unknown; readonly severity?: unknown }>;
    const exported = Object.values(module).filter((e) => e.code !== undefined);
    expect(exported.map((e) => [e.code, e.severity])).toEqual([[code, level]]);
    const index = read('server/language/diagnostics/index.ts');
    for (const [name, value] of Object.entries(module))
      if (value.code === code) expect(index.split(name).length, `${name} is imported and used`).toBeGreaterThan(2);
  });

  test('has the promised severity in the settings, and a sentence that says what it is', () => {
    expect(settings[code]?.default).toBe(level);
    expect(settings[code]?.enum).toEqual(['error', 'warning', 'information', 'hint', 'off']);
    expect(settings[code]?.description).toMatch(/^[A-Z].*\.$/);
  });

  test('has the promised severity on its page', () => {
    const page = read(`docs/diagnostics/${code}.md`);
    const [title, , first = ''] = page.split(/\r?\n/);
    expect(title).toBe(`# ${code}`);
    if (level === 'off') expect(first).toMatch(/^(?:Error|Warning|Information|Hint), off by default\. /);
    else expect(first.toLowerCase()).toMatch(new RegExp(`^${level}\\b`));
    for (const part of ['## What it means', '## Wrong', '## Right', '## Silence it']) expect(page).toContain(`\n${part}\n`);
    expect(page, 'how to switch it off').toContain(`rules: { ${code}: off }`);
  });

  test('has a row in the README, with a link to its page', () => {
    const row = read('README.md')
      .split(/\r?\n/)
      .find((line) => line.startsWith(`| [\`${code}\`]`));
    expect(row ?? '').toContain(`](docs/diagnostics/${code}.md)`);
    expect(row ?? '').toMatch(new RegExp(level === 'off' ? '\\| (?:information|hint), off \\|' : `\\| ${level}\\b`));
  });
});
