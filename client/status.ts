// The status bar item: the layout of the document in the editor, where it comes from, and counts.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** As the server sends it by `conformable/status`. */
interface Status {
  readonly uri: string;
  readonly layout: { readonly name: string; readonly from: 'declared' | 'inferred' | 'default' };
  readonly summary: {
    readonly equations: number;
    readonly terms: number;
    readonly termsWithShape: number;
    readonly errors: number;
    readonly warnings: number;
    readonly verified: number;
    readonly refuted: number;
  };
  readonly values: boolean;
}

const origins: Readonly<Record<Status['layout']['from'], string>> = {
  declared: 'declared',
  inferred: 'inferred from the equations',
  default: 'by default: nothing says which',
};

const remembered = 100;

export function createStatusBar(client: BaseLanguageClient): vscode.Disposable {
  const known = new Map<string, Status>();
  const item = vscode.window.createStatusBarItem('conformable.layout', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Conformable';
  item.command = 'conformable.setLayout';
  const update = (): void => {
    const uri = activeAddress();
    const status = uri === undefined ? undefined : known.get(uri);
    if (!status || status.summary.equations + status.summary.errors === 0) {
      item.hide();
    } else {
      item.text = textOf(status);
      item.tooltip = new vscode.MarkdownString(tooltipOf(status));
      item.show();
    }
  };
  return vscode.Disposable.from(
    item,
    client.onNotification('conformable/status', (status: Status) => {
      const key = client.protocol2CodeConverter.asUri(status.uri).toString();
      known.delete(key);
      known.set(key, status);
      const [oldest] = known.keys();
      if (known.size > remembered && oldest !== undefined) known.delete(oldest);
      update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeActiveNotebookEditor(update),
  );
}

function activeAddress(): string | undefined {
  return (vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri)?.toString();
}

/** Half of the terms without a shape is where silence needs an explanation. */
const isSilent = ({ summary }: Status): boolean => summary.terms > 0 && summary.termsWithShape < summary.terms / 2;

function textOf(status: Status): string {
  const { errors, refuted } = status.summary;
  const icon = errors > 0 || refuted > 0 ? '$(error)' : '$(symbol-array)';
  return `${icon} ${status.layout.name} layout${isSilent(status) ? ', few shapes known here' : ''}`;
}

function tooltipOf(status: Status): string {
  const { equations, terms, termsWithShape, errors, warnings, verified, refuted } = status.summary;
  return [
    `**${status.layout.name} layout**, ${origins[status.layout.from]}`,
    `${equations} equations: ${errors} errors, ${warnings} warnings`,
    status.values ? `${verified} verified, ${refuted} refuted` : 'values are being computed',
    `${termsWithShape} of ${terms} terms have a shape`,
    'Click to choose the layout.',
  ].join('\n\n');
}
