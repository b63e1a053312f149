// The open documents with their analyses, and when these are computed: shapes right after a change, values in slices when nobody types.
// Knows no LSP values.
import { type Analysis, analyze, evaluateValues, type Settings } from '../language/index.js';
import { attempt, type Log } from './guard.js';
import type { Runtime } from './runtime.js';
import { inputOfSource, type Source } from './source.js';

/** The longest text, in UTF-16 units, that is checked while somebody types. */
export const sizeLimit = 5 * 1024 * 1024;

const pauseBeforeValues = 250;
const sliceMilliseconds = 8;

/** An analysis is absent where the document is too large or could not be analysed. */
export interface Current {
  readonly source: Source;
  readonly analysis: Analysis | undefined;
  readonly tooLarge: boolean;
}

export interface Host {
  settingsFor(source: Source): Settings;
  /** Shapes are in, or values. */
  publish(current: Current): void;
  /** The document has come to rest; `values` says whether its values are in. */
  settled(current: Current, values: boolean): void;
  readonly log: Log;
}

export interface Session {
  /** A document was opened or has changed. */
  update(source: Source): void;
  close(uri: string): void;
  /** The settings or the files that documents rest on have changed. */
  refresh(concerns?: (source: Source) => boolean): void;
  /** By the address of a document, a notebook or a cell; shapes are up to date. */
  current(uri: string): Current | undefined;
  /** The same with the values, once they are computed; undefined if the document is closed meanwhile. */
  withValues(uri: string): Promise<Current | undefined>;
}

interface Entry {
  source: Source;
  analysis: Analysis | undefined;
  tooLarge: boolean;
  stale: boolean;
  valued: boolean;
  stop: () => void;
  waiting: ((current: Current | undefined) => void)[];
}

export function createSession(runtime: Runtime, host: Host): Session {
  const entries = new Map<string, Entry>();
  const entryOf = (uri: string): Entry | undefined =>
    entries.get(uri) ?? [...entries.values()].find((entry) => entry.source.cells.some((cell) => cell.uri === uri));

  const touch = (entry: Entry): void => {
    entry.stop();
    entry.valued = false;
    if (entry.stale) return;
    entry.stale = true;
    runtime.defer(() => freshen(entry));
  };

  const freshen = (entry: Entry): void => {
    if (!entry.stale || entries.get(entry.source.uri) !== entry) return;
    entry.stale = false;
    attempt(host.log, `analysis of ${entry.source.uri}`, undefined, () => analyzeEntry(entry, host));
    attempt(host.log, 'publishing', undefined, () => host.publish(snapshot(entry)));
    entry.stop = runtime.delay(pauseBeforeValues, () => startValues(entry));
    if (entry.waiting.length > 0) startValues(entry);
  };

  const startValues = (entry: Entry): void => {
    entry.stop();
    if (!entry.analysis || host.settingsFor(entry.source).values === false) {
      settle(entry, undefined);
    } else {
      attempt(host.log, 'status', undefined, () => host.settled(snapshot(entry), false));
      entry.stop = runSlices(runtime, evaluateValues(entry.analysis), (analysis) => settle(entry, analysis), host.log);
    }
  };

  const settle = (entry: Entry, valued: Analysis | undefined): void => {
    entry.analysis = valued ?? entry.analysis;
    entry.valued = true;
    if (valued) attempt(host.log, 'publishing', undefined, () => host.publish(snapshot(entry)));
    attempt(host.log, 'status', undefined, () => host.settled(snapshot(entry), true));
    for (const answer of entry.waiting.splice(0)) answer(snapshot(entry));
  };

  return {
    update(source) {
      const entry = entries.get(source.uri) ?? newEntry(source);
      entries.set(source.uri, entry);
      entry.source = source;
      touch(entry);
    },
    close(uri) {
      const entry = entries.get(uri);
      if (!entry) return;
      entries.delete(uri);
      entry.stop();
      for (const answer of entry.waiting.splice(0)) answer(undefined);
    },
    refresh(concerns = () => true) {
      for (const entry of entries.values()) if (concerns(entry.source)) touch(entry);
    },
    current(uri) {
      const entry = entryOf(uri);
      if (!entry) return undefined;
      freshen(entry);
      return snapshot(entry);
    },
    withValues(uri) {
      const entry = entryOf(uri);
      if (!entry) return Promise.resolve(undefined);
      freshen(entry);
      if (entry.valued) return Promise.resolve(snapshot(entry));
      return new Promise((resolve) => {
        entry.waiting.push(resolve);
        if (entry.waiting.length === 1) startValues(entry);
      });
    },
  };
}

const newEntry = (source: Source): Entry => ({
  source,
  analysis: undefined,
  tooLarge: false,
  stale: false,
  valued: false,
  stop: () => undefined,
  waiting: [],
});

const snapshot = ({ source, analysis, tooLarge }: Entry): Current => ({ source, analysis, tooLarge });

function analyzeEntry(entry: Entry, host: Host): void {
  const previous = entry.analysis;
  entry.analysis = undefined;
  const input = inputOfSource(entry.source);
  entry.tooLarge = input.cells.reduce((size, cell) => size + cell.length, 0) > sizeLimit;
  if (!entry.tooLarge) entry.analysis = analyze(input, host.settingsFor(entry.source), previous ?? null);
}

/** Runs a generator in slices; the answer stops it. If it throws, it is done without a result. */
function runSlices<T>(runtime: Runtime, generator: Generator<undefined, T>, done: (result: T | undefined) => void, log: Log): () => void {
  let stopped = false;
  const slice = (): void => {
    if (stopped) return;
    const end = performance.now() + sliceMilliseconds;
    const failed: IteratorResult<undefined, T | undefined> = { done: true, value: undefined };
    let step: IteratorResult<undefined, T | undefined>;
    do step = attempt<IteratorResult<undefined, T | undefined>>(log, 'values', failed, () => generator.next());
    while (!step.done && performance.now() < end);
    if (step.done) done(step.value);
    else runtime.defer(slice);
  };
  runtime.defer(slice);
  return () => {
    stopped = true;
  };
}
