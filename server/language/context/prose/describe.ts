// From a matched sentence form to facts: which noun with which size gives which shape, and what the adjectives assume.
import type { Expr, Name } from '../../expr.js';
import { dimensionOf } from '../../shapes/dims.js';
import type { Assumption } from '../../term.js';
import type { Span } from '../../text.js';
import type { Fact, ShapeExpr } from '../facts.js';
import { ASSUMPTIONS } from '../suppositions.js';
import type { Match } from './engine.js';
import { isOne, numberExpr } from './mathematics.js';
import type { Capture } from './part.js';

type NounClass = 'column' | 'row' | 'vector' | 'matrix' | 'array' | 'scalar' | 'none';

const NOUNS: readonly (readonly [RegExp, NounClass])[] = [
  [/^column/, 'column'],
  [/^row/, 'row'],
  [/^vector/, 'vector'],
  [/^matri/, 'matrix'],
  [/^(?:tensor|array)/, 'array'],
];

type Rule = Extract<Capture, { kind: 'rule' }>;

const rulesOf = (match: Match, rule: string): Rule[] => match.captures.filter((c): c is Rule => c.kind === 'rule' && c.rule === rule);

const inside = (c: Capture, outer: Capture | undefined): boolean => outer !== undefined && outer.from <= c.from && c.to <= outer.to;

/** The facts that a matched form states. [] if its noun and its size do not fit one another. */
export function describe(found: Match, span: Span, assumes: boolean): Fact[] {
  const remarks = rulesOf(found, 'POST');
  const match = { ...found, captures: found.captures.filter((c) => !remarks.some((r) => inside(c, r))) };
  const same = rulesOf(match, 'SAME')[0];
  const lists = match.captures.filter((c): c is Names => c.kind === 'names');
  const first = lists.find((c) => !inside(c, same));
  const subject = first && rulesOf(match, 'ALSOSUBJECT').length > 0 ? together(lists) : first;
  if (!subject || subject.names.some(isEllipsis)) return [];
  if (
    rulesOf(match, 'DIMENSIONAL').length > 0 &&
    !match.captures.some((c) => c.kind === 'shape') &&
    /^(?:matrix|array)$/.test(nounOf(match))
  )
    return [];
  const mapped = mapOf(match, subject.names[0], span);
  if (mapped) return mapped === 'unclear' ? [] : [mapped];
  const facts: Fact[] = [];
  if (rulesOf(match, 'MUTUAL').length > 0) return sameShape(subject.names.slice(1), subject.names[0], span);
  if (same) facts.push(...sameShape(subject.names, lists.find((c) => inside(c, same))?.names[0], span));
  else if (!subject.declared) facts.push(...shapes(match, subject, span));
  for (const list of rulesOf(match, 'ALSOSUBJECT').length > 0 ? lists : [subject])
    facts.push(...assumed(match, list, span, assumes ? 'assumption' : 'supposition'));
  return facts;
}

type Names = Extract<Capture, { kind: 'names' }>;

/** A subject in several phrases as one list. */
function together(lists: readonly Names[]): Names | undefined {
  const [first] = lists;
  return first && { ...first, names: lists.flatMap((c) => c.names), declared: lists.some((c) => c.declared), set: undefined };
}

/** f : DOMAIN → CODOMAIN, where the form is of that kind. */
function mapOf(match: Match, name: Name | undefined, span: Span): Fact | 'unclear' | undefined {
  const [domain, codomain] = [rulesOf(match, 'DOMAIN')[0], rulesOf(match, 'CODOMAIN')[0]];
  if (!domain || !codomain) return undefined;
  const side = (outer: Capture): ShapeExpr | undefined => {
    const part: Match = { from: outer.from, to: outer.to, captures: match.captures.filter((c) => c !== outer && inside(c, outer)) };
    const noun = nounOf(part);
    return name && shapeFor(noun, sizes(part, 1)[0] ?? [], rulesOf(part, 'SQUARE').length > 0, name, true);
  };
  const from = side(domain);
  const to = side(codomain);
  return name && from && to ? { kind: 'map', name, domain: [from], codomain: to, from: 'prose', span } : 'unclear';
}

const isEllipsis = (name: Name): boolean => /dots/.test(name.key);

function sameShape(names: readonly Name[], as: Name | undefined, span: Span): Fact[] {
  if (!as) return [];
  return names.filter((n) => n.key !== as.key).map((name) => ({ kind: 'same-shape', name, as, from: 'prose', span }));
}

function shapes(match: Match, subject: Names, span: Span): Fact[] {
  const noun = nounOf(match);
  const before =
    rulesOf(match, 'NOUN').some((c) => c.from < subject.from) || match.captures.some((c) => c.kind === 'shape' && c.to <= subject.from);
  if (before && noun !== 'scalar' && subject.names.some(isEntry)) return [];
  if (noun === 'scalar' && (subject.applied || rulesOf(match, 'FUNCTION').length > 0 || subject.names.every(isFunctionLetter)))
    return subject.names.map((name) => scalarFunction(name, span));
  const given = sizes(match, subject.names.length);
  const facts: Fact[] = [];
  for (const [i, name] of subject.names.entries()) {
    const shape = shapeFor(noun, given[given.length === 1 ? 0 : i] ?? [], rulesOf(match, 'SQUARE').length > 0, name);
    if (shape) facts.push({ kind: 'shape', name: name, shape, from: 'prose', span });
  }
  return facts;
}

/** What maps to a scalar: its arguments are not stated. */
const scalarFunction = (name: Name, span: Span): Fact => ({ kind: 'map', name, domain: [], codomain: { dims: [] }, from: 'prose', span });

/** A "scalar f" is what f gives: declared as a scalar it could not be applied. */
const isFunctionLetter = (name: Name): boolean => /^(?:[fgFG]|\\phi|\\psi|\\varphi|\\Phi|\\Psi)$/.test(name.base);

/** Letters i, j, k … as an index: an element where a noun for the whole stands before it. */
export function isEntry(name: Name): boolean {
  const letters = name.subs.filter((s) => s.kind === 'letter' && /^[i-kpqrs]$/.test(s.name));
  return letters.length > 0 && letters.length === name.subs.length;
}

function nounOf(match: Match): NounClass {
  if (rulesOf(match, 'SCALAR').length > 0 || rulesOf(match, 'SCALARNOUN').length > 0) return 'scalar';
  const noun = rulesOf(match, 'NOUN').at(-1)?.text ?? thingOf(match);
  return NOUNS.find(([pattern]) => pattern.test(noun))?.[1] ?? 'none';
}

/** The noun of the subject itself: "the row vector y has n entries". */
function thingOf(match: Match): string {
  if (rulesOf(match, 'ALSOSUBJECT').length > 0) return '';
  const things = rulesOf(match, 'THING').map((c) => c.text);
  return (
    things
      .map((t, i) => (/^(?:column|row)$/.test(things[i - 1] ?? '') && /^vector/.test(t) ? `${things[i - 1]} ${t}` : t))
      .filter((t) => NOUNS.some(([p]) => p.test(t) && !/^(?:column|row)$/.test(t)))
      .at(-1) ?? ''
  );
}

/** The sizes that are stated: one for all symbols, or one for each. */
function sizes(match: Match, count: number): readonly (readonly Expr[])[] {
  const whole = match.captures.flatMap((c) => (c.kind === 'shape' ? [c.dims] : []));
  const lengths = match.captures.flatMap((c) => (c.kind === 'dim' || c.kind === 'list' ? c.dims : []));
  const table = rulesOf(match, 'ROWSCOLUMNS').length > 0;
  if (table) return [lengths];
  if (whole.length > 0) {
    if (lengths.length > 0) return [];
    return whole.length === 1 || whole.length === count ? whole : [];
  }
  if (lengths.length <= 1) return lengths.map((d) => [d]);
  if (count === 1) return [lengths];
  const each =
    rulesOf(match, 'RESPECTIVELY').length > 0 || nounOf(match) === 'vector' || nounOf(match) === 'column' || nounOf(match) === 'row';
  return each && lengths.length === count ? lengths.map((d) => [d]) : [];
}

/** The shape that a noun and the stated size give; undefined where they contradict one another or say too little. */
export function shapeFor(noun: NounClass, size: readonly Expr[], square: boolean, name: Name, set = false): ShapeExpr | undefined {
  const [first, second] = size;
  if (size.length > 2) return noun === 'none' || noun === 'array' ? { dims: size } : undefined;
  switch (noun) {
    case 'scalar':
      return size.length === 0 || size.every(isOne) ? { dims: [] } : undefined;
    case 'column':
      if (size.length === 2) return isOne(second) ? { dims: size } : undefined;
      return { dims: [first, numberExpr(1)] };
    case 'row':
      if (size.length === 2) return isOne(first) ? { dims: size } : undefined;
      return { dims: [numberExpr(1), first] };
    case 'vector':
      if (size.length === 2) return isOne(first) || isOne(second) ? { dims: size } : undefined;
      return first ? { dims: size } : undefined;
    case 'matrix':
      if (size.length === 1 && square) return { dims: [first, first] };
      return size.length === 2 ? { dims: size } : undefined;
    default:
      if (size.length === 2) return { dims: size };
      return set || (first && (noun === 'array' || !isCapital(name))) ? { dims: size } : undefined;
  }
}

/** A capital with a single size may be a set, a sequence or a square matrix. */
const isCapital = (name: Name): boolean => /^[A-Z]$|^\\(?:mathcal|mathbb)|\{[A-Z]\}$/.test(name.base);

/** What only a square matrix can be. */
const OF_SQUARE: ReadonlySet<Assumption> = new Set([
  'symmetric',
  'positive-definite',
  'antisymmetric',
  'diagonal',
  'orthogonal',
  'invertible',
  'identity',
]);

function isSquare(set: readonly Expr[]): boolean {
  const [r, c] = set;
  return set.length === 2 && r !== undefined && c !== undefined && dimensionOf(r)?.key === dimensionOf(c)?.key;
}

function assumed(match: Match, subject: Names, span: Span, kind: 'assumption' | 'supposition'): Fact[] {
  const said = [...rulesOf(match, 'ASSUME'), ...rulesOf(match, 'ALLONES')].flatMap(
    (c) => ASSUMPTIONS.find(([p]) => p.test(c.text))?.[1] ?? [],
  );
  const initial = (a: Assumption): boolean => a === 'zero' && !subject.names.every((n) => /0|O/.test(n.base));
  const noSquare = (subject.set && !isSquare(subject.set)) || /^(?:vector|column|row)$/.test(nounOf(match));
  const assumptions = [...new Set(said)].filter((a) => !initial(a) && !(noSquare && OF_SQUARE.has(a)));
  if (assumptions.length === 0 || subject.names.some(isEntry)) return [];
  const singular = rulesOf(match, 'RELATIVE').some((c) => / (?:is|being) /.test(c.text));
  return (singular ? subject.names.slice(-1) : subject.names).map((name) => ({ kind, name, assumptions, span }));
}
