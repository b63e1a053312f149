// What the document says a function is: a map between spaces, an activation, softmax; and what custom makes of Greek heads.
import type { FunctionMeaning } from '../shapes/candidate.js';
import type { Dim } from '../shapes/dimension.js';
import { jacobianOfMap } from '../shapes/rules/derivative.js';
import type { Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import type { Fact } from './facts.js';
import { shapeOfWritten } from './resolve.js';

/** Functions that custom applies entry by entry. */
const customary: ReadonlySet<string> = new Set(['\\sigma', '\\phi', '\\varphi', '\\psi', '\\rho']);

/** The meaning of a head; undefined if neither the document nor custom tells one. */
export function meaningOf(facts: readonly Fact[], head: string, fresh: () => Dim): FunctionMeaning | undefined {
  let best: FunctionMeaning | undefined;
  for (const f of facts) {
    if (f.kind === 'map' && f.name.key === head) {
      const result = shapeOfWritten(f.codomain, new Map(), fresh);
      const domain = f.domain.map((d) => shapeOfWritten(d, new Map(), fresh));
      best = {
        kind: 'map',
        ...(result ? { result } : {}),
        ...(domain.length > 0 && domain.every((d) => d) ? { domain: domain as Shape[] } : {}),
      };
    }
    if (f.kind === 'function' && f.name === head) best = functionMeaning(f.meaning, f.axis);
  }
  return best ?? (customary.has(head) ? { kind: 'elementwise', customary: true } : undefined);
}

/** The shape of the Jacobian matrix of a map from vectors to vectors or numbers, m×n in every layout, and where the map is stated. */
export function statedJacobian(facts: readonly Fact[], head: string, fresh: () => Dim): { shape: Shape; at: Span } | undefined {
  const map = facts.find((f) => f.kind === 'map' && f.name.key === head);
  const meaning = map && meaningOf(facts, head, fresh);
  const shape = meaning && jacobianOfMap(meaning);
  return map && shape && { shape, at: map.span };
}

const functionMeaning = (meaning: string, axis: 'rows' | 'columns' | undefined): FunctionMeaning =>
  meaning === 'softmax'
    ? { kind: 'softmax', known: 'softmax', ...(axis ? { axis } : {}) }
    : meaning === 'element-wise'
      ? { kind: 'elementwise' }
      : { kind: 'elementwise', known: meaning };
