// The only maker of Markdown: escapes what comes from documents, and makes links, pictures and emphasis.
import { runs } from './scripts.js';

const special = /[\\`*_{}[\]()#+\-.!|~$:@/]/g;
const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Text that Markdown shows as it is: no markup, no HTML, no link, no line break. */
const escaped = (text: string): string =>
  text
    .replace(/[<>&"]/g, (c) => entities[c] ?? c)
    .replace(special, '\\$&')
    .replace(/\s+/g, ' ');

/** Text with its scripts raised and lowered. */
export const rich = (text: string): string =>
  runs(text)
    .map((r) =>
      r.level === 'line' ? escaped(r.text) : r.level === 'up' ? `<sup>${escaped(r.text)}</sup>` : `<sub>${escaped(r.text)}</sub>`,
    )
    .join('');

export const bold = (text: string): string => `**${rich(text)}**`;

export const colored = (text: string, color: string): string => `<span style="color:${color};">${escaped(text)}</span>`;

/** A link to a line of this document; `withUri` makes it one that works from elsewhere. */
export const lineLink = (label: string, line: number): string => `[${escaped(label)}](#L${line})`;

/** Puts the document's address before the links to its own lines. */
export const withUri = (markdown: string, uri: string): string => {
  const address = uri.replace(/\(/g, '%28').replace(/\)/g, '%29');
  return markdown.replace(/\]\(#L(\d+)\)/g, (_, line: string) => `](${address}#L${line})`);
};

/** An SVG picture. `alt` is read where there are no pictures. */
export function image(svg: string, width: number, alt: string): string {
  const data = encodeURIComponent(svg).replace(/[()'!*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `<img src="data:image/svg+xml,${data}" width="${Math.round(width)}" alt="${alt.replace(/[<>&"]/g, (c) => entities[c] ?? c)}">`;
}
