// Matches a small grammar against tokens: rules are alternatives of sequences, written as text; the first way that succeeds counts.
// Knows the syntax of grammars, no English and no mathematics.
import { type Capture, type Chain, type First, type Matcher, NOTHING, type Part } from './part.js';
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
  /** Whether a form can begin with a token: cheap, and the same for all tokens of one text and kind. */
  begins(form: string, token: Token): boolean;
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
  const item = (word: string): Part => {
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
    begins: (form, token) => begins(compile(form), token),
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

function begins({ first, nullable }: Part, token: Token | undefined): boolean {
  if (nullable || first.any) return true;
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
  return parts.reduceRight<Part>(
    (rest, part) => ({
      run: (t, i, c, next) => part.run(t, i, c, (j, d) => begins(rest, t[j]) && rest.run(t, j, d, next)),
      first: part.nullable ? union([part.first, rest.first]) : part.first,
      nullable: part.nullable && rest.nullable,
    }),
    empty,
  );
}

/** Greedy, at most eight times. */
function repeated(one: Part, times: string): Part {
  if (times === '') return one;
  const most = times === '?' ? 1 : 8;
  const steps: Matcher[] = [];
  for (let done = most; done >= 0; done--) {
    const after = steps[done + 1];
    steps[done] = (t, i, c, next) => {
      if (after && begins(one, t[i]) && one.run(t, i, c, (j, d) => j > i && after(t, j, d, next))) return true;
      return times === '+' && done === 0 ? false : next(i, c);
    };
  }
  return { run: steps[0] ?? one.run, first: one.first, nullable: times !== '+' };
}

function either(alternatives: readonly Part[]): Part {
  const run: Matcher = (t, i, c, next) => {
    for (const a of alternatives) if (begins(a, t[i]) && a.run(t, i, c, next)) return true;
    return false;
  };
  return { run, first: union(alternatives.map((a) => a.first)), nullable: alternatives.some((a) => a.nullable) };
}

function capturing(rule: string, part: Part): Part {
  const run: Matcher = (t, i, c, next) =>
    part.run(t, i, c, (j, d) => next(j, { capture: { kind: 'rule', rule, text: '', from: i, to: j }, before: d }));
  return { ...part, run };
}

function wordOf(words: ReadonlySet<string>): Part {
  const run: Matcher = (t, i, c, next) => {
    const token = t[i];
    return token !== undefined && token.kind !== 'math' && words.has(token.text) && next(i + 1, c);
  };
  return { run, first: { ...NOTHING, words }, nullable: false };
}

const union = (firsts: readonly First[]): First => ({
  words: new Set(firsts.flatMap((f) => [...f.words])),
  math: firsts.some((f) => f.math),
  size: firsts.some((f) => f.size),
  any: firsts.some((f) => f.any),
});

/** The forms that can begin with a token, found once per word. */
export function beginnings<F extends { readonly form: string }>(grammar: Grammar, forms: readonly F[]): (token: Token) => readonly F[] {
  const known = new Map<string, readonly F[]>();
  return (token) => {
    const key = token.kind === 'math' ? '\0' : token.kind === 'number' ? '\u0001' : token.math ? `\u0002${token.text}` : token.text;
    let found = known.get(key);
    if (!found) {
      if (known.size > 5000) known.clear();
      found = forms.filter(({ form }) => grammar.begins(form, token));
      known.set(key, found);
    }
    return found;
  };
}
