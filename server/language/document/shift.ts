// Moves what was just read to its fixed offsets, in place: nobody else holds it yet.
import type { Span } from '../text.js';
import type { Formula, Inline, MacroSource, OffsetMap, Stretch } from './types.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds `by` to all offsets, and `index` to the indices of formulas. */
export function shift({ formulas, blocks, directives, macroSources, inclusions }: Stretch, by: number, index: number): void {
  if (by === 0 && index === 0) return;
  const moved = new Set<Span>();
  const move = (span: Span): void => {
    if (moved.has(span)) return;
    moved.add(span);
    const s = span as Writable<Span>;
    s.start += by;
    s.end += by;
  };
  for (const f of formulas as readonly Writable<Formula>[]) {
    f.index += index;
    move(f.span);
    move(f.content);
    moveMap(f.map, by);
  }
  for (const block of blocks) {
    move(block.span);
    if (block.kind === 'table') for (const row of [block.header, ...block.rows]) for (const cell of row) moveInlines(cell, move, index);
    else moveInlines(block.content, move, index);
  }
  for (const d of directives) {
    move(d.span);
    moveMap(d.map, by);
  }
  for (const m of macroSources as readonly Writable<MacroSource>[]) m.at += by;
  for (const inclusion of inclusions) move(inclusion.span);
}

function moveInlines(inlines: readonly Inline[], move: (span: Span) => void, index: number): void {
  for (const inline of inlines) {
    move(inline.span);
    if (inline.kind === 'formula') (inline as Writable<typeof inline>).formula += index;
  }
}

function moveMap(map: OffsetMap, by: number): void {
  const m = map as Writable<OffsetMap>;
  m.base += by;
  if (m.starts) m.starts = m.starts.map((s) => s + by);
  if (m.ends) m.ends = m.ends.map((e) => e + by);
}
