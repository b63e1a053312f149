// What of a document's statements tells the shapes of undeclared letters: definitions and identities as wholes, and the parts of a derivation
// that have no derivative.
import type { Environment } from '../context/environment.js';
import type { Expr, Name, Statement } from '../expr.js';
import { children, walk } from '../syntax/print.js';
import type { Span } from '../text.js';
import { bareSymbol, matrixLike } from './customs.js';
import { definedName } from './learning.js';
import { hasDerivative, relates } from './statements.js';

export interface Supposable {
  readonly statement: Statement;
  readonly position: number;
  readonly at: Span;
}

/** Members that are said to be equal, in the place where they stand; one alone is a part of a formula. */
export interface Evidence {
  readonly item: Supposable;
  readonly members: readonly Expr[];
  /** Whether it goes forward: its left side is a symbol that it defines, or it is what a derivative is taken of. */
  readonly defines: boolean;
}

/** A definition or an identity as a whole; of statements with derivatives the parts that have none. */
export function evidenceOf(item: Supposable): readonly Evidence[] {
  const { members, relations } = item.statement;
  // Examples with numbers have sizes of their own.
  if (members.some((m) => walk(m).some(isNumeric))) return [];
  const whole = members.length > 1 && relations.every(relates) && !members.some(hasDerivative);
  if (whole) return [{ item, members, defines: members.slice(0, 1).some(isDefined) }];
  const differentiated = members.flatMap((m) => walk(m)).flatMap((e) => (e.kind === 'derivative' && e.of ? [e.of] : []));
  const parts = (list: readonly Expr[], defines: boolean): readonly Evidence[] =>
    list.flatMap((m) => partsWithout(m).map((part) => ({ item, members: [part], defines })));
  return [...parts(differentiated, true), ...parts(members, false)];
}

/** z, or f(z): what stands on the left of a definition. */
const isDefined = (e: Expr): boolean =>
  definedName(e) !== undefined || (e.kind === 'juxtaposed' && e.head.kind === 'symbol' && e.application.kind === 'call');

const isNumeric = (e: Expr): boolean => e.kind === 'matrix' && e.cells.every((row) => row.every((c) => c?.kind === 'number'));

/** Whether every letter in a statement is known, but for functions at their arguments: then there is none to suppose anything of. */
export const saysNothingNew = ({ statement, position }: Supposable, env: Environment): boolean =>
  statement.members.every((m) => isTold(m, (name) => (env.lookup(name, position)?.how ?? 'custom') !== 'custom'));

function isTold(e: Expr, known: (name: Name) => boolean): boolean {
  const name = bareSymbol(e);
  if (name && !known(name)) return false;
  if (e.kind === 'choice') return e.options.every((o) => isTold(o, known));
  if (e.kind === 'call') return (isFunctionSign(e.head) || isTold(e.head, known)) && isTold(e.args, known);
  if (e.kind === 'juxtaposed') return isTold(e.application, known) && e.factors.every((f) => isFunctionSign(f) || isTold(f, known));
  return children(e).every((c) => isTold(c, known));
}

/** \sigma, or \sigma': before a bracket no letter but a capital is taken for an array. */
function isFunctionSign(e: Expr): boolean {
  const base = e.kind === 'prime' ? e.base : e;
  return base.kind === 'symbol' && !matrixLike(base.name.base);
}

/** The largest products and sums without a derivative. */
function partsWithout(e: Expr): readonly Expr[] {
  if (hasDerivative(e)) return e.kind === 'derivative' ? [] : children(e).flatMap(partsWithout);
  return walk(e).some((x) => x.kind === 'product' || x.kind === 'juxtaposed') ? [e] : [];
}
