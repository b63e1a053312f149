// Scripts: what a sub- or superscript does to its base, as far as the text tells. Labels in brackets name instances,
// T and its kin transpose, -1 inverts; everything else stays open between power and label.
import type { Expr, ExprOf, Index, Name, TransposeSign } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { isChar, type Lowering, make, unwrap } from './build.js';
import { canonical, makeName, readIndex, readSubscript } from './names.js';
import { indicators, productSigns, relations, transposeWords } from './notation.js';

export type ScriptsNode = Extract<Tex, { kind: 'scripts' }>;

/** Applies subscript, primes and superscript, in this order, to an expression. */
export function applyScripts(cx: Lowering, base: Expr, node: ScriptsNode, start: number): Expr {
  const end = node.span.end;
  const at: Span = { start, end };
  let expr = base;
  if (node.sub && node.sub.length > 0)
    expr = applySubscript(cx, expr, node.sub, node.sup || node.primes ? partEnd(node, node.sub, start) : at);
  if (node.primes > 0) expr = applyPrimes(cx, expr, node.primes, node.sup ? { start, end: expr.span.end + node.primes } : at);
  if (node.sup && node.sup.length > 0) expr = applySuperscript(cx, expr, node.sup, at);
  return expr.span.start === at.start && expr.span.end === at.end ? expr : { ...expr, span: at };
}

/** The span of a base with its subscript where a superscript stands too: to the end of the subscript if that stands first. */
function partEnd(node: ScriptsNode, part: readonly Tex[], start: number): Span {
  const last = part[part.length - 1];
  const other = node.sup?.[0];
  const end = last && other && last.span.end <= other.span.start ? last.span.end : node.span.end;
  return { start, end };
}

function applySubscript(cx: Lowering, base: Expr, sub: readonly Tex[], at: Span): Expr {
  const condition =
    base.kind === 'symbol' && indicators.has(base.name.key) && sub.some(isCondition) ? cx.expression(cx, unwrap(sub), at) : undefined;
  if (condition) return indicator(cx, base, condition, at);
  const indices = readSubscript(sub);
  const text = canonical(unwrap(sub));
  if (base.kind === 'symbol' && base.name.subs.length === 0)
    return { ...base, span: at, name: makeName({ ...base.name, subs: indices, subText: text }) };
  if (base.kind === 'set') return { ...base, span: at, subscript: text };
  const subscript = cx.expression(cx, unwrap(sub), at);
  if (base.kind === 'norm' && !base.subscript) return { ...base, span: at, subscript };
  return make(cx, at, { kind: 'element', base, indices, subscript });
}

/** 1_{z > 0}: one where the relation beneath it holds, as 1[z > 0] is. */
function indicator(cx: Lowering, head: Expr, condition: Expr, at: Span): Expr {
  const args = condition.kind === 'group' ? condition : make(cx, condition.span, { kind: 'group', body: condition, open: '[' });
  const application = make(cx, at, { kind: 'call', head, args });
  return make(cx, at, { kind: 'juxtaposed', head, application, factors: [head, args] });
}

/** Whether TeX holds a relation, at its top or in the braces that surround it. */
const isCondition = (node: Tex): boolean =>
  (node.kind === 'char' && /[=<>]/.test(node.char)) ||
  (node.kind === 'command' && node.args.length === 0 && node.name in relations) ||
  ((node.kind === 'group' || node.kind === 'delimited') && node.body.some(isCondition));

function applyPrimes(cx: Lowering, base: Expr, order: number, at: Span): Expr {
  const asName =
    base.kind === 'symbol' ? { ...base.name, key: base.name.key + "'".repeat(order), base: base.name.base + "'".repeat(order) } : undefined;
  return make(cx, at, asName ? { kind: 'prime', base, order, asName } : { kind: 'prime', base, order });
}

const transposeSign = (text: string): TransposeSign | undefined => {
  if (text === 'T' || text === '\\top' || text === 't' || text === '*' || text === 'H') return text;
  const plain = text.replace(/^\\(?:text|mathsf|mathrm|mathbf|mathtt|mathcal|intercal|mathbb)/, '').replace(/[{}\\ ]/g, '');
  if (text === '\\dagger' || text === '\\dag') return '\\dagger';
  if (text === '\\ast' || text === '\\star') return '*';
  if (plain === 'H' && text !== 'H') return 'H';
  if (transposeWords.has(plain) || text === '\\intercal') return '\\top';
  return undefined;
};

function applySuperscript(cx: Lowering, base: Expr, sup: readonly Tex[], at: Span): Expr {
  const nodes = unwrap(sup);
  const labelled = base.kind === 'set' ? undefined : splitLabel(nodes);
  if (labelled) return applyLabel(cx, base, labelled, at);
  const text = canonical(nodes);
  const primes = /^(?:\\prime|')+$/.test(text) ? text.replace(/\\prime/g, "'").length : 0;
  if (primes > 0) return applyPrimes(cx, base, primes, at);
  const exponential = base.kind === 'number' || (base.kind === 'symbol' && (base.name.key === 'e' || base.name.key === '\\mathrm{e}'));
  const sign = transposeSign(text);
  // e^T e is a product of errors; nobody raises Euler's number to a capital T alone.
  if (exponential && sign !== 'T' && sign !== '\\top') return make(cx, at, { kind: 'power', base, exponent: cx.expression(cx, nodes, at) });
  if (sign) return makeTranspose(cx, base, sign, nodes, at);
  if (text === '-1' || text === '\\text{-1}') return make(cx, at, { kind: 'inverse', base });
  const label = base.kind === 'symbol' && (text === '+' || text === '-') ? plainLabel(base.name, nodes) : undefined;
  // P^-, before a measurement, and P^+ after it; the latter may be a pseudo-inverse.
  if (base.kind === 'symbol' && label && text === '-') return { ...base, span: at, name: label };
  if (text === '+') return make(cx, at, { kind: 'inverse', base, pseudo: true, ...(label ? { asName: label } : {}) });
  if (text.startsWith('-') && /^(?:T|\\top|\\mathsf\{T\}|\\intercal)$|^\\text\{T\}$/.test(text.slice(1)))
    return inverseTranspose(cx, base, at);
  const primeThen = nodes.length > 1 && nodes[0] ? canonical([nodes[0]]) : '';
  if (primeThen === '\\prime' || primeThen === "'") return applySuperscript(cx, applyPrimes(cx, base, 1, at), nodes.slice(1), at);
  return applyPower(cx, base, nodes, text, at);
}

const inverseTranspose = (cx: Lowering, base: Expr, at: Span): Expr =>
  make(cx, at, { kind: 'transpose', base: make(cx, at, { kind: 'inverse', base }), sign: '\\top' });

function makeTranspose(cx: Lowering, base: Expr, sign: TransposeSign, nodes: readonly Tex[], at: Span): Expr {
  const asName = base.kind === 'symbol' && base.name.labels.length === 0 ? plainLabel(base.name, nodes) : undefined;
  return make(cx, at, asName ? { kind: 'transpose', base, sign, asName } : { kind: 'transpose', base, sign });
}

function plainLabel(name: Name, nodes: readonly Tex[]): Name | undefined {
  const text = canonical(nodes);
  return name.labels.length === 0 ? makeName({ ...name, labels: [readIndex(text)], labelStyle: 'plain' }) : undefined;
}

function applyPower(cx: Lowering, base: Expr, nodes: readonly Tex[], text: string, at: Span): Expr {
  const first = nodes[0];
  if (first?.kind === 'command' && (first.name === 'circ' || first.name === 'odot') && nodes.length > 1) {
    const exponent = cx.expression(cx, nodes.slice(1), at);
    return make(cx, at, { kind: 'power', base, exponent, elementwise: true });
  }
  // W^{lT}, W^{2T}: a label and a transpose sign without brackets.
  const last = nodes[nodes.length - 1];
  const lastSign = last && nodes.length === 2 ? transposeSign(canonical([last])) : undefined;
  if (base.kind === 'symbol' && lastSign && lastSign !== 't' && lastSign !== '*' && first) {
    const asName = plainLabel(base.name, [first]);
    if (asName && !isChar(first, '-')) {
      const inner = make(cx, at, { kind: 'power', base, exponent: cx.expression(cx, [first], first.span), asName });
      return make(cx, at, { kind: 'transpose', base: inner, sign: lastSign });
    }
  }
  const raised = base.kind === 'symbol' ? raisedLabel(cx, base, nodes, at) : undefined;
  if (raised) return raised;
  const exponent = cx.expression(cx, nodes, at);
  if (base.kind === 'set') return { ...base, span: at, exponent };
  const index = readIndex(text);
  const asName =
    base.kind === 'symbol' && (index.kind !== 'word' || /^[\\a-zA-Z{}]+$/.test(text)) ? plainLabel(base.name, nodes) : undefined;
  return make(cx, at, asName ? { kind: 'power', base, exponent, asName } : { kind: 'power', base, exponent });
}

/** W^{l^T}, W^{T(l)}: the label and the sign are the base's, whichever stands first. */
function raisedLabel(cx: Lowering, base: ExprOf<'symbol'>, nodes: readonly Tex[], at: Span): Expr | undefined {
  const [first, ...rest] = nodes;
  if (first?.kind === 'scripts' && first.base && !first.sub && rest.length === 0) {
    const sign = transposeSign(canonical(unwrap(first.sup ?? [])));
    const asName = sign === 'T' || sign === '\\top' ? plainLabel(base.name, [first.base]) : undefined;
    if (!sign || !asName) return undefined;
    const inner = make(cx, at, { kind: 'power', base, exponent: cx.expression(cx, [first.base], first.span), asName });
    return make(cx, at, { kind: 'transpose', base: inner, sign });
  }
  const sign = first && rest.length > 0 ? transposeSign(canonical([first])) : undefined;
  const labelled = sign === 'T' || sign === '\\top' ? splitLabel(rest) : undefined;
  return sign && labelled ? make(cx, at, { kind: 'transpose', base: applyLabel(cx, base, labelled, at), sign }) : undefined;
}

interface Labelled {
  readonly labels: readonly Index[];
  readonly style: '(' | '[' | '{';
  readonly rest: readonly Tex[];
  /** A superscript on the closing bracket: [l]^T. */
  readonly over: readonly Tex[] | undefined;
  readonly primes: number;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '\\{': '\\}', '<': '>' };

/** `(l)`, `[l]`, `\{k\}` at the beginning of a superscript, and what follows it. */
function splitLabel(nodes: readonly Tex[]): Labelled | undefined {
  const [first] = nodes;
  if (first?.kind === 'delimited') return fromBody(first.left, first.body, nodes.slice(1), undefined, 0);
  if (first?.kind === 'scripts' && first.base?.kind === 'delimited')
    return fromBody(first.base.left, first.base.body, nodes.slice(1), first.sup, first.primes);
  const open =
    first?.kind === 'char' ? first.char : first?.kind === 'command' && (first.name === '{' || first.name === 'lbrace') ? '\\{' : '';
  const close = closing[open];
  if (!close) return undefined;
  const isClose = (n: Tex | undefined): boolean =>
    (n?.kind === 'char' && n.char === close) ||
    (n?.kind === 'command' && `\\${n.name}` === close) ||
    (close === '\\}' && n?.kind === 'command' && n.name === 'rbrace');
  const index = nodes.findIndex((n) => isClose(n) || (n.kind === 'scripts' && isClose(n.base)));
  if (index < 1) return undefined;
  const end = nodes[index];
  const over = end?.kind === 'scripts' ? end.sup : undefined;
  return fromBody(open, nodes.slice(1, index), nodes.slice(index + 1), over, end?.kind === 'scripts' ? end.primes : 0);
}

/** (n+1) \times 1: the bracket is an operand. */
const goesOn = ([sign, ...behind]: readonly Tex[]): boolean =>
  sign?.kind === 'command' && sign.args.length === 0 && sign.name in productSigns && behind.length > 0;

function fromBody(
  open: string,
  body: readonly Tex[],
  rest: readonly Tex[],
  over: readonly Tex[] | undefined,
  primes: number,
): Labelled | undefined {
  const style = open === '(' ? '(' : open === '[' ? '[' : open === '\\{' || open === '<' ? '{' : undefined;
  if (!style || body.length === 0 || goesOn(rest)) return undefined;
  const text = canonical(body);
  const labels = text.includes(',') ? text.split(',').map(readIndex) : [readIndex(text)];
  return { labels, style, rest, over, primes };
}

function applyLabel(cx: Lowering, base: Expr, label: Labelled, at: Span): Expr {
  let expr: Expr = base;
  if (base.kind === 'symbol') {
    expr = { ...base, span: at, name: makeName({ ...base.name, labels: label.labels, labelStyle: label.style }) };
  } else if (base.kind === 'prime' && base.base.kind === 'symbol') {
    const inner = base.base;
    const named = { ...inner, name: makeName({ ...inner.name, labels: label.labels, labelStyle: label.style }) };
    expr = { id: base.id, span: at, kind: 'prime', base: named, order: base.order } as Expr;
  } else {
    const body = cx.expression(cx, [], at);
    expr = label.rest.length > 0 || label.over ? base : make(cx, at, { kind: 'power', base, exponent: body });
  }
  if (label.primes > 0) expr = applyPrimes(cx, expr, label.primes, at);
  if (label.over) expr = applySuperscript(cx, expr, label.over, at);
  if (label.rest.length > 0) expr = applySuperscript(cx, expr, label.rest, at);
  return expr;
}
