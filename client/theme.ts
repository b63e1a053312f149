// Which theme is on: pictures in hovers cannot see it, so the server has to be told.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export function currentTheme(): 'dark' | 'light' {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight ? 'light' : 'dark';
}

export function watchTheme(client: BaseLanguageClient): vscode.Disposable {
  return vscode.window.onDidChangeActiveColorTheme(() => {
    if (client.isRunning()) void client.sendNotification('conformable/setTheme', { theme: currentTheme() });
  });
}
