// Dimensions as they are written: reads an expression (n, 2n+1, d_{k}, n_{l-1}) as a dimension, with index letters replaced for families.
import type { Expr, Index, Name } from '../expr.js';
import { add, type Dim, dimName, dimNumber, multiply, scale, substitute } from './dimension.js';

/** What the letters of a family stand for: l ↦ 2, l ↦ l+1. */
export type Bindings = ReadonlyMap<string, Index>;

const empty: Bindings = new Map();

/** The dimension that an expression writes, undefined if it writes none. */
export function dimensionOf(expr: Expr, bindings: Bindings = empty): Dim | undefined {
  switch (expr.kind) {
    case 'number':
      return Number.isInteger(expr.value) && expr.value >= 0 ? dimNumber(expr.value) : undefined;
    case 'symbol':
      return ofName(expr.name, bindings);
    case 'power':
      if (
        expr.exponent.kind === 'number' &&
        expr.base.kind === 'symbol' &&
        /^[mnpqdkN]$/.test(expr.base.name.key) &&
        expr.exponent.value === 2
      )
        return square(expr.base, bindings);
      return expr.asName ? ofName(expr.asName, bindings) : undefined;
    case 'group':
      return dimensionOf(expr.body, bindings);
    case 'sum':
      return expr.addends.reduce<Dim | undefined>((total, a) => plus(total, dimensionOf(a.expr, bindings), a.sign), dimNumber(0));
    case 'product': {
      if (expr.signs.some((s) => s !== '' && s !== '\\cdot' && s !== '*')) return undefined;
      return expr.factors.reduce<Dim | undefined>((total, f) => times(total, dimensionOf(f, bindings)), dimNumber(1));
    }
    case 'juxtaposed':
      return times(dimensionOf(expr.factors[0], bindings), dimensionOf(expr.factors[1], bindings));
    case 'prime':
      return expr.asName ? dimName(expr.asName.key) : undefined;
    case 'differential':
      return expr.sign === 'd' ? times(dimName('d'), dimensionOf(expr.base, bindings)) : undefined;
    case 'norm':
      return expr.bars === 1 && expr.body.kind === 'symbol' ? dimName(`|${expr.body.name.key}|`) : undefined;
    case 'quotient': {
      const top = dimensionOf(expr.numerator, bindings);
      const bottom = dimensionOf(expr.denominator, bindings);
      return top && bottom ? dimName(`${top.key}/${bottom.key}`) : undefined;
    }
    default:
      return undefined;
  }
}

const square = (base: Expr, bindings: Bindings): Dim | undefined => {
  const d = dimensionOf(base, bindings);
  return d && multiply(d, d);
};

const plus = (a: Dim | undefined, b: Dim | undefined, sign: 1 | -1): Dim | undefined => (a && b ? add(a, scale(b, sign)) : undefined);
const times = (a: Dim | undefined, b: Dim | undefined): Dim | undefined => (a && b ? multiply(a, b) : undefined);

function ofName(name: Name, bindings: Bindings): Dim {
  if (bindings.size === 0) return dimName(name.key);
  const [only] = name.subs.length === 0 && name.labels.length === 0 ? [bindings.get(name.base)] : [];
  if (only?.kind === 'number') return dimNumber(only.value);
  return dimName(instantiate(name, bindings));
}

/** The key of a name with its index letters replaced. */
export function instantiate(name: Name, bindings: Bindings): string {
  const swap = (i: Index): Index => replace(i, bindings);
  if (!name.subs.some((i) => replace(i, bindings) !== i) && !name.labels.some((i) => replace(i, bindings) !== i)) return name.key;
  const sub = name.subs
    .map(swap)
    .map(printIndex)
    .join(name.subs.length > 1 && name.subText.includes(',') ? ',' : '');
  const label = name.labels.map(swap).map(printIndex).join(',');
  const [open, close] =
    name.labelStyle === '(' ? ['(', ')'] : name.labelStyle === '[' ? ['[', ']'] : name.labelStyle === '{' ? ['\\{', '\\}'] : ['', ''];
  return name.base + (sub ? wrap('_', sub) : '') + (label ? wrap('^', open + label + close) : '');
}

const wrap = (sign: string, text: string): string => (text.length > 1 ? `${sign}{${text}}` : sign + text);

function printIndex(index: Index): string {
  if (index.kind === 'number') return String(index.value);
  if (index.kind === 'letter') return index.offset === 0 ? index.name : `${index.name}${index.offset > 0 ? '+' : ''}${index.offset}`;
  return index.kind === 'all' ? ':' : index.text;
}

/** An index with its letter replaced: l-1 under l ↦ 3 is 2. */
export function replace(index: Index, bindings: Bindings): Index {
  if (index.kind !== 'letter') return index;
  const value = bindings.get(index.name);
  if (!value) return index;
  if (value.kind === 'number') return { kind: 'number', value: value.value + index.offset };
  if (value.kind === 'letter') return { kind: 'letter', name: value.name, offset: value.offset + index.offset };
  return index.offset === 0 ? value : index;
}

/** A dimension's names with the index letters replaced, for shapes that were learned of a family: n_l under l ↦ 2 is n_2. */
export function rebind(dim: Dim, bindings: Bindings): Dim {
  if (bindings.size === 0 || dim.terms.every((t) => t.names.length === 0)) return dim;
  const values = new Map<string, Dim>();
  for (const t of dim.terms) for (const n of t.names) values.set(n, rebindName(n, bindings));
  return substitute(dim, values);
}

const indexed = /^(.*[_^]\{?[([]?)(\\?[a-zA-Z]+?)([+-]\d+)?([)\]]?\}?)$/;

function rebindName(name: string, bindings: Bindings): Dim {
  const m = indexed.exec(name);
  const letter = m?.[2];
  if (!m || !letter || !bindings.has(letter)) return dimName(name);
  const index = replace({ kind: 'letter', name: letter, offset: m[3] ? Number(m[3]) : 0 }, bindings);
  const inner = printIndex(index);
  const stem = (m[1] ?? '').replace(/\{$/, '');
  const open = /[([]$/.test(stem) ? stem.slice(-1) : '';
  const head = open ? stem.slice(0, -1).replace(/\{$/, '') : stem;
  const text = open + inner + (open === '(' ? ')' : open === '[' ? ']' : '');
  return dimName(head + (text.length > 1 ? `{${text}}` : text));
}
