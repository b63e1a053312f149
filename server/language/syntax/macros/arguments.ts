// What arguments a macro takes: its \newcommand count, \def pattern or xparse template, compiled once a macro.
import { lex } from '../lexer.js';
import { PARAM, type Token } from '../token.js';
import type { Macro } from '../tree.js';

/** One argument: a mandatory one, an optional one between delimiters, an optional group, a mark such as *, or text up to a delimiter. */
export type Argument =
  | { readonly kind: 'mandatory' }
  | {
      readonly kind: 'between';
      readonly open: string;
      readonly close: string;
      readonly fallback: readonly Token[] | undefined;
      readonly required: boolean;
    }
  | { readonly kind: 'group'; readonly fallback: readonly Token[] | undefined }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'until'; readonly tokens: readonly Token[] };

export interface Compiled {
  /** Tokens that must stand before the first argument. */
  readonly prefix: readonly Token[];
  readonly args: readonly Argument[];
  readonly body: readonly Token[];
}

const MANDATORY: Argument = { kind: 'mandatory' };
const MAX_ARGUMENTS = 9;

const cache = new WeakMap<Macro, Compiled>();

/** The arguments and the body's tokens of a macro. */
export function compile(macro: Macro): Compiled {
  let compiled = cache.get(macro);
  if (compiled === undefined) {
    compiled = { ...parameters(macro), body: lex(macro.body, true) };
    cache.set(macro, compiled);
  }
  return compiled;
}

function parameters(macro: Macro): { prefix: readonly Token[]; args: readonly Argument[] } {
  if (macro.template !== undefined) return { prefix: [], args: readTemplate(macro.template) };
  if (macro.pattern !== undefined) return readPattern(lex(macro.pattern, true));
  const args: Argument[] = new Array<Argument>(Math.max(0, Math.min(MAX_ARGUMENTS, macro.params))).fill(MANDATORY);
  if (macro.optional !== undefined && args.length > 0) args[0] = between('[', ']', lex(macro.optional, true));
  return { prefix: [], args };
}

const between = (open: string, close: string, fallback: readonly Token[] | undefined, required = false): Argument => ({
  kind: 'between',
  open,
  close,
  fallback,
  required,
});

function readPattern(tokens: readonly Token[]): { prefix: readonly Token[]; args: readonly Argument[] } {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === PARAM) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  const [prefix, ...delimiters] = parts;
  return {
    prefix: prefix ?? [],
    args: delimiters.map((delimiter) => (delimiter.length === 0 ? MANDATORY : { kind: 'until', tokens: delimiter })),
  };
}

/** An xparse template: m o s g O{…} G{…} d() D(){…} r() t/ and so on; what is unknown is passed over. */
function readTemplate(template: string): Argument[] {
  const args: Argument[] = [];
  let at = 0;
  // One character, a control sequence, or a group's content.
  const next = (): string => {
    while (template[at] === ' ') at++;
    const start = at;
    if (template[at] === '{') {
      let depth = 0;
      do {
        if (template[at] === '{') depth++;
        if (template[at] === '}') depth--;
        at++;
      } while (depth > 0 && at < template.length);
      return template.slice(start + 1, at - 1);
    }
    if (template[at] === '\\') {
      at++;
      while (/[A-Za-z@]/.test(template.charAt(at))) at++;
      return template.slice(start + 1, at);
    }
    at++;
    return template.slice(start, at);
  };
  while (at < template.length && args.length < MAX_ARGUMENTS) {
    const letter = next();
    if (letter === 'm' || letter === 'v') args.push(MANDATORY);
    else if (letter === 'o') args.push(between('[', ']', undefined));
    else if (letter === 'O') args.push(between('[', ']', lex(next(), true)));
    else if (letter === 's') args.push({ kind: 'mark', text: '*' });
    else if (letter === 't') args.push({ kind: 'mark', text: next() });
    else if (letter === 'g') args.push({ kind: 'group', fallback: undefined });
    else if (letter === 'G') args.push({ kind: 'group', fallback: lex(next(), true) });
    else if (letter === 'd' || letter === 'r') args.push(between(next(), next(), undefined, letter === 'r'));
    else if (letter === 'D' || letter === 'R') args.push(between(next(), next(), lex(next(), true), letter === 'R'));
    else if (letter === '>' || letter === 'e') next();
  }
  return args;
}
