// Expressions in plain text with Unicode, as people read them: ∂L/∂W^{(3)}, (a − y) ⊙ a, A^T, Σ_{i=1}^n x_i.
import type { Expr, ExprOf, ProductSign } from '../expr.js';
import { plainTex, shorten } from './names.js';

/** The readable text of an expression, cut at `most` characters. */
export const plain = (expr: Expr, most = 80): string => shorten(write(expr), most);

const signText: Readonly<Record<ProductSign, string>> = {
  '': ' ',
  '\\cdot': ' · ',
  '\\times': ' × ',
  '*': ' * ',
  '\\ast': ' ∗ ',
  '\\odot': ' ⊙ ',
  '\\circ': ' ∘ ',
  '\\otimes': ' ⊗ ',
  '.*': ' .* ',
  ':': ' : ',
  './': ' ./ ',
  '\\oslash': ' ⊘ ',
  '\\oplus': ' ⊕ ',
  '\\bullet': ' • ',
};

export const productSign = (sign: ProductSign): string => signText[sign].trim();

const delimiters: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  '[': ['[', ']'],
  '\\{': ['{', '}'],
  '.': ['', ''],
  '\\langle': ['⟨', '⟩'],
  '|': ['|', '|'],
  '\\|': ['‖', '‖'],
};

const within = (open: string, text: string): string => {
  const [left, right] = delimiters[open] ?? ['(', ')'];
  return left + text + right;
};

const list = (items: readonly (Expr | undefined)[], separator = ', '): string => items.map((i) => (i ? write(i) : '')).join(separator);

const script = (sign: '^' | '_', text: string): string => (text === '' ? '' : [...text].length > 1 ? `${sign}{${text}}` : sign + text);

/** In brackets, unless it is one thing already. */
const atom = (e: Expr): string =>
  e.kind === 'sum' || e.kind === 'product' || e.kind === 'quotient' || e.kind === 'derivative' || e.kind === 'binder'
    ? `(${write(e)})`
    : write(e);

const term = (e: Expr): string => (e.kind === 'sum' ? `(${write(e)})` : write(e));

type Writers = { readonly [K in Expr['kind']]: (e: ExprOf<K>) => string };

const writers: Writers = {
  number: (e) => e.text || String(e.value),
  symbol: (e) => plainTex(e.name.key),
  power: (e) => (e.asName && /[([{]/.test(e.asName.labelStyle) ? plainTex(e.asName.key) : raised(atom(e.base), write(e.exponent))),
  transpose: (e) =>
    raised(
      atom(e.base),
      e.sign === "'" ? '′' : e.sign === '*' || e.sign === 'H' || e.sign === 't' ? e.sign : e.sign === '\\dagger' ? '†' : 'T',
    ),
  inverse: (e) => raised(atom(e.base), e.pseudo ? '+' : '−1'),
  prime: (e) => (e.dot ? `${write(e.base)}\u0307`.normalize('NFC') : write(e.base) + '′'.repeat(e.order)),
  product: (e) => e.factors.map((f, i) => (i > 0 ? signText[e.signs[i - 1] ?? ''] : '') + term(f)).join(''),
  sum: (e) =>
    e.addends
      .map(
        (a, i) =>
          (i === 0 ? (a.sign < 0 ? '−' : '') : a.both ? ' ± ' : a.sign < 0 ? ' − ' : ' + ') +
          (a.sign < 0 && a.expr.kind === 'sum' ? `(${write(a.expr)})` : write(a.expr)),
      )
      .join(''),
  quotient: (e) => `${atom(e.numerator)}/${atom(e.denominator)}`,
  group: (e) => within(e.open, write(e.body)),
  tuple: (e) =>
    within(e.open, e.items.map((item, i) => write(item) + (i + 1 < e.items.length ? `${e.separators[i] ?? ','} ` : '')).join('')),
  juxtaposed: (e) => write(e.factors[0]) + write(e.factors[1]),
  call: (e) => write(e.head) + (e.args.kind === 'group' || e.args.kind === 'tuple' ? write(e.args) : `(${write(e.args)})`),
  apply: (e) =>
    `${functionWord(e.fn)}${'′'.repeat(e.order)}${e.subscript ? script('_', write(e.subscript)) : ''}${e.power ? script('^', write(e.power)) : ''}${applied(e)}`,
  derivative: (e) => `${derived(e.of, e.order, e.total)}/${by(e)}${e.of && !short(e.of) ? ` ${atom(e.of)}` : ''}`,
  nabla: (e) => `∇${e.order > 1 ? '²' : ''}${e.by ? script('_', write(e.by)) : ''}${e.operand ? ` ${atom(e.operand)}` : ''}`,
  differential: (e) => (e.sign === 'd' ? 'd' : e.sign === '\\delta' ? 'δ' : '∂') + atom(e.base),
  binder: (e) => `${binderSigns[e.op] ?? `${e.op} `}${script('_', limits(e))}${e.upper ? script('^', write(e.upper)) : ''} ${term(e.body)}`,
  matrix: (e) => within(e.open === '.' ? '[' : e.open, e.cells.map((row) => list(row)).join('; ')),
  cases: (e) => `{${e.branches.map((b) => write(b.value) + (b.condition ? ` if ${write(b.condition)}` : '')).join('; ')}`,
  norm: (e) => (e.bars === 2 ? `‖${write(e.body)}‖` : `|${write(e.body)}|`) + (e.subscript ? script('_', write(e.subscript)) : ''),
  inner: (e) => `⟨${write(e.left)}, ${write(e.right)}⟩`,
  element: (e) =>
    `${atom(e.base)}${script('_', e.subscript ? write(e.subscript) : e.indices.map((i) => (i.kind === 'number' ? String(i.value) : i.kind === 'letter' ? plainTex(i.name) : i.kind === 'all' ? ':' : i.text)).join(''))}`,
  annotated: (e) => write(e.base),
  at: (e) => `${write(e.base)}|${e.point ? script('_', write(e.point)) : ''}`,
  relation: (e) => `${write(e.left)} ${plainTex(e.relation)} ${write(e.right)}`,
  set: (e) => plainTex(e.set === 'set' ? '\\{…\\}' : `\\mathbb{${e.set}}`) + (e.exponent ? script('^', write(e.exponent)) : ''),
  choice: (e) => (e.options[0] ? write(e.options[0]) : ''),
  text: (e) => e.text,
  ellipsis: () => '…',
  hole: () => '…',
};

function write(e: Expr): string {
  return (writers[e.kind] as (e: Expr) => string)(e);
}

/** a^{(2)} and T make a^{(2)T}, x^2 and T make (x^2)^T. */
function raised(base: string, exponent: string): string {
  const labelled = /^(.*)\^\{([([].*[)\]])\}$/.exec(base);
  if (labelled) return `${labelled[1]}^{${labelled[2]}${exponent}}`;
  return (/\^(?:\{[^}]*\}|.)$/.test(base) ? `(${base})` : base) + script('^', exponent);
}

const words: Readonly<Record<string, string>> = {
  trace: 'tr',
  sigmoid: 'sigmoid',
  relu: 'ReLU',
  'leaky-relu': 'LeakyReLU',
  logdet: 'log det',
};

/** How a function is called in formulas. */
export const functionWord = (fn: string): string => words[fn] ?? plainTex(fn);

function applied(e: ExprOf<'apply'>): string {
  const [only] = e.args;
  const inner = list(e.args);
  return only && e.args.length === 1 && (only.kind === 'group' || only.kind === 'tuple') ? inner : `(${inner})`;
}

const short = (e: Expr): boolean =>
  e.kind !== 'product' && e.kind !== 'sum' && e.kind !== 'quotient' && e.kind !== 'binder' && e.kind !== 'choice';

function derived(of: Expr | undefined, order: number, total: boolean): string {
  const d = total ? 'd' : '∂';
  const top = order > 1 ? `${d}^${order}` : d;
  return of && short(of) ? top + write(of) : top;
}

function by(e: ExprOf<'derivative'>): string {
  const d = e.total ? 'd' : '∂';
  const variables = e.by.map((b) => d + atom(b)).join(' ');
  return e.order > 1 && e.by.length === 1 ? `${variables}^${e.order}` : e.by.length > 1 ? `(${variables})` : variables;
}

const binderSigns: Readonly<Record<string, string>> = {
  sum: 'Σ',
  product: '∏',
  expectation: '𝔼',
  integral: '∫',
  argmax: 'arg max',
  argmin: 'arg min',
};

function limits(e: ExprOf<'binder'>): string {
  const letters = e.letters.map(plainTex).join(', ');
  return e.lower ? (letters && e.lower.kind !== 'relation' ? `${letters}=${write(e.lower)}` : write(e.lower)) : letters;
}

/** The name of an entry: `ij` on W^{(3)} gives W_{ij}^{(3)}; a name with a subscript is put in brackets. */
export function entryOf(expr: Expr, subscript: string): string {
  const whole = write(expr);
  const parts = /^([^_^]+)(\^.*)?$/.exec(whole);
  return parts && expr.kind === 'symbol'
    ? `${parts[1]}${script('_', subscript)}${parts[2] ?? ''}`
    : `${/^\w+$/.test(whole) ? whole : `(${whole})`}${script('_', subscript)}`;
}
