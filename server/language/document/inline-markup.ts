// Markup within a run of Markdown text: code spans, HTML, entities, emphasis, links, attributes. It is taken off, and the text stays.
import { isDigit, isLetter, isSpace } from './delimiters.js';
import { addComment } from './draft.js';
import { addMath } from './inline-math.js';
import { flush, lineBefore, replace, type Scan, search } from './inline-scan.js';
import { ENTITIES } from './names.js';

export function readCode(scan: Scan, at: number): number {
  const { content } = scan;
  let from = at;
  while (content.charCodeAt(from) === 96) from++;
  const ticks = from - at;
  const close = search(scan, `\`${ticks}`, () => closingTicks(content, from, ticks));
  if (close < 0) return from;
  const end = close + ticks;
  const body = content.slice(from, close);
  if (content.startsWith('{math}', at - 6) && scan.textStart <= at - 6) {
    return addMath(scan, { start: at - 6, contentStart: from, contentEnd: close, end, display: false });
  }
  if (ticks === 2 && scan.julia && !body.includes('`'))
    return addMath(scan, { start: at, contentStart: from, contentEnd: close, end, display: false });
  flush(scan, at, end);
  const text = body.replace(/\r?\n/g, ' ').replace(/^ (.*[^ ].*) $/s, '$1');
  scan.items.push({ kind: 'code', text, span: { start: scan.base + at, end: scan.base + end } });
  return end;
}

function closingTicks(content: string, from: number, ticks: number): number {
  for (let i = content.indexOf('`', from); i >= 0; i = content.indexOf('`', i)) {
    let end = i;
    while (content.charCodeAt(end) === 96) end++;
    if (end - i === ticks) return i;
    i = end;
  }
  return -1;
}

export function readAngle(scan: Scan, at: number): number {
  const { content, base, draft } = scan;
  if (content.startsWith('<!--', at)) {
    const close = search(scan, '-->', () => content.indexOf('-->', at + 4));
    if (close < 0) return -1;
    addComment(draft, { start: base + at, end: base + close + 3 }, content.slice(at + 4, close), { base: base + at + 4 });
    return flush(scan, at, close + 3);
  }
  if (!/[a-zA-Z/]/.test(content[at + 1] ?? '')) return -1;
  const gt = search(scan, '>', () => content.slice(0, at + 2000).indexOf('>', at));
  if (gt < 0) return -1;
  const tag = content.slice(at, gt + 1);
  const script = /^<script[^>]*math\/tex([^>]*)>$/i.exec(tag);
  if (script) return readScript(scan, at, gt + 1, /mode\s*=\s*display/i.test(tag));
  if (/^<code>$/i.test(tag)) return readCodeTag(scan, at, gt + 1);
  if (!/^<(?:\/?[a-zA-Z][\w-]*(?:\s[^<>]*)?\/?|[a-zA-Z][\w+.-]*:[^\s<>]*)>$/.test(tag)) return -1;
  return replace(scan, at, gt + 1, /^<\/?(?:br|p|div|li|td|tr|th|hr|summary|details)\b/i.test(tag) ? '\n' : '');
}

function readScript(scan: Scan, at: number, from: number, display: boolean): number {
  const close = search(scan, '</script>', () => scan.content.indexOf('</script>', from));
  if (close < 0) return flush(scan, at, from);
  return addMath(scan, { start: at, contentStart: from, contentEnd: close, end: close + 9, display });
}

function readCodeTag(scan: Scan, at: number, from: number): number {
  const close = search(scan, '</code>', () => scan.content.indexOf('</code>', from));
  if (close < 0) return flush(scan, at, from);
  flush(scan, at, close + 7);
  scan.items.push({ kind: 'code', text: scan.content.slice(from, close), span: { start: scan.base + at, end: scan.base + close + 7 } });
  return close + 7;
}

export function readEntity(scan: Scan, at: number): number {
  const name = /^&#?[a-z0-9]{1,8};/.exec(scan.content.slice(at, at + 12))?.[0];
  const text = name && ENTITIES.get(name);
  return name && text !== undefined ? replace(scan, at, at + name.length, text) : -1;
}

/** Emphasis signs are dropped where they touch a word on one side only; within words and between spaces they are text. */
export function readEmphasis(scan: Scan, at: number): number {
  const { content } = scan;
  const sign = content.charCodeAt(at);
  let end = at;
  while (content.charCodeAt(end) === sign) end++;
  const before = at === 0 ? 32 : content.charCodeAt(at - 1);
  const after = end >= content.length ? 32 : content.charCodeAt(end);
  const word = (c: number): boolean => isLetter(c) || isDigit(c);
  if (end - at > 3 || (isSpace(before) && isSpace(after))) return end;
  if (word(before) && word(after) && (sign === 95 || end - at === 1)) return end;
  return flush(scan, at, end);
}

export function readImage(scan: Scan, at: number): number {
  if (scan.content.charCodeAt(at + 1) !== 91) return -1;
  const close = search(scan, '](', () => scan.content.indexOf('](', at));
  const end = close < 0 ? -1 : parenthesisEnd(scan.content, close + 1);
  return end < 0 ? -1 : flush(scan, at, end);
}

function parenthesisEnd(content: string, at: number): number {
  let depth = 0;
  for (let i = at; i < content.length && i < at + 2000; i++) {
    const c = content.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 40) depth++;
    else if (c === 41 && --depth === 0) return i + 1;
  }
  return -1;
}

export function openBracket(scan: Scan, at: number): number {
  flush(scan, at);
  scan.brackets.push(scan.items.length);
  return replace(scan, at, at + 1, '[');
}

/** The end of a link's text takes its address along, and the opening bracket too. */
export function closeBracket(scan: Scan, at: number): number {
  const opened = scan.brackets.pop();
  if (opened === undefined || scan.content.charCodeAt(at + 1) !== 40) return -1;
  const end = parenthesisEnd(scan.content, at + 1);
  if (end < 0 || !/^\(\s*(?:<[^>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+["'(][\s\S]*)?\s*\)$/.test(scan.content.slice(at + 1, end)))
    return -1;
  const bracket = scan.items[opened];
  if (bracket?.kind === 'text') scan.items[opened] = { ...bracket, text: '' };
  return flush(scan, at, end);
}

/** kramdown's and Pandoc's attributes ({#eq:x}, {: .note}) and Liquid tags. */
export function readAttributes(scan: Scan, at: number): number {
  const next = scan.content[at + 1] ?? '';
  if (!/[#:.%{]/.test(next)) return -1;
  const close = next === '%' ? '%}' : next === '{' ? '}}' : '}';
  const end = scan.content.slice(0, at + 1000).indexOf(close, at + 2);
  return end < 0 ? -1 : flush(scan, at, end + close.length);
}

/** The lines of ::: fences. */
export function readColons(scan: Scan, at: number): number {
  const { content } = scan;
  if (!content.startsWith(':::', at) || lineBefore(content, at).trim() !== '') return -1;
  const end = content.indexOf('\n', at);
  return flush(scan, at, end < 0 ? content.length : end);
}
