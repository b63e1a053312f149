// What all documents of one run come to together.
import type { Summary } from '../language/index.js';
import type { Unreadable } from './read.js';
import type { Result } from './result.js';

export type Totals = { -readonly [K in keyof Summary]: number } & {
  readonly unreadable: Unreadable[];
  /** In milliseconds, on the clock of `performance`. */
  readonly startedAt: number;
};

export const nothing = (startedAt: number): Totals => ({
  documents: 0,
  formulas: 0,
  equations: 0,
  terms: 0,
  termsWithShape: 0,
  errors: 0,
  warnings: 0,
  verified: 0,
  refuted: 0,
  unreadable: [],
  startedAt,
});

export function add(totals: Totals, { summary }: Result): void {
  for (const key of Object.keys(summary) as (keyof Summary)[]) totals[key] += summary[key];
}

export const summaryOf = ({ unreadable: _, startedAt: __, ...summary }: Totals): Summary => summary;

/** For `--stats`: a line per count, and the time. */
export function stats(totals: Totals): string {
  const share = totals.terms === 0 ? '' : ` (${((100 * totals.termsWithShape) / totals.terms).toFixed(1)} %)`;
  const rows: readonly (readonly [string, string])[] = [
    ['documents', `${totals.documents}`],
    ['formulas', `${totals.formulas}`],
    ['equations', `${totals.equations}`],
    ['terms', `${totals.terms}`],
    ['terms with a shape', `${totals.termsWithShape}${share}`],
    ['verified', `${totals.verified}`],
    ['refuted', `${totals.refuted}`],
    ['time', `${Math.round(performance.now() - totals.startedAt)} ms`],
    ['memory', `${Math.round(process.memoryUsage.rss() / 1e6)} MB`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(20)}${value}\n`).join('');
}
