// Reads one definition of a macro (\newcommand, \def, \let, \DeclareMathOperator, xparse …) out of TeX text.
// Does not expand anything.
import { COMMANDS } from '../arities.js';
import { endOfComment } from '../lexer.js';
import type { Macro } from '../tree.js';

type Form = 'newcommand' | 'provide' | 'def' | 'let' | 'operator' | 'paired' | 'pairedX' | 'pairedXPP' | 'xparse';

/** The commands that define macros, and the form of what follows them. */
export const DEFINERS: ReadonlyMap<string, Form> = new Map([
  ['newcommand', 'newcommand'],
  ['renewcommand', 'newcommand'],
  ['providecommand', 'provide'],
  ['DeclareRobustCommand', 'newcommand'],
  ['newrobustcmd', 'newcommand'],
  ['renewrobustcmd', 'newcommand'],
  ['def', 'def'],
  ['gdef', 'def'],
  ['edef', 'def'],
  ['xdef', 'def'],
  ['let', 'let'],
  ['DeclareMathOperator', 'operator'],
  ['DeclarePairedDelimiter', 'paired'],
  ['DeclarePairedDelimiterX', 'pairedX'],
  ['DeclarePairedDelimiterXPP', 'pairedXPP'],
  ['NewDocumentCommand', 'xparse'],
  ['RenewDocumentCommand', 'xparse'],
  ['DeclareDocumentCommand', 'xparse'],
  ['ProvideDocumentCommand', 'xparse'],
  ['NewExpandableDocumentCommand', 'xparse'],
  ['RenewExpandableDocumentCommand', 'xparse'],
  ['DeclareExpandableDocumentCommand', 'xparse'],
]);

/** What stands between \def\name and its body is short; a longer one is no definition. */
const MAX_PATTERN = 200;
/** How far the end of a body and of a [bracket] is looked for, so that text full of unclosed ones is read in linear time. */
const MAX_BODY = 20_000;
const MAX_BRACKET = 1_000;

interface Scanner {
  readonly source: string;
  pos: number;
}

/** What is defined already, for \let and \providecommand. */
export type Known = (name: string) => Macro | undefined;

/** The definition that the command `definer` at `at` (its backslash) begins; undefined where none can be read. `end` is behind it. */
export function readDefinition(
  source: string,
  definer: string,
  at: number,
  known: Known,
): { macro: Macro | undefined; end: number } | undefined {
  const form = DEFINERS.get(definer);
  if (form === undefined) return undefined;
  const s: Scanner = { source, pos: at + 1 + definer.length };
  if (form !== 'def' && form !== 'let') star(s);
  const starred = s.source.charCodeAt(s.pos - 1) === 42;
  const name = readName(s);
  if (name === undefined) return undefined;
  const macro = readForm(s, form, name, starred, known);
  if (macro === undefined) return undefined;
  return { macro: form === 'provide' && known(name) !== undefined ? undefined : macro, end: s.pos };
}

function readForm(s: Scanner, form: Form, name: string, starred: boolean, known: Known): Macro | undefined {
  switch (form) {
    case 'newcommand':
    case 'provide':
      return readNewCommand(s, name);
    case 'def':
      return readDef(s, name);
    case 'let':
      return readLet(s, name, known);
    case 'operator': {
      const body = readArgument(s);
      return body === undefined ? undefined : { name, params: 0, body: `\\operatorname${starred ? '*' : ''}{${body}}` };
    }
    case 'paired': {
      const left = readArgument(s);
      const right = readArgument(s);
      return left === undefined || right === undefined ? undefined : paired(name, 1, left, '#1', right);
    }
    case 'pairedX':
    case 'pairedXPP':
      return readPairedX(s, name, form === 'pairedXPP');
    case 'xparse': {
      const template = readArgument(s);
      const body = readArgument(s);
      return template === undefined || body === undefined ? undefined : { name, params: 9, template, body };
    }
  }
}

function readNewCommand(s: Scanner, name: string): Macro | undefined {
  const count = readBracket(s);
  const optional = count === undefined ? undefined : readBracket(s);
  const body = readArgument(s);
  if (body === undefined) return undefined;
  const params = Math.max(0, Math.min(9, Number.parseInt(count ?? '0', 10) || 0));
  return optional === undefined ? { name, params, body } : { name, params, optional, body };
}

function readDef(s: Scanner, name: string): Macro | undefined {
  const brace = s.source.indexOf('{', s.pos);
  if (brace < 0 || brace - s.pos > MAX_PATTERN) return undefined;
  const pattern = s.source.slice(s.pos, brace).trim();
  s.pos = brace;
  const body = readArgument(s);
  if (body === undefined) return undefined;
  const params = pattern.match(/#[1-9]/g)?.length ?? 0;
  return /^(?:\s*#[1-9])*$/.test(pattern) ? { name, params, body } : { name, params, body, pattern };
}

/** \let\a\b takes what \b means now, so that \b may be redefined by \a. */
function readLet(s: Scanner, name: string, known: Known): Macro | undefined {
  skipSpace(s);
  if (s.source[s.pos] === '=') s.pos++;
  skipSpace(s);
  const target = readControl(s);
  if (target === undefined) {
    const char = s.source.charAt(s.pos);
    if (char === '' || char === '{' || char === '}') return undefined;
    s.pos++;
    return { name, params: 0, body: char };
  }
  const meaning = known(target);
  if (meaning !== undefined) return { ...meaning, name };
  return { name, params: 0, body: COMMANDS.has(target) ? `\\noexpand\\${target} ` : `\\${target} ` };
}

/** A macro with a star and an optional size, both ignored, whose arguments stand between delimiters. */
function paired(name: string, count: number, left: string, body: string, right: string, before = '', after = ''): Macro {
  const shifted = (text: string): string => text.replace(/#([1-7])/g, (_, digit: string) => `#${Number(digit) + 2}`);
  return {
    name,
    params: count + 2,
    template: `so${'m'.repeat(count)}`,
    body: `${shifted(before)}\\left${left.trim() || '.'} ${shifted(body)}\\right${right.trim() || '.'} ${shifted(after)}`,
  };
}

function readPairedX(s: Scanner, name: string, withAffixes: boolean): Macro | undefined {
  const count = Math.max(1, Math.min(7, Number.parseInt(readBracket(s) ?? '1', 10) || 1));
  const before = withAffixes ? readArgument(s) : '';
  const left = readArgument(s);
  const right = readArgument(s);
  const after = withAffixes ? readArgument(s) : '';
  const body = readArgument(s);
  if (before === undefined || left === undefined || right === undefined || after === undefined || body === undefined) return undefined;
  return paired(name, count, left, body, right, before, after);
}

function skipSpace(s: Scanner): void {
  for (;;) {
    const code = s.source.charCodeAt(s.pos);
    if (code <= 32) s.pos++;
    else if (code === 37) s.pos = endOfComment(s.source, s.pos);
    else return;
  }
}

function star(s: Scanner): void {
  skipSpace(s);
  if (s.source[s.pos] === '*') s.pos++;
}

/** `\name` or `{\name}`. */
function readName(s: Scanner): string | undefined {
  skipSpace(s);
  if (s.source[s.pos] !== '{') return readControl(s);
  s.pos++;
  skipSpace(s);
  const name = readControl(s);
  skipSpace(s);
  if (s.source[s.pos] !== '}') return undefined;
  s.pos++;
  return name;
}

const CONTROL = /\\(?:[A-Za-z@]+|[^A-Za-z@\s])/y;

function readControl(s: Scanner): string | undefined {
  CONTROL.lastIndex = s.pos;
  const match = CONTROL.exec(s.source);
  if (match === null) return undefined;
  s.pos = CONTROL.lastIndex;
  return match[0].slice(1);
}

/** A group's content, or one control sequence or character. */
function readArgument(s: Scanner): string | undefined {
  skipSpace(s);
  const char = s.source.charAt(s.pos);
  if (char === '' || char === '}') return undefined;
  if (char === '{') return readBalanced(s, '}', MAX_BODY);
  if (char === '\\') {
    const control = readControl(s);
    return control === undefined ? undefined : `\\${control}`;
  }
  s.pos++;
  return char;
}

function readBracket(s: Scanner): string | undefined {
  skipSpace(s);
  return s.source[s.pos] === '[' ? readBalanced(s, ']', MAX_BRACKET) : undefined;
}

/** What stands between the opening character here and `close`, braces balanced; undefined, and nothing read, where it does not close. */
function readBalanced(s: Scanner, close: string, limit: number): string | undefined {
  const { source } = s;
  const start = s.pos + 1;
  const closing = close.charCodeAt(0);
  let depth = 0;
  const end = Math.min(source.length, start + limit);
  for (let i = start; i < end; i++) {
    const code = source.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 37) i = endOfComment(source, i) - 1;
    else if (code === closing && depth === 0) {
      s.pos = i + 1;
      return source.slice(start, i);
    } else if (code === 123) depth++;
    else if (code === 125 && --depth < 0) return undefined;
  }
  return undefined;
}
