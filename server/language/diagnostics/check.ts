// What a check is: one code, its severity by default, and how it is found in a document that has been inferred.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import { conflictsIn } from '../analysis/telling.js';
import type { Code, Severity } from '../report.js';
import type { Conflict } from '../shapes/candidate.js';
import { namesOf } from '../shapes/dimension.js';
import type { Span } from '../text.js';
import type { StatementValue } from '../values/value.js';
import { withBraces } from './braces.js';
import type { FindingData } from './finding.js';

export interface Found {
  readonly span: Span;
  readonly data: FindingData;
  readonly statement?: CheckedStatement;
  /** Weaker than by default, because it rests on use alone. */
  readonly severity?: Severity;
}

export interface Check {
  readonly code: Code;
  readonly severity: Severity | 'off';
  readonly find: (checked: Checked) => readonly Found[];
}

/** A check of values, which are computed after everything else. */
export interface ValueCheck {
  readonly code: Code;
  readonly severity: Severity;
  readonly find: (values: ReadonlyMap<CheckedStatement, StatementValue>) => readonly Found[];
}

/** The range of a conflict: the one place, or both neighbours. */
function spanOfConflict(conflict: Conflict): Span {
  if ('spans' in conflict) return { start: conflict.spans[0].start, end: conflict.spans[1].end };
  return conflict.span;
}

/** An inverse tells that its matrix is square, where nothing but a guess at its sizes says that it is not. */
const isGuess = (c: Conflict): boolean =>
  c.code === 'function-argument' && !c.solid && c.shape.dims.every((d) => namesOf(d).some((n) => n.startsWith('\u00b7')));

/** A check whose findings are the conflicts of one code that inference met. What rests on use alone is a hint. */
export function conflictCheck(code: Conflict['code']): Check {
  return {
    code,
    severity: 'error',
    find: (checked) =>
      conflictsIn(checked, code)
        .filter(({ conflict }) => !isGuess(conflict))
        .map(({ statement, conflict }) => ({
          span: statement.place(withBraces(statement.formula.tex, spanOfConflict(conflict))),
          data: { kind: 'conflict' as const, conflict },
          statement,
          ...(conflict.solid
            ? 'why' in conflict && conflict.why === 'turned'
              ? { severity: 'warning' as const }
              : {}
            : { severity: 'hint' as const }),
        })),
  };
}
