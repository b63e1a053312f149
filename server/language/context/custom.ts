// What custom makes of a name that nothing declares: ones, zeros, identities, basis vectors, entries, and letters that count.
import type { Index, Name } from '../expr.js';
import type { Found } from '../shapes/candidate.js';
import { type Dim, dimName, dimNumber } from '../shapes/dimension.js';
import { column, matrix, type Shape, scalar } from '../shapes/shape.js';
import type { Span } from '../text.js';

/** What a document tells of letters without declaring them. */
export interface Customs {
  /** Names that are dimensions of declared shapes: as numbers they are scalars. */
  readonly isDimension: (key: string) => boolean;
  /** Bases that stand with an index and a transpose sign, or behind a matrix: one of several vectors. */
  readonly isSample: (base: string) => boolean;
  /** Whether the document uses this indexed name, or its kin, as a vector of its own: a point x_k. */
  readonly isPoint: (name: Name) => boolean;
  /** Letters that the document uses as indices. */
  readonly isIndex: (key: string) => boolean;
  /** Letters up to which sums and products run. */
  readonly isLength: (key: string) => boolean;
  /** The shape of the Jacobian matrix of a function that the document states as a map, and where it does. */
  readonly jacobianOf: (head: string) => { readonly shape: Shape; readonly at: Span } | undefined;
  readonly fresh: () => Dim;
}

/** How a name with one index is told from an entry: the letter that it is indexed by, whatever is added to it, or a number. */
export function pointKey({ base, subs, labels }: Name): string | undefined {
  const [index] = subs;
  if (subs.length !== 1 || labels.length > 0) return undefined;
  return index?.kind === 'letter' ? `${base}_${index.name}` : index?.kind === 'number' ? `${base}_${index.value}` : undefined;
}

const ones = new Set(['\\mathbf{1}', '\\mathbb{1}', '\\vec{1}', '\\mathds{1}', '1', '\\mathbf{\\mathbb{1}}']);
const jacobians = new Set(['J', '\\mathbf{J}', '\\mathrm{J}']);
const zeros = new Set(['\\mathbf{0}', '\\vec{0}', '0', '\\mathbf{O}']);
export const identities = new Set([
  'I',
  '\\mathbf{I}',
  '\\mathbb{I}',
  '\\mathrm{I}',
  '\\mathcal{I}',
  '\\mathds{I}',
  '\\mathbf{\\mathrm{I}}',
]);

export function constantOf(name: Name): Found['constant'] {
  if (name.labels.length > 0 || name.subs.length > 0) return undefined;
  return ones.has(name.base) ? 'ones' : zeros.has(name.base) ? 'zero' : identities.has(name.base) ? 'identity' : undefined;
}

/** Constants: 1 is a column of ones, I any square, 0 any shape, e_i a basis vector of any length, δ_ij an entry of I. J_f is the Jacobian matrix of a stated map. */
export function fromCustom(scope: Customs, name: Name): Found | undefined {
  const custom = (shape: Shape, constant: Found['constant']): Found => ({
    shape,
    from: 'constant',
    how: 'custom',
    ...(constant ? { constant } : {}),
  });
  if (scope.isDimension(name.key)) return custom(scalar, undefined);
  if (name.labels.length > 0) return undefined;
  const jacobian = jacobians.has(name.base) && name.subText ? scope.jacobianOf(name.subText) : undefined;
  if (jacobian) return { ...jacobian, from: 'declaration', how: 'custom' };
  if (ones.has(name.base) && (name.base !== '1' || name.subs.length > 0))
    return custom(sizeFromSub(name, false) ?? column(scope.fresh()), 'ones');
  if (zeros.has(name.base)) return custom(sizeFromSub(name, false) ?? scalar, 'zero');
  if (identities.has(name.base)) {
    if (!namesSize(scope, name)) return undefined;
    const n = scope.fresh();
    return custom(sizeFromSub(name, true) ?? matrix(n, n), 'identity');
  }
  if (
    (name.base === 'e' || name.base === '\\mathbf{e}') &&
    name.subs.length === 1 &&
    (name.subs[0]?.kind === 'letter' || name.subs[0]?.kind === 'number')
  )
    return custom(column(scope.fresh()), 'basis');
  if (isKronecker(name) && !scope.isSample(name.base)) return custom(scalar, 'delta');
  return undefined;
}

/** I_n names its size; in I_y, where nothing is of size y, the letter is a value, and nobody knows what belongs to it. */
const namesSize = (scope: Customs, { subs }: Name): boolean =>
  !subs.some((i) => i.kind === 'letter' && valueLetters.test(i.name) && !scope.isDimension(i.name));

const valueLetters = /^(?:[u-z]|\\(?:theta|mu|lambda|sigma|alpha|beta))$/;

/** δ_{ij}: an error signal bears the letters of its layer and its sample. */
const isKronecker = ({ base, subs }: Name): boolean =>
  base === '\\delta' && subs.length === 2 && subs.every((i) => i.kind === 'letter' && i.offset === 0 && /^[i-nprs]$/.test(i.name));

const entryLetters = new Set(['i', 'j', 'k', 'l', 'm', 'n']);

/** Plain letters with indices are entries by custom: W_{ij}, p_i. It rests on use alone. */
export function fromEntryCustom(scope: Customs, name: Name): Found | undefined {
  const entry = (i: Index): boolean =>
    (i.kind === 'letter' && i.offset === 0 && entryLetters.has(i.name)) || (i.kind === 'number' && name.subs.length > 1);
  if (name.subs.length === 0 || name.subs.length > 2 || !name.subs.every(entry) || scope.isSample(name.base)) return undefined;
  const single = name.subs.length === 1;
  const plain = /^(?:[a-z]|\\(?:hat|bar|tilde)\{[a-z]\}|\\[a-z]+)$/.test(name.base);
  if (single && !plain) return undefined;
  return { shape: scalar, from: 'use', how: 'custom' };
}

/** i, j, k by themselves, in a document that counts with them, are numbers: it rests on use alone. What it counts up to certainly is one. */
export function fromIndexCustom(scope: Customs, name: Name): Found | undefined {
  if (scope.isLength(name.key)) return { shape: scalar, from: 'constant', how: 'custom' };
  return (entryLetters.has(name.key) && scope.isIndex(name.key)) || (name.key === 't' && scope.isIndex('d/dt'))
    ? { shape: scalar, from: 'use', how: 'custom' }
    : undefined;
}

/** Without a bracket that stands at one end alone, or at both: (m of (m, n), not the brace of d_{out}. */
const bared = (text: string): string => (/^[A-Za-z]+_\{[^{}]*\}$/.test(text) ? text : text.replace(/^[({]|[)}]$/g, ''));

/** \Delta of \Delta x, in a document where it is no symbol by itself, leaves the shape of x. It rests on use alone. */
export const fromPrefixCustom = (scope: Customs, name: Name): Found | undefined =>
  scope.isIndex(`${name.key} prefix`) && !scope.isIndex(`${name.key} alone`) ? { shape: scalar, from: 'use', how: 'custom' } : undefined;

/** \mathbf 1_n, I_n, \mathbf 0_{m\times n}. */
export function sizeFromSub(name: Name, square: boolean): Shape | undefined {
  if (!name.subText) return undefined;
  const parts = name.subText.split(/\\times\s*|,/).map((p) => bared(p.trim()));
  const dims = parts.map((p) => (/^\d+$/.test(p) ? dimNumber(Number(p)) : dimName(p)));
  const [r, c] = dims;
  if (!r) return undefined;
  if (parts.length === 2 && c) return matrix(r, c);
  return square ? matrix(r, r) : column(r);
}
