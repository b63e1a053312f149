// The range in a formula that does not cross its braces: from one colour to another, from a fraction into a group. Knows TeX's braces, nothing else.
import type { Span } from '../text.js';

/** The span with the groups, and the commands before them, that it holds one end of; as it stands where it holds none or they do not close. */
export function withBraces(tex: string, span: Span): Span {
  const { opened, closed } = unmatched(tex, span);
  const start = closed > 0 ? opening(tex, span.start, closed) : span.start;
  const end = opened > 0 ? closing(tex, span.end, opened) : span.end;
  return start === undefined || end === undefined ? span : { start: start < span.start ? withCommand(tex, start) : start, end };
}

/** Braces that only close and that only open within a span. */
function unmatched(tex: string, { start, end }: Span): { readonly opened: number; readonly closed: number } {
  let opened = 0;
  let closed = 0;
  for (let i = start; i < end; i++) {
    if (tex[i] === '\\') i++;
    else if (tex[i] === '{') opened++;
    else if (tex[i] === '}') {
      if (opened > 0) opened--;
      else closed++;
    }
  }
  return { opened, closed };
}

const escaped = (tex: string, at: number): boolean => tex[at - 1] === '\\' && tex[at - 2] !== '\\';

/** Where the groups open that so many braces close. */
function opening(tex: string, from: number, count: number): number | undefined {
  let depth = count;
  for (let i = from - 1; i >= 0; i--) {
    if (escaped(tex, i)) continue;
    if (tex[i] === '}') depth++;
    else if (tex[i] === '{' && --depth === 0) return i;
  }
  return undefined;
}

/** Behind where the groups close that so many braces open. */
function closing(tex: string, from: number, count: number): number | undefined {
  let depth = count;
  for (let i = from; i < tex.length; i++) {
    if (tex[i] === '\\') i++;
    else if (tex[i] === '{') depth++;
    else if (tex[i] === '}' && --depth === 0) return i + 1;
  }
  return undefined;
}

/** With the command that a group is an argument of, and its arguments before it. */
function withCommand(tex: string, group: number): number {
  const before = tex.slice(0, group);
  const command = /\\[a-zA-Z]+\*?(?:\s*\[[^\]]*\])?(?:\s*\{[^{}]*\})*\s*$/.exec(before);
  return command ? command.index : group;
}
