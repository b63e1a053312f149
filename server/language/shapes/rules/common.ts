// Helpers that every rule uses to make candidates.
import type { Expr } from '../../expr.js';
import type { Candidate, Conflict, Detail, Inference, Rule } from '../candidate.js';
import type { Shape } from '../shape.js';

/** Inference itself, given to a rule that has operands to infer. */
export type Infer = (cx: Inference, expr: Expr) => readonly Candidate[];

interface Making {
  readonly expr: Expr;
  readonly shape: Shape | undefined;
  readonly rule: Rule;
  readonly parts?: readonly Candidate[];
  readonly cost?: number;
  readonly detail?: Detail;
  readonly conflict?: Conflict;
  readonly solid?: boolean;
}

const none: readonly Conflict[] = [];

/** A candidate whose cost and conflicts add those of its parts. */
export function candidate({ expr, shape, rule, parts = [], cost = 0, detail, conflict, solid }: Making): Candidate {
  let total = cost;
  let conflicts = none;
  let firm = solid ?? true;
  for (const p of parts) {
    total += p.cost;
    if (p.conflicts.length > 0) conflicts = conflicts.length > 0 ? [...conflicts, ...p.conflicts] : p.conflicts;
    if (!p.solid && p.shape) firm = false;
  }
  if (conflict) conflicts = [...conflicts, conflict];
  return detail
    ? { expr, shape, cost: total, rule, parts, detail, conflicts, solid: firm }
    : { expr, shape, cost: total, rule, parts, conflicts, solid: firm };
}

export const unknown = (expr: Expr, parts: readonly Candidate[] = []): readonly Candidate[] => [
  candidate({ expr, shape: undefined, rule: 'unknown', parts }),
];

/** The cheapest candidate of each shape, cheapest first, a handful. */
export function handful(list: readonly Candidate[], most = 5): readonly Candidate[] {
  if (list.length <= 1) return list;
  const best = new Map<string, Candidate>();
  for (const c of list) {
    const key = c.shape ? c.shape.dims.map((d) => d.key).join('×') : '?';
    const old = best.get(key);
    if (!old || c.cost < old.cost) best.set(key, c);
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, most);
}
