// A Markdown document in chunks that are read by themselves, so that an edit costs the chunk it is in. Every chunk has room for what is typed
// into it: its fixed offsets stay when text before it changes, and with them all that was made of it.
import { type Counts, countsOf, type Draft } from './draft.js';
import { isJulia, type Part, readMarkdownPart } from './markdown.js';
import { shift } from './shift.js';
import { isStripped } from './stripped.js';
import type { DocumentChange, Formula, SourceDocument, Stretch } from './types.js';

export interface Chunk extends Stretch {
  /** Where it begins, in fixed offsets. */
  readonly base: number;
  readonly length: number;
}

export interface ChunkedDocument extends SourceDocument {
  readonly chunks: readonly Chunk[];
  /** Where they begin in the text. */
  readonly starts: readonly number[];
  readonly julia: boolean;
}

export const isChunked = (document: SourceDocument): document is ChunkedDocument => 'chunks' in document;

/** Chunks of plain paragraphs are no shorter than this, but for the last. */
const shortest = 500;
/** Fixed offsets that are left free behind a chunk. */
const room = 4096;

/** Reads all of a document; undefined if it cannot be had in chunks. */
export function readChunks(text: string): ChunkedDocument | undefined {
  const julia = isJulia(text);
  const part = readMarkdownPart(text, { julia, first: true });
  if (part.unclosed) return undefined;
  const pieces = chunksOf(part, text.length);
  let base = 0;
  const chunks = pieces.map((piece) => {
    const chunk = placed(piece, part.draft, base);
    base += chunk.length + room;
    return chunk;
  });
  return assembled(text, chunks, julia);
}

/** Reads a document again after an edit: only what the edit may concern. Undefined where that is everything. */
export function rereadChunks(text: string, before: ChunkedDocument): ChunkedDocument | undefined {
  const { chunks, starts, julia } = before;
  const same = commonStart(before.text, text);
  if (same === text.length && same === before.text.length) return before;
  if (julia && !isJulia(text)) return undefined;
  const tail = commonEnd(before.text, text, same);
  const damaged = { start: same, end: before.text.length - tail };
  const delta = text.length - before.text.length;
  // One chunk more: what follows decides where a list ends.
  const first = Math.max(0, chunkAt(starts, Math.max(0, damaged.start - 1)) - 1);
  const start = starts[first] ?? 0;
  for (let last = chunkAt(starts, damaged.end + 1) + 1, step = 1; ; last += step, step *= 2) {
    const stop = last < chunks.length ? (starts[last] as number) + delta : text.length;
    const end = last + 1 < chunks.length ? (starts[last + 1] as number) + delta : text.length;
    // A copy, so that what is read does not hold all of the text.
    const own = ` ${text.slice(start, end)}`.slice(1);
    const read = readMarkdownPart(own, { julia, first: first === 0 });
    if (read.unclosed || (!julia && isJulia(own))) return undefined;
    const ends = last >= chunks.length || read.cuts.some((cut) => cut.at === stop - start);
    if (!ends) continue;
    const fresh = chunksOf(read, stop - start);
    return spliced({ text, before, first, last: Math.min(last, chunks.length), start, fresh, draft: read.draft });
  }
}

interface Splice {
  readonly text: string;
  readonly before: ChunkedDocument;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly fresh: readonly Piece[];
  readonly draft: Draft;
}

/** The new chunks in the place of old ones; those whose text is as it was stay the same. Undefined where there is no room. */
function spliced({ text, before, first, last, start, fresh, draft }: Splice): ChunkedDocument | undefined {
  const { chunks, starts } = before;
  const oldText = (i: number): string => before.text.slice(starts[i], (starts[i] as number) + (chunks[i] as Chunk).length);
  const newText = (p: Piece): string => text.slice(start + p.from, start + p.to);
  let head = 0;
  while (head < fresh.length && first + head < last && newText(fresh[head] as Piece) === oldText(first + head)) head++;
  let foot = 0;
  while (
    foot < fresh.length - head &&
    foot < last - first - head &&
    newText(fresh[fresh.length - 1 - foot] as Piece) === oldText(last - 1 - foot)
  )
    foot++;
  const pieces = fresh.slice(head, fresh.length - foot);
  const from = first + head;
  const to = last - foot;
  const length = pieces.reduce((sum, p) => sum + p.to - p.from, 0);
  const base = from < chunks.length ? (chunks[from] as Chunk).base : endOf(chunks) + room;
  const limit = to < chunks.length ? (chunks[to] as Chunk).base : base + length + room * (pieces.length + 1);
  const free = Math.floor((limit - base - length) / Math.max(1, pieces.length));
  if (free < 0 || (free === 0 && pieces.length > 1)) return undefined;
  let at = base;
  const placedPieces = pieces.map((piece) => {
    const chunk = placed(piece, draft, at);
    at += chunk.length + free;
    return chunk;
  });
  const after = [...chunks.slice(0, from), ...placedPieces, ...chunks.slice(to)];
  const removed = joined(chunks.slice(from, to));
  const added = joined(placedPieces);
  const count = (what: 'formulas' | 'blocks'): number => chunks.slice(0, from).reduce((sum, c) => sum + c[what].length, 0);
  const change = {
    before: before.version ?? before,
    removed,
    added,
    formulas: count('formulas'),
    blocks: count('blocks'),
    span: { start: base, end: limit },
  };
  return assembled(text, after, before.julia, { ...spliceAll(before, change), change });
}

/** All chunks together. */
const joined = (chunks: readonly Chunk[]): Stretch => ({
  formulas: chunks.flatMap((c) => c.formulas),
  blocks: chunks.flatMap((c) => c.blocks),
  directives: chunks.flatMap((c) => c.directives),
  macroSources: chunks.flatMap((c) => c.macroSources),
  inclusions: chunks.flatMap((c) => c.inclusions),
});

function spliceAll(before: Stretch, { removed, added, formulas, blocks, span }: DocumentChange): Stretch {
  const splice = <T>(all: readonly T[], from: number, old: readonly T[], fresh: readonly T[]): readonly T[] =>
    old.length + fresh.length === 0 ? all : [...all.slice(0, from), ...fresh, ...all.slice(from + old.length)];
  const earlier = <T>(all: readonly T[], at: (one: T) => number): number => all.filter((one) => at(one) < span.start).length;
  return {
    formulas: splice(before.formulas, formulas, removed.formulas, added.formulas),
    blocks: splice(before.blocks, blocks, removed.blocks, added.blocks),
    directives: splice(
      before.directives,
      earlier(before.directives, (d) => d.span.start),
      removed.directives,
      added.directives,
    ),
    macroSources: splice(
      before.macroSources,
      earlier(before.macroSources, (m) => m.at),
      removed.macroSources,
      added.macroSources,
    ),
    inclusions: splice(
      before.inclusions,
      earlier(before.inclusions, (i) => i.span.start),
      removed.inclusions,
      added.inclusions,
    ),
  };
}

const endOf = (chunks: readonly Chunk[]): number => {
  const last = chunks[chunks.length - 1];
  return last ? last.base + last.length : 0;
};

type Contents = Stretch & { readonly change?: DocumentChange };

function assembled(
  text: string,
  chunks: readonly Chunk[],
  julia: boolean,
  contents: Contents = joined(chunks),
): ChunkedDocument | undefined {
  const starts: number[] = [];
  let at = 0;
  for (const c of chunks) {
    starts.push(at);
    at += c.length;
  }
  const { formulas } = contents;
  // Backslashes are restored in all of a document.
  if (isStripped(formulas)) return undefined;
  return {
    kind: 'markdown',
    text,
    chunks,
    starts,
    julia,
    version: {},
    ...contents,
    stripped: false,
    actual: (offset) => {
      if (offset < 0) return offset;
      const i = lastAtOrBefore(chunks.length, (k) => (chunks[k] as Chunk).base, offset);
      return (starts[i] ?? 0) + offset - (chunks[i]?.base ?? 0);
    },
    fixed: (offset) => {
      const i = chunkAt(starts, offset);
      return (chunks[i]?.base ?? 0) + offset - (starts[i] ?? 0);
    },
    numbered: (index) => lastAtOrBefore(formulas.length, (k) => (formulas[k] as Formula).index, index),
  };
}

const chunkAt = (starts: readonly number[], offset: number): number => lastAtOrBefore(starts.length, (k) => starts[k] as number, offset);

/** The last of so many ascending numbers that is not above a limit; the first if all are. */
function lastAtOrBefore(count: number, at: (k: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** A stretch of a part, and what was read in it. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly counts: Counts;
  readonly until: Counts;
}

const nothing: Counts = { formulas: 0, blocks: 0, directives: 0, macroSources: 0, inclusions: 0 };

/**
 * The pieces of a part up to a cut, or to its end. What states or divides something (directives, macros, headings, lists) is no piece
 * with the paragraphs around it, so that an edit in these does not concern it.
 */
function chunksOf({ draft, cuts }: Part, end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let counts = nothing;
  const close = (to: number, until: Counts): void => {
    pieces.push({ from, to, counts, until });
    from = to;
    counts = until;
  };
  const inner = cuts.filter((cut) => cut.at < end);
  const whole = cuts.find((cut) => cut.at === end)?.counts ?? countsOf(draft);
  const plain = inner.map(({ counts: here }, i) => isPlain(draft, here, inner[i + 1]?.counts ?? whole));
  inner.forEach((cut, i) => {
    const before = plain[i - 1] ?? isPlain(draft, nothing, cut.counts);
    if (cut.at > from && (cut.at - from >= shortest || before !== plain[i])) close(cut.at, cut.counts);
  });
  close(end, whole);
  return pieces;
}

/** Whether paragraphs and their formulas are all that there is. */
const isPlain = (draft: Draft, from: Counts, to: Counts): boolean =>
  from.directives === to.directives &&
  from.macroSources === to.macroSources &&
  from.inclusions === to.inclusions &&
  draft.blocks.slice(from.blocks, to.blocks).every((b) => b.kind === 'prose' && !b.listItem);

/** A piece as a chunk whose fixed offsets begin at `base`. */
function placed({ from, to, counts, until }: Piece, draft: Draft, base: number): Chunk {
  const taken = {
    formulas: draft.formulas.slice(counts.formulas, until.formulas),
    blocks: draft.blocks.slice(counts.blocks, until.blocks),
    directives: draft.directives.slice(counts.directives, until.directives),
    macroSources: draft.macroSources.slice(counts.macroSources, until.macroSources),
    inclusions: draft.inclusions.slice(counts.inclusions, until.inclusions),
  };
  shift(taken, base - from, base - counts.formulas);
  return { base, length: to - from, ...taken };
}

const stride = 4096;

/** How many characters two texts begin with in common. */
function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + stride <= most && a.slice(at, at + stride) === b.slice(at, at + stride)) at += stride;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** How many they end with in common, beyond what they begin with. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  const tail = (s: string, from: number, to: number): string => s.slice(s.length - to, s.length - from);
  let n = 0;
  while (n + stride <= most && tail(a, n, n + stride) === tail(b, n, n + stride)) n += stride;
  while (n < most && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n)) n++;
  return n;
}
