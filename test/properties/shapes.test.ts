// Shapes against arrays: a formula whose symbols are all declared conforms exactly when it evaluates on arrays whose named
// dimensions are distinct primes, and the shape that is inferred is the array's. The arrays know nothing of the shape rules.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, diagnostics, report } from '../../server/language/index.js';
import { arrange } from '../../server/language/numeric/arrange.js';
import { filled, matmul, sameDims, transpose, zip } from '../../server/language/numeric/array.js';
import { DomainError, type NdArray } from '../../server/language/numeric/index.js';

const sizes = { k: 3, m: 5, n: 7 } as const;
type Dim = keyof typeof sizes | '1';
type Dims = readonly [Dim, Dim];

/** A formula as it is generated; a leaf's letter is given to it when the formula is written. */
type Node =
  | { readonly kind: 'leaf'; readonly dims: Dims; readonly turned: boolean }
  | { readonly kind: 'row'; readonly signs: readonly string[]; readonly parts: readonly Node[] }
  | { readonly kind: 'sum'; readonly signs: readonly string[]; readonly parts: readonly Node[] }
  | { readonly kind: 'turned'; readonly part: Node };

const dim = fc.constantFrom<Dim>('1', 'k', 'm', 'n', 'k', 'm', 'n');

/** Mostly of the dims asked for; now and then transposed, or of other dims. */
const leaf = ([r, c]: Dims): fc.Arbitrary<Node> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant<Node>({ kind: 'leaf', dims: [r, c], turned: false }) },
    { weight: 6, arbitrary: fc.constant<Node>({ kind: 'leaf', dims: [c, r], turned: true }) },
    { weight: 1, arbitrary: fc.constant<Node>({ kind: 'leaf', dims: [c, r], turned: false }) },
    { weight: 1, arbitrary: dim.map((d): Node => ({ kind: 'leaf', dims: [r, d], turned: false })) },
  );

function product([r, c]: Dims, depth: number): fc.Arbitrary<Node> {
  return fc.array(dim, { minLength: 1, maxLength: 3 }).chain((inner) => {
    const ends = [r, ...inner, c];
    const parts = ends.slice(1).map((to, i) => formula([ends[i] as Dim, to], depth - 1));
    return fc.tuple(...parts).map((list): Node => ({ kind: 'row', signs: inner.map(() => ''), parts: list }));
  });
}

/** A ⊙ B, A ⊙ B C, A B ⊙ C: what binds first is left to the reader. */
function entrywise(dims: Dims, depth: number): fc.Arbitrary<Node> {
  const [r, c] = dims;
  const same = formula(dims, depth - 1);
  const around = dim.chain((d) => fc.tuple(same, formula([r, d], depth - 1), formula([d, c], depth - 1)));
  return fc.oneof(
    fc.tuple(same, same).map((parts): Node => ({ kind: 'row', signs: ['\\odot'], parts })),
    around.map(([a, b, d]): Node => ({ kind: 'row', signs: ['\\odot', ''], parts: [a, b, d] })),
    around.map(([a, b, d]): Node => ({ kind: 'row', signs: ['', '\\odot'], parts: [b, d, a] })),
  );
}

function sum(dims: Dims, depth: number): fc.Arbitrary<Node> {
  const signs = fc.array(fc.constantFrom('+', '-'), { minLength: 1, maxLength: 2 });
  return signs.chain((s) =>
    fc.tuple(...[...s, ''].map(() => formula(dims, depth - 1))).map((parts): Node => ({ kind: 'sum', signs: s, parts })),
  );
}

function formula(dims: Dims, depth: number): fc.Arbitrary<Node> {
  if (depth === 0) return leaf(dims);
  const [r, c] = dims;
  return fc.oneof(
    { weight: 3, arbitrary: leaf(dims) },
    { weight: 4, arbitrary: product(dims, depth) },
    { weight: 2, arbitrary: sum(dims, depth) },
    { weight: 2, arbitrary: entrywise(dims, depth) },
    { weight: 1, arbitrary: formula([c, r], depth - 1).map((part): Node => ({ kind: 'turned', part })) },
  );
}

const anyFormula = fc.tuple(dim, dim).chain((dims) => formula(dims, 2));

/** Letters by custom: matrices capital, vectors small, scalars Greek. Every leaf has its own, so that no two factors are the same symbol. */
const letters = {
  matrix: ['A', 'B', 'C', 'F', 'G', 'H', 'K', 'M', 'P', 'Q', 'R', 'S', 'U', 'V', 'W', 'X', 'Y', 'Z'],
  vector: ['a', 'b', 'c', 'p', 'q', 'r', 's', 'u', 'v', 'w', 'x', 'y', 'z', 'g', 'h'],
  scalar: ['\\alpha', '\\beta', '\\gamma', '\\lambda', '\\mu', '\\eta', '\\kappa', '\\omega', '\\theta', '\\zeta'],
};

interface Written {
  readonly tex: string;
  readonly declared: ReadonlyMap<string, Dims>;
}

/** The formula in TeX; undefined where it has more leaves than there are letters. */
function write(...nodes: readonly Node[]): (Written & { readonly members: readonly string[] }) | undefined {
  const declared = new Map<string, Dims>();
  const used = { matrix: 0, vector: 0, scalar: 0 };
  let short = false;
  const name = (dims: Dims): string => {
    const ones = dims.filter((d) => d === '1').length;
    const kind = ones === 2 ? 'scalar' : ones === 1 ? 'vector' : 'matrix';
    const letter = letters[kind][used[kind]++];
    if (letter) declared.set(letter, dims);
    else short = true;
    return letter ?? '';
  };
  const text = (node: Node, inside: 'row' | 'sum' | undefined): string => {
    if (node.kind === 'leaf') return `${name(node.dims)}${node.turned ? '^T' : ''}`;
    if (node.kind === 'turned')
      return node.part.kind === 'leaf' && !node.part.turned ? `${text(node.part, 'row')}^T` : `(${text(node.part, undefined)})^T`;
    const parts = node.parts.map((p) => text(p, node.kind));
    const joined = parts.slice(1).reduce((t, p, i) => `${t} ${node.signs[i] ?? ''} ${p}`, parts[0] as string);
    return inside === undefined || (inside === 'sum' && node.kind === 'row') ? joined : `(${joined})`;
  };
  const members = nodes.map((n) => text(n, undefined));
  return short ? undefined : { tex: members.join(' = '), declared, members };
}

const shapeText = ([r, c]: Dims): string => (r === '1' && c === '1' ? 'scalar' : `[${r}, ${c}]`);

interface Answer {
  readonly errors: readonly string[];
  /** What the report says, which is asked for only where there are no errors: it would search for their fixes. */
  readonly conforms: boolean | null | undefined;
  readonly shape: readonly string[] | null | undefined;
}

function answerTo({ tex, declared }: Written, layout = 'mixed'): Answer {
  const shapes = [...declared].map(([key, dims]) => `  ${key}: ${shapeText(dims)}\n`).join('');
  const text = `<!-- conformable\nlayout: ${layout}\nshapes:\n${shapes}-->\n\n$$\n${tex}\n$$\n`;
  const analysis = analyze({ path: 'x.md', language: 'markdown', notebook: false, cells: [text] }, {});
  const errors = diagnostics(analysis).filter((d) => d.severity === 'error');
  const equation = errors.length > 0 ? undefined : report(analysis).equations[0];
  return { errors: errors.map((d) => d.code), conforms: equation?.conforms, shape: equation?.members[0]?.shape };
}

const sizeOf = (d: Dim): number => (d === '1' ? 1 : sizes[d]);

/** All values that the readings of a formula have, one for each shape; none where it does not conform. */
function values(node: Node): readonly NdArray[] {
  switch (node.kind) {
    case 'leaf': {
      const array = filled(sizeOf(node.dims[0]) * sizeOf(node.dims[1]) === 1 ? [] : node.dims.map(sizeOf), 1);
      return [node.turned ? transpose(array) : array];
    }
    case 'turned':
      return values(node.part).map(transpose);
    case 'sum':
      return distinct(combinations(node.parts.map(values)).flatMap(added));
    case 'row':
      return grouped(node.parts.map(values), node.signs);
  }
}

const distinct = (list: readonly NdArray[]): readonly NdArray[] =>
  list.filter((a, i) => list.findIndex((b) => sameDims(a.dims, b.dims)) === i);

/** A row of factors under all groupings. */
function grouped(factors: readonly (readonly NdArray[])[], signs: readonly string[]): readonly NdArray[] {
  if (factors.length === 1) return factors[0] as readonly NdArray[];
  const out: NdArray[] = [];
  for (let k = 1; k < factors.length; k++)
    for (const a of grouped(factors.slice(0, k), signs.slice(0, k - 1)))
      for (const b of grouped(factors.slice(k), signs.slice(k))) out.push(...multiplied(a, b, signs[k - 1] ?? ''));
  return distinct(out);
}

const isNumber = (a: NdArray): boolean => a.dims.length === 0;

function multiplied(a: NdArray, b: NdArray, sign: string): readonly NdArray[] {
  if (isNumber(a) || isNumber(b)) return [zip(a, b, (x, y) => x * y)];
  if (sign === '\\odot') return sameDims(a.dims, b.dims) ? [zip(a, b, (x, y) => x * y)] : [];
  try {
    return [matmul(a, b)];
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'sizes') return [];
    throw error;
  }
}

const combinations = (lists: readonly (readonly NdArray[])[]): readonly (readonly NdArray[])[] =>
  lists.reduce<readonly (readonly NdArray[])[]>((all, list) => all.flatMap((chosen) => list.map((a) => [...chosen, a])), [[]]);

/** The addend that all others fit: of its size, or added throughout, a number to entries, a vector beside a matrix to rows or columns. */
function added(addends: readonly NdArray[]): readonly NdArray[] {
  const fits = (a: NdArray, b: NdArray): boolean => {
    const [r = 1, c = 1] = b.dims;
    const throughout = [
      [r, 1],
      [1, c],
      [c, 1],
    ].some((dims) => sameDims(dims, a.dims));
    return sameDims(a.dims, b.dims) || isNumber(a) || (r > 1 && c > 1 && throughout);
  };
  return addends.filter((whole) => addends.every((a) => fits(a, whole))).slice(0, 1);
}

const named = (size: number): string => Object.entries(sizes).find(([, s]) => s === size)?.[0] ?? String(size);
const shapeOf = (a: NdArray): string => a.dims.map(named).join('×') || 'scalar';
const written = (shape: readonly string[] | null | undefined): string => (shape ? shape.join('×') || 'scalar' : '?');

const runs = { seed: 20250311, numRuns: 800 };

test('a formula conforms exactly when it evaluates, and has the shape of its value', () => {
  let conforming = 0;
  let others = 0;
  fc.assert(
    fc.property(anyFormula, (node) => {
      const document = write(node);
      fc.pre(document !== undefined);
      const { errors, conforms, shape } = answerTo(document);
      const possible = values(node).map(shapeOf);
      if (possible.length === 0) {
        others++;
        expect([document.tex, errors.length > 0]).toEqual([document.tex, true]);
      } else {
        conforming++;
        expect([document.tex, conforms, errors]).toEqual([document.tex, true, []]);
        expect(possible, document.tex).toContain(written(shape));
      }
    }),
    runs,
  );
  expect(conforming).toBeGreaterThan(runs.numRuns / 4);
  expect(others).toBeGreaterThan(runs.numRuns / 8);
});

test('an equation conforms exactly when both sides evaluate to arrays of one size', () => {
  const two = fc
    .tuple(dim, dim, fc.boolean())
    .chain(([r, c, other]) => fc.tuple(formula([r, c], 1), other ? anyFormula : formula([r, c], 2)));
  fc.assert(
    fc.property(two, ([left, right]) => {
      const document = write(left, right);
      fc.pre(document !== undefined);
      const { errors, conforms } = answerTo(document);
      const rights = values(right).map(shapeOf);
      const fits = values(left)
        .map(shapeOf)
        .some((s) => rights.includes(s));
      expect([document.tex, errors.length === 0, conforms ?? false]).toEqual([document.tex, fits, fits]);
    }),
    runs,
  );
});

describe.each(['numerator', 'denominator', 'mixed'] as const)(
  'in %s layout a derivative has the shape of its entries as arranged',
  (layout) => {
    const kinds: Readonly<Record<string, Dims>> = { scalar: ['1', '1'], column: ['m', '1'], row: ['1', 'm'], matrix: ['m', 'n'] };
    const others: Readonly<Record<string, Dims>> = { scalar: ['1', '1'], column: ['k', '1'], row: ['1', 'k'], matrix: ['k', 'n'] };
    const cases = Object.entries(kinds).flatMap(([of, u]) => Object.entries(others).map(([by, v]) => [of, by, u, v] as const));
    const numbers = (dims: Dims): readonly number[] => (dims.every((d) => d === '1') ? [] : dims.map(sizeOf));

    test.each(cases)('%s by %s', (of, by, u, v) => {
      const declared = new Map<string, Dims>([
        ['U', u],
        ['V', v],
      ]);
      const { errors, shape } = answerTo({ tex: '\\frac{\\partial U}{\\partial V}', declared }, layout);
      const { dims } = arrange(layout, numbers(u), numbers(v));
      expect([of, by, errors, written(shape)]).toEqual([of, by, [], dims.map(named).join('×') || 'scalar']);
    });

    test.each([
      ['\\frac{\\partial U}{\\partial V^T}', { by: true }],
      ['\\frac{\\partial U^T}{\\partial V}', { of: true }],
    ] as const)('%s', (tex, signs) => {
      const declared = new Map<string, Dims>([
        ['U', ['m', '1']],
        ['V', ['k', '1']],
      ]);
      const { dims } = arrange(layout, [sizes.m, 1], [sizes.k, 1], signs);
      expect(written(answerTo({ tex, declared }, layout).shape)).toBe(dims.map(named).join('×'));
    });
  },
);
