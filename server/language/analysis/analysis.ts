// The order of the stages: text → formulas → facts → environment → what definitions tell → layout → every statement inferred.
import { readDeclarations } from '../context/declarations.js';
import { type DirectiveSettings, readConfiguration, readDirective } from '../context/directive.js';
import { type Environment, makeEnvironment } from '../context/environment.js';
import type { Fact } from '../context/facts.js';
import type { LayerLabel } from '../context/network.js';
import { readProse } from '../context/prose/index.js';
import { readSections } from '../context/sections.js';
import { toDocumentSpan } from '../document/offsets.js';
import type { Formula, SourceDocument } from '../document/types.js';
import type { Expr, Name, Statement } from '../expr.js';
import type { Candidate } from '../shapes/candidate.js';
import { isProperMatrix, sameShape, transpose } from '../shapes/shape.js';
import { readFormula, readName } from '../syntax/lower.js';
import { walk } from '../syntax/print.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import { type Definitions, readDefinitions } from './definitions.js';
import { hypothesize } from './hypothesis.js';
import { chooseLayout, type LayoutChoice, tells } from './layouts.js';
import { type Learned, lessons } from './learning.js';
import { type FormulaReading, type Reading, readAll, type TreeCache } from './reading.js';
import { declares, hasDerivative, type Inferred, inferenceFor, inferStatement, type StatementContext } from './statements.js';
import { supposeShapes } from './supposing.js';

export interface AnalysisSettings {
  readonly layout?: Layout;
  readonly config?: { readonly text: string; readonly path: string };
  readonly readFile?: (path: string) => string | undefined;
}

export interface Mistake {
  readonly span: Span;
  readonly message: string;
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
  readonly mistakes: readonly Mistake[];
  readonly definitions: Definitions;
  readonly cache: TreeCache;
}

interface Item {
  readonly reading: FormulaReading;
  readonly statement: Statement;
  readonly place: (span: Span) => Span;
  readonly position: number;
}

const rounds = 8;

/** Analyses a document that has been read. Pure: the same document and settings give the same result, whatever the cache holds. */
export function check(document: SourceDocument, settings: AnalysisSettings, cache: TreeCache): Checked {
  const reading = readAll(document, settings.readFile ?? (() => undefined), cache);
  const gathered = gatherFacts(document, reading, settings);
  const items = itemsOf(reading);
  const env = makeEnvironment(gathered.facts, readSections(document, localItems(document, reading)), labelsIn(items), samplesIn(items));
  const definitions = readDefinitions(items, env);
  const lengths = lengthsIn(items);
  const cxFor = (item: Item, layout: Layout, declared: boolean): StatementContext => ({
    env,
    position: item.position,
    layout,
    declared,
    lengths,
    strictBroadcast: gathered.settings.broadcast === 'strict',
    alias: definitions.alias,
    diagonal: definitions.diagonal,
  });
  const ruling = (item: Item): { layout: Layout; declared: boolean } => {
    const fact = env.layoutAt(item.position);
    return fact ? { layout: fact.layout, declared: true } : { layout: 'mixed', declared: false };
  };
  const known = new Map<
    Item,
    { readonly version: number; readonly layout: Layout; readonly declared: boolean; readonly inferred: Inferred }
  >();
  // What was inferred stays right as long as nothing new is learned and the layout is the same.
  const inferItem = (item: Item, layout: Layout, declared: boolean): Inferred => {
    const old = known.get(item);
    if (old && old.version === env.version() && old.layout === layout && old.declared === declared) return old.inferred;
    const inferred = inferStatement(cxFor(item, layout, declared), item.statement);
    known.set(item, { version: env.version(), layout, declared, inferred });
    return inferred;
  };
  const inferRuled = (item: Item): Inferred => inferItem(item, ruling(item).layout, ruling(item).declared);
  const open = learn(items, env, inferRuled);
  const supposable = open.map((i) => ({ statement: i.statement, position: i.position, at: i.place(i.statement.span), item: i }));
  const supposed = supposeShapes(supposable, env, (s, lookup) => {
    const { item } = s as (typeof supposable)[number];
    const { layout: own, declared } = ruling(item);
    return { ...inferenceFor(cxFor(item, own, declared), item.statement), lookup };
  });
  if (supposed) learn(items, env, inferRuled);
  const layout = documentLayout(items, env, (item, l) => inferStatement(cxFor(item, l, false), item.statement));
  const statements = items.map((item): CheckedStatement => {
    const own = ruling(item);
    const used = own.declared ? own.layout : layout.layout;
    const context = cxFor(item, used, own.declared);
    const inferred = inferItem(item, used, own.declared);
    const supposed = hypothesize({ env, definitions, position: item.position, layout: used, declared: own.declared }, inferred);
    return {
      formula: item.reading.formula,
      statement: item.statement,
      inferred,
      ...(supposed ? { supposed } : {}),
      place: item.place,
      layout: used,
      layoutDeclared: own.declared,
      context,
    };
  });
  const held = holdGradients(statements, (s) => inferStatement({ ...s.context, noTurn: true }, s.statement));
  return {
    document,
    reading,
    env,
    statements: held,
    layout,
    directives: gathered.settings,
    mistakes: gathered.mistakes,
    definitions,
    cache,
  };
}

/** Where no layout is declared: a gradient by a matrix that fits only transposed, while two others fit as they are, is a mistake. */
function holdGradients(statements: readonly CheckedStatement[], again: (s: CheckedStatement) => Inferred): readonly CheckedStatement[] {
  const told = statements.map((s) => (s.layoutDeclared ? undefined : gradientTurn(s.inferred)));
  const straight = told.filter((t) => t === 'straight').length;
  const turned = told.filter((t) => t === 'turned').length;
  if (straight < 2 || turned === 0 || turned >= straight) return statements;
  return statements.map((s, i) => {
    if (told[i] !== 'turned') return s;
    const inferred = again(s);
    return {
      ...s,
      inferred: {
        ...inferred,
        conflicts: inferred.conflicts.map((c) => (c.code === 'equation-mismatch' ? { ...c, why: 'turned' as const } : c)),
      },
    };
  });
}

/** How a gradient of a scalar by a matrix stands in an equation whose other side has a shape of its own. */
function gradientTurn(inferred: Inferred): 'straight' | 'turned' | undefined {
  if (inferred.members.length < 2 || inferred.conflicts.length > 0) return undefined;
  const gradient = inferred.members.find(
    (m) =>
      m.rule === 'derivative' &&
      m.parts[0]?.shape?.dims.length === 0 &&
      m.parts[1]?.shape !== undefined &&
      isProperMatrix(m.parts[1].shape),
  );
  const detail = gradient?.detail;
  if (!gradient?.shape || detail?.kind !== 'derivative' || sameShape(gradient.shape, transpose(gradient.shape))) return undefined;
  const other = inferred.members.some((m) => m !== gradient && m.rule !== 'chain' && m.shape?.dims.every((d) => !d.flexible));
  return other ? (detail.transposed ? 'turned' : 'straight') : undefined;
}

function itemsOf(reading: Reading): readonly Item[] {
  return reading.formulas.flatMap((r) => {
    const place = (span: Span): Span => toDocumentSpan(r.formula.map, span);
    return r.read.statements.map((statement) => ({ reading: r, statement, place, position: place(statement.span).start }));
  });
}

interface Gathered {
  readonly facts: readonly Fact[];
  readonly settings: DirectiveSettings;
  readonly mistakes: readonly Mistake[];
}

function gatherFacts(document: SourceDocument, reading: Reading, settings: AnalysisSettings): Gathered {
  const facts: Fact[] = [];
  const mistakes: Mistake[] = [];
  let merged: DirectiveSettings = {};
  const name = (tex: string): Name | undefined => readName(tex, reading.macros);
  const dim = (text: string): Expr | undefined => readFormula(text, reading.macros).statements[0]?.members[0];
  if (settings.layout) facts.push({ kind: 'layout', layouts: [settings.layout], whole: true, span: { start: -1, end: -1 } });
  if (settings.config) {
    const found = readConfiguration(settings.config.text, name, dim);
    facts.push(...found.facts.map((f) => ({ ...f, span: { start: -1, end: -1 } })));
    merged = found.settings;
  }
  for (const source of document.directives) {
    const found = readDirective(source, name, dim);
    const everywhere = source.origin === 'front-matter';
    facts.push(...(everywhere ? found.facts.map((f) => ({ ...f, span: { start: -1, end: -1 } })) : found.facts));
    mistakes.push(...found.mistakes);
    merged = { ...merged, ...found.settings };
  }
  for (const { formula, read } of reading.formulas) facts.push(...readDeclarations(read.statements, (s) => toDocumentSpan(formula.map, s)));
  facts.push(
    ...readProse(document, {
      formula: (i) => reading.formulas[i]?.read ?? { statements: [], size: 0, truncated: false },
      text: (tex) => readFormula(tex, reading.macros),
    }),
  );
  return { facts, settings: merged, mistakes };
}

/** List items that hold an equation or a map beside a membership: they declare for themselves. */
function localItems(document: SourceDocument, reading: Reading): readonly Span[] {
  return document.blocks.flatMap((block) => {
    if (block.kind !== 'prose' || !block.listItem) return [];
    const statements = block.content.flatMap((i) => (i.kind === 'formula' ? (reading.formulas[i.formula]?.read.statements ?? []) : []));
    const declaring = statements.some((s) => s.relations.includes('\\in'));
    const claiming = statements.some((s) => s.relations.some((r) => r === '=' || r === '\\mapsto'));
    return declaring && claiming ? [block.span] : [];
  });
}

/** Labels with numbers on letters, for the network's index habit. */
function labelsIn(items: readonly Item[]): readonly LayerLabel[] {
  const out: LayerLabel[] = [];
  for (const { statement } of items)
    for (const m of statement.members)
      for (const e of walk(m)) {
        const name = e.kind === 'symbol' ? e.name : e.kind === 'power' ? e.asName : undefined;
        const index = name?.labels[0] ?? (name?.subs.length === 1 ? name.subs[0] : undefined);
        if (name && index?.kind === 'number')
          out.push({ base: name.base, label: index.value, subscript: name.labels.length === 0, style: name.labelStyle });
      }
  return out;
}

/** Indexed letters that are used as vectors: transposed, behind a matrix, or inside a norm. */
function samplesIn(items: readonly Item[]): ReadonlySet<string> {
  const out = new Set<string>();
  const note = (e: Expr | undefined): void => {
    if (e?.kind === 'symbol' && e.name.subs.length === 1) out.add(e.name.base);
  };
  for (const { statement } of items)
    for (const m of statement.members)
      for (const e of walk(m)) {
        if (e.kind === 'transpose' && e.sign !== 't' && e.sign !== '*') note(e.base);
        if (e.kind === 'norm' && e.bars === 2) for (const inner of walk(e.body)) note(inner);
        if (e.kind === 'product')
          e.factors.forEach((f, i) => {
            const before = e.factors[i - 1];
            const base = before?.kind === 'transpose' ? before.base : before;
            if (base?.kind === 'symbol' && /^(?:\\mathbf\{)?[A-Z]\}?$/.test(base.name.base) && base.name.subs.length === 0) note(f);
          });
      }
  return out;
}

/** Letters that are upper limits of sums and products: a superscript of them may be a power. */
function lengthsIn(items: readonly Item[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { statement } of items)
    for (const m of statement.members)
      for (const e of walk(m)) if (e.kind === 'binder' && e.upper?.kind === 'symbol') out.add(e.upper.name.key);
  return out;
}

const isEquation = (s: Statement): boolean => s.members.length > 1 && !s.relations.every(declares);

/** Repeats inference over what is still open until nothing new is learned; what is open then is the result. */
function learn(items: readonly Item[], env: Environment, inferOf: (item: Item) => Inferred): readonly Item[] {
  let open = items.filter((i) => isEquation(i.statement));
  let uses = false;
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const before = env.version();
    const still: Item[] = [];
    for (const item of open) {
      const inferred = inferOf(item);
      const found = lessons(inferred).filter((l) => uses || l.from === 'definition');
      let learned = false;
      for (const lesson of found) learned = teach(env, lesson, item) || learned;
      if (learned || hasUnknown(inferred)) still.push(item);
    }
    open = still;
    // Uses count only when definitions tell nothing more.
    if (env.version() === before) {
      if (uses) break;
      uses = true;
    }
  }
  return open;
}

function teach(env: Environment, lesson: Learned, item: Item): boolean {
  if (lesson.applied)
    env.learnFunction(lesson.name.key, {
      kind: 'map',
      result: lesson.shape,
      ...(lesson.applied.argument ? { domain: [lesson.applied.argument] } : {}),
    });
  const known = env.lookup(lesson.name, item.position);
  if (known && known.how !== 'custom' && !known.vague) return false;
  return env.learn(lesson.name, lesson.shape, lesson.from, item.place(item.statement.span));
}

const hasUnknown = (inferred: Inferred): boolean => inferred.members.some(anyUnknown);
const anyUnknown = (c: Candidate): boolean =>
  !c.shape || (c.detail?.kind === 'found' && c.detail.found.vague === true) || c.parts.some(anyUnknown);

function documentLayout(items: readonly Item[], env: Environment, inferUnder: (item: Item, layout: Layout) => Inferred): LayoutChoice {
  const fact = env.layoutAt(items[0]?.position ?? 0) ?? env.layoutAt(Number.MAX_SAFE_INTEGER);
  if (fact) return { layout: fact.layout, from: 'declared' };
  const counts = { numerator: 0, denominator: 0, mixed: 0 };
  let counted = 0;
  for (const item of items) {
    if (!isEquation(item.statement) || !item.statement.members.some(hasDerivative)) continue;
    const told = (['numerator', 'denominator', 'mixed'] as const).map((l) => [l, tells(inferUnder(item, l))] as const);
    if (told.every(([, t]) => t === undefined) || told.every(([, t]) => t === told[0]?.[1])) continue;
    counted++;
    for (const [l, t] of told) if (t) counts[l]++;
  }
  return chooseLayout(counts, counted);
}
