// The extension's main in the web extension host: the server is a web worker.
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/browser';
import { start } from './client.js';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js');
  await start(context, (options) => {
    client = new LanguageClient('conformable', 'Conformable', () => startWorker(script), options);
    return client;
  });
}

export const deactivate = (): Promise<void> | undefined => client?.stop();

async function startWorker(script: vscode.Uri): Promise<MessageTransports> {
  const worker = new Worker(await addressFor(script));
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** VS Code starts no workers from remote extensions by their address; their text goes by a blob. */
async function addressFor(script: vscode.Uri): Promise<string> {
  if (script.scheme !== 'vscode-remote') return script.toString(true);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(script));
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}
