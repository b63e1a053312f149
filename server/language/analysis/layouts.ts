// Which layout rules where: declared by directive, settings or words; else the one under which most equations conform.
import type { Environment } from '../context/environment.js';
import { isProperMatrix, isScalar, sameShape, transpose } from '../shapes/shape.js';
import type { Layout } from '../term.js';
import { type Item, isEquation } from './items.js';
import { chosen, hasDerivative, type Inferred } from './statements.js';

export interface LayoutChoice {
  readonly layout: Layout;
  readonly from: 'declared' | 'inferred' | 'default';
  /** Of how many equations that tell layouts apart. */
  readonly conforming?: number;
  readonly counted?: number;
}

interface Laid {
  readonly inferred: Inferred;
  readonly layoutDeclared: boolean;
}

/** The layout of the whole document. `inferUnder` infers an item as if a layout ruled that nobody declared. */
export function documentLayout(
  items: readonly Item[],
  env: Environment,
  inferUnder: (item: Item, layout: Layout) => Inferred,
): LayoutChoice {
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

/** Where no layout is declared: a gradient by a matrix that fits only transposed, while two others fit as they are, is a mistake. */
export function holdGradients<S extends Laid>(statements: readonly S[], again: (s: S) => Inferred): readonly S[] {
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

/** Whether an equation conforms without turning a derivative, and whether it would tell layouts apart at all. */
function tells(inferred: Inferred): boolean | undefined {
  if (inferred.members.length < 2) return undefined;
  const derivatives = [...chosen(inferred.members)].filter(
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
