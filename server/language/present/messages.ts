// The sentences of findings: what, why, what to do. Plain text; the only place where they are worded.
import type { Finding } from '../diagnostics/finding.js';
import type { Span } from '../text.js';

export interface Worded {
  readonly message: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

export function wordFinding(finding: Finding, _text: string): Worded {
  return { message: finding.code, related: [] };
}
