// The commands of the extension.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

const example = 'two-three-two.md';

const layouts: readonly { readonly label: string; readonly value: string; readonly description: string }[] = [
  { label: 'As the document says', value: 'auto', description: 'declared in words or in a directive, else inferred' },
  { label: 'Denominator layout', value: 'denominator', description: '∂L/∂W has the shape of W; factors are appended on the left' },
  { label: 'Numerator layout', value: 'numerator', description: '∂y/∂x is m×n, gradients are rows; the chain rule from left to right' },
  { label: 'Mixed', value: 'mixed', description: 'Jacobians m×n, gradients shaped as their variable' },
];

export function registerCommands(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  output: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const command = (name: string, run: () => unknown): vscode.Disposable => vscode.commands.registerCommand(`conformable.${name}`, run);
  return [
    command('openExample', () => openExample(context)),
    command('restart', () => client.stop().then(() => client.start())),
    command('setLayout', setLayout),
    command('showOutput', () => output.show()),
  ];
}

/** A copy without a name, so that it can be changed and the extension's own stays as it is. */
async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const uri = vscode.Uri.joinPath(context.extensionUri, 'examples', example);
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}

async function setLayout(): Promise<void> {
  const chosen = await vscode.window.showQuickPick(layouts, {
    placeHolder: 'The layout of derivatives where a document does not declare one',
  });
  if (!chosen) return;
  const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('conformable').update('layout', chosen.value === 'auto' ? undefined : chosen.value, target);
}
