// What all documents of one run come to together, and, for `--stats`, each of them.
import type { Summary } from '../language/index.js';
import type { Unreadable } from './read.js';
import type { Result } from './result.js';

/** What `--stats` tells of a document. */
interface Count {
  readonly path: string;
  readonly summary: Summary;
  readonly decided: number;
  /** How many findings there are of each code. */
  readonly codes: ReadonlyMap<string, number>;
}

export type Totals = { -readonly [K in keyof Summary]: number } & {
  readonly counts: Count[];
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
  counts: [],
  unreadable: [],
  startedAt,
});

export function add(totals: Totals, { path, summary, decided, diagnostics }: Result): void {
  for (const key of Object.keys(summary) as (keyof Summary)[]) totals[key] += summary[key];
  const codes = new Map<string, number>();
  for (const { code } of diagnostics) codes.set(code, (codes.get(code) ?? 0) + 1);
  totals.counts.push({ path, summary, decided, codes });
}

export const summaryOf = ({ counts: _, unreadable: __, startedAt: ___, ...summary }: Totals): Summary => summary;

/** For `--stats`: a line per document, then a line per count, and the time. */
export function stats(totals: Totals): string {
  const { counts } = totals;
  const codes = new Map<string, number>();
  for (const count of counts) for (const [code, n] of count.codes) codes.set(code, (codes.get(code) ?? 0) + n);
  const decided = counts.reduce((sum, c) => sum + c.decided, 0);
  const rows: readonly (readonly [string, string])[] = [
    ['documents', `${totals.documents}`],
    ['formulas', `${totals.formulas}`],
    ['equations', `${totals.equations}`],
    ['equations decided', `${decided}${share(decided, totals.equations)}`],
    ['terms', `${totals.terms}`],
    ['terms with a shape', `${totals.termsWithShape}${share(totals.termsWithShape, totals.terms)}`],
    ['verified', `${totals.verified}`],
    ['refuted', `${totals.refuted}`],
    ...inOrder(codes).map(([code, n]) => [code, `${n}`] as const),
    ['time', `${Math.round(performance.now() - totals.startedAt)} ms`],
    ['memory', `${Math.round(process.memoryUsage.rss() / 1e6)} MB`],
  ];
  return [...counts.map(lineOf), ...rows.map(([name, value]) => `${name.padEnd(24)}${value}`)].map((line) => `${line}\n`).join('');
}

function lineOf({ path, summary, decided, codes }: Count): string {
  const { formulas, equations, terms, termsWithShape, verified, refuted } = summary;
  const parts = [
    `${formulas} formulas`,
    `${equations} equations, ${decided} decided`,
    `${terms} terms, ${termsWithShape} with a shape${share(termsWithShape, terms)}`,
    `${verified} verified, ${refuted} refuted`,
    ...inOrder(codes).map(([code, n]) => `${n} ${code}`),
  ];
  return `${path}: ${parts.join('; ')}`;
}

const share = (part: number, whole: number): string => (whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`);

const inOrder = (codes: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...codes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
