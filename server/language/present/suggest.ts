// What would make a broken product conform, where that is simple: one transposition, one exchange, or ⊙. Repairs search further.

import type { Expr } from '../expr.js';
import { shapesFit } from '../shapes/match.js';
import { isScalar, type Shape, transpose } from '../shapes/shape.js';
import { plain } from './plain.js';
import { foldProduct, type Part, partText, type ShapeRow } from './row.js';
import { factorText } from './shape-words.js';

interface Item {
  readonly text: string;
  readonly shape: Shape | undefined;
}

const itemOf = (p: Part): Item => ({ text: p.kind === 'frame' ? `(${partText(p, 40)})` : partText(p, 40), shape: p.shape });

const turned = ({ text, shape }: Item): Item => ({ text: raise(text), shape: shape && transpose(shape) });

/** x and T make x^T, a^{(2)} and T a^{(2)T}, and of x^T it makes x again. */
function raise(text: string): string {
  if (/\^T$/.test(text)) return text.slice(0, -2);
  const transposed = /^(.*\^\{[([].*[)\]])T\}$/.exec(text);
  if (transposed) return `${transposed[1]}}`;
  const labelled = /^(.*\^\{[([].*[)\]])\}$/.exec(text);
  return labelled ? `${labelled[1]}T}` : `${/\s/.test(text) && !/^\(.*\)$/.test(text) ? `(${text})` : text}^T`;
}

const rowOfItems = (items: readonly Item[], result: Shape | undefined): string =>
  `${items.map((i) => factorText(i.shape)).join(' · ')} = ${factorText(result)}`;

/** The text of a transposed part, for messages. */
export const transposedText = (text: string): string => raise(text);

/** A sentence that says what would conform; undefined where nothing simple does. `wanted` is the shape of the other sides. */
export function suggestion(row: ShapeRow, wanted: Shape | undefined): string | undefined {
  const breaks = row.joints.flatMap((j, i) => (j.broken ? [i] : []));
  const [at] = breaks;
  if (at === undefined) return undefined;
  const items = row.parts.map(itemOf);
  const left = items[at] as Item;
  const right = items[at + 1] as Item;
  if (!left.shape || !right.shape) return undefined;
  const around = (pair: readonly Item[]): readonly Item[] => [...items.slice(0, at), ...pair, ...items.slice(at + 2)];
  if (breaks.length === 1) {
    const whole = wholeRow(around, left, right, wanted);
    if (whole) return whole;
  }
  return ofTheTwo(left, right);
}

type Around = (pair: readonly Item[]) => readonly Item[];

function wholeRow(around: Around, left: Item, right: Item, wanted: Shape | undefined): string | undefined {
  const tries: readonly (readonly [readonly Item[], (row: string) => string])[] = [
    [[left, turned(right)], (row) => `With ${turned(right).text} for ${right.text} it would conform: ${row}.`],
    [[turned(left), right], (row) => `With ${turned(left).text} for ${left.text} it would conform: ${row}.`],
    [[right, left], (row) => `Exchanged, ${right.text} ${left.text}, they would conform: ${row}.`],
    [[turned(right), left], (row) => `As ${turned(right).text} ${left.text} it would conform: ${row}.`],
    [[right, turned(left)], (row) => `As ${right.text} ${turned(left).text} it would conform: ${row}.`],
  ];
  for (const [pair, say] of tries) {
    const items = around(pair);
    const result = foldProduct(items.map((i) => i.shape));
    if (result && (!wanted || (shapesFit(result, wanted) && isScalar(result) === isScalar(wanted)))) return say(rowOfItems(items, result));
  }
  const alike = left.shape && right.shape && shapesFit(left.shape, right.shape);
  const both: Item = { text: '', shape: left.shape };
  const result = alike ? foldProduct(around([both]).map((i) => i.shape)) : undefined;
  return result && (!wanted || shapesFit(result, wanted)) ? `Entry by entry it would conform: ${left.text} ⊙ ${right.text}.` : undefined;
}

/** Of the two neighbours alone, whatever stands around them. */
function ofTheTwo(left: Item, right: Item): string | undefined {
  const tries: readonly (readonly Item[])[] = [
    [turned(right), left],
    [right, left],
    [left, turned(right)],
    [turned(left), right],
  ];
  for (const pair of tries) {
    const result = foldProduct(pair.map((i) => i.shape));
    if (result && !isScalar(result))
      return `Of these two, ${pair.map((i) => i.text).join(' ')} would conform: ${rowOfItems(pair, result)}.`;
  }
  return undefined;
}

/** An expression transposed: of a plain product the factors transposed in reverse order, (AB)^T = B^T A^T. */
export function transposeText(expr: Expr): string {
  if (expr.kind === 'product' && expr.signs.every((s) => s === '')) return [...expr.factors].reverse().map(transposeText).join(' ');
  const text = plain(expr, 40);
  if (expr.kind === 'number') return text;
  return raise(expr.kind === 'sum' || expr.kind === 'product' ? `(${text})` : text);
}
