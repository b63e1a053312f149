// The words for what is worth knowing without being a mistake: tensors, readings, broadcasts, values, the state of the document.

import { entrywiseJoints, groupsOf } from '../../diagnostics/checks/ambiguous-product.js';
import type { FindingData } from '../../diagnostics/finding.js';
import type { Candidate, Grouping } from '../../shapes/candidate.js';
import { isColumn, isVector, type Shape } from '../../shapes/shape.js';
import { plainTex } from '../names.js';
import { entryOf, plain, productSign } from '../plain.js';
import { derivativeOf } from '../reason.js';
import { factorsOf, signsOf } from '../row.js';
import { isText, shapeText, tensorWord } from '../shape-words.js';
import { wordDifference } from '../values.js';
import type { Telling, Told } from './telling.js';

type DataOf<K extends FindingData['kind']> = Extract<FindingData, { kind: K }>;

export function tensorFactor(_: Telling, { candidate, shape }: DataOf<'tensor'>): Told {
  const entries = tensorEntries(candidate);
  const what = `${plain(candidate.expr)} is a ${tensorWord(shape)}, ${shapeText(shape)}${entries ? `: its entries are ${entries.entry}` : ''}.`;
  if (!entries) return { what, why: 'Beside its neighbour it contracts over the whole side that both share.', about: [candidate] };
  return { what, why: entries.contraction, ...(entries.single ? { todo: entries.single } : {}), about: [candidate] };
}

interface Entries {
  readonly entry: string;
  readonly contraction: string;
  readonly single: string | undefined;
}

/** The entry-wise form of ∂z/∂W: its entries ∂z_k/∂W_{ij}, and how a chain sums over k. */
export function tensorEntries(c: Candidate): Entries | undefined {
  const derivative = derivativeOf(c);
  const [u, v] = derivative?.parts ?? [];
  if (!u?.shape || !v?.shape || derivative?.expr.kind !== 'derivative') return undefined;
  const [top, bottom] = [isVector(u.shape) ? 'k' : 'kl', isVector(v.shape) ? 'i' : 'ij'];
  const of = entryOf(u.expr, top);
  const by = entryOf(v.expr, bottom);
  const entry = `∂${of}/∂${by}`;
  const sums = top === 'k' ? 'Σ_k' : 'Σ_{kl}';
  const name = plain(u.expr, 20);
  return {
    entry,
    contraction: `In a chain it contracts over the entries of ${name}: for a scalar L, ∂L/∂${by} = ${sums} ∂L/∂${of} ${entry}.`,
    single: isVector(u.shape) && bottom === 'ij' ? `Entry by entry it is a vector again: ∂${name}/∂${by}.` : undefined,
  };
}

export function grouping(_: Telling, { candidate }: DataOf<'grouping'>): Told {
  return { what: `Read as ${readAs(candidate)}, because only so does it conform.`, todo: 'Parentheses would say it.', about: [] };
}

/** The product with the parentheses that it was read with. */
export function readAs(candidate: Candidate): string {
  const factors = factorsOf(candidate);
  const signs = signsOf(candidate, factors);
  const spans = candidate.detail?.kind === 'product' ? groupsOf(candidate.detail.tree, factors) : [];
  return factors
    .map((f, i) => {
      const opens = spans.filter((s) => s.start === f.expr.span.start).length;
      const closes = spans.filter((s) => s.end === f.expr.span.end).length;
      const sign = i > 0 ? productSign(signs[i - 1] ?? '') : '';
      const text = f.expr.kind === 'sum' ? `(${plain(f.expr)})` : plain(f.expr);
      return (i > 0 ? (sign ? ` ${sign} ` : ' ') : '') + '('.repeat(opens) + text + ')'.repeat(closes);
    })
    .join('');
}

export function sameSymbol(_: Telling, { candidate }: DataOf<'same-symbol'>): Told {
  const factors = factorsOf(candidate);
  const signs = signsOf(candidate, factors);
  const tree = candidate.detail?.kind === 'product' ? candidate.detail.tree : undefined;
  const joints = new Set(tree ? entrywiseJoints(tree) : []);
  const read = factors.map((f, i) => {
    const sign = joints.has(i - 1) ? '⊙' : productSign(signs[i - 1] ?? '');
    return (i === 0 ? '' : sign ? ` ${sign} ` : ' ') + plain(f.expr);
  });
  const shape = (tree && factors[lastEntrywise(tree)]?.shape) ?? candidate.shape;
  return {
    what: `Read entry by entry, as ${read.join('')}${shape ? `: ${columnsHaveNoProduct(shape)}` : ''}.`,
    todo: 'Write ⊙ (\\odot) to say so.',
    about: [],
  };
}

/** The factor behind the last ⊙ that was read. */
const lastEntrywise = (tree: Grouping): number => Math.max(...entrywiseJoints(tree)) + 1;

const columnsHaveNoProduct = (shape: Shape): string =>
  isColumn(shape) ? `two columns, ${shapeText(shape)}, have no matrix product` : `both are ${shapeText(shape)}`;

export function broadcast(_: Telling, { candidate, to, how }: DataOf<'broadcast'>): Told {
  const target = how === 'rows' ? 'every row' : how === 'columns' ? 'every column' : 'every entry';
  const own = candidate.shape ? isText(candidate.shape) : 'of unknown shape';
  return {
    what: `${plain(candidate.expr, 40)} is ${own}; it was read as added to ${target} of the ${shapeText(to)} sum.`,
    todo: withOnes(plain(candidate.expr, 20), candidate.shape, how),
    about: [candidate],
  };
}

function withOnes(name: string, shape: Shape | undefined, how: 'rows' | 'columns' | 'scalar'): string {
  if (how === 'scalar') return 'Times a matrix of ones it would be said in the formula itself.';
  const product = how === 'columns' ? `${name} 𝟙^T` : `𝟙 ${shape && isColumn(shape) ? `${name}^T` : name}`;
  return `With ${product}, 𝟙 a column of ones, it would be said in the formula itself.`;
}

export const undeclared = (_: Telling, { name }: DataOf<'undeclared'>): Told => ({
  what: `Nothing in the document determines the shape of ${plainTex(name)}.`,
  why: 'Until something does, nothing that holds it is reported.',
  todo: `A declaration would settle it: ${name} \\in \\mathbb{R}^{m \\times n}, or a line under shapes: in a directive.`,
});

export const coincidence = (_: Telling, { candidate, dims, value }: DataOf<'coincidence'>): Told => ({
  what: `${plain(candidate.expr, 60)} conforms only because ${plainTex(dims[0])} and ${plainTex(dims[1])} are both ${value}.`,
  why: 'With other sizes it would not.',
  todo: 'Check which of the two is meant.',
  about: [candidate],
});

export const layoutMix = (_: Telling, { candidate, layout, other }: DataOf<'layout-mix'>): Told => ({
  what: `${plain(candidate.expr, 60)} follows ${layout} layout, the side before it ${other} layout.`,
  why: 'The document declares no layout, so neither is wrong by itself.',
  todo: 'Declare one, and keep to it.',
  about: [candidate],
});

export const value = ({ statement }: Telling, { candidate, difference }: DataOf<'value'>): Told => ({
  what: `The shapes conform, but the value is wrong${difference ? `: ${wordDifference(difference)}` : ''}.`,
  why: `${plain(candidate.expr, 60)} was evaluated at random points and compared with ${statement?.inferred.members.some(speaksOfDerivatives) ? 'the true derivative' : 'what the document defines'}.`,
  about: [candidate],
});

const speaksOfDerivatives = (c: Candidate): boolean => derivativeOf(c) !== undefined || c.parts.some(speaksOfDerivatives);

export const stripped = (): Told => ({
  what: 'The backslashes of the formulas were lost in copying: frac stands for \\frac.',
  why: 'The formulas are read as if they were there.',
  todo: 'The fix restores them all.',
});

const skipped: Readonly<Record<string, string>> = { formula: 'This formula is too long or too deeply nested to be read to its end.' };

export const notChecked = (_: Telling, { what }: DataOf<'not-checked'>): Told => ({
  what: skipped[what] ?? `Not checked: ${what}.`,
  why: 'What could not be read says nothing; everything else is checked.',
});
