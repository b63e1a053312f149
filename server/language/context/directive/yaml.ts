// YAML as nodes with ranges in its own text. A syntax error costs the line it stands in, not the rest.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLError } from 'yaml';
import type { Span } from '../../text.js';

/** What the reader of a directive sees of YAML. Spans are in the YAML text. */
export type Value = { readonly span: Span } & (
  | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /** `text` is as the author wrote it, quotes and escapes undone. */
  | { readonly kind: 'scalar'; readonly text: string; readonly value: string | number | boolean }
  | { readonly kind: 'nothing' }
);

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
  readonly span: Span;
}

export interface SyntaxMistake {
  readonly span: Span;
  readonly message: string;
}

export interface Yaml {
  readonly root: Value;
  readonly mistakes: readonly SyntaxMistake[];
}

const LONGEST = 200_000;
const MOST_ERRORS = 20;

export function readYaml(text: string): Yaml {
  if (text.length > LONGEST)
    return {
      root: { kind: 'nothing', span: { start: 0, end: 0 } },
      mistakes: [{ span: { start: 0, end: 1 }, message: 'This directive is too long to be read. Shorten it.' }],
    };
  const mistakes: SyntaxMistake[] = [];
  let rest = protect(text);
  for (let i = 0; i < MOST_ERRORS; i++) {
    const document = parse(rest);
    if (!document) {
      mistakes.push({ span: { start: 0, end: 1 }, message: 'This directive is nested too deeply to be read. Simplify it.' });
      break;
    }
    const [error] = document.errors;
    if (!error) return { root: nodeValue(document.contents, text, 0), mistakes };
    mistakes.push(mistakeOf(error, rest));
    const without = blank(rest, guilty(rest, error));
    if (without === rest) break;
    rest = without;
  }
  return { root: { kind: 'nothing', span: { start: 0, end: 0 } }, mistakes };
}

/** Undefined where the parser runs out of stack. */
function parse(text: string): Document | undefined {
  try {
    return parseDocument(text, { logLevel: 'silent', prettyErrors: false, version: '1.2' });
  } catch {
    return undefined;
  }
}

/** What is wrong, by the parser's code for it. */
const MESSAGES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Tabs do not indent in YAML. Use spaces.',
  BAD_INDENT: 'The indentation does not fit the lines above. Align the keys of one group.',
  DUPLICATE_KEY: 'This key stands twice, so the second is left out. Keep one.',
  MISSING_CHAR: 'A quote, a bracket or a comma is missing, so this line is left out. Add it.',
  MULTILINE_IMPLICIT_KEY: 'This line has no colon, so it is no key with a value. Write key: value.',
  BLOCK_IN_FLOW: 'Inside braces keys are separated by commas. Close the brace before the next line.',
  FLOW_IN_BLOCK: 'A bracket stands where a key should. Write key: value.',
  BAD_SCALAR_START: 'A value cannot begin with this character. Put it in quotes.',
  BAD_DQ_ESCAPE: 'Inside double quotes a backslash must be doubled. Use single quotes or none.',
  UNEXPECTED_TOKEN: 'This does not fit here, so the line is left out. Write key: value; put formulas with braces in quotes inside { }.',
};

function mistakeOf(error: YAMLError, text: string): SyntaxMistake {
  const opener = error.code === 'DUPLICATE_KEY' ? undefined : unclosed(text.slice(0, lineEnd(text, Math.min(error.pos[0], text.length))));
  if (opener !== undefined)
    return {
      span: { start: opener, end: opener + text.slice(opener, lineEnd(text, opener)).trimEnd().length },
      message: MESSAGES.MISSING_CHAR ?? '',
    };
  const start = Math.min(error.pos[0], Math.max(0, text.trimEnd().length - 1));
  const line = text.slice(start, lineEnd(text, start)).trimEnd();
  if (error.code === 'DUPLICATE_KEY')
    return { span: { start, end: start + line.replace(/\s*:.*$/, '').length }, message: MESSAGES[error.code] ?? '' };
  return {
    span: { start, end: start + Math.max(1, Math.min(line.length, Math.max(1, error.pos[1] - error.pos[0]))) },
    message: MESSAGES[error.code] ?? 'This line is not YAML, so it is left out. Write key: value.',
  };
}

/** Braces of TeX (`W^{(2)}`, `\\operatorname{tr}`) are no braces of YAML: their signs are exchanged for others of the same length. */
const SIGNS = '{}[],:#';
const STAND_INS = '\uF100\uF101\uF102\uF103\uF104\uF105\uF106';

function protect(text: string): string {
  if (!/[A-Za-z^_}]\{/.test(text)) return text;
  let depth = 0;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '\n') depth = 0;
    if (c === '{' && (depth > 0 || /[A-Za-z^_}]/.test(text[i - 1] ?? '')) && closes(text, i)) depth++;
    out += depth > 0 && SIGNS.includes(c) ? STAND_INS.charAt(SIGNS.indexOf(c)) : c;
    if (c === '}' && depth > 0) depth--;
  }
  return out;
}

/** Whether a brace is closed on its line, not far away. */
function closes(text: string, at: number): boolean {
  const most = Math.min(text.length, at + 200);
  for (let i = at, depth = 0; i < most && text[i] !== '\n'; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return true;
  }
  return false;
}

const restore = (text: string): string => text.replace(/[\uF100-\uF106]/g, (c) => SIGNS.charAt(STAND_INS.indexOf(c)));

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The line to leave out: that of the error, or, where a bracket or quote was never closed, the one that opened it. */
function guilty(text: string, error: YAMLError): Span {
  const at = Math.min(error.pos[0], text.length);
  const own = { start: lineStart(text, at), end: lineEnd(text, at) };
  if (error.code === 'DUPLICATE_KEY') return own;
  const opener = unclosed(text.slice(0, own.end));
  if (opener !== undefined) return { start: lineStart(text, opener), end: lineEnd(text, opener) };
  if (text.slice(own.start, own.end).trim() !== '') return own;
  const before = text.slice(0, own.start).trimEnd();
  return { start: lineStart(text, before.length), end: before.length };
}

/** Where a brace or bracket that begins a value is left open at the end of its line and no line closes it. */
function unclosed(text: string): number | undefined {
  const stack: number[] = [];
  let quote = '';
  let opened = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote) quote = c === quote ? '' : quote;
    else if ((c === '"' || c === "'") && /[\s,{[:]/.test(text[i - 1] ?? ' ')) [quote, opened] = [c, i];
    else if ((c === '{' || c === '[') && (stack.length > 0 || /[:\-,]\s*$/.test(text.slice(Math.max(0, i - 8), i)))) stack.push(i);
    else if ((c === '}' || c === ']') && stack.length > 0) stack.pop();
  }
  return quote ? opened : stack[0];
}

const blank = (text: string, { start, end }: Span): string =>
  text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);

// ---- nodes

function spanOf(node: Node | null | undefined, text: string, fallback: Span): Span {
  const range = node?.range;
  if (!range) return fallback;
  const end = range[0] + text.slice(range[0], range[1]).trimEnd().length;
  return { start: range[0], end };
}

function nodeValue(node: unknown, text: string, depth: number): Value {
  const none: Span = { start: 0, end: 0 };
  if (isMap(node) && depth < 8)
    return { kind: 'map', entries: node.items.flatMap((pair) => entryOf(pair, text, depth)), span: spanOf(node, text, none) };
  if (isSeq(node) && depth < 8)
    return { kind: 'list', items: node.items.map((item) => nodeValue(item, text, depth + 1)), span: spanOf(node, text, none) };
  if (isScalar(node)) {
    const span = spanOf(node, text, none);
    const { value } = node;
    if (typeof value === 'number' || typeof value === 'boolean')
      return { kind: 'scalar', text: text.slice(span.start, span.end), value, span };
    return typeof value === 'string' ? { kind: 'scalar', text: restore(value), value: restore(value), span } : { kind: 'nothing', span };
  }
  return { kind: 'nothing', span: isAlias(node) ? spanOf(node, text, none) : none };
}

function entryOf(pair: Pair, text: string, depth: number): Entry[] {
  const { key } = pair;
  if (!isScalar(key)) return [];
  const keySpan = spanOf(key, text, { start: 0, end: 0 });
  const value = nodeValue(pair.value, text, depth + 1);
  const end = Math.max(value.span.end, keySpan.end);
  return [
    {
      key: typeof key.value === 'string' ? restore(key.value) : text.slice(keySpan.start, keySpan.end),
      keySpan,
      value,
      span: { start: keySpan.start, end },
    },
  ];
}
