// The statements of a document in their places, and what their notation alone tells of letters: labels, samples, lengths. Nothing is inferred here.
import { pointKey } from '../context/custom.js';
import type { LayerLabel } from '../context/network.js';
import { toDocumentSpan } from '../document/offsets.js';
import type { Expr, ExprOf, Statement } from '../expr.js';
import { callIn, isTimeArgument } from '../shapes/time.js';
import { walk } from '../syntax/print.js';
import type { Span } from '../text.js';
import { fixedLetters } from './indices.js';
import type { ItemMemory } from './known.js';
import type { FormulaReading, Reading } from './reading.js';
import { declares } from './statements.js';

/** A statement of a formula, with its way into the document. */
export interface Item {
  readonly reading: FormulaReading;
  readonly statement: Statement;
  readonly place: (span: Span) => Span;
  /** Offset in the document. */
  readonly position: number;
  /** What was inferred of it. */
  memory: readonly ItemMemory[];
}

export function itemsOf(reading: Pick<Reading, 'formulas'>, memory: WeakMap<FormulaReading, readonly Item[]>): readonly Item[] {
  const out: Item[] = [];
  for (const r of reading.formulas) {
    let items = memory.get(r);
    if (!items) {
      const place = (span: Span): Span => toDocumentSpan(r.formula.map, span);
      items = r.read.statements.map((statement) => ({
        reading: r,
        statement,
        place,
        position: place(statement.span).start,
        memory: [],
      }));
      memory.set(r, items);
    }
    for (const item of items) out.push(item);
  }
  return out;
}

export const isEquation = (s: Statement): boolean => s.members.length > 1 && !s.relations.every(declares);

/** Labels with numbers on letters, for the network's index habit. */
export function labelsIn(items: readonly Item[]): readonly LayerLabel[] {
  const out: LayerLabel[] = [];
  const bare = bareNames(items);
  for (const { statement } of items)
    for (const m of statement.members)
      for (const e of walk(m)) {
        const name = e.kind === 'symbol' ? e.name : e.kind === 'power' ? e.asName : undefined;
        const index = name?.labels[0] ?? (name?.subs.length === 1 ? name.subs[0] : undefined);
        // h^2 beside a bare h is its square.
        const square = e.kind === 'power' && name?.labelStyle === 'plain' && bare.has(name.base);
        if (name && index?.kind === 'number' && !square)
          out.push({ base: name.base, label: index.value, subscript: name.labels.length === 0, style: name.labelStyle });
      }
  return out;
}

const isTransposed = (e: Expr | undefined): boolean => e?.kind === 'transpose' && (e.sign === 'T' || e.sign === '\\top');

/** Names that occur without any index, and not only under a superscript. */
function bareNames(items: readonly Item[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const note = (e: Expr, by: number): void => {
    if (e.kind === 'symbol' && e.name.labels.length === 0 && e.name.subs.length === 0)
      counts.set(e.name.base, (counts.get(e.name.base) ?? 0) + by);
  };
  for (const { statement } of items)
    for (const m of statement.members)
      for (const e of walk(m)) {
        note(e, 1);
        if (e.kind === 'power') note(e.base, -1);
      }
  return new Set([...counts].filter(([, n]) => n > 0).map(([base]) => base));
}

/** What the notation of one statement tells of letters. */
interface Habits {
  readonly samples: readonly string[];
  readonly entries: readonly string[];
  readonly steps: readonly string[];
  readonly lengths: readonly string[];
  readonly indices: readonly string[];
  /** Index letters that it fixes. */
  readonly fixed: readonly string[];
  /** Names that stand with a moment of time. */
  readonly timed: readonly string[];
  /** The signs with which it transposes. */
  readonly turns: readonly string[];
}

const known = new WeakMap<Statement, Habits>();
const none: readonly string[] = [];

function habitsOf(statement: Statement): Habits {
  let habits = known.get(statement);
  if (!habits) {
    const samples = new Set<string>();
    const entries = new Set<string>();
    const steps = new Set<string>();
    const lengths = new Set<string>();
    const indices = new Set<string>();
    const timed = new Set<string>();
    const turns = new Set<string>();
    for (const m of statement.members)
      for (const e of walk(m)) {
        noteSamples(e, samples);
        if (e.kind === 'transpose') turns.add(e.sign);
        noteEntries(e, entries);
        noteIndices(e, indices);
        const call = e.kind === 'juxtaposed' ? callIn(e.application) : undefined;
        if (call?.head.kind === 'symbol' && isTimeArgument(call)) timed.add(call.head.name.key);
        if (e.kind === 'binder' && e.upper?.kind === 'symbol') lengths.add(e.upper.name.key);
      }
    noteSteps(statement, steps);
    notePrefixes(statement, indices);
    const listed = (set: ReadonlySet<string>): readonly string[] => (set.size > 0 ? [...set] : none);
    habits = {
      samples: listed(samples),
      entries: listed(entries),
      steps: listed(steps),
      lengths: listed(lengths),
      indices: listed(indices),
      fixed: listed(fixedLetters([statement])),
      timed: listed(timed),
      turns: listed(turns),
    };
    known.set(statement, habits);
  }
  return habits;
}

/** x_k of ∇f(x_k). */
function argumentOfGradient(e: Expr): Expr | undefined {
  if (e.kind !== 'nabla' || e.by) return undefined;
  const call = e.operand?.kind === 'juxtaposed' ? e.operand.application : e.operand;
  return call?.kind === 'call' && call.args.kind === 'group' ? call.args.body : undefined;
}

/** Indexed letters that are used as vectors: transposed, behind a matrix, inside a norm, or where a gradient is taken. */
function noteSamples(e: Expr, out: Set<string>): void {
  const note = (x: Expr | undefined): void => {
    if (x?.kind !== 'symbol' || x.name.subs.length !== 1) return;
    out.add(x.name.base);
    const key = pointKey(x.name);
    if (key) out.add(key);
  };
  note(argumentOfGradient(e));
  if (e.kind === 'sum') notePoints(e, note);
  if (e.kind === 'transpose' && e.sign !== 't' && e.sign !== '*') note(e.base);
  if (e.kind === 'norm' && e.bars === 2) for (const inner of walk(e.body)) note(inner);
  if (e.kind === 'product')
    e.factors.forEach((f, i) => {
      const before = e.factors[i - 1];
      const base = before?.kind === 'transpose' ? before.base : before;
      const capital = base?.kind === 'symbol' && /^(?:\\mathbf\{)?[A-Z]\}?$/.test(base.name.base);
      // A x_i and w^T x_i: what is multiplied so is a vector.
      if (isTransposed(before) || (capital && base.name.subs.length === 0)) note(f);
    });
}

/** x_0 of x - x_0. */
function notePoints(e: ExprOf<'sum'>, note: (x: Expr) => void): void {
  const whole = new Set(e.addends.flatMap(({ expr }) => (expr.kind === 'symbol' ? [expr.name.key] : [])));
  for (const { expr } of e.addends) if (expr.kind === 'symbol' && whole.has(expr.name.base)) note(expr);
}

/** x_i of a_i x_i and A_ij x_i, of ∂f/∂x_i: an entry, whatever else bears its letter. */
function noteEntries(e: Expr, out: Set<string>): void {
  const note = (x: Expr): void => {
    const key = x.kind === 'symbol' ? pointKey(x.name) : undefined;
    if (key) out.add(key);
  };
  if (e.kind === 'derivative' && e.by.length === 1) e.by.forEach(note);
  if (e.kind !== 'product') return;
  for (const f of e.factors) {
    const [index, ...others] = f.kind === 'symbol' ? f.name.subs : [];
    if (f.kind !== 'symbol' || index?.kind !== 'letter' || others.length > 0) continue;
    const meets = (o: Expr): boolean =>
      o.kind === 'symbol' && o.name.base !== f.name.base && o.name.subs.some((i) => i.kind === 'letter' && i.name === index.name);
    if (e.factors.some(meets)) note(f);
  }
}

/** x_k of x_{k+1} = x_k - …: the steps of an iteration. */
function noteSteps({ members }: Statement, out: Set<string>): void {
  const [left, ...others] = members;
  const index = left?.kind === 'symbol' ? left.name.subs[0] : undefined;
  if (left?.kind !== 'symbol' || index?.kind !== 'letter' || index.offset === 0) return;
  const key = pointKey(left.name);
  const isStep = (e: Expr): boolean => e.kind === 'symbol' && e.name.key !== left.name.key && pointKey(e.name) === key;
  const addends = others.flatMap((o) => (o.kind === 'sum' ? o.addends.map((a) => a.expr) : []));
  if (key && addends.some(isStep)) out.add(key);
}

function noteIndices(e: Expr, out: Set<string>): void {
  const name = e.kind === 'symbol' ? e.name : e.kind === 'power' ? e.asName : undefined;
  for (const i of name?.subs ?? []) if (i.kind === 'letter') out.add(i.name);
  for (const i of name?.labels ?? []) if (i.kind === 'letter') out.add(i.name);
  if (e.kind === 'binder') for (const letter of e.letters) out.add(letter);
  // d/dt: time is a number.
  if (e.kind === 'derivative' && e.total) for (const by of e.by) if (by.kind === 'symbol' && by.name.key === 't') out.add('d/dt');
}

/** Whether \\Delta and \\delta stand before symbols, as in \\Delta x, and whether they stand otherwise. */
function notePrefixes({ members }: Statement, out: Set<string>): void {
  const count = new Map<string, number>();
  const add = (e: Expr | undefined, by: number): void => {
    if (e?.kind === 'symbol' && (e.name.key === '\\Delta' || e.name.key === '\\delta'))
      count.set(e.name.key, (count.get(e.name.key) ?? 0) + by);
  };
  for (const m of members)
    for (const e of walk(m)) {
      add(e, 1);
      if (e.kind !== 'product') continue;
      e.factors.forEach((f, i) => {
        const next = e.factors[i + 1];
        const base = next?.kind === 'transpose' || next?.kind === 'power' ? next.base : next;
        if (f.kind !== 'symbol' || e.signs[i] !== '' || base?.kind !== 'symbol' || next?.span.start === f.span.start) return;
        if (f.name.key === '\\Delta' || f.name.key === '\\delta') out.add(`${f.name.key} prefix`);
        add(f, -1);
      });
    }
  for (const [key, n] of count) if (n > 0) out.add(`${key} alone`);
}

/** Letters that stand as indices, and as what a sum runs over: by themselves they are numbers. */
export const indicesIn = (items: readonly Item[]): ReadonlySet<string> => union(items, 'indices');

/** Index letters that a case of the document fixes. */
export const fixedIn = (items: readonly Item[]): ReadonlySet<string> => union(items, 'fixed');

/** Whether two lists of items have the same habits. */
export const sameHabits = (a: readonly Item[], b: readonly Item[]): boolean =>
  (['samples', 'entries', 'steps', 'lengths', 'indices', 'fixed', 'timed', 'turns'] as const).every((what) => {
    const [one, other] = [union(a, what), union(b, what)];
    return one.size === other.size && [...one].every((letter) => other.has(letter));
  });

/** Indexed letters that are used as vectors: transposed, behind a matrix, or inside a norm. */
export function samplesIn(items: readonly Item[]): ReadonlySet<string> {
  const entries = union(items, 'entries');
  const vectors = [...union(items, 'samples')].filter((key) => !entries.has(key));
  return new Set([...vectors, ...union(items, 'steps')]);
}

/** Letters that are upper limits of sums and products: a superscript of them may be a power. */
export const lengthsIn = (items: readonly Item[]): ReadonlySet<string> => union(items, 'lengths');

function union(items: readonly Item[], what: keyof Habits): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { statement } of items) for (const letter of habitsOf(statement)[what]) out.add(letter);
  return out;
}

/** The signs with which the document transposes. */
export const turnsIn = (items: readonly Item[]): ReadonlySet<string> => union(items, 'turns');

/** Names that stand with a moment of time somewhere: Z of Z(t). */
export const timedIn = (items: readonly Item[]): ReadonlySet<string> => union(items, 'timed');
