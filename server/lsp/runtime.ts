// What the server needs of the machine it runs on; node.ts and browser.ts each supply one. Knows no documents.

export interface Runtime {
  /** Runs the work after the messages that have already arrived. */
  defer(work: () => void): void;
  /** Runs the work after so many milliseconds; the answer cancels it. */
  delay(milliseconds: number, work: () => void): () => void;
  /** The text of a file, by its address; undefined if it cannot be read. Absent where there is no file system. */
  readonly readFile?: (uri: string) => string | undefined;
  /** Address of the folder that holds the pages on diagnostics; a client may name another. */
  readonly docs?: string;
}
