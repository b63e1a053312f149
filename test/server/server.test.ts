// The built server over real standard streams: what a client may send it, well-formed or not.
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, Hover } from 'vscode-languageserver-protocol/node';
import type { AnalysisAnswer } from '../../server/lsp/protocol.js';
import { buildFor, type Client, startClient } from './client.js';

const wrong = 'Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.\n\n$$Y = W V$$\n';
const right = 'Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.\n\n$$Y = W V^T$$\n';
const product = { start: { line: 2, character: 6 }, end: { line: 2, character: 9 } };
const one = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 1;
const none = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 0;

let folder = '';
let client: Client;
let documents = 0;
const newUri = (): string => `file:///workspace/document-${++documents}.md`;

beforeAll(async () => {
  folder = await buildFor('server');
  client = await startClient(folder, { initializationOptions: { docs: 'file:///docs/diagnostics', theme: 'light' } });
});

afterAll(async () => expect(await client.stop()).toBe(0));

test('initialize names what the server can do', () => {
  expect(client.result.capabilities).toMatchObject({ hoverProvider: true, textDocumentSync: 2, codeLensProvider: {} });
});

describe('a document', () => {
  test('is checked when it is opened', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const [diagnostic] = await client.diagnostics(uri, one);
    expect(diagnostic).toMatchObject({ code: 'product-mismatch', severity: 1, source: 'conformable', range: product });
    expect(diagnostic?.codeDescription?.href).toBe('file:///docs/diagnostics/product-mismatch.md');
    expect(diagnostic?.message).toContain('2×3 ✗ 2×3');
  });

  test('is checked again when it changes, and falls silent when it is closed', async () => {
    const uri = newUri();
    await client.open(uri, right);
    expect(await client.diagnostics(uri, none)).toEqual([]);
    const end = { line: 2, character: 11 };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: product.end, end }, text: '' }],
    });
    await client.diagnostics(uri, one);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.diagnostics(uri, none);
  });

  test('has hovers, with links to its own lines', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', { textDocument: { uri }, position: product.start });
    const { value } = hover.contents as { value: string };
    expect(value).toContain('2×3');
    expect(value).toContain(`(${uri}#L1)`);
    expect(
      await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 0 } }),
    ).toBeNull();
  });

  test('has fixes whose result conforms, one of them preferred', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const diagnostics = await client.diagnostics(uri, one);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: product,
      context: { diagnostics },
    });
    const fixes = actions.filter((action) => action.kind === 'quickfix' && action.diagnostics?.[0]?.code === 'product-mismatch');
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.filter((fix) => fix.isPreferred)).toHaveLength(1);
    expect(fixes[0]?.edit?.changes?.[uri]?.length).toBeGreaterThan(0);
  });

  test('answers conformable/analysis with its report', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const answer = await client.connection.sendRequest<AnalysisAnswer>('conformable/analysis', { uri });
    expect(answer).toMatchObject({ version: 1, summary: { documents: 1, errors: 1 } });
    expect(answer.documents[0]?.diagnostics[0]).toMatchObject({ code: 'product-mismatch', range: product });
  });

  test('of another language is left alone', async () => {
    const uri = newUri();
    await client.open(uri, wrong, 'python');
    expect(await client.connection.sendRequest('conformable/analysis', { uri })).toBeNull();
  });

  test('beyond 5 MB is not checked, and says so', async () => {
    const uri = newUri();
    await client.open(uri, wrong.repeat(6e6 / wrong.length));
    expect((await client.diagnostics(uri, one))[0]).toMatchObject({ code: 'not-checked', severity: 3 });
    await client.change(uri, 2, wrong);
    expect((await client.diagnostics(uri, (found) => found[0]?.code === 'product-mismatch')).length).toBe(1);
  });

  test('publishes a thousand diagnostics at most', async () => {
    const uri = newUri();
    await client.open(uri, `Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.\n\n${'$$Y = W V$$\n\n'.repeat(1500)}`);
    expect(await client.diagnostics(uri, (found) => found.length > 0)).toHaveLength(1000);
  });
});

test('a notebook is one document, its diagnostics stand in its cells', async () => {
  const cell = (n: number): string => `vscode-notebook-cell:/workspace/notes.ipynb#W${n}`;
  const texts = ['Let $V, W \\in \\mathbb{R}^{2 \\times 3}$.', 'W = np.ones((2, 3))', '$$Y = W V$$'];
  const cells = texts.map((_, n) => ({ kind: n === 1 ? 2 : 1, document: cell(n) }));
  const notebook = { uri: 'file:///workspace/notes.ipynb', notebookType: 'jupyter-notebook', version: 1, cells };
  const cellTextDocuments = texts.map((text, n) => ({ uri: cell(n), languageId: n === 1 ? 'python' : 'markdown', version: 1, text }));
  await client.connection.sendNotification('notebookDocument/didOpen', { notebookDocument: notebook, cellTextDocuments });
  const [diagnostic] = await client.diagnostics(cell(2), one);
  expect(diagnostic).toMatchObject({ code: 'product-mismatch', range: { start: { line: 0, character: 6 } } });
  const answer = await client.connection.sendRequest<AnalysisAnswer>('conformable/analysis', { uri: notebook.uri });
  expect(answer.documents[0]?.diagnostics[0]?.range).toEqual({ ...diagnostic?.range, cell: 2 });
  await client.connection.sendNotification('notebookDocument/didClose', {
    notebookDocument: { uri: notebook.uri },
    cellTextDocuments: cells.map(({ document }) => ({ uri: document })),
  });
  await client.diagnostics(cell(2), none);
});

describe('settings', () => {
  test('change the severity of a rule', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    await client.diagnostics(uri, one);
    const set = (conformable: object) =>
      client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { conformable } });
    await set({ rules: { 'product-mismatch': 'warning', nonsense: 'error' } });
    await client.diagnostics(uri, (found) => found[0]?.severity === 2);
    await set({ rules: { 'product-mismatch': 'off' } });
    await client.diagnostics(uri, none);
    await set({});
    await client.diagnostics(uri, one);
  });

  test('come from conformable.yaml too', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    await client.diagnostics(uri, one);
    const config = { uri: 'file:///workspace/conformable.yaml' };
    const text = 'rules: { product-mismatch: off }\n';
    await client.connection.sendNotification('conformable/config', { ...config, text });
    await client.diagnostics(uri, none);
    await client.connection.sendNotification('conformable/config', { ...config, text: null });
    await client.diagnostics(uri, one);
  });
});

describe('bad input', () => {
  const position = { line: 0, character: 0 };

  test('requests for documents that are not open are answered empty', async () => {
    const textDocument = { uri: 'file:///nowhere.md' };
    expect(await client.connection.sendRequest('textDocument/hover', { textDocument, position })).toBeNull();
    const range = { start: position, end: position };
    expect(await client.connection.sendRequest('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } })).toEqual(
      [],
    );
    expect(await client.connection.sendRequest('textDocument/codeLens', { textDocument })).toEqual([]);
    expect(await client.connection.sendRequest('conformable/analysis', { uri: 'nonsense' })).toBeNull();
  });

  test('positions and edits out of range are brought into it', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const far = { line: 1e9, character: 1e9 };
    await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: far });
    await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: -1, character: -5 } });
    const change = { range: { start: { line: 1000, character: 0 }, end: far }, text: '\n$$Z = W V$$\n' };
    await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [change] });
    await client.diagnostics(uri, (found) => found.length === 2);
  });

  test.each([
    ['textDocument/hover', {}],
    ['textDocument/hover', null],
    ['textDocument/codeAction', { textDocument: { uri: 7 } }],
    ['textDocument/codeLens', []],
    ['conformable/analysis', { uri: { nested: true } }],
    ['no/such/method', {}],
  ])('a malformed %s request leaves the server alive', async (method, params) => {
    await client.connection.sendRequest(method, params).catch(() => undefined);
    const uri = newUri();
    await client.open(uri, wrong);
    await client.diagnostics(uri, one);
  });

  test.each([
    ['textDocument/didOpen', {}],
    ['textDocument/didChange', { textDocument: { uri: 'file:///nowhere.md', version: 3 }, contentChanges: [{ text: 'x' }] }],
    ['textDocument/didChange', { textDocument: { uri: 'file:///nowhere.md' }, contentChanges: 'x' }],
    ['textDocument/didClose', { textDocument: { uri: 'file:///nowhere.md' } }],
    ['notebookDocument/didChange', { notebookDocument: { uri: 'file:///nowhere.ipynb', version: 2 }, change: {} }],
    ['workspace/didChangeConfiguration', { settings: 'nonsense' }],
    ['workspace/didChangeWatchedFiles', {}],
    ['conformable/setTheme', null],
    ['conformable/config', { uri: 5 }],
  ])('a malformed %s notification leaves the server alive', async (method, params) => {
    await client.connection.sendNotification(method, params);
    const uri = newUri();
    await client.open(uri, wrong);
    await client.diagnostics(uri, one);
  });

  test('a cancelled request ends, and the next is answered', async () => {
    const uri = newUri();
    await client.open(uri, wrong);
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest('conformable/analysis', { uri }, source.token).catch(() => 'cancelled');
    source.cancel();
    await asked;
    expect(await client.connection.sendRequest('conformable/analysis', { uri })).not.toBeNull();
  });
});

test('the command line starts the same server', async () => {
  const other = await startClient(folder, {}, ['cli.js', 'lsp']);
  const uri = pathToFileURL('/workspace/other.md').href;
  await other.open(uri, wrong);
  expect((await other.diagnostics(uri, one))[0]?.codeDescription?.href).toMatch(/docs\/diagnostics\/product-mismatch\.md$/);
  expect(await other.stop()).toBe(0);
});
