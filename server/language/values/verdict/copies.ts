// Instances that a sum runs over: x_t of Σ_t has one value for all t here. That is a case of what an equation claims as long as every such
// symbol stands inside its sum; where one stands outside as well (∂L/∂V = Σ_t ∂L/∂z_t s_tᵀ with L of all z_t), a difference says nothing.
import { children, targetsOf } from '../../numeric/index.js';
import type { Term } from '../../term.js';
import type { Gathered } from '../context.js';

/** Whether an instance of what a sum runs over stands outside of such a sum, in the terms or in what they are defined by. */
export function standsOutside(terms: readonly Term[], { variables, definitions }: Gathered): boolean {
  const summed = new Set(terms.flatMap((t) => [...lettersSummed(t)]));
  for (const body of definitions.values()) for (const letter of lettersSummed(body)) summed.add(letter);
  if (summed.size === 0) return false;
  const lettersOf = (key: string): readonly string[] => {
    const name = variables.get(key)?.name;
    return [...(name?.subs ?? []), ...(name?.labels ?? [])].flatMap((i) => (i.kind === 'letter' && summed.has(i.name) ? [i.name] : []));
  };
  // x_1 and x_{t-1} are among the x_t.
  const bases = new Map<string, string>();
  for (const [key, { name }] of variables) {
    const other = bases.get(name.base);
    if (other !== undefined && other !== key && (lettersOf(key).length > 0 || lettersOf(other).length > 0)) return true;
    bases.set(name.base, key);
  }
  const seen = new Set<string>();
  const outside = (term: Term, bound: ReadonlySet<string>): boolean => {
    const keys = term.kind === 'variable' ? [term.key] : targetsOf(term).map((t) => t.key);
    const inner = term.kind === 'binder' ? new Set([...bound, term.letter]) : bound;
    return keys.some((key) => atSymbol(key, bound)) || children(term).some((child) => outside(child, inner));
  };
  const atSymbol = (key: string, bound: ReadonlySet<string>): boolean => {
    if (lettersOf(key).some((letter) => !bound.has(letter))) return true;
    const visit = `${key}\u0000${[...bound].sort().join()}`;
    const body = seen.has(visit) ? undefined : definitions.get(key);
    seen.add(visit);
    return body !== undefined && outside(body, bound);
  };
  return terms.some((t) => outside(t, new Set()));
}

function lettersSummed(term: Term): ReadonlySet<string> {
  const out = new Set<string>(term.kind === 'binder' ? [term.letter] : []);
  for (const child of children(term)) for (const letter of lettersSummed(child)) out.add(letter);
  return out;
}
