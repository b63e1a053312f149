// Atoms: one symbol, number, function, fraction, matrix or bracket with its scripts. Reads at a cursor and moves behind it.
import type { Delimiter, Expr, ExprOf } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { readBinder } from './binders.js';
import { delimiterOf, isOpening, opensArguments, readBracket, withScripts } from './brackets.js';
import { bare, type Cursor, hole, hullOf, isChar, isCommand, type Lowering, make, peek, unwrap } from './build.js';
import { differentialSign, readDerivative } from './calculus.js';
import { readFunction } from './functions.js';
import { canonical, isLetter, makeName } from './names.js';
import * as table from './notation.js';
import { applyScripts, type ScriptsNode } from './scripts.js';

/** Reads one atom; undefined (and not moved) where none begins. */
export function readAtom(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  if (!node) return undefined;
  if (isOpening(node)) {
    const bracket = readBracket(cx, c);
    if (bracket) return withScripts(cx, bracket);
    c.at++;
    return hole(cx, node.span);
  }
  const word = readWord(cx, c) ?? readFunction(cx, c) ?? readBinder(cx, c) ?? readCalculus(cx, c);
  if (word) return word;
  return readSimple(cx, c);
}

/** Letters that stand together and mean a function or a word, bare. */
function readWord(cx: Lowering, c: Cursor): Expr | undefined {
  const run = letterRun(c);
  if (run.length < 2) return undefined;
  for (let length = run.length; length >= 2; length--) {
    const text = run.slice(0, length);
    const last = peek(c, length - 1);
    const next = peek(c, length);
    if (table.bareFunctions.has(text)) {
      const prime = last?.kind === 'scripts' && last.primes > 0;
      if (opensArguments(next) || prime || (length === run.length && length > 2)) return readFunction(cx, c, { name: text, length });
    }
    if (length === run.length && table.bareWords.has(text)) {
      const span = { start: peek(c)?.span.start ?? 0, end: last?.span.end ?? 0 };
      c.at += length;
      const symbol = make(cx, span, { kind: 'symbol', name: makeName({ base: `\\text{${text}}` }) });
      return last?.kind === 'scripts' ? applyScripts(cx, symbol, last, span.start) : symbol;
    }
  }
  return undefined;
}

/** The letters from the cursor on that touch one another; only the last may carry scripts. */
function letterRun(c: Cursor): string {
  let text = '';
  for (let i = c.at; i < c.end; i++) {
    const node = c.nodes[i];
    const plain = bare(node);
    if (plain?.kind !== 'char' || !/[a-zA-Z]/.test(plain.char)) break;
    const before = i > c.at ? c.nodes[i - 1] : undefined;
    if (before && before.span.end !== node?.span.start) break;
    text += plain.char;
    if (node?.kind === 'scripts') break;
  }
  return text;
}

/** ∇, ∂, d where they stand outside a fraction. */
function readCalculus(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  const plain = bare(node);
  if (!node || !plain) return undefined;
  if (isCommand(plain, 'nabla')) {
    c.at++;
    const scripts = node.kind === 'scripts' ? node : undefined;
    const by = scripts?.sub ? cx.expression(cx, unwrap(scripts.sub), node.span) : undefined;
    const order = scripts?.sup && canonical(unwrap(scripts.sup)) === '2' ? 2 : 1;
    return make(cx, node.span, { kind: 'nabla', operand: undefined, by, order });
  }
  const sign = differentialSign(node);
  if (!sign || sign === '\\delta') return undefined;
  return sign === '\\partial' ? readPartial(cx, c, node) : readDifferential(cx, c, node);
}

function readPartial(cx: Lowering, c: Cursor, node: Tex): Expr | undefined {
  c.at++;
  if (node.kind === 'scripts' && node.sub) {
    const by = cx.expression(cx, unwrap(node.sub), node.span);
    return make(cx, node.span, {
      kind: 'derivative',
      of: undefined,
      by: [by],
      order: 1,
      form: 'subscript',
      total: false,
      operatorSpan: node.span,
    });
  }
  return differentialOf(cx, c, node, '\\partial');
}

function readDifferential(cx: Lowering, c: Cursor, node: Tex): Expr | undefined {
  const next = peek(c, 1);
  const upright = node.kind !== 'char' && !(node.kind === 'scripts' && node.base?.kind === 'char');
  if (node.kind === 'scripts' && (node.sub || node.primes > 0)) return undefined;
  if (!next || (!upright && (next.span.start !== node.span.end || !startsSymbol(next)))) return undefined;
  if (node.kind === 'scripts' && !upright) return undefined;
  c.at++;
  return differentialOf(cx, c, node, 'd');
}

const startsSymbol = (node: Tex): boolean => {
  const plain = bare(node);
  if (plain?.kind === 'char') return /[a-zA-Z]/.test(plain.char);
  if (plain?.kind === 'command') return table.greek.has(plain.name) || plain.name in table.fonts || table.decorations.has(plain.name);
  return plain?.kind === 'group';
};

function differentialOf(cx: Lowering, c: Cursor, node: Tex, sign: 'd' | '\\partial'): Expr {
  const base = readAtom(cx, c);
  if (!base) return hole(cx, node.span);
  const span = { start: node.span.start, end: base.span.end };
  if (base.kind === 'transpose' && sign === 'd') {
    const inner = make(cx, span, differentialBody(base.base, sign));
    return make(cx, span, { kind: 'transpose', base: inner, sign: base.sign });
  }
  return make(cx, span, differentialBody(base, sign));
}

function differentialBody(base: Expr, sign: 'd' | '\\partial'): Omit<ExprOf<'differential'>, 'id' | 'span'> {
  if (sign === 'd' && base.kind === 'symbol')
    return { kind: 'differential', base, order: 1, sign, asName: { ...base.name, key: `d${base.name.key}`, base: `d${base.name.base}` } };
  return { kind: 'differential', base, order: 1, sign };
}

/** Everything that needs no look ahead: numbers, letters, commands with arguments, environments. */
function readSimple(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  if (!node) return undefined;
  const plain = bare(node);
  if (plain?.kind === 'char' && /[0-9.]/.test(plain.char)) return readNumber(cx, c);
  if (node.kind === 'scripts') {
    if (!node.base || !beginsAtom(node.base)) return undefined;
    const inner: Cursor = { nodes: [node.base], at: 0, end: 1 };
    const base = readSimple(cx, inner);
    if (!base) return undefined;
    c.at++;
    return finishScripts(cx, base, node);
  }
  if (!beginsAtom(node)) return undefined;
  c.at++;
  return simple(cx, node);
}

function finishScripts(cx: Lowering, base: Expr, node: ScriptsNode): Expr {
  if (base.kind === 'annotated' && base.brace && (node.sub || node.sup)) {
    const label = (base.place === 'under' ? node.sub : node.sup) ?? node.sub ?? node.sup ?? [];
    return annotate(cx, base, label, node.span);
  }
  return applyScripts(cx, base, node, node.span.start);
}

function annotate(cx: Lowering, base: ExprOf<'annotated'>, label: readonly Tex[], span: Span): Expr {
  const nodes = unwrap(label);
  const labelSpan = hullOf(nodes, span);
  return { ...base, span, label: cx.expression(cx, nodes, labelSpan), labelText: canonical(nodes), labelSpan };
}

function beginsAtom(node: Tex): boolean {
  if (node.kind === 'char') return !/[-+=<>,;:!/&|)\]*?~"]/.test(node.char);
  if (node.kind === 'command') {
    const n = node.name;
    return !(
      n in table.productSigns ||
      n in table.relations ||
      table.separators.has(n) ||
      n === 'pm' ||
      n === 'mp' ||
      n === 'mid' ||
      delimiterOf(node)
    );
  }
  return node.kind === 'group' || node.kind === 'environment' || node.kind === 'text';
}

function readNumber(cx: Lowering, c: Cursor): Expr | undefined {
  const start = c.at;
  let text = '';
  let scripts: ScriptsNode | undefined;
  while (c.at < c.end) {
    const node = peek(c);
    const plain = bare(node);
    if (plain?.kind !== 'char' || !node) break;
    const follows = bare(peek(c, 1));
    const dot = plain.char === '.' && follows?.kind === 'char' && /\d/.test(follows.char) && !text.includes('.');
    if (!/\d/.test(plain.char) && !dot) break;
    text += plain.char;
    c.at++;
    if (node.kind === 'scripts') {
      scripts = node;
      break;
    }
  }
  const first = c.nodes[start];
  const last = c.nodes[c.at - 1];
  if (!text || !first || !last) return undefined;
  const end = scripts?.base ? scripts.base.span.end : last.span.end;
  if (cx.font && /^[01]$/.test(text)) return symbolWithScripts(cx, `\\${cx.font}{${text}}`, { start: first.span.start, end }, scripts);
  if (scripts?.sub && /^[01]$/.test(text)) return symbolWithScripts(cx, text, { start: first.span.start, end }, scripts);
  const number = make(cx, { start: first.span.start, end }, { kind: 'number', value: Number(text), text });
  return scripts ? applyScripts(cx, number, scripts, first.span.start) : number;
}

function symbolWithScripts(cx: Lowering, base: string, span: Span, scripts: ScriptsNode | undefined): Expr {
  const symbol = make(cx, span, { kind: 'symbol', name: makeName({ base }) });
  return scripts ? applyScripts(cx, symbol, scripts, span.start) : symbol;
}

const symbol = (cx: Lowering, base: string, span: Span): Expr => make(cx, span, { kind: 'symbol', name: makeName({ base }) });

function simple(cx: Lowering, node: Tex): Expr {
  switch (node.kind) {
    case 'char':
      return symbol(cx, cx.font ? `\\${cx.font}{${node.char}}` : node.char, node.span);
    case 'group': {
      const inner = cx.expression(cx, node.body, node.span);
      return inner.kind === 'hole' ? inner : { ...inner };
    }
    case 'text':
      return /^[\p{L}\d]+(?:[- ][\p{L}\d]+)?$/u.test(node.text.trim())
        ? symbol(cx, `\\text{${node.text.trim()}}`, node.span)
        : make(cx, node.span, { kind: 'text', text: node.text });
    case 'environment':
      return readEnvironment(cx, node);
    case 'command':
      return readCommand(cx, node);
    default:
      return hole(cx, node.span);
  }
}

function readEnvironment(cx: Lowering, node: Extract<Tex, { kind: 'environment' }>): Expr {
  const open = table.matrixEnvironments[node.name];
  const cell = (nodes: readonly Tex[]): Expr | undefined =>
    nodes.length > 0 ? cx.expression(cx, nodes, hullOf(nodes, node.span)) : undefined;
  if (open) {
    const cells = node.rows.filter((r) => r.some((n) => n.length > 0)).map((row) => row.map(cell));
    return make(cx, node.span, { kind: 'matrix', cells, open: open as Delimiter });
  }
  if (/cases/.test(node.name)) {
    const branches = node.rows
      .filter((r) => (r[0]?.length ?? 0) > 0)
      .map(([value = [], condition]) => ({
        value: cell(trimComma(value)) ?? hole(cx, node.span),
        condition: condition ? cell(dropWords(condition)) : undefined,
      }));
    return make(cx, node.span, { kind: 'cases', branches });
  }
  return hole(cx, node.span);
}

const trimComma = (nodes: readonly Tex[]): readonly Tex[] => (isChar(nodes[nodes.length - 1], ',') ? nodes.slice(0, -1) : nodes);
const dropWords = (nodes: readonly Tex[]): readonly Tex[] => nodes.filter((n) => n.kind !== 'text');

function readCommand(cx: Lowering, node: Extract<Tex, { kind: 'command' }>): Expr {
  const { name, args, span } = node;
  const [first = [], second = []] = args;
  if (table.greek.has(name)) return symbol(cx, cx.font ? `\\${cx.font}{\\${name}}` : `\\${name}`, span);
  if (table.ellipses.has(name)) return make(cx, span, { kind: 'ellipsis' });
  if (table.plainFonts.has(name) && args.length > 0) return cx.expression(cx, first, span);
  const font = table.fonts[name];
  if (font && args.length > 0) return withFont(cx, font, first, span);
  if (table.wordFonts.has(name) && args.length > 0) return readWordCommand(cx, first, span);
  if (table.decorations.has(name) && args.length > 0) return decorate(cx, name, first, span);
  switch (name) {
    case 'frac':
    case 'dfrac':
    case 'tfrac':
    case 'cfrac':
    case 'over':
    case 'sfrac':
    case 'nicefrac':
    case 'flatfrac':
      return (
        readDerivative(cx, first, second, span) ??
        make(cx, span, {
          kind: 'quotient',
          numerator: cx.expression(cx, first, hullOf(first, span)),
          denominator: cx.expression(cx, second, hullOf(second, span)),
        })
      );
    case 'sqrt':
      return readRoot(cx, node);
    case 'underbrace':
    case 'overbrace':
    case 'underbracket':
    case 'overbracket':
    case 'underparen':
    case 'overparen':
      return make(cx, span, {
        kind: 'annotated',
        base: cx.expression(cx, first, hullOf(first, span)),
        label: undefined,
        labelText: '',
        labelSpan: span,
        place: name.startsWith('under') ? 'under' : 'over',
        brace: true,
      });
    case 'underset':
    case 'overset':
    case 'stackrel':
      return make(cx, span, {
        kind: 'annotated',
        base: cx.expression(cx, second, hullOf(second, span)),
        label: cx.expression(cx, first, hullOf(first, span)),
        labelText: canonical(first),
        labelSpan: hullOf(first, span),
        place: name === 'underset' ? 'under' : 'over',
        brace: false,
      });
    case 'dot':
    case 'ddot':
    case 'Dot':
    case 'Ddot': {
      const base = cx.expression(cx, first, span);
      return make(
        cx,
        span,
        base.kind === 'symbol'
          ? { kind: 'prime', base, order: /dd/i.test(name) ? 2 : 1, dot: true, asName: makeName({ base: `\\dot{${base.name.key}}` }) }
          : { kind: 'hole' },
      );
    }
    default:
      if (args.length === 0) return symbol(cx, cx.font ? `\\${cx.font}{\\${name}}` : `\\${name}`, span);
      return make(cx, span, { kind: 'symbol', name: makeName({ base: canonical([node]) }) });
  }
}

function withFont(cx: Lowering, font: string, body: readonly Tex[], span: Span): Expr {
  if (font === 'mathbb' && /^[RCNZQS]$/.test(canonical(body)))
    return make(cx, span, { kind: 'set', set: canonical(body), exponent: undefined });
  // \mathbb{R^{m}}: the font is of the letter, not of its scripts.
  const only = body.length === 1 ? body[0] : undefined;
  if (font === 'mathbb' && only?.kind === 'scripts' && only.base)
    return finishScripts(cx, withFont(cx, font, [only.base], only.base.span), { ...only, span });
  const outer = cx.font;
  cx.font = font;
  const word = canonical(body);
  const expr =
    font !== 'mathbf' && /^[a-zA-Z]{2,}$/.test(word)
      ? symbol({ ...cx, font: '' }, `\\${font}{${word}}`, span)
      : cx.expression(cx, body, span);
  cx.font = outer;
  return expr.kind === 'symbol' || expr.kind === 'number' ? { ...expr, span } : expr;
}

function readWordCommand(cx: Lowering, body: readonly Tex[], span: Span): Expr {
  const word = canonical(body).replace(/\\text\{([^}]*)\}/g, '$1');
  if (word.length === 1 || isLetter(word)) return symbol(cx, `\\mathrm{${word}}`, span);
  return /^[\w -]+$/.test(word) ? symbol(cx, `\\text{${word}}`, span) : cx.expression(cx, body, span);
}

/** A hat, a bar, an arrow over a symbol makes another symbol; scripts inside the decoration belong to the whole. */
function decorate(cx: Lowering, name: string, body: readonly Tex[], span: Span): Expr {
  const inner = cx.expression(cx, body, span);
  const mark =
    name === 'widehat' ? 'hat' : name === 'widetilde' ? 'tilde' : name === 'overline' ? 'bar' : name === 'overrightarrow' ? 'vec' : name;
  if (inner.kind === 'symbol') return { ...inner, span, name: makeName({ ...inner.name, base: `\\${mark}{${inner.name.base}}` }) };
  if (inner.kind === 'power' && inner.asName)
    return {
      id: inner.id,
      span,
      kind: 'power',
      base: inner.base,
      exponent: inner.exponent,
      asName: makeName({ ...inner.asName, base: `\\${mark}{${inner.asName.base}}` }),
    };
  return symbol(cx, `\\${mark}{${canonical(body)}}`, span);
}

function readRoot(cx: Lowering, node: Extract<Tex, { kind: 'command' }>): Expr {
  const body = node.args[0] ?? [];
  const base = cx.expression(cx, body, hullOf(body, node.span));
  const degree = node.optional ? Number(canonical(node.optional)) : 2;
  if (degree === 2) return make(cx, node.span, { kind: 'apply', fn: 'sqrt', fnSpan: node.span, args: [base], order: 0 });
  const exponent = make(cx, node.span, { kind: 'number', value: 1 / degree, text: '' });
  return make(cx, node.span, { kind: 'power', base, exponent });
}
