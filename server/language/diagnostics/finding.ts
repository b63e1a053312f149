// A finding: an occurrence of something worth telling, as data. Worded in `present`, mended in `repairs`.

import type { CheckedStatement } from '../analysis/analysis.js';
import type { Difference } from '../numeric/index.js';
import type { Code, Severity } from '../report.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import type { Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';

export type FindingData =
  | { readonly kind: 'conflict'; readonly conflict: Conflict }
  | { readonly kind: 'tensor'; readonly candidate: Candidate; readonly shape: Shape }
  | { readonly kind: 'grouping'; readonly candidate: Candidate; readonly parentheses: readonly Span[] }
  | { readonly kind: 'same-symbol'; readonly candidate: Candidate }
  | { readonly kind: 'broadcast'; readonly candidate: Candidate; readonly to: Shape; readonly how: 'rows' | 'columns' | 'scalar' }
  | { readonly kind: 'declaration'; readonly name: string; readonly shape: Shape; readonly other: Shape; readonly otherAt: Span }
  | { readonly kind: 'undeclared'; readonly name: string }
  | { readonly kind: 'coincidence'; readonly candidate: Candidate; readonly dims: readonly [string, string]; readonly value: string }
  | { readonly kind: 'layout-mix'; readonly candidate: Candidate; readonly layout: string; readonly other: string }
  | { readonly kind: 'mistake'; readonly message: string }
  | { readonly kind: 'stripped' }
  | { readonly kind: 'value'; readonly candidate: Candidate; readonly difference: Difference | undefined }
  | { readonly kind: 'not-checked'; readonly what: string };

export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** In the document. */
  readonly span: Span;
  readonly data: FindingData;
  /** The statement that it was found in. */
  readonly statement?: CheckedStatement;
}
