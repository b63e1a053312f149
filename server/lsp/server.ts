// The language server: which message is answered by what. Every handler runs in the guard and is a few lines long.
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  type NotebookDocument,
  NotebookDocuments,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { layoutOf, report, summarize } from '../language/index.js';
import { type Analyzed, toCodeActions, toDiagnostics, toHover, toLenses } from './convert.js';
import { createFiles } from './files.js';
import { attempt, guarded } from './guard.js';
import {
  type AnalysisAnswer,
  analysisRequest,
  configNotification,
  type InitializationOptions,
  setThemeNotification,
  statusNotification,
  type Theme,
} from './protocol.js';
import type { Runtime } from './runtime.js';
import { type Current, createSession } from './session.js';
import { readSettings } from './settings.js';
import { type Source, sourceOfDocument, sourceOfNotebook, versionOf } from './source.js';

const configName = '/conformable.yaml';

export function startServer(connection: Connection, runtime: Runtime): void {
  const log = (message: string): void => connection.console.error(message);
  const documents = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(TextDocument);
  const files = createFiles(runtime, (uri) => documents.get(uri)?.getText());
  const session = createSession(runtime, { settingsFor: (source) => files.settingsFor(source, settings), publish, settled, log });
  let settings = readSettings(undefined);
  let options: InitializationOptions = {};
  let client: InitializeParams['capabilities'] = {};
  let theme: Theme = 'dark';

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities ?? {};
    options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    theme = options.theme ?? theme;
    settings = readSettings(options.settings);
    attempt(log, 'folders', undefined, () => files.setFolders(foldersOf(params), options.sendsConfig !== true));
    return { capabilities, serverInfo: { name: 'conformable' } };
  });

  connection.onInitialized(
    guarded(log, 'initialized', undefined, async () => {
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'conformable' });
      if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration)
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: '**/conformable.yaml' }, { globPattern: '**/*.{tex,sty}' }],
        });
      if (client.workspace?.configuration) await pullSettings();
    }),
  );

  documents.onDidChangeContent(guarded(log, 'didChange', undefined, ({ document }) => changed(document.uri, sourceOfDocument(document))));
  documents.onDidClose(guarded(log, 'didClose', undefined, ({ document }) => closed(document.uri, [document.uri])));
  notebooks.onDidOpen(guarded(log, 'notebook', undefined, (notebook) => changed(notebook.uri, notebookSource(notebook))));
  notebooks.onDidChange(
    guarded(log, 'notebook', undefined, ({ notebookDocument, cells }) => {
      for (const cell of cells?.removed ?? []) clear(cell.document);
      changed(notebookDocument.uri, notebookSource(notebookDocument));
    }),
  );
  notebooks.onDidClose(
    guarded(log, 'notebook', undefined, (notebook) =>
      closed(
        notebook.uri,
        notebook.cells.map((cell) => cell.document),
      ),
    ),
  );

  connection.onHover(
    guarded(log, 'hover', null, ({ textDocument: { uri }, position }) => {
      const markdown = client.textDocument?.hover?.contentFormat?.includes('markdown') ?? false;
      return withAnalysis(uri, null, (current) => toHover(current, uri, position, theme, markdown));
    }),
  );
  connection.onCodeAction(
    guarded(log, 'codeAction', [], ({ textDocument: { uri }, range, context }) =>
      withAnalysis(uri, [], (current) => toCodeActions(current, uri, range, context.diagnostics)),
    ),
  );
  connection.onCodeLens(
    guarded(log, 'codeLens', [], ({ textDocument: { uri } }) => withAnalysis(uri, [], (current) => toLenses(current, uri))),
  );
  connection.onRequest(
    analysisRequest,
    guarded(log, 'analysis', null, async ({ uri }) => toAnswer(await session.withValues(uri))),
  );
  connection.onNotification(
    setThemeNotification,
    guarded(log, 'setTheme', undefined, (params) => {
      theme = params.theme === 'light' ? 'light' : 'dark';
    }),
  );
  connection.onNotification(
    configNotification,
    guarded(log, 'config', undefined, ({ uri, text }) => {
      files.setConfig(String(uri), typeof text === 'string' ? text : null);
      session.refresh();
    }),
  );
  connection.onDidChangeConfiguration(
    guarded(log, 'configuration', undefined, async (params) => {
      if (client.workspace?.configuration) return pullSettings();
      settings = readSettings((params.settings as { conformable?: unknown } | undefined)?.conformable);
      session.refresh();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded(log, 'watched files', undefined, ({ changes }) => {
      for (const { uri } of changes) {
        if (!uri.endsWith(configName)) session.refresh((source) => files.reads(source, uri));
        else if (options.sendsConfig !== true) files.setConfig(uri, runtime.readFile?.(uri) ?? null);
      }
      if (changes.some(({ uri }) => uri.endsWith(configName))) session.refresh();
    }),
  );

  documents.listen(connection);
  notebooks.listen(connection);
  connection.listen();

  async function pullSettings(): Promise<void> {
    settings = readSettings(await connection.workspace.getConfiguration('conformable'));
    session.refresh();
  }

  function changed(uri: string, source: Source | undefined): void {
    if (source) session.update(source);
    session.refresh((other) => other.uri !== uri && files.reads(other, uri));
  }

  function closed(uri: string, texts: readonly string[]): void {
    session.close(uri);
    texts.forEach(clear);
  }

  function clear(uri: string): void {
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  function publish(current: Current): void {
    const version = versionOf(current.source);
    for (const [uri, diagnostics] of toDiagnostics(current, options.docs ?? runtime.docs))
      void connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }

  function settled({ source, analysis }: Current, values: boolean): void {
    if (!analysis) return;
    void connection.sendNotification(statusNotification, {
      uri: source.uri,
      layout: layoutOf(analysis),
      summary: summarize([analysis]),
      values,
    });
    if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  function withAnalysis<R>(uri: string, empty: R, use: (current: Analyzed) => R): R {
    const current = session.current(uri);
    return current?.analysis ? use({ ...current, analysis: current.analysis }) : empty;
  }

  function notebookSource(notebook: NotebookDocument): Source {
    return sourceOfNotebook(notebook, (uri) => notebooks.cellTextDocuments.get(uri));
  }
}

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  notebookDocumentSync: { notebookSelector: [{ notebook: '*' }] },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
  codeLensProvider: { resolveProvider: false },
};

function foldersOf(params: InitializeParams): string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
  return folders.length > 0 || !params.rootUri ? folders : [params.rootUri];
}

function toAnswer(current: Current | undefined): AnalysisAnswer | null {
  if (!current?.analysis) return null;
  return { version: 1, documents: [report(current.analysis)], summary: summarize([current.analysis]) };
}
