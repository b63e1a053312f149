// Sums that conform only because an addend was read as added to every entry, row or column, where the value refutes that: the mistake is the
// sum's shape. A document that adds so elsewhere, and is right, is taken to mean it.
import type { CheckedStatement } from '../analysis/analysis.js';
import { chosen } from '../analysis/statements.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import type { StatementValue } from '../values/value.js';
import type { Found, ValueCheck } from './check.js';

type Values = ReadonlyMap<CheckedStatement, StatementValue>;
type SumMismatch = Extract<Conflict, { code: 'sum-mismatch' }>;

export const refutedSum: ValueCheck = {
  code: 'sum-mismatch',
  severity: 'error',
  find: (values) => {
    if (meansBroadcasts(values)) return [];
    return [...values].flatMap(([statement, value]) =>
      value.members.flatMap((verdict, i): readonly Found[] => {
        const conflict = verdict === 'refuted' ? broadcastIn(statement.inferred.members[i]) : undefined;
        return conflict ? [{ span: statement.place(conflict.span), statement, data: { kind: 'conflict', conflict } }] : [];
      }),
    );
  },
};

/** The members that are told by their sum: their value is not told as well. */
export const refutedBySum = (values: Values, member: Candidate): boolean => broadcastIn(member) !== undefined && !meansBroadcasts(values);

const known = new WeakMap<Values, boolean>();

/** Whether a member that is not refuted adds a number to an array, or a vector to a matrix. */
function meansBroadcasts(values: Values): boolean {
  let means = known.get(values);
  if (means === undefined) {
    means = [...values].some(([statement, value]) =>
      statement.inferred.members.some((m, i) => value.members[i] !== 'refuted' && broadcastIn(m) !== undefined),
    );
    known.set(values, means);
  }
  return means;
}

/** The first addend that was broadcast and is no literal number, as what it would be without that reading. */
function broadcastIn(member: Candidate | undefined): SumMismatch | undefined {
  if (!member || member.conflicts.length > 0) return undefined;
  for (const { detail, parts, solid } of chosen([member])) {
    if (detail?.kind !== 'sum') continue;
    const at = detail.broadcast.findIndex((b) => b !== undefined && b !== 'literal');
    const [own, other] = [parts[at], parts.find((_, i) => detail.broadcast[i] === undefined)];
    if (!own?.shape || !other?.shape || !solid) continue;
    const { expr } = own;
    return { code: 'sum-mismatch', span: expr.span, expr, other: other.expr, shapes: [own.shape, other.shape], solid, refuted: true };
  }
  return undefined;
}
