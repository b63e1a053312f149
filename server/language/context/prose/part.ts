// The parts that a grammar is made of: what a part can begin with, how it is run, what it captures.
import type { Expr, Name } from '../../expr.js';
import type { Token } from './tokens.js';

/** What a rule or a terminal took, in order. */
export type Capture = { readonly from: number; readonly to: number } & (
  | {
      readonly kind: 'names';
      readonly names: readonly Name[];
      /** By the formula that names them; `set` is the size it gives. */
      readonly declared: boolean;
      readonly set: readonly Expr[] | undefined;
      readonly applied: boolean;
    }
  | { readonly kind: 'dim' | 'shape' | 'list'; readonly dims: readonly Expr[]; readonly isSet: boolean }
  | { readonly kind: 'rule'; readonly rule: string; readonly text: string }
);

/** Captures so far, last first. */
export interface Chain {
  readonly capture: Capture;
  readonly before: Chain | undefined;
}

export type Next = (at: number, chain: Chain | undefined) => boolean;
export type Matcher = (tokens: readonly Token[], at: number, chain: Chain | undefined, next: Next) => boolean;

/** What a part can begin with; a part is not tried at a token that is not among it. */
export interface First {
  readonly words: ReadonlySet<string>;
  readonly math: boolean;
  readonly size: boolean;
  readonly any: boolean;
}

export interface Part {
  readonly run: Matcher;
  readonly first: First;
  readonly nullable: boolean;
  /** Of a part that takes exactly one token and captures nothing: whether it takes it. */
  readonly one?: (token: Token | undefined) => boolean;
  /** What one of the tokens that it takes has to be, where that says more than what it can begin with. */
  readonly need?: First;
  /** Of a sequence: what some token has to be, for each of the parts that it cannot do without. */
  readonly needs?: readonly First[];
}

/** What one of the tokens that a part takes has to be; undefined where that may be anything. */
export const needOf = (part: Part): First | undefined =>
  part.nullable ? undefined : (part.need ?? (part.first.any ? undefined : part.first));

/** A part that takes one token and captures nothing. */
export const single = (one: (token: Token | undefined) => boolean, first: First): Part => ({
  run: (t, i, c, next) => one(t[i]) && next(i + 1, c),
  one,
  first,
  nullable: false,
});

export const NOTHING: First = { words: new Set(), math: false, size: false, any: false };
