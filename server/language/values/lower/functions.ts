// Functions of whole arrays: those with a name of the field, as a table, and those that the document defines or declares.
import type { Candidate } from '../../shapes/candidate.js';
import type { Reduction, Term } from '../../term.js';
import { sizesOf, Unreadable } from '../context.js';
import { indicator } from './conditions.js';
import { entrywise, headName, powered, softmaxAxis } from './elementwise.js';
import { inner, type Lowering, type LoweringRules, termsOf } from './rule.js';
import { variable } from './symbols.js';

export const functions = { apply, call } satisfies LoweringRules;

type NamedFunction = (cx: Lowering, c: Candidate, argument: Candidate) => Term;

const reductions: Readonly<Record<string, Reduction>> = { trace: 'trace', det: 'det', logdet: 'logdet', rank: 'rank' };

const namedFunctions: Readonly<Record<string, NamedFunction>> = {
  diag,
  vec: (cx, c) => ({ kind: 'vec', term: inner(cx, c) }),
  softmax: (cx, c, argument) => ({ kind: 'softmax', term: inner(cx, c), axis: softmaxAxis(cx, argument.shape, undefined) }),
  'log-softmax': (cx, c, argument) => ({
    kind: 'softmax',
    term: inner(cx, c),
    axis: softmaxAxis(cx, argument.shape, undefined),
    log: true,
  }),
  logsumexp: (cx, c) => entrywise('log', { kind: 'reduce', reduce: 'sum', term: entrywise('exp', inner(cx, c)) }),
  norm: (cx, c) => ({ kind: 'reduce', reduce: 'norm2', term: inner(cx, c) }),
  sym: (cx, c) => symmetricPart(inner(cx, c)),
  max: (cx, c) => ({ kind: 'reduce', reduce: 'max', term: inner(cx, c) }),
  min: (cx, c) => ({ kind: 'reduce', reduce: 'min', term: inner(cx, c) }),
  concat: (cx, c) => ({ kind: 'matrix', rows: termsOf(cx, c.parts).map((t) => [t]) }),
};

function apply(cx: Lowering, c: Candidate): Term {
  const { expr } = c;
  const [argument] = c.parts;
  if (expr.kind !== 'apply' || !argument || expr.order > 0) throw new Unreadable('a function could not be read');
  const reduce = reductions[expr.fn];
  if (reduce) return powered(cx, expr, { kind: 'reduce', reduce, term: inner(cx, c) });
  const named = namedFunctions[expr.fn];
  if (!named) throw new Unreadable(`nothing says what ${expr.fn} computes`);
  return named(cx, c, argument);
}

/** Of several arguments their diagonal matrix; of a matrix its diagonal, or the matrix without what is off it. */
function diag(cx: Lowering, c: Candidate): Term {
  if (c.parts.length > 1) return { kind: 'diag', term: { kind: 'matrix', rows: termsOf(cx, c.parts).map((t) => [t]) } };
  const keep = c.detail?.kind === 'reading' && c.detail.what === 'keep';
  return { kind: 'diag', term: inner(cx, c), ...(keep ? { keep } : {}) };
}

/** (A + Aᵀ) / 2 */
const symmetricPart = (term: Term): Term => ({
  kind: 'quotient',
  numerator: {
    kind: 'sum',
    addends: [
      { sign: 1, term },
      { sign: 1, term: { kind: 'transpose', term } },
    ],
  },
  denominator: { kind: 'number', value: 2 },
});

/** f(x) of a defined f is f; of a declared map a random smooth function. */
function call(cx: Lowering, c: Candidate): Term {
  const { expr } = c;
  if (c.detail?.kind === 'reading' && c.detail.what === 'indicator' && expr.kind === 'call') return indicator(cx, c);
  if (expr.kind === 'apply') throw new Unreadable(`nothing says what ${expr.fn} computes`);
  const name = expr.kind === 'call' ? headName(expr.head) : undefined;
  if (!name) throw new Unreadable('a function could not be read');
  if (cx.checked.definitions.byKey.has(name.key) && c.shape) return variable(cx, name, c.shape);
  if (!c.shape) throw new Unreadable(`nothing says what ${name.key} computes`);
  return { kind: 'call', name: name.key, args: termsOf(cx, c.parts), dims: sizesOf(c.shape) };
}
