// Hands a document to the Markdown parser line by line: line breaks of every kind, and no more nested containers than anybody writes.
import type { Input } from '@lezer/common';

/** Containers that a line may open; further marks are read as text, so that nesting costs nothing. */
const DEEPEST = 40;

/** The lines of `text`; those before `from` (the front matter) are blank. */
export function markdownInput(text: string, from: number): Input {
  const returns = text.includes('\r');
  return {
    length: text.length,
    lineChunks: true,
    chunk(at) {
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end < 0 ? text.length : end);
      if (line === '') return '\n';
      if (at < from) return ' '.repeat(line.length);
      return bounded(returns ? withoutReturn(line) : line);
    },
    read: (start, end) => text.slice(start, end),
  };
}

/** A CR before the LF becomes a space, so that offsets stay; one by itself ends the line. */
function withoutReturn(line: string): string {
  const at = line.indexOf('\r');
  if (at < 0) return line;
  if (at === line.length - 1) return `${line.slice(0, -1)} `;
  return at === 0 ? '\n' : line.slice(0, at);
}

function bounded(line: string): string {
  let marks = 0;
  let i = 0;
  for (; i < line.length && marks < DEEPEST; i++) {
    const c = line.charCodeAt(i);
    if (c === 62 || c === 42 || c === 43 || c === 45 || c === 46 || c === 41) marks++;
    else if (c !== 32 && c !== 9 && !(c >= 48 && c <= 57)) return line;
  }
  if (marks < DEEPEST || /^(?:\*+|-+|\++)\s*$/.test(line)) return line;
  return `${line.slice(0, i)}${'x'.repeat(line.length - i)}`;
}
