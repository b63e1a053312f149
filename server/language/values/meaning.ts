// Symbols that stand for a derivative: where a definition contains one, in a section that reaches here, that derivative is the meaning.
import type { Definition } from '../analysis/definitions.js';
import { matchIndices } from '../context/resolve.js';
import type { Expr, Name } from '../expr.js';
import { walk } from '../syntax/print.js';
import type { Values } from './context.js';

const differentiating = new WeakMap<Expr, boolean>();

export function differentiates(m: Expr): boolean {
  const known = differentiating.get(m);
  if (known !== undefined) return known;
  const found = walk(m).some(
    (e) =>
      e.kind === 'derivative' ||
      e.kind === 'nabla' ||
      e.kind === 'differential' ||
      (e.kind === 'juxtaposed' && isOperator(e.application.kind)),
  );
  differentiating.set(m, found);
  return found;
}

/** D f(x) and d x, where D and d name nothing. */
const isOperator = (kind: Expr['kind']): boolean => kind === 'derivative' || kind === 'differential';

/** A definition as a derivative that reaches a place. */
export function isMeaning(values: Values, d: Definition, position: number): boolean {
  const section = values.checked.env.sections.at(d.position);
  return section.start <= position && position < section.end && differentiates(d.body);
}

/** Lists of definitions of the families that a name is an instance of. */
export const familiesOf = (values: Values, name: Name): readonly (readonly Definition[])[] =>
  name.labels.length + name.subs.length === 0
    ? []
    : (values.byBase.get(name.base) ?? []).filter(([d]) => d && d.name.key !== name.key && (matchIndices(d.name, name)?.size ?? 0) > 0);

/** Whether a symbol, or the family that it is of, is defined as a derivative. */
export const hasDerivativeDefinition = (values: Values, name: Name, position: number): boolean =>
  [...(values.checked.definitions.byKey.get(name.key) ?? []), ...familiesOf(values, name).flat()].some((d) =>
    isMeaning(values, d, position),
  );
