// Which statements of a document there is anything to tell of: few, so that checks look at no others.
import type { Candidate, Grouping } from '../shapes/candidate.js';
import { isTensor } from '../shapes/shape.js';
import type { Checked, CheckedStatement } from './checked.js';
import { chosen, type Inferred } from './statements.js';

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
  for (const c of chosen(members)) if (isNotable(c)) return true;
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
