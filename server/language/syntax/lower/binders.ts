// Sums, products, expectations, integrals, extrema over something: the letters they bind, their limits, their body.
import type { Expr, ExprOf } from '../../expr.js';
import type { Tex } from '../tree.js';
import { opensArguments, readBracket, withScripts } from './brackets.js';
import { bare, type Cursor, hole, hullOf, isChar, isCommand, type Lowering, make, peek, unwrap } from './build.js';
import { canonical, isLetter } from './names.js';
import { binders, bindingFunctions, functions, rangeWords, wordFonts } from './notation.js';
import type { ScriptsNode } from './scripts.js';

type BinderOp = ExprOf<'binder'>['op'];

function binderAt(node: Tex | undefined): BinderOp | undefined {
  const plain = bare(node);
  if (plain?.kind !== 'command') return undefined;
  const simple = binders[plain.name];
  if (simple) return simple;
  if (plain.name === 'mathbb' || plain.name === 'mathrm' || plain.name === 'operatorname' || plain.name === 'mathsf') {
    const word = canonical(plain.args[0] ?? []);
    if (word === 'E' && plain.name !== 'operatorname') return plain.name === 'mathbb' ? 'expectation' : undefined;
  }
  if (isCommand(plain, 'E')) return 'expectation';
  if (node?.kind !== 'scripts' || !node.sub) return undefined;
  const direct = bindingFunctions[plain.name];
  if (direct) return direct;
  if (!wordFonts.has(plain.name)) return undefined;
  const word = canonical(plain.args[0] ?? [])
    .replace(/\\text\{([^}]*)\}/g, '$1')
    .replace(/[ ,\\-]/g, '');
  return bindingFunctions[functions[word] ?? ''];
}

/** Reads a binder with its body; the body is the rest of the product. */
export function readBinder(cx: Lowering, c: Cursor): Expr | undefined {
  const node = peek(c);
  const op = binderAt(node);
  if (!op || !node) return undefined;
  c.at++;
  const scripts: ScriptsNode | undefined = node.kind === 'scripts' ? node : undefined;
  const lower = scripts?.sub ? readLimit(cx, scripts.sub, node) : undefined;
  const upper = scripts?.sup ? cx.expression(cx, unwrap(scripts.sup), hullOf(scripts.sup, node.span)) : undefined;
  const body = readBody(cx, c, op) ?? hole(cx, { start: node.span.end, end: node.span.end });
  const span = { start: node.span.start, end: Math.max(node.span.end, body.span.end) };
  const letters = lower?.letters ?? [];
  return make(cx, span, {
    kind: 'binder',
    op,
    letters,
    lower: lower?.expr,
    upper: upper ?? lower?.upper,
    body,
    ...(lower?.except ? { except: lower.except } : {}),
  });
}

function readBody(cx: Lowering, c: Cursor, op: BinderOp): Expr | undefined {
  if (op === 'expectation' && opensArguments(peek(c))) {
    const bracket = readBracket(cx, c);
    return bracket ? withScripts(cx, bracket) : undefined;
  }
  if (c.at >= c.end) return undefined;
  return cx.product(cx, c);
}

interface Limit {
  readonly letters: readonly string[];
  readonly expr: Expr | undefined;
  readonly except: Expr | undefined;
  readonly upper?: Expr;
}

/** `i=1`, `i`, `i, j`, `i \neq j`, `i=1, i\ne j`, `(x, y) \in D`, `k < j`. */
function readLimit(cx: Lowering, sub: readonly Tex[], node: Tex): Limit {
  let nodes = unwrap(sub);
  const only = nodes[0];
  if (nodes.length === 1 && only?.kind === 'environment')
    nodes = only.rows.flatMap((r, i) => [...(i > 0 ? [{ kind: 'char', char: ',', span: only.span } as Tex] : []), ...r.flat()]);
  const letters: string[] = [];
  let expr: Expr | undefined;
  let except: Expr | undefined;
  for (const part of splitCommas(nodes)) {
    const relation = part.findIndex(
      (n) =>
        isChar(n, '=') ||
        isCommand(n, 'in') ||
        isCommand(n, 'neq') ||
        isCommand(n, 'ne') ||
        isChar(n, '<') ||
        isCommand(n, 'leq') ||
        isCommand(n, 'le') ||
        isCommand(n, 'sim') ||
        isCommand(n, 'to'),
    );
    const left = relation < 0 ? part : part.slice(0, relation);
    const right = relation < 0 ? [] : part.slice(relation + 1);
    if (rangeWords.has(canonical(left))) continue;
    const found = left.filter((n) => isLetter(canonical([n]))).map((n) => canonical([n]));
    const sign = part[relation];
    if ((isCommand(sign, 'neq') || isCommand(sign, 'ne')) && right.length > 0) except = cx.expression(cx, right, node.span);
    else if (isChar(sign, '=') && right.length > 0) expr = cx.expression(cx, right, node.span);
    for (const letter of found) if (!letters.includes(letter)) letters.push(letter);
  }
  return { letters, expr, except };
}

function splitCommas(nodes: readonly Tex[]): readonly (readonly Tex[])[] {
  const parts: Tex[][] = [[]];
  for (const node of nodes) {
    if (isChar(node, ',')) parts.push([]);
    else parts[parts.length - 1]?.push(node);
  }
  return parts;
}
