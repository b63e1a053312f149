// Fixes and refactorings for what was found or for a place.
import type { Finding } from '../diagnostics/finding.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Span } from '../text.js';

/** The fixes of a finding: each conforms when applied; the verified first. */
export function fixesOf(_analysis: Analysis, _finding: Finding): readonly Fix[] {
  return [];
}

/** Rewritings that are offered at a place without a finding. */
export function refactorings(_analysis: Analysis, _span: Span): readonly Fix[] {
  return [];
}
