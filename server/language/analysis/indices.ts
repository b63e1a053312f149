// Free indices: both sides of an equation of entries speak of the same ones. Told where no customary reading excuses it: an index that
// stands twice may be summed silently, one that stands twice on the left may vanish (∂z_i/∂W_{ij} is x_j), a case (i = j) fixes its letters.
import type { Index, Name, Statement } from '../expr.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { isScalar } from '../shapes/shape.js';
import { walk } from '../syntax/print.js';

/** How often each index letter occurs free, and whether all that bear one are entries of declared arrays. */
interface Letters {
  readonly counts: Map<string, number>;
  readonly bound: Set<string>;
  sure: boolean;
}

/** The first member whose indices do not go with those of the left side. `fixed` letters are bound by a case of the document. */
export function indexConflict(statement: Statement, members: readonly Candidate[], fixed: ReadonlySet<string>): Conflict | undefined {
  const [left] = members;
  if (!left || statement.members.length < 2 || !members.every((m) => m.shape && isScalar(m.shape))) return undefined;
  if (statement.relations.some((r) => r === '\\leftarrow' || r === '\\propto')) return undefined;
  const own = lettersOf(left);
  for (const member of members.slice(1)) {
    const other = lettersOf(member);
    const letters = own.sure && other.sure && isPlain(left) ? differ(own, member, other, fixed) : undefined;
    const found = exchanged(own, other) ?? letters;
    if (found)
      return {
        code: 'equation-mismatch',
        span: member.expr.span,
        expr: member.expr,
        other: left.expr,
        shapes: [{ dims: [] }, { dims: [] }],
        solid: true,
        why: 'indices',
        letters: found,
      };
  }
  return undefined;
}

/** i, j, k: the letters that are indices whatever they stand on. */
const customary = new Set(['i', 'j', 'k']);

type Differing = NonNullable<Extract<Conflict, { code: 'equation-mismatch' }>['letters']>;

/** One letter where another should be: δ_j for ∂L/∂b_i. */
function exchanged(own: Letters, other: Letters): Differing | undefined {
  const extra = [...other.counts].filter(([l, n]) => customary.has(l) && n === 1 && !own.counts.has(l)).map(([l]) => l);
  const missing = [...own.counts.keys()].filter((l) => customary.has(l) && !other.counts.has(l));
  return extra.length > 0 && missing.length > 0 ? { missing, extra } : undefined;
}

/** An index of the left side is missing, or one has come up that no sum binds. */
function differ(own: Letters, member: Candidate, other: Letters, fixed: ReadonlySet<string>): Differing | undefined {
  if (own.counts.size === 0 || other.counts.size === 0) return undefined;
  const missing = [...own.counts].filter(([l, n]) => n === 1 && !other.counts.has(l) && !fixed.has(l)).map(([l]) => l);
  // Who writes sums writes them all; else a letter that stands twice is summed silently.
  const addends = other.bound.size === 0 ? [] : addendsOf(member).map(lettersOf);
  const extra = new Set(
    addends.flatMap((a) => [...a.counts].filter(([l, n]) => n === 1 && !own.counts.has(l) && !fixed.has(l)).map(([l]) => l)),
  );
  return missing.length + extra.size > 0 ? { missing, extra: [...extra] } : undefined;
}

/** An entry, or a derivative of names by names: what such a side depends on is what it shows. */
function isPlain(c: Candidate): boolean {
  if (c.rule === 'group' || c.rule === 'annotated') return c.parts.every(isPlain);
  return c.rule === 'derivative' ? c.parts.every(isPlain) : c.rule === 'symbol' || c.rule === 'element';
}

const addendsOf = (c: Candidate): readonly Candidate[] => (c.rule === 'sum' || c.rule === 'group' ? c.parts.flatMap(addendsOf) : [c]);

function lettersOf(c: Candidate): Letters {
  const out: Letters = { counts: new Map(), bound: new Set(), sure: true };
  gather(c, new Set(), out);
  return out;
}

function gather(c: Candidate, bound: ReadonlySet<string>, out: Letters): void {
  const { expr, detail } = c;
  if (detail?.kind === 'found') noteName(detail.name, detail.found.how === 'element', bound, out);
  else if (expr.kind === 'symbol') noteName(expr.name, false, bound, out);
  if (expr.kind === 'element') note(expr.indices, bound, out);
  if (expr.kind === 'cases' || expr.kind === 'relation' || expr.kind === 'text' || expr.kind === 'hole' || expr.kind === 'call')
    out.sure = false;
  if (expr.kind === 'binder') {
    for (const l of expr.letters) out.bound.add(l);
    const inner = new Set([...bound, ...expr.letters]);
    for (const part of c.parts) if (part.expr !== expr.lower && part.expr !== expr.upper) gather(part, inner, out);
  } else for (const part of c.parts) gather(part, bound, out);
}

function noteName(name: Name, element: boolean, bound: ReadonlySet<string>, out: Letters): void {
  if (!element && !isKronecker(name) && name.subs.some((i) => i.kind === 'letter')) out.sure = false;
  note([...name.subs, ...name.labels], bound, out, isKronecker(name) ? 2 : 1);
}

/** A letter of Kronecker's delta picks a fixed entry as well as a running one: it counts as if it stood twice. */
function note(indices: readonly Index[], bound: ReadonlySet<string>, out: Letters, times = 1): void {
  for (const i of indices) if (i.kind === 'letter' && !bound.has(i.name)) out.counts.set(i.name, (out.counts.get(i.name) ?? 0) + times);
}

const isKronecker = (name: Name): boolean =>
  name.base === '\\delta' && name.labels.length === 0 && name.subs.length === 2 && name.subs.every((i) => i.kind === 'letter');

/** Letters that a case fixes: i = j, k \ne y. What a sum runs over (i = 1) is none. */
export function fixedLetters(statements: Iterable<Statement>): ReadonlySet<string> {
  const out = new Set<string>();
  const meet = (a: string | undefined, b: string | undefined): void => {
    if (a === undefined || b === undefined) return;
    if (a.length === 1) out.add(a);
    if (b.length === 1) out.add(b);
  };
  const letter = (e: Statement['members'][number] | undefined): string | undefined => (e?.kind === 'symbol' ? e.name.key : undefined);
  for (const { members, relations } of statements) {
    relations.forEach((r, i) => {
      if (r === '=' || r === '\\ne') meet(letter(members[i]), letter(members[i + 1]));
    });
    for (const m of members) for (const e of walk(m)) if (e.kind === 'relation') meet(letter(e.left), letter(e.right));
  }
  return out;
}
