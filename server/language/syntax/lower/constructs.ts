// Commands with arguments and environments: fractions, roots, matrices, cases. What a command means is its entry in the table here or in notation.ts.
import type { Delimiter, Expr } from '../../expr.js';
import type { Tex } from '../tree.js';
import { readBrace, readStack } from './annotations.js';
import { hole, hullOf, isChar, type Lowering, make } from './build.js';
import { readDerivative } from './calculus.js';
import { decorate, letter, readWordCommand, symbol, withFont } from './fonts.js';
import { canonical, makeName } from './names.js';
import * as table from './notation.js';

type Command = Extract<Tex, { kind: 'command' }>;

/** A command with its arguments; one that nobody knows is a symbol. */
export function readCommand(cx: Lowering, node: Command): Expr {
  const { name, args, span } = node;
  if (table.greek.has(name)) return letter(cx, `\\${name}`, span);
  if (table.ellipses.has(name)) return make(cx, span, { kind: 'ellipsis' });
  const [body] = args;
  if (body) {
    const font = table.fonts[name];
    if (table.plainFonts.has(name)) return cx.expression(cx, body, span);
    if (font) return withFont(cx, font, body, span);
    if (table.wordFonts.has(name)) return readWordCommand(cx, body, span);
    if (table.decorations.has(name)) return decorate(cx, name, body, span);
  }
  const construct = constructs.get(name);
  if (construct) return construct(cx, node);
  return body ? symbol(cx, canonical([node]), span) : letter(cx, `\\${name}`, span);
}

/** Matrices and cases. */
export function readEnvironment(cx: Lowering, node: Extract<Tex, { kind: 'environment' }>): Expr {
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

const constructs: ReadonlyMap<string, (cx: Lowering, node: Command) => Expr> = new Map([
  ...['frac', 'dfrac', 'tfrac', 'cfrac', 'over', 'sfrac', 'nicefrac', 'flatfrac'].map((n) => [n, readFraction] as const),
  ['sqrt', readRoot] as const,
  ...['underbrace', 'overbrace', 'underbracket', 'overbracket', 'underparen', 'overparen'].map((n) => [n, readBrace] as const),
  ...['underset', 'overset', 'stackrel'].map((n) => [n, readStack] as const),
  ...['dot', 'ddot', 'Dot', 'Ddot'].map((n) => [n, readDots] as const),
]);

function readFraction(cx: Lowering, { args, span }: Command): Expr {
  const [above = [], below = []] = args;
  return (
    readDerivative(cx, above, below, span) ??
    make(cx, span, {
      kind: 'quotient',
      numerator: cx.expression(cx, above, hullOf(above, span)),
      denominator: cx.expression(cx, below, hullOf(below, span)),
    })
  );
}

function readRoot(cx: Lowering, node: Command): Expr {
  const body = node.args[0] ?? [];
  const base = cx.expression(cx, body, hullOf(body, node.span));
  const degree = node.optional ? Number(canonical(node.optional)) : 2;
  if (degree === 2) return make(cx, node.span, { kind: 'apply', fn: 'sqrt', fnSpan: node.span, args: [base], order: 0 });
  const exponent = make(cx, node.span, { kind: 'number', value: 1 / degree, text: '' });
  return make(cx, node.span, { kind: 'power', base, exponent });
}

/** \dot{x}: a derivative by time. */
function readDots(cx: Lowering, { name, args, span }: Command): Expr {
  const base = cx.expression(cx, args[0] ?? [], span);
  if (base.kind !== 'symbol') return hole(cx, span);
  const asName = makeName({ base: `\\dot{${base.name.key}}` });
  return make(cx, span, { kind: 'prime', base, order: /dd/i.test(name) ? 2 : 1, dot: true, asName });
}
