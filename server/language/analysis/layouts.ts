// Which layout rules where: declared by directive, settings or words; else the one under which most equations conform.
import type { Environment } from '../context/environment.js';
import type { Candidate, Conflict, GradientKind } from '../shapes/candidate.js';
import { isProperMatrix, isScalar, sameShape, transpose } from '../shapes/shape.js';
import type { Layout } from '../term.js';
import { type Item, isEquation } from './items.js';
import { chosen, conflictsOf, hasDerivative, type Inferred, type StatementContext } from './statements.js';

export interface LayoutChoice {
  readonly layout: Layout;
  readonly from: 'declared' | 'inferred' | 'default';
  /** Of how many equations that tell layouts apart. */
  readonly conforming?: number;
  readonly counted?: number;
}

interface Laid {
  readonly context: StatementContext;
  readonly layout: Layout;
  readonly inferred: Inferred;
  readonly layoutDeclared: boolean;
}

/** The layout of the whole document. `inferUnder` infers an item as if a layout ruled that nobody declared. */
export function documentLayout(
  items: readonly Item[],
  env: Environment,
  inferUnder: (item: Item, layout: Layout) => Inferred,
  meant: ReadonlyMap<number, Layout> = new Map(),
): LayoutChoice {
  const fact = env.layoutAt(items[0]?.position ?? 0) ?? env.layoutAt(Number.MAX_SAFE_INTEGER);
  if (fact) return { layout: meant.get(fact.span.start) ?? fact.layout, from: 'declared' };
  const counts = { numerator: 0, denominator: 0, mixed: 0 };
  let counted = 0;
  for (const item of items) {
    const conforming = conformingLayouts(item, inferUnder);
    if (!conforming) continue;
    counted++;
    for (const l of conforming) counts[l]++;
  }
  return chooseLayout(counts, counted);
}

const layouts: readonly Layout[] = ['numerator', 'denominator', 'mixed'];

/** The layouts under which an equation conforms; undefined if it does not tell them apart. */
export function conformingLayouts(item: Item, inferUnder: (item: Item, layout: Layout) => Inferred): readonly Layout[] | undefined {
  if (!isEquation(item.statement) || !item.statement.members.some(hasDerivative)) return undefined;
  const told = layouts.map((l) => tells(inferUnder(item, l)));
  return told.every((t) => t === told[0]) ? undefined : layouts.filter((_, i) => told[i]);
}

/** "Gradients have the shape of their variable" means denominator or mixed layout: the one under which fewer formulas break, of each statement in words. */
export function meantLayouts(
  items: readonly Item[],
  env: Environment,
  inferUnder: (item: Item, layout: Layout) => Inferred,
): ReadonlyMap<number, Layout> {
  const broken = new Map<number, Map<Layout, number>>();
  for (const item of items) {
    const fact = env.layoutAt(item.position);
    if (!fact || fact.alternatives.length < 2 || !isEquation(item.statement) || !item.statement.members.some(hasDerivative)) continue;
    const counts = broken.get(fact.span.start) ?? new Map(fact.alternatives.map((l) => [l, 0]));
    broken.set(fact.span.start, counts);
    for (const layout of fact.alternatives) counts.set(layout, (counts.get(layout) ?? 0) + conflictsOf(inferUnder(item, layout)).length);
  }
  return new Map([...broken].map(([at, counts]) => [at, [...counts].reduce((a, b) => (b[1] < a[1] ? b : a))[0]]));
}

/**
 * Where no layout is declared: a gradient that fits only transposed, while two others of its kind fit as they are, is a mistake. Of ∇f one
 * other is enough, and none more that lie as it does.
 * Gradients by vectors that lie like their variable speak for those by matrices, too: rows beside matrices are a custom, the reverse is none.
 */
export function holdGradients<S extends Laid>(
  statements: readonly S[],
  again: (s: S, kinds: ReadonlySet<GradientKind>) => Inferred,
): readonly S[] {
  const told = statements.map((s) => (s.layoutDeclared ? {} : gradientTurns(s.inferred)));
  const count = (kind: GradientKind, way: Turn): number => told.filter((t) => t[kind] === way).length;
  const columns = statements.some((s) => s.layout !== 'numerator') && count('vector', 'turned') === 0;
  const straight = count('matrix', 'straight') + (columns ? count('vector', 'straight') : 0);
  const turned = count('matrix', 'turned');
  const matrices = straight >= 2 && turned > 0 && turned < straight;
  const alone = turnedAlone(statements, told);
  const upright = count('nabla', 'straight') >= Math.max(1, count('nabla', 'turned'));
  return statements.map((s, i) => {
    const held = new Set<GradientKind>();
    if (upright && told[i]?.nabla === 'turned') held.add('nabla');
    if (matrices && told[i]?.matrix === 'turned') held.add('matrix');
    if (alone.has(s)) held.add('vector');
    return held.size > 0 ? { ...s, inferred: asTurned(again(s, held)) } : s;
  });
}

/** The one gradient by a vector of its section that lies another way than two others. Where several do, the author has rows here and columns there. */
function turnedAlone<S extends Laid>(statements: readonly S[], told: readonly Turns[]): ReadonlySet<S> {
  const sections = new Map<unknown, { readonly straight: S[]; readonly turned: S[] }>();
  statements.forEach((s, i) => {
    const way = told[i]?.vector;
    if (!way) return;
    const section = s.context.env.sections.at(s.context.position);
    const counts = sections.get(section) ?? { straight: [], turned: [] };
    sections.set(section, counts);
    counts[way].push(s);
  });
  return new Set([...sections.values()].flatMap(({ straight, turned }) => (straight.length >= 2 && turned.length === 1 ? turned : [])));
}

type Turns = Partial<Record<GradientKind, Turn>>;

type Turn = 'straight' | 'turned';

/** The mistakes of what had to be turned to fit are told as warnings. */
const asTurned = (inferred: Inferred): Inferred => ({
  ...inferred,
  conflicts: inferred.conflicts.map(turnedConflict),
  members: inferred.members.map((m) => (m.conflicts.length > 0 ? { ...m, conflicts: m.conflicts.map(turnedConflict) } : m)),
});

const turnedConflict = (c: Conflict): Conflict =>
  c.code === 'equation-mismatch' || c.code === 'product-mismatch' ? { ...c, why: 'turned' as const } : c;

/** Whether an equation conforms without turning a derivative, and whether it would tell layouts apart at all. */
function tells(inferred: Inferred): boolean | undefined {
  if (inferred.members.length < 2) return undefined;
  const derivatives = chosen(inferred.members).filter(
    (c) => (c.rule === 'derivative' || c.rule === 'gradient') && c.shape && !isScalar(c.shape),
  );
  if (derivatives.length === 0 || inferred.members.filter((m) => m.shape).length < 2) return undefined;
  const turned = derivatives.some((c) => c.detail?.kind === 'derivative' && c.detail.transposed);
  return !turned && inferred.conflicts.length === 0 && inferred.members.every((m) => m.conflicts.length === 0);
}

/** The layout under which most equations conform; ties go to mixed, then to denominator. */
function chooseLayout(counts: Readonly<Record<Layout, number>>, counted: number): LayoutChoice {
  const best = Math.max(counts.numerator, counts.denominator, counts.mixed);
  if (counted === 0 || best === 0 || counts.mixed === best)
    return {
      layout: 'mixed',
      from: counts.mixed > Math.min(counts.numerator, counts.denominator) ? 'inferred' : 'default',
      conforming: counts.mixed,
      counted,
    };
  const layout: Layout = counts.denominator === best ? 'denominator' : 'numerator';
  return { layout, from: 'inferred', conforming: best, counted };
}

/** How the gradients of scalars stand in an equation that conforms and has a shape of its own beside them; turned where one of a kind is. */
export function gradientTurns(inferred: Inferred): Turns {
  if (inferred.members.length < 2 || inferred.conflicts.length > 0) return {};
  const out: { -readonly [K in GradientKind]?: Turn } = {};
  for (const c of chosen(inferred.members)) {
    const way = turnOf(c);
    const by = c.parts[1]?.shape;
    if (!way || !by) continue;
    const kind = c.rule === 'gradient' ? 'nabla' : isProperMatrix(by) ? 'matrix' : 'vector';
    if (out[kind] !== 'turned') out[kind] = way;
  }
  const own = inferred.members.some(
    (m) => m.rule !== 'derivative' && m.rule !== 'gradient' && m.rule !== 'chain' && m.shape?.dims.every((d) => !d.flexible),
  );
  return own ? out : {};
}

function turnOf({ expr, rule, detail, shape, parts }: Candidate): Turn | undefined {
  const bare = rule === 'gradient' && expr.kind === 'nabla' && !expr.by;
  if ((rule !== 'derivative' && !bare) || detail?.kind !== 'derivative' || parts[0]?.shape?.dims.length !== 0) return undefined;
  if (!shape || sameShape(shape, transpose(shape))) return undefined;
  return detail.transposed ? 'turned' : 'straight';
}
