// Commands and environments of LaTeX outside formulas: what they do to the prose around them.
import { bracketEnd, environmentAt, groupEnd, isLetter, isSpace, lettersEnd, lineEnd } from './delimiters.js';
import { APART, BREAKS, CHARACTERS, CODE, DROPPED, FIRST_DROPPED, HEADED, HEADINGS } from './latex-commands.js';
import { readDisplay, readEnvironmentFormula, readRound } from './latex-formulas.js';
import { add, addRule, beginApart, beginTable, endApart, endParagraph, endRow, endTable } from './latex-prose.js';
import { LONGEST, put, type Scan } from './latex-scan.js';
import { takeDefinition, takeInclusion } from './macros.js';
import { LIST_ENVIRONMENTS, OPAQUE_ENVIRONMENTS, OUTER_ENVIRONMENTS, TABLE_ENVIRONMENTS } from './names.js';

export function readBackslash(scan: Scan, at: number): number {
  const { text } = scan;
  const next = text.charCodeAt(at + 1);
  if (isLetter(next)) return readCommand(scan, at);
  if (next === 40) return readRound(scan, at);
  if (next === 91) return readDisplay(scan, at, 2, '\\]');
  if (next === 92) return readRowBreak(scan, at);
  if (/[%&_$#{}]/.test(text[at + 1] ?? '')) return put(scan, at, at + 2, text[at + 1] ?? '');
  if (/[\s,;:!/]/.test(text[at + 1] ?? '')) return put(scan, at, at + 2, ' ');
  // An accent or a hyphenation mark: its letter follows.
  return Math.min(text.length, at + 2);
}

function readRowBreak(scan: Scan, at: number): number {
  const length = /^\\\\\*?(?:\[[^\]\n]{0,20}\])?/.exec(scan.text.slice(at, at + 30))?.[0].length ?? 2;
  if (scan.prose.tables.length > 0) endRow(scan.prose);
  else put(scan, at, at + length, ' ');
  return at + length;
}

function readCommand(scan: Scan, at: number): number {
  const { text, prose, draft } = scan;
  const nameEnd = lettersEnd(text, at + 1);
  const name = nameEnd - at > 40 ? '' : text.slice(at + 1, nameEnd);
  if (name === 'begin') return readBegin(scan, at);
  if (name === 'end') return readEnd(scan, at);
  if (name === 'verb' || name === 'Verb') return readVerb(scan, at, nameEnd);
  const behind = text.charCodeAt(nameEnd) === 42 ? nameEnd + 1 : nameEnd;
  const level = HEADINGS.get(name);
  if (level !== undefined || APART.has(name)) return readApart(scan, at, behind, level);
  const taken = Math.max(takeDefinition(draft, at, text.length), takeInclusion(draft, at, text.length));
  if (taken >= 0) return taken;
  if (name === 'item') return readItem(scan, nameEnd);
  if (name === 'iffalse') return behindText(text, nameEnd, '\\fi');
  if (CODE.has(name)) return readCode(scan, at, behind);
  const dropped = DROPPED.get(name);
  if (dropped !== undefined) return argumentsEnd(text, behind, FIRST_DROPPED.has(name) ? 1 : dropped);
  if (BREAKS.has(name)) endParagraph(prose);
  else if (/rule$|^hline$/.test(name)) addRule(prose);
  else put(scan, at, nameEnd, CHARACTERS.get(name) ?? '');
  return skipOptional(text, spaceAfterName(text, behind));
}

/** A space behind a command's name belongs to the command only if nothing else follows on the line; elsewhere it is dropped too. */
const spaceAfterName = (text: string, at: number): number => (text.charCodeAt(at) === 32 ? at + 1 : at);

function skipOptional(text: string, at: number): number {
  if (text.charCodeAt(at) !== 91) return at;
  const end = bracketEnd(text, at, Math.min(lineEnd(text, at), at + 300));
  return end < 0 ? at : end;
}

/** Behind so many braced arguments, and the optional ones among them. */
function argumentsEnd(text: string, from: number, count: number): number {
  let i = from;
  for (let left = count; left > 0; ) {
    let at = i;
    while (isSpace(text.charCodeAt(at)) && at - i < 20) at++;
    const c = text.charCodeAt(at);
    const end = c === 123 ? groupEnd(text, at, Math.min(text.length, at + LONGEST)) : c === 91 ? skipOptional(text, at) : -1;
    if (end <= at) return i;
    if (c === 123) left--;
    i = end;
  }
  return i;
}

function behindText(text: string, from: number, sought: string): number {
  const at = text.indexOf(sought, from);
  return at < 0 ? text.length : at + sought.length;
}

function readApart(scan: Scan, at: number, from: number, level: number | undefined): number {
  const { text, prose } = scan;
  let open = from;
  while (isSpace(text.charCodeAt(open)) && open - from < 20) open++;
  open = skipOptional(text, open);
  const end = text.charCodeAt(open) === 123 ? groupEnd(text, open, Math.min(text.length, open + LONGEST)) : -1;
  if (end < 0) return from;
  if (level !== undefined) {
    endParagraph(prose);
    // A heading may hold a paragraph's text up to now where it stands inside another heading; that one ends here.
    for (let outer = scan.apart.pop(); outer; outer = scan.apart.pop()) endApart(prose, outer.outer);
  }
  scan.apart.push({ close: end - 1, outer: beginApart(prose, at, level) });
  return open + 1;
}

function readItem(scan: Scan, from: number): number {
  endParagraph(scan.prose);
  // \item[term]: the term is part of the item's text.
  return scan.text.charCodeAt(from) === 91 ? from + 1 : from;
}

function readVerb(scan: Scan, at: number, from: number): number {
  const { text } = scan;
  const start = text.charCodeAt(from) === 42 ? from + 1 : from;
  const close = text.slice(start + 1, lineEnd(text, start)).indexOf(text[start] ?? ' ');
  if (close < 0 || start >= text.length) return start;
  const end = start + 1 + close;
  add(scan.prose, { kind: 'code', text: text.slice(start + 1, end), span: { start: at, end: end + 1 } });
  return end + 1;
}

function readCode(scan: Scan, at: number, from: number): number {
  const { text } = scan;
  const last = argumentsEnd(text, from, text.startsWith('\\mintinline', at) ? 2 : 1);
  const open = text.lastIndexOf('{', last - 1);
  if (last <= from || open < from) return from;
  const inner = text.slice(open + 1, last - 1);
  // \texttt{…} with a formula in it is only a font.
  if (inner.includes('$') || inner.includes('\\(')) return open + 1;
  const unescaped = inner.replace(/\\([_%&#${}])/g, '$1');
  add(scan.prose, { kind: 'code', text: unescaped, span: { start: at, end: last } });
  return last;
}

function readBegin(scan: Scan, at: number): number {
  const { text, prose, draft } = scan;
  const environment = environmentAt(text, at, 'begin');
  if (!environment) return at + 6;
  const { name, end } = environment;
  if (OUTER_ENVIRONMENTS.has(name)) return readEnvironmentFormula(scan, at, name, end);
  if (OPAQUE_ENVIRONMENTS.has(name)) return behindText(text, end, `\\end{${name}}`);
  endParagraph(prose);
  // What stands before is no prose.
  if (name === 'document') draft.blocks.length = 0;
  const columns = TABLE_ENVIRONMENTS.get(name);
  if (columns !== undefined) {
    beginTable(prose, at);
    return argumentsEnd(text, skipOptional(text, end), columns);
  }
  if (LIST_ENVIRONMENTS.has(name)) prose.lists++;
  const level = HEADED.get(name);
  if (level !== undefined) return readApart(scan, at, skipOptional(text, end), level);
  return /^(?:minipage|multicols|wrapfigure|adjustbox|subfigure|columns?)$/.test(name)
    ? argumentsEnd(text, end, 1)
    : skipOptional(text, end);
}

function readEnd(scan: Scan, at: number): number {
  const { text, prose } = scan;
  const environment = environmentAt(text, at, 'end');
  if (!environment) return at + 4;
  const { name, end } = environment;
  if (TABLE_ENVIRONMENTS.has(name)) endTable(prose, end);
  endParagraph(prose);
  if (LIST_ENVIRONMENTS.has(name)) {
    prose.lists = Math.max(0, prose.lists - 1);
    endParagraph(prose);
  }
  return name === 'document' ? text.length : end;
}
