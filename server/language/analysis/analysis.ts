// The order of the stages: text → formulas → facts → environment → what definitions tell → layout → every statement inferred.

import { makeEnvironment } from '../context/environment.js';
import type { Fact } from '../context/facts.js';
import { headingsOf, readSections, type Sections } from '../context/sections.js';
import type { SourceDocument } from '../document/types.js';
import type { Layout } from '../term.js';
import { checkAgain, type Remake } from './again.js';
import type { AnalysisSettings, Checked, CheckedStatement } from './checked.js';
import { coincidencesIn, type Generic, genericFacts, sizesAsDims } from './coincidences.js';
import { readDefinitions } from './definitions.js';
import { gatherFacts, localItems } from './gathering.js';
import { hypothesize, isOpen } from './hypothesis.js';
import { fixedIn, type Item, indicesIn, itemsOf, labelsIn, lengthsIn, samplesIn, timedIn } from './items.js';
import { documentLayout, holdGradients, meantLayouts } from './layouts.js';
import { boundedMemory, inferencesFor, type Memory, recalling } from './memory.js';
import { declared, makePlaces, type Places, type Ruling, undeclared } from './places.js';
import { type Reading, readAll } from './reading.js';
import { learnAll } from './rounds.js';
import { conflictsOf, inferStatement } from './statements.js';

export type { AnalysisSettings, Checked, CheckedStatement } from './checked.js';

/**
 * Analyses a document that has been read. Pure: the same document and settings give the same result, whatever the memory holds and
 * whatever was analysed before.
 */
export function check(document: SourceDocument, settings: AnalysisSettings, remembered: Memory, before?: Checked): Checked {
  const again = before && sameSettings(before.settings, settings) ? checkAgain(document, before, remake) : undefined;
  return again ?? checkAll(document, settings, boundedMemory(remembered));
}

const sameSettings = (a: AnalysisSettings, b: AnalysisSettings): boolean =>
  a.layout === b.layout && a.config?.text === b.config?.text && a.config?.path === b.config?.path;

const remake: Remake = {
  placesFor: (before, definitions) =>
    makePlaces({
      ...before.surroundings,
      env: before.env,
      definitions,
      meant: before.meant,
      recall: recalling(before.inferences, before.env, definitions),
    }),
  checkItem: (item, places, layout) => withNumbers(checkItem(item, rulingOf(item, places, layout), places)),
};

function checkAll(document: SourceDocument, settings: AnalysisSettings, memory: Memory): Checked {
  const reading = readAll(document, settings.readFile ?? (() => undefined), memory);
  const { facts, settings: directives, mistakes } = gatherFacts(document, reading, settings, memory);
  const items = itemsOf(reading, memory.items);
  const surroundings = {
    lengths: lengthsIn(items),
    timed: timedIn(items),
    indices: indicesIn(items),
    fixed: fixedIn(items),
    strictBroadcast: directives.broadcast === 'strict',
  };
  const world: World = { items, sections: sectionsOf(document, reading, memory), surroundings, memory };
  const own = inferAll(world, facts, 'own');
  const generic = genericFacts(facts);
  const statements = generic
    ? withCoincidences(own.statements, inferAll(world, generic.facts, 'generic').statements, generic)
    : own.statements;
  return { document, settings, reading, items, surroundings, ...own, statements, directives, mistakes, memory };
}

/** What is the same whatever the facts are. */
interface World {
  readonly items: readonly Item[];
  readonly sections: Sections;
  readonly surroundings: Checked['surroundings'];
  readonly memory: Memory;
}

function inferAll(
  world: World,
  facts: readonly Fact[],
  which: keyof Memory['inferences'],
): Pick<Checked, 'env' | 'definitions' | 'layout' | 'statements' | 'inferences' | 'meant'> {
  const { items } = world;
  const { env, definitions, places, meant, inferences } = learnt(world, facts, which);
  const layout = documentLayout(items, env, (item, l) => places.infer(item, undeclared[l]), meant);
  const inferred = items.map((item): CheckedStatement => checkItem(item, rulingOf(item, places, layout.layout), places));
  const statements = holdGradients(inferred, (s, noTurn) => inferStatement({ ...s.context, noTurn }, s.statement));
  return { env, definitions, layout, statements: statements.map(withNumbers), inferences, meant };
}

type Learnt = Pick<Checked, 'env' | 'definitions' | 'inferences' | 'meant'> & { readonly places: Places };

/** The environment with all that definitions and uses tell. Where words mean one of several layouts, they are learned again under the one that fits. */
function learnt(world: World, facts: readonly Fact[], which: keyof Memory['inferences'], meant: Learnt['meant'] = new Map()): Learnt {
  const { items, sections, surroundings, memory } = world;
  const env = makeEnvironment(
    {
      facts,
      sections,
      labels: () => labelsIn(items),
      samples: samplesIn(items),
      indices: surroundings.indices,
      lengths: surroundings.lengths,
    },
    memory.continuity,
  );
  const definitions = readDefinitions(items, env, memory.continuity.states);
  const { lengths, timed, indices, fixed, strictBroadcast } = surroundings;
  const general = JSON.stringify([
    env.general,
    memory.sections?.signature,
    [...lengths],
    [...timed],
    indices.has('t'),
    [...fixed],
    strictBroadcast,
  ]);
  if (memory.inferences[which].general !== general) memory.inferences[which] = inferencesFor(general);
  const inferences = memory.inferences[which];
  const places = makePlaces({ ...surroundings, env, definitions, meant, recall: recalling(inferences, env, definitions) });
  learnAll(items, env, places);
  const found = meant.size > 0 ? meant : meantLayouts(items, env, (item, l) => places.infer(item, declared[l]));
  return found === meant || found.size === 0 ? { env, definitions, places, meant, inferences } : learnt(world, facts, which, found);
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

/** What is declared at an item, or the layout of the document. */
function rulingOf(item: Item, places: Places, layout: Layout): Ruling {
  const own = places.rulingAt(item);
  return own.declared ? own : undeclared[layout];
}

/** The sections of a document: the same object as long as its headings are the same. */
function sectionsOf(document: SourceDocument, reading: Reading, memory: Memory): Sections {
  const locals = localItems(document, reading);
  const headings = headingsOf(document);
  const signature = JSON.stringify([headings, locals]);
  if (memory.sections?.signature !== signature) memory.sections = { signature, sections: readSections(headings, locals) };
  return memory.sections.sections;
}

function checkItem(item: Item, ruling: Ruling, places: Places): CheckedStatement {
  const { layout, declared } = ruling;
  const context = places.contextOf(item, ruling);
  const inferred = places.infer(item, ruling);
  const supposed = isOpen(inferred)
    ? places.recall(item, `supposed ${ruling.question}`, () =>
        hypothesize({ env: context.env, definitions: places.definitions, position: item.position, layout, declared }, inferred),
      )
    : undefined;
  const { reading, statement, place } = item;
  const formula = reading.formula;
  return supposed
    ? { formula, statement, inferred, place, layout, layoutDeclared: declared, context, supposed }
    : { formula, statement, inferred, place, layout, layoutDeclared: declared, context };
}
