// Findings as SARIF 2.1.0, for code scanning.
import { codes, type DiagnosticReport, type Range, type Severity } from '../../language/index.js';
import { version } from '../arguments.js';
import type { Reporter } from './reporter.js';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

const driver = { name: 'conformable', version, rules: codes.map((id) => ({ id })) };

export function sarif(): Reporter {
  let written = 0;
  return {
    begin: () =>
      `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"columnKind":"utf16CodeUnits","results":[`,
    document: ({ path, diagnostics }) =>
      diagnostics.map((diagnostic) => `${written++ > 0 ? ',' : ''}\n${JSON.stringify(toResult(path, diagnostic))}`).join(''),
    end: () => '\n]}]}\n',
  };
}

function toResult(path: string, { code, severity, message, range, related, fixes }: DiagnosticReport): object {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: placeOf(path, range) }],
    relatedLocations: related.map((fact, id) => ({ id, message: { text: fact.message }, physicalLocation: placeOf(path, fact.range) })),
    fixes: fixes.map((fix) => ({
      description: { text: fix.title },
      artifactChanges: [
        {
          artifactLocation: artifact(path),
          replacements: fix.edits.map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
        },
      ],
    })),
  };
}

const placeOf = (path: string, range: Range): object => ({ artifactLocation: artifact(path), region: region(range) });

const artifact = (path: string): object => ({ uri: encodeURI(path) });

const region = ({ start, end, cell }: Range): object => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
  ...(cell === undefined ? {} : { properties: { cell } }),
});
