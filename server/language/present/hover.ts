// Hovers as Markdown and as plain text, made of what hover-content says.
import type { Analysis } from '../model.js';
import type { HoverReport } from '../report.js';
import type { Span } from '../text.js';
import { type HoverContent, hoverContent } from './hover-content.js';
import { type Line, lineText } from './line.js';
import { bold, colored, image, lineLink, rich } from './markdown.js';
import { drawRow, type Theme, themes } from './picture.js';
import { placeText } from './place.js';
import { rowPieces, rowText, type ShapeRow } from './row.js';

export { withUri } from './markdown.js';

/** The widest a picture is shown. */
const widest = 620;

/** What is known of the smallest term at an offset; links to lines are `#L5`, see `withUri`. */
export function hoverMarkdown(analysis: Analysis, offset: number, theme: Theme): HoverReport | undefined {
  const content = hoverContent(analysis, offset);
  return content && { span: content.span, markdown: markdownOf(content, theme) };
}

/** The same without markup, for the command line. */
export function hoverText(analysis: Analysis, offset: number): string | undefined {
  const content = hoverContent(analysis, offset);
  return content && textOf(content);
}

function markdownOf(c: HoverContent, theme: Theme): string {
  const blocks = [`${bold(c.shape)}${c.what && c.what !== c.shape ? ` · ${rich(c.what)}` : ''}`];
  if (c.why.length > 0) blocks.push(c.why.map((l) => `- ${lineMarkdown(l)}`).join('\n'));
  if (c.row) {
    const picture = drawRow(c.row, theme, c.shown);
    blocks.push(image(picture.svg, Math.min(widest, picture.width), rowText(c.row)), rowMarkdown(c.row, c.shown, theme));
  }
  if (c.notes.length > 0) blocks.push(...c.notes.map(rich));
  if (c.findings.length > 0)
    blocks.push(c.findings.map((f) => (f.wrong ? `${colored('✗', themes[theme].wrong)} ` : '') + rich(f.text)).join('  \n'));
  return blocks.join('\n\n');
}

/** A line with a link to its place; in a notebook, where no link leads to a cell's line, with the place in words. */
function lineMarkdown({ text, place }: Line): string {
  if (!place) return rich(text);
  return `${rich(text)} (${place.cell === undefined ? lineLink(placeText(place), place.line) : rich(placeText(place))})`;
}

function rowMarkdown(row: ShapeRow, shown: Span, theme: Theme): string {
  return rowPieces(row, shown)
    .map((p) => (p.role === 'broken' ? colored(p.text, themes[theme].wrong) : p.role === 'here' ? bold(p.text) : rich(p.text)))
    .join(' ');
}

function textOf(c: HoverContent): string {
  const lines = [`${c.term}: ${c.shape}${c.what && c.what !== c.shape ? `, ${c.what}` : ''}`, ...c.why.map((l) => `  - ${lineText(l)}`)];
  if (c.row) lines.push(`  ${rowText(c.row)}`);
  return [...lines, ...c.notes.map((n) => `  ${n}`), ...c.findings.map((f) => `  ${f.wrong ? '✗ ' : ''}${f.text}`)].join('\n');
}
