// What is remembered of inferences: answers, and all that they rested on. Data only.
import type { Name, Statement } from '../expr.js';
import type { Found } from '../shapes/candidate.js';

/** What was inferred while all that concerns the whole document was as `general` says. */
export interface Inferences {
  readonly general: string;
  readonly ofStatement: WeakMap<Statement, readonly Shared[]>;
}

/** What is known of an item, under the inferences that it belongs to. */
export interface ItemMemory {
  readonly of: Inferences;
  known: readonly Known[];
}

/** A result in its place, and the states of all sources that it rests on. */
export interface Known {
  readonly question: string;
  readonly sources: readonly string[];
  readonly states: readonly number[];
  readonly result: unknown;
}

/** A result that holds wherever lookups find the same. */
export interface Shared extends Known {
  readonly lookups: readonly Looked[];
}

export interface Looked {
  readonly name: Name;
  readonly found: Found | undefined;
  readonly elsewhere: boolean;
}
