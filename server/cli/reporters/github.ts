// Findings as workflow commands, which GitHub shows beside the lines that they concern.
import type { DiagnosticReport, Severity } from '../../language/index.js';
import type { Reporter } from './reporter.js';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

export function github(): Reporter {
  return {
    begin: () => '',
    document: ({ path, diagnostics }) => diagnostics.map((diagnostic) => command(path, diagnostic)).join(''),
    end: () => '',
  };
}

/** A cell of a notebook has no line in the file: the message says where it is. */
function command(path: string, { severity, code, message, range: { start, end, cell } }: DiagnosticReport): string {
  const lines = [`line=${start.line + 1}`, `endLine=${end.line + 1}`];
  const columns = start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : [];
  const place = cell === undefined ? [...lines, ...columns] : [];
  const prefix = cell === undefined ? '' : `cell ${cell + 1}, line ${start.line + 1}: `;
  const properties = [`file=${property(path)}`, ...place, `title=${property(code)}`].join(',');
  return `::${commands[severity]} ${properties}::${data(prefix + message)}\n`;
}

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
