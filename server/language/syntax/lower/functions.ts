// Named functions and what they apply to: \tanh z, \operatorname{tr}(A B), softmax(z)_i, \log\det A, \max(0, z).
import type { Expr } from '../../expr.js';
import type { Tex } from '../tree.js';
import { opensArguments, readBracket } from './brackets.js';
import { bare, type Cursor, isCommand, type Lowering, make, peek, unwrap } from './build.js';
import { canonical, makeName } from './names.js';
import { binders, fonts, functions, wordFonts } from './notation.js';
import { applyScripts, type ScriptsNode } from './scripts.js';

interface Found {
  readonly name: string;
  /** How many nodes the name takes. */
  readonly length: number;
}

/** The name of a function at the cursor: a command, \operatorname{…}, or a word before brackets. */
function functionAt(c: Cursor): Found | undefined {
  const node = bare(peek(c));
  if (node?.kind === 'command') {
    if (node.args.length === 0 && functions[node.name] && node.name !== 'sqrt' && !(node.name in binders))
      return { name: node.name, length: 1 };
    if (!wordFonts.has(node.name) && !fonts[node.name]) return undefined;
    const word = canonical(node.args[0] ?? [])
      .replace(/\\text\{([^}]*)\}/g, '$1')
      .replace(/[ ,\\-]/g, '');
    const known = word in functions;
    const next = peek(c, 1);
    if (known && word.length > 1) return { name: word, length: 1 };
    if (!wordFonts.has(node.name)) return undefined;
    return node.name.startsWith('operatorname') || (/^[a-zA-Z]{2,}$/.test(word) && opensArguments(next))
      ? { name: word, length: 1 }
      : undefined;
  }
  if (node?.kind === 'text' && /^[a-zA-Z-]{2,}$/.test(node.text.trim())) {
    const word = node.text.trim().replace(/-/g, '');
    if (word in functions && word !== 'dim' && word !== 'span')
      return opensArguments(peek(c, 1)) || isScripted(peek(c)) || functions[word] === 'trace' || functions[word] === 'diag'
        ? { name: word, length: 1 }
        : undefined;
    return opensArguments(peek(c, 1)) && !/^(?:if|for|where|and|or|with|when|otherwise)$/.test(word)
      ? { name: word, length: 1 }
      : undefined;
  }
  return undefined;
}

const isScripted = (node: Tex | undefined): boolean => node?.kind === 'scripts';

/** Reads a function with its argument; undefined where there is none. A name without argument is a symbol. */
export function readFunction(cx: Lowering, c: Cursor, found: Found | undefined = functionAt(c)): Expr | undefined {
  if (!found) return undefined;
  const first = peek(c);
  const last = peek(c, found.length - 1);
  if (!first || !last) return undefined;
  const fnSpan = { start: first.span.start, end: last.span.end };
  const scripts: ScriptsNode | undefined = last.kind === 'scripts' ? last : undefined;
  if (isBinding(found.name, scripts)) return undefined;
  c.at += found.length;
  const fn = functions[found.name] ?? found.name;
  const subscript = scripts?.sub ? cx.expression(cx, unwrap(scripts.sub), fnSpan) : undefined;
  const sup = scripts?.sup ? canonical(unwrap(scripts.sup)) : '';
  const order = (scripts?.primes ?? 0) + (/^(?:\\prime|')+$/.test(sup) ? sup.replace(/\\prime/g, "'").length : 0);
  const power = scripts?.sup && order === 0 ? cx.expression(cx, unwrap(scripts.sup), fnSpan) : undefined;
  const args = readArguments(cx, c, fn);
  if (!args) return make(cx, fnSpan, { kind: 'symbol', name: makeName({ base: `\\text{${found.name}}` }) });
  const span = { start: fnSpan.start, end: args.end };
  const body = { kind: 'apply', fn, fnSpan, order, ...(subscript ? { subscript } : {}), ...(power ? { power } : {}) } as const;
  const applied = make(cx, span, { ...body, args: args.items });
  if (args.scripts) return applyScripts(cx, applied, args.scripts, span.start);
  const [run] = args.items;
  if (fn !== 'det' || args.bracketed || !run) return applied;
  const to = (arg: Expr): Expr => make(cx, { start: span.start, end: arg.span.end }, { ...body, args: [arg] });
  return nearOrWhole(cx, applied, run, to);
}

/** \det X X^{-T}: of the whole product that stands without brackets, or of its first factor; of that by custom where a bracket follows. */
function nearOrWhole(cx: Lowering, whole: Expr, run: Expr, to: (arg: Expr) => Expr): Expr {
  const factors = run.kind === 'juxtaposed' ? run.factors : run.kind === 'product' && run.signs.every((s) => s === '') ? run.factors : [];
  const [first, second, ...rest] = factors;
  if (!first || !second) return whole;
  const near = make(cx, whole.span, {
    kind: 'product',
    factors: [to(first), second, ...rest],
    signs: factors.slice(1).map(() => '' as const),
  });
  const nearFirst = second.kind === 'group' && second.body.kind !== 'symbol';
  return make(cx, whole.span, { kind: 'choice', options: nearFirst ? [near, whole] : [whole, near] });
}

const isBinding = (name: string, scripts: ScriptsNode | undefined): boolean => {
  const fn = functions[name] ?? name;
  return Boolean(scripts?.sub) && /^(?:max|min|argmax|argmin|sup|inf|limit)$/.test(fn);
};

interface Arguments {
  readonly items: readonly Expr[];
  readonly end: number;
  readonly scripts: ScriptsNode | undefined;
  readonly bracketed: boolean;
}

function readArguments(cx: Lowering, c: Cursor, fn: string): Arguments | undefined {
  const open = peek(c);
  if (opensArguments(open) || isBrace(open)) {
    const bracket = readBracket(cx, c);
    if (bracket) {
      const { plain, scripts } = bracket;
      const items = plain.kind === 'tuple' ? plain.items : plain.kind === 'group' ? [plain.body] : [plain];
      return { items, end: plain.span.end, scripts, bracketed: true };
    }
  }
  if (fn === 'max' || fn === 'min' || fn === 'arg' || fn === 'sum') return undefined;
  const run = cx.run(cx, c);
  return run ? { items: [run], end: run.span.end, scripts: undefined, bracketed: false } : undefined;
}

const isBrace = (node: Tex | undefined): boolean => {
  const plain = bare(node);
  return isCommand(plain, '{') || isCommand(plain, 'lbrace') || (plain?.kind === 'delimited' && plain.left === '\\{');
};
