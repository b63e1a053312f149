// What gets no verdict: statements that claim nothing about values, because they define, update, or speak of shapes alone.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { Definition } from '../../analysis/definitions.js';
import { definedName } from '../../analysis/learning.js';
import { relates } from '../../analysis/statements.js';
import type { Expr, Name } from '../../expr.js';
import { isScalar } from '../../shapes/shape.js';
import { walk } from '../../syntax/print.js';
import { differentiates, hasDerivativeDefinition } from '../meaning.js';
import { wholeName } from '../names.js';
import { sameDeclaration, type Values } from '../problem.js';
import type { StatementValue, ValueReason } from '../value.js';

export const unchecked = (s: CheckedStatement, reason: ValueReason): StatementValue => ({
  verdict: 'unchecked',
  reason,
  members: s.statement.members.map(() => 'unchecked'),
  differences: [],
});

/** Why a statement claims nothing about values; undefined if it does. */
export function withoutValue(values: Values, s: CheckedStatement): ValueReason | undefined {
  const { members, relations } = s.statement;
  const [left, right] = members;
  if (!left || !right) return { kind: 'single' };
  if (relations.some((r) => r === '\\leftarrow')) return { kind: 'update' };
  if (relations.some((r) => !relates(r) || r === '\\approx' || r === '\\ne')) return { kind: 'shapes-only' };
  if (members.length === 2) {
    const name = signedName(left);
    if (name) return { kind: 'defines', name: `${name.key}^+` };
  }
  const name = definedName(left);
  if (name && walk(right).some((e) => e.kind === 'symbol' && e.name.key === name.key)) return { kind: 'update' };
  const defined = members.length === 2 ? firstDefined(values, s) : undefined;
  return defined && { kind: 'defines', name: defined.key };
}

/** P^+ and A^* alone on the left are names. */
function signedName(left: Expr): Name | undefined {
  if (left.kind !== 'inverse' && left.kind !== 'transpose') return undefined;
  const isName = left.kind === 'inverse' ? left.pseudo : left.sign === '*' || left.sign === '\\dagger' || left.sign === 't';
  return isName && left.base.kind === 'symbol' ? left.base.name : undefined;
}

/** The symbol that the statement defines, unless an earlier one defines the same. */
function firstDefined(values: Values, s: CheckedStatement): Name | undefined {
  const { definitions } = values.checked;
  const own = values.definedBy.get(s.statement);
  if (!own) return undefined;
  const position = s.place(s.statement.span).start;
  if (isEntryOfDefined(values, own.name, position) || isInstanceOfDerivative(values, own, position)) return undefined;
  const earliest = definitions.byKey.get(own.name.key)?.find((d) => sameDeclaration(values, d, position));
  return own === earliest ? own.name : undefined;
}

/** δ^{(L)} where δ^{(l)} was defined as a derivative before. */
const isInstanceOfDerivative = (values: Values, own: Definition, position: number): boolean =>
  !differentiates(own.body) && own.name.labels.length + own.name.subs.length > 0 && hasDerivativeDefinition(values, own.name, position);

/** z_i where z was defined before: what is written of an entry then claims something. */
const isEntryOfDefined = (values: Values, name: Name, position: number): boolean => wholeDefinition(values, name, position) !== undefined;

/** The same, by an expression of the same symbols: with others it may be defined anew. */
export function isEntryOfTheSame(values: Values, name: Name, s: CheckedStatement): boolean {
  const position = s.place(s.statement.span).start;
  const d = wholeDefinition(values, name, position);
  const known = d && new Set(basesIn(values, d.body, position));
  return known !== undefined && s.statement.members.slice(1).every((m) => basesIn(values, m, position).every((b) => known.has(b)));
}

/** The letters of symbols that have a shape: sizes and indices are none. */
function basesIn(values: Values, expr: Expr, position: number): readonly string[] {
  const from = (name: Name): string | undefined => values.checked.env.lookup(name, position)?.from;
  return walk(expr).flatMap((e) => (e.kind === 'symbol' && (from(e.name) ?? 'constant') !== 'constant' ? [e.name.base] : []));
}

function wholeDefinition(values: Values, name: Name, position: number): Definition | undefined {
  const { env, definitions } = values.checked;
  const found = env.lookup(name, position);
  if (found?.how !== 'element') return undefined;
  const whole = wholeName(name, found);
  const shape = env.lookup(whole, position)?.shape;
  if (!shape || isScalar(shape)) return undefined;
  const list = definitions.byKey.get(whole.key) ?? [];
  return list.find((d) => d.position < position && sameDeclaration(values, d, position));
}
