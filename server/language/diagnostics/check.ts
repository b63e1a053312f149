// What a check is: one code, its severity by default, and how it is found in a document that has been inferred.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import { conflictsIn } from '../analysis/telling.js';
import type { Code, Severity } from '../report.js';
import type { Conflict } from '../shapes/candidate.js';
import { type Dim, namesOf, numberOf } from '../shapes/dimension.js';
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
  !c.solid && ((c.code === 'function-argument' && c.shape.dims.every(isSupposed)) || isOfExample(c));

const isSupposed = (d: Dim): boolean => namesOf(d).some((n) => n.startsWith('\u00b7'));

/** Numbers, which an example tells, against sizes that are only guessed at. */
function isOfExample(c: Conflict): boolean {
  if (c.code === 'product-mismatch') {
    const [left, right] = c.shapes;
    const [inner, outer] = [left.dims[1], right.dims[0]];
    return inner !== undefined && outer !== undefined && isNumberAndGuess(inner, outer);
  }
  if (c.code !== 'equation-mismatch' && c.code !== 'sum-mismatch') return false;
  const [a, b] = c.shapes;
  return a.dims.length === b.dims.length && a.dims.every((d, i) => d.key === b.dims[i]?.key || isNumberAndGuess(d, b.dims[i] as Dim));
}

const isNumberAndGuess = (a: Dim, b: Dim): boolean => (isLong(a) && isSupposed(b)) || (isLong(b) && isSupposed(a));
const isLong = (d: Dim): boolean => (numberOf(d) ?? 0) > 1;

/** "If A is invertible, …", "what if you take A = Q?": the text supposes what the conflict denies. */
function supposes({ env, document }: Checked, { place, statement }: CheckedStatement, c: Conflict): boolean {
  const equation = place(statement.span);
  if (c.code === 'function-argument' && c.expr.kind === 'symbol') return env.suppositions(c.expr.name, equation).length > 0;
  if (c.code !== 'equation-mismatch' || !statement.members.every((m) => m.kind === 'symbol')) return false;
  const at = document.actual(equation.start);
  return TAKES.test(document.text.slice(Math.max(0, at - 60), at));
}

/** Right before a formula: it is put in for something more general. */
const TAKES =
  /\b(?:if|when|take|taking|choose|choosing|pick|picking|put|putting|set|setting|suppose|supposing|assuming|case|consider) (?:[a-z]+ )?[$`\\(]*$/i;

/** A check whose findings are the conflicts of one code that inference met. What rests on use alone is a hint. */
export function conflictCheck(code: Conflict['code']): Check {
  return {
    code,
    severity: 'error',
    find: (checked) =>
      conflictsIn(checked, code)
        .filter(({ statement, conflict }) => !isGuess(conflict) && !supposes(checked, statement, conflict))
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
