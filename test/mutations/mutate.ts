// Mutations of a correct equation: at every node of its tree, as edits of the formula's text. Knows nothing of what the checker says.
import type { Expr, ExprOf } from '../../server/language/expr.js';
import { children, walk } from '../../server/language/syntax/print.js';
import { applyEdits, type Edit, type Span, span } from '../../server/language/text.js';
import { sameDims } from './arrays.js';
import { Unsupported } from './interpret/scene.js';
import { evaluate } from './interpret.js';
import { isOnes, type Line, nameOf, type World } from './world.js';

export const kinds = [
  'transpose added',
  'transpose removed',
  'factors exchanged',
  '⊙ to product',
  'product to ⊙',
  'factor dropped',
  'factor repeated',
  'factor replaced',
  'other layout',
  'left side replaced',
  'sign flipped',
  'constant changed',
  'addend dropped',
  'inverse removed',
  'activation derivative dropped',
  'wrong layer',
] as const;
export type Kind = (typeof kinds)[number];

export interface Mutant {
  readonly kind: Kind;
  readonly line: Line;
  readonly tex: string;
  /** What changed, and where: in the mutated TeX. */
  readonly changed: Span;
  /** The member that holds it, by its number. */
  readonly member: number;
}

type Emit = (kind: Kind, member: number, edits: readonly Edit[]) => void;

interface Site {
  readonly line: Line;
  readonly world: World;
  readonly member: number;
  readonly emit: Emit;
}

/** All mutants of one statement. */
export function mutantsOf(line: Line, world: World): readonly Mutant[] {
  const out = new Map<string, Mutant>();
  const emit: Emit = (kind, member, edits) => {
    const tex = applyEdits(line.tex, edits);
    const first = [...edits].sort((a, b) => a.span.start - b.span.start);
    const start = first[0]?.span.start ?? 0;
    const last = first[first.length - 1] as Edit;
    const end = Math.max(start, last.span.end + tex.length - line.tex.length);
    if (tex !== line.tex && !out.has(tex)) out.set(tex, { kind, line, tex, changed: span(start, end), member });
  };
  line.statement.members.forEach((member, i) => {
    const site: Site = { line, world, member: i, emit };
    wholeMember(member, site);
    const scripted = new Set<Expr>();
    for (const node of nodesOf(member, world)) {
      if (node.kind === 'transpose' || node.kind === 'inverse' || node.kind === 'power') scripted.add(node.base);
      for (const mutate of mutations) if (mutate !== transposes || !scripted.has(node)) mutate(node, site);
    }
  });
  return [...out.values()];
}

/** The nodes that stand for values: no names of functions, no variables of derivatives, no limits, no exponents. */
function* nodesOf(e: Expr, world: World): Generator<Expr> {
  yield e;
  const inner =
    e.kind === 'power'
      ? [e.base]
      : e.kind === 'derivative'
        ? [e.of]
        : e.kind === 'nabla'
          ? [e.operand]
          : e.kind === 'binder'
            ? [e.body]
            : e.kind === 'juxtaposed'
              ? asProduct(e, world)
                ? e.factors
                : [e.factors[1]]
              : e.kind === 'apply'
                ? e.args
                : e.kind === 'relation'
                  ? []
                  : children(e);
  for (const child of inner) if (child) yield* nodesOf(child, world);
}

const known = (key: string, world: World): boolean => world.dims.has(key) || world.definitions.has(key);

const asProduct = (e: ExprOf<'juxtaposed'>, world: World): boolean => {
  const head = e.head.kind === 'prime' ? e.head.base : e.head;
  const name = nameOf(head);
  return !name || known(name.key, world) || (!world.functions.has(name.key) && !isOnes(name.key));
};

const textOf = (e: Expr, s: Site): string => s.line.tex.slice(e.span.start, e.span.end);
const replaced = (e: Expr, newText: string): Edit => ({ span: e.span, newText });

/** The sizes of a node's value where there is one way to read it; undefined for what has none. */
function dimsOf(e: Expr, world: World): readonly number[] | undefined {
  try {
    const scene = {
      world,
      layout: world.layouts[0] ?? ('mixed' as const),
      overrides: new Map(),
      memo: world.memo,
      letters: new Map(),
      moving: new Set<string>(),
    };
    if ([...walk(e)].some((n) => n.kind === 'differential')) return undefined;
    return evaluate(e, scene)[0]?.array.dims;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

const isArray = (e: Expr, s: Site): boolean => (dimsOf(e, s.world)?.length ?? 0) > 0;

const mark = (s: Site): string => (s.line.tex.includes('\\top') ? '\\top' : 'T');

function withTranspose(e: Expr, s: Site): string {
  const text = textOf(e, s);
  const sign = `^${mark(s)}`;
  if (e.kind === 'inverse') return text.replace(/\^\{-1\}$/, mark(s) === 'T' ? '^{-T}' : '^{-\\top}');
  if (e.kind === 'symbol') return text.includes('^') ? `{${text}}${sign}` : `${text}${sign}`;
  return e.kind === 'group' ? `${text}${sign}` : `\\left( ${text} \\right)${sign}`;
}

function withoutTranspose(text: string): string | undefined {
  if (/\^\{-(T|\\top)\}$/.test(text)) return text.replace(/\^\{-(T|\\top)\}$/, '^{-1}');
  if (/\](T|\\top)\}$|\)(T|\\top)\}$/.test(text)) return text.replace(/(T|\\top)\}$/, '}');
  const plain = text.replace(/\^(T|\\top|\{\\top\}|\{\\mathsf T\}|\{T\})$/, '');
  return plain === text ? undefined : plain;
}

type Mutation = (e: Expr, s: Site) => void;

const transposes: Mutation = (e, s) => {
  if (e.kind === 'transpose') {
    const text = withoutTranspose(textOf(e, s));
    if (text !== undefined) s.emit('transpose removed', s.member, [replaced(e, text)]);
  } else if (['symbol', 'group', 'inverse', 'derivative', 'nabla', 'apply', 'juxtaposed'].includes(e.kind) && isArray(e, s)) {
    if (e.kind === 'juxtaposed' && asProduct(e, s.world)) return;
    s.emit('transpose added', s.member, [replaced(e, withTranspose(e, s))]);
  }
};

const factorsOf = (e: Expr, s: Site): { readonly factors: readonly Expr[]; readonly signs: readonly string[] } | undefined =>
  e.kind === 'product' ? e : e.kind === 'juxtaposed' && asProduct(e, s.world) ? { factors: e.factors, signs: [''] } : undefined;

const isActivation = (e: Expr, s: Site): boolean =>
  [...walk(e)].some((n) => n.kind === 'prime' || (n.kind === 'apply' && n.order > 0)) ||
  /\\mathbb\{1\}\[|1 - /.test(textOf(e, s)) ||
  (e.kind === 'apply' && e.fn === 'diag');

const products: Mutation = (e, s) => {
  const product = factorsOf(e, s);
  product?.factors.forEach((factor, i) => {
    const next = product.factors[i + 1];
    const gap = next && span(factor.span.end, next.span.start);
    if (next && gap) {
      s.emit('factors exchanged', s.member, [
        {
          span: span(factor.span.start, next.span.end),
          newText: `${textOf(next, s)}${s.line.tex.slice(gap.start, gap.end)}${textOf(factor, s)}`,
        },
      ]);
      const sign = product.signs[i];
      if (sign === '\\odot') s.emit('⊙ to product', s.member, [{ span: gap, newText: ' ' }]);
      if (sign === '' && isArray(factor, s) && isArray(next, s)) s.emit('product to ⊙', s.member, [{ span: gap, newText: ' \\odot ' }]);
    }
    const gone = next
      ? span(factor.span.start, next.span.start)
      : span(product.factors[i - 1]?.span.end ?? factor.span.start, factor.span.end);
    s.emit(isActivation(factor, s) ? 'activation derivative dropped' : 'factor dropped', s.member, [{ span: gone, newText: '' }]);
    const sign = product.signs[i] ?? product.signs[i - 1] ?? '';
    if (factor.kind !== 'number')
      s.emit('factor repeated', s.member, [replaced(factor, `${textOf(factor, s)} ${sign} ${textOf(factor, s)}`)]);
  });
};

const sums: Mutation = (e, s) => {
  if (e.kind !== 'sum') return;
  e.addends.forEach((addend, i) => {
    const before = e.addends[i - 1];
    const from = before ? before.expr.span.end : e.span.start;
    const sign = span(from, addend.expr.span.start);
    const text = s.line.tex.slice(sign.start, sign.end);
    if (before)
      s.emit('sign flipped', s.member, [{ span: sign, newText: addend.sign > 0 ? text.replace('+', '-') : text.replace('-', '+') }]);
    else s.emit('sign flipped', s.member, [{ span: sign, newText: addend.sign > 0 ? `- ${text}` : text.replace('-', '') }]);
    if (e.addends.length < 2) return;
    const after = e.addends[i + 1];
    if (before) s.emit('addend dropped', s.member, [{ span: span(from, addend.expr.span.end), newText: '' }]);
    else if (after) s.emit('addend dropped', s.member, [{ span: span(from, after.expr.span.start), newText: after.sign < 0 ? '- ' : '' }]);
  });
};

const symbols: Mutation = (e, s) => {
  if (e.kind !== 'symbol' || !known(e.name.key, s.world)) return;
  const dims = s.world.dims.get(e.name.key) ?? dimsOf(e, s.world) ?? [];
  const others = [...s.world.dims].filter(([k, d]) => d.length > 0 && !sameDims(d, dims) && !isOnes(k)).map(([k]) => k);
  for (const shift of [0, 1]) {
    const other = others[(e.id + shift * 3) % Math.max(1, others.length)];
    if (other) s.emit('factor replaced', s.member, [replaced(e, other)]);
  }
  const pattern = (k: string): string =>
    k
      .replace(/\d+|t(?=[-+}]|$)/, '#')
      .replace(/#[+-]1/, '#')
      .replace(/[{}]/g, '');
  if (pattern(e.name.key) === e.name.key.replace(/[{}]/g, '')) return;
  for (const k of new Set([...s.world.dims.keys(), ...s.world.definitions.keys()]))
    if (k !== e.name.key && pattern(k) === pattern(e.name.key)) s.emit('wrong layer', s.member, [replaced(e, k)]);
};

const constants: Mutation = (e, s) => {
  const bump = (n: Expr): void => {
    if (n.kind === 'number' && n.value > 0) s.emit('constant changed', s.member, [replaced(n, String(n.value + 1))]);
  };
  bump(e);
  if (e.kind === 'power') bump(e.exponent);
};

const others: Mutation = (e, s) => {
  const text = textOf(e, s);
  if (e.kind === 'inverse' && /\^\{-1\}$/.test(text)) s.emit('inverse removed', s.member, [replaced(e, text.replace(/\^\{-1\}$/, ''))]);
  if (e.kind === 'transpose' && /\^\{-(T|\\top)\}$/.test(text)) s.emit('inverse removed', s.member, [replaced(e, text.replace('{-', '{'))]);
  if (e.kind === 'juxtaposed' && e.head.kind === 'prime')
    s.emit('activation derivative dropped', s.member, [replaced(e.head, textOf(e.head, s).replace(/'+/, ''))]);
  if (e.kind === 'apply' && e.order > 0)
    s.emit('activation derivative dropped', s.member, [
      { span: e.fnSpan, newText: s.line.tex.slice(e.fnSpan.start, e.fnSpan.end).replace(/'+/, '') },
    ]);
};

const mutations: readonly Mutation[] = [transposes, products, sums, symbols, constants, others];

function wholeMember(e: Expr, s: Site): void {
  if (e.kind !== 'sum') s.emit('sign flipped', s.member, [{ span: span(e.span.start, e.span.start), newText: '- ' }]);
  if (s.member > 0) {
    if (isArray(e, s)) s.emit('other layout', s.member, [replaced(e, `\\left( ${textOf(e, s)} \\right)^${mark(s)}`)]);
    return;
  }
  const by =
    e.kind === 'derivative'
      ? e.by[0]
      : e.kind === 'nabla'
        ? e.by
        : e.kind === 'choice' && e.options[0]?.kind === 'derivative'
          ? e.options[0].by[0]
          : undefined;
  const name = by && nameOf(by);
  if (!by || !name || !s.world.dims.has(name.key)) return;
  const dims = s.world.dims.get(name.key) ?? [];
  const same = [...s.world.dims].filter(([k, d]) => k !== name.key && sameDims(d, dims) && !isOnes(k)).map(([k]) => k);
  const other = [...s.world.dims].filter(([k, d]) => !sameDims(d, dims) && !isOnes(k)).map(([k]) => k);
  const at = by.kind === 'symbol' ? by : undefined;
  if (!at) return;
  for (const list of [same, other])
    for (const shift of [0, 1]) {
      const to = list[(e.id + shift) % Math.max(1, list.length)];
      if (to) s.emit('left side replaced', s.member, [replaced(at, e.kind === 'nabla' && to.length > 1 ? `{${to}}` : to)]);
    }
}
