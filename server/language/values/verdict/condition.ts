// Whether a difference is no evidence against the author: an equation may state a condition or name a value instead of claiming an identity.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { Expr, Name } from '../../expr.js';
import type { Candidate } from '../../shapes/candidate.js';
import { callIn, timeLetter } from '../../shapes/time.js';
import { canonicalText, children, walk } from '../../syntax/print.js';
import { differentiates, hasDerivativeDefinition } from '../meaning.js';
import type { Values } from '../problem.js';

/** Which members differ, and whether a member has one and the same value at all points. */
export interface Observed {
  readonly differs: (index: number) => boolean;
  readonly steady: (index: number) => boolean;
  /** Whether it was judged at all: what is being defined is not. */
  readonly judged: (index: number) => boolean;
}

/**
 * Zero, one, the identity matrix and a bare symbol that nothing defines may be what is demanded of the other side, or its name. Of a side
 * that never varies nothing is demanded. With a derivative in it an equation demands nothing but a zero, and names nothing that the
 * derivative depends on. Without one, sides that do not speak of the same symbols state a condition, unless one of them is known from the
 * symbols of the other, or there are three of them.
 */
export function statesCondition(values: Values, s: CheckedStatement, observed: Observed): boolean {
  const members = membersOf(values, s, observed);
  const differing = members.filter((m) => m.differs);
  if (differing.length === 0) return false;
  if (s.statement.members.length === 2 && s.statement.members.some(isSystem)) return true;
  const position = s.place(s.statement.span).start;
  const derivative = members.some((m) => differentiates(m.expr));
  const varies = members.some((m) => !m.constant && !m.steady());
  const open = (m: Member): boolean => {
    if (isLiteral(m)) return true;
    if (m.constant) return varies && (!derivative || isZero(m.candidate));
    return isUndefinedName(values, m.candidate) && !(derivative && members.some((o) => o !== m && o.symbols.has(nameKey(m.candidate))));
  };
  if (differing.every(open)) return true;
  if (!derivative && s.statement.members.length === 2 && isDemanded(values, position)) return true;
  if (derivative || members.some((m) => m.expr.kind === 'symbol' && hasDerivativeDefinition(values, m.expr.name, position))) return false;
  const sets = members.filter((m) => !m.constant).map((m) => m.symbols);
  if (sets.length < 2) return varies;
  return sets.length === 2 && s.statement.members.length === 2
    ? !within(sets[0], sets[1]) && !within(sets[1], sets[0])
    : members.some((m) => isApart(values, m, members));
}

/** A written-out matrix times a written-out column: the rows of a system that its unknowns have to solve. */
const isSystem = (e: Expr): boolean => {
  if (e.kind !== 'product' || e.factors.length !== 2) return false;
  const [matrix, column] = e.factors;
  return matrix?.kind === 'matrix' && column?.kind === 'matrix' && column.cells.length > 1 && column.cells.every((row) => row.length === 1);
};

const demands =
  /\b(?:stationar\w*|eigen\w+|satisf\w+|solv\w+|solution|constraint\w*|subject to|such that|must|optimality|conditions?|fixed point|equilibrium|to zero|equals zero|vanish\w*|KKT|Karush)\b/i;

/** Whether the sentence before a formula demands it: "setting the gradient to zero gives", "subject to". */
function isDemanded({ checked: { document } }: Values, position: number): boolean {
  const at = document.actual(position);
  const before = document.text.slice(Math.max(0, at - 240), at);
  return demands.test(before.slice(before.search(/[.!?]\s[^.!?]*$/) + 1));
}

/** The members of a chain that speak of nothing that another one speaks of: names of its value, like the likelihood in −log P = …. */
export function membersApart(values: Values, s: CheckedStatement): ReadonlySet<number> {
  const members = membersOf(values, s, { differs: () => false, steady: () => false, judged: () => true });
  return new Set(members.flatMap((m, i) => (isApart(values, m, members) ? [i] : [])));
}

interface Member {
  readonly position: number;
  readonly candidate: Candidate;
  readonly expr: Expr;
  readonly constant: boolean;
  readonly symbols: ReadonlyMap<string, Name>;
  readonly differs: boolean;
  readonly steady: () => boolean;
}

const membersOf = (values: Values, s: CheckedStatement, observed: Observed): readonly Member[] => {
  const position = s.place(s.statement.span).start;
  return s.inferred.members.flatMap((candidate, i) => {
    if (!observed.judged(i)) return [];
    const expr = s.statement.members[i] as Expr;
    const symbols = symbolKeys(values, expr, position, new Set());
    return {
      position,
      candidate,
      expr,
      constant: isConstant(candidate),
      symbols,
      differs: observed.differs(i),
      steady: () => observed.steady(i),
    };
  });
};

/** Numbers written out as a vector or a matrix: an example. */
const isLiteral = (m: Member): boolean => m.candidate.shape?.dims.length === 2 && walk(m.expr).every((e) => e.kind !== 'symbol');

/** Nothing in it occurs elsewhere, or something that nothing declares or defines does not. */
function isApart(values: Values, m: Member, all: readonly Member[]): boolean {
  const own = [...m.symbols].filter(([k]) => all.every((o) => o === m || !o.symbols.has(k)));
  return !m.constant && own.length > 0 && (own.length === m.symbols.size || own.some(([, name]) => !isDeclared(values, name, m.position)));
}

function isDeclared(values: Values, name: Name, position: number): boolean {
  const found = values.checked.env.lookup(name, position);
  return found !== undefined && found.from !== 'use';
}

const within = (a: Member['symbols'] | undefined, b: Member['symbols'] | undefined): boolean =>
  [...(a?.keys() ?? [])].every((k) => b?.has(k));

const isConstant = (c: Candidate): boolean =>
  c.rule === 'zero' || c.rule === 'number' || (c.detail?.kind === 'found' && c.detail.found.constant !== undefined);

const isZero = (c: Candidate): boolean =>
  c.rule === 'zero' ||
  (c.expr.kind === 'number' && c.expr.value === 0) ||
  (c.detail?.kind === 'found' && c.detail.found.constant === 'zero');

function isUndefinedName(values: Values, c: Candidate): boolean {
  // x(k+1) is a name as x_{k+1} is.
  if (c.rule === 'splice' && c.parts.length === 1 && c.parts[0]) return isUndefinedName(values, c.parts[0]);
  return (
    c.expr.kind === 'symbol' &&
    !values.checked.definitions.byKey.has(c.expr.name.key) &&
    !(c.detail?.kind === 'found' && c.detail.found.from === 'network')
  );
}

/** A constant, or the name of a function. */
function saysNothing(values: Values, name: Name, position: number): boolean {
  const found = values.checked.env.lookup(name, position);
  return found ? found.constant !== undefined : values.checked.env.meaning(name.key, position) !== undefined;
}

/** The keys of the symbols that an expression speaks of, through definitions. */
export const symbolsIn = (values: Values, m: Expr, position: number): Iterable<string> => symbolKeys(values, m, position, new Set()).keys();

const nameKey = (c: Candidate): string => (c.expr.kind === 'symbol' ? c.expr.name.key : '');

/** x of x(k+1): at each moment it is a symbol of its own. */
function momentIn(e: Expr): Name | undefined {
  const call = e.kind === 'juxtaposed' ? callIn(e.application) : undefined;
  return call?.head.kind === 'symbol' && timeLetter(call, true) ? call.head.name : undefined;
}

/** Symbols and moments of symbols. */
function* leaves(e: Expr): Generator<Expr> {
  if (e.kind === 'symbol' || momentIn(e)) yield e;
  else for (const child of children(e)) yield* leaves(child);
}

/** The symbols that an expression speaks of, through definitions. */
function symbolKeys(values: Values, m: Expr, position: number, seen: Set<string>): Map<string, Name> {
  const out = new Map<string, Name>();
  for (const e of leaves(m)) {
    const moment = momentIn(e);
    if (moment) out.set(canonicalText(e), moment);
    if (e.kind !== 'symbol' || saysNothing(values, e.name, position)) continue;
    const [d] = values.checked.definitions.byKey.get(e.name.key) ?? [];
    if (!d || seen.has(e.name.key)) out.set(e.name.key, e.name);
    else for (const [k, name] of symbolKeys(values, d.body, position, new Set([...seen, e.name.key]))) out.set(k, name);
  }
  return out;
}
