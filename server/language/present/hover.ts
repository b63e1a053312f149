// Hovers as Markdown and as plain text.
import type { Analysis } from '../model.js';
import type { HoverReport } from '../report.js';

export function hoverMarkdown(_analysis: Analysis, _offset: number, _theme: 'dark' | 'light'): HoverReport | undefined {
  return undefined;
}

export function hoverText(_analysis: Analysis, _offset: number): string | undefined {
  return undefined;
}
