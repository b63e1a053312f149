// From a chosen candidate to a term without open readings: one rule per rule of inference.
import type { Expr, ExprOf, Index, Name } from '../expr.js';
import type { Candidate, Grouping, Rule } from '../shapes/candidate.js';
import { isElementwise } from '../shapes/rules/functions.js';
import { isColumn, isRow, isScalar, isVector, type Shape, scalar } from '../shapes/shape.js';
import type { DerivativeTarget, Elementwise, ElementwiseName, Layout, Reduction, Term, TermIndex } from '../term.js';
import { type Gathering, sizeOf, sizesOf, Unreadable } from './context.js';
import { expressionTerm } from './expression.js';
import { wholeName } from './names.js';

type Lower = (g: Gathering, c: Candidate, layout: Layout) => Term;

const first = (c: Candidate): Candidate => {
  if (!c.parts[0]) throw new Unreadable('a part of it could not be read');
  return c.parts[0];
};

const inner: Lower = (g, c, layout) => lower(g, first(c), layout);

/** The term of a candidate; throws `Unreadable` where it has none. */
export function lower(g: Gathering, c: Candidate, layout: Layout): Term {
  return rules[c.rule](g, c, layout);
}

const opaque: Lower = (_g, c) => {
  throw new Unreadable(`nothing says what ${describe(c.expr)} is`);
};

const describe = (e: Expr): string =>
  e.kind === 'symbol' ? e.name.key : e.kind === 'call' || e.kind === 'juxtaposed' ? 'a function in it' : 'a part of it';

const rules: Readonly<Record<Rule, Lower>> = {
  symbol: lowerSymbol,
  label: lowerSymbol,
  'prime-name': lowerSymbol,
  unknown: lowerUnknown,
  opaque: lowerRelation,
  number: (_g, c) => ({ kind: 'number', value: c.expr.kind === 'number' ? c.expr.value : 0 }),
  zero: () => ({ kind: 'number', value: 0 }),
  group: inner,
  annotated: inner,
  splice: inner,
  choice: inner,
  at: lowerAt,
  transpose: (g, c, l) => ({ kind: 'transpose', term: inner(g, c, l) }),
  inverse: (g, c, l) => {
    const term = inner(g, c, l);
    return first(c).shape && isScalar(first(c).shape as Shape)
      ? { kind: 'power', base: term, exponent: { kind: 'number', value: -1 }, matrix: false }
      : { kind: 'inverse', term, ...(c.expr.kind === 'inverse' && c.expr.pseudo ? { pseudo: true } : {}) };
  },
  power: lowerPower,
  product: (g, c, l) => {
    if (c.detail?.kind !== 'product') throw new Unreadable('a product could not be read');
    return lowerGrouping(g, c.detail.tree, c.detail.factors, l);
  },
  chain: lowerChain,
  sum: lowerSum,
  quotient: (g, c, l) => ({ kind: 'quotient', numerator: lower(g, first(c), l), denominator: lower(g, c.parts[1] as Candidate, l) }),
  elementwise: lowerElementwise,
  apply: lowerApply,
  call: lowerCall,
  derivative: lowerDerivative,
  gradient: lowerGradient,
  hessian: lowerHessian,
  differential: (g, c, l) => ({ kind: 'differential', of: lower(g, first(c), l) }),
  'gradient-name': opaque,
  binder: lowerBinder,
  'sum-entries': (g, c, l) => ({ kind: 'reduce', reduce: 'sum', term: lower(g, first(c), l) }),
  tuple: lowerTuple,
  concatenation: lowerConcatenation,
  matrix: lowerMatrix,
  norm: lowerNorm,
  inner: (g, c, l) => ({ kind: 'product', product: 'inner', left: lower(g, first(c), l), right: lower(g, c.parts[1] as Candidate, l) }),
  element: lowerElement,
  cases: (g, c, l) => {
    const expr = c.expr as ExprOf<'cases'>;
    const branches = expr.branches.map((b, i) => ({
      value: lower(g, c.parts[i] as Candidate, l),
      condition: b.condition ? lowerCondition(g, b.condition) : undefined,
    }));
    return { kind: 'cases', branches };
  },
  'diagonal-matrix': (g, c, l) => ({ kind: 'diag', term: lowerElementwise(g, c, l) }),
};

/** Sizes used as numbers, bound letters, symbols with a shape. */
function lowerSymbol(g: Gathering, c: Candidate): Term {
  if (c.detail?.kind !== 'found') throw new Unreadable('a symbol could not be read');
  const { found, name } = c.detail;
  const shape = c.shape ?? found.shape;
  if (found.constant === 'zero') return { kind: 'constant', constant: 'zero', dims: c.shape ? sizesOf(c.shape) : [] };
  if (found.constant === 'basis')
    return {
      kind: 'constant',
      constant: 'basis',
      dims: sizesOf(shape),
      ...(name.subs[0] ? { index: termIndex(g, name.subs[0], shape, 0) } : {}),
    };
  if (found.constant) return { kind: 'constant', constant: found.constant, dims: sizesOf(shape) };
  if (found.how === 'element' || found.how === 'slice') {
    const whole = wholeName(name, found);
    const wholeFound = g.checked.env.lookup(whole, g.position);
    if (!wholeFound) throw new Unreadable(`nothing says what ${whole.key} is`);
    return elementOf(g, variable(g, whole, wholeFound.shape), wholeFound.shape, name.subs);
  }
  if (isScalar(shape) && g.isSize(name.key)) return { kind: 'size', size: { names: [{ coefficient: 1, factors: [name.key] }] } };
  return variable(g, name, shape);
}

function variable(g: Gathering, name: Name, shape: Shape): Term {
  g.variables.set(name.key, { name, shape });
  return { kind: 'variable', key: name.key };
}

/** Rates, weights of a penalty, slopes: numbers by custom where nothing says what they are. */
const customaryScalars = new Set([
  '\\alpha',
  '\\lambda',
  '\\eta',
  '\\gamma',
  '\\epsilon',
  '\\varepsilon',
  '\\tau',
  '\\rho',
  '\\kappa',
  'c',
  'k',
  'N',
  'm',
  'n',
]);

function lowerUnknown(g: Gathering, c: Candidate): Term {
  const { expr } = c;
  if (expr.kind === 'symbol') {
    const { name } = expr;
    const bare = name.subs.length === 0 && name.labels.length === 0;
    if (bare && (g.bound.has(name.key) || g.letters.has(name.key))) return { kind: 'index', name: name.key, offset: 0 };
    if (g.isSize(name.key)) return { kind: 'size', size: { names: [{ coefficient: 1, factors: [name.key] }] } };
    if (bare && customaryScalars.has(name.key)) return variable(g, name, scalar);
    if (name.key === '\\pi') return { kind: 'number', value: Math.PI };
    if (name.key === 'e') return { kind: 'number', value: Math.E };
    throw new Unreadable(`nothing says what shape ${name.key} has`);
  }
  throw new Unreadable('a part of it could not be read');
}

function lowerRelation(g: Gathering, c: Candidate): Term {
  if (c.expr.kind !== 'relation') throw new Unreadable('a part of it could not be read');
  return lowerCondition(g, c.expr);
}

const relationSigns: Readonly<Record<string, '<' | '<=' | '=' | '!=' | '>=' | '>'>> = {
  '<': '<',
  '\\le': '<=',
  '=': '=',
  '\\ne': '!=',
  '\\ge': '>=',
  '>': '>',
};

function lowerCondition(g: Gathering, e: Expr): Term {
  if (e.kind !== 'relation') throw new Unreadable('a condition could not be read');
  const relation = relationSigns[e.relation];
  if (!relation) throw new Unreadable('a condition could not be read');
  return { kind: 'indicator', relation, left: simple(g, e.left), right: simple(g, e.right) };
}

/** Conditions and limits: numbers, letters, symbols, sums of these. */
function simple(g: Gathering, e: Expr): Term {
  switch (e.kind) {
    case 'number':
      return { kind: 'number', value: e.value };
    case 'group':
      return simple(g, e.body);
    case 'sum':
      return { kind: 'sum', addends: e.addends.map((a) => ({ sign: a.sign, term: simple(g, a.expr) })) };
    case 'symbol': {
      const found = g.checked.env.lookup(e.name, g.position);
      if (found && found.from !== 'constant')
        return lowerSymbol(g, {
          expr: e,
          shape: found.shape,
          cost: 0,
          rule: 'symbol',
          parts: [],
          conflicts: [],
          solid: true,
          detail: { kind: 'found', found, name: e.name },
        });
      return lowerUnknown(g, { expr: e, shape: undefined, cost: 0, rule: 'unknown', parts: [], conflicts: [], solid: true });
    }
    default:
      throw new Unreadable('a condition could not be read');
  }
}

function lowerAt(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'at'>;
  const point = expr.point;
  if (point?.kind !== 'relation' || point.left.kind !== 'symbol') throw new Unreadable('the point of evaluation could not be read');
  return { kind: 'at', term: lower(g, first(c), l), bindings: [{ key: point.left.name.key, value: simple(g, point.right) }] };
}

function lowerPower(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr;
  if (expr.kind !== 'power') throw new Unreadable('a power could not be read');
  const [base, exponent] = c.parts as readonly [Candidate, Candidate | undefined];
  const isEuler =
    expr.base.kind === 'symbol' && (expr.base.name.key === 'e' || expr.base.name.key === '\\mathrm{e}') && base.rule === 'unknown';
  if (!exponent) throw new Unreadable('an exponent could not be read');
  if (isEuler) {
    const square = exponent.shape !== undefined && exponent.shape.dims.length === 2 && !isVector(exponent.shape);
    const term = lower(g, exponent, l);
    return square ? { kind: 'matrix-function', fn: 'exp', term } : { kind: 'apply', fn: { kind: 'known', name: 'exp' }, order: 0, term };
  }
  const matrix = !expr.elementwise && base.shape !== undefined && base.shape.dims.length === 2 && !isVector(base.shape);
  return { kind: 'power', base: lower(g, base, l), exponent: lower(g, exponent, l), matrix };
}

function lowerGrouping(g: Gathering, tree: Grouping, factors: readonly Candidate[], l: Layout): Term {
  if ('leaf' in tree) return lower(g, factors[tree.leaf] as Candidate, l);
  const left = lowerGrouping(g, tree.left, factors, l);
  const right = lowerGrouping(g, tree.right, factors, l);
  switch (tree.product) {
    case 'unknown':
      if (isNumber(g, left) || isNumber(g, right)) return { kind: 'product', product: 'matrix', left, right };
      throw new Unreadable('the shape of a factor is not known');
    case 'conflict':
      throw new Unreadable('the shape of a factor is not known');
    case 'quotient':
      return { kind: 'quotient', numerator: left, denominator: right };
    case 'elementwise':
      return { kind: 'product', product: 'hadamard', left, right };
    case 'diagonal':
      return diagonalProduct(tree, factors, left, right);
    default:
      return { kind: 'product', product: tree.product, left, right, ...(tree.axes === undefined ? {} : { axes: tree.axes }) };
  }
}

/** A symbol that custom takes for a number, or an expression of numbers alone. */
function isNumber(g: Gathering, t: Term): boolean {
  if (t.kind === 'number' || t.kind === 'size') return true;
  if (t.kind === 'variable') return g.variables.get(t.key)?.shape.dims.length === 0;
  if (t.kind === 'quotient') return isNumber(g, t.numerator) && isNumber(g, t.denominator);
  return t.kind === 'product' && isNumber(g, t.left) && isNumber(g, t.right);
}

/** ⊙ with a diagonal Jacobian is the product with it, from the side that conforms. */
function diagonalProduct(tree: Exclude<Grouping, { leaf: number }>, factors: readonly Candidate[], left: Term, right: Term): Term {
  const isJacobian = (t: Grouping): boolean =>
    'leaf' in t && factors[t.leaf]?.shape !== undefined && !isVector(factors[t.leaf]?.shape as Shape);
  const other = isJacobian(tree.left) ? tree.right : tree.left;
  const jacobian = isJacobian(tree.left) ? left : right;
  const vector = isJacobian(tree.left) ? right : left;
  const shape = 'leaf' in other ? factors[other.leaf]?.shape : undefined;
  return shape && isRow(shape)
    ? { kind: 'product', product: 'matrix', left: vector, right: jacobian }
    : { kind: 'product', product: 'matrix', left: jacobian, right: vector };
}

/** A chain, in numerator layout and order whatever the document's: its value is compared with the whole derivative there. */
function lowerChain(g: Gathering, c: Candidate): Term {
  const detail = c.detail;
  if (detail?.kind !== 'chain') throw new Unreadable('a chain could not be read');
  const scalars = detail.factors.filter((f) => !derivativeOf(f));
  const links = detail.factors.filter((f) => derivativeOf(f));
  const ordered = detail.order === 'numerator' ? links : [...links].reverse();
  const terms = ordered.map((f) => lowerDerivative(g, derivativeOf(f) as Candidate, 'numerator'));
  const shapes = ordered.map((f) => derivativeOf(f) as Candidate);
  const product = terms.reduce(
    (left, right, i) => ({ kind: 'product', product: 'contract', left, right, axes: axesOf(shapes[i] as Candidate) }) as Term,
  );
  return scalars.reduce<Term>((t, s) => ({ kind: 'product', product: 'matrix', left: lower(g, s, 'numerator'), right: t }), product);
}

/** How many axes the numerator of a link has: what it shares with the link before it. */
function axesOf(c: Candidate): number {
  const shape = c.parts[0]?.shape;
  if (!shape) throw new Unreadable('the shape of a factor is not known');
  return shape.dims.filter((d) => d.key !== '1').length;
}

export function derivativeOf(c: Candidate): Candidate | undefined {
  if (c.rule === 'derivative') return c;
  if (c.rule === 'annotated' || c.rule === 'group' || c.rule === 'at') return c.parts[0] && derivativeOf(c.parts[0]);
  return undefined;
}

function lowerSum(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'sum'>;
  const broadcast = c.detail?.kind === 'sum' ? c.detail.broadcast : [];
  const addends = c.parts.map((p, i) => {
    if (expr.addends[i]?.both) throw new Unreadable('± stands for two values');
    const term = lower(g, p, l);
    const turned = broadcast[i] === 'rows' && p.shape && isColumn(p.shape);
    return { sign: expr.addends[i]?.sign ?? 1, term: turned ? ({ kind: 'transpose', term } as Term) : term };
  });
  return { kind: 'sum', addends };
}

const knownFunctions: ReadonlySet<string> = new Set([
  'sigmoid',
  'tanh',
  'relu',
  'leaky-relu',
  'softplus',
  'identity',
  'exp',
  'log',
  'sin',
  'cos',
  'tan',
  'sqrt',
  'abs',
  'sign',
  'heaviside',
  'gelu',
  'silu',
  'elu',
  'sinh',
  'cosh',
  'arctan',
  'erf',
]);

/** What a function symbol means: what is stated, else open. */
function elementwiseOf(g: Gathering, name: string): Elementwise {
  if (knownFunctions.has(name)) return { kind: 'known', name: name as ElementwiseName };
  const meaning = g.checked.env.meaning(name, g.position);
  if (meaning?.known && knownFunctions.has(meaning.known)) return { kind: 'known', name: meaning.known as ElementwiseName };
  if (meaning?.known) return expressionFunction(meaning.known);
  g.functions.add(name);
  return { kind: 'open', name };
}

/** An expression in t, as a directive states it. */
function expressionFunction(text: string): Elementwise {
  const body = expressionTerm(text);
  if (!body) throw new Unreadable(`the function ${text} could not be read`);
  return { kind: 'expression', variable: 't', body };
}

function lowerElementwise(g: Gathering, c: Candidate, l: Layout): Term {
  const { expr } = c;
  const [argument] = c.parts;
  if (!argument) throw new Unreadable('a function has no argument');
  const term = lower(g, argument, l);
  if (expr.kind === 'norm') return { kind: 'apply', fn: { kind: 'known', name: 'abs' }, order: 0, term };
  if (expr.kind === 'apply') return applied(g, expr, c, term, l);
  const detail = c.detail?.kind === 'elementwise' ? c.detail : undefined;
  const head = expr.kind === 'call' ? headName(expr.head) : undefined;
  const fn = head?.key ?? detail?.fn ?? '';
  const meaning = g.checked.env.meaning(fn, g.position) ?? (head ? g.checked.env.meaning(head.base, g.position) : undefined);
  if (meaning?.kind === 'softmax') return { kind: 'softmax', term, axis: softmaxAxis(g, argument.shape, meaning.axis) };
  return {
    kind: 'apply',
    fn: meaning?.known ? elementwiseOf(g, meaning.known) : elementwiseOf(g, head?.base ?? fn),
    order: detail?.order ?? 0,
    term,
  };
}

const headName = (e: Expr): Name | undefined =>
  e.kind === 'symbol' ? e.name : e.kind === 'prime' ? headName(e.base) : e.kind === 'power' ? e.asName : undefined;

function softmaxAxis(g: Gathering, shape: Shape | undefined, axis: 'rows' | 'columns' | undefined): 'all' | 'rows' | 'columns' {
  if (!shape || isVector(shape) || isScalar(shape)) return 'all';
  return axis ?? g.checked.env.meaning('softmax', g.position)?.axis ?? 'rows';
}

function applied(g: Gathering, expr: ExprOf<'apply'>, c: Candidate, term: Term, l: Layout): Term {
  const powered = (t: Term): Term => (expr.power ? { kind: 'power', base: t, exponent: simple(g, expr.power), matrix: false } : t);
  if (expr.fn === 'max' || expr.fn === 'min') return { kind: 'extremum', extremum: expr.fn, args: c.parts.map((p) => lower(g, p, l)) };
  if (expr.fn === 'sqrt' && c.shape && c.shape.dims.length === 2 && !isVector(c.shape))
    return { kind: 'matrix-function', fn: 'sqrt', term };
  if (expr.fn === 'log' && expr.subscript?.kind === 'number')
    return {
      kind: 'quotient',
      numerator: { kind: 'apply', fn: { kind: 'known', name: 'log' }, order: expr.order, term },
      denominator: { kind: 'number', value: Math.log(expr.subscript.value) },
    };
  if (isElementwise(expr.fn)) return powered({ kind: 'apply', fn: elementwiseOf(g, expr.fn), order: expr.order, term });
  return powered({ kind: 'apply', fn: elementwiseOf(g, expr.fn), order: expr.order, term });
}

const reductions: Readonly<Record<string, Reduction>> = { trace: 'trace', det: 'det', logdet: 'logdet', rank: 'rank' };

function lowerApply(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr;
  if (expr.kind !== 'apply') throw new Unreadable('a function could not be read');
  const [argument] = c.parts;
  if (!argument || expr.order > 0) throw new Unreadable('a function could not be read');
  const powered = (t: Term): Term => (expr.power ? { kind: 'power', base: t, exponent: simple(g, expr.power), matrix: false } : t);
  const reduce = reductions[expr.fn];
  if (reduce) return powered({ kind: 'reduce', reduce, term: lower(g, argument, l) });
  const what = c.detail?.kind === 'reading' ? c.detail.what : '';
  switch (expr.fn) {
    case 'diag':
      if (c.parts.length > 1) return { kind: 'diag', term: { kind: 'matrix', rows: c.parts.map((p) => [lower(g, p, l)]) } };
      return { kind: 'diag', term: lower(g, argument, l), ...(what === 'keep' ? { keep: true } : {}) };
    case 'vec':
      return { kind: 'vec', term: lower(g, argument, l) };
    case 'softmax':
    case 'log-softmax':
      return {
        kind: 'softmax',
        term: lower(g, argument, l),
        axis: softmaxAxis(g, argument.shape, undefined),
        ...(expr.fn === 'log-softmax' ? { log: true } : {}),
      };
    case 'logsumexp':
      return {
        kind: 'apply',
        fn: { kind: 'known', name: 'log' },
        order: 0,
        term: {
          kind: 'reduce',
          reduce: 'sum',
          term: { kind: 'apply', fn: { kind: 'known', name: 'exp' }, order: 0, term: lower(g, argument, l) },
        },
      };
    case 'norm':
      return { kind: 'reduce', reduce: 'norm2', term: lower(g, argument, l) };
    case 'sym': {
      const term = lower(g, argument, l);
      return {
        kind: 'quotient',
        numerator: {
          kind: 'sum',
          addends: [
            { sign: 1, term },
            { sign: 1, term: { kind: 'transpose', term } },
          ],
        },
        denominator: { kind: 'number', value: 2 },
      };
    }
    case 'max':
    case 'min':
      return { kind: 'reduce', reduce: expr.fn, term: lower(g, argument, l) };
    case 'concat':
      return { kind: 'matrix', rows: c.parts.map((p) => [lower(g, p, l)]) };
    default:
      throw new Unreadable(`nothing says what ${expr.fn} computes`);
  }
}

function lowerIndicator(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'call'>;
  const body = expr.args.kind === 'group' ? expr.args.body : undefined;
  const relation = body?.kind === 'relation' ? relationSigns[body.relation] : undefined;
  if (!relation) throw new Unreadable('a condition could not be read');
  return { kind: 'indicator', relation, left: lower(g, first(c), l), right: lower(g, c.parts[1] as Candidate, l) };
}

/** f(x) of a defined f is f; of a declared map a random smooth function. */
function lowerCall(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr;
  if (c.detail?.kind === 'reading' && c.detail.what === 'indicator' && expr.kind === 'call') return lowerIndicator(g, c, l);
  if (expr.kind === 'apply') throw new Unreadable(`nothing says what ${expr.fn} computes`);
  const name = expr.kind === 'call' ? headName(expr.head) : undefined;
  if (!name) throw new Unreadable('a function could not be read');
  if (g.checked.definitions.byKey.has(name.key) && c.shape) return variable(g, name, c.shape);
  if (!c.shape) throw new Unreadable(`nothing says what ${name.key} computes`);
  return { kind: 'call', name: name.key, args: c.parts.map((p) => lower(g, p, l)), dims: sizesOf(c.shape) };
}

/** The symbol or element that a derivative is by. */
function targetOf(g: Gathering, c: Candidate): DerivativeTarget {
  if (c.rule === 'transpose') return { ...targetOf(g, first(c)), transposed: true };
  if (c.rule === 'group' || c.rule === 'annotated') return targetOf(g, first(c));
  if (c.detail?.kind === 'found') {
    const { found, name } = c.detail;
    if (found.how === 'element' || found.how === 'slice') {
      const whole = wholeName(name, found);
      const wholeFound = g.checked.env.lookup(whole, g.position);
      if (!wholeFound) throw new Unreadable(`nothing says what ${whole.key} is`);
      variable(g, whole, wholeFound.shape);
      return { key: whole.key, indices: name.subs.map((s, i) => termIndex(g, s, wholeFound.shape, i)) };
    }
    if (found.constant) throw new Unreadable('a derivative by a constant');
    variable(g, name, c.shape ?? found.shape);
    return { key: name.key };
  }
  if (c.rule === 'element' && c.expr.kind === 'element') {
    const base = targetOf(g, first(c));
    const shape = first(c).shape;
    return { key: base.key, indices: c.expr.indices.map((s, i) => termIndex(g, s, shape, i)) };
  }
  throw new Unreadable('the derivative is not by a symbol');
}

function lowerDerivative(g: Gathering, c: Candidate, layout: Layout): Term {
  const expr = c.expr;
  const detail = c.detail?.kind === 'derivative' ? c.detail : undefined;
  const [u, v] = c.parts;
  if (expr.kind !== 'derivative' || !u || !v) throw new Unreadable('a derivative could not be read');
  const signOf = detail?.transposedOf ?? false;
  const signBy = detail?.transposedBy ?? false;
  const of = lower(g, signOf ? first(u) : u, layout);
  const target = targetOf(g, signBy ? first(v) : v);
  const term: Term = {
    kind: 'derivative',
    of,
    by: [target],
    layout,
    ...(signOf ? { transposedOf: true } : {}),
    ...(signBy ? { transposedBy: true } : {}),
  };
  return detail?.transposed ? { kind: 'transpose', term } : term;
}

function lowerGradient(g: Gathering, c: Candidate, layout: Layout): Term {
  const [u, v] = c.parts;
  if (!u || !v) throw new Unreadable('a gradient could not be read');
  const term: Term = { kind: 'gradient', of: lower(g, u, layout), by: targetOf(g, v), layout };
  return c.detail?.kind === 'derivative' && c.detail.transposed ? { kind: 'transpose', term } : term;
}

function lowerHessian(g: Gathering, c: Candidate, layout: Layout): Term {
  const [u, x, y = x] = c.parts;
  if (!u || !x || !y) throw new Unreadable('a second derivative could not be read');
  const strip = (p: Candidate): Candidate => (p.rule === 'transpose' ? first(p) : p);
  return { kind: 'derivative', of: lower(g, u, layout), by: [targetOf(g, strip(x)), targetOf(g, strip(y))], layout };
}

function lowerBinder(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'binder'>;
  const kind = expr.op === 'sum' || expr.op === 'product' || expr.op === 'max' || expr.op === 'min' ? expr.op : undefined;
  if (!kind || expr.letters.length === 0) throw new Unreadable('a sum or an expectation over something that nothing states');
  const own: Gathering = { ...g, bound: new Set([...g.bound, ...expr.letters]) };
  const body = lower(own, first(c), l);
  return [...expr.letters].reverse().reduce<Term>((term, letter, i) => {
    const innermost = i === expr.letters.length - 1;
    const range = g.letters.get(letter);
    const from: Term = innermost && expr.lower ? simple(own, expr.lower) : { kind: 'number', value: 1 };
    const to: Term | undefined = expr.upper ? simple(own, expr.upper) : range ? { kind: 'size', size: sizeOf(range) } : undefined;
    if (!to) throw new Unreadable(`nothing says how far ${letter} runs`);
    return {
      kind: 'binder',
      binder: kind,
      letter,
      from,
      to,
      body: term,
      ...(expr.except && innermost ? { except: simple(own, expr.except) } : {}),
    };
  }, body);
}

function lowerTuple(g: Gathering, c: Candidate, l: Layout): Term {
  if (c.expr.kind === 'tuple' && c.expr.items.some((i) => i.kind === 'ellipsis'))
    throw new Unreadable('what an ellipsis leaves out is not known');
  const items = c.parts.map((p) => lower(g, p, l));
  const asColumn = c.detail?.kind === 'orientation' ? c.detail.as === 'column' : c.shape !== undefined && isColumn(c.shape);
  return { kind: 'matrix', rows: asColumn ? items.map((i) => [i]) : [items] };
}

/** Blocks on top of one another or side by side, as the shape says. */
function lowerConcatenation(g: Gathering, c: Candidate, l: Layout): Term {
  if (c.expr.kind === 'tuple' && c.expr.items.some((i) => i.kind === 'ellipsis'))
    throw new Unreadable('what an ellipsis leaves out is not known');
  const items = c.parts.map((p) => lower(g, p, l));
  const one = c.parts[0]?.shape;
  const vertical = c.shape && one && c.shape.dims[1]?.key === (one.dims[1]?.key ?? '1');
  return { kind: 'matrix', rows: vertical ? items.map((i) => [i]) : [items] };
}

function lowerMatrix(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'matrix'>;
  const flat = [...c.parts];
  const rows = expr.cells.map((row) =>
    row.map((cell) => {
      if (!cell || cell.kind === 'ellipsis') throw new Unreadable('what an ellipsis leaves out is not known');
      return lower(g, flat.shift() as Candidate, l);
    }),
  );
  const term: Term = { kind: 'matrix', rows };
  return expr.open === '|' ? { kind: 'reduce', reduce: 'det', term } : term;
}

function lowerNorm(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'norm'>;
  const body = first(c);
  const term = lower(g, body, l);
  const scalarBody = body.shape !== undefined && isScalar(body.shape);
  if (expr.bars === 1)
    return scalarBody
      ? { kind: 'apply', fn: { kind: 'known', name: 'abs' }, order: 0, term }
      : body.shape && isVector(body.shape)
        ? { kind: 'reduce', reduce: 'norm2', term }
        : { kind: 'reduce', reduce: 'det', term };
  return { kind: 'reduce', reduce: normOf(expr.subscript, body.shape), term };
}

function normOf(subscript: Expr | undefined, shape: Shape | undefined): Reduction {
  const matrix = shape !== undefined && shape.dims.length === 2 && !isVector(shape);
  if (!subscript) return 'norm2';
  if (subscript.kind === 'number') {
    if (subscript.value === 1) return 'norm1';
    return matrix && subscript.value === 2 ? 'spectral' : 'norm2';
  }
  if (subscript.kind === 'symbol') {
    if (subscript.name.key === 'F' || subscript.name.key === '\\mathrm{F}') return 'norm2';
    if (subscript.name.key === '\\infty') return 'norm-inf';
    if (subscript.name.key === '*') return 'nuclear';
  }
  throw new Unreadable('a norm that is not known');
}

function lowerElement(g: Gathering, c: Candidate, l: Layout): Term {
  const expr = c.expr as ExprOf<'element'>;
  const base = first(c);
  if (c.shape === base.shape && expr.indices.every((i) => i.kind === 'word')) return lower(g, base, l);
  return elementOf(g, lower(g, base, l), base.shape, expr.indices);
}

function elementOf(g: Gathering, term: Term, shape: Shape | undefined, indices: readonly Index[]): Term {
  if (shape && isScalar(shape)) return term;
  return { kind: 'element', term, indices: indices.map((i, k) => termIndex(g, i, shape, k)) };
}

/** An index; a letter that is not bound is free and runs over that axis. */
function termIndex(g: Gathering, index: Index, shape: Shape | undefined, axis: number): TermIndex {
  if (index.kind === 'number') return { kind: 'number', value: index.value };
  if (index.kind === 'all') return { kind: 'all' };
  if (index.kind === 'word') throw new Unreadable('an index could not be read');
  const dims = shape && shape.dims.length === 2 && isVector(shape) ? shape.dims.filter((d) => d.key !== '1') : shape?.dims;
  const dim = dims?.[axis];
  if (dim && !g.letters.has(index.name)) g.letters.set(index.name, dim);
  return { kind: 'letter', name: index.name, offset: index.offset };
}
