// The order of the stages: text → formulas → facts → environment → what definitions tell → layout → every statement inferred.
import type { DirectiveMistake, DirectiveSettings } from '../context/directive.js';
import { type Environment, makeEnvironment } from '../context/environment.js';
import { readSections } from '../context/sections.js';
import type { Formula, SourceDocument } from '../document/types.js';
import type { Statement } from '../expr.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import { type Definitions, readDefinitions } from './definitions.js';
import { gatherFacts, localItems, type StatedSettings } from './gathering.js';
import { hypothesize } from './hypothesis.js';
import { type Item, indicesIn, itemsOf, labelsIn, lengthsIn, samplesIn } from './items.js';
import { documentLayout, holdGradients, type LayoutChoice } from './layouts.js';
import { makePlaces, type Places, type Ruling } from './places.js';
import { type Reading, readAll, type TreeCache } from './reading.js';
import { learnAll } from './rounds.js';
import { type Inferred, inferStatement, type StatementContext } from './statements.js';

export interface AnalysisSettings extends StatedSettings {
  readonly readFile?: (path: string) => string | undefined;
}

export interface CheckedStatement {
  readonly formula: Formula;
  readonly statement: Statement;
  readonly inferred: Inferred;
  /** As inferred with supposed shapes where symbols are undeclared but fit: for values, and to say that it conforms. */
  readonly supposed?: Inferred;
  readonly place: (span: Span) => Span;
  readonly layout: Layout;
  readonly layoutDeclared: boolean;
  /** What the statement was inferred in: repairs are judged in the same place. */
  readonly context: StatementContext;
}

export interface Checked {
  readonly document: SourceDocument;
  readonly reading: Reading;
  readonly env: Environment;
  readonly statements: readonly CheckedStatement[];
  readonly layout: LayoutChoice;
  readonly directives: DirectiveSettings;
  readonly mistakes: readonly DirectiveMistake[];
  readonly definitions: Definitions;
  readonly cache: TreeCache;
}

/** Analyses a document that has been read. Pure: the same document and settings give the same result, whatever the cache holds. */
export function check(document: SourceDocument, settings: AnalysisSettings, cache: TreeCache): Checked {
  const reading = readAll(document, settings.readFile ?? (() => undefined), cache);
  const { facts, settings: directives, mistakes } = gatherFacts(document, reading, settings);
  const items = itemsOf(reading);
  const env = makeEnvironment(facts, readSections(document, localItems(document, reading)), labelsIn(items), {
    samples: samplesIn(items),
    indices: indicesIn(items),
  });
  const definitions = readDefinitions(items, env);
  const places = makePlaces({ env, definitions, lengths: lengthsIn(items), strictBroadcast: directives.broadcast === 'strict' });
  learnAll(items, env, places);
  const layout = documentLayout(items, env, (item, l) =>
    inferStatement(places.contextOf(item, { layout: l, declared: false }), item.statement),
  );
  const inferred = items.map((item): CheckedStatement => {
    const own = places.rulingAt(item);
    return checkItem(item, own.declared ? own : { layout: layout.layout, declared: false }, places, definitions);
  });
  const statements = holdGradients(inferred, (s) => inferStatement({ ...s.context, noTurn: true }, s.statement));
  return { document, reading, env, statements, layout, directives, mistakes, definitions, cache };
}

function checkItem(item: Item, ruling: Ruling, places: Places, definitions: Definitions): CheckedStatement {
  const { layout, declared } = ruling;
  const context = places.contextOf(item, ruling);
  const inferred = places.infer(item, ruling);
  const supposed = hypothesize({ env: context.env, definitions, position: item.position, layout, declared }, inferred);
  return {
    formula: item.reading.formula,
    statement: item.statement,
    inferred,
    ...(supposed ? { supposed } : {}),
    place: item.place,
    layout,
    layoutDeclared: declared,
    context,
  };
}
