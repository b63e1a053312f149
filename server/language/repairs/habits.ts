// How a document writes what repairs have to write: transposes, products entry by entry, diagonal matrices.
import type { SourceDocument } from '../document/types.js';

export interface Habits {
  /** The transpose sign with its braces, as it stands behind ^: `T`, `\top`, `{\mathsf T}`. */
  readonly transpose: string;
  /** `a^{(2)T}` rather than `{a^{(2)}}^T`. */
  readonly inside: boolean;
  readonly hadamard: string;
  readonly diag: string;
}

const cache = new WeakMap<SourceDocument, Habits>();

const enough = 400;

export function habitsOf(document: SourceDocument): Habits {
  const known = cache.get(document);
  if (known) return known;
  const text = document.formulas
    .slice(0, enough)
    .map((f) => f.tex)
    .join('\n');
  const made: Habits = {
    transpose: transposeHabit(text),
    inside:
      count(text, /[)\]]\^?\{?(?:T|\\top|\\intercal|\\mathsf\s*\{?T\}?)\}/g) >= count(text, /\}\}\s*\^\s*\{?(?:T\b|\\top|\\intercal)/g),
    hadamard: count(text, /\\circ(?![A-Za-z])/g) > count(text, /\\odot(?![A-Za-z])/g) ? '\\circ' : '\\odot',
    diag: diagHabit(text),
  };
  cache.set(document, made);
  return made;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const spellings: readonly (readonly [string, RegExp])[] = [
  ['T', /(?:\^\s*|[)\]])T(?![A-Za-z])/g],
  ['{T}', /\^\s*\{\s*T\s*\}/g],
  ['\\top', /(?:\^\s*|[)\]])\\top(?![A-Za-z])/g],
  ['{\\top}', /\^\s*\{\s*\\top\s*\}/g],
  ['\\intercal', /\^\s*\\intercal/g],
  ['{\\intercal}', /\^\s*\{\s*\\intercal\s*\}/g],
  ['{\\mathsf{T}}', /\^\s*\{\s*\\mathsf\s*\{\s*T\s*\}\s*\}/g],
  ['{\\mathsf T}', /\^\s*\{\s*\\mathsf T\s*\}/g],
  ['\\mathsf{T}', /\^\s*\\mathsf\s*\{\s*T\s*\}/g],
  ['{\\mathrm{T}}', /\^\s*\{\s*\\mathrm\s*\{\s*T\s*\}\s*\}/g],
  ['\\mathrm{T}', /\^\s*\\mathrm\s*\{\s*T\s*\}/g],
];

/** The sign that stands most often; T where none does, \top where T is a length. */
function transposeHabit(text: string): string {
  let best = /\\(?:sum|prod)\s*_\s*(?:\{[^{}]*\}|.)\s*\^\s*\{?\s*T/.test(text) ? '\\top' : 'T';
  let most = 0;
  for (const [spelling, pattern] of spellings) {
    const found = count(text, pattern);
    if (found > most) [best, most] = [spelling, found];
  }
  return best;
}

function diagHabit(text: string): string {
  const found = /\\(?:operatorname\*?|mathrm|text|mathop)\s*\{\s*[dD]iag\s*\}|\\diag(?![A-Za-z])/.exec(text);
  return found?.[0] ?? '\\operatorname{diag}';
}
