// Statements about symbols that nothing declares, as (AB)^T = B^T A^T: supposes matrices and vectors of sizes that fit, by unification.

import type { Environment } from '../context/environment.js';
import type { Expr, Statement } from '../expr.js';
import type { Found, Inference } from '../shapes/candidate.js';
import { type Dim, dimName, namesOf } from '../shapes/dimension.js';
import { dimensionOf } from '../shapes/dims.js';
import { infer } from '../shapes/infer.js';
import { agree } from '../shapes/rules/agreement.js';
import { linkOf } from '../shapes/rules/chain.js';
import { column, isScalar, matrix, type Shape } from '../shapes/shape.js';
import { applySolution, type Solution, solve } from '../shapes/solve.js';
import { canonicalText, walk } from '../syntax/print.js';
import type { Layout } from '../term.js';
import type { Definitions } from './definitions.js';
import type { Inferred } from './statements.js';

/** Letters that custom uses for matrices: capitals, plain or bold. */
const matrixLike = (base: string): boolean => /^(?:\\mathbf\{)?[A-Z]\}?$/.test(base);
const vectorLike = (base: string): boolean => /^\\(?:mathbf|vec)\{[a-z]\}$/.test(base);

export interface Placed {
  readonly env: Environment;
  readonly definitions: Definitions;
  readonly position: number;
  readonly layout: Layout;
  readonly declared: boolean;
}

/** Whether a statement has an unknown side and no mistake. */
export function isOpen({ statement, members }: Inferred): boolean {
  if (statement.members.length < 2) return false;
  let open = false;
  for (const m of members) {
    if (m.conflicts.length > 0) return false;
    open ||= m.shape === undefined;
  }
  return open;
}

/** The statement inferred with supposed shapes, where all its unknown symbols can have one and it then conforms; else undefined. */
export function hypothesize(at: Placed, inferred: Inferred): Inferred | undefined {
  const { statement } = inferred;
  if (!isOpen(inferred)) return undefined;
  const supposed = suppose(at, statement);
  if (!supposed) return undefined;
  const { env, position } = at;
  let counter = 0;
  const cx: Inference = {
    layout: at.layout,
    declared: at.declared,
    sides: statement.members.map(linkOf).filter((l) => l !== undefined),
    wholes: new Set<Expr>(statement.members),
    lookup: (name) => supposed.get(name.key) ?? env.lookup(name, position),
    meaning: (h) => env.meaning(h, position),
    alias: at.definitions.alias,
    gradientName: () => undefined,
    diagonal: at.definitions.diagonal,
    variables: at.definitions.variables,
    diagonalPrimes: false,
    strictBroadcast: false,
    lengths: new Set<string>(),
    indices: new Set<string>(),
    timed: new Set<string>(),
    fresh: () => dimName(`?h${counter++}`),
    memo: new Map(),
    dimension: (e) => dimensionOf(e),
    text: canonicalText,
  };
  const agreed = agree(
    statement.members.map((m) => infer(cx, m)),
    statement.relations.map(() => true),
  );
  if (agreed.conflicts.length > 0 || agreed.members.some((m) => m.conflicts.length > 0 || !m.shape)) return undefined;
  const solution = settleOpen(solve(agreed.members, true), [...supposed.values()]);
  return { ...inferred, members: agreed.members.map((m) => applySolution(m, solution)), conflicts: [] };
}

/** Open dimensions get names of their own. */
function settleOpen(solution: Solution, supposed: readonly Found[]): Solution {
  const out = new Map<string, Dim>();
  const rename = (d: Dim): Dim => {
    const [name] = namesOf(d);
    return name?.startsWith('?') ? dimName(`s_${name.slice(1)}`) : d;
  };
  for (const [k, d] of solution) out.set(k, rename(d));
  for (const f of supposed)
    for (const d of f.shape.dims) for (const n of namesOf(d)) if (n.startsWith('?') && !out.has(n)) out.set(n, dimName(`s_${n.slice(1)}`));
  return out;
}

function suppose({ env, position }: Placed, statement: Statement): ReadonlyMap<string, Found> | undefined {
  const out = new Map<string, Found>();
  for (const member of statement.members) {
    for (const e of walk(member)) {
      if (e.kind !== 'symbol' || out.has(e.name.key) || env.lookup(e.name, position)) continue;
      if (e.name.subs.length > 0 || e.name.labels.length > 0) return undefined;
      const shape = shapeFor(e.name.base, out.size);
      if (!shape) return undefined;
      out.set(e.name.key, { shape, from: 'use', how: 'itself' });
    }
  }
  return out.size > 0 && [...out.values()].some((f) => !isScalar(f.shape)) ? out : undefined;
}

function shapeFor(base: string, k: number): Shape | undefined {
  if (matrixLike(base)) return matrix(dimName(`?a${k}`), dimName(`?b${k}`));
  return vectorLike(base) || /^[a-z]$/.test(base)
    ? vectorLike(base) || /^[u-zab]$/.test(base)
      ? column(dimName(`?a${k}`))
      : undefined
    : undefined;
}
