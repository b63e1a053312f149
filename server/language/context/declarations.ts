// Declarations in mathematics: x ∈ ℝⁿ, f : ℝⁿ → ℝᵐ, x_t : M × 1, \dim(x) = n. Reads statements, gives facts.
import type { Expr, ExprOf, Index, Name, Statement } from '../expr.js';
import { isTimeArgument } from '../shapes/time.js';
import type { Span } from '../text.js';
import type { Fact, ShapeExpr } from './facts.js';

const fields = new Set([
  'R',
  'C',
  'N',
  'Z',
  'Q',
  '\\mathbf{R}',
  '\\Re',
  '\\mathcal{R}',
  '\\mathsf{R}',
  '\\mathbf{C}',
  '\\mathrm{R}',
  '\\text{R}',
  '\\Reals',
  '\\reals',
  '\\R',
  '\\mathfrak{R}',
  '\\mathbb{R}',
  '\\mathbb{C}',
  '\\bR',
  '\\Real',
  '\\RR',
]);

/** The shape of a set's elements: ℝ^{m×n} two dimensions, ℝ^n one, ℝ none; undefined if it is no such set. */
function shapeOfSet(expr: Expr): { shape: ShapeExpr; symmetric: boolean } | undefined {
  if (expr.kind === 'set') {
    if (expr.set === 'S' && expr.exponent) return { shape: { dims: [expr.exponent, expr.exponent] }, symmetric: true };
    return /^[RCNZQ]$/.test(expr.set) ? { shape: exponentShape(expr.exponent), symmetric: false } : undefined;
  }
  if (isInterval(expr)) return { shape: { dims: [] }, symmetric: false };
  if (expr.kind === 'symbol')
    return fields.has(expr.name.base) && expr.name.labels.length === 0 ? { shape: { dims: [] }, symmetric: false } : undefined;
  if (expr.kind === 'power' || expr.kind === 'transpose') {
    const { base } = expr;
    const exponent = expr.kind === 'power' ? expr.exponent : undefined;
    const set =
      (base.kind === 'symbol' && fields.has(base.name.base)) ||
      base.kind === 'set' ||
      (base.kind === 'tuple' && (base.open === '\\{' || base.open === '[' || base.open === '('));
    if (set && expr.kind === 'transpose' && expr.asName)
      return { shape: { dims: [letter(expr, expr.sign === '\\top' ? 'T' : expr.sign)] }, symmetric: false };
    return set && exponent ? { shape: exponentShape(exponent), symmetric: false } : undefined;
  }
  if (
    expr.kind === 'juxtaposed' &&
    expr.head.kind === 'symbol' &&
    expr.head.name.base === '\\mathcal{M}' &&
    expr.head.name.subs.length > 0
  ) {
    const subs = expr.head.name.subs.map((s) =>
      s.kind === 'letter' ? letter(expr, s.name) : s.kind === 'number' ? number(expr, s.value) : undefined,
    );
    return { shape: { dims: subs.length === 1 ? [subs[0], subs[0]] : subs }, symmetric: false };
  }
  return undefined;
}

/** [0, 1], (0, \\infty), [-1, 1): what lies between two numbers is a number. */
function isInterval(expr: Expr): boolean {
  if (expr.kind !== 'tuple' || expr.items.length !== 2 || expr.separators[0] !== ',' || (expr.open !== '(' && expr.open !== '['))
    return false;
  return expr.items.every(isBound);
}

const isBound = (e: Expr): boolean =>
  e.kind === 'number' ||
  (e.kind === 'symbol' && e.name.key === '\\infty') ||
  (e.kind === 'quotient' && isBound(e.numerator) && isBound(e.denominator)) ||
  (e.kind === 'sum' && e.addends.length === 1 && e.addends.every((a) => isBound(a.expr)));

const letter = (at: Expr, key: string): Expr => ({
  id: -1,
  span: at.span,
  kind: 'symbol',
  name: { key, base: key, labels: [], labelStyle: '', subs: [], subText: '' },
});
const number = (at: Expr, value: number): Expr => ({ id: -1, span: at.span, kind: 'number', value, text: String(value) });

function exponentShape(exponent: Expr | undefined): ShapeExpr {
  return exponent ? { dims: dimsOfTimes(exponent) } : { dims: [] };
}

/** The letter x between two sizes, where a × was meant: ℝ^{n x m}. */
const isTypedTimes = (factor: Expr | undefined): boolean => factor?.kind === 'symbol' && factor.name.key === 'x';

/** The dimensions between × signs (or commas); a product without × is one dimension. */
function dimsOfTimes(expr: Expr): readonly Expr[] {
  if (expr.kind === 'group') return dimsOfTimes(expr.body);
  if (expr.kind === 'tuple') return expr.items;
  if (expr.kind !== 'product') return [expr];
  const { factors, signs } = expr;
  const typed = factors.length === 3 && signs.every((s) => s === '') && isTypedTimes(factors[1]);
  if (typed) return factors.filter((_, i) => i !== 1);
  if (!signs.some((s) => s === '\\times' || s === '*')) return [expr];
  const groups: Expr[][] = [[]];
  factors.forEach((factor, i) => {
    if (i > 0 && (signs[i - 1] === '\\times' || signs[i - 1] === '*')) groups.push([]);
    groups[groups.length - 1]?.push(factor);
  });
  return groups.map((g) =>
    g.length === 1 && g[0]
      ? g[0]
      : ({ id: -1, span: expr.span, kind: 'product', factors: g, signs: g.slice(1).map(() => '' as const) } as ExprOf<'product'>),
  );
}

/** Whether an expression is shape arithmetic: m × n of plain dimensions. */
const isTimesLiteral = (expr: Expr): boolean =>
  expr.kind === 'product' && expr.signs.includes('\\times') && expr.factors.every(isDimensionLike);

const isDimensionLike = (e: Expr): boolean =>
  e.kind === 'number' ||
  e.kind === 'symbol' ||
  (e.kind === 'power' && e.asName !== undefined) ||
  (e.kind === 'group' && isDimensionLike(e.body)) ||
  (e.kind === 'sum' && e.addends.every((a) => isDimensionLike(a.expr)));

/** The name that a declared expression is. */
function declaredName(expr: Expr): Name | undefined {
  if (expr.kind === 'symbol') return expr.name;
  if (expr.kind === 'power' || expr.kind === 'prime') return expr.asName;
  if (expr.kind === 'differential') return expr.asName;
  if (expr.kind === 'annotated') return declaredName(expr.base);
  if (expr.kind === 'juxtaposed' && expr.application.kind === 'call' && isTimeArgument(expr.application)) return declaredName(expr.head);
  return undefined;
}

/** Facts of the statements of one formula; `place` gives the document span of a span of the formula. */
export function readDeclarations(statements: readonly Statement[], place: (span: Span) => Span): Fact[] {
  const facts: Fact[] = [];
  statements.forEach((statement, i) => {
    const { members, relations } = statement;
    relations.forEach((relation, k) => {
      const left = members[k];
      const right = members[k + 1];
      if (!left || !right) return;
      if (relation === '\\in' || relation === '\\ni')
        facts.push(...membership(statements, i, nameOfChain(members, relations, k), right, place(statement.span)));
      else if (relation === ':')
        facts.push(
          ...colon(left, right, members[k + 2], relations[k + 1], place(statement.span)),
          ...(isTimesLiteral(right) && k === 0
            ? namesBefore(statements, i).flatMap((name) => timesFact(name, right, place(statement.span)))
            : []),
        );
      else if (relation === '=')
        facts.push(...dimensionEquation(left, right, place(statement.span)), ...sameArray(statement, place(statement.span)));
    });
  });
  return facts;
}

/** a^{(0)} = x, \hat y = a^{(L)}: an instance of a family under a name of its own. */
function sameArray({ members, relations }: Statement, span: Span): Fact[] {
  const [left, right] = members.map((m) => (members.length === 2 ? declaredName(m) : undefined));
  if (!left || !right || (relations[0] !== '=' && relations[0] !== ':=') || left.base === right.base) return [];
  const isPlain = (n: Name): boolean => n.labels.length + n.subs.length === 0;
  if (isInstance(left) && isPlain(right)) return [{ kind: 'same-array', numbered: left, as: right, span }];
  return isInstance(right) && isPlain(left) ? [{ kind: 'same-array', numbered: right, as: left, span }] : [];
}

/** a^{(0)}, h_L: one index, a number or a capital letter. */
function isInstance({ labels, subs }: Name): boolean {
  const [index, ...others] = [...labels, ...subs];
  return others.length === 0 && (index?.kind === 'number' || (index?.kind === 'letter' && /^[A-Z]$/.test(index.name)));
}

/** J = ∂r/∂x ∈ ℝ^{m×n} declares J. */
function nameOfChain(members: readonly Expr[], relations: readonly string[], k: number): Expr {
  let at = k;
  while (at > 0 && !declaredName(members[at] as Expr) && relations[at - 1] === '=') at--;
  return members[at] as Expr;
}

/** x, y ∈ ℝⁿ: every name of the comma list that ends in the membership. */
function membership(statements: readonly Statement[], index: number, left: Expr, right: Expr, span: Span): Fact[] {
  const set = shapeOfSet(right);
  if (!set) return [];
  const names: Name[] = [];
  const listed = left.kind === 'tuple' ? left.items : left.kind === 'product' && left.signs.every((s) => s === '') ? [] : [left];
  for (const item of listed) {
    const name = declaredName(item);
    if (name) names.push(name);
  }
  names.push(...namesBefore(statements, index));
  names.push(...familyOf(names, listed.some(isEllipsis) || hasEllipsisBefore(statements, index)));
  const applied = listed.map(appliedName).filter((n) => n !== undefined);
  const facts: Fact[] = applied.map((name) => ({ kind: 'map', name, domain: [], codomain: set.shape, from: 'declaration', span }));
  facts.push(...names.map((name): Fact => ({ kind: 'shape', name, shape: set.shape, from: 'declaration', span })));
  if (set.symmetric) facts.push(...names.map((name): Fact => ({ kind: 'assumption', name, assumptions: ['symmetric'], span })));
  return facts;
}

/** c(D) ∈ ℝ, e_i(x) ∈ ℝ²: a function that gives these. Activations do so entry by entry. */
function appliedName(expr: Expr): Name | undefined {
  const call = expr.kind === 'juxtaposed' && expr.application.kind === 'call' ? expr.application : undefined;
  if (call?.head.kind !== 'symbol' || isTimeArgument(call) || activations.has(call.head.name.base)) return undefined;
  const { args } = call;
  const isName = (e: Expr): boolean => e.kind === 'symbol' && e.name.subs.length === 0;
  return (args.kind === 'group' && isName(args.body)) || (args.kind === 'tuple' && args.items.every(isName)) ? call.head.name : undefined;
}

const activations = new Set(['\\sigma', '\\phi', '\\varphi', '\\psi', '\\rho', 'g']);

/** The names of the comma list that a statement ends. */
function namesBefore(statements: readonly Statement[], index: number): readonly Name[] {
  const names: Name[] = [];
  for (let k = index; k > 0 && statements[k]?.separator === ','; k--) {
    const before = statements[k - 1];
    const only = before?.members.length === 1 ? before.members[0] : undefined;
    if (only && isEllipsis(only)) continue;
    const name = only && declaredName(only);
    if (!name) break;
    names.push(name);
  }
  return names;
}

const isEllipsis = (e: Expr): boolean => e.kind === 'ellipsis';

const hasEllipsisBefore = (statements: readonly Statement[], index: number): boolean =>
  statements[index]?.separator === ',' && statements[index - 1]?.members.every(isEllipsis) === true;

/** x_i of x_1, …, x_N: what is said of the first and the last is said of all. */
function familyOf(names: readonly Name[], elided: boolean): readonly Name[] {
  const [last, ...others] = names;
  const first = others.at(-1);
  if (!elided || !last || first?.base !== last.base) return [];
  const { base, labels, labelStyle, subs } = last;
  const member: Index = { kind: 'letter', name: 'i', offset: 0 };
  if (subs.length === 1 && labels.length === 0) return [{ ...last, key: `${base}_i`, subs: [member], subText: 'i' }];
  const bracketed = labelStyle === '(' ? '(i)' : labelStyle === '[' ? '[i]' : undefined;
  return bracketed && labels.length === 1 && subs.length === 0 ? [{ ...last, key: `${base}^{${bracketed}}`, labels: [member] }] : [];
}

/** f : ℝⁿ → ℝᵐ and x_t : M × 1. */
function colon(left: Expr, right: Expr, target: Expr | undefined, next: string | undefined, span: Span): Fact[] {
  const name = declaredName(left);
  if (!name) return [];
  if (next === '\\to' && target) {
    const codomain = shapeOfSet(target);
    const factors = right.kind === 'product' && right.signs.every((s) => s === '\\times') ? right.factors : [right];
    const domain = factors.map((f) => shapeOfSet(f)?.shape);
    return codomain && domain.every((d) => d)
      ? [{ kind: 'map', name, domain: domain as ShapeExpr[], codomain: codomain.shape, from: 'declaration', span }]
      : [];
  }
  return isTimesLiteral(right) ? timesFact(name, right, span) : [];
}

const timesFact = (name: Name, right: Expr, span: Span): Fact[] => [
  { kind: 'shape', name, shape: { dims: dimsOfTimes(right) }, from: 'declaration', span },
];

/** \dim(x) = n. */
function dimensionEquation(left: Expr, right: Expr, span: Span): Fact[] {
  if (left.kind !== 'apply' || left.fn !== 'dim') return [];
  const name = left.args[0] && declaredName(left.args[0]);
  return name ? [{ kind: 'shape', name, shape: { dims: dimsOfTimes(right) }, from: 'declaration', span }] : [];
}
