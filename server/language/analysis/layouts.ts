// Which layout rules where: declared by directive, settings or words; else the one under which most equations conform.

import { isScalar } from '../shapes/shape.js';
import type { Layout } from '../term.js';
import { chosen, type Inferred } from './statements.js';

export interface LayoutChoice {
  readonly layout: Layout;
  readonly from: 'declared' | 'inferred' | 'default';
  /** Of how many equations that tell layouts apart. */
  readonly conforming?: number;
  readonly counted?: number;
}

/** Whether an equation conforms without turning a derivative, and whether it would tell layouts apart at all. */
export function tells(inferred: Inferred): boolean | undefined {
  if (inferred.members.length < 2) return undefined;
  const derivatives = [...chosen(inferred.members)].filter(
    (c) => (c.rule === 'derivative' || c.rule === 'gradient') && c.shape && !isScalar(c.shape),
  );
  if (derivatives.length === 0 || inferred.members.filter((m) => m.shape).length < 2) return undefined;
  const turned = derivatives.some((c) => c.detail?.kind === 'derivative' && c.detail.transposed);
  return !turned && inferred.conflicts.length === 0 && inferred.members.every((m) => m.conflicts.length === 0);
}

/** The layout under which most equations conform; ties go to mixed, then to denominator. */
export function chooseLayout(counts: Readonly<Record<Layout, number>>, counted: number): LayoutChoice {
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
