// A language client for tests: starts the built server on real standard streams and remembers what it publishes.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { build } from '../../esbuild.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds into a folder of the test's own; the answer is that folder. */
export async function buildFor(test: string): Promise<string> {
  const folder = join(root, 'test-artifacts', `dist-${test}`);
  await build(folder);
  return folder;
}

export interface Client {
  readonly connection: ProtocolConnection;
  readonly result: InitializeResult;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  /** The next diagnostics of a document that satisfy the condition, or those it has now. */
  diagnostics(uri: string, condition: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** What the server wrote to its log. */
  readonly log: readonly string[];
  readonly processId: number | undefined;
  stop(): Promise<number | null>;
}

export async function startClient(
  folder: string,
  params: Partial<InitializeParams> = {},
  [main = '', ...args]: readonly string[] = ['server/node.cjs'],
): Promise<Client> {
  const server = spawn(process.execPath, [join(folder, main), ...args, '--stdio']);
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const latest = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  const log: string[] = [];
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onNotification('textDocument/publishDiagnostics', (published: PublishDiagnosticsParams) => {
    latest.set(published.uri, published.diagnostics);
    for (const see of waiting) see(published);
  });
  connection.listen();
  const result = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
    ...params,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    result,
    log,
    processId: server.pid,
    open: (uri, text, languageId = 'markdown') =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    diagnostics(uri, condition) {
      const now = latest.get(uri);
      if (now && condition(now)) return Promise.resolve(now);
      return new Promise((resolve) => {
        const see = (published: PublishDiagnosticsParams): void => {
          if (published.uri !== uri || !condition(published.diagnostics)) return;
          waiting.delete(see);
          resolve(published.diagnostics);
        };
        waiting.add(see);
      });
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return ended;
    },
  };
}
