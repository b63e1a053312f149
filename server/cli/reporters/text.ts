// Findings for people: place, severity, code and message, the source line with the place underlined, and a summary at the end.
import type { DiagnosticReport, Severity } from '../../language/index.js';
import type { Result } from '../result.js';
import type { Totals } from '../totals.js';
import { placeOf, type Reporter } from './reporter.js';

/** Longer source lines are shown around the finding only. */
const lineWidth = 160;

const colors: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

export function text(colored: boolean): Reporter {
  const paint = (color: number, words: string): string => (colored ? `\u001b[${color}m${words}\u001b[39m` : words);
  return {
    begin: () => '',
    document: (result) => result.diagnostics.map((diagnostic, i) => finding(result, diagnostic, result.lines[i] ?? '', paint)).join(''),
    end: summary,
  };
}

type Paint = (color: number, words: string) => string;

function finding({ path }: Result, diagnostic: DiagnosticReport, line: string, paint: Paint): string {
  const { range, severity, code, message } = diagnostic;
  const color = colors[severity];
  const end = range.end.line === range.start.line ? range.end.character : line.length;
  const [shown, from] = cut(line, range.start.character, end);
  const before = shown.slice(0, Math.max(0, range.start.character - from));
  const marked = shown.slice(before.length, Math.max(before.length, end - from));
  const underline = `${blank(before)}${paint(color, '^'.repeat(Math.max(1, width(marked))))}`;
  const fixes = diagnostic.fixes.map((fix) => `    fix: ${fix.title}${fix.verified ? ' (verified)' : ''}\n`).join('');
  const head = `${placeOf(path, range)} ${paint(color, severity)} ${code} ${message.replace(/\n+/g, '\n    ')}`;
  return `${head}\n    ${shown}\n    ${underline}\n${fixes}`;
}

/** The part of a long line around the finding, and where it begins. */
function cut(line: string, start: number, end: number): [string, number] {
  if (line.length <= lineWidth) return [line, 0];
  const from = Math.max(0, Math.min(start - 20, end - lineWidth + 20 < start ? end - lineWidth + 20 : start - 20));
  return [line.slice(from, from + lineWidth), from];
}

/** As wide as the text on a terminal: tabs stay, so that the columns meet. */
const blank = (words: string): string => [...words].map((character) => (character === '\t' ? '\t' : ' ')).join('');

const width = (words: string): number => [...words].length;

function summary(totals: Totals): string {
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const found = [counted(totals.errors, 'error'), counted(totals.warnings, 'warning')].join(', ');
  const values = totals.verified + totals.refuted > 0 ? `; ${totals.verified} verified, ${totals.refuted} refuted` : '';
  return `${found} in ${counted(totals.documents, 'document')} with ${counted(totals.equations, 'equation')}${values}\n`;
}
