// Splits plain text such as W_{ij}^{(2)} into runs on the line, raised and lowered, for Markdown and pictures. Total.

export interface Run {
  readonly text: string;
  readonly level: 'line' | 'up' | 'down';
}

const single = /^[0-9A-Za-zα-ωΑ-Ω′−+*†]$/u;

export function runs(text: string): readonly Run[] {
  const chars = [...text];
  const out: Run[] = [];
  let line = '';
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] as string;
    const read = c === '^' || c === '_' ? scriptAt(chars, i + 1, c) : undefined;
    if (!read) {
      line += c;
      continue;
    }
    if (line !== '') out.push({ text: line, level: 'line' });
    line = '';
    out.push({ text: read.text, level: c === '^' ? 'up' : 'down' });
    i = read.end;
  }
  if (line !== '') out.push({ text: line, level: 'line' });
  return out;
}

/** What stands behind ^ or _: a group in braces, or one sign that is not the beginning of a word. */
function scriptAt(chars: readonly string[], start: number, sign: string): { readonly text: string; readonly end: number } | undefined {
  const first = chars[start];
  if (first === undefined) return undefined;
  if (first !== '{')
    return single.test(first) && (sign === '^' || !/[A-Za-z0-9]/.test(chars[start + 1] ?? '')) ? { text: first, end: start } : undefined;
  let depth = 0;
  for (let i = start; i < chars.length; i++) {
    if (chars[i] === '{') depth++;
    if (chars[i] === '}' && --depth === 0) return { text: flat(chars.slice(start + 1, i).join('')), end: i };
  }
  return undefined;
}

const flat = (text: string): string => text.replace(/[{}]/g, '').replace(/\s*([+−=])\s*/g, '$1');
