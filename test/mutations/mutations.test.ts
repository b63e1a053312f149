// Correct documents say nothing; mutants of their formulas do, where arrays say that they do not conform or are not true. Prints the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../server/language/index.js';
import { judge } from './oracle.js';
import { countOf, type Prepared, prepare, type Result, runMutant, sample, sharesOf, tableOf, withValues, wordResult } from './run.js';

const folder = join(import.meta.dirname, '..', 'documents', 'correct');
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.md'))
  .sort();
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('correct documents say nothing', () => {
  for (const file of files) {
    for (const values of [false, true]) {
      test(`${file}, values ${values ? 'on' : 'off'}`, () => {
        const analysis = analyze({ path: file, language: 'markdown', notebook: false, cells: [read(file)] }, {});
        const { text, findings } = values ? withValues(analysis) : analysis;
        const loud = findings.filter((f) => f.severity === 'error' || f.severity === 'warning');
        expect(loud.map((f) => `${f.code} ${text.slice(f.span.start, f.span.end)}`)).toEqual([]);
      });
    }
  }
});

describe('mutants', () => {
  let prepared: readonly Prepared[] = [];
  let results: readonly Result[] = [];

  beforeAll(() => {
    prepared = files.map((file) => prepare(file, read(file)));
    const all = prepared.flatMap((p) => p.mutants.map((mutant) => ({ prepared: p, mutant })));
    results = sample(all, 80, 1).map(({ prepared: p, mutant }) => runMutant(p, mutant));
    console.log(
      `${tableOf(results)}\n\nof ${all.length} mutants of ${prepared.length} documents; all of them: node test/mutations/all.mjs`,
    );
  }, 120_000);

  test('the oracle holds every correct equation for true', () => {
    for (const { oracle } of prepared) {
      for (const line of oracle.source.lines) {
        if (line.statement.members.length < 2 || line.statement.relations.some((r) => r !== '=')) continue;
        const { conforms, value, why } = judge(oracle, line, line.statement);
        const definition = oracle.defining.has(line) && line.statement.members.length === 2;
        expect({ file: oracle.source.name, tex: line.tex, conforms, value, why }).toMatchObject({
          conforms: 'yes',
          value: definition ? 'undecided' : 'equal',
        });
      }
    }
  });

  test('those that do not conform are reported where they were changed', () => {
    const missed = results.filter((r) => ['missed', 'hinted', 'found elsewhere'].includes(r.outcome)).map(wordResult);
    expect(sharesOf(countOf(results)).reported, missed.join('\n')).toBeGreaterThanOrEqual(thresholds.reported);
  });

  test('those that conform are not reported as mistakes of shape', () => {
    const alarms = results.filter((r) => r.outcome === 'false alarm');
    expect(alarms.length, alarms.map(wordResult).join('\n')).toBeLessThanOrEqual(thresholds.falseAlarms);
  });

  test('those with another value are refuted', () => {
    const missed = results.filter((r) => r.outcome === 'not refuted').map(wordResult);
    expect(sharesOf(countOf(results)).refuted, missed.join('\n')).toBeGreaterThanOrEqual(thresholds.refuted);
  });

  test('those with the same value are not refuted', () => {
    const wrong = results.filter((r) => r.outcome === 'refuted wrongly');
    expect(wrong.length, wrong.map(wordResult).join('\n')).toBeLessThanOrEqual(thresholds.refutedWrongly);
  });
});

/** What is reached at least. */
const thresholds = { reported: 0.97, falseAlarms: 0, refuted: 0.97, refutedWrongly: 0 } as const;
