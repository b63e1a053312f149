// Repairs of products, sums and equations whose shapes do not fit: the search over small edits of the products concerned.

import type { Fix } from '../report.js';
import type { Candidate, Conflict } from '../shapes/candidate.js';
import { isSquare, shapesFit } from '../shapes/match.js';
import { isScalar, type Shape, sameShape } from '../shapes/shape.js';
import { additions } from './additions.js';
import { expectedAt, follow, pathTo } from './expected.js';
import { offer } from './offer.js';
import { type Proposal, textOf } from './rewrite.js';
import { type Problem, problemOf } from './search/problem.js';
import { type Bounds, type Hit, search } from './search/search.js';
import { titleOf } from './search/title.js';
import { titleText } from './titles.js';
import type { Bench, Judge } from './trial.js';

type Mismatch = Extract<
  Conflict,
  { code: 'product-mismatch' | 'hadamard-mismatch' | 'sum-mismatch' | 'equation-mismatch' | 'function-argument' }
>;

interface Target {
  readonly candidate: Candidate;
  readonly wanted: Problem['wanted'];
  /** Added to the cost of its edits: what is underlined is mended rather than what it is compared with. */
  readonly handicap: number;
}

export const most = 5;
const readings = 60;
const judgements = 16;

export function productFixes(bench: Bench, conflict: Mismatch, judge: Judge | undefined): readonly Fix[] {
  const targets = targetsOf(bench, conflict);
  const repeating = conflict.code === 'equation-mismatch' ? repeatingMembers(bench, conflict) : [];
  if (repeating.length > 0 && targets[0]) {
    const together = combined(bench, [targets[0], ...repeating]);
    const fixes = offer({ bench, target: conflict, judge, most: 2, readings: 6, judgements: 6 }, together);
    if (fixes.length > 0) return fixes;
  }
  return offer({ bench, target: conflict, judge, most, readings, judgements }, proposalsOf(bench, targets, judge !== undefined));
}

/** One after the other by cost: with ⊙ groups taken as one factor, and with each factor by itself. */
export function* proposalsOf(bench: Bench, targets: readonly Target[], thorough: boolean): Generator<Proposal> {
  const all = targets.flatMap((t) => {
    const coarse = problemOf(bench.tex, t.candidate, bench.habits, additions(bench, t.candidate), t.wanted, true);
    const fine = problemOf(bench.tex, t.candidate, bench.habits, [], t.wanted, false);
    const found = coarse ? ranked(coarse, coarseBounds, t.handicap, thorough) : [];
    if (!coarse || !fine || fine.count <= coarse.count) return found;
    const known = new Set(found.map((f) => f.hit.meaning));
    return [...found, ...ranked(fine, fineBounds, t.handicap + 0.2, thorough).filter((f) => !known.has(f.hit.meaning))];
  });
  all.sort((a, b) => a.rank - b.rank);
  for (const { hit, problem, rank } of all) yield { title: titleOf(problem, hit), rewrites: [hit.rewrite], rank };
}

/** Later members that repeat the shape of the one that is told: they are mended with it. */
function repeatingMembers(bench: Bench, conflict: Extract<Mismatch, { code: 'equation-mismatch' }>): readonly Target[] {
  const { members } = bench.original.inferred;
  const [own, other] = conflict.shapes;
  const at = members.findIndex((m) => m.expr === conflict.expr);
  return members
    .slice(at + 1)
    .filter((m) => m.shape && sameShape(m.shape, own) && m.conflicts.length === 0)
    .map((m) => ({ candidate: inner(m), wanted: fitting(other), handicap: 0 }));
}

/** The best repair of each, the second best of each, … */
function* combined(bench: Bench, targets: readonly Target[]): Generator<Proposal> {
  const lists = targets.map((t) => [...proposalsOf(bench, [t], false)]);
  for (let k = 0; k < 3; k++) {
    const chosen = lists.map((l) => l[k] ?? l[0]);
    if (chosen.some((p) => p === undefined)) return;
    const rewrites = chosen.flatMap((p) => p?.rewrites ?? []);
    yield { title: `Rewrite as ${titleText(rewrites.map((r) => textOf(bench.tex, r.pieces)).join(' = '), 70)}`, rewrites, rank: k };
  }
}

interface Ranked {
  readonly hit: Hit;
  readonly problem: Problem;
  readonly rank: number;
}

const ranked = (problem: Problem, bounds: Bounds, handicap: number, thorough: boolean): readonly Ranked[] =>
  search(problem, bounds, (found, level) => isEnough(found, level, thorough)).hits.map((hit) => ({
    hit,
    problem,
    rank: hit.cost + handicap,
  }));

/** With ⊙ groups as one factor each, up to three edits; with each factor by itself, up to two. */
const coarseBounds: Bounds = { mostEdits: 3, mostChecks: 3200 };
const fineBounds: Bounds = { mostEdits: 2, mostChecks: 800 };

/** Without values the fewest edits are the best guess, as long as they keep all factors. */
function isEnough(hits: readonly Hit[], level: number, thorough: boolean): boolean {
  const whole = hits.filter((h) => h.state.changed === 'no').length;
  return !thorough && level >= 2 && whole >= 3 * most;
}

function targetsOf(bench: Bench, conflict: Mismatch): readonly Target[] {
  const { members } = bench.original.inferred;
  if (conflict.code === 'product-mismatch' || conflict.code === 'hadamard-mismatch') {
    const { product } = conflict;
    const path = pathTo(members, (c) => c.detail?.kind === 'product' && (c.expr === product || c.expr.id === product.id));
    const candidate = path && follow(members, path);
    return path && candidate ? [{ candidate, wanted: fitting(expectedAt(bench.settled, path)), handicap: 0 }] : [];
  }
  if (conflict.code === 'function-argument') {
    const candidate = found(members, conflict.expr);
    return candidate ? [{ candidate, wanted: (s) => s !== undefined && (isScalar(s) || isSquare(s)), handicap: 0 }] : [];
  }
  const [own, other] = conflict.shapes;
  const mended = found(members, conflict.expr);
  const compared = found(members, conflict.other);
  return [
    ...(mended ? [{ candidate: inner(mended), wanted: fitting(other), handicap: 0 }] : []),
    ...(compared ? [{ candidate: inner(compared), wanted: fitting(own), handicap: 0.8 }] : []),
  ];
}

const found = (members: readonly Candidate[], expr: Candidate['expr']): Candidate | undefined => {
  const path = pathTo(members, (c) => c.expr === expr);
  return path && follow(members, path);
};

/** The product within annotations and scalings of a term: what stands in brackets is repaired inside them. */
function inner(c: Candidate): Candidate {
  const [only] = c.parts;
  return (c.rule === 'annotated' || c.rule === 'at') && only ? inner(only) : c;
}

function fitting(shape: Shape | undefined): Problem['wanted'] {
  if (!shape) return undefined;
  return (s) => s === undefined || (shapesFit(s, shape) && isScalar(s) === isScalar(shape));
}
