// Expands macros in a formula's tokens, within bounds, and carries out the definitions that stand in it.
// Tokens of a body get the span of the whole call, those of an argument keep their own.
import { ALIGN, CHAR, CLOSE, COMMAND, OPEN, PARAM, SUB, SUP, type Token } from '../token.js';
import type { Macro, MacroSet } from '../tree.js';
import { type Argument, compile } from './arguments.js';
import { DEFINERS, readDefinition } from './definition.js';

/** Tokens that expansion may make; a long formula may make fifty for each of its own besides. */
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 200;
const MAX_FAILURES = 20;

export interface Expansion {
  readonly tokens: readonly Token[];
  readonly defined: readonly Macro[];
  readonly truncated: boolean;
}

interface Frame {
  readonly tokens: readonly Token[];
  pos: number;
  readonly depth: number;
}

interface Expander {
  readonly tex: string;
  readonly macros: MacroSet;
  readonly defaults: MacroSet;
  readonly local: Map<string, Macro>;
  readonly frames: Frame[];
  readonly out: Token[];
  readonly limit: number;
  made: number;
  failures: number;
  truncated: boolean;
  /** The hull of what the current call has read. */
  low: number;
  high: number;
}

const marker = (text: string): readonly Token[] => [{ kind: COMMAND, text, start: 0, end: 0, space: false }];
const NO_VALUE = marker('-NoValue-');
const TRUE = marker('-True-');
const FALSE = marker('-False-');
const EMPTY: readonly Token[] = [];

/** xparse's conditionals: what is asked of the first argument, and which branches follow. */
const CONDITIONALS: ReadonlyMap<
  string,
  { readonly ask: 'novalue' | 'true' | 'blank'; readonly yes: boolean; readonly no: boolean; readonly swap: boolean }
> = new Map([
  ['IfNoValueTF', { ask: 'novalue', yes: true, no: true, swap: false }],
  ['IfNoValueT', { ask: 'novalue', yes: true, no: false, swap: false }],
  ['IfNoValueF', { ask: 'novalue', yes: false, no: true, swap: false }],
  ['IfValueTF', { ask: 'novalue', yes: true, no: true, swap: true }],
  ['IfValueT', { ask: 'novalue', yes: true, no: false, swap: true }],
  ['IfValueF', { ask: 'novalue', yes: false, no: true, swap: true }],
  ['IfBooleanTF', { ask: 'true', yes: true, no: true, swap: false }],
  ['IfBooleanT', { ask: 'true', yes: true, no: false, swap: false }],
  ['IfBooleanF', { ask: 'true', yes: false, no: true, swap: false }],
  ['IfBlankTF', { ask: 'blank', yes: true, no: true, swap: false }],
  ['IfBlankT', { ask: 'blank', yes: true, no: false, swap: false }],
  ['IfBlankF', { ask: 'blank', yes: false, no: true, swap: false }],
]);

/** Whether there is anything to expand or to define. */
export function needsExpansion(tokens: readonly Token[], macros: MacroSet, defaults: MacroSet): boolean {
  for (const token of tokens) {
    if (token.kind === COMMAND && (defaults.has(token.text) || macros.has(token.text) || DEFINERS.has(token.text))) return true;
  }
  return false;
}

/** The tokens with macros expanded. Linear in tokens read plus tokens made, both bounded; never throws. */
export function expand(tex: string, source: readonly Token[], macros: MacroSet, defaults: MacroSet): Expansion {
  const x: Expander = {
    tex,
    macros,
    defaults,
    local: new Map(),
    frames: [{ tokens: source, pos: 0, depth: 0 }],
    out: [],
    limit: MAX_TOKENS + 50 * source.length,
    made: 0,
    failures: 0,
    truncated: false,
    low: 0,
    high: 0,
  };
  for (let token = pull(x); token !== undefined; token = pull(x)) {
    if (token.kind === COMMAND) control(x, token);
    else x.out.push(token);
  }
  return { tokens: x.out, defined: [...x.local.values()], truncated: x.truncated };
}

function peek(x: Expander): Token | undefined {
  for (;;) {
    const frame = x.frames[x.frames.length - 1];
    if (frame === undefined) return undefined;
    const token = frame.tokens[frame.pos];
    if (token !== undefined) return token;
    x.frames.pop();
  }
}

function pull(x: Expander): Token | undefined {
  const token = peek(x);
  if (token === undefined) return undefined;
  (x.frames[x.frames.length - 1] as Frame).pos++;
  if (token.start < x.low) x.low = token.start;
  if (token.end > x.high) x.high = token.end;
  return token;
}

function control(x: Expander, token: Token): void {
  const { text } = token;
  const frame = x.frames[x.frames.length - 1] as Frame;
  if (frame.depth === 0 && DEFINERS.has(text) && define(x, token, frame)) return;
  const condition = CONDITIONALS.get(text);
  if (condition !== undefined) {
    const asked = mandatory(x);
    const yes = condition.yes ? mandatory(x) : EMPTY;
    const no = condition.no ? mandatory(x) : EMPTY;
    const holds = condition.ask === 'blank' ? asked.length === 0 : asked[0]?.text === (condition.ask === 'true' ? '-True-' : '-NoValue-');
    push(x, holds !== condition.swap ? yes : no, frame.depth);
    return;
  }
  if (text === 'noexpand') {
    const next = pull(x);
    if (next !== undefined) x.out.push(next);
    return;
  }
  const macro = x.local.get(text) ?? x.macros.get(text) ?? x.defaults.get(text);
  if (macro === undefined) x.out.push(token);
  else call(x, macro, token, frame.depth);
}

/** Carries out a definition in the formula itself, and passes over its tokens. */
function define(x: Expander, token: Token, frame: Frame): boolean {
  if (x.failures > MAX_FAILURES) return false;
  const read = readDefinition(x.tex, token.text, token.start, (name) => x.local.get(name) ?? x.macros.get(name));
  if (read === undefined) {
    x.failures++;
    return false;
  }
  if (read.macro !== undefined) x.local.set(read.macro.name, read.macro);
  while ((frame.tokens[frame.pos]?.start ?? read.end) < read.end) frame.pos++;
  return true;
}

function call(x: Expander, macro: Macro, token: Token, depth: number): void {
  const { prefix, args, body } = compile(macro);
  if (depth >= MAX_DEPTH || x.made + body.length > x.limit) {
    x.truncated = true;
    x.out.push(token);
    return;
  }
  x.low = token.start;
  x.high = token.end;
  for (const expected of prefix) if (same(peek(x), expected)) pull(x);
  const values = args.map((argument) => read(x, argument));
  const { low, high } = x;
  const made: Token[] = [];
  for (const part of body) {
    if (part.kind === PARAM) {
      const value = values[Number(part.text) - 1];
      if (value === undefined) continue;
      if (x.made + made.length + value.length > x.limit) x.truncated = true;
      else for (const inner of value) made.push(inner);
    } else made.push({ kind: part.kind, text: part.text, start: low, end: high, space: part.space });
  }
  push(x, made, depth + 1);
}

function push(x: Expander, tokens: readonly Token[], depth: number): void {
  x.made += tokens.length + 1;
  if (tokens.length > 0) x.frames.push({ tokens, pos: 0, depth });
}

const same = (a: Token | undefined, b: Token): boolean => a !== undefined && a.kind === b.kind && a.text === b.text;

function read(x: Expander, argument: Argument): readonly Token[] {
  switch (argument.kind) {
    case 'mandatory':
      return mandatory(x);
    case 'mark': {
      const next = peek(x);
      if (next?.text !== argument.text || next.kind > COMMAND) return FALSE;
      pull(x);
      return TRUE;
    }
    case 'group':
      return peek(x)?.kind === OPEN ? mandatory(x) : (argument.fallback ?? NO_VALUE);
    case 'between': {
      const next = peek(x);
      if (next?.kind !== CHAR || next.text !== argument.open) return argument.fallback ?? NO_VALUE;
      pull(x);
      return balanced(x, argument.open, argument.close);
    }
    case 'until':
      return until(x, argument.tokens);
  }
}

/** A group without its braces, or one token; nothing where a script, a brace or the end comes. */
function mandatory(x: Expander): readonly Token[] {
  const next = peek(x);
  if (next === undefined || next.kind === CLOSE || next.kind === SUP || next.kind === SUB || next.kind === ALIGN) return EMPTY;
  if (next.kind === COMMAND && (next.text === '\\' || next.text === 'right' || next.text === 'end')) return EMPTY;
  pull(x);
  if (next.kind !== OPEN) return [next];
  const tokens: Token[] = [];
  let depth = 0;
  for (let token = pull(x); token !== undefined; token = pull(x)) {
    if (token.kind === OPEN) depth++;
    else if (token.kind === CLOSE && --depth < 0) break;
    tokens.push(token);
  }
  return tokens;
}

/** Up to the closing delimiter, nested ones and braces balanced. */
function balanced(x: Expander, open: string, close: string): readonly Token[] {
  const tokens: Token[] = [];
  let braces = 0;
  let nested = 0;
  for (let token = peek(x); token !== undefined; token = peek(x)) {
    if (token.kind === OPEN) braces++;
    else if (token.kind === CLOSE && --braces < 0) break;
    else if (token.kind === CHAR && braces === 0) {
      if (token.text === close && nested-- === 0) {
        pull(x);
        break;
      }
      if (token.text === open) nested++;
    }
    pull(x);
    tokens.push(token);
  }
  return tokens;
}

/** Up to the tokens of a \def's delimiter; one group around it all is taken off. */
function until(x: Expander, delimiter: readonly Token[]): readonly Token[] {
  const tokens: Token[] = [];
  let braces = 0;
  for (let token = pull(x); token !== undefined; token = pull(x)) {
    if (token.kind === OPEN) braces++;
    else if (token.kind === CLOSE) braces--;
    tokens.push(token);
    if (braces <= 0 && endsWith(tokens, delimiter)) {
      tokens.length -= delimiter.length;
      break;
    }
  }
  const wrapped = tokens.length > 1 && tokens[0]?.kind === OPEN && closesAt(tokens) === tokens.length - 1;
  return wrapped ? tokens.slice(1, -1) : tokens;
}

function endsWith(tokens: readonly Token[], end: readonly Token[]): boolean {
  const offset = tokens.length - end.length;
  if (offset < 0) return false;
  for (let i = end.length - 1; i >= 0; i--) if (!same(tokens[offset + i], end[i] as Token)) return false;
  return true;
}

/** Where the group that opens the tokens closes. */
function closesAt(tokens: readonly Token[]): number {
  let depth = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind === OPEN) depth++;
    else if (tokens[i]?.kind === CLOSE && --depth === 0) return i;
  }
  return -1;
}
