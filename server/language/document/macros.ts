// Finds macro definitions and inclusions of files in text outside formulas: how far each reaches, not what it means.
import { bracketEnd, groupEnd, isLetter, isSpace, lettersEnd } from './delimiters.js';
import type { Draft } from './draft.js';

const OPEN = 123;
const BRACKET = 91;

/** How a definition is built: the macro's name, then the arguments that follow. */
type Form = 'command' | 'def' | 'let' | 'groups';

/** The commands that define, with their form and, for 'groups', the number of braced groups behind the name. */
const DEFINING: ReadonlyMap<string, readonly [Form, number]> = new Map<string, readonly [Form, number]>([
  ['newcommand', ['command', 1]],
  ['renewcommand', ['command', 1]],
  ['providecommand', ['command', 1]],
  ['DeclareRobustCommand', ['command', 1]],
  ['def', ['def', 1]],
  ['gdef', ['def', 1]],
  ['edef', ['def', 1]],
  ['xdef', ['def', 1]],
  ['let', ['let', 0]],
  ['DeclareMathOperator', ['groups', 1]],
  ['DeclarePairedDelimiter', ['groups', 2]],
  ['DeclarePairedDelimiterX', ['command', 3]],
  ['NewDocumentCommand', ['groups', 2]],
  ['RenewDocumentCommand', ['groups', 2]],
  ['ProvideDocumentCommand', ['groups', 2]],
  ['DeclareDocumentCommand', ['groups', 2]],
  ['newenvironment', ['command', 2]],
  ['renewenvironment', ['command', 2]],
]);

/** A definition is never longer than this: what follows an unclosed brace is text again. */
const LONGEST = 10_000;

/** After so many that never end, only short ones are looked for: reading stays linear. */
const PATIENCE = 100;

/** The offset behind the definition whose backslash stands at `at`; -1 if none begins there. */
function definitionEnd(text: string, at: number, to: number, longest: number): number {
  const nameEnd = lettersEnd(text, at + 1);
  const form = DEFINING.get(text.slice(at + 1, Math.min(nameEnd, at + 30)));
  if (!form) return -1;
  const limit = Math.min(to, at + longest);
  const start = skipSpace(text, text.charCodeAt(nameEnd) === 42 ? nameEnd + 1 : nameEnd);
  const [kind, groups] = form;
  if (kind === 'let') return letEnd(text, start, limit);
  const named = nameOfMacroEnd(text, start, limit, kind === 'def');
  if (named < 0) return -1;
  if (kind === 'def') return defEnd(text, named, limit);
  return groupsEnd(text, named, limit, groups);
}

const isDefining = (text: string, at: number): boolean => DEFINING.has(text.slice(at + 1, Math.min(lettersEnd(text, at + 1), at + 30)));

function skipSpace(text: string, from: number): number {
  let i = from;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Behind \name or {\name} (or {name}, of an environment). */
function nameOfMacroEnd(text: string, at: number, to: number, bare: boolean): number {
  if (text.charCodeAt(at) === OPEN && !bare) return groupEnd(text, at, to);
  if (text.charCodeAt(at) !== 92) return -1;
  const end = lettersEnd(text, at + 1);
  return end > at + 1 ? end : at + 2;
}

function letEnd(text: string, at: number, to: number): number {
  const first = nameOfMacroEnd(text, at, to, true);
  if (first < 0) return -1;
  let i = skipSpace(text, first);
  if (text.charCodeAt(i) === 61) i = skipSpace(text, i + 1);
  return text.charCodeAt(i) === 92 ? nameOfMacroEnd(text, i, to, true) : i + 1;
}

/** \def\x#1#2{…}: a pattern of parameters on the same line, then the body. */
function defEnd(text: string, at: number, to: number): number {
  for (let i = at; i < to && i < at + 100; i++) {
    const c = text.charCodeAt(i);
    if (c === OPEN) return groupEnd(text, i, to);
    if (c === 10 && text.charCodeAt(i + 1) === 10) return -1;
  }
  return -1;
}

/** Optional arguments in brackets, then braced groups; a body may be a single command. */
function groupsEnd(text: string, from: number, to: number, groups: number): number {
  let i = from;
  for (let left = groups; left > 0; ) {
    const at = skipSpace(text, i);
    const c = text.charCodeAt(at);
    const end = c === OPEN ? groupEnd(text, at, to) : c === BRACKET ? bracketEnd(text, at, to) : commandEnd(text, at);
    if (end < 0) return -1;
    if (c !== BRACKET) left--;
    i = end;
  }
  return i;
}

const commandEnd = (text: string, at: number): number =>
  text.charCodeAt(at) === 92 && isLetter(text.charCodeAt(at + 1)) ? lettersEnd(text, at + 1) : -1;

/** Adds the definition at `at` to the draft and answers the offset behind it; -1 if none begins there. */
export function takeDefinition(draft: Draft, at: number, to: number): number {
  if (!isDefining(draft.text, at)) return -1;
  const end = definitionEnd(draft.text, at, to, draft.vain > PATIENCE ? 500 : LONGEST);
  if (end >= 0) draft.macroSources.push({ tex: draft.text.slice(at, end), at });
  else draft.vain++;
  return end;
}

const INCLUDING = new Set(['input', 'include', 'usepackage', 'RequirePackage', 'subfile']);

/** Adds the files that \input{…}, \usepackage{a,b} … at `at` name, and answers the offset behind it; -1 if it is no such command. */
export function takeInclusion(draft: Draft, at: number, to: number): number {
  const { text } = draft;
  const nameEnd = lettersEnd(text, at + 1);
  if (!INCLUDING.has(text.slice(at + 1, Math.min(nameEnd, at + 20)))) return -1;
  const limit = Math.min(to, at + 2000);
  let i = skipSpace(text, nameEnd);
  if (text.charCodeAt(i) === BRACKET) i = skipSpace(text, Math.max(i + 1, bracketEnd(text, i, limit)));
  const end = text.charCodeAt(i) === OPEN ? groupEnd(text, i, limit) : -1;
  if (end < 0) return -1;
  for (const match of text.slice(i + 1, end - 1).matchAll(/[^\s,]+(?: +[^\s,]+)*/g)) {
    const start = i + 1 + match.index;
    draft.inclusions.push({ path: match[0], span: { start, end: start + match[0].length } });
  }
  return end;
}
