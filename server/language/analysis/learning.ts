// What one inferred statement tells of its symbols: a definition of its left side, a use of what must fit. Whether it counts is decided in rounds.ts.
import type { Expr, Name, Relation } from '../expr.js';
import type { Candidate } from '../shapes/candidate.js';
import { joinShapes } from '../shapes/match.js';
import { cols, isProperMatrix, isScalar, matrix, rows, type Shape, sameShape, scalar, transpose } from '../shapes/shape.js';
import { bareSymbol, matrixLike, numberLike, vectorLike } from './customs.js';
import { conflictsOf, type Inferred } from './statements.js';

export interface Learned {
  readonly name: Name;
  readonly shape: Shape;
  readonly from: 'definition' | 'use';
  /** Told by what is written beneath the symbol: nearer than any other use. */
  readonly annotation?: boolean;
  /** Told by a literal of numbers alone. */
  readonly example?: boolean;
  /** Of an application on the left: the shape of its argument, where it has one. */
  readonly applied?: { readonly argument: Shape | undefined };
}

const defining: ReadonlySet<Relation> = new Set(['=', ':=', '\\equiv', '\\triangleq', '\\leftarrow', '\\approx', '\\propto']);

/** The name that a bare member is; an application f(x) names f only as a value and teaches nothing about x. */
export function definedName(expr: Expr): Name | undefined {
  if (expr.kind === 'symbol') return expr.name;
  if (expr.kind === 'power' && expr.asName && expr.exponent.kind === 'symbol') return expr.asName;
  if (expr.kind === 'prime' && !expr.dot) return undefined;
  if (expr.kind === 'annotated') return definedName(expr.base);
  if (expr.kind === 'group') return undefined;
  return undefined;
}

/** J of J(w) = …, unless J stands in its own argument. */
function appliedName(c: Candidate): { name: Name; argument: Shape | undefined } | undefined {
  const call = c.rule === 'splice' ? c.parts[0] : c;
  if (call?.rule !== 'call' || call.expr.kind !== 'call' || call.expr.head.kind !== 'symbol') return undefined;
  return { name: call.expr.head.name, argument: call.parts.length === 1 ? call.parts[0]?.shape : undefined };
}

/** σ of σ² = …: the square of a number is that of a number. */
const powerName = (e: Expr): Name | undefined =>
  e.kind === 'power' && e.exponent.kind === 'number' && e.base.kind === 'symbol' ? e.base.name : undefined;

/** p' of p' = p + …, P^+ of P^+ = …: the name of its own that it is where it cannot be the transpose of p, the pseudo-inverse of P. */
const markedName = (c: Candidate, target: Shape | undefined): Name | undefined => {
  const base = c.parts[0]?.shape;
  // P^+ beside a P that nothing tells, or one that lies as it does.
  if (c.expr.kind === 'inverse') return !base || (target && sameShape(base, target)) ? c.expr.asName : undefined;
  return c.expr.kind === 'prime' && !c.expr.dot && c.rule === 'unknown' && base && !isScalar(base) ? c.expr.asName : undefined;
};

const firm = (s: Shape): boolean => s.dims.every((d) => !d.flexible);

/** What one inferred statement tells. */
export function lessons(inferred: Inferred): readonly Learned[] {
  const { statement, members } = inferred;
  if (conflictsOf(inferred).length > 0) return definitionDespite(inferred);
  const out: Learned[] = [];
  const known = uprightTuple(members) ?? agreedShape(members);
  members.forEach((m, i) => {
    const relation = statement.relations[i] ?? statement.relations[i - 1];
    const target = relation && defining.has(relation) ? known : undefined;
    const name = definedName(m.expr) ?? (i === 0 ? markedName(m, target) : undefined);
    const applied = i === 0 && !m.shape && target ? appliedName(m) : undefined;
    const power = i === 0 && !m.shape && target && isScalar(target) ? powerName(m.expr) : undefined;
    if (applied && target) out.push({ name: applied.name, shape: target, from: 'definition', applied: { argument: applied.argument } });
    else if (power) out.push({ name: power, shape: scalar, from: 'definition' });
    else if ((!m.shape || (i === 0 && (isVague(m) || m.expr.kind === 'inverse'))) && name && target && !isNumeralFor(name, members))
      out.push({
        name,
        shape: target,
        from: i === 0 && members.some((o) => o !== m && o.shape && o.solid && !isExample(o)) ? 'definition' : 'use',
        ...(members.every((o) => o === m || !o.shape || isExample(o)) ? { example: true } : {}),
      });
    else demand(m, target, out);
    completions(m, out);
  });
  return out.filter((l) => firm(l.shape));
}

/** R = 1 makes no number of a letter that custom has for a matrix. */
const isNumeralFor = (name: Name, members: readonly Candidate[]): boolean =>
  matrixLike(name.base) &&
  members.slice(1).some((m) => m.rule === 'number' || (m.rule === 'sum' && m.parts.every((p) => p.rule === 'number')));

/** What this statement makes of symbols of which the text leaves a dimension open, and of arguments of maps. */
function completions(c: Candidate, out: Learned[]): void {
  if (isVague(c) && c.shape && c.expr.kind === 'symbol') out.push({ name: c.expr.name, shape: c.shape, from: 'use' });
  // x of f(x), where f is a map.
  if (c.rule === 'unknown' && c.shape && c.expr.kind === 'symbol') out.push({ name: c.expr.name, shape: c.shape, from: 'use' });
  for (const p of c.parts) completions(p, out);
}

function agreedShape(members: readonly Candidate[]): Shape | undefined {
  return members.reduce<Shape | undefined>((s, m) => joinShapes(s, m.shape), undefined);
}

/** Of an equation with mistakes only what its first sound side says of the symbol on the left. */
function definitionDespite({ statement, members, conflicts }: Inferred): readonly Learned[] {
  const [left] = members;
  const name = left && definedName(left.expr);
  const sound = members
    .slice(1)
    .find(
      (m) =>
        m.shape &&
        m.solid &&
        (m.conflicts.length === 0 || isScalar(m.shape)) &&
        !conflicts.some((c) => c.code === 'equation-mismatch' && c.expr === m.expr),
    );
  const first = statement.relations[0];
  if (!left || left.shape || !name || !sound?.shape || !first || !defining.has(first) || !firm(sound.shape)) return [];
  return [{ name, shape: sound.shape, from: 'definition' }];
}

/** A symbol of which the text leaves a dimension open. */
const isVague = (c: Candidate): boolean => c.detail?.kind === 'found' && c.detail.found.vague === true;

/** A literal of so many numbers or symbols is an example: it binds less than a definition by symbols. */
const isExample = (c: Candidate): boolean =>
  c.rule === 'number' ||
  (c.rule === 'sum' && c.parts.every(isExample)) ||
  ((c.rule === 'matrix' || c.rule === 'tuple') &&
    c.shape !== undefined &&
    c.shape.dims.every((d) => d.terms.every((t) => t.names.length === 0)) &&
    c.parts.every((p) => !p.shape || p.shape.dims.length === 0)) ||
  ((c.rule === 'group' || c.rule === 'transpose') && c.parts.some(isExample));

/** z = (z_1, z_2, z_3) defines a column, by custom. */
function uprightTuple(members: readonly Candidate[]): Shape | undefined {
  const tuple = members.find((m) => m.rule === 'tuple' && m.detail?.kind === 'orientation' && m.detail.as === 'row');
  return tuple?.shape && members.every((m) => m === tuple || !m.shape) ? transpose(tuple.shape) : undefined;
}

/** Pushes an expected shape down to the symbols that nothing determines. */
function demand(c: Candidate, shape: Shape | undefined, out: Learned[]): void {
  switch (c.rule) {
    case 'unknown': {
      const name = c.expr.kind === 'symbol' ? c.expr.name : undefined;
      // Custom has no small letters for matrices: where one would have to be, something else is meant.
      if (name && shape && !(isProperMatrix(shape) && (vectorLike(name.base) || numberLike(name.base))))
        out.push({ name, shape, from: 'use' });
      return;
    }
    case 'annotated': {
      const [base] = c.parts;
      const name = base && !base.shape ? bareSymbol(base.expr) : undefined;
      if (name && c.shape) out.push({ name, shape: c.shape, from: 'use', annotation: true });
      else if (base) demand(base, c.shape, out);
      return;
    }
    case 'group':
    case 'at':
    case 'splice':
    case 'choice':
      if (c.parts[0]) demand(c.parts[0], shape, out);
      return;
    case 'transpose':
      if (c.parts[0]) demand(c.parts[0], shape && transpose(shape), out);
      return;
    case 'elementwise':
      if (c.parts[0]) demand(c.parts[0], shape, out);
      return;
    case 'sum':
      demandSum(c, shape, out);
      return;
    case 'product':
      demandProduct(c, shape, out);
      return;
    case 'derivative':
      demandDerivative(c, shape, out);
      return;
    default:
      for (const p of c.parts) demand(p, undefined, out);
  }
}

function demandSum(c: Candidate, shape: Shape | undefined, out: Learned[]): void {
  const broadcast = c.detail?.kind === 'sum' ? c.detail.broadcast : [];
  const known = c.parts.find((p, i) => p.shape && !broadcast[i] && p.rule !== 'number');
  const target = shape ?? known?.shape;
  // A row may be added to a batch: an unknown addend beside a matrix may be one.
  const open = target && isProperMatrix(target);
  for (const p of c.parts) demand(p, p.shape || !open || p.expr.kind !== 'symbol' || !isBias(p.expr) ? target : undefined, out);
}

const isBias = (e: Expr): boolean => e.kind === 'symbol' && /^(?:\\math\w+\{)?[bc](?:\})?$/.test(e.name.base);

/** A X = C with one unknown factor at an end: its outer side from the whole, its inner from the neighbour. */
function demandProduct(c: Candidate, shape: Shape | undefined, out: Learned[]): void {
  const detail = c.detail?.kind === 'product' ? c.detail : undefined;
  const factors = detail?.factors ?? c.parts;
  const expr = c.expr.kind === 'product' ? c.expr : undefined;
  const unknown = factors.filter((f) => !f.shape);
  const arrays = factors.filter((f) => f.shape && !isScalar(f.shape));
  const plain = expr?.signs.every((s) => s === '' || s === '\\cdot') ?? true;
  const hadamard = expr?.signs.every((s) => s === '\\odot' || s === '\\circ') ?? false;
  if (unknown.length >= 1 && hadamard && expr && (unknown.length === 1 || shape)) {
    const target = shape ?? arrays[0]?.shape;
    for (const f of factors) demand(f, f.shape ? undefined : target, out);
    return;
  }
  const [only] = unknown;
  if (only && plain && shape && unknown.length === 1 && arrays.length >= 1) {
    const inner = innerDemand(factors, only, shape);
    for (const f of factors) demand(f, f === only ? inner : undefined, out);
    return;
  }
  for (const f of factors) demand(f, undefined, out);
}

/** Whether the product of arrays has a shape. */
function makes(arrays: readonly Shape[], shape: Shape): boolean {
  const [first] = arrays;
  const last = arrays[arrays.length - 1];
  if (!first || !last || !arrays.every((a, i) => i === 0 || cols(arrays[i - 1] as Shape).key === rows(a).key)) return false;
  return sameShape(matrix(rows(first), cols(last)), shape);
}

function innerDemand(factors: readonly Candidate[], only: Candidate, shape: Shape): Shape | undefined {
  if (factors.some((f) => f.shape && f.shape.dims.length > 2)) return undefined;
  const at = factors.indexOf(only);
  const arrays = (list: readonly Candidate[]): readonly Shape[] =>
    list.map((f) => f.shape).filter((s): s is Shape => s !== undefined && !isScalar(s) && s.dims.length === 2);
  const before = arrays(factors.slice(0, at));
  const after = arrays(factors.slice(at + 1));
  const rest = [...before, ...after];
  // A scalar factor would do as well.
  if (makes(rest, shape)) return undefined;
  if (isScalar(shape) && rest.length > 0 && before.length > 0 && after.length > 0) return undefined;
  const last = before[before.length - 1];
  const next = after[0];
  const r = last ? cols(last) : rows(shape);
  const c = next ? rows(next) : cols(shape);
  if (last && before[0] && rows(before[0]).key !== rows(shape).key) return undefined;
  const end = after[after.length - 1];
  if (end && cols(end).key !== cols(shape).key) return undefined;
  return matrix(r, c);
}

/** ∂L/∂W of the shape of W: L is a scalar. */
function demandDerivative(c: Candidate, shape: Shape | undefined, out: Learned[]): void {
  const [u, v] = c.parts;
  if (!u || !v) return;
  if (
    !u.shape &&
    v.shape &&
    shape &&
    !isScalar(v.shape) &&
    (sameShape(shape, v.shape) || sameShape(shape, transpose(v.shape))) &&
    v.shape.dims.length === 2 &&
    isProperMatrix(v.shape)
  )
    demand(u, { dims: [] }, out);
}
