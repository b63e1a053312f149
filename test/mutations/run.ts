// Runs mutants through the checker and holds its findings against the oracle's verdicts; what a table and the thresholds are made of.

import type { Statement } from '../../server/language/expr.js';
import { type Analysis, analyze, type Code, diagnostics, evaluateValues } from '../../server/language/index.js';
import { readFormula } from '../../server/language/syntax/lower.js';
import { walk } from '../../server/language/syntax/print.js';
import type { Span } from '../../server/language/text.js';
import { type Kind, kinds, type Mutant, mutantsOf } from './mutate.js';
import { type Judged, judge, makeOracle, type Oracle } from './oracle.js';
import { randomOf, readSource, type World } from './world.js';

/** What became of a mutant. */
export type Outcome =
  | 'found' // does not conform, reported on the changed place or its neighbours
  | 'found elsewhere' // reported in the equation, but not there
  | 'hinted' // does not conform, only a hint says so
  | 'missed'
  | 'lenient found' // conforms only by a lenient reading and is false: any report counts
  | 'lenient missed'
  | 'false alarm' // conforms, reported as a mistake of shape
  | 'refuted' // conforms with another value, reported
  | 'not refuted'
  | 'quiet' // conforms with the same value, nothing reported
  | 'refuted wrongly'
  | 'chain only' // conforms with the same value, but its links do not meet: ∂z/∂b is the identity
  | 'fine' // conforms, the value says nothing (a definition)
  | 'undecided';

export interface Result {
  readonly document: string;
  readonly mutant: Mutant;
  readonly judged: Judged;
  readonly outcome: Outcome;
  /** Why the checker leaves the value open. */
  readonly reason: string;
  readonly findings: readonly { readonly code: Code; readonly severity: string; readonly text: string; readonly message: string }[];
}

const chainCodes: readonly Code[] = ['repeated-factor', 'broken-chain', 'chain-ends', 'layout-order'];
const shapeCodes: readonly Code[] = [
  'function-argument',
  'product-mismatch',
  'hadamard-mismatch',
  'sum-mismatch',
  'equation-mismatch',
  'annotation-mismatch',
];

export interface Prepared {
  readonly oracle: Oracle;
  readonly mutants: readonly Mutant[];
  readonly base: Analysis;
}

const inputOf = (name: string, text: string) => ({ path: name, language: 'markdown' as const, notebook: false, cells: [text] });

export function withValues(analysis: Analysis): Analysis {
  const steps = evaluateValues(analysis);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export function prepare(name: string, text: string): Prepared {
  const source = readSource(name, text);
  const oracle = makeOracle(source);
  const mutants = source.lines.flatMap((line) => {
    const sound = line.display && line.statement.members.length > 1 && judge(oracle, line, line.statement);
    return sound && sound.conforms === 'yes' && sound.value !== 'different' ? mutantsOf(line, oracle.worlds[0] as World) : [];
  });
  return { oracle, mutants, base: analyze(inputOf(name, text), {}) };
}

/** The statement of the mutated formula that stands where the mutated one stood; undefined where the text reads otherwise. */
function mutatedStatement({ line, tex }: Mutant): Statement | undefined {
  const before = readFormula(line.tex, new Map()).statements;
  const after = readFormula(tex, new Map()).statements;
  const statement = after[line.index];
  if (after.length !== before.length || statement?.members.length !== line.statement.members.length) return undefined;
  return statement.members.some((m) => [...walk(m)].some((n) => n.kind === 'hole')) ? undefined : statement;
}

export function runMutant({ oracle, base }: Prepared, mutant: Mutant): Result {
  const { source } = oracle;
  const { line } = mutant;
  const none = (why: string): Result => ({
    document: source.name,
    mutant,
    judged: { conforms: 'undecided', value: 'undecided', why },
    outcome: 'undecided',
    reason: '',
    findings: [],
  });
  const statement = mutatedStatement(mutant);
  if (!statement) return none('reads otherwise');
  const judged = judge(oracle, line, statement);
  if (judged.conforms === 'undecided') return none(judged.why ?? '');
  const from = line.place({ start: 0, end: 0 }).start;
  const text = source.text.slice(0, from) + mutant.tex + source.text.slice(from + line.tex.length);
  const analysis = withValues(analyze(inputOf(source.name, text), {}, base));
  const at = (s: Span): Span => ({ start: s.start + from, end: s.end + from });
  const equation = at(statement.span);
  const { actual, numbered } = analysis.checked.document;
  const inside = analysis.findings
    .map((f) => ({ ...f, span: { start: actual(f.span.start), end: actual(f.span.end) } }))
    .filter((f) => touches(f.span, equation));
  const findings = inside.map((f) => ({ code: f.code, severity: f.severity, text: text.slice(f.span.start, f.span.end), message: '' }));
  const told = inside.filter((f) => f.severity === 'error' || f.severity === 'warning');
  const places = placesOf(statement, mutant).map(at);
  const outcome = judgement(judged, {
    told: told.map((f) => f.code),
    hinted: inside.some((f) => f.severity === 'hint' && shapeCodes.includes(f.code)),
    there: told.some((f) => f.code === 'chain-ends' || places.some((p) => touches(f.span, p))),
  });
  const bad: readonly Outcome[] = ['false alarm', 'refuted wrongly'];
  const worded = bad.includes(outcome) ? diagnostics(analysis).filter((d) => touches(d.span, equation)) : [];
  const values =
    outcome === 'not refuted'
      ? [...(analysis.values ?? [])].find(
          ([s]) => numbered(s.formula.index) === line.formula && actual(s.place(s.statement.span).start) === equation.start,
        )?.[1]
      : undefined;
  return {
    document: source.name,
    mutant,
    judged,
    outcome,
    reason: values ? `${values.verdict} ${JSON.stringify(values.reason ?? null)}` : '',
    findings: findings.map((f, i) => ({ ...f, message: worded[i]?.message ?? '' })),
  };
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

/** The changed text, and the member that holds it; of the left side all members, which are what is underlined against it. */
function placesOf(statement: Statement, { changed, member }: Mutant): readonly Span[] {
  return member === 0 ? [changed, statement.span] : [changed, ...(statement.members[member] ? [statement.members[member].span] : [])];
}

function judgement(judged: Judged, found: { readonly told: readonly Code[]; readonly hinted: boolean; readonly there: boolean }): Outcome {
  const some = found.told.length > 0;
  if (judged.conforms === 'no') return some ? (found.there ? 'found' : 'found elsewhere') : found.hinted ? 'hinted' : 'missed';
  if (judged.conforms === 'lenient') return some ? 'lenient found' : judged.value === 'different' ? 'lenient missed' : 'quiet';
  if (judged.value === 'equal' && some && found.told.every((c) => chainCodes.includes(c))) return 'chain only';
  if (judged.value === 'equal')
    return some ? (found.told.some((c) => shapeCodes.includes(c)) ? 'false alarm' : 'refuted wrongly') : 'quiet';
  if (judged.conforms === 'yes' && found.told.some((c) => shapeCodes.includes(c))) return 'false alarm';
  if (judged.value === 'undecided') return found.told.some((c) => chainCodes.includes(c) || c === 'value-mismatch') ? 'refuted' : 'fine';
  return some ? 'refuted' : 'not refuted';
}

/** A part of the mutants, the same for the same seed: up to `count` of each kind. */
export function sample(all: readonly { readonly prepared: Prepared; readonly mutant: Mutant }[], count: number, seed: number): typeof all {
  const random = randomOf(seed);
  return kinds.flatMap((kind) => {
    const own = all.filter((m) => m.mutant.kind === kind).map((m) => ({ m, order: random() }));
    return own
      .sort((a, b) => a.order - b.order)
      .slice(0, count)
      .map(({ m }) => m);
  });
}

export type Counts = Readonly<Record<Outcome, number>>;

export const outcomes: readonly Outcome[] = [
  'found',
  'found elsewhere',
  'hinted',
  'missed',
  'lenient found',
  'lenient missed',
  'false alarm',
  'refuted',
  'not refuted',
  'quiet',
  'refuted wrongly',
  'chain only',
  'fine',
  'undecided',
];

export function countOf(results: readonly Result[]): Counts {
  const counts = Object.fromEntries(outcomes.map((o) => [o, 0])) as Record<Outcome, number>;
  for (const r of results) counts[r.outcome]++;
  return counts;
}

/** The shares that are asserted, from 0 to 1. */
export function sharesOf(c: Counts): { readonly reported: number; readonly refuted: number } {
  const broken = c.found + c['found elsewhere'] + c.hinted + c.missed;
  const untrue = c.refuted + c['not refuted'];
  return { reported: broken === 0 ? 1 : c.found / broken, refuted: untrue === 0 ? 1 : c.refuted / untrue };
}

/** The table: mutation × outcomes. */
export function tableOf(results: readonly Result[]): string {
  const rows = [
    ...kinds.map((k): readonly [string, readonly Result[]] => [k, results.filter((r) => r.mutant.kind === k)]),
    ['all', results] as const,
  ];
  const head = ['mutation', 'mutants', ...outcomes];
  const body = rows.map(([name, own]) => [name, String(own.length), ...outcomes.map((o) => String(countOf(own)[o] || '·'))]);
  const widths = head.map((h, i) => Math.max(h.length, ...body.map((r) => (r[i] ?? '').length)));
  return [head, ...body]
    .map((r) => r.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '))
    .join('\n');
}

/** One line for a mutant, to look at. */
export function wordResult({ document, mutant, judged, outcome, reason, findings }: Result): string {
  const tex = mutant.tex.replace(/\s+/g, ' ').trim();
  const told = findings.map((f) => `${f.severity} ${f.code} «${f.text.replace(/\s+/g, ' ')}» ${f.message.split('\n')[0]}`).join('; ');
  return `${outcome} | ${mutant.kind} | ${document} | ${tex} | was ${mutant.line.tex.replace(/\s+/g, ' ').trim()} | ${judged.conforms} ${judged.value} ${judged.why ?? ''} | ${reason}${told}`;
}

export type { Kind };
