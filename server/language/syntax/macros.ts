// The macros of a document: reads the definitions in a preamble, knows those of packages and the ones that people use
// without defining them. Expansion lives in macros/expand.ts.
import { endOfComment } from './lexer.js';
import { DEFINERS, readDefinition } from './macros/definition.js';
import { DEFAULTS, PACKAGES } from './macros/packages.js';
import type { Macro, MacroSet } from './tree.js';

/** After so many broken definitions a text is none of TeX's; each may have looked far ahead in vain. */
const MAX_FAILURES = 1_000;

/** The definitions in a preamble or a package's text, in order; a later one of the same name replaces an earlier one. Linear and total. */
export function readMacros(source: string): Macro[] {
  const found: Macro[] = [];
  const byName = new Map<string, Macro>();
  let failures = 0;
  let i = 0;
  while (i < source.length && failures < MAX_FAILURES) {
    const code = source.charCodeAt(i);
    if (code === 37) {
      i = endOfComment(source, i);
      continue;
    }
    if (code !== 92) {
      i++;
      continue;
    }
    const end = endOfName(source, i + 1);
    const name = source.slice(i + 1, end);
    if (!DEFINERS.has(name)) {
      i = end;
      continue;
    }
    const definition = readDefinition(source, name, i, (known) => byName.get(known));
    if (definition === undefined) failures++;
    if (definition?.macro !== undefined) {
      found.push(definition.macro);
      byName.set(definition.macro.name, definition.macro);
    }
    i = definition?.end ?? end;
  }
  return found;
}

function endOfName(source: string, at: number): number {
  let i = at;
  for (; i < source.length; i++) {
    const code = source.charCodeAt(i) | 32;
    if (code < 97 || code > 122) break;
  }
  return i === at ? at + 1 : i;
}

const read = new Map<string, readonly Macro[]>();

/** The macros of a LaTeX package; none for a package that has none of interest here, or that nobody knows. */
export function packageMacros(name: string): readonly Macro[] {
  const known = read.get(name);
  if (known !== undefined) return known;
  const source = PACKAGES.get(name);
  const macros = source === undefined ? [] : readMacros(source);
  if (source !== undefined) read.set(name, macros);
  return macros;
}

/** A set of macros, where later ones replace earlier ones of the same name. */
export const macroSet = (macros: Iterable<Macro>): MacroSet => new Map([...macros].map((macro) => [macro.name, macro]));

/** What is understood although nothing defines it: derivatives of `physics`, \R, \tr, \diag … Definitions by the document win. */
export const defaultMacros: MacroSet = macroSet(readMacros(DEFAULTS));
