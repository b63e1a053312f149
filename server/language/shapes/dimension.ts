// Dimensions: polynomials with whole coefficients over names, in normal form. Equal keys are equal dimensions.
// Knows nothing of shapes. Names that begin with '?' are flexible: unification may solve for them.

export interface Dim {
  /** Normal form as text; equal for equal dimensions. What users see, but for flexible names. */
  readonly key: string;
  /** Monomials (sorted names; [] is the constant) with their coefficients, sorted by their text. */
  readonly terms: readonly Monomial[];
  readonly flexible: boolean;
}

interface Monomial {
  readonly names: readonly string[];
  readonly coefficient: number;
}

const cache = new Map<string, Dim>();

function make(terms: readonly Monomial[]): Dim {
  const key = print(terms);
  const known = cache.get(key);
  if (known) return known;
  if (cache.size > 20_000) cache.clear();
  const dim: Dim = { key, terms, flexible: terms.some((t) => t.names.some(isFlexibleName)) };
  cache.set(key, dim);
  return dim;
}

const isFlexibleName = (name: string): boolean => name.startsWith('?');

/** Monomials of higher degree first, then by name, the constant last: `mn+n+1`. */
function print(terms: readonly Monomial[]): string {
  if (terms.length === 0) return '0';
  return terms.map(printMonomial).join('').replace(/^\+/, '');
}

function printMonomial({ names, coefficient }: Monomial): string {
  const sign = coefficient < 0 ? '-' : '+';
  const size = Math.abs(coefficient);
  if (names.length === 0) return sign + size;
  let text = '';
  for (let i = 0; i < names.length; ) {
    let power = 1;
    while (names[i + power] === names[i]) power++;
    text += power > 1 ? `${names[i]}^${power}` : names[i];
    i += power;
  }
  return sign + (size === 1 ? '' : size) + text;
}

function normal(terms: readonly Monomial[]): Dim {
  const sums = new Map<string, Monomial>();
  for (const t of terms) {
    const key = t.names.join('\u0001');
    const old = sums.get(key);
    sums.set(key, { names: t.names, coefficient: t.coefficient + (old?.coefficient ?? 0) });
  }
  const kept = [...sums.entries()].filter(([, t]) => t.coefficient !== 0);
  kept.sort(([a, s], [b, t]) => t.names.length - s.names.length || (a < b ? -1 : 1));
  return make(kept.map(([, t]) => t));
}

const numbers: Dim[] = [];

export function dimNumber(value: number): Dim {
  if (value >= 0 && value < 64) {
    numbers[value] ??= make(value === 0 ? [] : [{ names: [], coefficient: value }]);
    return numbers[value];
  }
  return make(value === 0 ? [] : [{ names: [], coefficient: value }]);
}

export const one: Dim = dimNumber(1);

export const dimName = (name: string): Dim => make([{ names: [name], coefficient: 1 }]);

export const add = (a: Dim, b: Dim): Dim => normal([...a.terms, ...b.terms]);

export const scale = (a: Dim, factor: number): Dim => normal(a.terms.map((t) => ({ ...t, coefficient: t.coefficient * factor })));

export function multiply(a: Dim, b: Dim): Dim {
  if (a === one) return b;
  if (b === one) return a;
  return normal(
    a.terms.flatMap((s) => b.terms.map((t) => ({ names: [...s.names, ...t.names].sort(), coefficient: s.coefficient * t.coefficient }))),
  );
}

/** The quotient of two products of names and numbers, where one divides the other. */
export function divide(a: Dim, b: Dim): Dim | undefined {
  const [x, y] = [a.terms[0], b.terms[0]];
  if (!x || !y || a.terms.length > 1 || b.terms.length > 1 || x.coefficient % y.coefficient !== 0) return undefined;
  const names = [...x.names];
  for (const name of y.names) {
    const at = names.indexOf(name);
    if (at < 0) return undefined;
    names.splice(at, 1);
  }
  return normal([{ names, coefficient: x.coefficient / y.coefficient }]);
}

/** The whole number that a dimension is, undefined if it has names. */
export function numberOf(dim: Dim): number | undefined {
  if (dim.terms.length === 0) return 0;
  const [first] = dim.terms;
  return dim.terms.length === 1 && first?.names.length === 0 ? first.coefficient : undefined;
}

export const isOne = (dim: Dim): boolean => dim === one || dim.key === '1';

/** The name that a dimension is, undefined if it is more than a name. */
export function nameOf(dim: Dim): string | undefined {
  const [first] = dim.terms;
  return dim.terms.length === 1 && first?.coefficient === 1 && first.names.length === 1 ? first.names[0] : undefined;
}

export function namesOf(dim: Dim): readonly string[] {
  const known = names.get(dim);
  if (known) return known;
  const found = [...new Set(dim.terms.flatMap((t) => t.names))];
  names.set(dim, found);
  return found;
}

const names = new WeakMap<Dim, readonly string[]>();

/** Replaces names by dimensions; names that the map does not hold stay. */
export function substitute(dim: Dim, values: ReadonlyMap<string, Dim>): Dim {
  if (!dim.terms.some((t) => t.names.some((n) => values.has(n)))) return dim;
  let total = dimNumber(0);
  for (const t of dim.terms) {
    let product = dimNumber(t.coefficient);
    for (const n of t.names) product = multiply(product, values.get(n) ?? dimName(n));
    total = add(total, product);
  }
  return total;
}

/** Supposed sizes have names of their own that begin with a dot. */
const isSupposed = (dim: Dim): boolean => dim.terms.some((t) => t.names.some((n) => n.startsWith('\u00b7')));

/** For users: flexible and supposed dimensions are '?'. */
export const printDim = (dim: Dim): string => (dim.flexible || isSupposed(dim) ? '?' : dim.key);
