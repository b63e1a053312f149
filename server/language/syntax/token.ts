// What the lexer makes of TeX: tokens. Only the type and the kinds live here.

/** The kinds of tokens; plain numbers, since the reader's inner loops switch on them. */
export const CHAR = 0;
/** A control sequence; `text` is its name without the backslash. */
export const COMMAND = 1;
export const OPEN = 2;
export const CLOSE = 3;
export const SUP = 4;
export const SUB = 5;
export const PRIME = 6;
export const ALIGN = 7;
/** `#1` in the body of a macro; `text` is the digit. */
export const PARAM = 8;
/** `$`, `\(`, `\)` inside \text. */
export const DOLLAR = 9;
/** Behind the last token. */
export const END = 10;

export interface Token {
  readonly kind: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether white space stood before it. */
  readonly space: boolean;
}

export const END_TOKEN: Token = { kind: END, text: '', start: 0, end: 0, space: false };
