// A tensor's factor written for one entry: ∂z/∂W as ∂z/∂W_{ij} throughout the equation, where that still conforms.
import type { Expr } from '../expr.js';
import type { Fix } from '../report.js';
import type { Candidate } from '../shapes/candidate.js';
import { derivativeIn } from '../shapes/rules/chain.js';
import { canonicalText, walk } from '../syntax/print.js';
import { offer } from './offer.js';
import type { Rewrite } from './rewrite.js';
import { titleText } from './titles.js';
import type { Bench } from './trial.js';

export function entrywise(bench: Bench, candidate: Candidate): readonly Fix[] {
  const by = derivativeIn(candidate.expr)?.by[0];
  if (by?.kind !== 'symbol' || by.name.subs.length > 0) return [];
  const letters = freeLetters(bench.original.statement.members);
  const found = bench.original.statement.members
    .flatMap((m) => walk(m))
    .flatMap((e) => (e.kind === 'derivative' ? e.by : []))
    .filter((e) => canonicalText(e) === canonicalText(by));
  const rewrites = found.flatMap((e): Rewrite[] => {
    const at = bench.tex.slice(e.span.start, e.span.end).search(/\^/);
    const place = at < 0 ? e.span.end : e.span.start + at;
    return [{ span: { start: place, end: place }, pieces: [`_{${letters}}`] }];
  });
  const name = titleText(bench.tex.slice(by.span.start, by.span.end), 20).replace(/(\^|$)/, `_{${letters}}$1`);
  return offer(
    {
      bench,
      target: undefined,
      judge: undefined,
      most: 1,
      readings: 1,
      judgements: 1,
      also: (t) => t.inferred.members.every((m) => m.shape !== undefined),
    },
    [{ title: `Write it for one entry ${name}`, rewrites }],
  );
}

/** Two letters that the equation does not use. */
function freeLetters(members: readonly Expr[]): string {
  const used = new Set(
    members
      .flatMap((m) => walk(m))
      .flatMap((e) =>
        e.kind === 'symbol'
          ? [
              e.name.base,
              ...e.name.subs.map((s) => (s.kind === 'letter' ? s.name : '')),
              ...e.name.labels.map((l) => (l.kind === 'letter' ? l.name : '')),
            ]
          : [],
      ),
  );
  return ['ij', 'jk', 'pq', 'rs'].find((pair) => [...pair].every((l) => !used.has(l))) ?? 'ij';
}
