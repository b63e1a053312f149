// Terms of symbols: with a shape, of a size used as a number, of bound letters, elements with their indices. Numbers, too, and what only
// wraps its part.
import type { Expr, ExprOf, Index, Name } from '../../expr.js';
import type { Candidate, Found } from '../../shapes/candidate.js';
import { isScalar, isVector, type Shape, scalar } from '../../shapes/shape.js';
import { canonicalText } from '../../syntax/print.js';
import type { Term, TermIndex } from '../../term.js';
import { type Gathering, sizesOf, Unreadable } from '../context.js';
import { wholeName } from '../names.js';
import { first, inner, type Lowering, type LoweringRules, termOf } from './rule.js';

export const symbols = {
  symbol,
  label: symbol,
  'prime-name': symbol,
  unknown: (cx, c) => unknownTerm(cx, c.expr, c.shape),
  number: (_cx, c) => ({ kind: 'number', value: c.expr.kind === 'number' ? c.expr.value : 0 }),
  zero: () => ({ kind: 'number', value: 0 }),
  'gradient-name': opaque,
  element,
  group: inner,
  annotated: inner,
  splice: (cx, c) => (c.expr.kind === 'call' ? moment(cx, c, c.expr) : inner(cx, c)),
  choice: inner,
} satisfies LoweringRules;

/** x(k+1) and x(k): a symbol has a value of its own at each moment. */
function moment(cx: Lowering, c: Candidate, call: ExprOf<'call'>): Term {
  const { detail, shape } = first(c);
  if (detail?.kind !== 'found' || !shape) return inner(cx, c);
  const { name } = detail;
  return variable(cx, { ...name, key: `${name.key}${canonicalText(call.args)}` }, shape);
}

/** A symbol by what its look-up found. `shape` is the one that inference chose, undefined where that is open. */
export function foundTerm(g: Gathering, name: Name, found: Found, shape: Shape | undefined): Term {
  if (found.constant) return constant(g, name, found, shape);
  if (found.how === 'element' || found.how === 'slice') {
    const whole = wholeOf(g, name, found);
    return elementOf(g, { kind: 'variable', key: whole.key }, whole.shape, name.subs);
  }
  const own = shape ?? found.shape;
  if (isScalar(own) && g.isSize(name.key)) return size(name.key);
  return variable(g, name, own);
}

/** A symbol that nothing is known of: a letter, a size, what its place demands (the number in a numerator), or a number by custom. */
export function unknownTerm(g: Gathering, expr: Expr, demanded?: Shape): Term {
  if (expr.kind !== 'symbol') throw new Unreadable('a part of it could not be read');
  const { name } = expr;
  const bare = name.subs.length === 0 && name.labels.length === 0;
  if (bare && (g.bound.has(name.key) || g.letters.has(name.key))) return { kind: 'index', name: name.key, offset: 0 };
  if (g.isSize(name.key)) return size(name.key);
  if (demanded?.dims.every((d) => !d.flexible)) return variable(g, name, demanded);
  if (bare && customaryScalars.has(name.key)) return variable(g, name, scalar);
  if (name.key === '\\pi') return { kind: 'number', value: Math.PI };
  if (name.key === 'e') return { kind: 'number', value: Math.E };
  throw new Unreadable(`nothing says what shape ${name.key} has`);
}

/** A symbol of a shape; it is gathered. */
export function variable(g: Gathering, name: Name, shape: Shape): Term {
  g.variables.set(name.key, { name, shape });
  return { kind: 'variable', key: name.key };
}

/** The symbol that an element or a slice is of, with its shape; it is gathered. */
export function wholeOf(g: Gathering, name: Name, found: Found): { readonly key: string; readonly shape: Shape } {
  const whole = wholeName(name, found);
  const { shape } = g.checked.env.lookup(whole, g.position) ?? {};
  if (!shape) throw new Unreadable(`nothing says what ${whole.key} is`);
  variable(g, whole, shape);
  return { key: whole.key, shape };
}

/** An index; a letter that is not bound is free and runs over that axis. */
export function termIndex(g: Gathering, index: Index, shape: Shape | undefined, axis: number): TermIndex {
  if (index.kind === 'number') return { kind: 'number', value: index.value };
  if (index.kind === 'all') return { kind: 'all' };
  if (index.kind === 'word') throw new Unreadable('an index could not be read');
  const dims = shape && shape.dims.length === 2 && isVector(shape) ? shape.dims.filter((d) => d.key !== '1') : shape?.dims;
  const dim = dims?.[axis];
  if (dim && !g.letters.has(index.name)) g.letters.set(index.name, dim);
  return { kind: 'letter', name: index.name, offset: index.offset };
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

function symbol(g: Gathering, c: Candidate): Term {
  if (c.detail?.kind !== 'found') throw new Unreadable('a symbol could not be read');
  return foundTerm(g, c.detail.name, c.detail.found, c.shape);
}

/** Zeros, ones, the identity matrix and basis vectors. A zero that fits everything is a number. */
function constant(g: Gathering, name: Name, found: Found, inferred: Shape | undefined): Term {
  const shape = inferred ?? found.shape;
  switch (found.constant) {
    case 'ones':
    case 'identity':
      if (shape.dims.some((d) => d.flexible)) throw new Unreadable(`nothing says what shape ${name.key} has`);
      return { kind: 'constant', constant: found.constant, dims: sizesOf(shape) };
    case 'basis': {
      const [sub] = name.subs;
      return { kind: 'constant', constant: 'basis', dims: sizesOf(shape), ...(sub ? { index: termIndex(g, sub, shape, 0) } : {}) };
    }
    case 'delta': {
      const [left, right] = name.subs.map(indexTerm);
      if (!left || !right) throw new Unreadable('an index could not be read');
      return { kind: 'indicator', relation: '=', left, right };
    }
    case 'euler':
      return { kind: 'number', value: Math.E };
    default:
      return { kind: 'constant', constant: 'zero', dims: inferred ? sizesOf(inferred) : [] };
  }
}

/** An index as a number. */
function indexTerm(index: Index): Term {
  if (index.kind === 'letter') return { kind: 'index', name: index.name, offset: index.offset };
  if (index.kind === 'number') return { kind: 'number', value: index.value };
  throw new Unreadable('an index could not be read');
}

function element(cx: Lowering, c: Candidate): Term {
  const expr = c.expr as ExprOf<'element'>;
  const base = first(c);
  const term = termOf(cx, base);
  // A word beneath a symbol is a part of its name.
  if (c.shape === base.shape && expr.indices.every((i) => i.kind === 'word')) return term;
  return elementOf(cx, term, base.shape, expr.indices);
}

/** The element of a term; of a scalar itself. */
function elementOf(g: Gathering, term: Term, shape: Shape | undefined, indices: readonly Index[]): Term {
  if (shape && isScalar(shape)) return term;
  return { kind: 'element', term, indices: indices.map((i, k) => termIndex(g, i, shape, k)) };
}

const size = (key: string): Term => ({ kind: 'size', size: { names: [{ coefficient: 1, factors: [key] }] } });

function opaque(_g: Gathering, { expr }: Candidate): Term {
  const what =
    expr.kind === 'symbol' ? expr.name.key : expr.kind === 'call' || expr.kind === 'juxtaposed' ? 'a function in it' : 'a part of it';
  throw new Unreadable(`nothing says what ${what} is`);
}
