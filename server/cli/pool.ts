// Checks many files on all processors; the results come in the order of the files.
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Unreadable } from './read.js';
import { checkFile, type Result, type Wanted } from './result.js';

/** Below so many bytes a worker takes longer to start than it saves. */
const worthWorkers = 300_000;

export async function* checkFiles(files: readonly string[], wanted: Wanted): AsyncGenerator<Result | Unreadable> {
  const threads = Math.min(availableParallelism(), files.length);
  if (threads < 2 || totalSize(files) < worthWorkers) {
    for (const file of files) yield await checkFile(file, wanted);
    return;
  }
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./worker.js', import.meta.url), { workerData: wanted }));
  try {
    yield* inOrder(files, workers);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function totalSize(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Each worker takes the next file as soon as it is free. */
async function* inOrder(files: readonly string[], workers: readonly Worker[]): AsyncGenerator<Result | Unreadable> {
  const answers = new Map<number, Result | Unreadable>();
  let next = 0;
  let arrived = (): void => undefined;
  const feed = async (worker: Worker): Promise<void> => {
    while (next < files.length) {
      const index = next++;
      answers.set(index, await ask(worker, files[index] ?? ''));
      arrived();
    }
  };
  for (const worker of workers) void feed(worker);
  for (let index = 0; index < files.length; index++) {
    while (!answers.has(index)) await new Promise<void>((resolve) => (arrived = resolve));
    const answer = answers.get(index);
    answers.delete(index);
    if (answer) yield answer;
  }
}

/** A worker that dies answers for the file that it was at, and for those that it is sent later. */
function ask(worker: Worker, path: string): Promise<Result | Unreadable> {
  if (worker.threadId < 0) return Promise.resolve({ path, error: 'it was not checked: a worker thread has ended' });
  return new Promise((resolve) => {
    const answer = (result: Result | Unreadable): void => {
      worker.off('message', answer).off('error', fail);
      resolve(result);
    };
    const fail = (error: Error): void => answer({ path, error: error.message });
    worker.on('message', answer).on('error', fail);
    worker.postMessage(path);
  });
}
