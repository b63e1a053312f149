// Short names for building terms and problems in tests.
import {
  contextAt,
  evaluate,
  type NdArray,
  type Problem,
  problemOf,
  toRows,
  type Variable,
} from '../../../server/language/numeric/index.js';
import type { Assumption, ElementwiseName, Layout, ProductKind, Reduction, Size, Term, TermIndex } from '../../../server/language/term.js';

export const v = (key: string): Term => ({ kind: 'variable', key });
export const n = (value: number): Term => ({ kind: 'number', value });
export const add = (...terms: Term[]): Term => ({ kind: 'sum', addends: terms.map((term) => ({ sign: 1, term })) });
export const sub = (left: Term, right: Term): Term => ({
  kind: 'sum',
  addends: [
    { sign: 1, term: left },
    { sign: -1, term: right },
  ],
});
export const neg = (term: Term): Term => ({ kind: 'sum', addends: [{ sign: -1, term }] });
export const product = (kind: ProductKind, left: Term, right: Term, axes?: number): Term =>
  axes === undefined ? { kind: 'product', product: kind, left, right } : { kind: 'product', product: kind, left, right, axes };
export const mul = (...terms: Term[]): Term => terms.reduce((left, right) => product('matrix', left, right));
export const had = (...terms: Term[]): Term => terms.reduce((left, right) => product('hadamard', left, right));
export const div = (numerator: Term, denominator: Term): Term => ({ kind: 'quotient', numerator, denominator });
export const pow = (base: Term, exponent: number | Term, matrix = false): Term => ({
  kind: 'power',
  base,
  exponent: typeof exponent === 'number' ? n(exponent) : exponent,
  matrix,
});
export const T = (term: Term): Term => ({ kind: 'transpose', term });
export const inv = (term: Term, pseudo?: boolean): Term =>
  pseudo === undefined ? { kind: 'inverse', term } : { kind: 'inverse', term, pseudo };
export const fn = (name: ElementwiseName, term: Term, order = 0): Term => ({ kind: 'apply', fn: { kind: 'known', name }, order, term });
export const open = (name: string, term: Term, order = 0): Term => ({ kind: 'apply', fn: { kind: 'open', name }, order, term });
export const red = (reduce: Reduction, term: Term): Term => ({ kind: 'reduce', reduce, term });
export const tr = (term: Term): Term => red('trace', term);
export const diag = (term: Term): Term => ({ kind: 'diag', term });
export const vec = (term: Term): Term => ({ kind: 'vec', term });
export const eye = (size: Size): Term => ({ kind: 'constant', constant: 'identity', dims: [size, size] });
export const ones = (...dims: Size[]): Term => ({ kind: 'constant', constant: 'ones', dims });
export const softmax = (term: Term, axis: 'all' | 'rows' | 'columns' = 'all', log = false): Term => ({ kind: 'softmax', term, axis, log });
export const letter = (name: string, offset = 0): TermIndex => ({ kind: 'letter', name, offset });
export const at = (value: number): TermIndex => ({ kind: 'number', value });
export const all: TermIndex = { kind: 'all' };
export const el = (term: Term, ...indices: (TermIndex | number | string)[]): Term => ({
  kind: 'element',
  term,
  indices: indices.map(toIndex),
});
const toIndex = (index: TermIndex | number | string): TermIndex =>
  typeof index === 'number' ? at(index) : typeof index === 'string' ? letter(index) : index;
export const sumOver = (name: string, to: Size, body: Term): Term => ({
  kind: 'binder',
  binder: 'sum',
  letter: name,
  from: n(1),
  to: { kind: 'size', size: to },
  body,
});
export const d = (
  of: Term,
  by: string,
  layout: Layout = 'denominator',
  extra: Partial<Extract<Term, { kind: 'derivative' }>> = {},
): Term => ({
  kind: 'derivative',
  of,
  by: [{ key: by }],
  layout,
  ...extra,
});
export const dEl = (of: Term, by: string, ...indices: (TermIndex | number | string)[]): Term => ({
  kind: 'derivative',
  of,
  by: [{ key: by, indices: indices.map(toIndex) }],
  layout: 'denominator',
});
export const grad = (of: Term, by: string, layout: Layout = 'denominator'): Term => ({ kind: 'gradient', of, by: { key: by }, layout });
export const differential = (of: Term): Term => ({ kind: 'differential', of });

/** Shapes as 'r c', 'n' for a column, '' for a scalar; assumptions behind a colon. */
export function variables(shapes: Record<string, string>): Map<string, Variable> {
  return new Map(
    Object.entries(shapes).map(([key, text]) => {
      const [shape = '', assumed = ''] = text.split(':').map((part) => part.trim());
      const dims = shape.split(/\s+/).filter(Boolean).map(Number);
      const assumptions = assumed.split(/\s+/).filter(Boolean) as Assumption[];
      return [key, { dims: dims.length === 1 ? [dims[0] as number, 1] : dims, assumptions }];
    }),
  );
}

export function problem(shapes: Record<string, string>, definitions: Record<string, Term> = {}, parts: Partial<Problem> = {}): Problem {
  return problemOf({ variables: variables(shapes), definitions: new Map(Object.entries(definitions)), ...parts });
}

export const valueIn = (term: Term, p: Problem = problem({}), seed = 1): NdArray => evaluate(term, contextAt(p, seed));
export const rowsOf = (term: Term, p?: Problem, seed = 1): number[][] => toRows(valueIn(term, p, seed));
