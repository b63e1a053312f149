// Helpers of the repair tests: fixes of a document by code, and what they leave when they are applied.
import { expect } from 'vitest';
import type { Finding } from '../../../server/language/diagnostics/finding.js';
import { type Analysis, analyze, applyEdits, type Code, type Fix } from '../../../server/language/index.js';
import { fixesOf, type Judge } from '../../../server/language/repairs/index.js';

export const open = (text: string, latex = false): Analysis =>
  analyze({ path: latex ? 'a.tex' : 'a.md', language: latex ? 'latex' : 'markdown', notebook: false, cells: [text] }, {});

export const declared = (shapes: string, layout?: string): string =>
  `<!-- conformable\n${layout ? `layout: ${layout}\n` : ''}shapes: { ${shapes} }\n-->\n\n`;

export const declaredLatex = (shapes: string, layout?: string): string =>
  `% conformable\n${layout ? `% layout: ${layout}\n` : ''}% shapes: { ${shapes} }\n\n`;

export const findingsOf = (analysis: Analysis, code: Code): readonly Finding[] => analysis.findings.filter((f) => f.code === code);

const isComment = (fix: Fix): boolean => /^(?:Ignore|Declare) /.test(fix.title);

/** The fixes of the only finding of a code, comments apart. */
export function fixes(analysis: Analysis, code: Code, judge?: Judge): readonly Fix[] {
  const found = findingsOf(analysis, code);
  expect(
    found.map((f) => f.code),
    analysis.findings.map((f) => f.code).join(),
  ).toEqual([code]);
  return fixesOf(analysis, found[0] as Finding, judge).filter((f) => !isComment(f));
}

export const titles = (list: readonly Fix[]): readonly string[] => list.map((f) => f.title);

/** Whether the only difference between two texts is white space. */
const bare = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The formulas of the text that a fix gives. */
export const result = (analysis: Analysis, fix: Fix | undefined): string => bare(applyEdits(analysis.text, fix?.edits ?? []));

/** The results of all fixes hold this text. */
export function offers(analysis: Analysis, list: readonly Fix[], wanted: string): Fix {
  const found = list.find((f) => result(analysis, f).includes(bare(wanted)));
  expect(found, `${wanted}\n  among\n${list.map((f) => `${f.title}: ${result(analysis, f).slice(-200)}`).join('\n')}`).toBeDefined();
  return found as Fix;
}

const errors = (a: Analysis): number => a.findings.filter((f) => f.severity === 'error').length;
const count = (a: Analysis, code: Code): number => findingsOf(a, code).length;

/** The property of all fixes: applied, each takes its finding away and adds no error. Answers how many it tried. */
export function everyFixHolds(analysis: Analysis, judge?: Judge): number {
  let tried = 0;
  for (const finding of analysis.findings) {
    for (const fix of fixesOf(analysis, finding, judge)) {
      tried++;
      const after = open(applyEdits(analysis.text, fix.edits), analysis.input.language === 'latex');
      const what = `${finding.code}: ${fix.title}\n${after.text.slice(0, 3000)}`;
      expect(after.checked.document.formulas.length, what).toBe(analysis.checked.document.formulas.length);
      expect(count(after, finding.code), what).toBeLessThan(count(analysis, finding.code));
      expect(errors(after), what).toBeLessThanOrEqual(errors(analysis) - (finding.severity === 'error' ? 1 : 0));
    }
  }
  return tried;
}
