// From TeX to meaning: reads a formula's text as statements over expressions. The door of the syntax layer.
import type { FormulaExpr, Name } from '../expr.js';
import type { Lowering } from './lower/build.js';
import { readProduct, readRun } from './lower/products.js';
import { readExpression, readStatements } from './lower/statements.js';
import { parseTex } from './parser.js';
import type { Macro, MacroSet } from './tree.js';

export interface ReadFormula extends FormulaExpr {
  /** Macros that the formula defines for what follows it. */
  readonly defined: readonly Macro[];
}

const lowering = (tex: string): Lowering => ({
  tex,
  next: 0,
  depth: 0,
  withinBlocks: false,
  font: '',
  differentials: writesDifferentials(tex),
  expression: readExpression,
  product: readProduct,
  run: readRun,
});

/** dX, d\mathbf{W}, d\beta outside of fractions; or d apart from what it stands before, where the formula begins with one and has others. */
function writesDifferentials(tex: string): boolean {
  const plain = tex.replace(/\\[dtc]?frac\s*\{[^{}]*\}\s*\{[^{}]*\}/g, ' ');
  if (/(?<![\\a-zA-Z{])d(?:[A-Za-z](?![a-zA-Z])|\\(?:mathbf|boldsymbol|bm|[A-Za-z]{1,2}eta|[a-z]{3,7})\b)/.test(plain)) return true;
  return /^(?:\s|&|\\begin\{[a-z*]+\}|\\(?:boxed|displaystyle)\b)*d\s*[([|\\A-Za-z]/.test(plain) && (plain.match(apart)?.length ?? 0) > 0;
}

const apart = /(?<=.)(?<![\\a-zA-Z{_^])d\s+[A-Za-z\\]/g;

/** Reads one formula. Total: anything gives statements, possibly none; what cannot be read is a hole. */
export function readFormula(tex: string, macros: MacroSet): ReadFormula {
  const tree = parseTex(tex, macros);
  const cx = lowering(tex);
  const statements = readStatements(cx, tree.nodes);
  return { statements, size: cx.next, truncated: tree.truncated, defined: tree.defined };
}

/** The name that a text is (`W^{(2)}`, `y_{hat}`), undefined if it is anything else. */
export function readName(tex: string, macros: MacroSet): Name | undefined {
  const { statements } = readFormula(tex, macros);
  const [first] = statements;
  const member = first?.members[0];
  if (!member || statements.length !== 1 || first.members.length !== 1) return undefined;
  if (member.kind === 'symbol') return member.name;
  return member.kind === 'power' || member.kind === 'prime' || member.kind === 'differential' || member.kind === 'transpose'
    ? member.asName
    : undefined;
}
