// Words that tell of some matrix that it is symmetric, in a sentence of which nobody could read which matrix is meant: "It is symmetric.",
// "die Kovarianzmatrix", "both are positive definite".
import type { Checked } from '../../analysis/analysis.js';
import { within } from '../../context/sections.js';
import type { Span } from '../../text.js';

const SYMMETRIC =
  /\bsymm?[eé]tri|\bsim[eé]tric|\bsimmetric|\bsymetr|对称|對稱|対称|симметрич|co-?varian[czt]|positiv\w*[- ](?:semi-?)?definit|hermiti|self-adjoint|\bgram(?:ian)?\b|\bspd\b|\bpsd\b|kernel matri/gi;
/** A word belongs to what is read so near to it, in characters. */
const near = 40;

const found = new WeakMap<Checked, readonly number[]>();

/** Whether such words stand in the section of an equation, or in one that holds it. */
export function speaksOfSymmetry(checked: Checked, equation: Span): boolean {
  const { sections } = checked.env;
  const own = sections.at(equation.start);
  return wordsOf(checked).some((word) => within(own, sections.at(word)));
}

/** Where the words stand, in fixed offsets. */
function wordsOf(checked: Checked): readonly number[] {
  let words = found.get(checked);
  if (!words) {
    const { document, env } = checked;
    const read = env.facts
      .filter((f) => (f.kind === 'assumption' || f.kind === 'supposition') && f.span.start >= 0)
      .map((f) => ({ start: document.actual(f.span.start) - near, end: document.actual(f.span.end) + near }));
    words = [...document.text.matchAll(SYMMETRIC)].flatMap(({ index }) =>
      read.some((r) => r.start <= index && index < r.end) ? [] : [document.fixed(index)],
    );
    found.set(checked, words);
  }
  return words;
}
