// Reads a document into formulas with their meaning: macros in their order, trees cached by text and macro set.
import type { Formula, SourceDocument } from '../document/types.js';
import { type ReadFormula, readFormula } from '../syntax/lower.js';
import { macroSet, packageMacros, readMacros } from '../syntax/macros.js';
import type { Macro, MacroSet } from '../syntax/tree.js';

export interface FormulaReading {
  readonly formula: Formula;
  readonly read: ReadFormula;
  /** The macros that it was read with. */
  readonly macros: MacroSet;
}

export interface Reading {
  readonly formulas: readonly FormulaReading[];
  readonly macros: MacroSet;
  /** Tells sets of macros apart. */
  readonly macroKey: string;
}

/** What was read before. */
export interface Readings {
  /** Trees by macro set and text. */
  readonly trees: Map<string, ReadFormula>;
  readonly readings: WeakMap<Formula, { readonly macros: string; readonly reading: FormulaReading }>;
}

interface Defined {
  readonly at: number;
  readonly macros: readonly Macro[];
}

/** Macros of the document's text and of the files that it includes, by their place. */
function definitions(document: SourceDocument, readFile: (path: string) => string | undefined): readonly Defined[] {
  const out: Defined[] = [];
  for (const source of document.macroSources) out.push({ at: source.at, macros: readMacros(source.tex) });
  for (const inclusion of document.inclusions) {
    const found = included(inclusion.path, readFile, new Set());
    if (found.length > 0) out.push({ at: inclusion.span.start, macros: found });
  }
  return out.sort((a, b) => a.at - b.at);
}

const extensions = ['', '.tex', '.sty', '.ltx'];
const deepest = 8;

function included(path: string, readFile: (path: string) => string | undefined, seen: Set<string>): readonly Macro[] {
  if (seen.has(path) || seen.size > deepest) return [];
  seen.add(path);
  const known = packageMacros(path);
  if (known.length > 0) return known;
  for (const extension of extensions) {
    const text = readFile(path + extension);
    if (text === undefined) continue;
    const nested = [...text.matchAll(/\\(?:input|include|usepackage|RequirePackage)(?:\[[^\]]*\])?\{([^}]*)\}/g)].flatMap((m) =>
      included((m[1] ?? '').trim(), readFile, seen),
    );
    return [...nested, ...readMacros(text)];
  }
  return [];
}

const none: MacroSet = new Map();

export function readAll(document: SourceDocument, readFile: (path: string) => string | undefined, before: Readings): Reading {
  const pending = definitions(document, readFile);
  let macros = none;
  let key = '';
  let next = 0;
  const formulas: FormulaReading[] = [];
  const define = (more: readonly Macro[]): void => {
    if (more.length === 0) return;
    macros = macroSet([...macros.values(), ...more]);
    key += more.map((m) => `${m.name}\u0001${m.body}\u0001${m.params}`).join('\u0002');
  };
  for (const formula of document.formulas) {
    for (let d = pending[next]; d && d.at <= formula.span.start; d = pending[++next]) define(d.macros);
    const reading = readOne(formula, key, macros, before);
    formulas.push(reading);
    define(reading.read.defined);
  }
  return { formulas, macros, macroKey: key };
}

/** Reads a formula under a set of macros, unless it was read under them before. */
export function readOne(formula: Formula, macroKey: string, macros: MacroSet, { trees, readings }: Readings): FormulaReading {
  const known = readings.get(formula);
  if (known?.macros === macroKey) return known.reading;
  const reading = { formula, read: treeOf(trees, macroKey, formula.tex, macros), macros };
  readings.set(formula, { macros: macroKey, reading });
  return reading;
}

const mostTrees = 50_000;

function treeOf(trees: Readings['trees'], macroKey: string, tex: string, macros: MacroSet): ReadFormula {
  const key = macroKey === '' ? tex : `${macroKey}\u0000${tex}`;
  let read = trees.get(key);
  if (!read) {
    read = readFormula(tex, macros);
    if (trees.size > mostTrees) trees.clear();
    trees.set(key, read);
  }
  return read;
}
