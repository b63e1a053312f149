// Writes a node as LaTeX in the document's spelling, with the brackets that it needs and no others.

import { isOne as isUnitDim } from '../shapes/dimension.js';
import { cols, isColumn, isRow, isScalar, isVector, rows } from '../shapes/shape.js';
import * as A from './algebra.js';
import { type Node, type NodeOf, type Power, partsOf, Underivable } from './node.js';
import { negative, one } from './rational.js';
import type { Spelling } from './spelling.js';

/** How tightly what was written holds together: a sum, ⊙, a product, one thing. */
type Level = 0 | 1 | 2 | 3;

interface Written {
  readonly text: string;
  readonly level: Level;
}

export const latexOf = (sp: Spelling, n: Node): string => write(sp, n).text;

const atom = (text: string): Written => ({ text, level: 3 });

const tall = /\\frac|\\sum|\\left/;
const bracket = (text: string): string => (tall.test(text) ? `\\left( ${text} \\right)` : `(${text})`);

const atLeast = (sp: Spelling, n: Node, level: Level): string => {
  const w = write(sp, n);
  return w.level >= level ? w.text : bracket(w.text);
};

/** Joins pieces with a space where a command would run into a letter. */
const join = (pieces: readonly string[]): string => pieces.filter((p) => p !== '').join(' ');

function write(sp: Spelling, n: Node): Written {
  switch (n.kind) {
    case 'symbol':
      return atom(sp.symbol(n.symbol));
    case 'zero':
      return atom('0');
    case 'identity':
      return atom(sp.identity);
    case 'ones':
      return onesText(sp, n);
    case 'sum':
      return writeSum(sp, n);
    case 'scale':
      return writeScale(sp, n);
    case 'had':
      return writeHad(sp, n);
    case 'mul':
      return { text: join(n.factors.map((f) => atLeast(sp, f, 2))), level: 2 };
    case 'transpose':
      return atom(turned(sp, n.of));
    case 'inverse':
      return atom(inverted(sp, n.of));
    case 'apply':
      return writeApply(sp, n);
    case 'softmax':
      return atom(`${n.log ? '\\log ' : ''}${sp.softmax}(${latexOf(sp, n.of)})`);
    case 'trace':
      return atom(`\\operatorname{tr}(${latexOf(sp, n.of)})`);
    case 'det':
      return atom(`\\det(${latexOf(sp, n.of)})`);
    case 'logdet':
      return atom(`\\log \\det(${latexOf(sp, n.of)})`);
    case 'norm2':
      return atom(`${sp.norm[0]} ${latexOf(sp, n.of)} ${sp.norm[1]}${isVector(n.of.shape) ? sp.norm[2] : sp.norm[3]}`);
    case 'norm1':
      return atom(`\\lVert ${latexOf(sp, n.of)} \\rVert_1`);
    case 'diag':
    case 'diagonal':
      return atom(`${sp.diag}(${latexOf(sp, n.of)})`);
    case 'entry':
      return atom(`[${latexOf(sp, n.of)}]_{${n.index}}`);
    case 'binder':
      return { text: `\\sum_{${n.letter}=${n.from}}^{${n.to}} ${atLeast(sp, n.of, 1)}`, level: 1 };
    default:
      throw new Underivable(n.kind);
  }
}

function onesText(sp: Spelling, n: Node): Written {
  if (isColumn(n.shape)) return atom(sp.ones);
  if (isRow(n.shape)) return atom(raise(sp, sp.ones, sp.transpose));
  return { text: `${sp.ones} ${raise(sp, sp.ones, sp.transpose)}`, level: 2 };
}

/** A text with a superscript; what has one already, or is no single thing, goes in brackets or braces. */
function raise(sp: Spelling, text: string, script: string, transposes = false): string {
  const label =
    /^((?:\\[A-Za-z]+\s*|[A-Za-z])(?:\{(?:[^{}]|\{[^{}]*\})*\})?(?:_(?:\{[^{}]*\}|[A-Za-z0-9]))?)\^\{((?:\([^()]*\)|\[[^[\]]*\]))\}$/.exec(
      text,
    );
  if (label && transposes && sp.inside && !sp.bracketed) return `${label[1]}^{${label[2]}${plainSign(script)}}`;
  if (/\^/.test(outside(text))) return sp.bracketed || !transposes ? `(${text})^${script}` : `{${text}}^${script}`;
  return `${text}^${script}`;
}

const plainSign = (script: string): string => script.replace(/^\{(.*)\}$/s, '$1');

const outside = (text: string): string => {
  let depth = 0;
  let out = '';
  for (const c of text) {
    if (/[{([]/.test(c)) depth++;
    else if (/[})\]]/.test(c)) depth--;
    else if (depth === 0) out += c;
  }
  return out;
};

function turned(sp: Spelling, of: Node): string {
  const w = write(sp, of);
  return w.level === 3 ? raise(sp, w.text, sp.transpose, true) : `${bracket(w.text)}^${sp.transpose}`;
}

function inverted(sp: Spelling, of: Node): string {
  if (of.kind === 'transpose') return raise(sp, atLeast(sp, of.of, 3), `{-${plainSign(sp.transpose)}}`);
  return raise(sp, atLeast(sp, of, 3), '{-1}');
}

/** How many transpose signs a node is written with. */
function turns(n: Node): number {
  if ((n.kind === 'sum' || n.kind === 'had') && !isScalar(n.shape)) return Math.min(turnsBelow(n), 1 + turnsBelow(A.transpose(n)));
  return n.kind === 'transpose' || (n.kind === 'ones' && isRow(n.shape)) ? 1 : turnsBelow(n);
}

const turnsBelow = (n: Node): number => partsOf(n).reduce((total, p) => total + turns(p), 0);

/** The transpose of a sum or of a product entry by entry, where that has fewer signs, the one around it counted. */
function betterTurned(n: Node): Node | undefined {
  if (isScalar(n.shape)) return undefined;
  const other = A.transpose(n);
  return other.kind === n.kind && turnsBelow(other) + 1 < turnsBelow(n) ? other : undefined;
}

function writeSum(sp: Spelling, n: NodeOf<'sum'>): Written {
  const common = paired(n) ?? factored(n);
  if (common) return write(sp, common);
  const other = betterTurned(n);
  if (other) return atom(`${bracket(latexOf(sp, other))}^${sp.transpose}`);
  const plus = n.addends.findIndex((a) => !isNegative(a));
  const [a, b] = n.addends;
  const swapped = a && b && n.addends.length === 2 && turns(b) < turns(a) && A.transpose(a).key === b.key;
  const ordered = swapped ? [b, a] : plus > 0 ? [n.addends[plus] as Node, ...n.addends.filter((_, i) => i !== plus)] : n.addends;
  // A number beside a product of matrices is no array of ones.
  const literal =
    isScalar(n.shape) ||
    isVector(n.shape) ||
    !n.addends.some((c) => ['identity', 'diag', 'mul', 'inverse'].includes((A.split(c).body ?? c).kind));
  const pieces = ordered.map((a, i) => {
    const minus = isNegative(a);
    const own = minus ? A.minus(a) : a;
    const body = !literal
      ? own
      : own.kind === 'scale' && own.body?.kind === 'ones'
        ? A.scale(own.coefficient, own.scalars, undefined)
        : own.kind === 'ones'
          ? A.unit
          : own;
    return (minus ? (i > 0 ? '- ' : '-') : i > 0 ? '+ ' : '') + atLeast(sp, body, 1);
  });
  return { text: pieces.join(' '), level: 0 };
}

const isNegative = (n: Node): boolean => n.kind === 'scale' && n.coefficient.p < 0;

const factorsOf = (n: Node | undefined): readonly Node[] => (n?.kind === 'mul' ? n.factors : n ? [n] : []);

/** M x + Mᵀ x is (M + Mᵀ) x, whatever stands beside it. */
function paired(n: NodeOf<'sum'>): Node | undefined {
  for (const a of n.addends)
    for (const b of n.addends) {
      const s = A.split(a);
      const t = A.split(b);
      const f = factorsOf(s.body);
      const g = factorsOf(t.body);
      if (
        a === b ||
        f.length < 2 ||
        g.length < 2 ||
        A.scale(s.coefficient, s.scalars, undefined).key !== A.scale(t.coefficient, t.scalars, undefined).key
      )
        continue;
      const back = f[f.length - 1]?.key === g[g.length - 1]?.key;
      const one = A.mul(...(back ? f.slice(0, -1) : f.slice(1)));
      const other = A.mul(...(back ? g.slice(0, -1) : g.slice(1)));
      if ((!back && f[0]?.key !== g[0]?.key) || isScalar(one.shape) || A.transpose(one).key !== other.key) continue;
      const whole = A.add([one, other]);
      const end = (back ? f[f.length - 1] : f[0]) as Node;
      const joined = A.scale(s.coefficient, s.scalars, back ? A.mul(whole, end) : A.mul(end, whole));
      return A.add(n.addends.flatMap((c) => (c === a ? [joined] : c === b ? [] : [c])));
    }
  return undefined;
}

/** What all addends begin or end with goes in front of, or behind, brackets: 2Xᵀ(Xw − y), (A + Aᵀ)x. */
function factored(n: NodeOf<'sum'>): Node | undefined {
  const parts = n.addends.map(A.split);
  const lists = parts.map((p) => (p.body?.kind === 'mul' ? p.body.factors : p.body ? [p.body] : []));
  const [own = []] = lists;
  if (isScalar(n.shape) || lists.some((l) => l.length === 0)) return undefined;
  const same = (at: (l: readonly Node[]) => Node | undefined): boolean => lists.every((l) => at(l)?.key === at(own)?.key);
  const front = same((l) => l[0]) ? own[0] : undefined;
  const back = same((l) => l[l.length - 1]) ? own[own.length - 1] : undefined;
  const factor = front ?? back;
  if (!factor || factor.kind === 'ones') return undefined;
  const size = Math.abs(parts[0]?.coefficient.p ?? 1);
  const c = parts.every((p) => Math.abs(p.coefficient.p) === size && p.coefficient.q === parts[0]?.coefficient.q)
    ? { p: size, q: parts[0]?.coefficient.q ?? 1 }
    : one;
  const rest = parts.map((p, i) => {
    const list = lists[i] ?? [];
    const left = front ? list.slice(1) : list.slice(0, -1);
    const square = rows(factor.shape).key === cols(factor.shape).key;
    const edge = front ? cols(factor.shape) : rows(factor.shape);
    if (
      left.length === 0 &&
      (p.scalars.some((x) => x.base.kind !== 'symbol' || x.exponent < 0) || isUnitDim(edge) || !(square || lists.some((l) => l.length > 1)))
    )
      return undefined;
    const inner = left.length > 0 ? A.mul(...left) : A.identity({ dims: [edge, edge] });
    return A.scale({ p: (p.coefficient.p * c.q) / c.p / p.coefficient.q, q: 1 }, p.scalars, inner);
  });
  if (rest.some((r) => r === undefined || isScalar(r.shape) || !Number.isInteger(r.kind === 'scale' ? r.coefficient.p : 1)))
    return undefined;
  const inner = A.add(rest as readonly Node[]);
  return A.scale(c, [], front ? A.mul(factor, inner) : A.mul(inner, factor));
}

/** A scalar's factors, numbers first, then bare symbols, then brackets; `natural` keeps their order, `alone` needs no brackets around a single one. */
function scalarText(sp: Spelling, coefficient: number, powers: readonly Power[], natural: boolean, alone: boolean): string {
  const pieces = powers.map((p) => {
    const bare = p.exponent === 1 && alone && powers.length === 1 && (p.base.kind === 'mul' || coefficient === 1);
    return {
      text: bare
        ? latexOf(sp, p.base)
        : p.exponent === 1 && p.base.kind !== 'mul'
          ? atLeast(sp, p.base, 3)
          : p.exponent === 1
            ? bracket(latexOf(sp, p.base))
            : powerText(sp, p),
      simple: p.base.kind === 'symbol',
    };
  });
  const sorted = (natural && coefficient === 1 ? pieces : [...pieces.filter((p) => p.simple), ...pieces.filter((p) => !p.simple)]).map(
    (p) => p.text,
  );
  return join([coefficient === 1 && sorted.length > 0 ? '' : String(coefficient), ...sorted]);
}

function powerText(sp: Spelling, { base, exponent }: Power): string {
  if (exponent === 1) return atLeast(sp, base, 3);
  if (exponent === 0.5) return `\\sqrt{${latexOf(sp, base)}}`;
  const text = atLeast(sp, base, 3);
  const script = String(exponent).length > 1 ? `{${exponent}}` : String(exponent);
  return base.kind === 'apply' ? `${bracket(text)}^${script}` : raise(sp, text, script);
}

function writeScale(sp: Spelling, n: NodeOf<'scale'>): Written {
  const { coefficient, scalars, body } = n;
  if (coefficient.p < 0) return { text: `-${atLeast(sp, A.scale(negative(coefficient), scalars, body), 1)}`, level: 0 };
  const above = scalars.filter((s) => s.exponent > 0);
  const below = scalars.filter((s) => s.exponent < 0).map((s) => ({ base: s.base, exponent: -s.exponent }));
  const fraction = coefficient.q !== 1 || below.length > 0;
  const top = scalarText(
    sp,
    coefficient.p,
    above,
    body === undefined,
    body === undefined || (fraction && below.every((s) => s.base.kind === 'symbol')),
  );
  if (body && below.some((s) => s.base.kind !== 'symbol'))
    return atom(
      `\\frac{${join([above.length === 0 && coefficient.p === 1 ? '' : top, atLeast(sp, body, above.length === 0 && coefficient.p === 1 ? 0 : 2)])}}{${scalarText(sp, coefficient.q, below, true, true)}}`,
    );
  const front = fraction
    ? `\\frac{${top}}{${scalarText(sp, coefficient.q, below, true, true)}}`
    : above.length === 0 && coefficient.p === 1 && body
      ? ''
      : top;
  if (!body) return { text: front, level: fraction || scalars.length + (coefficient.p === 1 ? 0 : 1) <= 1 ? 3 : 2 };
  const entrywise = body.kind === 'had';
  const w = write(sp, body);
  if (entrywise && w.level === 1) return { text: join([front, bracket(w.text)]), level: 2 };
  return { text: join([front, w.level >= 2 ? w.text : bracket(w.text)]), level: 2 };
}

function writeHad(sp: Spelling, n: NodeOf<'had'>): Written {
  const other = betterTurned(n);
  if (other) return atom(`${bracket(latexOf(sp, other))}^${sp.transpose}`);
  const above = n.powers.filter((p) => p.exponent > 0);
  const below = n.powers.filter((p) => p.exponent < 0);
  const root = n.powers.find((p) => !Number.isInteger(p.exponent));
  if (root) return rootText(sp, n, root);
  const pieces = above.flatMap((p) => Array.from({ length: p.exponent }, () => atLeast(sp, p.base, 3)));
  const top = pieces.length > 0 ? pieces.join(` ${sp.hadamard} `) : '1';
  if (below.length === 0) return pieces.length === 1 ? atom(top) : { text: top, level: 1 };
  if (sp.divides)
    return {
      text: `${top} \\oslash ${below.flatMap((p) => Array.from({ length: -p.exponent }, () => atLeast(sp, p.base, 3))).join(' \\oslash ')}`,
      level: 1,
    };
  const bottom = A.had(below.map((p) => ({ base: p.base, exponent: -p.exponent })));
  return atom(`\\frac{${top}}{${latexOf(sp, bottom)}}`);
}

function rootText(sp: Spelling, n: NodeOf<'had'>, root: Power): Written {
  if (Math.abs(root.exponent) !== 0.5) throw new Underivable('a root');
  const rest = A.had(n.powers.filter((p) => p !== root));
  const text = `\\sqrt{${latexOf(sp, root.base)}}`;
  if (n.powers.length === 1) return atom(root.exponent > 0 ? text : `\\frac{1}{${text}}`);
  return root.exponent > 0
    ? { text: `${atLeast(sp, rest, 1)} ${sp.hadamard} ${text}`, level: 1 }
    : atom(`\\frac{${latexOf(sp, rest)}}{${text}}`);
}

function writeApply(sp: Spelling, n: NodeOf<'apply'>): Written {
  const { fn, order, of } = n;
  if (fn.kind === 'known' && order === 1 && fn.name === 'relu') return atom(`\\mathbb{1}[${latexOf(sp, of)} > 0]`);
  const name = sp.fn(fn);
  if (!name) throw new Underivable('a function without a name');
  if (fn.kind === 'known' && fn.name === 'abs') return atom(`|${latexOf(sp, of)}|`);
  const w = write(sp, of);
  return atom(`${name}${"'".repeat(order)}${w.text.startsWith('\\left(') || tall.test(w.text) ? bracket(w.text) : `(${w.text})`}`);
}
