// The shape that a term must have where it stands, from what surrounds it; undefined where any shape may do.
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { isScalar, type Shape, transpose } from '../shapes/shape.js';
import type { Trial } from './trial.js';

/** The positions of parts that lead from the members to a candidate. */
export function pathTo(members: readonly Candidate[], wanted: (c: Candidate) => boolean): readonly number[] | undefined {
  for (let i = 0; i < members.length; i++) {
    const c = members[i] as Candidate;
    if (wanted(c)) return [i];
    const below = pathTo(c.parts, wanted);
    if (below) return [i, ...below];
  }
  return undefined;
}

export function follow(members: readonly Candidate[], path: readonly number[]): Candidate | undefined {
  let list = members;
  let found: Candidate | undefined;
  for (const i of path) {
    found = list[i];
    list = found?.parts ?? [];
  }
  return found;
}

/** `path` leads to the term. */
export function expectedAt({ inferred, conflicts }: Trial, path: readonly number[]): Shape | undefined {
  const [member = 0, ...rest] = path;
  let wanted = otherMembers(inferred.members, conflicts, member);
  let here = inferred.members[member];
  for (const i of rest) {
    if (!here) return undefined;
    wanted = below(here, i, wanted);
    here = here.parts[i];
  }
  return wanted;
}

function otherMembers(members: readonly Candidate[], conflicts: readonly Conflict[], member: number): Shape | undefined {
  const wrong = (c: Candidate): boolean => conflicts.some((x) => x.code === 'equation-mismatch' && x.expr === c.expr);
  return members.find((c, i) => i !== member && c.shape && !wrong(c))?.shape;
}

/** What is expected of a part where `wanted` is expected of the whole. */
function below(c: Candidate, part: number, wanted: Shape | undefined): Shape | undefined {
  switch (c.rule) {
    case 'group':
    case 'annotated':
    case 'at':
    case 'splice':
    case 'choice':
    case 'elementwise':
    case 'binder':
      return part === 0 ? wanted : undefined;
    case 'transpose':
      return wanted && transpose(wanted);
    case 'sum': {
      const broadcast = c.detail?.kind === 'sum' ? c.detail.broadcast : [];
      const other = c.parts.find((p, i) => i !== part && p.shape && !isScalar(p.shape) && !broadcast[i] && p.conflicts.length === 0);
      return wanted ?? other?.shape;
    }
    default:
      return undefined;
  }
}
