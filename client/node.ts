// The extension's main in the Node extension host: the server is a process of its own.
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './client.js';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'node.cjs').fsPath;
  await start(context, (options) => {
    client = new LanguageClient('conformable', 'Conformable', { module, transport: TransportKind.ipc }, options);
    return client;
  });
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
