// Solves for flexible dimensions: gathers the equalities that a chosen reading demands, unifies them, and puts the solution
// into the candidates. What stays open stays flexible.
import type { Candidate, Grouping } from './candidate.js';
import { type Dim, dimName, divide, isOne, multiply, nameOf, namesOf, substitute } from './dimension.js';
import { lengthOf } from './match.js';
import { cols, isScalar, matrix, rows, type Shape, scalar } from './shape.js';

type Equal = (a: Dim, b: Dim) => void;

export type Solution = ReadonlyMap<string, Dim>;

/** The solution of what the members of a statement demand; empty where nothing is flexible. */
export function solve(members: readonly Candidate[], equate: boolean): Solution {
  if (!members.some(hasFlexible)) return new Map();
  const solver = makeSolver();
  for (const m of members) demandsOf(m, solver.equal);
  if (equate) for (let i = 1; i < members.length; i++) equalShapes(members[i - 1]?.shape, members[i]?.shape, solver.equal);
  return solver.solution();
}

const isFlexible = (s: Shape | undefined): boolean => s?.dims.some((d) => d.flexible) ?? false;

const hasFlexible = (c: Candidate): boolean => isFlexible(c.shape) || c.parts.some(hasFlexible);

export interface Solver {
  readonly equal: Equal;
  readonly solution: () => Solution;
}

/** Two products without the names that both have. */
function withoutCommon(x: Dim, y: Dim): readonly [Dim, Dim] {
  let [a, b] = [x, y];
  for (const name of namesOf(x).filter((n) => !n.startsWith('?'))) {
    const [u, v] = [divide(a, dimName(name)), divide(b, dimName(name))];
    if (u && v) [a, b] = [u, v];
  }
  return [a, b];
}

/** Union-find over flexible names; a rigid dimension ends the search. */
function makeSolver(): Solver {
  const values = new Map<string, Dim>();
  const find = (d: Dim): Dim => {
    const name = nameOf(d);
    const next = name?.startsWith('?') ? values.get(name) : undefined;
    return next ? find(next) : d;
  };
  // ?n = mn, as Kronecker products and vec give it.
  const fromProduct = (x: Dim, y: Dim): void => {
    const [a, b] = withoutCommon(substitute(x, values), substitute(y, values));
    for (const [open, known] of [
      [a, b],
      [b, a],
    ] as const) {
      const flexible = namesOf(open).filter((n) => n.startsWith('?'));
      const [name] = flexible;
      const rest = name && flexible.length === 1 && !namesOf(known).includes(name) ? divide(open, dimName(name)) : undefined;
      const value = rest && !rest.flexible ? divide(known, rest) : undefined;
      if (name && value) {
        values.set(name, value);
        return;
      }
    }
  };
  return {
    equal(a, b) {
      const x = find(a);
      const y = find(b);
      if (x.key === y.key) return;
      const xn = nameOf(x);
      const yn = nameOf(y);
      if (xn?.startsWith('?') && !namesOf(y).includes(xn)) values.set(xn, y);
      else if (yn?.startsWith('?') && !namesOf(x).includes(yn)) values.set(yn, x);
      else fromProduct(x, y);
    },
    solution: () => new Map([...values.keys()].map((k) => [k, find(dimName(k))])),
  };
}

function equalShapes(a: Shape | undefined, b: Shape | undefined, equal: Equal): void {
  if (!a || !b || a.dims.length !== b.dims.length) return;
  a.dims.forEach((d, i) => {
    const e = b.dims[i] as Dim;
    if (!(isOne(d) && e.flexible) && !(isOne(e) && d.flexible)) equal(d, e);
  });
}

/** What the members of one statement demand of the dimensions, and of one another. */
export function demandsOfAll(members: readonly Candidate[], equal: Equal): void {
  for (const m of members) demandsOf(m, equal);
  for (let i = 1; i < members.length; i++) equalShapes(members[i - 1]?.shape, members[i]?.shape, equal);
}

function demandsOf(c: Candidate, equal: Equal): void {
  for (const p of c.parts) demandsOf(p, equal);
  const first = c.parts[0]?.shape;
  switch (c.rule) {
    case 'product':
      if (c.detail?.kind === 'product') groupingShape(c.detail.tree, c.detail.factors, equal);
      return;
    case 'sum': {
      const broadcast = c.detail?.kind === 'sum' ? c.detail.broadcast : [];
      const own = c.parts.filter((p, i) => !broadcast[i] && p.shape && !isScalar(p.shape));
      for (const p of own) equalShapes(c.shape, p.shape, equal);
      return;
    }
    case 'inverse':
      if (first?.dims.length === 2 && c.expr.kind === 'inverse' && !c.expr.pseudo) equal(rows(first), cols(first));
      return;
    case 'quotient':
      if (c.parts[1]?.shape && !isScalar(c.parts[1].shape)) equalShapes(first, c.parts[1].shape, equal);
      return;
    case 'apply':
      if (c.expr.kind === 'apply' && /^(?:trace|det|logdet)$/.test(c.expr.fn) && first?.dims.length === 2) equal(rows(first), cols(first));
      return;
    case 'inner':
      if (first && c.parts[1]?.shape) {
        const n = lengthOf(first);
        const m = lengthOf(c.parts[1].shape);
        if (n && m) equal(n, m);
      }
      return;
    default:
  }
}

/** The shape of a grouping, with what it demands of the dimensions inside. */
function groupingShape(tree: Grouping, factors: readonly Candidate[], equal: Equal): Shape | undefined {
  if ('leaf' in tree) return factors[tree.leaf]?.shape;
  const a = groupingShape(tree.left, factors, equal);
  const b = groupingShape(tree.right, factors, equal);
  if (!a || !b) return undefined;
  switch (tree.product) {
    case 'matrix':
      if (isScalar(a)) return b;
      if (isScalar(b)) return a;
      equal(cols(a), rows(b));
      return matrix(rows(a), cols(b));
    case 'hadamard':
    case 'elementwise':
    case 'quotient':
      if (isScalar(a)) return b;
      if (isScalar(b)) return a;
      equalShapes(a, b, equal);
      return a;
    case 'inner':
      if (isOne(cols(a)) && isOne(cols(b))) equal(rows(a), rows(b));
      return scalar;
    case 'outer':
      return matrix(rows(a), rows(b));
    case 'kronecker':
      return isScalar(a) || isScalar(b) ? undefined : matrix(multiply(rows(a), rows(b)), multiply(cols(a), cols(b)));
    default:
      return undefined;
  }
}

/** A candidate with the solution in all its shapes. */
export function applySolution(c: Candidate, solution: Solution): Candidate {
  if (solution.size === 0 || !hasFlexible(c)) return c;
  const parts = c.parts.map((p) => applySolution(p, solution));
  const shape = c.shape && { ...c.shape, dims: c.shape.dims.map((d) => (d.flexible ? substitute(d, solution) : d)) };
  const detail =
    c.detail?.kind === 'product' || c.detail?.kind === 'chain'
      ? { ...c.detail, factors: c.detail.factors.map((f) => applySolution(f, solution)) }
      : c.detail;
  const normal = shape && shape.dims.length === 2 ? matrix(rows(shape), cols(shape)) : shape;
  return detail ? { ...c, shape: normal, parts, detail } : { ...c, shape: normal, parts };
}
