// What kind of equation stands behind a symbol: a definition of it, one of its entries, of a case, or an update.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Expr, Name } from '../expr.js';
import { isScalar } from '../shapes/shape.js';

/** z = (z_1, …, z_n) names the entries of z and defines nothing. */
export function writesEntries(body: Expr, name: Name): boolean {
  if (body.kind === 'group') return writesEntries(body.body, name);
  if (body.kind === 'transpose') return writesEntries(body.base, name);
  const cells = body.kind === 'matrix' ? body.cells.flat() : body.kind === 'tuple' ? body.items : [];
  const entries = cells.filter((c) => c && c.kind !== 'ellipsis');
  return (
    entries.length > 0 && entries.every((c) => c?.kind === 'symbol' && c.name.subs.length > 0 && plain(c.name.base) === plain(name.base))
  );
}

/** B = 1 of a matrix: a case of what is said of B in general. */
export function namesCase({ inferred: { members } }: CheckedStatement): boolean {
  const [left, body] = members;
  return left?.shape !== undefined && body?.shape !== undefined && !isScalar(left.shape) && isScalar(body.shape);
}

/** An equation with a derivative on the right of a symbol both defines and claims: the first member behind the symbol is the definition. */
export const definesHere = (s: CheckedStatement): boolean => s.statement.members.length > 2;

export const isUpdate = (s: CheckedStatement): boolean => s.statement.relations[0] === '\\leftarrow';

export const plain = (base: string): string => base.replace(/\\(?:mathbf|vec)\{(.*)\}/, '$1').toLowerCase();
