// The terminals of the grammar: names, sizes and shapes, as formulas, code spans or plain words write them.
import type { Expr, Name } from '../../expr.js';
import { numberExpr } from './mathematics.js';
import { type Capture, type Chain, type First, type Matcher, type Next, NOTHING, type Part, single } from './part.js';
import type { Token } from './tokens.js';
import { CLASSES, COUNTERS, DERIVED, GOES_ON, NO_NOUN, NUMBERS, STARTERS } from './vocabulary.js';

const keep = (next: Next, at: number, capture: Capture, before: Chain | undefined): boolean => next(at, { capture, before });

interface Item {
  readonly names: readonly Name[];
  readonly declared: boolean;
  readonly equation: boolean;
  readonly set: readonly Expr[] | undefined;
}

/** Whether a bare letter in the text is a name: `a`, `A` and `I` only before a verb or a comma, words in capitals never. */
function isBareName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!token?.bare || !token.math) return token?.kind === 'math';
  if (token.hyphen) return false;
  if (!/^[aAI]$/.test(token.raw)) return true;
  const after = tokens[at + 1];
  if (token.raw === 'I') return /^(?:is|∈)$/.test(after?.text ?? '');
  if (/^(?:is|has|are|have|∈|=|'s|:)$/.test(after?.text ?? '')) return true;
  return /^(?:and|,)$/.test(after?.text ?? '') && tokens[at + 2]?.raw.length === 1 && tokens[at + 2]?.kind !== 'mark';
}

function nameAt(tokens: readonly Token[], at: number): Item | undefined {
  const token = tokens[at];
  if (!token?.math || (token.kind === 'word' && !isBareName(tokens, at))) return undefined;
  const math = token.math();
  return math.names.length > 0 ? math : undefined;
}

const SEPARATOR = /^(?:,|and|&)$/;

interface NameList {
  readonly names: readonly Name[];
  readonly declared: boolean;
  readonly set: readonly Expr[] | undefined;
  readonly to: number;
}

/** The lists of names that begin at a token, the longest first; kept for the sentence in hand. */
let listsOf: { readonly tokens: readonly Token[]; readonly lists: Map<number, readonly NameList[]> } | undefined;

function nameLists(tokens: readonly Token[], at: number): readonly NameList[] {
  if (listsOf?.tokens !== tokens) listsOf = { tokens, lists: new Map() };
  const known = listsOf.lists.get(at);
  if (known) return known;
  const lists: NameList[] = [];
  let last: NameList = { names: [], declared: false, set: undefined, to: at };
  for (let i = at; lists.length < 8; ) {
    const item = nameAt(tokens, i);
    if (!item || (i > at && (item.declared || item.equation))) break;
    last = { names: [...last.names, ...item.names], declared: last.declared || item.declared, set: item.set, to: i + 1 };
    lists.unshift(last);
    if (item.declared || item.equation) break;
    const separator = tokens[i + 1];
    if (separator?.kind === 'math' || !SEPARATOR.test(separator?.text ?? '')) break;
    i += separator?.text === ',' && tokens[i + 2]?.text === 'and' ? 3 : 2;
  }
  listsOf.lists.set(at, lists);
  return lists;
}

/** One or several symbols: `a, z`, `U and V`, `A`, `B` and `C`. The longest list first. */
const NAMES: Matcher = (t, i, c, next) => {
  for (const { names, declared, set, to } of nameLists(t, i)) {
    if (keep(next, to, { kind: 'names', names, declared, set, applied: false, from: i, to }, c)) return true;
  }
  return false;
};

/** `f`, or `f(x)` for f: one function symbol. */
const FNAME: Matcher = (t, i, c, next) => {
  const applied = t[i]?.math?.().applied;
  if (applied && t[i]?.kind === 'math')
    return keep(next, i + 1, { kind: 'names', names: [applied], declared: false, set: undefined, applied: true, from: i, to: i + 1 }, c);
  const item = nameAt(t, i);
  return (
    item?.names.length === 1 &&
    keep(next, i + 1, { kind: 'names', names: item.names, declared: item.declared, set: item.set, applied: false, from: i, to: i + 1 }, c)
  );
};

/** `L(W)`: a function at its argument, where a symbol is expected. */
const APPLIED: Matcher = (t, i, c, next) => {
  const applied = t[i]?.kind === 'math' ? t[i]?.math?.().applied : undefined;
  return (
    applied !== undefined &&
    keep(next, i + 1, { kind: 'names', names: [applied], declared: false, set: undefined, applied: true, from: i, to: i + 1 }, c)
  );
};

function dimAt(tokens: readonly Token[], at: number): Expr | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  if (token.kind === 'number') return /^\d+$/.test(token.text) && Number(token.text) > 0 ? numberExpr(Number(token.text)) : undefined;
  const count = token.kind === 'word' ? NUMBERS.get(token.text) : undefined;
  if (count !== undefined) return numberExpr(count);
  if (!token.math || (token.bare && token.kind === 'word' && /^[aAI]$/.test(token.raw))) return undefined;
  const { dims } = token.math();
  return dims.length === 1 ? dims[0] : undefined;
}

const DIM: Matcher = (t, i, c, next) => {
  const dim = dimAt(t, i);
  return dim !== undefined && keep(next, i + 1, { kind: 'dim', dims: [dim], isSet: false, from: i, to: i + 1 }, c);
};

/** `m, n` in one formula. */
const DIMLIST: Matcher = (t, i, c, next) => {
  const dims = t[i]?.kind === 'math' ? (t[i]?.math?.().dims ?? []) : [];
  return dims.length > 1 && keep(next, i + 1, { kind: 'list', dims, isSet: false, from: i, to: i + 1 }, c);
};

const SHAPE: Matcher = (t, i, c, next) => {
  const token = t[i];
  if (token?.kind === 'math') {
    const math = token.math?.();
    if (math?.shape && keep(next, i + 1, { kind: 'shape', dims: math.shape, isSet: math.isSet, from: i, to: i + 1 }, c)) return true;
  }
  const written = spelled(t, i) ?? bracketed(t, i) ?? oneWord(token, i);
  return written !== undefined && keep(next, written.to, { kind: 'shape', dims: written.dims, isSet: false, from: i, to: written.to }, c);
};

/** `(m,)` as a formula: a list of one size, after other shapes. */
const TUPLE: Matcher = (t, i, c, next) => {
  const math = t[i]?.kind === 'math' ? t[i]?.math?.() : undefined;
  const bracketed = math?.expr.statements[0]?.members[0]?.kind === 'group' && math.dims.length === 1;
  return bracketed && keep(next, i + 1, { kind: 'shape', dims: math.dims, isSet: false, from: i, to: i + 1 }, c);
};

interface Written {
  readonly dims: readonly Expr[];
  readonly to: number;
}

const isTimes = (t: Token | undefined): boolean => t !== undefined && /^(?:×|x|\*|by|⨯|·)$/.test(t.text);

/** `3 × 2`, `n by m`, `330-by-60`. */
function spelled(tokens: readonly Token[], at: number): Written | undefined {
  const first = dimAt(tokens, at);
  if (!first) return undefined;
  const dims = [first];
  let to = at + 1;
  while (isTimes(tokens[to])) {
    const dim = dimAt(tokens, to + 1);
    if (!dim) return undefined;
    dims.push(dim);
    to += 2;
  }
  return dims.length > 1 ? { dims, to } : undefined;
}

/** `[10 x 3]`, `(m, n)`, `[m, n]`, `(n,)`. */
function bracketed(tokens: readonly Token[], at: number): Written | undefined {
  const close = { '(': ')', '[': ']' }[tokens[at]?.kind === 'mark' ? (tokens[at]?.text ?? '') : ''];
  if (!close) return undefined;
  const inner = tokens[at + 1]?.kind === 'math' ? tokens[at + 1]?.math?.().shape : undefined;
  if (inner && tokens[at + 2]?.text === close) return { dims: inner, to: at + 3 };
  const times = spelled(tokens, at + 1);
  if (times && tokens[times.to]?.text === close) return { dims: times.dims, to: times.to + 1 };
  return listed(tokens, at, close);
}

function listed(tokens: readonly Token[], at: number, close: string): Written | undefined {
  const dims: Expr[] = [];
  for (let i = at + 1; ; i += 2) {
    const dim = dimAt(tokens, i);
    if (!dim) return undefined;
    dims.push(dim);
    const after = tokens[i + 1]?.text;
    if (after === close) return dims.length > 1 ? { dims, to: i + 2 } : undefined;
    if (after !== ',') return undefined;
    if (tokens[i + 2]?.text === close) return { dims, to: i + 3 };
  }
}

/** `NxD`, `MxN`. */
function oneWord(token: Token | undefined, at: number): Written | undefined {
  const parts = token?.kind === 'word' ? /^([A-Zmnkdp])x([A-Zmnkdp])$/.exec(token.raw) : undefined;
  if (!parts?.[1] || !parts[2]) return undefined;
  const letter = (name: string): Expr => ({
    kind: 'symbol',
    id: 0,
    span: { start: 0, end: 1 },
    name: { key: name, base: name, labels: [], labelStyle: '', subs: [], subText: '' },
  });
  return { dims: [letter(parts[1]), letter(parts[2])], to: at + 1 };
}

/** The end of the sentence or what closes a remark. */
const END: Matcher = (t, i, c, next) => {
  const token = t[i];
  return (
    (token === undefined ||
      (token.kind === 'mark' && /^[.,;:()!—–-]$/.test(token.text)) ||
      /^(?:where|and|with|which|for|as|containing|holding)$/.test(token.text)) &&
    next(i, c)
  );
};

/** No symbol of a further clause: the word behind it is neither its verb nor the article of what it is. */
const NOVERB: Matcher = (t, i, c, next) => !/^(?:a|an|the|is|be|has|will|must|should|∈)$/.test(t[i]?.text ?? '') && next(i, c);

const notNouns = [DERIVED, GOES_ON, NO_NOUN, STARTERS, CLASSES.SIZE, CLASSES.ENTRIES, CLASSES.ART, CLASSES.QUANTIFIER];

/** Whatever noun an author has for a symbol: "the decoder U". */
function isAnyNoun(token: Token | undefined): boolean {
  if (token?.kind !== 'word' || !/^[a-z][a-z-]{2,}$/.test(token.text) || NUMBERS.has(token.text)) return false;
  return !notNouns.some((words) => words?.has(token.text));
}

/** `x \in \mathbb{R}^n`: a symbol that declares itself. */
const MEMBER: Matcher = (t, i, c, next) => {
  const item = nameAt(t, i);
  if (!item?.declared) return false;
  return keep(next, i + 1, { kind: 'names', names: item.names, declared: true, set: item.set, applied: false, from: i, to: i + 1 }, c);
};

/** The l of "layer l". */
const COUNTER: Matcher = (t, i, c, next) => {
  const names = t[i]?.math?.().names;
  return names?.length === 1 && COUNTERS.has(names[0]?.key ?? '') && next(i + 1, c);
};

/** The next word is joined by a hyphen: `n-vector`. */
const JOINED: Matcher = (t, i, c, next) => t[i]?.hyphen === true && next(i, c);

const MATH: First = { ...NOTHING, math: true };
const SIZED: First = { words: new Set([...NUMBERS.keys(), '(', '[']), math: true, size: true, any: false };
const ANY: First = { ...NOTHING, any: true };

export const TERMINALS: Readonly<Record<string, Part>> = {
  NAMES: { run: NAMES, first: MATH, nullable: false },
  FNAME: { run: FNAME, first: MATH, nullable: false },
  APPLIED: { run: APPLIED, first: MATH, nullable: false },
  DIM: { run: DIM, first: SIZED, nullable: false },
  DIMLIST: { run: DIMLIST, first: MATH, nullable: false },
  TUPLE: { run: TUPLE, first: MATH, nullable: false },
  SHAPE: { run: SHAPE, first: SIZED, nullable: false },
  END: { run: END, first: ANY, nullable: true },
  COUNTER: { run: COUNTER, first: MATH, nullable: false },
  JOINED: { run: JOINED, first: ANY, nullable: true },
  NOVERB: { run: NOVERB, first: ANY, nullable: true },
  ANYNOUN: single(isAnyNoun, ANY),
  MEMBER: { run: MEMBER, first: MATH, nullable: false },
};
