// Whole papers as people write them: nothing to complain of, the shapes of many terms, and mistakes planted one at a time.
// NAME.expect.json names places by a text and by which of its occurrences it is, overlapping ones counted too; in a notebook
// the text is that of its Markdown cells, joined by line breaks.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  analyze,
  type DocumentReport,
  evaluateValues,
  type Input,
  inputOf,
  lineIndex,
  type Range,
  report,
} from '../../server/language/index.js';

const folder = join(import.meta.dirname, '..', 'documents', 'papers');

interface Expectations {
  readonly shapes: readonly { readonly needle: string; readonly occurrence: number; readonly shape: readonly string[] }[];
  readonly plant: readonly Plant[];
}

interface Plant {
  readonly replace: string;
  readonly by: string;
  readonly occurrence: number;
  readonly code: string;
  readonly at: string;
  readonly atOccurrence: number;
}

/** The document as one text, with the way from its offsets to the reported places. */
class Paper {
  private readonly cells: readonly { readonly cell: number | undefined; readonly from: number; readonly text: string }[];
  readonly text: string;

  constructor(private readonly input: Input) {
    const sources = input.notebook
      ? input.cells.flatMap((text, cell) => (text === '' ? [] : [{ cell, text }]))
      : input.cells.map((text) => ({ cell: undefined, text }));
    this.text = sources.map((s) => s.text).join('\n');
    let from = 0;
    this.cells = sources.map((s) => {
      const cell = { ...s, from };
      from += s.text.length + 1;
      return cell;
    });
  }

  /** Where a text stands, as reports say it: in a notebook with the cell's number. */
  range(needle: string, occurrence: number): Range {
    const at = placeOf(this.text, needle, occurrence);
    const { cell, from, text } = this.cells.findLast((c) => c.from <= at) ?? { cell: undefined, from: 0, text: this.text };
    const lines = lineIndex(text);
    return {
      start: lines.positionAt(at - from),
      end: lines.positionAt(at - from + needle.length),
      ...(cell === undefined ? {} : { cell }),
    };
  }

  report(): DocumentReport {
    const steps = evaluateValues(analyze(this.input, {}));
    let step = steps.next();
    while (!step.done) step = steps.next();
    return report(step.value);
  }

  replaced({ replace, by, occurrence }: Plant): Paper {
    const at = placeOf(this.text, replace, occurrence);
    const cells = [...this.input.cells];
    const inCell = this.cells.findLast((c) => c.from <= at);
    if (!inCell) throw new Error('no cell');
    const start = at - inCell.from;
    cells[inCell.cell ?? 0] = inCell.text.slice(0, start) + by + inCell.text.slice(start + replace.length);
    return new Paper({ ...this.input, cells });
  }
}

function placeOf(text: string, needle: string, occurrence: number): number {
  let at = text.indexOf(needle);
  for (let i = 0; i < occurrence && at >= 0; i++) at = text.indexOf(needle, at + 1);
  if (at < 0) throw new Error(`${JSON.stringify(needle)} does not occur ${occurrence + 1} times`);
  return at;
}

function paperOf(file: string): Paper {
  const input = inputOf(file, readFileSync(join(folder, file), 'utf8'));
  if ('error' in input) throw new Error(input.error);
  return new Paper(input);
}

const key = (r: Range): string => `${r.cell ?? ''}:${r.start.line}:${r.start.character}–${r.end.line}:${r.end.character}`;

const words = ({ diagnostics }: Pick<DocumentReport, 'diagnostics'>, severities: readonly string[]): string[] =>
  diagnostics
    .filter((d) => severities.includes(d.severity))
    .map((d) => `${d.severity} ${d.code} at ${key(d.range)}: ${d.message.split('\n')[0]}`);

const files = readdirSync(folder);

for (const file of files.filter((f) => !f.endsWith('.expect.json')).sort()) {
  const { shapes, plant } = JSON.parse(readFileSync(join(folder, file.replace(/\.\w+$/, '.expect.json')), 'utf8')) as Expectations;
  describe(file, () => {
    const paper = paperOf(file);
    const found = paper.report();

    test('nothing is wrong with it', () => {
      expect(words(found, ['error', 'warning'])).toEqual([]);
    });

    const terms = new Map(found.equations.flatMap((e) => e.terms).map((t) => [key(t.range), t]));
    test.each(shapes)('$needle ($occurrence)', ({ needle, occurrence, shape }) => {
      const term = terms.get(key(paper.range(needle, occurrence)));
      expect(term, 'a term stands there').toBeDefined();
      expect(term?.shape).toEqual(shape);
    });

    test.each(plant)('$replace → $by', (p) => {
      const planted = paper.replaced(p);
      const told = planted.report();
      const planned = `${p.code} at ${key(planted.range(p.at, p.atOccurrence))}`;
      const isPlanned = (line: string): boolean => line.includes(` ${planned}: `);
      const all = words(told, ['error', 'warning', 'information', 'hint']);
      expect(all.some(isPlanned) ? planned : all).toEqual(planned);
      expect(words(told, ['error']).filter((line) => !isPlanned(line))).toEqual([]);
    });
  });
}
