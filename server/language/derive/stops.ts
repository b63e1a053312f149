// Symbols that the document defines as derivatives: δ^{(l)} = ∂L/∂z^{(l)}. A derivation stops at them and writes the symbol.
import type { CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf } from '../analysis/statements.js';
import { matchIndices } from '../context/resolve.js';
import type { Name } from '../expr.js';
import type { Candidate } from '../shapes/candidate.js';
import { instance } from '../values/names.js';
import type { Values } from '../values/problem.js';

interface Stop {
  readonly of: string;
  readonly by: Name;
  readonly name: Name;
  /** Whether the symbol lies transposed to the variable. */
  readonly turned: boolean;
  readonly statement: CheckedStatement;
}

const nameOf = (c: Candidate | undefined): Name | undefined =>
  c?.detail?.kind === 'found' && c.detail.found.how !== 'element' && c.detail.found.how !== 'slice'
    ? c.detail.name
    : c?.rule === 'annotated' || c?.rule === 'group'
      ? nameOf(c.parts[0])
      : c?.expr.kind === 'symbol'
        ? c.expr.name
        : undefined;

const cache = new WeakMap<Values, readonly Stop[]>();

/** All of a document, in its order. */
function stopsOf(values: Values): readonly Stop[] {
  const known = cache.get(values);
  if (known) return known;
  const out = values.checked.statements.flatMap((s) => stopsIn(values, s));
  cache.set(values, out);
  return out;
}

function stopsIn(values: Values, s: CheckedStatement): readonly Stop[] {
  const { members } = s.inferred;
  if (
    members.length < 2 ||
    s.statement.relations.some((r) => r !== '=' && r !== ':=' && r !== '=:' && r !== '\\equiv' && r !== '\\triangleq') ||
    conflictsOf(s.inferred).length > 0
  )
    return [];
  const derivative = members.find((m) => (m.rule === 'derivative' || m.rule === 'gradient') && m.parts.length === 2);
  const of = nameOf(derivative?.parts[0]);
  const by = nameOf(derivative?.parts[1]);
  if (!derivative || !of || !by) return [];
  const detail = derivative.detail?.kind === 'derivative' ? derivative.detail : undefined;
  const turned = (derivative.rule === 'derivative' && s.layout === 'numerator') !== (detail?.transposed ?? false);
  return members.flatMap((m, i): Stop[] => {
    const name = m === derivative ? undefined : nameOf(m);
    const defined = name && (i === 0 || s.statement.relations[i - 1] === '=:' || !values.checked.definitions.byKey.has(name.key));
    return name && defined ? [{ of: of.key, by, name, turned, statement: s }] : [];
  });
}

/** The symbol for ∂of/∂by, the nearest above the place first; `own` is the statement in hand. */
export function stopFor(
  values: Values,
  of: string,
  by: Name,
  own: CheckedStatement,
  position: number,
): { readonly name: Name; readonly turned: boolean } | undefined {
  const at = (s: Stop): number => s.statement.place(s.statement.statement.span).start;
  const usable = stopsOf(values).filter((s) => s.of === of && s.statement !== own);
  const sorted = [...usable.filter((s) => at(s) <= position).reverse(), ...usable.filter((s) => at(s) > position)];
  for (const s of sorted) {
    const bindings = s.by.key === by.key ? new Map() : matchIndices(s.by, by);
    if (s.by.base === by.base && bindings) return { name: instance(s.name, bindings), turned: s.turned };
  }
  return undefined;
}
