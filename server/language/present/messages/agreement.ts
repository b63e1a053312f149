// The words for sides that should agree: addends, members of an equation, annotations, declarations.
import { isScalar, type Shape, sameShape, transpose } from '../../shapes/shape.js';
import { plainTex } from '../names.js';
import { placeOf, placeText } from '../place.js';
import { plain } from '../plain.js';
import { isText, shapeText } from '../shape-words.js';
import { transposedText, transposeText } from '../suggest.js';
import { type ConflictOf, candidatesOf, type Telling, type Told } from './telling.js';

const areTransposes = (a: Shape, b: Shape): boolean => a.dims.length === 2 && sameShape(transpose(a), b);

export function sumMismatch({ statement }: Telling, conflict: ConflictOf<'sum-mismatch'>): Told {
  const [own, other] = conflict.shapes;
  const name = plain(conflict.expr, 40);
  return {
    what: `Only equal shapes can be added: ${name} is ${isText(own)}, ${plain(conflict.other, 40)} is ${isText(other)}.`,
    ...(conflict.refuted ? { why: 'Added to every entry, row or column it would conform, but the value would be wrong.' } : {}),
    ...(areTransposes(own, other) ? { todo: `With ${transposedText(name)} for ${name} it would conform.` } : {}),
    about: candidatesOf(statement, [conflict.expr, conflict.other]),
  };
}

export function equationMismatch({ statement }: Telling, conflict: ConflictOf<'equation-mismatch'>): Told {
  const [own, other] = conflict.shapes;
  const members = statement?.statement.members ?? [];
  const left = members[0] === conflict.other ? 'the left side' : 'the side before it';
  const about = candidatesOf(statement, [conflict.expr, conflict.other]);
  if (conflict.why === 'indices')
    return {
      what: `The two sides do not have the same free indices: ${plain(conflict.expr, 60)} and ${plain(conflict.other, 60)}.`,
      why: freeIndices(conflict.letters),
      todo: 'Both sides must hold for the same indices: name them alike, or sum over what one side alone has.',
      about,
    };
  const name = plain(conflict.other, 60);
  const what = `This side is ${isText(own)}, ${left}, ${name}, is ${isText(other)}`;
  if (areTransposes(own, other))
    return {
      what: `${what}: transposed.`,
      todo:
        conflict.expr.kind === 'product' || conflict.expr.kind === 'transpose' || conflict.expr.kind === 'symbol'
          ? `As ${transposeText(conflict.expr)} it would conform.`
          : 'Transpose one of the two sides.',
      about,
    };
  const why =
    isScalar(own) && !isScalar(other) ? 'A scalar equals no array.' : isScalar(other) && !isScalar(own) ? 'An array equals no scalar.' : '';
  return { what: `${what}.`, ...(why ? { why } : {}), about };
}

export function annotationMismatch({ statement }: Telling, conflict: ConflictOf<'annotation-mismatch'>): Told {
  const { stated, shape } = conflict;
  const transposed = areTransposes(stated, shape) ? ', the transpose' : '';
  return {
    what: `The annotation says ${isText(stated)}, but ${plain(conflict.expr, 50)} is ${isText(shape)}${transposed}.`,
    todo: `Write ${isScalar(shape) ? '1×1' : shapeText(shape)}, or change the term.`,
    about: candidatesOf(statement, [conflict.expr]),
  };
}

export function declarationConflict(
  { analysis }: Telling,
  name: string,
  shape: Shape,
  other: Shape,
  otherAt: { start: number; end: number },
): Told {
  const place = placeOf(analysis, otherAt);
  const where = place ? `in ${placeText(place)}` : 'in the settings';
  return {
    what: `${plainTex(name)} is declared ${isText(shape)} here, but ${isText(other)} ${where}.`,
    why: place ? 'Both hold in the same section.' : 'A directive always wins.',
    todo: 'Change one of them; what is another symbol needs another name, or a section of its own.',
  };
}

/** Which index stands free on one side only. */
function freeIndices(letters: ConflictOf<'equation-mismatch'>['letters']): string {
  const { missing = [], extra = [] } = letters ?? {};
  const list = (l: readonly string[], where: string): string[] =>
    l.length > 0 ? [`${l.map(plainTex).join(', ')} ${l.length > 1 ? 'are' : 'is'} free on ${where} only`] : [];
  return `${[...list(missing, 'the left side'), ...list(extra, 'this side')].join('; ')}.`;
}
