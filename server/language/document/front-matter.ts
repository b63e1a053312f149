// The YAML at the top of a Markdown document: where it ends, and the macros that Quarto, MyST and MathJax settings define in it.
import { parseDocument } from 'yaml';
import type { Draft } from './draft.js';

/** Adds the front matter to the draft and answers the offset behind it; 0 where there is none. */
export function readFrontMatter(draft: Draft): number {
  const { text } = draft;
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(text);
  if (!opening) return 0;
  const start = opening[0].length;
  const closing = /(?:^|\n|\r)(?:---|\.\.\.)[ \t]*(?:$|\r|\n)/g;
  closing.lastIndex = Math.max(0, start - 1);
  const match = closing.exec(text);
  if (!match) return 0;
  const end = Math.max(start, match.index + 1);
  const behind = match.index + match[0].length;
  const yaml = text.slice(start, end);
  draft.directives.push({ origin: 'front-matter', span: { start: opening[0].indexOf('-'), end: behind }, yaml, map: { base: start } });
  if (/macros|math/.test(yaml)) for (const tex of macrosOf(yaml)) draft.macroSources.push({ tex, at: start });
  return behind;
}

/** The definitions as \newcommand text. YAML that cannot be read defines nothing: the directive's reader reports it. */
function macrosOf(yaml: string): string[] {
  if (yaml.length > 200_000) return [];
  try {
    return collect(parseDocument(yaml, { logLevel: 'silent' }).toJS(), 0);
  } catch {
    return [];
  }
}

function collect(value: unknown, depth: number): string[] {
  if (depth > 6 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'macros' || (key === 'math' && hasCommands(inner))) return definitions(inner);
    return collect(inner, depth + 1);
  });
}

const hasCommands = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((k) => k.startsWith('\\'));

function definitions(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, body]: [string, unknown]) => {
    const macro = definition(body);
    const bare = name.replace(/^\\/, '');
    return macro && /^[a-zA-Z]+$/.test(bare) ? [`\\newcommand{\\${bare}}${macro}`] : [];
  });
}

/** A body; MathJax's [body, number of arguments, default]; or MyST's { macro: body }. */
function definition(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const params = Math.max(0, ...Array.from(value.matchAll(/#([1-9])/g), (m) => Number(m[1])));
    return `${params > 0 ? `[${params}]` : ''}{${value}}`;
  }
  if (Array.isArray(value)) {
    const [body, params, fallback]: unknown[] = value;
    if (typeof body !== 'string') return undefined;
    return `${typeof params === 'number' ? `[${params}]` : ''}${typeof fallback === 'string' ? `[${fallback}]` : ''}{${body}}`;
  }
  return typeof value === 'object' && value !== null && 'macro' in value ? definition(value.macro) : undefined;
}
