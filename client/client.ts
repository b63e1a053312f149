// What the extension does in both extension hosts. node.ts and browser.ts supply the language client that fits the host.
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { registerCommands } from './commands.js';
import { sendConfigs, watchConfigs } from './config.js';
import { createStatusBar } from './status.js';
import { currentTheme, watchTheme } from './theme.js';

const languages = ['markdown', 'latex', 'tex', 'quarto', 'rmd', 'myst'];

export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export async function start(context: vscode.ExtensionContext, create: CreateClient): Promise<BaseLanguageClient> {
  const output = vscode.window.createOutputChannel('Conformable', { log: true });
  const client = create({
    documentSelector: languages.map((language) => ({ language })),
    initializationOptions: () => ({
      theme: currentTheme(),
      docs: vscode.Uri.joinPath(context.extensionUri, 'docs', 'diagnostics').toString(),
      sendsConfig: true,
    }),
    markdown: { isTrusted: false, supportHtml: true },
    outputChannel: output,
  });
  context.subscriptions.push(
    output,
    createStatusBar(client),
    watchTheme(client),
    watchConfigs(client),
    ...registerCommands(context, client, output),
    client.onDidChangeState(() => client.isRunning() && sendConfigs(client)),
  );
  await client.start();
  return client;
}
