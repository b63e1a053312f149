// Shapes written beneath factors: corrected where they are wrong, put beneath all factors of an equation, and taken away.

import type { Expr, ExprOf } from '../expr.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { printDim } from '../shapes/dimension.js';
import { dimensionOf } from '../shapes/dims.js';
import { statedShape } from '../shapes/rules/annotation.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import { walk } from '../syntax/print.js';
import { canonicalMend } from './mends.js';
import { offer } from './offer.js';
import type { Rewrite } from './rewrite.js';
import { flatten } from './search/problem.js';
import type { Bench, Judge } from './trial.js';

export function annotationFixes(
  bench: Bench,
  conflict: Extract<Conflict, { code: 'annotation-mismatch' }>,
  judge: Judge | undefined,
): readonly Fix[] {
  const rewrites = canonicalMend(bench.tex, conflict);
  if (!rewrites) return [];
  return offer({ bench, target: conflict, judge, most: 1, readings: 1, judgements: 1 }, [
    { title: `Write ${shapeWords(conflict.shape)} in the annotation`, rewrites },
  ]);
}

const shapeWords = (shape: Shape): string => (isScalar(shape) ? '1×1' : shape.dims.map(printDim).join('×'));

const shapeTex = (shape: Shape): string =>
  shape.dims
    .map(printDim)
    .join(' \\times ')
    .replace(/ (?=\\times)/g, '')
    .replace(/(\\times) (?=[^A-Za-z])/g, '$1 ');

const only = { judge: undefined, target: undefined, most: 1, readings: 1, judgements: 1 } as const;

/** The factors of the members with their shapes beneath. */
export function annotate(_analysis: Analysis, bench: Bench): readonly Fix[] {
  const terms = bench.original.inferred.members
    .flatMap(termsOf)
    .filter((c) => c.shape && !isScalar(c.shape) && c.shape.dims.every((d) => !d.flexible) && !isAnnotated(c.expr));
  const rewrites = terms.flatMap((c): Rewrite[] => {
    const { start, end } = c.expr.span;
    return [
      { span: { start, end: start }, pieces: ['\\underbrace{'] },
      { span: { start: end, end }, pieces: [`}_{${shapeTex(c.shape as Shape)}}`] },
    ];
  });
  return rewrites.length > 0 ? offer({ bench, ...only }, [{ title: 'Annotate the factors with their shapes', rewrites }]) : [];
}

/** A product's factors, else the member itself; addends each by themselves. */
function termsOf(c: Candidate): readonly Candidate[] {
  if (c.rule === 'sum') return c.parts.flatMap(termsOf);
  return flatten(c).factors;
}

const isAnnotated = (e: Expr): boolean => walk(e).some((x) => x.kind === 'annotated');

export function removeAnnotations(bench: Bench): readonly Fix[] {
  const found = bench.original.statement.members
    .flatMap((m) => walk(m))
    .filter(
      (e): e is Expr & ExprOf<'annotated'> =>
        e.kind === 'annotated' && statedShape({ dimension: (d) => dimensionOf(d) }, e.label) !== undefined,
    );
  const outer = found.filter((e) => !found.some((o) => o !== e && o.span.start <= e.span.start && e.span.end <= o.span.end));
  const rewrites = outer.map((e): Rewrite => ({ span: e.span, pieces: [e.base.span] }));
  return rewrites.length > 0 ? offer({ bench, ...only }, [{ title: 'Remove the annotations', rewrites }]) : [];
}
