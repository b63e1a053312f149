// The judge of repairs: evaluates the repaired statement in its document. One for each analysis.
import type { Checked } from '../analysis/analysis.js';
import { prepare } from '../values/problem.js';
import { verdictOf } from '../values/verdict.js';
import type { Judge } from './trial.js';

const judges = new WeakMap<Checked, Judge>();

/** True: the mended member agrees with the true value; false: it differs; undefined: that is open. */
export function judgeOf(checked: Checked): Judge {
  let judge = judges.get(checked);
  if (!judge) {
    const values = prepare(checked);
    judge = (repair) => {
      const verdict = verdictOf(values, repair.statement).members[repair.member];
      return verdict === 'verified' ? true : verdict === 'refuted' ? false : undefined;
    };
    judges.set(checked, judge);
  }
  return judge;
}
