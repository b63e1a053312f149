// How a document writes its symbols, functions and signs, for what is derived.
import type { Checked } from '../analysis/analysis.js';
import type { Expr, ExprOf } from '../expr.js';
import type { Habits } from '../repairs/habits.js';
import { habitsOf } from '../repairs/habits.js';
import { readName } from '../syntax/lower.js';
import { walk } from '../syntax/print.js';
import type { Elementwise } from '../term.js';
import { expressionTerm } from '../values/expression.js';

export interface Spelling extends Habits {
  /** The document's own text for a symbol. */
  readonly symbol: (key: string) => string;
  /** The function's name, with whether its argument needs brackets; undefined where the document has none. */
  readonly fn: (fn: Elementwise) => string | undefined;
  readonly softmax: string;
  readonly ones: string;
  readonly identity: string;
  /** `(W^{(2)})^T` rather than `W^{(2)T}`. */
  readonly bracketed: boolean;
  /** Both bars of a norm, its index for vectors and for matrices. */
  readonly norm: readonly [string, string, string, string];
  /** Whether ⊘ is written. */
  readonly divides: boolean;
}

const cache = new WeakMap<Checked, Spelling>();

export function spellingOf(checked: Checked): Spelling {
  const known = cache.get(checked);
  if (known) return known;
  const made = make(checked);
  cache.set(checked, made);
  return made;
}

const most = 20_000;

function make(checked: Checked): Spelling {
  const symbols = new Map<string, Map<string, number>>();
  const functions = new Map<string, string>();
  const constants = new Map<string, string>();
  const norm: [string, string, string, string] = ['\\lVert', '\\rVert', '', ''];
  let seen = 0;
  for (const s of checked.statements)
    for (const m of s.statement.members)
      for (const e of walk(m)) {
        if (seen++ > most) break;
        const text = s.formula.tex.slice(e.span.start, e.span.end);
        const name = e.kind === 'symbol' ? e.name : e.kind === 'power' ? e.asName : undefined;
        if (name && text.length > 0) count(symbols, name.key, text);
        const found = name && checked.env.lookup(name, s.place(e.span).start);
        if (found?.constant && name?.subs.length === 0 && !constants.has(found.constant)) constants.set(found.constant, text);
        noteFunction(functions, e, s.formula.tex);
        if (e.kind === 'norm' && e.bars === 2) noteNorm(norm, e, text);
      }
  for (const f of checked.env.facts) if (f.kind === 'function' && !functions.has(f.meaning)) functions.set(f.meaning, f.name);
  const stated = new Map(
    checked.env.facts.flatMap((f) =>
      f.kind === 'function' && /\bt\b/.test(f.meaning) ? [[JSON.stringify(expressionTerm(f.meaning)), f.name] as const] : [],
    ),
  );
  const { macros } = checked.reading;
  const chosen = new Map<string, string>();
  const text = checked.document.formulas
    .slice(0, 400)
    .map((f) => f.tex)
    .join('\n');
  return {
    ...habitsOf(checked.document),
    symbol: (key) => {
      let own = chosen.get(key);
      if (own === undefined) {
        const ranked = [...(symbols.get(key) ?? [])].sort((a, b) => b[1] - a[1]).map(([t]) => t);
        own = ranked.find((t) => t === key) ?? ranked.find((t) => t.length < 60 && readName(t, macros)?.key === key) ?? key;
        chosen.set(key, own);
      }
      return own;
    },
    fn: (fn) =>
      fn.kind === 'open'
        ? /^\\varphi_\d+$/.test(fn.name) && !text.includes(fn.name)
          ? undefined
          : fn.name
        : fn.kind === 'known'
          ? (functions.get(fn.name) ?? custom[fn.name])
          : stated.get(JSON.stringify(fn.body)),
    softmax: functions.get('softmax') ?? '\\operatorname{softmax}',
    ones: constants.get('ones') ?? '\\mathbf{1}',
    identity: constants.get('identity') ?? 'I',
    norm,
    divides: /\\oslash(?![A-Za-z])/.test(text),
    bracketed:
      occurrences(text, /\(\s*\\?[A-Za-z]+(?:\{[^{}]*\})?\s*\^\s*\{[^{}]*\}\s*\)\s*\^/g) >
        occurrences(text, /[)\]]\}?\s*\^?\{?\s*(?:T|\\top|\\intercal)/g) / 2 ||
      occurrences(text, /\\left\(\s*\\?[A-Za-z]+(?:\{[^{}]*\})?\s*\^\s*\{[^{}]*\}\s*\\right\)\s*\^/g) > 0,
  };
}

const occurrences = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function count(map: Map<string, Map<string, number>>, key: string, text: string): void {
  const own = map.get(key) ?? new Map<string, number>();
  own.set(text, (own.get(text) ?? 0) + 1);
  map.set(key, own);
}

function noteFunction(functions: Map<string, string>, e: Expr, tex: string): void {
  if (e.kind !== 'apply' || e.order > 0) return;
  const text = tex.slice(e.fnSpan.start, e.fnSpan.end);
  if (text.length > 0 && !functions.has(e.fn)) functions.set(e.fn, text);
}

function noteNorm(norm: [string, string, string, string], e: ExprOf<'norm'>, text: string): void {
  if (/^(?:\\left)?\s*\\\|/.test(text)) norm[0] = norm[1] = '\\|';
  const { subscript } = e;
  if (subscript?.kind === 'number' && subscript.value === 2) norm[2] = '_2';
  if (subscript?.kind === 'symbol' && subscript.name.key === 'F') norm[3] = '_F';
}

/** Names that everybody writes so. */
const custom: Readonly<Record<string, string>> = {
  tanh: '\\tanh',
  exp: '\\exp',
  log: '\\log',
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  arctan: '\\arctan',
  sign: '\\operatorname{sign}',
};
