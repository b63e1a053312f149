// The terms of a statement: every subexpression with a source range, its shape and kind, in document order, one entry a range.
import type { Candidate } from '../shapes/candidate.js';
import type { Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import type { CheckedStatement } from './analysis.js';
import { chosen } from './statements.js';

export interface TermEntry {
  /** In the document. */
  readonly span: Span;
  readonly candidate: Candidate;
  readonly shape: Shape | undefined;
  readonly kind: string;
}

const kinds: Readonly<Partial<Record<Candidate['expr']['kind'], string>>> = {
  apply: 'application',
  call: 'application',
  juxtaposed: 'application',
  nabla: 'derivative',
  tuple: 'matrix',
  binder: 'sum',
  choice: 'product',
  prime: 'application',
  at: 'derivative',
  annotated: 'annotated',
  hole: 'unknown',
  text: 'unknown',
  ellipsis: 'unknown',
  relation: 'relation',
};

function kindOf(c: Candidate): string {
  if (c.detail?.kind === 'found') {
    if (c.detail.found.how === 'element') return 'element';
    if (c.detail.found.constant) return 'constant';
    return 'symbol';
  }
  if (c.rule === 'splice' || (c.expr.kind === 'juxtaposed' && c.rule === 'product')) return c.rule === 'splice' ? 'application' : 'product';
  return kinds[c.expr.kind] ?? c.expr.kind;
}

const listed = (c: Candidate): boolean =>
  c.expr.span.end > c.expr.span.start &&
  c.expr.kind !== 'hole' &&
  c.expr.kind !== 'text' &&
  c.expr.kind !== 'ellipsis' &&
  c.expr.kind !== 'relation' &&
  c.expr.kind !== 'set';

/** The shape that is told: a product that does not conform has none, whatever was supposed to go on. */
export function toldShape(c: Candidate): Shape | undefined {
  const broken =
    c.rule === 'product' &&
    c.conflicts.some((k) => (k.code === 'product-mismatch' || k.code === 'hadamard-mismatch') && k.product === c.expr);
  return broken ? undefined : c.shape;
}

/** The outermost candidate of a range counts, unless only an inner one has a shape. */
export function termsOf(s: CheckedStatement): readonly TermEntry[] {
  const byRange = new Map<string, TermEntry>();
  for (const candidate of chosen(s.inferred.members)) {
    if (!listed(candidate)) continue;
    const span = s.place(candidate.expr.span);
    const key = `${span.start}:${span.end}`;
    const old = byRange.get(key);
    if (old?.shape || (old && !candidate.shape)) continue;
    byRange.set(key, { span, candidate, shape: toldShape(candidate), kind: kindOf(candidate) });
  }
  return [...byRange.values()].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}
