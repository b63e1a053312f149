// What a formula or a code span can stand for inside a sentence: symbols, a size, a shape, a function, an equation.
import type { Expr, FormulaExpr, Name, Statement } from '../../expr.js';

export interface Mathematics {
  /** The symbols it names: `W`, `a, z`, the left side of `x = …`, of `x \in …`. [] if it names none. */
  readonly names: readonly Name[];
  /** The formula declares these symbols itself (`x \in \mathbb{R}^n`). */
  readonly declared: boolean;
  /** The size of the set in which it declares them. */
  readonly set: readonly Expr[] | undefined;
  /** It is `x = …`. */
  readonly equation: boolean;
  /** `f(x)`, `\sigma(\cdot)`: the head. */
  readonly applied: Name | undefined;
  /** Sizes: `n`, `3`, `n+1`, the list `m, n`. */
  readonly dims: readonly Expr[];
  /** `m \times n`, `(m, n)`, `\mathbb{R}^{m \times n}`. */
  readonly shape: readonly Expr[] | undefined;
  readonly isSet: boolean;
  /** `n = 3`. */
  readonly value: number | undefined;
  /** Its first member is a derivative or holds one. */
  readonly derivative: boolean;
  readonly expr: FormulaExpr;
}

export const nothing: FormulaExpr = { statements: [], size: 0, truncated: false };

export function mathematics(expr: FormulaExpr): Mathematics {
  const { statements } = expr;
  const last = statements[statements.length - 1];
  const single = statements.length === 1 ? statements[0] : undefined;
  const only = single?.members.length === 1 ? single.members[0] : undefined;
  const names = statements.length > 0 && statements.length <= 8 ? namesOf(statements) : [];
  const left = single?.relations[0] === '=' && single.members.length === 2 ? single.members[1] : undefined;
  const inSet = last?.relations[0] === '\\in';
  return {
    names,
    declared: names.length > 0 && (inSet || last?.relations[0] === ':'),
    set: names.length > 0 && inSet && last?.members[1] ? shapeOf(last.members[1]) : undefined,
    equation: names.length > 0 && isEquation(last),
    applied: only ? headOf(only) : single && isEquation(single) && single.members[0] ? headOf(single.members[0]) : undefined,
    dims: dimsOf(statements),
    shape: only ? shapeOf(only) : inSet && names.length === 0 && single?.members[1] ? shapeOf(single.members[1]) : undefined,
    isSet: (only ?? (inSet ? single?.members[1] : undefined))?.kind === 'set',
    value: names.length === 1 && left?.kind === 'number' ? left.value : undefined,
    derivative: statements.some((s) => s.members[0] !== undefined && holdsDerivative(s.members[0])),
    expr,
  };
}

function holdsDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative' || expr.kind === 'nabla') return true;
  if (expr.kind === 'product') return expr.factors.some(holdsDerivative);
  return (expr.kind === 'group' && holdsDerivative(expr.body)) || (expr.kind === 'transpose' && holdsDerivative(expr.base));
}

const isEquation = (s: Statement | undefined): boolean =>
  s?.relations[0] === '=' || s?.relations[0] === ':=' || s?.relations[0] === '\\equiv';

/** Each statement must be a bare symbol; the last may go on with `\in …`, `: …` or, where it is the only one, with `= …`. */
function namesOf(statements: readonly Statement[]): readonly Name[] {
  const names: Name[] = [];
  for (const [i, s] of statements.entries()) {
    const relation = s.relations[0];
    const goesOn = i === statements.length - 1 && (relation === '\\in' || relation === ':' || (i === 0 && isEquation(s)));
    if (s.members.length !== 1 && !goesOn) return [];
    const name = s.members[0] && nameOf(s.members[0]);
    if (!name) return [];
    names.push(name);
  }
  return names;
}

/** The symbol that an expression is, labels that might be powers included (`Z^l`), transposes excluded. */
export function nameOf(expr: Expr): Name | undefined {
  if (expr.kind === 'symbol') return expr.name;
  if (expr.kind === 'power' || expr.kind === 'prime') return expr.asName;
  if (expr.kind === 'differential') return expr.asName;
  if (expr.kind === 'transpose') return expr.sign === 't' || expr.sign === '*' || expr.sign === 'other' ? expr.asName : undefined;
  return undefined;
}

function headOf(expr: Expr): Name | undefined {
  if (expr.kind === 'juxtaposed') return nameOf(expr.head);
  if (expr.kind === 'product' && expr.factors.length === 2 && expr.signs[0] === '') {
    const [head, args] = expr.factors;
    return head && (args?.kind === 'group' || args?.kind === 'tuple') ? nameOf(head) : undefined;
  }
  return undefined;
}

function dimsOf(statements: readonly Statement[]): readonly Expr[] {
  const dims: Expr[] = [];
  for (const s of statements) {
    const member = s.members[0];
    const only = s.members.length === 1 || (statements.length === 1 && isEquation(s));
    if (!member || !only || !isSize(member)) return [];
    dims.push(member.kind === 'group' ? member.body : member);
  }
  return dims;
}

/** Whether an expression can be a dimension: numbers, names and polynomials of them. */
export function isSize(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return Number.isInteger(expr.value) && expr.value > 0;
    case 'symbol':
    case 'text':
      return true;
    case 'power':
      return expr.base.kind === 'symbol';
    case 'transpose':
      return expr.base.kind === 'symbol' && expr.asName !== undefined;
    case 'group':
      return isSize(expr.body);
    case 'norm':
      return expr.bars === 1 && expr.body.kind === 'symbol';
    case 'sum':
      return expr.addends.every((a) => isSize(a.expr));
    case 'product':
      return expr.signs.every((s) => s === '' || s === '\\cdot') && expr.factors.every(isSize);
    default:
      return false;
  }
}

/** The dimensions of a shape as written. `[]` of `\mathbb{R}`. */
function shapeOf(expr: Expr): readonly Expr[] | undefined {
  if (expr.kind === 'group') return shapeOf(expr.body);
  if (expr.kind === 'product' && expr.signs.length > 0 && expr.signs.every((s) => s === '\\times' || s === '*' || s === '\\ast')) {
    return expr.factors.every(isSize) ? expr.factors : undefined;
  }
  if (expr.kind === 'tuple' && (expr.open === '(' || expr.open === '[') && expr.separators.every((s) => s === ',')) {
    return expr.items.length > 1 && expr.items.every(isSize) ? expr.items : undefined;
  }
  if (expr.kind === 'set') {
    if (!expr.exponent) return expr.set === 'set' ? undefined : [];
    return shapeOf(expr.exponent) ?? (isSize(expr.exponent) ? [expr.exponent] : undefined);
  }
  return undefined;
}

export const numberExpr = (value: number): Expr => ({ kind: 'number', value, text: String(value), id: 0, span: { start: 0, end: 0 } });

export const isOne = (expr: Expr | undefined): boolean => expr?.kind === 'number' && expr.value === 1;
