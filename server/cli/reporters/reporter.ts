// What a reporter is: pieces of text in order of the documents. Reporters write nothing themselves.
import type { Range } from '../../language/index.js';
import type { Result } from '../result.js';
import type { Totals } from '../totals.js';

export interface Reporter {
  begin(): string;
  /** `before` is the number of documents already reported. */
  document(result: Result, before: number): string;
  end(totals: Totals): string;
}

/** Counts from 1, as editors do: `path:line:column`, in notebooks `path:cell:line:column`. */
export function placeOf(path: string, { start, cell }: Range): string {
  return [path, ...(cell === undefined ? [] : [cell + 1]), start.line + 1, start.character + 1].join(':');
}
