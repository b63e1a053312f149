// What the rules of differentiation ask the document, and what all of them use.
import type { Elementwise } from '../../term.js';
import * as A from '../algebra.js';
import { type Node, type Power, symbolsIn } from '../node.js';

/** What the rules ask the document. */
export interface Knowing {
  /** The symbol that is defined as a node, else the node. */
  readonly named: (n: Node) => Node;
  /** What a symbol is defined by, where that depends on the variable. */
  readonly definition: (key: string) => Node | undefined;
  /** Whether the document has a name for a function. */
  readonly writes: (fn: Elementwise) => boolean;
}

/** How many definitions a derivative goes through. */
export const deepest = 12;

/** Whether a node holds a symbol, through definitions. */
export function reaches(cx: Knowing, n: Node, v: string, seen = new Set<string>()): boolean {
  for (const s of symbolsIn(n)) {
    if (s === v) return true;
    if (seen.has(s)) continue;
    seen.add(s);
    const body = cx.definition(s);
    if (body && reaches(cx, body, v, seen)) return true;
  }
  return false;
}

/** The sum of the parts that are there; undefined where nothing is. */
export const sum = (list: readonly (Node | undefined)[]): Node | undefined => {
  const found = list.filter((n): n is Node => n !== undefined && n.kind !== 'zero');
  return found.length === 0 ? undefined : A.add(found);
};

/** The powers with the exponent of one of them less by one. */
export const others = (powers: readonly Power[], own: Power): readonly Power[] =>
  [...powers.filter((p) => p !== own), { base: own.base, exponent: own.exponent - 1 }].filter((p) => p.exponent !== 0);
