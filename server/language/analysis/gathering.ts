// Gathers what a document and its settings state, as facts with their places: settings, directives, memberships, prose. Nothing is learned here.
import { readDeclarations } from '../context/declarations.js';
import { type Directive, type DirectiveMistake, type DirectiveSettings, readConfiguration, readDirective } from '../context/directive.js';
import type { Fact } from '../context/facts.js';
import { readProse } from '../context/prose/index.js';
import { toDocumentSpan } from '../document/offsets.js';
import type { SourceDocument } from '../document/types.js';
import type { Expr, Name } from '../expr.js';
import { readFormula, readName } from '../syntax/lower.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import type { Reading } from './reading.js';

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

/** All facts; where two sources set the same, the later source wins: configuration, then directives in their order. */
export function gatherFacts(document: SourceDocument, reading: Reading, stated: StatedSettings): Gathered {
  const { facts, settings, mistakes } = readDirectives(document, reading, stated);
  for (const { formula, read } of reading.formulas) facts.push(...readDeclarations(read.statements, (s) => toDocumentSpan(formula.map, s)));
  facts.push(
    ...readProse(document, {
      formula: (i) => reading.formulas[i]?.read ?? { statements: [], size: 0, truncated: false },
      text: (tex) => readFormula(tex, reading.macros),
    }),
  );
  return { facts, settings, mistakes };
}

/** List items that hold an equation or a map beside a membership: they declare for themselves. */
export function localItems(document: SourceDocument, reading: Reading): readonly Span[] {
  return document.blocks.flatMap((block) => {
    if (block.kind !== 'prose' || !block.listItem) return [];
    const statements = block.content.flatMap((i) => (i.kind === 'formula' ? (reading.formulas[i.formula]?.read.statements ?? []) : []));
    const declaring = statements.some((s) => s.relations.includes('\\in'));
    const claiming = statements.some((s) => s.relations.some((r) => r === '=' || r === '\\mapsto'));
    return declaring && claiming ? [block.span] : [];
  });
}

function readDirectives(document: SourceDocument, reading: Reading, stated: StatedSettings): Directive {
  const facts: Fact[] = [];
  const mistakes: DirectiveMistake[] = [];
  let settings: DirectiveSettings = {};
  const name = (tex: string): Name | undefined => readName(tex, reading.macros);
  const dim = (text: string): Expr | undefined => readFormula(text, reading.macros).statements[0]?.members[0];
  if (stated.layout) facts.push({ kind: 'layout', layouts: [stated.layout], whole: true, span: everywhere });
  if (stated.config) {
    const found = readConfiguration(stated.config.text, name, dim);
    facts.push(...found.facts.map(anywhere));
    settings = found.settings;
  }
  for (const source of document.directives) {
    const found = readDirective(source, name, dim);
    facts.push(...(source.origin === 'front-matter' ? found.facts.map(anywhere) : found.facts));
    mistakes.push(...found.mistakes);
    settings = { ...settings, ...found.settings };
  }
  return { facts, settings, mistakes };
}

/** Before the document: what holds from its beginning on. */
const everywhere: Span = { start: -1, end: -1 };
const anywhere = (fact: Fact): Fact => ({ ...fact, span: everywhere });
