// The sentences of findings: what, why, what to do. Plain text; the only place where they are put together.
import type { Finding } from '../diagnostics/finding.js';
import type { Analysis } from '../model.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { namesOf } from '../shapes/dimension.js';
import type { Span } from '../text.js';
import { layoutSource } from './layout-words.js';
import type { Line } from './line.js';
import { annotationMismatch, declarationConflict, equationMismatch, sumMismatch } from './messages/agreement.js';
import { brokenChain, chainEnds, layoutOrder, repeatedFactor } from './messages/chains.js';
import {
  broadcast,
  coincidence,
  grouping,
  layoutMix,
  notChecked,
  sameSymbol,
  stripped,
  tensorFactor,
  undeclared,
  value,
} from './messages/notes.js';
import { functionArgument, hadamardMismatch, productMismatch } from './messages/products.js';
import type { ConflictOf, Telling, Told } from './messages/telling.js';
import { plainTex } from './names.js';
import { placeOf } from './place.js';
import { derivativeOf, factLines, leavesOf } from './reason.js';

export interface Worded {
  /** The first sentence alone. */
  readonly what: string;
  readonly message: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

const mostRelated = 6;

/** A finding in words: what, why and what to do in lines, and the facts that it follows from with their places. */
export function wordFinding(analysis: Analysis, finding: Finding): Worded {
  const telling: Telling = { analysis, finding, statement: finding.statement };
  const told = tell(telling);
  const message = [told.what, told.why, told.todo, weakness(finding)].filter((t) => t !== undefined && t !== '').join('\n');
  return { what: told.what, message, related: relatedTo(telling, told) };
}

function tell(telling: Telling): Told {
  const { data } = telling.finding;
  switch (data.kind) {
    case 'conflict':
      return tellConflict(telling, data.conflict);
    case 'tensor':
      return tensorFactor(telling, data);
    case 'grouping':
      return grouping(telling, data);
    case 'same-symbol':
      return sameSymbol(telling, data);
    case 'broadcast':
      return broadcast(telling, data);
    case 'declaration':
      return declarationConflict(telling, data.name, data.shape, data.other, data.otherAt);
    case 'undeclared':
      return undeclared(telling, data);
    case 'coincidence':
      return coincidence(telling, data);
    case 'layout-mix':
      return layoutMix(telling, data);
    case 'mistake':
      return { what: data.message };
    case 'stripped':
      return stripped();
    case 'value':
      return value(telling, data);
    case 'not-checked':
      return notChecked(telling, data);
  }
}

type Words = { readonly [C in Conflict['code']]: (telling: Telling, conflict: ConflictOf<C>) => Told };

const conflictWords: Words = {
  'product-mismatch': productMismatch,
  'hadamard-mismatch': hadamardMismatch,
  'sum-mismatch': sumMismatch,
  'equation-mismatch': equationMismatch,
  'function-argument': functionArgument,
  'annotation-mismatch': annotationMismatch,
  'repeated-factor': repeatedFactor,
  'broken-chain': brokenChain,
  'chain-ends': chainEnds,
  'layout-order': layoutOrder,
};

const tellConflict = (telling: Telling, conflict: Conflict): Told =>
  (conflictWords[conflict.code] as (telling: Telling, conflict: Conflict) => Told)(telling, conflict);

/** Why an error is a hint only. */
function weakness({ data }: Finding): string | undefined {
  if (data.kind !== 'conflict' || data.conflict.solid) return undefined;
  const hint = 'Only a hint: one of the shapes is known from its use alone, nothing declares it.';
  return hasUnnamed(data.conflict) ? `${hint} Sizes that follow from the other equations, and have no names, are written ?.` : hint;
}

/** Whether a shape in question has a size that was supposed. */
const hasUnnamed = (conflict: Conflict): boolean =>
  'shapes' in conflict && conflict.shapes.some((s) => s.dims.some((d) => namesOf(d).some((n) => n.startsWith('\u00b7'))));

/** The facts behind the shapes in question, the layout first where derivatives are among them. */
function relatedTo({ analysis, finding, statement }: Telling, { about = [] }: Told): Worded['related'] {
  const { data } = finding;
  if (data.kind === 'declaration')
    return placeOf(analysis, data.otherAt) ? [{ span: data.otherAt, message: `the other declaration of ${plainTex(data.name)}` }] : [];
  const first =
    data.kind === 'conflict' && data.conflict.code === 'repeated-factor' && statement
      ? [{ span: statement.place(data.conflict.first.span), message: 'it stands here already' }]
      : [];
  if (!statement) return first;
  const leaves = new Map(about.flatMap((c) => leavesOf(c)).map((l) => [l.name.key, l]));
  const layout: readonly Line[] = about.some(hasDerivative) || finding.code === 'layout-order' ? [layoutSource(analysis, statement)] : [];
  const lines = [...layout, ...factLines(analysis, statement, [...leaves.values()])];
  return [...first, ...lines.flatMap((l) => (l.place ? [{ span: l.place.span, message: l.text }] : []))].slice(0, mostRelated);
}

const hasDerivative = (c: Candidate): boolean => derivativeOf(c) !== undefined || c.parts.some(hasDerivative);
