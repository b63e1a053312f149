// Comments of LaTeX outside formulas: those that say something to Conformable, and the line that a comment takes with it.

import { lineEnd } from './delimiters.js';
import { addComment, type Draft } from './draft.js';

/** Reads the comment at `at`, with the comment lines that follow if it begins a directive; answers where reading goes on. */
export function readComments(draft: Draft, at: number): number {
  const { text } = draft;
  const end = lineEnd(text, at);
  const match = /^%+[ \t]*conformable(-ignore)?(?![\w-])/.exec(text.slice(at, Math.min(end, at + 60)));
  if (!match) return end;
  const last = match[1] ? end : lastCommentLine(text, end);
  const { body, starts, ends } = withoutSigns(text, at, last);
  addComment(draft, { start: at, end: last }, body, { base: at, starts, ends });
  return last;
}

/** The end of the last of the comment lines that follow the line ending at `end`. */
function lastCommentLine(text: string, end: number): number {
  const next = /\n[ \t]*%(?![ \t]*conformable\b)/y;
  let last = end;
  for (next.lastIndex = last; next.test(text); next.lastIndex = last) last = lineEnd(text, next.lastIndex);
  return last;
}

/** The text of comment lines without each line's % and one space. */
function withoutSigns(text: string, from: number, to: number): { body: string; starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let body = '';
  for (let i = from; i < to; ) {
    const sign = /^[ \t]*%+ ?/.exec(text.slice(i, Math.min(to, i + 200)))?.[0].length ?? 0;
    const end = Math.min(to, lineEnd(text, i) + 1);
    for (let k = i + sign; k < end; k++) {
      starts.push(k);
      ends.push(k + 1);
    }
    body += text.slice(i + sign, end);
    i = end;
  }
  return { body, starts, ends };
}
