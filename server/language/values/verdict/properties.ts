// What a document demands of one symbol in an equation (P² = P, vᵀv = 1): the engine's random values do not have it, so that a difference in
// another equation of the section says nothing about that symbol. What is supposed in a way that values can keep is no such property.
import type { CheckedStatement } from '../../analysis/analysis.js';
import { walk } from '../../syntax/print.js';
import { differentiates } from '../meaning.js';
import type { Values } from '../problem.js';
import { symbolsIn } from './condition.js';

interface Property {
  readonly key: string;
  readonly start: number;
  readonly section: ReturnType<Values['checked']['env']['sections']['at']>;
}

const known = new WeakMap<Values['checked'], readonly Property[]>();

/** Whether an equation demands something of a symbol, or speaks of one of which another in its section does. */
export function isConstrained(values: Values, s: CheckedStatement): boolean {
  const properties = propertiesOf(values);
  if (properties.length === 0) return false;
  const { start } = s.place(s.statement.span);
  const keys = new Set(s.statement.members.flatMap((m) => [...symbolsIn(values, m, start)]));
  return properties.some((p) => keys.has(p.key) && p.section.start <= start && start < p.section.end);
}

function propertiesOf(values: Values): readonly Property[] {
  let list = known.get(values.checked);
  if (!list) {
    list = values.checked.statements.flatMap((s) => propertyOf(values, s) ?? []);
    known.set(values.checked, list);
  }
  return list;
}

/** All its sides speak of one symbol and nothing else, and one of them is that symbol or a constant. */
function propertyOf(values: Values, s: CheckedStatement): Property | undefined {
  const { members, relations } = s.statement;
  if (members.length < 2 || relations.some((r) => r !== '=') || members.some(differentiates)) return undefined;
  if (members.some((m) => [...walk(m)].some((e) => e.kind === 'inverse'))) return undefined;
  const span = s.place(s.statement.span);
  const keys = new Set(members.flatMap((m) => [...symbolsIn(values, m, span.start)]));
  const [key] = keys;
  const { env, definitions } = values.checked;
  if (definitions.all.some((d) => d.statement === s.statement)) return undefined;
  // Of what is defined it is a claim: 1ᵀp = 1 of a softmax.
  if (members.some((m) => walk(m).some((e) => e.kind === 'symbol' && definitions.byKey.has(e.name.key)))) return undefined;
  if (key === undefined || keys.size > 1 || !members.some((m) => m.kind === 'number' || m.kind === 'symbol')) return undefined;
  if (members.length === 2 && env.facts.some((f) => f.kind === 'supposition' && span.start <= f.span.start && f.span.end <= span.end))
    return undefined;
  return { key, start: span.start, section: env.sections.at(span.start) };
}
