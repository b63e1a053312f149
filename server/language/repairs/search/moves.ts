// The small edits of a product: transpose a factor, exchange two, move one, ⊙ for a product and the reverse, diag of a vector,
// leave a factor out, put one in, turn the whole product round. Each with what it costs in plausibility.
import type { ProductSign } from '../../expr.js';
import { isHadamard, isLoose } from '../../shapes/rules/pair.js';
import type { Item, Problem, State } from './problem.js';

const moveCosts = {
  transpose: 1,
  transposeGroup: 1.1,
  exchange: 1,
  exchangeFar: 1.3,
  move: 1.1,
  moveGroup: 1.2,
  sign: 1,
  diagonal: 1.7,
  leaveOut: 2.9,
  add: 3.6,
  reverse: 1.4,
} as const;

export interface Extent {
  /** Whether factors may be left out or made diagonal. */
  readonly changes: boolean;
  /** Whether symbols of the document may be put in. */
  readonly adds: boolean;
}

type Neighbours = (state: State, cost: number, items: readonly Item[], signs: readonly ProductSign[], changed?: State['changed']) => void;

/** All states one edit away. */
export function neighbours(p: Problem, state: State, extent: Extent): readonly State[] {
  const out: State[] = [];
  const add: Neighbours = (from, cost, items, signs, changed = from.changed) => out.push({ items, signs, cost: from.cost + cost, changed });
  transposes(p, state, add);
  signChanges(p, state, add);
  orders(p, state, add);
  groupMoves(p, state, add);
  reversal(p, state, add);
  if (extent.changes) changes(p, state, add);
  if (extent.adds) additions(p, state, add);
  return out;
}

const isFixed = (p: Problem, item: Item | undefined): boolean => item === undefined || p.atoms[item.atom]?.scalar === true;

const canTurn = (p: Problem, item: Item): boolean => !item.diagonal && p.atoms[item.atom]?.turned !== undefined;

const turn = (item: Item): Item => ({ ...item, turned: !item.turned });

const replaceAt = <T>(list: readonly T[], i: number, value: T): readonly T[] => list.map((x, k) => (k === i ? value : x));

function transposes(p: Problem, s: State, add: Neighbours): void {
  s.items.forEach((item, i) => {
    if (canTurn(p, item) && !item.turned) add(s, moveCosts.transpose, replaceAt(s.items, i, turn(item)), s.signs);
  });
}

function signChanges(p: Problem, s: State, add: Neighbours): void {
  s.signs.forEach((sign, i) => {
    if (isFixed(p, s.items[i]) || isFixed(p, s.items[i + 1])) return;
    if (isHadamard(sign)) add(s, moveCosts.sign, s.items, replaceAt(s.signs, i, ''));
    else if (!isLoose(sign)) add(s, moveCosts.sign, s.items, replaceAt(s.signs, i, p.habits.hadamard as ProductSign));
  });
}

/** Exchanges leave the signs where they stand; a moved factor takes plain products with it. */
function orders(p: Problem, s: State, add: Neighbours): void {
  const free = s.items.map((item, i) => (isFixed(p, item) ? -1 : i)).filter((i) => i >= 0);
  for (const i of free) {
    for (const j of free) {
      const a = s.items[i];
      const b = s.items[j];
      if (!a || !b || i === j) continue;
      if (i < j) add(s, j === i + 1 ? moveCosts.exchange : moveCosts.exchangeFar, replaceAt(replaceAt(s.items, i, b), j, a), s.signs);
      add(s, moveCosts.move, ...moved(s, i, i + 1, j > i ? j + 1 : j));
    }
  }
}

/** Takes the factors [from, to) out and puts them before the factor that stood at `target`. */
function moved(s: State, from: number, to: number, target: number): [readonly Item[], readonly ProductSign[]] {
  const run = s.items.slice(from, to);
  const inner = s.signs.slice(from, to - 1);
  const rest = [...s.items.slice(0, from), ...s.items.slice(to)];
  const signs = withoutRun(s.signs, from, to);
  const at = target > from ? target - (to - from) : target;
  const items = [...rest.slice(0, at), ...run, ...rest.slice(at)];
  // Behind the last factor one new junction, before the first one too; inside, the junction that was there is split.
  const before = at === 0 ? [] : [...signs.slice(0, at - 1), '' as const];
  const after = at === rest.length ? [] : ['' as const, ...signs.slice(at)];
  return [items, [...before, ...inner, ...after]];
}

/** The signs that are left when the factors [from, to) are gone: of the two at the gap the plain one. */
function withoutRun(signs: readonly ProductSign[], from: number, to: number): readonly ProductSign[] {
  const left = signs[from - 1];
  const right = signs[to - 1];
  const joined = left === undefined || right === undefined ? [] : [isLoose(left) && isLoose(right) ? left : isLoose(left) ? right : left];
  return [...signs.slice(0, Math.max(0, from - 1)), ...joined, ...signs.slice(to)];
}

/** Runs of ⊙ moved or transposed as one. */
function groupMoves(p: Problem, s: State, add: Neighbours): void {
  for (const [from, to] of runs(s.signs)) {
    const run = s.items.slice(from, to);
    if (run.length === s.items.length && run.length > 6) continue;
    if (run.every((i) => canTurn(p, i) && !i.turned))
      add(
        s,
        moveCosts.transposeGroup,
        s.items.map((item, i) => (i >= from && i < to ? turn(item) : item)),
        s.signs,
      );
    s.items.forEach((item, target) => {
      if (!isFixed(p, item) && (target < from || target >= to))
        add(s, moveCosts.moveGroup, ...moved(s, from, to, target < from ? target : target + 1));
    });
  }
}

function runs(signs: readonly ProductSign[]): readonly (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (let i = 0; i < signs.length; i++) {
    const from = i;
    while (i < signs.length && isHadamard(signs[i] ?? '')) i++;
    if (i > from) out.push([from, i + 1]);
  }
  return out;
}

/** (ABC)^T = C^T B^T A^T */
function reversal(p: Problem, s: State, add: Neighbours): void {
  const lead = s.items.findIndex((i) => !isFixed(p, i));
  if (lead < 0 || s.items.length - lead < 2) return;
  const rest = s.items.slice(lead);
  if (!rest.every((i) => isFixed(p, i) || canTurn(p, i))) return;
  const turned = [...rest].reverse().map((i) => (isFixed(p, i) ? i : turn(i)));
  add(s, moveCosts.reverse, [...s.items.slice(0, lead), ...turned], [...s.signs.slice(0, lead), ...[...s.signs.slice(lead)].reverse()]);
}

function changes(p: Problem, s: State, add: Neighbours): void {
  s.items.forEach((item, i) => {
    if (p.atoms[item.atom]?.diagonal && !item.turned && !item.diagonal)
      add(s, moveCosts.diagonal, replaceAt(s.items, i, { ...item, diagonal: true }), s.signs);
    if (s.items.length > 1 && !isFixed(p, item))
      add(
        s,
        moveCosts.leaveOut,
        s.items.filter((_, k) => k !== i),
        withoutRun(s.signs, i, i + 1),
        'left out',
      );
  });
}

function additions(p: Problem, s: State, add: Neighbours): void {
  for (let atom = p.count; atom < p.atoms.length; atom++) {
    for (let at = 0; at <= s.items.length; at++) {
      if (at < s.items.length && isFixed(p, s.items[at])) continue;
      for (const turned of [false, true]) {
        const item: Item = { atom, turned, diagonal: false };
        const signs =
          at === 0
            ? ['' as const, ...s.signs]
            : [...s.signs.slice(0, at - 1), '' as const, ...(at < s.items.length ? ['' as const] : []), ...s.signs.slice(at)];
        add(s, moveCosts.add + (turned ? 0.3 : 0), [...s.items.slice(0, at), item, ...s.items.slice(at)], signs, 'added');
      }
    }
  }
}
