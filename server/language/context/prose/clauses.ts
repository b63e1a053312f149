// Walks through the tokens of a sentence and finds the forms of the grammar: where a clause may begin, what may not follow.

import type { Span } from '../../text.js';
import type { Fact } from '../facts.js';
import { describe } from './describe.js';
import type { Match } from './engine.js';
import { type FormsAt, formsOf } from './forms.js';
import { FORMS, type Form, grammar } from './grammar.js';
import type { Token } from './tokens.js';
import { COUNTED, COUNTERS, DERIVED, GOES_ON, SIGNALS, STARTERS } from './vocabulary.js';

/** Where a clause may begin: `ended` is the end of the clause that was read last. */
export function beginsClause(tokens: readonly Token[], at: number, ended: number): boolean {
  if (at === 0 || at === ended) return true;
  const before = tokens[at - 1];
  if (!before) return true;
  if (before.kind === 'mark' && /^[;:(—–•]$/.test(before.text)) return true;
  if (before.kind === 'math') return before.formula !== undefined && isDisplayEnd(before);
  if (before.text === ',' || before.text === 'and') return afterComma(tokens, at, ended);
  return before.kind === 'word' && STARTERS.has(before.text) && !(before.text === 'for' && at > 1 && !beginsClause(tokens, at - 1, ended));
}

/** After a comma or an "and" a clause begins unless what follows may be the rest of a list. */
function afterComma(tokens: readonly Token[], at: number, ended: number): boolean {
  const comma = tokens[at - 1]?.text === 'and' && tokens[at - 2]?.text === ',';
  if (at - 1 === ended || !endsInSymbol(tokens, comma ? at - 2 : at - 1, ended)) return true;
  return comma && tokens[at]?.math !== undefined && /^(?:is|has)$/.test(tokens[at + 1]?.text ?? '') && !spokeOfDerived(tokens, at);
}

/** Whether the sentence has spoken of a derivative, a product and the like before. */
function spokeOfDerived(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(0, at).some((t) => DERIVED.has(t.text) || (t.kind === 'math' && t.math?.().derivative === true));
}

/** "We replace the Hessian by B_k, an n × n matrix": what is said of B_k is not said of the Hessian. */
const standsFor = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === 'by' && tokens.slice(0, at).some((t) => /^(?:replac|approximat|substitut|denot|estimat)/.test(t.text));

/** "The weights of layer l with shape …", "at step t": the letter says which one it is, and has no shape itself. */
function countsOnly(tokens: readonly Token[], { captures }: Match): boolean {
  const subject = captures.find((c) => c.kind === 'names');
  if (subject?.kind !== 'names' || subject.names.length !== 1) return false;
  return COUNTED.has(tokens[subject.from - 1]?.text ?? '') && COUNTERS.has(subject.names[0]?.key ?? '');
}

/** A display formula stands between sentences as often as within one. */
const isDisplayEnd = (token: Token): boolean => token.raw === '\uE002';

/** Before a comma or an "and" stands a symbol: what follows may be the rest of a list. */
function endsInSymbol(tokens: readonly Token[], at: number, ended: number): boolean {
  if (at === ended) return false;
  const before = tokens[at - 1];
  if (!before) return false;
  if (before.math && (before.kind === 'math' || before.bare)) {
    const math = before.math();
    // Labels in {0, 1}, and w …
    if (/^(?:set|tuple)$/.test(math.expr.statements[0]?.members[0]?.kind ?? '') && math.names.length === 0) return false;
    return math.shape === undefined && (before.kind === 'math' || math.names.length > 0) && !math.equation && !math.declared;
  }
  return DERIVED.has(before.text);
}

const formsIn = formsOf(grammar, FORMS);

/** The longest match of any form at this place. */
function longest(
  tokens: readonly Token[],
  formsAt: FormsAt<Form>,
  at: number,
  clause: boolean,
  before: Match | undefined,
): Match | undefined {
  let best: Match | undefined;
  let ofOther: boolean | undefined;
  for (const { at: where, form, after, supposes } of formsAt(at)) {
    if (where === 'clause' && !clause) continue;
    if (where === 'gap' && !before?.captures.some((c) => (c.kind === 'rule' ? c.rule : c.kind) === after)) continue;
    if (where === 'plain') {
      ofOther ??= spokeOfDerived(tokens, at) && !standsFor(tokens, at);
      if (ofOther) continue;
    }
    const match = grammar.match(form, tokens, at);
    if (!match || match.to <= (best?.to ?? at) || !mayEnd(tokens, match) || countsOnly(tokens, match)) continue;
    if (!(where === 'plain' && isOfAnother(tokens, at, match))) best = supposes ? { ...match, supposes } : match;
  }
  return best;
}

/** "The covariance of x, a symmetric matrix": what stands behind the comma speaks of the covariance. */
function isOfAnother(tokens: readonly Token[], at: number, match: Match): boolean {
  if (tokens[at - 1]?.text !== 'of' || tokens[at + 1]?.text !== ',') return false;
  return match.captures.some((c) => c.kind === 'rule' && (c.rule === 'RELATIVE' || (c.rule === 'NOUN' && /matri/.test(c.text))));
}

function mayEnd(tokens: readonly Token[], match: Match): boolean {
  const after = tokens[match.to];
  if (after?.text === 'to' && /^ortho/.test(tokens[match.to - 1]?.text ?? '')) return false;
  const last = match.captures.at(-1);
  const endsInName = last?.kind === 'names' && last.to === match.to;
  // "the row vector x times the matrix W": behind a name stands the next factor.
  const multiplied = endsInName && last.names.length === 1 && /^(?:times|multiplied)$/.test(after?.text ?? '');
  if (after?.hyphen || (after?.kind === 'word' && GOES_ON.has(after.text) && !multiplied) || /^[×·∘]$/.test(after?.text ?? ''))
    return false;
  if (goesOnWithShape(tokens, match.to)) return false;
  if (!endsInName && after?.kind === 'math' && !after.bare && after.raw !== '\uE002') return false;
  return !(endsInName && after?.text === "'s" && !/^(?:size|shape|dimension)/.test(tokens[match.to + 1]?.text ?? ''));
}

/** "m×n, n×p and …": a list of shapes of which the form took the first. */
function goesOnWithShape(tokens: readonly Token[], at: number): boolean {
  const comma = tokens[at]?.text === ',' || tokens[at]?.text === 'and';
  const next = tokens[at + (tokens[at + 1]?.text === 'and' ? 2 : 1)];
  return comma && next?.kind === 'math' && next.math?.().shape !== undefined && !next.math().isSet && next.math().names.length === 0;
}

/** Whether the phrase that begins here belongs to a derivative or to something made from the symbol. */
function isDerived(tokens: readonly Token[], at: number): boolean {
  // "as the rows of U (B × d)": what stands in brackets behind the name is its own size.
  const bracketed = tokens[at]?.math !== undefined && tokens[at + 1]?.text === '(';
  for (let i = at - 1; i >= Math.max(0, at - 2); i--) {
    const text = tokens[i]?.text ?? '';
    if (bracketed && /^(?:rows?|columns?|entry|entries|elements?|components?)$/.test(text)) return false;
    if (DERIVED.has(text)) return true;
    if (!/^(?:of|the|a|an|matrix|vector|its|is)$/.test(text)) return false;
    if (text === 'is') return false;
  }
  return false;
}

const INTERESTING = new Set(['names', 'dim', 'shape', 'list']);

export type SpanOf = (from: number, to: number) => Span;

/** From each token on, where the next name and the next sign of a shape or an assumption stand. */
function outline(tokens: readonly Token[]): { readonly names: readonly number[]; readonly signals: readonly number[] } {
  const names: number[] = [];
  const signals: number[] = [];
  let name = Number.POSITIVE_INFINITY;
  let signal = Number.POSITIVE_INFINITY;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token?.math) name = i;
    if (token && isSignal(token, tokens[i + 1])) signal = i;
    names[i] = name;
    signals[i] = signal;
  }
  return { names, signals };
}

function isSignal(token: Token, after: Token | undefined): boolean {
  if (token.kind === 'math') return token.math?.().shape !== undefined;
  if (token.kind === 'mark' && /^[([]$/.test(token.text)) return after?.kind === 'number' || after?.math !== undefined;
  return SIGNALS.has(token.text) || (token.hyphen && token.text.startsWith('vector')) || /^[A-Zmnkdp]x[A-Zmnkdp]$/.test(token.raw);
}

/** Between the clause that ended and this place stand only a comma and an "and". */
const goesOn = (tokens: readonly Token[], ended: number, at: number): boolean =>
  ended >= 0 && at > ended && at - ended <= 2 && tokens.slice(ended, at).every((t) => /^(?:,|;|and|while)$/.test(t.text));

/** A form names its symbol and says its shape within so many tokens. */
const NAME_WITHIN = 20;
const SIGNAL_WITHIN = 25;

/** All facts about shapes and assumptions in a sentence that declares. */
export function readClauses(tokens: readonly Token[], spanOf: SpanOf): Fact[] {
  const facts: Fact[] = [];
  const { names, signals } = outline(tokens);
  const formsAt = formsIn(tokens);
  let ended = -1;
  let last: Match | undefined;
  for (let at = 0; at < tokens.length; ) {
    const gapped = goesOn(tokens, ended, at) ? last : undefined;
    const far = !gapped && ((names[at] ?? 0) - at > NAME_WITHIN || (signals[at] ?? 0) - at > SIGNAL_WITHIN);
    const match = far ? undefined : longest(tokens, formsAt, at, beginsClause(tokens, at, ended), gapped);
    if (!match?.captures.some((c) => INTERESTING.has(c.kind)) || isDerived(tokens, at)) {
      at++;
      continue;
    }
    const assumes =
      !match.supposes &&
      !/^(?:for|any|every|when)$/.test(tokens[at - 1]?.text ?? '') &&
      !/^(?:any|every|another)$/.test(tokens[at]?.text ?? '');
    facts.push(...describe(match, spanOf(match.from, match.to), assumes));
    ended = match.to;
    last = match;
    at = match.to;
  }
  return facts;
}
