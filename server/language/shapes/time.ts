// Arguments that are moments of time: x(t), X(t+1), h(t-1). Such a bracket is a label of the name before it.
import type { Expr, ExprOf, Name } from '../expr.js';

const letters: ReadonlySet<string> = new Set(['t', 'k', '\\tau']);

const counts = /^[a-z]$/;

/** Whether the bracket behind a name holds a moment of time and nothing else. */
export const isTimeArgument = (call: Pick<ExprOf<'call'>, 'args'>): boolean => timeLetter(call) !== undefined;

/** The letter of the moment that a bracket holds: t of (t), k of (k+1); of what depends on time elsewhere (`timed`), any letter may be one. */
export const timeLetter = ({ args }: Pick<ExprOf<'call'>, 'args'>, timed = false): Name | undefined =>
  args.kind === 'group' && args.open === '(' ? letterOf(args.body, timed) : undefined;

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

function letterOf(e: Expr, timed: boolean): Name | undefined {
  if (e.kind === 'symbol') return letters.has(e.name.key) || (timed && counts.test(e.name.key)) ? e.name : undefined;
  if (e.kind !== 'sum') return undefined;
  const [first, ...others] = e.addends;
  return first?.sign === 1 && others.length > 0 && others.every((a) => a.expr.kind === 'number') ? letterOf(first.expr, timed) : undefined;
}
