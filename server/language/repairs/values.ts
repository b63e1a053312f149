// Repairs of a member that conforms but whose value is wrong: the same search over small edits, of which only what is verified is offered.

import type { Fix } from '../report.js';
import type { Candidate } from '../shapes/candidate.js';
import { isScalar, sameShape } from '../shapes/shape.js';
import { pathTo } from './expected.js';
import { offer } from './offer.js';
import { most, proposalsOf } from './products.js';
import type { Proposal } from './rewrite.js';
import { titleText } from './titles.js';
import type { Bench, Judge } from './trial.js';

const readings = 80;

export function valueFixes(bench: Bench, member: Candidate, judge: Judge): readonly Fix[] {
  const { shape } = member;
  if (!pathTo(bench.original.inferred.members, (c) => c.expr === member.expr)) return [];
  const targets = productsIn(member).map((candidate) => ({
    candidate,
    handicap: candidate === member ? 0 : 0.4,
    wanted: (s: Candidate['shape']) =>
      !s || !candidate.shape || (isScalar(s) === isScalar(candidate.shape) && sameShape(s, candidate.shape)),
  }));
  const proposals = function* (): Generator<Proposal> {
    yield* factorsOfWhole(bench, member);
    yield* proposalsOf(bench, targets, true);
  };
  return offer(
    {
      bench,
      target: undefined,
      judge,
      most: Math.min(3, most),
      readings,
      judgements: readings,
      verifiedOnly: true,
      also: (t) => !shape || t.conflicts.length === 0,
    },
    proposals(),
  );
}

/** The products of a member, outer ones first. */
function productsIn(c: Candidate): readonly Candidate[] {
  const own = c.detail?.kind === 'product' ? [c] : [];
  return [...own, ...c.parts.flatMap(productsIn)].slice(0, 4);
}

/** The sign and the customary constants. */
function* factorsOfWhole(bench: Bench, { expr }: Candidate): Generator<Proposal> {
  const { span } = expr;
  const text = titleText(bench.tex.slice(span.start, span.end), 40);
  const minus = /^-\s*/.exec(bench.tex.slice(span.start, span.end));
  const [open, close] = expr.kind === 'sum' && !minus ? ['(', ')'] : ['', ''];
  if (minus) yield { title: 'Change the sign', rewrites: [{ span: { start: span.start, end: span.start + minus[0].length }, pieces: [] }] };
  else yield { title: 'Change the sign', rewrites: [{ span, pieces: [`-${open}`, span, close] }] };
  for (const factor of ['2', '\\frac{1}{2}'])
    yield { title: `Multiply ${text} by ${factor === '2' ? '2' : '½'}`, rewrites: [{ span, pieces: [`${factor} ${open}`, span, close] }] };
}
