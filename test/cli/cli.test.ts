// The built command line as users run it: arguments, formats, exit status, and input that cannot be read.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFor } from '../server/client.js';

const wrong = 'Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.\n\n$$Y = W V$$\n';
const right = 'Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.\n\n$$Y = W V^T$$\n';

let program = '';
let folder = '';

beforeAll(async () => {
  program = join(await buildFor('cli'), 'cli.js');
  folder = mkdtempSync(join(tmpdir(), 'conformable-cli-'));
  const files: Readonly<Record<string, string | Buffer>> = {
    'wrong.md': wrong,
    'right.md': right,
    'docs/deep/wrong.tex': `% c\n${wrong}`,
    'docs/notes.ipynb': JSON.stringify({
      cells: [
        { cell_type: 'code', source: 'x' },
        { cell_type: 'markdown', source: [wrong] },
      ],
    }),
    'bad/unknown-loss.md': '<!-- conformable\nnetwork:\n  loss: hinge\n  layers: [2, 3, 2]\n-->\n',
    'docs/readme.txt': wrong,
    'ignored/wrong.md': wrong,
    'node_modules/wrong.md': wrong,
    '.gitignore': 'ignored/\n',
    'bad/binary.md': Buffer.from([36, 0, 36]),
    'bad/latin1.md': Buffer.from([0x24, 0xe9, 0x24]),
    'bad/broken.ipynb': '{ "cells": [',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, input, encoding: 'utf8' });
}

test('a document without findings ends with status 0', () => {
  const { status, stdout, stderr } = run(['check', 'right.md']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^0 errors, 0 warnings in 1 document /m);
});

test('a finding is told with its place, the line and a line under it', () => {
  const { status, stdout } = run(['check', 'wrong.md']);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^wrong\.md:3:7 error product-mismatch [\s\S]*2×3 ✗ 2×3/);
  expect(stdout).toContain(`\n    $$Y = W V$$\n    ${' '.repeat(6)}^^^\n`);
  expect(stdout).toMatch(/^1 error, 0 warnings in 1 document /m);
});

test('folders are searched for documents, without what git ignores', () => {
  const { status, stdout } = run(['check', 'docs', 'wrong.md', '--format', 'json']);
  expect(status).toBe(1);
  const { version, documents, summary } = JSON.parse(stdout);
  expect(version).toBe(1);
  expect(documents.map(({ path }: { path: string }) => path)).toEqual(['docs/deep/wrong.tex', 'docs/notes.ipynb', 'wrong.md']);
  expect(documents[1].diagnostics[0].range).toMatchObject({ cell: 1, start: { line: 2, character: 6 } });
  expect(summary).toMatchObject({ documents: 3, errors: 3 });
});

test('--stats counts what is in all documents, and in each', () => {
  const { stderr } = run(['check', 'docs', 'right.md', '--stats']);
  expect(stderr).toMatch(/^documents +3$/m);
  expect(stderr).toMatch(/^formulas +6$/m);
  expect(stderr).toMatch(/^equations +\d$/m);
  expect(stderr).toMatch(/^equations decided +\d \([\d.]+ %\)$/m);
  expect(stderr).toMatch(/^terms with a shape +\d+ \([\d.]+ %\)$/m);
  expect(stderr).toMatch(/^product-mismatch +2$/m);
  expect(stderr).toMatch(/^docs\/deep\/wrong\.tex: 2 formulas; \d equations, \d decided; \d+ terms, .*; 1 product-mismatch$/m);
});

test('without a path this folder is checked', () => {
  const { stdout } = run(['check', '--format=github']);
  expect(stdout).toContain('::error file=wrong.md,line=3,endLine=3,col=7,endColumn=10,title=product-mismatch::');
  expect(stdout).not.toContain('ignored');
  expect(stdout).not.toContain('node_modules');
});

test('globs are taken', () => {
  const paths = (glob: string): string[] =>
    JSON.parse(run(['check', '--format=json', glob]).stdout).documents.map(({ path }: { path: string }) => path);
  expect(paths('*.md')).toEqual(['right.md', 'wrong.md']);
  expect(paths('**/*.{tex,ipynb}')).toEqual(['docs/deep/wrong.tex', 'docs/notes.ipynb']);
  expect(run(['check', 'nothing-*.md'])).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing-*.md') });
});

test.each([
  ['bad/missing.md', 'there is no such file'],
  ['bad/binary.md', 'it is a binary file'],
  ['bad/latin1.md', 'it is not valid UTF-8'],
  ['bad/broken.ipynb', ''],
])('%s is named, status 2, and the others are checked', (path, reason) => {
  const { status, stdout, stderr } = run(['check', path, 'wrong.md']);
  expect(status).toBe(2);
  expect(stderr).toContain(`${path}: ${reason}`);
  expect(stdout).toContain('wrong.md:3:7 error product-mismatch');
});

test('standard input goes by the name it is given', () => {
  expect(run(['check', '-', '--stdin-filename', 'chapter.md'], wrong)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^chapter\.md:3:7 /),
  });
  expect(run(['check', '-'], right).status).toBe(0);
});

test('SARIF has a result with its place', () => {
  const { runs } = JSON.parse(run(['check', '--format', 'sarif', 'wrong.md']).stdout);
  expect(runs[0].results).toMatchObject([
    {
      ruleId: 'product-mismatch',
      level: 'error',
      locations: [{ physicalLocation: { region: { startLine: 3, startColumn: 7, endColumn: 10 } } }],
    },
  ]);
});

test('conformable.yaml is found upward, and --config stands for it', () => {
  writeFileSync(join(folder, 'off.yaml'), 'rules: { product-mismatch: off }\n');
  expect(run(['check', 'wrong.md', '--config', 'off.yaml']).status).toBe(0);
  writeFileSync(join(folder, 'docs', 'conformable.yaml'), 'rules: { product-mismatch: warning }\n');
  expect(run(['check', 'docs/deep']).status).toBe(0);
  expect(run(['check', 'docs/deep', '--max-warnings', '0']).status).toBe(1);
  expect(run(['check', 'wrong.md', '--config', 'missing.yaml']).status).toBe(2);
  rmSync(join(folder, 'docs', 'conformable.yaml'));
});

test('a shape is told by its place', () => {
  expect(run(['shapes', 'wrong.md:3:7'])).toMatchObject({ status: 0, stdout: expect.stringContaining('2×3') });
  expect(run(['shapes', 'docs/notes.ipynb:2:3:7']).stdout).toContain('2×3');
  expect(run(['shapes', 'wrong.md:99:1']).status).toBe(2);
  expect(run(['shapes', 'wrong.md:2:1']).status).toBe(1);
});

test.each([
  [[]],
  [['chek', 'x']],
  [['check', '--format', 'xml']],
  [['check', '--layout', 'sideways']],
  [['check', '--max-warnings', 'few']],
  [['check', '--nonsense']],
  [['eval']],
  [['eval', 'right.md']],
  [['eval', 'missing.md']],
  [['shapes', 'wrong.md']],
  [['shapes', 'wrong.md:0:1']],
])('%j is unusable', (args) => {
  const { status, stderr } = run(args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^conformable: /);
});

test('help and version are told', () => {
  expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit status') });
  expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run(['check', '--stats', 'right.md']).stderr).toMatch(/^documents +1$/m);
});

test('eval runs the network in spite of a mistake in the directive, and tells it', () => {
  const { status, stdout, stderr } = run(['eval', 'bad/unknown-loss.md']);
  expect(status).toBe(1);
  expect(stdout).toContain('Network 2-3-2');
  expect(stderr).toBe('conformable: bad/unknown-loss.md:3:9: hinge is no known loss. Use mse, cross-entropy or bce.\n');
});
