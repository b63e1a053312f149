// An oracle for mutants: decides by arrays with pairwise different prime sizes whether an equation conforms under any customary reading, and
// whether its members agree in value. It shares the parser with the checker, and nothing else.
import type { Expr, Statement } from '../../server/language/expr.js';
import { walk } from '../../server/language/syntax/print.js';
import type { Layout } from './arrange.js';
import { distance, type NdArray, sameDims } from './arrays.js';
import { type Scene, Unsupported, type Value } from './interpret/scene.js';
import { entryOf } from './interpret/symbols.js';
import { evaluate, lookup } from './interpret.js';
import { dimensionNames, type Line, makeWorld, nameOf, type Source, type World } from './world.js';

export interface Judged {
  /** lenient: only by broadcasting or by a product of vectors in one symbol. */
  readonly conforms: 'yes' | 'lenient' | 'no' | 'undecided';
  readonly value: 'equal' | 'different' | 'undecided';
  readonly why?: string;
}

const undecided = (why: string): Judged => ({ conforms: 'undecided', value: 'undecided', why });

/** Two points of one document, with sizes under which most of its equations hold. */
export interface Oracle {
  readonly source: Source;
  readonly worlds: readonly World[];
  /** Statements that define: their first member means what the second says. */
  readonly defining: ReadonlySet<Line>;
}

export function makeOracle(source: Source): Oracle {
  const defining = new Set<Line>();
  const seen = new Set<string>();
  for (const line of source.lines) {
    const left = line.statement.members[0] && nameOf(line.statement.members[0]);
    if (left && line.statement.members[1] && source.definitions.get(left.key) === line.statement.members[1] && !seen.has(left.key)) {
      seen.add(left.key);
      defining.add(line);
    }
  }
  let best: { oracle: Oracle; failed: number } | undefined;
  for (const order of orders(dimensionNames(source).length)) {
    const oracle = { source, worlds: [makeWorld(source, 11, order), makeWorld(source, 12, order)], defining };
    const failed = source.lines.filter((l) => l.statement.members.length > 1 && judge(oracle, l, l.statement).value !== 'equal').length;
    if (!best || failed < best.failed) best = { oracle, failed };
    if (failed === 0) break;
  }
  return best?.oracle as Oracle;
}

/** Some orders of the primes, decreasing sizes first. */
function orders(n: number): readonly (readonly number[])[] {
  const up = Array.from({ length: n }, (_, i) => i);
  const turned = up.map((_, k) => [...up.slice(k), ...up.slice(0, k)]);
  return [[...up].reverse(), ...turned];
}

const judgeable = ['=', ':=', '\\triangleq', '\\equiv'];

/** Judges a (mutated) statement that stands where `line` stands. */
export function judge(oracle: Oracle, line: Line, statement: Statement): Judged {
  if (statement.members.length < 2 || !statement.relations.every((r) => judgeable.includes(r))) return undecided('no equation');
  try {
    const all = oracle.source.layouts.map((layout) => judgeUnder(oracle, line, statement, layout));
    return (
      all.find((j) => j.conforms === 'yes' && j.value === 'equal') ??
      all.find((j) => j.conforms === 'yes') ??
      all.find((j) => j.conforms === 'lenient') ??
      (all[0] as Judged)
    );
  } catch (error) {
    if (error instanceof Unsupported) return undecided(error.message);
    throw error;
  }
}

function judgeUnder(oracle: Oracle, line: Line, statement: Statement, layout: Layout): Judged {
  const key = nameOf(line.statement.members[0] as Expr)?.key;
  const left = nameOf(statement.members[0] as Expr)?.key;
  const defines = oracle.defining.has(line) && left === key;
  // Without its definition the document says less: only what is declared besides can be held against it.
  if (
    oracle.defining.has(line) &&
    !defines &&
    !(oracle.source.declared.has(key ?? '') && (left === undefined || oracle.source.declared.has(left)))
  )
    throw new Unsupported('a definition of something else');
  if (defines && !oracle.source.declared.has(key ?? '') && statement.members.slice(1).some((m) => needs(oracle.source, m, key ?? '')))
    throw new Unsupported('a definition by itself');
  const members = defines ? statement.members.slice(1) : statement.members;
  const settled = defines ? stated(oracle, line) : undefined;
  const letters = freeLetters(statement, oracle.worlds[0] as World);
  const notes = new Set<string>();
  let verdict: Judged = { conforms: 'yes', value: members.length > 1 && (defines || !oracle.defining.has(line)) ? 'equal' : 'undecided' };
  for (const binding of bindings(letters)) {
    const points = oracle.worlds.map((world): readonly (readonly Value[])[] => {
      const scene: Scene = { world, layout, overrides: new Map(), memo: world.memo, letters: binding, moving: movingIn(statement), notes };
      return members.map((m) => evaluate(m, scene));
    });
    const one = compare(members, points, settled);
    if (settled && !oracle.source.declared.has(key ?? '') && one.conforms === 'no' && compare(members, points, undefined).conforms !== 'no')
      throw new Unsupported('another shape for what it defines');
    if (one.conforms === 'no') return one;
    if (one.conforms === 'lenient') verdict = { ...verdict, conforms: 'lenient' };
    if (one.value !== 'equal' && verdict.value !== 'different')
      verdict = { ...verdict, value: oracle.defining.has(line) && !defines ? 'undecided' : one.value };
  }
  if (
    letters &&
    members.some((m) => own(m, oracle.worlds[0] as World).join() !== own(members[0] as Expr, oracle.worlds[0] as World).join())
  )
    return { conforms: 'no', value: 'undecided', why: 'free indices' };
  return verdict.value === 'different' && notes.has('independent') ? { ...verdict, value: 'undecided', why: 'independent' } : verdict;
}

/** Whether an expression holds a symbol, through definitions too. */
function needs(source: Source, e: Expr, key: string, seen = new Set<string>()): boolean {
  for (const node of walk(e)) {
    const own = nameOf(node)?.key;
    if (own === undefined || seen.has(own)) continue;
    seen.add(own);
    const definition = source.definitions.get(own);
    if (own === key || (definition && needs(source, definition, key, seen))) return true;
  }
  return false;
}

/** The shape of the symbol that a definition defines. */
function stated(oracle: Oracle, line: Line): readonly number[] | undefined {
  const dims = (oracle.worlds[0] as World).dims.get(nameOf(line.statement.members[0] as Expr)?.key ?? '');
  return dims && (dims.every((d) => d === 1) ? [] : dims);
}

const isZero = (e: Expr): boolean => e.kind === 'number' && e.value === 0;

/** Takes a reading for each member such that all have one shape; strict ones and equal values first. */
function compare(
  members: readonly Expr[],
  points: readonly (readonly (readonly Value[])[])[],
  settled: readonly number[] | undefined,
): Judged {
  const first = points[0] as readonly (readonly Value[])[];
  if (first.some((values) => values.length === 0)) return { conforms: 'no', value: 'undecided', why: 'a member does not evaluate' };
  const free = members.map(isZero);
  const fixed = first.filter((_, i) => !free[i]);
  const shapes = settled ? [settled] : unique(fixed.flat().map((v) => v.array.dims));
  let best: Judged = { conforms: 'no', value: 'undecided', why: 'members differ' };
  for (const dims of shapes) {
    for (const lenient of [false, true]) {
      const fits = (v: Value): boolean => sameDims(v.array.dims, dims) && (lenient || !v.lenient);
      if (!first.every((values, i) => free[i] || values.some(fits))) continue;
      const value = members.length < 2 ? ('undecided' as const) : agreement(points, free, fits);
      const judged: Judged = { conforms: lenient ? 'lenient' : 'yes', value };
      if (rank(judged) > rank(best)) best = judged;
      break;
    }
  }
  return best;
}

const rank = (j: Judged): number =>
  (j.conforms === 'yes' ? 10 : j.conforms === 'lenient' ? 5 : 0) + (j.value === 'equal' ? 2 : j.value === 'undecided' ? 1 : 0);

const unique = (shapes: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  shapes.filter((d, i) => shapes.findIndex((o) => sameDims(o, d)) === i);

/** equal: some choice of readings agrees at all points. */
function agreement(
  points: readonly (readonly (readonly Value[])[])[],
  free: readonly boolean[],
  fits: (v: Value) => boolean,
): Judged['value'] {
  const first = points[0] as readonly (readonly Value[])[];
  const lists = first.map((values) => values.flatMap((v, k) => (fits(v) ? [k] : [])));
  const reference = free.findIndex((f) => !f);
  let closest = Number.POSITIVE_INFINITY;
  for (const k of lists[reference] ?? []) {
    const apart = points.map((values) => {
      const base = values[reference]?.[k]?.array as NdArray;
      return values.map((own, i) =>
        free[i]
          ? distance(base, { ...base, data: base.data.map(() => 0) })
          : Math.min(...(lists[i] as readonly number[]).map((n) => distance(base, own[n]?.array as NdArray))),
      );
    });
    const far = Math.max(...apart.flat());
    if (Number.isNaN(far)) return 'undecided';
    closest = Math.min(closest, far);
  }
  return closest < 1e-5 ? 'equal' : closest > 1e-4 ? 'different' : 'undecided';
}

function movingIn(statement: Statement): ReadonlySet<string> {
  const found = statement.members.flatMap((m) => [...walk(m)]).flatMap((n) => (n.kind === 'differential' ? [nameOf(n.base)?.key] : []));
  return new Set(found.filter((k): k is string => k !== undefined));
}

function own(e: Expr, world: World): readonly string[] {
  const bound = new Set([...walk(e)].flatMap((n) => (n.kind === 'binder' ? n.letters : [])));
  const used = [...walk(e)].flatMap((n) => entryOf(n, world)?.places.filter((p): p is string => typeof p === 'string') ?? []);
  return [...new Set(used.filter((l) => !bound.has(l)))].sort();
}

/** Free index letters with their ranges. */
function freeLetters(statement: Statement, world: World): ReadonlyMap<string, number> | undefined {
  const out = new Map<string, number>();
  const scene: Scene = { world, layout: 'mixed', overrides: new Map(), memo: world.memo, letters: new Map(), moving: new Set() };
  for (const member of statement.members) {
    const free = own(member, world);
    for (const node of walk(member)) {
      const entry = entryOf(node, world);
      const dims = entry && lookup(entry.base, scene)?.dims;
      entry?.places.forEach((p, i) => {
        if (typeof p === 'string' && free.includes(p) && !out.has(p)) out.set(p, dims?.[i] ?? 1);
      });
    }
  }
  return out.size > 0 ? out : undefined;
}

function bindings(letters: ReadonlyMap<string, number> | undefined): readonly ReadonlyMap<string, number>[] {
  let out: readonly ReadonlyMap<string, number>[] = [new Map()];
  for (const [letter, size] of letters ?? [])
    out = out.flatMap((m) => Array.from({ length: size }, (_, i) => new Map([...m, [letter, i + 1]])));
  return out;
}
