// Gathers what a document and its settings state, as facts with their places: settings, directives, memberships, prose. Nothing is learned here.
import { readDeclarations } from '../context/declarations.js';
import { type Directive, type DirectiveMistake, type DirectiveSettings, readConfiguration, readDirective } from '../context/directive.js';
import type { Fact } from '../context/facts.js';
import { type FormulaReader, type ProseCache, proseFor, readProse } from '../context/prose/index.js';
import { readSuppositions } from '../context/suppositions.js';
import { toDocumentSpan } from '../document/offsets.js';
import type { Block, DirectiveSource, SourceDocument } from '../document/types.js';
import type { Expr, Name } from '../expr.js';
import { readFormula, readName } from '../syntax/lower.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import type { FormulaReading, Reading } from './reading.js';

/** What settings state of every document. */
export interface StatedSettings {
  readonly layout?: Layout;
  readonly config?: { readonly text: string; readonly path: string };
}

export interface Gathered {
  readonly facts: readonly Fact[];
  readonly settings: DirectiveSettings;
  /** Of the document's directives; those of a configuration file are not the document's. */
  readonly mistakes: readonly DirectiveMistake[];
}

/** What was gathered before, and is the same under the same macros. */
export interface GatheringMemory {
  readonly prose: ProseCache;
  readonly directives: WeakMap<DirectiveSource, Known>;
  configuration: Known | undefined;
}

interface Known {
  readonly key: string;
  readonly directive: Directive;
}

/** All facts; where two sources set the same, the later source wins: configuration, then directives in their order. */
export function gatherFacts(document: SourceDocument, reading: Reading, stated: StatedSettings, memory: GatheringMemory): Gathered {
  const { facts, settings, mistakes } = readDirectives(document, reading, stated, memory);
  for (const r of reading.formulas) for (const fact of declarationsOf(r)) facts.push(fact);
  for (const fact of readProse(document, proseReader(document, reading), proseFor(memory.prose, reading.macroKey))) facts.push(fact);
  return { facts, settings, mistakes };
}

export const proseReader = (document: SourceDocument, reading: Reading): FormulaReader => ({
  formula: (i) => reading.formulas[document.numbered(i)]?.read ?? { statements: [], size: 0, truncated: false },
  text: (tex) => readFormula(tex, reading.macros),
});

const declared = new WeakMap<FormulaReading, readonly Fact[]>();

export function declarationsOf(reading: FormulaReading): readonly Fact[] {
  let facts = declared.get(reading);
  if (!facts) {
    const { formula, read, macros } = reading;
    const place = (s: Span): Span => toDocumentSpan(formula.map, s);
    facts = [
      ...readDeclarations(read.statements, place),
      ...readSuppositions(formula.tex, read.statements, (tex) => readName(tex, macros), place),
    ];
    declared.set(reading, facts);
  }
  return facts;
}

/**
 * List items that hold an equation or a map beside a membership, with the lists within them: they declare for themselves, as the entries
 * of a table of identities do. Numbered items may be steps: there only those do that declare a symbol which another one declares too.
 */
export function localItems(document: SourceDocument, reading: Reading): readonly Span[] {
  const found = document.blocks.flatMap((block, at) => {
    if (block.kind !== 'prose' || !block.listItem) return [];
    const readings = block.content.flatMap((i) => (i.kind === 'formula' ? (reading.formulas[document.numbered(i.formula)] ?? []) : []));
    const statements = readings.flatMap((r) => r.read.statements);
    const declaring = statements.some((s) => s.relations.includes('\\in'));
    // v = E x ∈ ℝ^d declares v with what it is.
    const claiming = statements.some((s) => !s.relations.includes('\\in') && s.relations.some((r) => r === '=' || r === '\\mapsto'));
    if (!declaring || !claiming) return [];
    const names = new Set(readings.flatMap(declarationsOf).flatMap((fact) => (fact.kind === 'shape' ? [fact.name.key] : [])));
    const span = { start: block.span.start, end: endOfItem(document.blocks, at, block.listItem) };
    return [{ span, names, numbered: block.numbered === true }];
  });
  const times = new Map<string, number>();
  for (const { names } of found) for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const isAlternative = (names: ReadonlySet<string>): boolean => [...names].some((name) => (times.get(name) ?? 0) > 1);
  return found.filter(({ numbered, names }) => !numbered || isAlternative(names)).map(({ span }) => span);
}

function endOfItem(blocks: readonly Block[], at: number, depth: number): number {
  let last = at;
  for (let next = blocks[at + 1]; next?.kind === 'prose' && (next.listItem ?? 0) > depth; next = blocks[last + 1]) last++;
  return blocks[last]?.span.end ?? 0;
}

function readDirectives(document: SourceDocument, reading: Reading, stated: StatedSettings, memory: GatheringMemory): Directive {
  const facts: Fact[] = [];
  const mistakes: DirectiveMistake[] = [];
  let settings: DirectiveSettings = {};
  const name = (tex: string): Name | undefined => readName(tex, reading.macros);
  const dim = (text: string): Expr | undefined => readFormula(text, reading.macros).statements[0]?.members[0];
  if (stated.layout) facts.push({ kind: 'layout', layouts: [stated.layout], whole: true, span: everywhere });
  if (stated.config) {
    const key = `${reading.macroKey}\u0000${stated.config.text}`;
    if (memory.configuration?.key !== key)
      memory.configuration = { key, directive: everywhereOf(readConfiguration(stated.config.text, name, dim)) };
    const found = memory.configuration.directive;
    facts.push(...found.facts);
    settings = found.settings;
  }
  for (const source of document.directives) {
    let known = memory.directives.get(source);
    if (known?.key !== reading.macroKey) {
      const read = readDirective(source, name, dim);
      known = { key: reading.macroKey, directive: source.origin === 'front-matter' ? everywhereOf(read) : read };
      memory.directives.set(source, known);
    }
    const found = known.directive;
    facts.push(...found.facts);
    mistakes.push(...found.mistakes);
    settings = { ...settings, ...found.settings };
  }
  return { facts, settings, mistakes };
}

/** Before the document: what holds from its beginning on. */
const everywhere: Span = { start: -1, end: -1 };
const everywhereOf = (d: Directive): Directive => ({ ...d, facts: d.facts.map((fact) => ({ ...fact, span: everywhere })) });
