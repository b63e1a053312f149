// The row of shapes of a product or a chain, as data: factors, frames around what ⊙ joins, and where it breaks.
import type { Expr, ProductSign } from '../expr.js';
import type { Candidate, Conflict, Grouping } from '../shapes/candidate.js';
import { isHadamard, pair } from '../shapes/rules/pair.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import { covers, type Span, sameSpan } from '../text.js';
import { plain, productSign } from './plain.js';
import { factorText, shapeText } from './shape-words.js';

export interface Factor {
  readonly kind: 'factor';
  readonly expr: Expr;
  readonly shape: Shape | undefined;
  /** It should not stand here at all. */
  readonly wrong: boolean;
}

/** Between two neighbours: the sign that is shown, and whether they do not fit. */
export interface Joint {
  readonly sign: string;
  readonly broken: boolean;
}

export interface Row {
  readonly parts: readonly Part[];
  /** `joints[i]` stands between parts i and i+1. */
  readonly joints: readonly Joint[];
}

export interface Frame extends Row {
  readonly kind: 'frame';
  readonly shape: Shape | undefined;
}

export type Part = Factor | Frame;

export interface ShapeRow extends Row {
  /** Of the whole, where nothing breaks. */
  readonly result: Shape | undefined;
}

/** Whether a candidate has a row: a product or a chain of two and more factors. */
export const hasRow = (c: Candidate): boolean => c.detail?.kind === 'product' || c.detail?.kind === 'chain';

/** The factors as they were read, with a name and its brackets apart where they are a product. */
export const factorsOf = (c: Candidate): readonly Candidate[] =>
  c.detail?.kind === 'product' || c.detail?.kind === 'chain' ? c.detail.factors : [];

/** The row of a product or chain. Scalar factors are left out, but for the one that `shown` lies in. */
export function rowOf(c: Candidate, shown?: Span): ShapeRow | undefined {
  const row = c.detail?.kind === 'chain' ? chainRow(c) : c.detail?.kind === 'product' ? productRow(c, c.detail.tree) : undefined;
  if (!row) return undefined;
  const broken = row.joints.some((j) => j.broken) || row.parts.some((p) => p.kind === 'frame' && p.joints.some((j) => j.broken));
  return { ...withoutScalars(row, shown), result: broken || isAbstract(c) ? undefined : c.shape };
}

/** A chain whose shapes are no product as they stand, and that is not held to one. */
export const isAbstract = (c: Candidate): boolean =>
  c.detail?.kind === 'chain' && factorsOf(c).some((f, i, all) => i > 0 && !meetInProduct(all[i - 1]?.shape, f.shape));

const own = (c: Candidate, conflict: { readonly product: Expr } | { readonly chain: Expr }): boolean => {
  const whole = 'product' in conflict ? conflict.product : conflict.chain;
  return whole === c.expr || sameSpan(whole.span, c.expr.span);
};

function chainRow(c: Candidate): Row {
  const factors = factorsOf(c);
  const repeated = c.conflicts.filter((x) => x.code === 'repeated-factor' && own(c, x)).map((x) => (x as { expr: Expr }).expr);
  const broken = new Set(c.conflicts.flatMap((x) => (x.code === 'broken-chain' && own(c, x) ? [x.spans[1].start] : [])));
  const wrongOrder = c.conflicts.some((x) => x.code === 'layout-order' && sameSpan(x.expr.span, c.expr.span));
  return {
    parts: factors.map((f) => ({ kind: 'factor', expr: f.expr, shape: f.shape, wrong: repeated.includes(f.expr) })),
    joints: factors
      .slice(1)
      .map((f, i) => ({ sign: '·', broken: broken.has(f.expr.span.start) || (wrongOrder && !meetInProduct(factors[i]?.shape, f.shape)) })),
  };
}

/** Whether two neighbours conform as they stand. */
export const meetInProduct = (a: Shape | undefined, b: Shape | undefined): boolean => pair('', { shape: a }, { shape: b }).length > 0;

function productRow(c: Candidate, tree: Grouping): Row {
  const factors = factorsOf(c);
  const signs = signsOf(c, factors);
  const breaks = breaksOf(c, factors);
  return breaks.size > 0 ? flatRow(factors, signs, breaks) : treeRow(tree, factors, signs);
}

/** The signs between the factors as they were read. */
export function signsOf(c: Candidate, factors: readonly Candidate[]): readonly ProductSign[] {
  if (c.expr.kind !== 'product') return factors.slice(1).map(() => '');
  const out: ProductSign[] = [];
  let k = 0;
  c.expr.factors.forEach((f, i) => {
    if (i > 0 && c.expr.kind === 'product') out.push(c.expr.signs[i - 1] ?? '');
    const apart = f.kind === 'juxtaposed' && factors[k]?.expr === f.factors[0];
    if (apart) out.push('');
    k += apart ? 2 : 1;
  });
  return out;
}

/** Positions of factors that do not fit what stands before them. */
function breaksOf(c: Candidate, factors: readonly Candidate[]): ReadonlySet<number> {
  const out = new Set<number>();
  for (const x of c.conflicts) {
    if (!isMismatch(x) || !own(c, x)) continue;
    const at = factors.findIndex((f) => f.expr.span.start === x.spans[1].start);
    if (at > 0) out.add(at);
  }
  return out;
}

const isMismatch = (x: Conflict): x is Extract<Conflict, { code: 'product-mismatch' | 'hadamard-mismatch' }> =>
  x.code === 'product-mismatch' || x.code === 'hadamard-mismatch';

const factor = (c: Candidate): Factor => ({ kind: 'factor', expr: c.expr, shape: c.shape, wrong: false });

const joint = (sign: ProductSign, broken: boolean): Joint => ({
  sign: isHadamard(sign) || sign === '\\otimes' ? productSign(sign) : '·',
  broken,
});

/** As a reader counts where something breaks: what ⊙ joins is one. */
function flatRow(factors: readonly Candidate[], signs: readonly ProductSign[], breaks: ReadonlySet<number>): Row {
  const parts: Part[] = [];
  const joints: Joint[] = [];
  for (let i = 0; i < factors.length; ) {
    let last = i;
    while (last + 1 < factors.length && isHadamard(signs[last] ?? '')) last++;
    const group = factors.slice(i, last + 1);
    const inner = group.slice(1).map((_, k) => joint(signs[i + k] ?? '', breaks.has(i + k + 1)));
    if (i > 0) joints.push(joint(signs[i - 1] ?? '', breaks.has(i)));
    parts.push(
      group.length === 1 && group[0]
        ? factor(group[0])
        : {
            kind: 'frame',
            parts: group.map(factor),
            joints: inner,
            shape: group.map((f) => f.shape).find((s) => s && !isScalar(s)) ?? group[0]?.shape,
          },
    );
    i = last + 1;
  }
  return { parts, joints };
}

const entrywise = (tree: Grouping): boolean =>
  !('leaf' in tree) &&
  (tree.product === 'hadamard' || tree.product === 'diagonal' || tree.product === 'elementwise' || tree.product === 'quotient');

const lastLeaf = (tree: Grouping): number => ('leaf' in tree ? tree.leaf : lastLeaf(tree.right));
const firstLeaf = (tree: Grouping): number => ('leaf' in tree ? tree.leaf : firstLeaf(tree.left));

function treeRow(tree: Grouping, factors: readonly Candidate[], signs: readonly ProductSign[]): Row {
  if ('leaf' in tree) return { parts: [factor(factors[tree.leaf] as Candidate)], joints: [] };
  const kind = entrywise(tree);
  const side = (t: Grouping): Row => {
    const row = treeRow(t, factors, signs);
    if ('leaf' in t || entrywise(t) === kind) return row;
    return { parts: [{ kind: 'frame', ...row, shape: shapeOf(t, factors) }], joints: [] };
  };
  const left = side(tree.left);
  const right = side(tree.right);
  const sign = signs[lastLeaf(tree.left)] ?? '';
  const own: Joint = kind ? { sign: tree.product === 'elementwise' ? '⊙' : productSign(sign) || '⊙', broken: false } : joint(sign, false);
  return { parts: [...left.parts, ...right.parts], joints: [...left.joints, own, ...right.joints] };
}

/** The shape of a group, from its factors: of ⊙ the first array's, of a product its outer sides. */
function shapeOf(tree: Grouping, factors: readonly Candidate[]): Shape | undefined {
  const leaves = factors.slice(firstLeaf(tree), lastLeaf(tree) + 1).map((f) => f.shape);
  if (entrywise(tree)) return leaves.find((s) => s && !isScalar(s)) ?? leaves[0];
  return foldProduct(leaves);
}

/** The shape of a plain product from left to right; undefined if it breaks or something is unknown. */
export function foldProduct(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  return shapes.reduce((a, b, i) => (i === 0 ? b : a && b ? pair('', { shape: a }, { shape: b })[0]?.shape : undefined), undefined);
}

function withoutScalars(row: Row, shown: Span | undefined): Row {
  const silent = (p: Part): boolean =>
    p.kind === 'factor' && p.shape !== undefined && isScalar(p.shape) && !p.wrong && !(shown && covers(p.expr.span, shown));
  const kept = row.parts.map((p) => !silent(p));
  if (kept.filter(Boolean).length < 2) return row;
  const parts: Part[] = [];
  const joints: Joint[] = [];
  row.parts.forEach((p, i) => {
    if (!kept[i]) return;
    if (parts.length > 0) joints.push(row.joints[i - 1] as Joint);
    parts.push(p);
  });
  return { parts, joints };
}

export interface Piece {
  readonly text: string;
  readonly role: 'shape' | 'sign' | 'broken' | 'here';
}

const spanIn = (p: Part, shown: Span | undefined): boolean =>
  shown !== undefined && (p.kind === 'factor' ? covers(p.expr.span, shown) : p.parts.some((q) => spanIn(q, shown)));

/** The row as text in pieces: `2×1`, ` ✗ `, `2×3`, ` · `, … and ` = ` with the result. */
export function rowPieces(row: ShapeRow, shown?: Span): readonly Piece[] {
  const out: Piece[] = [];
  row.parts.forEach((p, i) => {
    const joint = row.joints[i - 1];
    if (joint) out.push(joint.broken ? { text: '✗', role: 'broken' } : { text: joint.sign, role: 'sign' });
    out.push({ text: factorText(p.shape), role: spanIn(p, shown) ? 'here' : 'shape' });
  });
  return row.result && row.parts.length > 1 ? [...out, { text: '=', role: 'sign' }, { text: shapeText(row.result), role: 'shape' }] : out;
}

export const rowText = (row: ShapeRow): string =>
  rowPieces(row)
    .map((p) => p.text)
    .join(' ');

export { spanIn };

/** The text of a part: a factor, or what ⊙ joins. */
export function partText(part: Part, most = 50): string {
  if (part.kind === 'factor') return plain(part.expr, most);
  const inner = part.parts.map((p, i) => (i > 0 ? ` ${part.joints[i - 1]?.sign ?? '⊙'} ` : '') + partText(p, most)).join('');
  return inner.length > most ? `${inner.slice(0, most - 1)}…` : inner;
}
