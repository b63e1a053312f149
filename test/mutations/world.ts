// What the oracle knows of a correct document: the shapes of its symbols, their values at a random point, definitions, functions, layouts.
// Declarations are read here in a plain way of our own; only symbols that this does not find come from the checker's report of the unmutated document.
import { parse } from 'yaml';
import { readDocument, toDocumentSpan } from '../../server/language/document/index.js';
import type { Expr, Name, Statement } from '../../server/language/expr.js';
import { analyze, report } from '../../server/language/index.js';
import { readFormula, readName } from '../../server/language/syntax/lower.js';
import type { Span } from '../../server/language/text.js';
import type { Layout } from './arrange.js';
import { entrywise, make, type NdArray, rowsOf, times, total, transpose } from './arrays.js';

export interface Line {
  readonly statement: Statement;
  readonly formula: number;
  /** Position in its formula. */
  readonly index: number;
  readonly tex: string;
  readonly display: boolean;
  readonly place: (span: Span) => Span;
}

export interface World {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly Line[];
  readonly sizes: ReadonlyMap<string, number>;
  readonly dims: ReadonlyMap<string, readonly number[]>;
  /** Shapes that the document states, not those that follow. */
  readonly declared: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, NdArray>;
  readonly directions: ReadonlyMap<string, NdArray>;
  readonly definitions: ReadonlyMap<string, Expr>;
  readonly functions: ReadonlyMap<string, string>;
  readonly layouts: readonly Layout[];
  readonly memo: Map<string, NdArray>;
}

/** A document's text and what is read of it once. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly Line[];
  readonly shapes: ReadonlyMap<string, readonly string[]>;
  readonly declared: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, string>;
  readonly assumptions: ReadonlyMap<string, readonly string[]>;
  readonly definitions: ReadonlyMap<string, Expr>;
  readonly layouts: readonly Layout[];
}

/** Shapes that correct documents state in prose only, read by a person. */
const stated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'least-squares-denominator.md': { '\\mathbf{X}': 'm×n', '\\mathbf{y}': 'm', '\\mathbf{\\beta}': 'n' },
  'inverses-numerator.md': { X: 'n×n' },
  'kalman.md': { H: 'm×n', K: 'n×m', x: 'n', z: 'm' },
  'mlp-one-layer.md': { 'W^{(1)}': 'k×n' },
  'mlp-prose.md': {
    'W^{(2)}': '30×784',
    'W^{(3)}': '10×30',
    'b^{(2)}': '30',
    'b^{(3)}': '10',
    'z^{(2)}': '30',
    'z^{(3)}': '10',
    'a^{(1)}': '784',
    'a^{(2)}': '30',
    'a^{(3)}': '10',
    x: '784',
    y: '10',
  },
  'scalar-by-vector-denominator.md': {
    '\\mathbf{x}': 'n',
    '\\mathbf{a}': 'n',
    '\\mathbf{b}': 'm',
    '\\mathbf{A}': 'm×n',
    '\\mathbf{C}': 'n×n',
  },
  'mlp-two-layers.md': { 'b^{[2]}': '3', 'b^{[1]}': '4', 'W^{[1]}': '4×5', 'W^{[2]}': '3×4', x: '5', y: '3' },
  'traces-numerator.md': { '\\mathbf{X}': 'm×n', '\\mathbf{A}': 'n×m', '\\mathbf{B}': 'p×m', '\\mathbf{C}': 'n×p', '\\mathbf{G}': 'm×m' },
};

export const nameOf = (e: Expr): Name | undefined =>
  e.kind === 'symbol' ? e.name : e.kind === 'choice' && e.options[0] ? nameOf(e.options[0]) : undefined;

const key = (text: string): string => readName(text.trim(), new Map())?.key ?? text.trim();

const shapeOf = (text: string): readonly string[] => {
  const dims = text
    .split(/\\times|×|\bx\b/)
    .map((d) => d.trim())
    .filter(Boolean);
  return text.trim() === 'scalar' ? [] : dims.length === 1 ? [dims[0] as string, '1'] : dims;
};

function names(text: string): readonly string[] {
  return text.split(/,(?![^{]*\})/).map(key);
}

export function readSource(name: string, text: string): Source {
  const document = readDocument('markdown', text);
  const lines = document.formulas.flatMap((f) =>
    readFormula(f.tex, new Map()).statements.map(
      (statement, index): Line => ({
        statement,
        formula: f.index,
        index,
        tex: f.tex,
        display: f.display,
        place: (s) => toDocumentSpan(f.map, s),
      }),
    ),
  );
  const directives = document.directives.map(
    (d) => (parse(d.yaml.replace(/\\operatorname\{(\w+)\}/g, '$1')) ?? {}) as Record<string, unknown>,
  );
  const shapes = new Map<string, readonly string[]>();
  const declare = (symbols: readonly string[], shape: string): void => {
    for (const s of symbols) shapes.set(s, shapeOf(shape));
  };
  for (const d of directives)
    for (const [k, v] of Object.entries((d.shapes ?? {}) as Record<string, unknown>)) declare(names(k), String(v));
  for (const m of text.matchAll(/\$([^$]*?)\\in\s*\\mathbb\{([RS])\}(?:\^(\{[^$]*?\}|\w))?(?:_\{\+\+\})?(?=[$,.]|\s*\$)/g)) {
    const exponent = (m[3] ?? '').replace(/^\{|\}$/g, '');
    declare(names(m[1] as string), exponent === '' ? 'scalar' : m[2] === 'S' ? `${exponent}×${exponent}` : exponent);
  }
  for (const [k, v] of Object.entries(stated[name] ?? {})) declare([key(k)], v);
  const declared = new Set(shapes.keys());
  const checked = report(analyze({ path: name, language: 'markdown', notebook: false, cells: [text] }, {}));
  for (const s of checked.symbols) if (s.shape && !shapes.has(s.name)) shapes.set(s.name, s.shape);
  const functions = new Map([['\\sigma', 'sigmoid']]);
  for (const d of directives) for (const [k, v] of Object.entries((d.functions ?? {}) as Record<string, string>)) functions.set(k, v);
  return {
    name,
    text,
    lines,
    shapes,
    declared,
    functions,
    assumptions: assumptionsOf(text, directives),
    definitions: definitionsOf(lines, directives),
    layouts: layoutsOf(text, directives),
  };
}

function layoutsOf(text: string, directives: readonly Record<string, unknown>[]): readonly Layout[] {
  const declared = directives.map((d) => d.layout).find((l) => l !== undefined) as Layout | undefined;
  const said = /(numerator|denominator)[ \n]layout/i.exec(text)?.[1]?.toLowerCase() as Layout | undefined;
  if (declared ?? said) return [(declared ?? said) as Layout];
  if (/have the shape of their variable/.test(text)) return ['mixed', 'denominator'];
  return ['mixed', 'denominator', 'numerator'];
}

const words = /symmetric and positive definite|symmetric|positive definite|one-hot/;

function assumptionsOf(text: string, directives: readonly Record<string, unknown>[]): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, readonly string[]>();
  const add = (k: string, v: readonly string[]): void => void out.set(k, [...(out.get(k) ?? []), ...v]);
  for (const d of directives)
    for (const [k, v] of Object.entries((d.assume ?? {}) as Record<string, string | string[]>))
      for (const n of names(k)) add(n, [v].flat());
  for (const sentence of text.replace(/<!--[\s\S]*?-->/g, '').split(/\.\s/)) {
    const word = words.exec(sentence);
    if (!word) continue;
    const before = [...sentence.slice(0, word.index).matchAll(/\$([^$\s]+)[^$]*\$/g)].map((m) => key((m[1] as string).replace(/,$/, '')));
    const found = /\bare\b/.test(sentence) ? before : before.slice(-1);
    for (const n of found) add(n, [word[0].includes('positive') ? 'positive-definite' : word[0]]);
  }
  for (const m of text.matchAll(/\$(\S+) \\in \\mathbb\{S\}/g)) add(key(m[1] as string), ['positive-definite']);
  return out;
}

/** The first equation whose left side is a bare symbol, by its first right member. A network's directive stands for its equations. */
function definitionsOf(lines: readonly Line[], directives: readonly Record<string, unknown>[]): ReadonlyMap<string, Expr> {
  const out = new Map<string, Expr>();
  for (const { statement } of [...networkLines(directives), ...lines]) {
    const left = statement.members[0] && nameOf(statement.members[0]);
    const right = statement.members[1];
    const element = left?.subs.some((s) => s.kind === 'letter' && /^[ijk]$/.test(s.name));
    if (left && right && !element && !out.has(left.key) && ['=', ':=', '\\triangleq', '\\equiv'].includes(statement.relations[0] ?? ''))
      out.set(left.key, right);
  }
  return out;
}

function networkLines(directives: readonly Record<string, unknown>[]): readonly { readonly statement: Statement }[] {
  const network = directives.map((d) => d.network).find(Boolean) as { layers: number[]; hidden: string; output: string } | undefined;
  if (!network) return [];
  const last = network.layers.length - 1;
  const fn = (name: string): string => (name === 'sigmoid' ? '\\sigma' : `\\${name}`);
  const tex = Array.from({ length: last }, (_, i) => i + 1).flatMap((l) => [
    `z^{[${l}]} = W^{[${l}]} ${l === 1 ? 'x' : `a^{[${l - 1}]}`} + b^{[${l}]}`,
    `a^{[${l}]} = ${fn(l === last ? network.output : network.hidden)}(z^{[${l}]})`,
  ]);
  return [...tex, `L = \\frac{1}{2} \\lVert a^{[${last}]} - y \\rVert^2`].flatMap((t) =>
    readFormula(t, new Map()).statements.map((statement) => ({ statement })),
  );
}

/** Deterministic numbers in (0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// From 3 on: with two entries 2/N is 1, and a normalised vector has no derivative.
const primes = [3, 5, 7, 11, 13, 17, 19, 23];

export function dimensionNames(source: Source): readonly string[] {
  return [
    ...new Set(
      [...source.shapes.values()].flat().filter((d) => d !== '1' && /^(\d+|[A-Za-z](_\{?\w+\}?)?)$/.test(d) && !/_l$|_\{l/.test(d)),
    ),
  ];
}

/** A world at a random point; `order` permutes which size is which prime. */
export function makeWorld(source: Source, seed: number, order: readonly number[]): World {
  const sizes = new Map(dimensionNames(source).map((d, i) => [d, primes[order[i] ?? i] as number]));
  const dims = new Map<string, readonly number[]>();
  for (const [k, shape] of source.shapes) {
    const all = shape.map((d) => (d === '1' ? 1 : sizes.get(d)));
    if (all.every((d): d is number => d !== undefined)) dims.set(k, all);
  }
  const random = randomOf(seed);
  const values = new Map<string, NdArray>();
  const directions = new Map<string, NdArray>();
  for (const [k, d] of dims) {
    values.set(k, drawn(k, d, source.assumptions.get(k) ?? [], random));
    directions.set(
      k,
      make(d, () => random() - 0.5),
    );
  }
  return { ...source, sizes, dims, values, directions, memo: new Map() };
}

export const isOnes = (k: string): boolean => /^(\\(mathbf|mathbb|boldsymbol|bm))\s*\{?1\}?$/.test(k);

function drawn(k: string, dims: readonly number[], assumptions: readonly string[], random: () => number): NdArray {
  const entry = (): number => (random() < 0.5 ? -1 : 1) * (0.3 + random());
  if (isOnes(k)) return make(dims, () => 1);
  if (dims.length === 0) return make(dims, () => 0.4 + random());
  const free = make(dims, entry);
  if (assumptions.includes('one-hot')) {
    const hot = Math.floor(random() * free.data.length);
    return make(dims, (i) => Number(i === hot));
  }
  if (assumptions.includes('probability')) {
    const positive = make(dims, () => 0.2 + random());
    const n = dims[1] === 1 ? positive.data.length : (dims[1] as number);
    const sum = (i: number): number => total(make([n], (j) => positive.data[Math.floor(i / n) * n + j] as number));
    return make(dims, (i) => (positive.data[i] as number) / sum(i));
  }
  if (assumptions.includes('positive')) return make(dims, () => 0.3 + random());
  if (assumptions.includes('positive-definite')) {
    const square = times(free, transpose(free)) as NdArray;
    return make(dims, (i) => (square.data[i] as number) + (i % (rowsOf(free) + 1) === 0 ? 1 : 0));
  }
  if (assumptions.includes('symmetric')) return entrywise(free, transpose(free), (x, y) => x + y) ?? free;
  return free;
}
