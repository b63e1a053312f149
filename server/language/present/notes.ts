// What is worth saying about a term besides its shape: the reading that was taken, what multiplying by it does, why it is transposed.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Candidate, Grouping } from '../shapes/candidate.js';
import { isScalar, isTensor, type Shape } from '../shapes/shape.js';
import { covers } from '../text.js';
import { readAs, tensorEntries } from './messages/notes.js';
import { plain } from './plain.js';
import { derivativeOf } from './reason.js';
import { factorsOf, hasRow, isAbstract, meetInProduct, type Part, rowOf } from './row.js';
import { factorText, shapeText } from './shape-words.js';

/** In the order of interest. `path` leads from the member to the term. */
export function notesOn(s: CheckedStatement, c: Candidate, path: readonly Candidate[]): readonly string[] {
  const product = [...path].reverse().find(hasRow);
  const parent = path[path.length - 2];
  return [
    ...derivativeNotes(c),
    ...turnNote(c, product),
    ...(parent?.rule === 'transpose' ? [...turnedNote(parent), ...turnNote(parent, product)] : []),
    ...orientationNote(c),
    ...broadcastNote(c, parent),
    ...(product ? readingNotes(s, product) : []),
  ];
}

function derivativeNotes(c: Candidate): readonly string[] {
  const derivative = derivativeOf(c);
  if (derivative?.detail?.kind === 'derivative' && derivative.detail.diagonal && c.shape && !isScalar(c.shape)) {
    const name = derivative.parts[0] ? plain(derivative.parts[0].expr, 20) : 'it';
    return [`Each entry of ${name} depends on one entry only: multiplying by this matrix is the Hadamard product ⊙ with its diagonal.`];
  }
  if (!c.shape || !isTensor(c.shape)) return [];
  const entries = tensorEntries(c);
  return entries ? [`Its entries are ${entries.entry}. ${entries.contraction}`, ...(entries.single ? [entries.single] : [])] : [];
}

const turnedNote = (parent: Candidate): readonly string[] =>
  parent.shape && !isScalar(parent.shape) ? [`Here it stands transposed: ${plain(parent.expr, 40)} is ${shapeText(parent.shape)}.`] : [];

/** Why a factor is transposed: without it the product would break. */
function turnNote(c: Candidate, product: Candidate | undefined): readonly string[] {
  const base = c.rule === 'transpose' ? c.parts[0]?.shape : undefined;
  if (!base || isScalar(base) || !c.shape || !product || product.conflicts.length > 0 || product.detail?.kind !== 'product') return [];
  const row = rowOf(product, c.expr.span);
  const at = row?.parts.findIndex((p) => p.kind === 'factor' && p.expr === c.expr) ?? -1;
  if (!row || at < 0) return [];
  const [left, right] = [row.parts[at - 1], row.parts[at + 1]];
  const broken = breakWith(base, left, right);
  return broken ? [`The transposition is needed: without it, ${broken} would not conform.`] : [];
}

function breakWith(base: Shape, left: Part | undefined, right: Part | undefined): string | undefined {
  if (left?.shape && !meetInProduct(left.shape, base)) return `${factorText(left.shape)} ✗ ${factorText(base)}`;
  if (right?.shape && !meetInProduct(base, right.shape)) return `${factorText(base)} ✗ ${factorText(right.shape)}`;
  return undefined;
}

const orientationNote = (c: Candidate): readonly string[] =>
  c.detail?.kind === 'orientation' && c.shape ? [`Read as a ${c.detail.as}.`] : [];

function broadcastNote(c: Candidate, parent: Candidate | undefined): readonly string[] {
  if (parent?.detail?.kind !== 'sum' || !parent.shape) return [];
  const how = parent.detail.broadcast[parent.parts.indexOf(c)];
  if (!how) return [];
  const target = how === 'rows' ? 'every row' : how === 'columns' ? 'every column' : 'every entry';
  return [`Added to ${target} of ${shapeText(parent.shape)}.`];
}

function readingNotes(s: CheckedStatement, product: Candidate): readonly string[] {
  const { detail } = product;
  if (detail?.kind === 'chain') {
    const order =
      detail.order === 'denominator' ? 'each further factor is appended on the left' : 'it follows the chain rule from left to right';
    if (!s.layoutDeclared && product.conflicts.length === 0 && isAbstract(product))
      return ['No layout is declared, so the chain is read in the abstract: its links meet, its shapes are not multiplied.'];
    return s.layout === detail.order && product.conflicts.length === 0 ? [`The chain stands in ${detail.order} order: ${order}.`] : [];
  }
  if (detail?.kind !== 'product' || product.conflicts.some((x) => covers(product.expr.span, 'spans' in x ? x.spans[0] : x.span))) return [];
  if (usesSameSymbol(detail.tree))
    return [
      `Read entry by entry, as ${factorsOf(product)
        .map((f) => plain(f.expr, 30))
        .join(' ⊙ ')}.`,
    ];
  return detail.regrouped ? [`Read as ${readAs(product)}, because only so does it conform.`] : [];
}

const usesSameSymbol = (tree: Grouping): boolean =>
  !('leaf' in tree) && (tree.product === 'elementwise' || usesSameSymbol(tree.left) || usesSameSymbol(tree.right));
