// Indices that stand twice in a product and are summed silently (Einstein's convention): the sums that nobody wrote, put into terms.
import { children, targetsOf } from '../../numeric/index.js';
import type { Dim } from '../../shapes/dimension.js';
import type { Term } from '../../term.js';
import { sizeOf } from '../context.js';

type Counts = ReadonlyMap<string, number>;

/** The members with their silent sums; undefined where no letter stands twice. `ranges` are the axes that letters run over. */
export function withRepeatedSums(members: readonly Term[], ranges: ReadonlyMap<string, Dim>): readonly Term[] | undefined {
  const [left] = members;
  if (!left) return undefined;
  const free = new Set([...counted(left)].filter(([, n]) => n === 1).map(([letter]) => letter));
  const summed = members.map((m) => summedOver(m, free, ranges));
  return summed.some((m, i) => m !== members[i]) ? summed : undefined;
}

/** A sum is summed term by term, what is differentiated for itself. */
function summedOver(term: Term, free: ReadonlySet<string>, ranges: ReadonlyMap<string, Dim>): Term {
  if (term.kind === 'sum') {
    const addends = term.addends.map((a) => ({ ...a, term: summedOver(a.term, free, ranges) }));
    return addends.some((a, i) => a.term !== term.addends[i]?.term) ? { ...term, addends } : term;
  }
  if (term.kind === 'derivative') {
    const of = summedOver(term.of, new Set([...free, ...lettersOf(term)]), ranges);
    return of === term.of ? term : { ...term, of };
  }
  return [...counted(term)].reduce<Term>((body, [letter, n]) => {
    const range = ranges.get(letter);
    if (n < 2 || free.has(letter) || !range) return body;
    return { kind: 'binder', binder: 'sum', letter, from: { kind: 'number', value: 1 }, to: { kind: 'size', size: sizeOf(range) }, body };
  }, term);
}

/** The letters that a term itself bears, each as often as it stands. */
function lettersOf(term: Term): readonly string[] {
  if (term.kind === 'index') return [term.name];
  const indices = term.kind === 'element' ? term.indices : targetsOf(term).flatMap((target) => target.indices ?? []);
  return indices.flatMap((index) => (index.kind === 'letter' ? [index.name] : []));
}

/** How often each free letter stands in a product; of the addends of a sum the one that has most of it counts. */
function counted(term: Term): Counts {
  const out = new Map<string, number>();
  const add = (counts: Counts): void => {
    for (const [letter, n] of counts) out.set(letter, (out.get(letter) ?? 0) + n);
  };
  for (const letter of lettersOf(term)) out.set(letter, (out.get(letter) ?? 0) + 1);
  if (term.kind === 'sum') {
    for (const addend of term.addends) for (const [letter, n] of counted(addend.term)) out.set(letter, Math.max(out.get(letter) ?? 0, n));
  } else for (const child of children(term)) add(counted(child));
  if (term.kind === 'binder') out.delete(term.letter);
  return out;
}
