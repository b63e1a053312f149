// Matches a small grammar against tokens: rules are alternatives of sequences, written as text; the first way that succeeds counts.
// Knows the syntax of grammars, no English and no mathematics.
import { type Capture, type Chain, type First, type Matcher, NOTHING, needOf, type Part, single } from './part.js';
import { TERMINALS } from './terminals.js';
import type { Token } from './tokens.js';
import { CLASSES } from './vocabulary.js';

export interface Match {
  readonly from: number;
  readonly to: number;
  readonly captures: readonly Capture[];
  /** By a form that supposes. */
  readonly supposes?: true;
}

export type Rules = Readonly<Record<string, readonly string[]>>;

export interface Grammar {
  match(form: string, tokens: readonly Token[], at: number): Match | undefined;
  /** What a form can begin with, and what it cannot do without. */
  part(form: string): Part;
}

/** `captured`: the rules and word classes whose text is kept. Rules may not refer to themselves. */
export function grammarOf(rules: Rules, captured: ReadonlySet<string>): Grammar {
  const compiled = new Map<string, Part>();
  const rule = (name: string): Part => {
    let part = compiled.get(name);
    if (!part) {
      const alternatives = either((rules[name] ?? []).map((text) => sequence(text, item)));
      part = captured.has(name) ? capturing(name, alternatives) : alternatives;
      compiled.set(name, part);
    }
    return part;
  };
  const items = new Map<string, Part>();
  const item = (word: string): Part => {
    const part = items.get(word) ?? newItem(word);
    items.set(word, part);
    return part;
  };
  const newItem = (word: string): Part => {
    if (TERMINALS[word]) return TERMINALS[word];
    if (word.includes('|') && /(?:^|\|)[A-Z]{2}/.test(word)) return either(word.split('|').map(item));
    const words = CLASSES[word];
    if (words) return captured.has(word) ? capturing(word, wordOf(words)) : wordOf(words);
    return /^[A-Z]{2,}/.test(word) ? rule(word) : wordOf(new Set(word.split('|')));
  };
  const forms = new Map<string, Part>();
  const compile = (form: string): Part => {
    let part = forms.get(form);
    if (!part) {
      part = sequence(form, item);
      forms.set(form, part);
    }
    return part;
  };
  return {
    part: compile,
    match(form, tokens, at) {
      const part = compile(form);
      let found: Match | undefined;
      part.run(tokens, at, undefined, (to, chain) => {
        found = { from: at, to, captures: listOf(chain, tokens) };
        return true;
      });
      return found;
    },
  };
}

/** Whether a part can begin with a token: cheap, and the same for all tokens of one class. */
export const begins = ({ first, nullable }: Part, token: Token | undefined): boolean => nullable || isAmong(first, token);

export function isAmong(first: First, token: Token | undefined): boolean {
  if (first.any) return true;
  if (!token) return false;
  if (token.kind === 'math') return first.math;
  return (
    first.words.has(token.text) ||
    (first.math && token.math !== undefined) ||
    (first.size && (token.kind === 'number' || token.text.length === 3))
  );
}

function listOf(chain: Chain | undefined, tokens: readonly Token[]): Capture[] {
  const captures: Capture[] = [];
  for (let c = chain; c; c = c.before) {
    const { capture } = c;
    captures.push(capture.kind === 'rule' ? { ...capture, text: textOf(tokens, capture.from, capture.to) } : capture);
  }
  return captures.reverse();
}

const textOf = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map((token) => token.text)
    .join(' ');

function sequence(text: string, item: (word: string) => Part): Part {
  const parts = text
    .split(' ')
    .filter((p) => p !== '')
    .map((part) => {
      const [, word = part, times = ''] = /^(.+?)([?*+]?)$/.exec(part) ?? [];
      return repeated(item(word), times);
    });
  const empty: Part = { run: (_t, i, c, next) => next(i, c), first: NOTHING, nullable: true };
  const whole = parts.reduceRight<Part>(
    (rest, part) => ({
      run: rest === empty ? part.run : followed(part, rest),
      first: part.nullable ? union([part.first, rest.first]) : part.first,
      nullable: part.nullable && rest.nullable,
    }),
    empty,
  );
  const [only] = parts;
  const { one } = parts.length === 1 && only ? only : whole;
  const firm = parts.filter((p) => !p.nullable);
  const deep = firm.flatMap((p) => needOf(p) ?? []);
  const need = deep.reduce<First | undefined>((best, n) => (best && breadth(best) <= breadth(n) ? best : n), undefined);
  const needs = [...new Set([...firm.flatMap((p) => (p.first.any ? [] : [p.first])), ...deep])];
  return { ...whole, ...(one ? { one } : {}), ...(need ? { need } : {}), needs };
}

/** How much is among it, roughly: names and sizes are in most sentences that are read. */
const breadth = ({ words, math, size, any }: First): number => words.size + (math ? 300 : 0) + (size ? 300 : 0) + (any ? 10_000 : 0);

/** What takes one token needs no continuation of its own. */
function followed(part: Part, rest: Part): Matcher {
  const { one } = part;
  if (one) return (t, i, c, next) => one(t[i]) && begins(rest, t[i + 1]) && rest.run(t, i + 1, c, next);
  return (t, i, c, next) => part.run(t, i, c, (j, d) => begins(rest, t[j]) && rest.run(t, j, d, next));
}

/** Greedy, at most eight times. */
function repeated(one: Part, times: string): Part {
  if (times === '') return one;
  const most = times === '?' ? 1 : 8;
  const least = times === '+' ? 1 : 0;
  const rest = { first: one.first, nullable: least === 0, ...(one.need ? { need: one.need } : {}) };
  if (one.one) return { run: repeatedSingle(one.one, least, most), ...rest };
  const steps: Matcher[] = [];
  for (let done = most; done >= 0; done--) {
    const after = steps[done + 1];
    steps[done] = (t, i, c, next) => {
      if (after && begins(one, t[i]) && one.run(t, i, c, (j, d) => j > i && after(t, j, d, next))) return true;
      return done >= least && next(i, c);
    };
  }
  return { run: steps[0] ?? one.run, ...rest };
}

const repeatedSingle =
  (one: NonNullable<Part['one']>, least: number, most: number): Matcher =>
  (t, i, c, next) => {
    let to = i;
    while (to < i + most && to < t.length && one(t[to])) to++;
    for (; to >= i + least; to--) if (next(to, c)) return true;
    return false;
  };

function either(alternatives: readonly Part[]): Part {
  const singles = alternatives.map((a) => a.one);
  if (alternatives.length > 0 && singles.every((one) => one !== undefined))
    return single((token) => singles.some((one) => one(token)), union(alternatives.map((a) => a.first)));
  const run: Matcher = (t, i, c, next) => {
    for (const a of alternatives) if (begins(a, t[i]) && a.run(t, i, c, next)) return true;
    return false;
  };
  const needs = alternatives.map(needOf);
  const need = needs.every((n) => n !== undefined) ? { need: union(needs) } : {};
  return { run, first: union(alternatives.map((a) => a.first)), nullable: alternatives.some((a) => a.nullable), ...need };
}

function capturing(rule: string, part: Part): Part {
  const run: Matcher = (t, i, c, next) =>
    part.run(t, i, c, (j, d) => next(j, { capture: { kind: 'rule', rule, text: '', from: i, to: j }, before: d }));
  const { first, nullable, need } = part;
  return { run, first, nullable, ...(need ? { need } : {}) };
}

const wordOf = (words: ReadonlySet<string>): Part =>
  single((token) => token !== undefined && token.kind !== 'math' && words.has(token.text), { ...NOTHING, words });

const union = (firsts: readonly First[]): First => ({
  words: new Set(firsts.flatMap((f) => [...f.words])),
  math: firsts.some((f) => f.math),
  size: firsts.some((f) => f.size),
  any: firsts.some((f) => f.any),
});
