// Symbols that are defined by their entries: from z_i = \\sum_j W_{ij} x_j with W and x known, z is a column as long as W has rows.
import type { Name, Statement } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import type { Dim } from '../shapes/dimension.js';
import { column, isScalar, matrix, type Shape } from '../shapes/shape.js';
import { walk } from '../syntax/print.js';
import type { Learned } from './learning.js';
import type { Inferred } from './statements.js';

type Lookup = (name: Name) => Found | undefined;

/** Whether the left side is an entry of what the statement may define. */
export function isOfEntries({ members, relations }: Statement): boolean {
  const [left] = members;
  return (
    members.length > 1 && left?.kind === 'symbol' && isEntryName(left.name) && /^(?:=|:=|\\equiv|\\triangleq)$/.test(relations[0] ?? '')
  );
}

/** What the entry on the left of a definition tells of the whole: each of its letters must run over one size on the right. */
export function entryLesson({ statement, members, conflicts }: Inferred, lookup: Lookup): Learned | undefined {
  const [left, ...rest] = statement.members;
  const name = left?.kind === 'symbol' && isOfEntries(statement) ? left.name : undefined;
  if (!name) return undefined;
  if (conflicts.length > 0 || members.some((m) => m.conflicts.length > 0 || (m.shape && !isScalar(m.shape)))) return undefined;
  const whole = bare(name);
  if ([name, whole].some((n) => (lookup(n)?.how ?? 'custom') !== 'custom')) return undefined;
  const sizes = new Map<string, Dim>();
  let solid = true;
  for (const member of rest)
    for (const e of walk(member)) {
      if (e.kind !== 'symbol' || e.name.subs.length === 0) continue;
      const found = lookup(e.name);
      if (found?.how !== 'element' || !found.of || !note(e.name, lookup(found.of)?.shape, sizes)) return undefined;
      solid &&= found.from !== 'use';
    }
  const shape = shapeOver(name, sizes);
  return shape && { name: whole, shape, from: solid ? 'definition' : 'use' };
}

/** z_i and S_{ij}, with letters alone. */
const isEntryName = ({ subs, labels }: Name): boolean =>
  labels.length === 0 &&
  (subs.length === 1 || subs.length === 2) &&
  subs.every((s) => s.kind === 'letter' && s.offset === 0 && /^[i-nkpqrs]$/.test(s.name));

const bare = ({ base }: Name): Name => ({ key: base, base, labels: [], labelStyle: '', subs: [], subText: '' });

/** Takes down what the letters of an entry run over; false where that is another size than before, or not known. */
function note({ subs }: Name, whole: Shape | undefined, sizes: Map<string, Dim>): boolean {
  if (!whole) return false;
  return subs.every((s, i) => {
    if (s.kind !== 'letter') return true;
    const size = whole.dims[i];
    const before = sizes.get(s.name);
    if (!size || size.flexible || (before && before.key !== size.key)) return false;
    sizes.set(s.name, size);
    return true;
  });
}

function shapeOver({ subs }: Name, sizes: ReadonlyMap<string, Dim>): Shape | undefined {
  const [r, c] = subs.map((s) => (s.kind === 'letter' ? sizes.get(s.name) : undefined));
  if (!r) return undefined;
  if (subs.length === 1) return column(r);
  return c && matrix(r, c);
}
