// Arguments that are moments of time: x(t), X(t+1), h(t-1). Such a bracket is a label of the name before it.
import type { Expr, ExprOf, Name } from '../expr.js';

const letters: ReadonlySet<string> = new Set(['t', '\\tau']);

const counts = /^[a-z]$/;

/** Whether the bracket behind a name holds a moment of time and nothing else; of what depends on time elsewhere, any letter may be one. */
export const isTimeArgument = ({ args }: Pick<ExprOf<'call'>, 'args'>, timed = false): boolean =>
  args.kind === 'group' && args.open === '(' && isMomentOfTime(args.body, timed);

/** The call in an application with scripts behind its bracket: X(t)^T, Y(t)_{ij}. */
export function callIn(application: Expr): ExprOf<'call'> | undefined {
  switch (application.kind) {
    case 'call':
      return application;
    case 'transpose':
    case 'element':
    case 'power':
    case 'inverse':
      return callIn(application.base);
    default:
      return undefined;
  }
}

/** The letter of a moment of time: t of t+1. */
export function timeLetterIn(e: Expr): Name | undefined {
  if (e.kind === 'symbol') return e.name;
  if (e.kind === 'group') return timeLetterIn(e.body);
  if (e.kind !== 'sum') return undefined;
  return e.addends.map((a) => timeLetterIn(a.expr)).find((n) => n !== undefined);
}

function isMomentOfTime(e: Expr, timed: boolean): boolean {
  if (e.kind === 'symbol') return letters.has(e.name.key) || (timed && counts.test(e.name.key));
  if (e.kind !== 'sum' || !e.addends.some((a) => isMomentOfTime(a.expr, timed))) return false;
  return e.addends.every((a) => a.expr.kind === 'number' || isMomentOfTime(a.expr, timed));
}
