// Reads LaTeX: one scan over the text finds formulas, sections, paragraphs, tables, comments, macro definitions and inclusions.
// What opens and never closes ends with its paragraph.
import { isSpace } from './delimiters.js';
import { type Draft, newDraft } from './draft.js';
import { readComments } from './latex-comments.js';
import { readDollar } from './latex-formulas.js';
import { readBackslash } from './latex-markup.js';
import { addText, endApart, endCell, endParagraph, endTable, newProse } from './latex-prose.js';
import { put, type Scan } from './latex-scan.js';

/** The characters that are not simply text. */
const STOP = /[\\%$~{}&\n`'-]/g;

export function readLatex(text: string): Draft {
  const draft = newDraft('latex', text);
  const scan: Scan = { draft, text, prose: newProse(draft), apart: [], paragraphEnd: -1, failures: 0 };
  let from = 0;
  STOP.lastIndex = 0;
  for (let m = STOP.exec(text); m; m = STOP.exec(text)) {
    addText(scan.prose, from, m.index);
    from = readStop(scan, m.index);
    STOP.lastIndex = from;
  }
  addText(scan.prose, from, text.length);
  while (scan.prose.tables.length > 0) endTable(scan.prose, text.length);
  for (let open = scan.apart.pop(); open; open = scan.apart.pop()) endApart(scan.prose, open.outer);
  endParagraph(scan.prose);
  return draft;
}

/** Reads what begins at `at` and answers where reading goes on. */
function readStop(scan: Scan, at: number): number {
  const { text, prose } = scan;
  switch (text[at]) {
    case '\\':
      return readBackslash(scan, at);
    case '%':
      return readComments(scan.draft, at);
    case '$':
      return readDollar(scan, at);
    case '\n':
      return readNewline(scan, at);
    case '}':
      closeApart(scan, at);
      return at + 1;
    case '{':
      return at + 1;
    case '~':
      return put(scan, at, at + 1, ' ');
    case '&':
      endCell(prose);
      return at + 1;
    default:
      return readLigature(scan, at);
  }
}

/** `--`, quotation marks. */
function readLigature(scan: Scan, at: number): number {
  const { text } = scan;
  const char = text[at] ?? '';
  let end = at + 1;
  while (text[end] === char && end - at < 3) end++;
  if (char === '-' && end - at > 1) return put(scan, at, end, end - at === 3 ? '—' : '–');
  if (char !== '-' && end - at === 2) return put(scan, at, end, char === '`' ? '“' : '”');
  addText(scan.prose, at, at + 1);
  return at + 1;
}

function readNewline(scan: Scan, at: number): number {
  const { text } = scan;
  let end = at + 1;
  let blank = false;
  for (; isSpace(text.charCodeAt(end)); end++) blank ||= text.charCodeAt(end) === 10;
  if (blank) endParagraph(scan.prose);
  else put(scan, at, at + 1, ' ');
  return blank ? end : at + 1;
}

function closeApart(scan: Scan, at: number): void {
  const open = scan.apart[scan.apart.length - 1];
  if (open?.close !== at) return;
  scan.apart.pop();
  endApart(scan.prose, open.outer);
}
