// One factor: an atom, and what stands in brackets directly behind a name: arguments, another factor, or a slice.
import type { Expr } from '../../expr.js';
import type { Tex } from '../tree.js';
import { readAtom } from './atoms.js';
import { delimiterOf, opensArguments, readBracket, withScripts } from './brackets.js';
import { type Cursor, type Lowering, make, peek } from './build.js';
import { namedJacobian } from './jacobians.js';
import { canonical, makeName, readIndex } from './names.js';
import { indicators } from './notation.js';
import { differentialBody } from './operators.js';
import { readTurnedCall } from './turned.js';

const canBeApplied = (e: Expr): boolean =>
  e.kind === 'symbol' ||
  e.kind === 'prime' ||
  (e.kind === 'inverse' && e.base.kind === 'symbol') ||
  (e.kind === 'power' && e.asName !== undefined);

/** P^+ of P^+(K), a name that depends on K: nobody puts a lone symbol into brackets to multiply it. */
const updated = (cx: Lowering, head: Expr, args: Expr): Expr =>
  head.kind === 'inverse' && head.asName && args.kind === 'group' && args.body.kind === 'symbol'
    ? make(cx, head.span, { kind: 'symbol', name: head.asName })
    : head;

/** 1\{z > 0\}: the braces of a condition. */
const isIndicator = (e: Expr): boolean => e.kind === 'symbol' && indicators.has(e.name.key);

/** From here to there, as 1:n, n+1:n+p, 2:, and with : alone all there are. */
const RANGE = /^(?:[\w+-]*\d[\w+-]*:[\w+-]*|[\w+-]*:[\w+-]*\d[\w+-]*)$/;
const PICKED = /^(?::|[\w+-]*)$/;

/** r(1:n), A[:, 1]: what brackets pick by ranges is what a subscript picks, r_{1:n} and A_{:,1}. */
function sliceOf(cx: Lowering, head: Expr, bracket: readonly Tex[], end: number): Expr | undefined {
  if (head.kind !== 'symbol') return undefined;
  const written = canonical(bracket).slice(1, -1);
  const picks = written.split(',');
  if (!written.includes(':') || !picks.every((pick) => RANGE.test(pick) || (picks.length > 1 && PICKED.test(pick)))) return undefined;
  const { name } = head;
  const subText = name.subText ? `${name.subText},${written}` : written;
  const picked = makeName({ ...name, subs: [...name.subs, ...picks.map(readIndex)], subText });
  return make(cx, { start: head.span.start, end }, { kind: 'symbol', name: picked });
}

/** An atom; a name directly before brackets keeps both readings. */
export function readFactor(cx: Lowering, c: Cursor): Expr | undefined {
  const first = readAtom(cx, c);
  const before = first?.kind === 'differential' ? first.base : first;
  if (first?.kind === 'transpose') return readTurnedCall(cx, c, first) ?? first;
  if (!first || !before || !canBeApplied(before)) return first;
  if (!opensArguments(peek(c)) && !(isIndicator(before) && delimiterOf(peek(c)) === '\\{')) return first;
  const from = c.at;
  const bracket = readBracket(cx, c);
  if (!bracket) return first;
  const slice = first === before && !bracket.scripts ? sliceOf(cx, first, c.nodes.slice(from, c.at), bracket.plain.span.end) : undefined;
  if (slice) return slice;
  const head = updated(cx, before, bracket.plain);
  const scripted = withScripts(cx, bracket);
  const span = { start: first.span.start, end: scripted.span.end };
  const at = { start: head.span.start, end: bracket.plain.span.end };
  const call = namedJacobian(cx, head, bracket.plain, at) ?? make(cx, at, { kind: 'call', head, args: bracket.plain });
  const plain = bracket.scripts ? withScripts(cx, { plain: call, scripts: bracket.scripts }) : call;
  const application = first.kind === 'differential' ? make(cx, span, differentialBody(plain, first.sign)) : plain;
  return make(cx, span, { kind: 'juxtaposed', head, application, factors: [first, scripted] });
}
