// A line on a terminal's standard error that says how far a long run has come.

const patience = 500;

export interface Progress {
  /** One more file is done. */
  step(path: string): void;
  /** Takes the line away, before anything else is written. */
  clear(): void;
}

export function progress(files: number): Progress {
  if (!process.stderr.isTTY) return { step: () => undefined, clear: () => undefined };
  const startedAt = performance.now();
  let done = 0;
  let shown = false;
  return {
    step(path) {
      done++;
      if (done >= files || performance.now() - startedAt < patience) return;
      process.stderr.write(`\r\u001b[Kchecked ${done} of ${files}: ${path.slice(-60)}`);
      shown = true;
    },
    clear() {
      if (shown) process.stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}
