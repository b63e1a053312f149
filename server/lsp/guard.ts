// The one guard: every handler and every deferred piece of work runs in it, so that nothing thrown reaches the connection.

export type Log = (message: string) => void;

/** Runs the work; what it throws is logged, and the answer is then `empty`. */
export function attempt<R>(log: Log, name: string, empty: R, work: () => R): R {
  try {
    return work();
  } catch (error) {
    log(describe(name, error));
    return empty;
  }
}

/** A handler that always answers: `empty` where the work throws or rejects. */
export function guarded<P, R>(log: Log, name: string, empty: R, handle: (params: P) => R | Promise<R>): (params: P) => Promise<R> {
  return async (params) => {
    try {
      return await handle(params);
    } catch (error) {
      log(describe(name, error));
      return empty;
    }
  };
}

const describe = (name: string, error: unknown): string =>
  `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
