// Fixes and refactorings for what was found or for a place.
import type { Finding } from '../diagnostics/finding.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Span } from '../text.js';
import { productFixes } from './products.js';
import { type Judge, benchOf } from './trial.js';

export type { Judge, Repair } from './trial.js';

/** The fixes of a finding: each conforms when applied; the verified first. */
export function fixesOf(analysis: Analysis, finding: Finding, judge?: Judge): readonly Fix[] {
  const { data, statement } = finding;
  if (data.kind !== 'conflict' || !statement) return [];
  const bench = benchOf(analysis.checked, statement);
  if (!bench) return [];
  const c = data.conflict;
  if (c.code === 'product-mismatch' || c.code === 'hadamard-mismatch' || c.code === 'sum-mismatch' || c.code === 'equation-mismatch' || c.code === 'function-argument') return productFixes(bench, c, judge);
  return [];
}

/** Rewritings that are offered at a place without a finding. */
export function refactorings(_analysis: Analysis, _span: Span): readonly Fix[] {
  return [];
}
