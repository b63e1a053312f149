// What the sentences of a finding are made from, and helpers that all groups of messages share.
import type { CheckedStatement } from '../../analysis/analysis.js';
import { chosen } from '../../analysis/statements.js';
import type { Finding } from '../../diagnostics/finding.js';
import type { Expr } from '../../expr.js';
import type { Analysis } from '../../model.js';
import type { Candidate, Conflict } from '../../shapes/candidate.js';
import { isScalar, type Shape } from '../../shapes/shape.js';
import { children } from '../../syntax/print.js';
import { covers, sameSpan } from '../../text.js';

/** What is wrong, why, and what to do. Each a sentence or two. */
export interface Told {
  readonly what: string;
  readonly why?: string;
  readonly todo?: string;
  /** The candidates whose facts are worth pointing at. */
  readonly about?: readonly Candidate[];
}

export interface Telling {
  readonly analysis: Analysis;
  readonly finding: Finding;
  readonly statement: CheckedStatement | undefined;
}

export type ConflictOf<C extends Conflict['code']> = Extract<Conflict, { code: C }>;

/** The chosen candidate of an expression. */
export function candidateOf(s: CheckedStatement | undefined, expr: Expr): Candidate | undefined {
  if (!s) return undefined;
  let bySpan: Candidate | undefined;
  for (const c of chosen(s.inferred.members)) {
    if (c.expr === expr) return c;
    if (!bySpan && sameSpan(c.expr.span, expr.span)) bySpan = c;
  }
  return bySpan;
}

export const candidatesOf = (s: CheckedStatement | undefined, exprs: readonly Expr[]): readonly Candidate[] =>
  exprs.map((e) => candidateOf(s, e)).filter((c): c is Candidate => c !== undefined);

/** The shape that the equation wants of a member: that of the nearest other one that is not disputed. */
export function wantedBy(s: CheckedStatement | undefined, whole: Expr): Shape | undefined {
  const members = s?.inferred.members ?? [];
  const addend = besideIn(s, whole);
  if (addend) return addend;
  const at = members.findIndex((m) => m.expr === whole || sameSpan(m.expr.span, whole.span));
  if (!s || at < 0 || s.statement.relations.some((r) => r === '\\in' || r === '\\le' || r === '<')) return undefined;
  const disputed = members.flatMap((m) => m.conflicts).flatMap((x) => (x.code === 'chain-ends' ? [x.span] : []));
  const fit = (m: Candidate): boolean =>
    m.shape !== undefined &&
    !disputed.some((d) => covers(m.expr.span, d)) &&
    !m.conflicts.some((x) => x.code === 'product-mismatch' || x.code === 'hadamard-mismatch');
  const others = [...members.slice(0, at).reverse(), ...members.slice(at + 1)];
  return others.find(fit)?.shape;
}

/** The shape of the other addends, where a product is an addend itself. */
function besideIn(s: CheckedStatement | undefined, whole: Expr): Shape | undefined {
  if (!s) return undefined;
  for (const c of chosen(s.inferred.members)) {
    if (c.rule !== 'sum' || !c.parts.some((p) => sameSpan(p.expr.span, whole.span))) continue;
    return c.parts.find((p) => p.shape && !isScalar(p.shape) && p.conflicts.length === 0 && !sameSpan(p.expr.span, whole.span))?.shape;
  }
  return undefined;
}

/** The smallest expression around another for which a test holds. */
export function around(s: CheckedStatement | undefined, inner: Expr, holds: (e: Expr) => boolean): Expr | undefined {
  const search = (e: Expr): Expr | undefined => {
    if (!covers(e.span, inner.span)) return undefined;
    for (const child of children(e)) {
      const found = search(child);
      if (found) return found;
    }
    return e !== inner && holds(e) ? e : undefined;
  };
  for (const m of s?.statement.members ?? []) {
    const found = search(m);
    if (found) return found;
  }
  return undefined;
}
