// Tries a repair: applies it to the formula's TeX, reads and infers the statement again in its old place, and says what conflicts
// are left when the equation's other mistakes are mended too.
import type { Checked, CheckedStatement } from '../analysis/analysis.js';
import { conflictsOf, type Inferred, inferStatement } from '../analysis/statements.js';
import type { Statement } from '../expr.js';
import type { Analysis } from '../model.js';
import type { Conflict } from '../shapes/candidate.js';
import { readFormula } from '../syntax/lower.js';
import { canonicalText } from '../syntax/print.js';
import { applyEdits, type Edit, type Span } from '../text.js';
import type { Habits } from './habits.js';
import { habitsOf } from './habits.js';
import { canonicalMend } from './mends.js';
import { teaches } from './recheck.js';
import { editsOf, type Rewrite } from './rewrite.js';

/** Where repairs of one statement are tried. */
export interface Bench {
  readonly analysis: Analysis;
  readonly checked: Checked;
  /** Whether the document learns shapes from this statement. */
  readonly teaches: boolean;
  readonly statement: CheckedStatement;
  /** Position of the statement in its formula. */
  readonly index: number;
  readonly tex: string;
  readonly habits: Habits;
  readonly original: Trial;
  /** The original with all mistakes mended that have one certain mend. */
  readonly settled: Trial;
  /** The edits that led from the original to the settled text, one step after the other. */
  readonly steps: readonly (readonly Edit[])[];
  readonly tried: Map<string, Trial | undefined>;
}

/** A text of the formula and what its statement means. */
export interface Trial {
  readonly tex: string;
  readonly statement: Statement;
  readonly inferred: Inferred;
  readonly conflicts: readonly Conflict[];
}

/** What a judge of values is asked: the edits, and the statement as it is read after them. */
export interface Repair {
  readonly original: CheckedStatement;
  /** Of the formula's TeX. */
  readonly edits: readonly Edit[];
  /** The formula's TeX after the edits, with the equation's other mistakes mended. */
  readonly tex: string;
  /** The statement of that text, inferred where the original stands. Its spans are relative to `tex`; `place` still maps the old ones. */
  readonly statement: CheckedStatement;
  /** The member that the edits stand in. */
  readonly member: number;
}

/** True: the value is verified; false: it is refuted; undefined: it cannot be told. */
export type Judge = (repair: Repair) => boolean | undefined;

const benches = new WeakMap<CheckedStatement, Bench>();

export function benchOf(analysis: Analysis, statement: CheckedStatement): Bench | undefined {
  const known = benches.get(statement);
  if (known?.analysis === analysis) return known;
  const made = setUp(analysis, statement);
  if (made) benches.set(statement, made);
  return made;
}

function setUp(analysis: Analysis, statement: CheckedStatement): Bench | undefined {
  const { checked } = analysis;
  const { formula } = statement;
  const reading = checked.reading.formulas[checked.document.numbered(formula.index)];
  const index = reading?.read.statements.indexOf(statement.statement) ?? -1;
  if (!reading || index < 0) return undefined;
  const original: Trial = {
    tex: formula.tex,
    statement: statement.statement,
    inferred: statement.inferred,
    conflicts: conflictsOf(statement.inferred),
  };
  const bench: Bench = {
    analysis,
    checked,
    teaches: teaches(statement),
    statement,
    index,
    tex: formula.tex,
    habits: habitsOf(checked.document),
    original,
    settled: original,
    steps: [],
    tried: new Map([[formula.tex, original]]),
  };
  const steps: (readonly Edit[])[] = [];
  return { ...bench, settled: settle(bench, original, steps), steps };
}

/** Reads a text of the formula; undefined where it is no longer the same list of statements. */
function attempt(bench: Bench, tex: string): Trial | undefined {
  if (bench.tried.has(tex)) return bench.tried.get(tex);
  const made = readAgain(bench, tex);
  bench.tried.set(tex, made);
  return made;
}

function readAgain({ checked, statement, index }: Bench, tex: string): Trial | undefined {
  const old = checked.reading.formulas[checked.document.numbered(statement.formula.index)];
  if (!old) return undefined;
  const read = readFormula(tex, old.macros);
  const found = read.statements[index];
  if (
    !found ||
    read.statements.length !== old.read.statements.length ||
    found.members.length !== statement.statement.members.length ||
    read.truncated
  )
    return undefined;
  const inferred = inferStatement(statement.context, found);
  return { tex, statement: found, inferred, conflicts: conflictsOf(inferred) };
}

const mostMends = 8;

/** Mends all mistakes that have one certain mend. */
function settle(bench: Bench, trial: Trial, steps: (readonly Edit[])[] = []): Trial {
  let now = trial;
  const passed = new Set<string>();
  for (let i = 0; i < mostMends; i++) {
    const next = mendOne(bench, now, passed);
    if (!next) return now;
    steps.push(next.edits);
    now = next.trial;
  }
  return now;
}

function mendOne(bench: Bench, trial: Trial, passed: Set<string>): { trial: Trial; edits: readonly Edit[] } | undefined {
  for (const conflict of trial.conflicts) {
    const key = conflictKey(conflict);
    const mend = passed.has(key) ? undefined : canonicalMend(trial.tex, conflict);
    if (!mend) continue;
    passed.add(key);
    const edits = editsOf(trial.tex, mend);
    const next = attempt(bench, applyEdits(trial.tex, edits));
    if (next && next.conflicts.length <= trial.conflicts.length) return { trial: next, edits };
  }
  return undefined;
}

/** Equal for the same mistake before and after an edit elsewhere. */
function conflictKey(conflict: Conflict): string {
  const texts = 'exprs' in conflict ? conflict.exprs.map(canonicalText) : [canonicalText(conflict.expr)];
  return `${conflict.code}|${texts.join('|')}`;
}

/** What may still be wrong after a repair of `target`: the statement's other mistakes that have no certain mend. */
function allowed(bench: Bench, target: Conflict | undefined): Map<string, number> {
  const out = new Map<string, number>();
  for (const c of bench.settled.conflicts) out.set(conflictKey(c), (out.get(conflictKey(c)) ?? 0) + 1);
  const key = target && conflictKey(target);
  if (key && out.has(key)) out.set(key, (out.get(key) ?? 1) - 1);
  return out;
}

export interface Accepted {
  readonly trial: Trial;
  /** How many conflicts there are before the other mistakes are mended. */
  readonly left: number;
}

/** The statement after a repair, its other mistakes mended, if `target` is gone and nothing new is wrong; else undefined. */
export function accept(bench: Bench, rewrites: readonly Rewrite[], target: Conflict | undefined): Accepted | undefined {
  const { base, moved } = onSettled(bench, rewrites);
  const tex = applyEdits(base.tex, editsOf(base.tex, moved));
  if (tex === base.tex) return undefined;
  const first = attempt(bench, tex);
  if (!first || (target && count(first, target) >= count(base, target))) return undefined;
  const settled = settle(bench, first);
  const rest = allowed(bench, target);
  for (const c of settled.conflicts) {
    const left = rest.get(conflictKey(c)) ?? 0;
    if (left <= 0) return undefined;
    rest.set(conflictKey(c), left - 1);
  }
  return { trial: settled, left: first.conflicts.length };
}

/** Where a repair touches none of the mends, it is tried on the text that is mended already. */
function onSettled(bench: Bench, rewrites: readonly Rewrite[]): { base: Trial; moved: readonly Rewrite[] } {
  const out: Rewrite[] = [];
  for (const { span, pieces } of rewrites) {
    const place = shifted(bench, span);
    const parts = pieces.map((p) => (typeof p === 'string' ? p : shifted(bench, p)));
    if (!place || parts.some((p) => p === undefined)) return { base: bench.original, moved: rewrites };
    out.push({ span: place, pieces: parts.filter((p) => p !== undefined) });
  }
  return { base: bench.settled, moved: out };
}

/** Where a span of the original text stands in the settled one; undefined if a mend touches it. */
function shifted({ steps }: Bench, span: Span): Span | undefined {
  let now = span;
  for (const edits of steps) {
    let delta = 0;
    for (const { span: e, newText } of edits) {
      if (e.end <= now.start) delta += newText.length - (e.end - e.start);
      else if (e.start < now.end) return undefined;
    }
    now = { start: now.start + delta, end: now.end + delta };
  }
  return now;
}

const count = (trial: Trial, conflict: Conflict): number => trial.conflicts.filter((c) => conflictKey(c) === conflictKey(conflict)).length;

/** What the judge of values is given. */
export function repairOf(bench: Bench, rewrites: readonly Rewrite[], { tex, statement, inferred }: Trial): Repair {
  const { supposed: _, ...rest } = bench.statement;
  const at = rewrites[0]?.span.start ?? 0;
  const member = bench.original.statement.members.findIndex((m) => m.span.start <= at && at <= m.span.end);
  return { original: bench.statement, edits: editsOf(bench.tex, rewrites), tex, statement: { ...rest, statement, inferred }, member };
}
