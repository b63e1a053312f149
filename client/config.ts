// Sends the conformable.yaml of each workspace folder to the server, also from file systems that only VS Code can read.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

const name = 'conformable.yaml';

export async function sendConfigs(client: BaseLanguageClient): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  await Promise.all(folders.map((folder) => sendConfig(client, vscode.Uri.joinPath(folder.uri, name))));
}

/** What is on disk counts, and while it is open in an editor what stands there. */
export function watchConfigs(client: BaseLanguageClient): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
  const changed = (uri: vscode.Uri): void => {
    if (client.isRunning() && isConfig(uri)) void sendConfig(client, uri);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => client.isRunning() && sendConfigs(client)),
  );
}

function isConfig(uri: vscode.Uri): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.some((folder) => vscode.Uri.joinPath(folder.uri, name).toString() === uri.toString());
}

async function sendConfig(client: BaseLanguageClient, uri: vscode.Uri): Promise<void> {
  const text = openText(uri) ?? (await read(uri));
  await client.sendNotification('conformable/config', { uri: client.code2ProtocolConverter.asUri(uri), text });
}

const openText = (uri: vscode.Uri): string | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();

/** Null where there is none. */
async function read(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
