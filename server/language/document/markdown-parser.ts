// The block structure of Markdown: @lezer/markdown without its inline parsers, with paragraphs that hold open mathematics
// together (a row that begins with - or = is not a list or a heading), and without HTML blocks that hide their text.
import {
  type BlockContext,
  type BlockParser,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownParser,
  parser,
  Table,
} from '@lezer/markdown';
import { environmentAt, findClose, findEnvironmentEnd, lineEnd } from './delimiters.js';
import { continuesFormula, looksLikeProse } from './evidence.js';
import { BARE_ENVIRONMENTS } from './names.js';

const INLINE = ['Escape', 'Entity', 'InlineCode', 'HTMLTag', 'Emphasis', 'HardBreak', 'Link', 'Image'];

/** Paragraphs keep their text as it is; document/markdown-inline.ts reads it. */
const rawParagraph: BlockParser = {
  name: 'RawParagraph',
  leaf: () => ({
    nextLine: () => false,
    finish(cx, leaf) {
      cx.addLeafElement(leaf, cx.elt('Paragraph', leaf.start, leaf.start + leaf.content.length));
      return true;
    },
  }),
};

const base = parser.configure([Table, { remove: [...INLINE, 'HTMLBlock'], parseBlock: [rawParagraph] }]);

interface Searches {
  /** How far what closes was searched for in vain. */
  readonly failed: Map<string, number>;
  /** From where to where was looked ahead, in order. */
  readonly looks: { readonly from: number; readonly to: number }[];
}

interface TextParser {
  readonly parser: MarkdownParser;
  /** How far the reading of what stands before an offset looked ahead. To be asked in ascending order. */
  readonly reach: (offset: number) => number;
}

/** The parser for one text: what it looks up ahead of a line, it looks up there. */
export function parserFor(text: string): TextParser {
  const searches: Searches = { failed: new Map(), looks: [] };
  const configured = base.configure({
    parseBlock: [
      { name: 'OpenMath', before: 'LinkReference', leaf: (cx, leaf) => new OpenMath(text, searches, cx, leaf) },
      { name: 'Hidden', before: 'IndentedCode', parse: (cx, line) => skipHidden(text, searches, cx, line) },
    ],
  });
  let next = 0;
  let farthest = 0;
  return {
    parser: configured,
    reach(offset) {
      for (let look = searches.looks[next]; look && look.from < offset; look = searches.looks[++next])
        farthest = Math.max(farthest, look.to);
      return farthest;
    },
  };
}

/** Lines that open something which does not close on them. */
const OPENER = /\$\$|\\\[|\\begin|<!--|<script/;

/** How far a formula may reach. */
const LONGEST = 20_000;

/** The second line of a table. */
const DELIMITER_ROW = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|[-|: \t]*$/;

/** Keeps the lines of a formula in one paragraph. Rows of a table stay apart, whatever they leave open. */
class OpenMath implements LeafBlockParser {
  private table = false;

  constructor(
    private readonly text: string,
    private readonly searches: Searches,
    cx: BlockContext,
    leaf: LeafBlock,
  ) {
    if (!OPENER.test(leaf.content) || DELIMITER_ROW.test(cx.peekLine())) return;
    let from = leaf.start;
    for (;;) {
      const end = this.openUntil(from, lineEnd(this.text, cx.lineStart));
      if (end < 0) return;
      while (lineEnd(this.text, cx.lineStart) < end && cx.nextLine()) {
        leaf.content += `\n${this.text.slice(cx.lineStart, lineEnd(this.text, cx.lineStart))}`;
      }
      from = end;
    }
  }

  nextLine(cx: BlockContext, line: Line, leaf: LeafBlock): boolean {
    this.table ||= DELIMITER_ROW.test(line.text);
    if (this.table || !OPENER.test(line.text)) return false;
    let from = cx.lineStart + line.basePos;
    for (;;) {
      const end = this.openUntil(from, lineEnd(this.text, cx.lineStart));
      if (end < 0) return false;
      while (lineEnd(this.text, cx.lineStart) < end) {
        leaf.content += `\n${line.text}`;
        if (!cx.nextLine()) return false;
      }
      from = end;
    }
  }

  finish(): boolean {
    return false;
  }

  /** Where that which [from, to) leaves open closes; -1 if nothing is open, or what is open never closes. */
  private openUntil(from: number, to: number): number {
    const { text } = this;
    const dead = new Set<string>();
    let i = from;
    while (i < to) {
      const opener = openerAt(text, i, to);
      if (opener?.close === undefined || dead.has(opener.close)) {
        i = opener?.end ?? i + 1;
        continue;
      }
      const end = closing(text, opener.end, to, opener.close);
      const beyond = end < 0 ? this.lookAhead(opener.end, opener.close) : -1;
      if (beyond >= 0) return beyond;
      if (end < 0) dead.add(opener.close);
      i = end < 0 ? opener.end : end;
    }
    return -1;
  }

  private lookAhead(from: number, close: string): number {
    const { text } = this;
    const { failed, looks } = this.searches;
    const limit = Math.min(text.length, from + LONGEST);
    // Up to there an earlier search found nothing that closes this.
    const end = closing(text, Math.max(from, failed.get(close) ?? 0), limit, close);
    looks.push({ from, to: end < 0 ? limit : lineEnd(text, end) });
    if (end < 0) {
      failed.set(close, limit);
      return -1;
    }
    return close === '-->' || closesWell(text, from, end, close) ? end : -1;
  }
}

/** A formula may hold blank lines if it closes at the end of a line, and what it holds is no prose. */
function closesWell(text: string, from: number, end: number, close: string): boolean {
  const body = text.slice(from, end);
  const blank = /\n[ \t>]*\r?\n/.exec(body);
  if (!blank) return !looksLikeProse(body);
  const before = text.slice(Math.max(text.lastIndexOf('\n', from - 1) + 1, from - 200), from);
  if (close === '$$' && !/^[\s>*+-]*(?:\d+[.)]\s*)?\$\$$|:\s*\$\$$/.test(before)) return false;
  if (close === '$$' && !/^[ \t]*(?:\{[^\n}]*\}|[.,;:)])*[ \t]*\r?$/.test(text.slice(end, lineEnd(text, end)))) return false;
  return continuesFormula(body);
}

/** A code span, or an opener with what closes it: a delimiter, or the name of an environment after \end. */
interface Opener {
  readonly end: number;
  readonly close: string | undefined;
}

function openerAt(text: string, at: number, to: number): Opener | undefined {
  const c = text.charCodeAt(at);
  if (c === 96) return { end: codeEnd(text, at, to), close: undefined };
  if (c === 36) return text.charCodeAt(at + 1) === 36 ? { end: at + 2, close: '$$' } : undefined;
  if (c === 60) {
    if (text.startsWith('<!--', at)) return { end: at + 4, close: '-->' };
    return text.startsWith('<script', at) ? { end: at + 7, close: '</script>' } : undefined;
  }
  if (c !== 92) return undefined;
  if (text.startsWith('\\\\[', at)) return { end: at + 3, close: '\\\\]' };
  if (text.charCodeAt(at + 1) === 91) return { end: at + 2, close: '\\]' };
  const environment = text.charCodeAt(at + 1) === 98 ? environmentAt(text, at, 'begin') : undefined;
  if (environment && BARE_ENVIRONMENTS.has(environment.name)) return { end: environment.end, close: `\\end{${environment.name}` };
  return { end: at + 2, close: undefined };
}

function codeEnd(text: string, at: number, to: number): number {
  let run = at;
  while (text.charCodeAt(run) === 96) run++;
  const ticks = text.slice(at, run);
  for (let i = text.indexOf(ticks, run); i >= 0 && i < to; i = text.indexOf(ticks, i)) {
    let end = i;
    while (text.charCodeAt(end) === 96) end++;
    if (end - i === ticks.length) return end;
    i = end;
  }
  return run;
}

/** The offset behind what closes, or -1. */
function closing(text: string, from: number, to: number, close: string): number {
  if (close.startsWith('\\end{')) return findEnvironmentEnd(text, from, to, close.slice(5), false);
  if (close === '$$' || close === '\\]' || close === '\\\\]') {
    const at = findClose(text, from, to, close, false);
    return at < 0 ? -1 : at + close.length;
  }
  const at = text.slice(from, to).indexOf(close);
  return at < 0 ? -1 : from + at + close.length;
}

const HIDDEN = /^(?:<(script|pre|style|textarea)(?=[\s>]|$)|\{%-?\s*(highlight|comment|mermaid)\b|<!--)/i;

/** Comments, scripts and preformatted text: blocks of their own that hold neither prose nor formulas. */
function skipHidden(text: string, { failed, looks }: Searches, cx: BlockContext, line: Line): boolean {
  if (line.next !== 60 && line.next !== 123) return false;
  const match = HIDDEN.exec(line.text.slice(line.pos, line.pos + 40));
  const start = cx.lineStart + line.pos;
  if (!match || /^<script[^>]*math\/tex/i.test(text.slice(start, start + 80))) return false;
  const close = match[1] ? `</${match[1]}>` : match[2] ? `end${match[2]}` : '-->';
  const at = failed.has(close) ? -1 : text.indexOf(close, start);
  looks.push({ from: start, to: at < 0 ? text.length : lineEnd(text, at) });
  if (at < 0) failed.set(close, text.length);
  if (at < 0 && close !== '-->') return false;
  const end = at < 0 ? text.length : lineEnd(text, at);
  // What stands behind a comment on its last line is text, and the comment stands within a paragraph.
  if (close === '-->' && at >= 0 && text.slice(at + 3, end).trim() !== '') return false;
  while (cx.nextLine() && cx.lineStart < end);
  cx.addElement(cx.elt(close === '-->' ? 'CommentBlock' : 'HTMLBlock', start, Math.min(end, cx.prevLineEnd())));
  return true;
}
