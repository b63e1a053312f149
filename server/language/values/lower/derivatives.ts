// Derivatives, gradients, second derivatives, differentials, and chains of derivatives; and what a derivative is by.
import type { Candidate } from '../../shapes/candidate.js';
import { isSquare } from '../../shapes/match.js';
import { isScalar } from '../../shapes/shape.js';
import type { DerivativeTarget, Term } from '../../term.js';
import { type Gathering, Unreadable } from '../context.js';
import { first, inner, type Lowering, type LoweringRules, termOf } from './rule.js';
import { termIndex, variable, wholeOf } from './symbols.js';

export const derivatives = {
  derivative,
  gradient,
  hessian,
  differential: (cx, c) => ({ kind: 'differential', of: inner(cx, c) }),
  chain,
} satisfies LoweringRules;

/** The derivative that a candidate is, under parentheses, braces and points of evaluation; undefined if it is none. */
export function derivativeOf(c: Candidate): Candidate | undefined {
  if (c.rule === 'derivative') return c;
  if (c.rule === 'annotated' || c.rule === 'group' || c.rule === 'at') return c.parts[0] && derivativeOf(c.parts[0]);
  return undefined;
}

function derivative(cx: Lowering, c: Candidate): Term {
  const detail = c.detail?.kind === 'derivative' ? c.detail : undefined;
  const [u, v] = c.parts;
  if (c.expr.kind !== 'derivative' || !u || !v) throw new Unreadable('a derivative could not be read');
  const transposedOf = detail?.transposedOf ?? false;
  const transposedBy = detail?.transposedBy ?? false;
  const of = termOf(cx, transposedOf ? first(u) : u);
  const target = targetOf(cx, transposedBy ? first(v) : v);
  const signs = { ...(transposedOf ? { transposedOf } : {}), ...(transposedBy ? { transposedBy } : {}) };
  const term: Term = { kind: 'derivative', of, by: [target], layout: cx.layout, ...signs };
  const kept = cx.signs.bySquare === 'kept' && cx.layout === 'denominator' && isSquareByNumber(u, v);
  return (detail?.transposed ?? false) !== kept ? { kind: 'transpose', term } : term;
}

const isSquareByNumber = (u: Candidate, v: Candidate): boolean =>
  v.shape !== undefined && isScalar(v.shape) && u.shape !== undefined && !isScalar(u.shape) && isSquare(u.shape);

function gradient(cx: Lowering, c: Candidate): Term {
  const [u, v] = c.parts;
  if (!u || !v) throw new Unreadable('a gradient could not be read');
  const term: Term = { kind: 'gradient', of: termOf(cx, u), by: targetOf(cx, v), layout: cx.layout };
  return c.detail?.kind === 'derivative' && c.detail.transposed ? { kind: 'transpose', term } : term;
}

function hessian(cx: Lowering, c: Candidate): Term {
  const [u, x, y = x] = c.parts;
  if (!u || !x || !y) throw new Unreadable('a second derivative could not be read');
  const strip = (p: Candidate): Candidate => (p.rule === 'transpose' ? first(p) : p);
  return { kind: 'derivative', of: termOf(cx, u), by: [targetOf(cx, strip(x)), targetOf(cx, strip(y))], layout: cx.layout };
}

/** The symbol or element that a derivative is by. */
function targetOf(g: Gathering, c: Candidate): DerivativeTarget {
  if (c.rule === 'transpose') return { ...targetOf(g, first(c)), transposed: true };
  if (c.rule === 'group' || c.rule === 'annotated') return targetOf(g, first(c));
  if (c.rule === 'apply' && c.expr.kind === 'apply' && c.expr.fn === 'vec') return { ...targetOf(g, first(c)), vec: true };
  if (c.detail?.kind === 'found') {
    const { found, name } = c.detail;
    if (found.how === 'element' || found.how === 'slice') {
      const { key, shape } = wholeOf(g, name, found);
      return { key, indices: name.subs.map((s, i) => termIndex(g, s, shape, i)) };
    }
    if (found.constant) throw new Unreadable('a derivative by a constant');
    variable(g, name, c.shape ?? found.shape);
    return { key: name.key };
  }
  if (c.rule === 'element' && c.expr.kind === 'element') {
    const base = targetOf(g, first(c));
    const { shape } = first(c);
    return { key: base.key, indices: c.expr.indices.map((s, i) => termIndex(g, s, shape, i)) };
  }
  throw new Unreadable('the derivative is not by a symbol');
}

/** A chain, in numerator layout and order whatever the document's: its value is compared with the whole derivative there. */
function chain(cx: Lowering, c: Candidate): Term {
  if (c.detail?.kind !== 'chain') throw new Unreadable('a chain could not be read');
  const { factors, order } = c.detail;
  const own: Lowering = { ...cx, layout: 'numerator' };
  const scalars = factors.filter((f) => !derivativeOf(f));
  const written = factors.map(derivativeOf).filter((f) => f !== undefined);
  const links = order === 'numerator' ? written : written.reverse();
  const product = links
    .map((link) => termOf(own, link))
    .reduce((left, right, i) => ({ kind: 'product', product: 'contract', left, right, axes: axesOf(links[i] as Candidate) }));
  return scalars.reduce<Term>((t, s) => ({ kind: 'product', product: 'matrix', left: termOf(own, s), right: t }), product);
}

/** How many axes the numerator of a link has: what it shares with the link before it. */
function axesOf(c: Candidate): number {
  const shape = c.parts[0]?.shape;
  if (!shape) throw new Unreadable('the shape of a factor is not known');
  return shape.dims.filter((d) => d.key !== '1').length;
}
