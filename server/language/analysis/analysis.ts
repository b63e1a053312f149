// The order of the stages: text → formulas → facts → environment → what definitions tell → layout → every statement inferred.
import type { DirectiveMistake, DirectiveSettings } from '../context/directive.js';
import { type Environment, makeEnvironment } from '../context/environment.js';
import type { Fact } from '../context/facts.js';
import { readSections, type Sections } from '../context/sections.js';
import type { Formula, SourceDocument } from '../document/types.js';
import type { Statement } from '../expr.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import { type Coincidence, coincidencesIn, type Generic, genericFacts, sizesAsDims } from './coincidences.js';
import { type Definitions, readDefinitions } from './definitions.js';
import { gatherFacts, localItems, type StatedSettings } from './gathering.js';
import { hypothesize } from './hypothesis.js';
import { fixedLetters } from './indices.js';
import { type Item, indicesIn, itemsOf, labelsIn, lengthsIn, samplesIn, timedIn } from './items.js';
import { documentLayout, holdGradients, type LayoutChoice, meantLayouts } from './layouts.js';
import { makePlaces, type Places, type Ruling } from './places.js';
import { type Reading, readAll, type TreeCache } from './reading.js';
import { learnAll } from './rounds.js';
import { conflictsOf, type Inferred, inferStatement, type StatementContext } from './statements.js';

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
  /** What conforms only because two sizes have the same number. */
  readonly coincidences?: readonly Coincidence[];
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
  const sections = readSections(document, localItems(document, reading));
  const world: World = { items, sections, strictBroadcast: directives.broadcast === 'strict' };
  const own = inferAll(world, facts);
  const generic = genericFacts(facts);
  const statements = generic ? withCoincidences(own.statements, inferAll(world, generic.facts).statements, generic) : own.statements;
  return { document, reading, ...own, statements, directives, mistakes, cache };
}

/** What is the same whatever the facts are. */
interface World {
  readonly items: readonly Item[];
  readonly sections: Sections;
  readonly strictBroadcast: boolean;
}

function inferAll(world: World, facts: readonly Fact[]): Pick<Checked, 'env' | 'definitions' | 'layout' | 'statements'> {
  const { items } = world;
  const { env, definitions, places, meant } = learnt(world, facts);
  const inferUnder = (item: Item, layout: Layout): Inferred =>
    inferStatement(places.contextOf(item, { layout, declared: false }), item.statement);
  const layout = documentLayout(items, env, inferUnder, meant);
  const inferred = items.map((item): CheckedStatement => {
    const own = places.rulingAt(item);
    return checkItem(item, own.declared ? own : { layout: layout.layout, declared: false }, places, definitions);
  });
  const statements = holdGradients(inferred, (s, noTurn) => inferStatement({ ...s.context, noTurn }, s.statement));
  return { env, definitions, layout, statements: statements.map(withNumbers) };
}

interface Learnt {
  readonly env: Environment;
  readonly definitions: Definitions;
  readonly places: Places;
  readonly meant: ReadonlyMap<number, Layout>;
}

/** The environment with all that definitions and uses tell. Where words mean one of several layouts, they are learned again under the one that fits. */
function learnt({ items, sections, strictBroadcast }: World, facts: readonly Fact[], meant: Learnt['meant'] = new Map()): Learnt {
  const env = makeEnvironment(facts, sections, labelsIn(items), { samples: samplesIn(items), indices: indicesIn(items) });
  const definitions = readDefinitions(items, env);
  const fixed = fixedLetters(items.map((i) => i.statement));
  const places = makePlaces({ env, definitions, lengths: lengthsIn(items), timed: timedIn(items), fixed, strictBroadcast, meant });
  learnAll(items, env, places);
  if (meant.size > 0) return { env, definitions, places, meant };
  const found = meantLayouts(items, env, (item, layout) =>
    inferStatement(places.contextOf(item, { layout, declared: true }), item.statement),
  );
  return found.size > 0 ? learnt({ items, sections, strictBroadcast }, facts, found) : { env, definitions, places, meant };
}

/** Where names alone do not conform, their numbers may. */
function withNumbers(s: CheckedStatement): CheckedStatement {
  const { env } = s.context;
  const before = conflictsOf(s.inferred).length;
  if (env.sizes.size === 0 || before === 0) return s;
  const sizes = sizesAsDims(env.sizes);
  const context = { ...s.context, sizes };
  const inferred = inferStatement(context, s.statement);
  const coincidences = coincidencesIn(s.inferred, inferred, sizes);
  return coincidences.length > 0 || conflictsOf(inferred).length < before ? { ...s, inferred, context, coincidences } : s;
}

/** What conforms with numbers and not with names. If most of it is so, the names are not the ones that the document would use. */
function withCoincidences(
  own: readonly CheckedStatement[],
  generic: readonly CheckedStatement[],
  { sizes }: Generic,
): readonly CheckedStatement[] {
  const found = own.map((s, i) => {
    const other = generic[i];
    return other && conflictsOf(s.inferred).length === 0 ? coincidencesIn(other.inferred, s.inferred, sizes) : [];
  });
  const equations = own.filter((s) => s.statement.members.length > 1 && conflictsOf(s.inferred).length === 0).length;
  if (found.filter((f) => f.length > 0).length * 2 > equations + 1) return own;
  return own.map((s, i) => (found[i]?.length ? { ...s, coincidences: [...(s.coincidences ?? []), ...(found[i] ?? [])] } : s));
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
