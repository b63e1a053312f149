// The TeX tree: what stands between the tokens and the expression. Braces, scripts, commands with their arguments,
// environments; macros are expanded already. It knows TeX, not mathematics.
import type { Span } from '../text.js';

/**
 * Every node's span is in the formula's TeX. Nodes that come out of a macro's body have the span of the call;
 * nodes of a macro's argument keep their own.
 */
export type Tex =
  /** One character: a letter, digit, operator, bracket, comma … Unicode mathematics is normalised to commands where there is one (∂ → \partial). */
  | { readonly kind: 'char'; readonly char: string; readonly span: Span }
  /** A command without the arguments that this layer does not know; `name` has no backslash. `args` as the table of arities gives. */
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly args: readonly (readonly Tex[])[];
      readonly optional?: readonly Tex[];
      readonly star?: boolean;
      readonly span: Span;
    }
  /** {…}; the span includes the braces. */
  | { readonly kind: 'group'; readonly body: readonly Tex[]; readonly span: Span }
  /** \left( … \right): `left`, `right` are '(', '[', '\\{', '|', '\\|', '\\langle', '.', … The span includes the delimiters, `inner` does not. A `middle` delimiter is a plain bracket in the body; an unclosed \\left and a stray \\right are plain brackets too. */
  | {
      readonly kind: 'delimited';
      readonly left: string;
      readonly right: string;
      readonly body: readonly Tex[];
      readonly inner: Span;
      readonly span: Span;
    }
  /** A base (undefined where a formula begins with ^ or _) with subscript, superscript and primes in whatever order they were written. */
  | {
      readonly kind: 'scripts';
      readonly base: Tex | undefined;
      readonly sub: readonly Tex[] | undefined;
      readonly sup: readonly Tex[] | undefined;
      readonly primes: number;
      readonly span: Span;
    }
  /** \begin{name} … \end{name}: rows of cells; `name` is without a star, rows without anything are left out. \substack{…} and \pmatrix{…} too. */
  | {
      readonly kind: 'environment';
      readonly name: string;
      readonly args: readonly (readonly Tex[])[];
      readonly rows: readonly (readonly (readonly Tex[])[])[];
      readonly span: Span;
    }
  /**
   * \text{…}, \mbox, \textrm, \intertext …: words. `name` is the command. Where it holds $…$, `body` is its parts in order:
   * text nodes and, for each $…$, a group. A \text that is one $…$ and nothing else is that group.
   */
  | { readonly kind: 'text'; readonly name: string; readonly text: string; readonly body?: readonly Tex[]; readonly span: Span }
  /** & outside of an environment, \\ outside of an environment. */
  | { readonly kind: 'align' | 'newline'; readonly span: Span };

/** No arguments, and an empty list of nodes; shared, since most commands have none. */
export const NO_ARGS: readonly (readonly Tex[])[] = [];
export const NONE: readonly Tex[] = [];

/** A macro: `params` is the number of arguments; `optional` the default of the first where it is optional. */
export interface Macro {
  readonly name: string;
  readonly params: number;
  readonly optional?: string;
  readonly body: string;
  /** Later optional arguments of xparse and the like: a template of m, o, s, O{…}. */
  readonly template?: string;
  /** \def with delimited parameters. */
  readonly pattern?: string;
}

export type MacroSet = ReadonlyMap<string, Macro>;

export interface TexTree {
  readonly nodes: readonly Tex[];
  /** Macros defined inside this formula (\newcommand in $$…$$), which hold from here on in the document. */
  readonly defined: readonly Macro[];
  /** Something was too much: expansion ran into its bound, nesting too deep. What could be read is in `nodes`. */
  readonly truncated: boolean;
}
