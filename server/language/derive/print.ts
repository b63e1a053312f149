// Writes a node as LaTeX in the document's spelling, with the brackets that it needs and no others.
import { isColumn, isRow, isVector } from '../shapes/shape.js';
import * as A from './algebra.js';
import { type Node, type NodeOf, type Power, Underivable } from './node.js';
import { allowsNumbers, asNumber, betterTurned, bracketed, isNegative, ordered } from './print/form.js';
import { atom, bracket, join, type Level, plainSign, raise, tall, type Written } from './print/text.js';
import { negative } from './rational.js';
import type { Spelling } from './spelling.js';

export const latexOf = (sp: Spelling, n: Node): string => write(sp, n).text;

const atLeast = (sp: Spelling, n: Node, level: Level): string => {
  const w = write(sp, n);
  return w.level >= level ? w.text : bracket(w.text);
};

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

function turned(sp: Spelling, of: Node): string {
  const w = write(sp, of);
  return w.level === 3 ? raise(sp, w.text, sp.transpose, true) : `${bracket(w.text)}^${sp.transpose}`;
}

function inverted(sp: Spelling, of: Node): string {
  if (of.kind === 'transpose') return raise(sp, atLeast(sp, of.of, 3), `{-${plainSign(sp.transpose)}}`);
  return raise(sp, atLeast(sp, of, 3), '{-1}');
}

function writeSum(sp: Spelling, n: NodeOf<'sum'>): Written {
  const common = bracketed(n);
  if (common) return write(sp, common);
  const other = betterTurned(n);
  if (other) return atom(`${bracket(latexOf(sp, other))}^${sp.transpose}`);
  const literal = allowsNumbers(n);
  const pieces = ordered(n).map((a, i) => {
    const minus = isNegative(a);
    const own = minus ? A.minus(a) : a;
    return (minus ? (i > 0 ? '- ' : '-') : i > 0 ? '+ ' : '') + atLeast(sp, literal ? asNumber(own) : own, 1);
  });
  return { text: pieces.join(' '), level: 0 };
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
