// Free indices: both sides of an equation of entries speak of the same ones. A letter that only the right side has, in the place of
// one that only the left side has, is a mistake; a side that does not depend on an index, or sums it silently, is none.
import type { Expr, Index, Statement } from '../expr.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { isScalar } from '../shapes/shape.js';
import { children } from '../syntax/print.js';

const letters = new Set(['i', 'j', 'k']);

/** How often each index letter occurs outside of the sums that bind it. */
function freeIndices(expr: Expr, bound: ReadonlySet<string>, out: Map<string, number>): void {
  const note = (indices: readonly Index[]): void => {
    for (const i of indices)
      if (i.kind === 'letter' && letters.has(i.name) && !bound.has(i.name)) out.set(i.name, (out.get(i.name) ?? 0) + 1);
  };
  if (expr.kind === 'symbol') note([...expr.name.subs, ...expr.name.labels]);
  if (expr.kind === 'element') note(expr.indices);
  const inner = expr.kind === 'binder' && expr.letters.length > 0 ? new Set([...bound, ...expr.letters]) : bound;
  for (const child of children(expr)) freeIndices(child, inner, out);
}

/** The first member whose indices do not go with those of the left side. */
export function indexConflict(statement: Statement, members: readonly Candidate[]): Conflict | undefined {
  const [left] = members;
  if (!left || statement.members.length < 2 || !members.every((m) => m.shape && isScalar(m.shape))) return undefined;
  const own = new Map<string, number>();
  freeIndices(left.expr, new Set(), own);
  for (const member of members.slice(1)) {
    const other = new Map<string, number>();
    freeIndices(member.expr, new Set(), other);
    const extra = [...other].filter(([l, n]) => !own.has(l) && n === 1);
    const missing = [...own.keys()].filter((l) => !other.has(l));
    if (extra.length > 0 && missing.length > 0)
      return {
        code: 'equation-mismatch',
        span: member.expr.span,
        expr: member.expr,
        other: left.expr,
        shapes: [{ dims: [] }, { dims: [] }],
        solid: true,
        why: 'indices',
      };
  }
  return undefined;
}
