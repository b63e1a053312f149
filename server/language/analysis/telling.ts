// Which statements of a document there is anything to tell of: few, so that checks look at no others.
import type { Candidate, Conflict, Grouping } from '../shapes/candidate.js';
import { isTensor } from '../shapes/shape.js';
import type { Checked, CheckedStatement } from './checked.js';
import { conflictsOf, type Inferred } from './statements.js';

const told = new WeakMap<Checked, readonly CheckedStatement[]>();

/** The statements with a conflict, or with a product or sum that was read in a way worth knowing. */
export function tellingStatements(checked: Checked): readonly CheckedStatement[] {
  let list = told.get(checked);
  if (!list) {
    list = checked.statements.filter((s) => tells(s.inferred));
    told.set(checked, list);
  }
  return list;
}

export interface Struck {
  readonly statement: CheckedStatement;
  readonly conflict: Conflict;
}

const struck = new WeakMap<Checked, ReadonlyMap<Conflict['code'], readonly Struck[]>>();
const none: readonly Struck[] = [];

/** The conflicts of one code with their statements: gathered once for all codes. */
export function conflictsIn(checked: Checked, code: Conflict['code']): readonly Struck[] {
  let byCode = struck.get(checked);
  if (!byCode) {
    byCode = gathered(checked);
    struck.set(checked, byCode);
  }
  return byCode.get(code) ?? none;
}

function gathered(checked: Checked): ReadonlyMap<Conflict['code'], readonly Struck[]> {
  const byCode = new Map<Conflict['code'], Struck[]>();
  for (const statement of tellingStatements(checked))
    for (const conflict of conflictsOf(statement.inferred)) {
      const list = byCode.get(conflict.code);
      if (list) list.push({ statement, conflict });
      else byCode.set(conflict.code, [{ statement, conflict }]);
    }
  return byCode;
}

const known = new WeakMap<Inferred, boolean>();

function tells(inferred: Inferred): boolean {
  let answer = known.get(inferred);
  if (answer === undefined) {
    answer = inferred.conflicts.length > 0 || inferred.members.some((m) => m.conflicts.length > 0) || anyNotable(inferred.members);
    known.set(inferred, answer);
  }
  return answer;
}

function anyNotable(members: readonly Candidate[]): boolean {
  for (const c of members) if (isNotable(c) || anyNotable(c.parts)) return true;
  return false;
}

function isNotable({ detail }: Candidate): boolean {
  switch (detail?.kind) {
    case 'sum':
      return detail.broadcast.some((b) => b !== undefined);
    case 'product':
      return detail.regrouped || detail.factors.some(isOfTensor) || usesSameSymbol(detail.tree);
    case 'chain':
      return detail.factors.some(isOfTensor);
    default:
      return false;
  }
}

const isOfTensor = (c: Candidate): boolean => c.shape !== undefined && isTensor(c.shape);

/** Columns of one symbol were read entry by entry. */
export const usesSameSymbol = (tree: Grouping): boolean =>
  !('leaf' in tree) && (tree.product === 'elementwise' || usesSameSymbol(tree.left) || usesSameSymbol(tree.right));
