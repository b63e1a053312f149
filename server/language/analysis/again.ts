// Analyses a document again after an edit that states nothing, defines nothing anew and teaches nothing: then everything that stood before stands,
// and only what is in the stretch that was read again is inferred. Where any of this is in doubt, the whole document is analysed.
import type { Fact } from '../context/facts.js';
import { proseFor, readProse, saysNothing } from '../context/prose/index.js';
import type { DocumentChange, Formula, SourceDocument } from '../document/types.js';
import type { Layout } from '../term.js';
import type { Checked, CheckedStatement } from './checked.js';
import { genericFacts } from './coincidences.js';
import { defineTheSame, replaced } from './definitions.js';
import { declarationsOf, proseReader } from './gathering.js';
import { type Item, itemsOf, labelsIn, sameHabits } from './items.js';
import { conformingLayouts, gradientTurns } from './layouts.js';
import { restsOnStated } from './memory.js';
import { type Places, undeclared } from './places.js';
import { type FormulaReading, type Reading, readOne } from './reading.js';
import { isQuiet } from './rounds.js';

/** What the analysis of a whole document does for some of its items. */
export interface Remake {
  readonly placesFor: (before: Checked, definitions: Checked['definitions']) => Places;
  readonly checkItem: (item: Item, places: Places, layout: Layout) => CheckedStatement;
}

/** The analysis after the edit; undefined where more than the stretch must be looked at. */
export function checkAgain(document: SourceDocument, before: Checked, { placesFor, checkItem }: Remake): Checked | undefined {
  const { change } = document;
  if (
    !change ||
    change.before !== before.document.version ||
    before.memory.inferences.own !== before.inferences ||
    !isPlain(change, before.document)
  )
    return undefined;
  // Coincidences are told, or not, of the document as a whole.
  if (genericFacts(before.env.facts)) return undefined;
  const reading = readAgain(document, change, before);
  if (!reading) return undefined;
  const { memory } = before;
  const fresh = reading.formulas.slice(change.formulas, change.formulas + change.added.formulas.length);
  if (!statesNothing(document, change, before, reading, fresh)) return undefined;
  const [from, to] = itemsBetween(before.items, change);
  const removed = before.items.slice(from, to);
  const added = itemsOf({ formulas: fresh }, memory.items);
  const statements = (items: readonly Item[]) => items.map((i) => i.statement);
  if (!sameHabits(removed, added) || !sameLabels(removed, added, before) || !defineTheSame(statements(removed), statements(added)))
    return undefined;
  const items = [...before.items.slice(0, from), ...added, ...before.items.slice(to)];
  const definitions = replaced(before.definitions, items);
  const places = placesFor(before, definitions);
  if (![...removed, ...added].every((item) => isApart(item, before, places))) return undefined;
  const checked = added.map((item) => checkItem(item, places, before.layout.layout));
  return {
    ...before,
    document,
    reading,
    items,
    definitions,
    statements: [...before.statements.slice(0, from), ...checked, ...before.statements.slice(to)],
  };
}

/** Formulas and paragraphs only: no directive, macro, heading, list or table is concerned, and nothing is silenced. */
function isPlain({ removed, added, blocks }: DocumentChange, before: SourceDocument): boolean {
  const neighbours = [before.blocks[blocks - 1], before.blocks[blocks + removed.blocks.length]];
  return (
    [removed, added].every(
      (s) =>
        s.directives.length + s.macroSources.length + s.inclusions.length === 0 &&
        s.blocks.length > 0 &&
        s.blocks.every((b) => b.kind === 'prose' && !b.listItem),
    ) &&
    before.inclusions.length === 0 &&
    neighbours.every((b) => b === undefined || b.kind !== 'prose' || !b.listItem)
  );
}

/** The formulas of the stretch read under the macros that hold there. */
function readAgain({ formulas }: SourceDocument, change: DocumentChange, { reading, memory }: Checked): Reading | undefined {
  const here = reading.formulas[change.formulas];
  const key = here ? memory.readings.get(here.formula)?.macros : reading.macroKey;
  if (key === undefined) return undefined;
  const macros = here?.macros ?? reading.macros;
  const fresh = change.added.formulas.map((f) => readOne(f, key, macros, memory));
  const old = reading.formulas.slice(change.formulas, change.formulas + change.removed.formulas.length);
  if ([...fresh, ...old].some((r) => r.read.defined.length > 0 || r.read.truncated)) return undefined;
  const all = [...reading.formulas.slice(0, change.formulas), ...fresh, ...reading.formulas.slice(change.formulas + old.length)];
  return all.length === formulas.length ? { ...reading, formulas: all } : undefined;
}

/** Neither what was there nor what is there now declares anything. */
function statesNothing(
  document: SourceDocument,
  change: DocumentChange,
  before: Checked,
  reading: Reading,
  fresh: readonly FormulaReading[],
): boolean {
  const { removed, added, formulas, blocks } = change;
  const old = before.reading.formulas.slice(formulas, formulas + removed.formulas.length);
  if ([...old, ...fresh].some((r) => declarationsOf(r).length > 0)) return false;
  const cache = proseFor(before.memory.prose, reading.macroKey);
  if (!saysNothing(cache, removed.blocks)) return false;
  const facts: readonly Fact[] = readProse({ ...document, blocks: added.blocks }, proseReader(document, reading), cache);
  const next = document.blocks[blocks + added.blocks.length];
  return facts.length === 0 && saysNothing(cache, added.blocks) && (!next || opensFreely(cache, next));
}

const opensFreely = (cache: Parameters<typeof saysNothing>[0], block: SourceDocument['blocks'][number]): boolean =>
  !cache.blocks.get(block)?.opening;

/** The labels of layers tell how a network counts them. */
const sameLabels = (a: readonly Item[], b: readonly Item[], { env }: Checked): boolean =>
  !env.network || JSON.stringify(labelsIn(a)) === JSON.stringify(labelsIn(b));

/** The items of the formulas that were removed. */
function itemsBetween(items: readonly Item[], { removed, span }: DocumentChange): readonly [number, number] {
  const own = new Set<Formula>(removed.formulas);
  let from = 0;
  while (from < items.length && (items[from] as Item).position < span.start) from++;
  let to = from;
  while (to < items.length && own.has((items[to] as Item).reading.formula)) to++;
  return [from, to];
}

/** Whether learning, and the choice of a layout, go on without an item as with it. */
function isApart(item: Item, { env, layout, inferences }: Checked, places: Places): boolean {
  const ruling = places.rulingAt(item);
  const inferred = places.inferRuled(item);
  if (!isQuiet(env, item, inferred) || !restsOnStated(item, ruling.question, env, inferences)) return false;
  // Of words that allow several layouts, all formulas together tell which is meant.
  if (ruling.declared) return (env.layoutAt(item.position)?.alternatives.length ?? 0) < 2;
  const chosen = places.infer(item, undeclared[layout.layout]);
  const tells = layout.from === 'declared' ? undefined : conformingLayouts(item, (i, l) => places.infer(i, undeclared[l]));
  return tells === undefined && Object.keys(gradientTurns(chosen)).length === 0;
}
