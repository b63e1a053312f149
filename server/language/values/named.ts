// Names that an equation gives on its right side: the δ of ∂L/∂y = δ, where nothing has spoken of δ before and nothing defines it.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import type { Definition } from '../analysis/definitions.js';
import type { Name } from '../expr.js';
import { walk } from '../syntax/print.js';
import { differentiates } from './meaning.js';

/** A definition by the member of its statement that holds a derivative. */
export interface NamedMember extends Definition {
  readonly member: number;
}

/** By key. Goes over the document once. */
export function namesGiven(checked: Checked): ReadonlyMap<string, readonly NamedMember[]> {
  const seen = new Set<string>();
  const out = new Map<string, NamedMember[]>();
  for (const s of checked.statements) {
    const given = nameGiven(s);
    if (given && !seen.has(given.name.key) && !isPart(checked, given) && !checked.definitions.byKey.has(given.name.key))
      out.set(given.name.key, [given]);
    // To be declared is not to be spoken of.
    if (s.statement.relations.includes('\\in')) continue;
    for (const m of s.statement.members) for (const e of walk(m)) if (e.kind === 'symbol') seen.add(e.name.key);
  }
  return out;
}

/** W_{ij} of a W that is known is no name. */
const isPart = ({ env }: Checked, { name, position }: NamedMember): boolean => {
  const how = env.lookup(name, position)?.how;
  return how === 'element' || how === 'slice';
};

function nameGiven(s: CheckedStatement): NamedMember | undefined {
  const { members, relations } = s.statement;
  if (members.length < 2 || relations.some((r) => r !== '=')) return undefined;
  const names = members.map((m) => (m.kind === 'symbol' ? m.name : undefined));
  const at = names.findIndex((n, i) => n !== undefined && i > 0);
  const member = members.findIndex(differentiates);
  const name = names[at];
  if (!name || member < 0 || members.some((m, i) => i !== at && mentions(m, name))) return undefined;
  const body = members[member];
  return body && { name, body, position: s.place(s.statement.span).start, statement: s.statement, member };
}

const mentions = (m: CheckedStatement['statement']['members'][number], name: Name): boolean =>
  walk(m).some((e) => e.kind === 'symbol' && e.name.key === name.key);
