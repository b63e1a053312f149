// Which forms of a grammar are worth trying at a token of a sentence: those that can begin there, and need nothing that does not follow.
import { begins, type Grammar, isAmong } from './engine.js';
import type { First } from './part.js';
import type { Token } from './tokens.js';

/** The forms to try at a token of the sentence. */
export type FormsAt<F> = (at: number) => readonly F[];

/** What is known of all tokens of one text and kind. */
interface TokenClass<F> {
  readonly starts: readonly Masked<F>[];
  /** The needs that it can begin to meet, a bit each. */
  readonly meets: readonly number[];
}

interface Masked<F> {
  readonly form: F;
  readonly needs: readonly number[];
}

const bits = 31;
const mostClasses = 5000;

/** Finds forms for the tokens of a sentence; what a class of tokens can begin is found once. */
export function formsOf<F extends { readonly form: string }>(
  grammar: Grammar,
  forms: readonly F[],
): (tokens: readonly Token[]) => FormsAt<F> {
  const needed = [...new Set(forms.flatMap(({ form }) => grammar.part(form).needs ?? []))];
  const masked = forms.map((form): Masked<F> => {
    const own = new Set(grammar.part(form.form).needs);
    return { form, needs: maskOf(needed, (need) => own.has(need)) };
  });
  const classes = new Map<string, TokenClass<F>>();
  const classOf = (token: Token): TokenClass<F> => {
    const key = keyOf(token);
    const known = classes.get(key);
    if (known) return known;
    if (classes.size > mostClasses) classes.clear();
    const starts = masked.filter(({ form }) => begins(grammar.part(form.form), token));
    const found = { starts, meets: maskOf(needed, (need) => isAmong(need, token)) };
    classes.set(key, found);
    return found;
  };
  return (tokens) => {
    const ahead = needsMetFrom(tokens, classOf);
    return (at) => {
      const token = tokens[at];
      const met = ahead[at];
      if (!token || !met) return [];
      const found: F[] = [];
      for (const { form, needs } of classOf(token).starts) if (areMet(needs, met)) found.push(form);
      return found;
    };
  };
}

function areMet(needs: readonly number[], met: readonly number[]): boolean {
  for (let k = 0; k < needs.length; k++) if (((needs[k] as number) & ~(met[k] as number)) !== 0) return false;
  return true;
}

/** From each token on, which needs some token can begin to meet. */
function needsMetFrom<F>(tokens: readonly Token[], classOf: (token: Token) => TokenClass<F>): readonly (readonly number[])[] {
  const ahead: (readonly number[])[] = [];
  let after: readonly number[] | undefined;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { meets } = classOf(tokens[at] as Token);
    if (!after) after = meets;
    else if (!areMet(meets, after)) after = after.map((mask, k) => mask | (meets[k] as number));
    ahead[at] = after;
  }
  return ahead;
}

function maskOf(needed: readonly First[], holds: (need: First) => boolean): readonly number[] {
  const mask = new Array<number>(Math.ceil(needed.length / bits)).fill(0);
  needed.forEach((need, n) => {
    const word = Math.floor(n / bits);
    if (holds(need)) mask[word] = (mask[word] ?? 0) | (1 << (n % bits));
  });
  return mask;
}

/** Tokens of one class begin the same parts. */
function keyOf(token: Token): string {
  if (token.kind === 'math') return '\0';
  if (token.kind === 'number') return '\u0001';
  return token.math ? `\u0002${token.text}` : token.text;
}
