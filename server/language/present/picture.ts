// Draws a row of shapes as boxes in proportion: an SVG picture that is readable on dark or light ground. Knows no Markdown.
import { type Dim, isOne, namesOf, numberOf } from '../shapes/dimension.js';
import { cols, isScalar, isTensor, rows, type Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import { type Part, partText, type ShapeRow, spanIn } from './row.js';
import { type Run, runs } from './scripts.js';
import { factorText } from './shape-words.js';

export type Theme = 'dark' | 'light';

export interface Picture {
  readonly svg: string;
  readonly width: number;
}

interface Colors {
  readonly text: string;
  readonly faint: string;
  readonly fill: string;
  readonly line: string;
  readonly hereFill: string;
  readonly hereLine: string;
  readonly wrong: string;
  readonly wrongFill: string;
}

export const themes: Readonly<Record<Theme, Colors>> = {
  dark: {
    text: '#d4d4d4',
    faint: '#9a9a9a',
    fill: '#3c4452',
    line: '#8b96a8',
    hereFill: '#1f5f99',
    hereLine: '#6cc0ff',
    wrong: '#ff6b66',
    wrongFill: '#5a2d31',
  },
  light: {
    text: '#24292f',
    faint: '#5f6b78',
    fill: '#e6ebf1',
    line: '#6e7b8b',
    hereFill: '#b6dcff',
    hereLine: '#0062b8',
    wrong: '#c5221f',
    wrongFill: '#fbdcdb',
  },
};

/** Pixels: the longest side of a box, its shortest unless it is one, and a side of one. */
const longest = 76;
const shortest = 16;
const thin = 9;
const unit = 15;
const nominal = [4, 3, 5, 6, 2.5, 3.5, 4.5, 5.5];

interface Box {
  readonly width: number;
  readonly height: number;
  /** Sheets behind the first, for a tensor. */
  readonly depth: number;
}

/** Sizes in pixels for the dimensions of a row: numbers in proportion, names by nominal sizes. */
function sizes(shapes: readonly Shape[]): (dim: Dim) => number {
  const names = [...new Set(shapes.flatMap((s) => s.dims.flatMap((d) => (numberOf(d) === undefined ? [d.key] : []))))];
  const value = (d: Dim): number =>
    numberOf(d) ?? (namesOf(d).length === 0 ? 1 : (nominal[names.indexOf(d.key) % nominal.length] as number));
  const largest = Math.max(1, ...shapes.flatMap((s) => s.dims.map(value)));
  const scale = Math.min(unit, longest / largest);
  return (d) => (isOne(d) ? thin : Math.max(shortest, Math.min(longest, value(d) * scale)));
}

function boxOf(shape: Shape | undefined, size: (d: Dim) => number): Box {
  if (!shape) return { width: 26, height: 26, depth: 0 };
  if (isScalar(shape)) return { width: thin, height: thin, depth: 0 };
  if (!isTensor(shape)) return { width: size(cols(shape)), height: size(rows(shape)), depth: 0 };
  const front = shape.split === 1 ? shape.dims.slice(1, 3) : shape.dims.slice(0, 2);
  const behind = shape.split === 1 ? shape.dims[0] : shape.dims[2];
  const [h, w] = front as [Dim, Dim];
  return {
    width: size(w),
    height: size(h),
    depth: Math.min(3, Math.max(1, (behind && numberOf(behind) ? (numberOf(behind) as number) : 3) - 1)),
  };
}

const sheet = 6;
const gap = 8;
const nameSize = 12;
const labelSize = 11;

interface Drawn {
  readonly svg: string;
  readonly width: number;
}

interface Canvas {
  readonly colors: Colors;
  readonly size: (d: Dim) => number;
  readonly shown: Span | undefined;
  /** Height of the middle line, and of the line of labels. */
  readonly middle: number;
  readonly top: number;
  readonly bottom: number;
}

/** The whole row, the part that `shown` lies in highlighted. */
export function drawRow(row: ShapeRow, theme: Theme, shown?: Span): Picture {
  const colors = themes[theme];
  const shapes = [...row.parts.flatMap(shapesOf), ...(row.result ? [row.result] : [])];
  const size = sizes(shapes);
  const height = Math.max(...shapes.map((s) => boxOf(s, size)).map((b) => b.height + b.depth * sheet), 26);
  const framed = row.parts.some((p) => p.kind === 'frame');
  const top = 20 + (framed ? 4 : 0);
  const canvas: Canvas = { colors, size, shown, middle: top + height / 2, top, bottom: top + height };
  const pieces = sequence(canvas, row, row.parts, 0);
  const end = row.result && row.parts.length > 1 ? result(canvas, row.result) : { svg: '', width: 0 };
  const width = Math.ceil(pieces.width + end.width + 4);
  const total = Math.ceil(canvas.bottom + 22 + (framed ? 4 : 0));
  const body = `<g transform="translate(2 0)">${pieces.svg}${moved(end.svg, pieces.width)}</g>`;
  return {
    width,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif">${body}</svg>`,
  };
}

const shapesOf = (p: Part): readonly Shape[] => (p.kind === 'frame' ? p.parts.flatMap(shapesOf) : p.shape ? [p.shape] : []);

const moved = (svg: string, x: number): string => (svg === '' ? '' : `<g transform="translate(${round(x)} 0)">${svg}</g>`);

const round = (n: number): number => Math.round(n * 10) / 10;

function sequence(canvas: Canvas, row: { readonly joints: ShapeRow['joints'] }, parts: readonly Part[], depth: number): Drawn {
  let svg = '';
  let x = 0;
  parts.forEach((part, i) => {
    const before = row.joints[i - 1];
    const after = row.joints[i];
    if (before) {
      const sign = before.broken ? '✗' : before.sign;
      svg += write(canvas, x + gap, canvas.middle + 5, sign, 15, before.broken ? canvas.colors.wrong : canvas.colors.faint, before.broken);
      x += 2 * gap;
    }
    const drawn = drawPart(canvas, part, { left: before?.broken ?? false, right: after?.broken ?? false }, depth);
    svg += moved(drawn.svg, x);
    x += drawn.width;
  });
  return { svg, width: x };
}

interface Broken {
  readonly left: boolean;
  readonly right: boolean;
}

function drawPart(canvas: Canvas, part: Part, broken: Broken, depth: number): Drawn {
  if (part.kind === 'factor') return drawFactor(canvas, part, broken);
  const inner = sequence(canvas, part, part.parts, depth + 1);
  const { colors } = canvas;
  const edge = broken.left || broken.right ? colors.wrong : colors.faint;
  const width = inner.width + 10;
  const frame = `<rect x="1" y="${canvas.top - 19 + depth * 2}" width="${round(width - 2)}" height="${round(canvas.bottom - canvas.top + 38 - depth * 4)}" rx="6" fill="none" stroke="${edge}" stroke-dasharray="4 3"/>`;
  return { svg: frame + moved(inner.svg, 5), width };
}

function drawFactor(canvas: Canvas, part: Part, broken: Broken): Drawn {
  const here = spanIn(part, canvas.shown);
  const wrong = broken.left || broken.right || (part.kind === 'factor' && part.wrong);
  const { colors } = canvas;
  const fill = here ? colors.hereFill : wrong ? colors.wrongFill : colors.fill;
  const line = wrong ? colors.wrong : here ? colors.hereLine : colors.line;
  return drawBox(canvas, part.shape, partText(part, 22), factorText(part.shape), {
    fill,
    line,
    weight: here || wrong ? 2 : 1.2,
    bold: here,
    color: wrong ? colors.wrong : colors.text,
  });
}

interface Style {
  readonly fill: string;
  readonly line: string;
  readonly weight: number;
  readonly bold: boolean;
  readonly color: string;
}

/** A box with its name above and its shape below, in a slot as wide as the widest of them. */
function drawBox(canvas: Canvas, shape: Shape | undefined, name: string, label: string, style: Style): Drawn {
  const box = boxOf(shape, canvas.size);
  const wide = box.width + box.depth * sheet;
  const width = Math.max(wide, textWidth(name, nameSize), textWidth(label, labelSize)) + 6;
  const left = (width - wide) / 2;
  const high = box.height + box.depth * sheet;
  const y = canvas.middle - high / 2;
  let svg = '';
  for (let k = box.depth; k >= 0; k--) {
    svg += `<rect x="${round(left + k * sheet)}" y="${round(y + (box.depth - k) * sheet)}" width="${round(box.width)}" height="${round(box.height)}" rx="1.5" fill="${style.fill}" stroke="${style.line}" stroke-width="${style.weight}"${shape ? '' : ' stroke-dasharray="3 2"'}/>`;
  }
  svg += write(canvas, width / 2, canvas.top - 6, name, nameSize, canvas.colors.text, style.bold);
  svg += write(canvas, width / 2, canvas.bottom + 14, label, labelSize, style.color, style.bold);
  return { svg, width };
}

function result(canvas: Canvas, shape: Shape): Drawn {
  const { colors } = canvas;
  const equals = write(canvas, gap + 2, canvas.middle + 5, '=', 15, colors.faint, false);
  const box = drawBox(canvas, shape, '', factorText(shape), {
    fill: 'none',
    line: colors.text,
    weight: 1.2,
    bold: false,
    color: colors.text,
  });
  return { svg: equals + moved(box.svg, 2 * gap + 4), width: box.width + 2 * gap + 4 };
}

const width = (run: Run, size: number): number => [...run.text].length * size * (run.level === 'line' ? 0.56 : 0.4);
const textWidth = (text: string, size: number): number => runs(text).reduce((sum, run) => sum + width(run, size), 0);

const xml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Text around its middle, scripts raised and lowered. */
function write(_: Canvas, x: number, y: number, text: string, size: number, color: string, bold: boolean): string {
  if (text === '') return '';
  let lift = 0;
  const spans = runs(text).map((run) => {
    const target = run.level === 'up' ? -size * 0.35 : run.level === 'down' ? size * 0.22 : 0;
    const dy = round(target - lift);
    lift = target;
    return `<tspan${dy === 0 ? '' : ` dy="${dy}"`}${run.level === 'line' ? '' : ` font-size="${round(size * 0.72)}"`}>${xml(run.text)}</tspan>`;
  });
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" text-anchor="middle" fill="${color}"${bold ? ' font-weight="bold"' : ''}>${spans.join('')}</text>`;
}
