// From proposals to fixes: those that conform when they are read again, the verified first and marked, a handful.

import type { Fix } from '../report.js';
import type { Conflict } from '../shapes/candidate.js';
import { improves } from './recheck.js';
import type { Proposal } from './rewrite.js';
import { documentEdits } from './spelling.js';
import { accept, type Bench, type Judge, repairOf, type Trial } from './trial.js';

export interface Offering {
  readonly bench: Bench;
  /** What must be gone. */
  readonly target: Conflict | undefined;
  readonly judge: Judge | undefined;
  readonly most: number;
  /** How many may be read again, and how many of those that conform may be judged. */
  readonly readings: number;
  readonly judgements: number;
  /** Only what is verified is worth offering. */
  readonly verifiedOnly?: boolean;
  /** Only those that leave the fewest other mistakes. */
  readonly fewestLeft?: boolean;
  /** What else must hold of the result. */
  readonly also?: (trial: Trial, proposal: Proposal) => boolean;
}

interface Judged {
  readonly fix: Fix;
  readonly verdict: boolean | undefined;
  readonly left: number;
  readonly rank: number;
}

/** How much less plausible than the best a repair may be that nothing verifies. */
const slack = 1.6;

export function offer(how: Offering, proposals: Iterable<Proposal>): readonly Fix[] {
  const found: Judged[] = [];
  let readings = 0;
  let verified = 0;
  for (const proposal of proposals) {
    const settled = how.judge ? found.find((f) => f.verdict) : found[0];
    if (settled && (proposal.rank ?? 0) > settled.rank + slack) break;
    if (readings >= how.readings || verified >= how.most || found.length >= (how.judge ? how.judgements : how.most)) break;
    readings++;
    const judged = judgedFix(how, proposal);
    if (!judged || found.some((f) => sameEdits(f.fix, judged.fix))) continue;
    if (judged.verdict) verified++;
    found.push(judged);
  }
  return best(found, how);
}

/** Verified ones first; refuted ones only where there is nothing else. */
function best(all: readonly Judged[], { most, verifiedOnly, fewestLeft }: Offering): readonly Fix[] {
  const least = Math.min(...all.map((f) => f.left));
  const found = fewestLeft ? all.filter((f) => f.left === least) : all;
  const good = found.filter((f) => f.verdict === true);
  const open = found.filter((f) => f.verdict === undefined && f.rank <= (all[0]?.rank ?? 0) + slack);
  const refuted = good.length + open.length > 0 ? [] : found.filter((f) => f.rank <= (all[0]?.rank ?? 0) + slack);
  return (verifiedOnly ? good : [...good, ...open, ...refuted]).slice(0, most).map((f) => f.fix);
}

function judgedFix({ bench, target, judge, also }: Offering, proposal: Proposal): Judged | undefined {
  const accepted = accept(bench, proposal.rewrites, target);
  if (!accepted || (also && !also(accepted.trial, proposal))) return undefined;
  const { trial, left } = accepted;
  const edits = documentEdits(bench.checked.document, bench.statement.formula, proposal.rewrites);
  if (!edits || edits.length === 0) return undefined;
  if (bench.teaches && !improves(bench.analysis, edits, target)) return undefined;
  const verdict = judge?.(repairOf(bench, proposal.rewrites, trial));
  return { fix: { title: proposal.title, verified: verdict === true, edits }, verdict, left, rank: proposal.rank ?? 0 };
}

const sameEdits = (a: Fix, b: Fix): boolean => JSON.stringify(a.edits) === JSON.stringify(b.edits);
