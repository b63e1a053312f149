// The keys of a directive: what each accepts, the facts and settings it gives, and what is said of a value that it does not accept.

import type { Name } from '../../expr.js';
import { type Code, codes, type Severity } from '../../report.js';
import type { Assumption, Layout } from '../../term.js';
import type { Span } from '../../text.js';
import { readNetwork } from './network.js';
import type { DirectiveReading } from './reading.js';
import { readShape, splitNames } from './shapes.js';
import { nearest, unknown } from './spelling.js';
import type { Entry, Value } from './yaml.js';

type KeyReader = (entry: Entry, cx: DirectiveReading) => void;

const LAYOUTS: Readonly<Record<string, Layout>> = {
  numerator: 'numerator',
  jacobian: 'numerator',
  denominator: 'denominator',
  gradient: 'denominator',
  hessian: 'denominator',
  mixed: 'mixed',
};

const ASSUMPTIONS: readonly Assumption[] = [
  'symmetric',
  'antisymmetric',
  'diagonal',
  'orthogonal',
  'invertible',
  'positive-definite',
  'positive',
  'non-negative',
  'one-hot',
  'probability',
  'ones',
  'zero',
  'identity',
];

const FUNCTIONS = [
  'identity',
  'relu',
  'leaky-relu',
  'sigmoid',
  'logistic',
  'tanh',
  'softplus',
  'softmax',
  'exp',
  'log',
  'sin',
  'cos',
  'tan',
  'sqrt',
  'abs',
  'sign',
  'gelu',
  'silu',
  'elu',
  'sinh',
  'cosh',
  'arctan',
  'erf',
  'heaviside',
  'square',
  'reciprocal',
  'element-wise',
];

const SEVERITIES = ['off', 'hint', 'information', 'warning', 'error'] as const;

export const KEYS: Readonly<Record<string, KeyReader>> = {
  layout(entry, cx) {
    const text = scalarText(entry.value)
      .toLowerCase()
      .replace(/[\s-]+layout$/, '');
    const layout = Object.hasOwn(LAYOUTS, text) ? LAYOUTS[text] : undefined;
    if (layout) cx.fact({ kind: 'layout', layouts: [layout], whole: true, span: cx.place(entry.span) });
    else
      cx.mistake(
        at(entry),
        text === ''
          ? 'A layout is missing. Use numerator, denominator or mixed.'
          : unknown('layout', text, ['numerator', 'denominator', 'mixed']),
      );
  },
  shapes: entries('names with their shapes, such as W: 3×2', shapeEntry),
  network: (entry, cx) => readNetwork(entry, cx),
  functions: entries('functions with what they are, such as f: tanh', functionEntry),
  assume: entries('names with what is assumed of them, such as A: symmetric', assumeEntry),
  sizes: entries('dimensions with numbers, such as n: 3', sizeEntry),
  broadcast(entry, cx) {
    const text = scalarText(entry.value);
    if (text === 'strict' || text === 'rows') cx.set({ broadcast: text });
    else cx.mistake(at(entry), unknown('way to broadcast', text, ['strict', 'rows']));
  },
  'value-check'(entry, cx) {
    const text = scalarText(entry.value).toLowerCase();
    if (/^(?:off|false|no|on|true|yes)$/.test(text)) cx.set({ valueCheck: /^(?:on|true|yes)$/.test(text) });
    else cx.mistake(at(entry), 'value-check is on or off.');
  },
  rules(entry, cx) {
    const rules: Partial<Record<Code, 'off' | Severity>> = {};
    entries('codes with a severity, such as broadcast: off', (rule) => {
      const code = codes.find((c) => c === rule.key);
      const severity = SEVERITIES.find((s) => s === scalarText(rule.value));
      if (!code) cx.mistake(rule.keySpan, unknown('code', rule.key, codes));
      else if (severity) rules[code] = severity;
      else cx.mistake(at(rule), unknown('severity', scalarText(rule.value), SEVERITIES));
    })(entry, cx);
    cx.set({ rules });
  },
};

/** Reads all entries of a map, and says so where there is no map. */
function entries(what: string, read: KeyReader): KeyReader {
  return (entry, cx) => {
    if (entry.value.kind === 'map') for (const inner of entry.value.entries) read(inner, cx);
    else cx.mistake(at(entry), `${entry.key} takes ${what}.`);
  };
}

/** The value, or the key where there is no value. */
const at = ({ value, keySpan }: Entry): Span => (value.span.end > value.span.start ? value.span : keySpan);

const scalarText = (value: Value): string => (value.kind === 'scalar' ? value.text.trim() : '');

/** The names of a key; each that cannot be read is reported at its place. */
function names(entry: Entry, cx: DirectiveReading): Name[] {
  const raw = entry.keySpan.end - entry.keySpan.start === entry.key.length;
  return splitNames(entry.key).flatMap(({ text, from }) => {
    const name = cx.name(text.replace(/^\$(.*)\$$/, '$1'));
    const start = entry.keySpan.start + from;
    if (!name)
      cx.mistake(
        raw ? { start, end: start + text.length } : entry.keySpan,
        `${text} is not a name. Write it as in a formula, such as W^{(2)}.`,
      );
    return name ? [name] : [];
  });
}

function shapeEntry(entry: Entry, cx: DirectiveReading): void {
  const found = names(entry, cx);
  const shape = readShape(entry.value, cx.dim);
  if (!shape)
    cx.mistake(
      at(entry),
      `${entry.value.kind === 'nothing' ? `${entry.key} has no shape` : 'This is not a shape'}. Use scalar, n, m×n or [m, n].`,
    );
  else for (const name of found) cx.fact({ kind: 'shape', name, shape, from: 'directive', span: cx.place(entry.span) });
}

function functionEntry(entry: Entry, cx: DirectiveReading): void {
  const text = scalarText(entry.value);
  for (const { text: written } of splitNames(entry.key)) {
    const name = functionName(written, cx);
    const meaning = functionMeaning(name, text, cx);
    if (meaning) cx.fact({ kind: 'function', name, ...meaning, span: cx.place(entry.span) });
    else
      cx.mistake(
        at(entry),
        `${text === '' ? 'A function is missing' : `${text} is no known function and no expression in t`}.${hint(text)}`,
      );
  }
}

function hint(text: string): string {
  const meant = text === '' ? undefined : nearest(text, FUNCTIONS);
  return meant ? ` Did you mean ${meant}?` : ' Use a name such as tanh or an expression such as "t^3".';
}

/** Known functions by their bare name in any spelling, others by their canonical name. */
function functionName(written: string, cx: DirectiveReading): string {
  const bare =
    /^\\?(?:operatorname|mathrm|text|mathsf|mathop)\*?\{\s*([A-Za-z-]+)\s*\}$/.exec(written)?.[1] ??
    /^\\?([A-Za-z]{2,})$/.exec(written)?.[1];
  if (bare && FUNCTIONS.includes(bare.toLowerCase())) return bare.toLowerCase();
  return cx.name(written)?.key ?? written;
}

function functionMeaning(
  name: string,
  text: string,
  cx: DirectiveReading,
): { readonly meaning: string; readonly axis?: 'rows' | 'columns' } | undefined {
  const lower = text.toLowerCase().replace(/\s+/g, '-');
  if (lower === 'rows' || lower === 'columns') return name === 'softmax' ? { meaning: 'softmax', axis: lower } : undefined;
  if (lower === 'logistic') return { meaning: 'sigmoid' };
  if (lower === 'linear') return { meaning: 'identity' };
  if (/^element-?wise$/.test(lower)) return { meaning: 'element-wise' };
  if (FUNCTIONS.includes(lower)) return { meaning: lower };
  const isExpression = /(?<![A-Za-z])t(?![A-Za-z])/.test(text) || /^[\d.]+$/.test(text);
  return isExpression && cx.dim(text) ? { meaning: text } : undefined;
}

function assumeEntry(entry: Entry, cx: DirectiveReading): void {
  const found = names(entry, cx);
  const values = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  const assumptions = values.flatMap((value): Assumption[] => {
    const text = scalarText(value)
      .toLowerCase()
      .replace(/\s+/g, '-')
      .replace(/^skew-symmetric$/, 'antisymmetric')
      .replace(/^nonnegative$/, 'non-negative')
      .replace(/^zeros$/, 'zero');
    const known = ASSUMPTIONS.find((a) => a === text);
    if (!known)
      cx.mistake(value.span.end > value.span.start ? value.span : at(entry), unknown('assumption', scalarText(value), ASSUMPTIONS));
    return known ? [known] : [];
  });
  if (assumptions.length > 0) for (const name of found) cx.fact({ kind: 'assumption', name, assumptions, span: cx.place(entry.span) });
}

function sizeEntry(entry: Entry, cx: DirectiveReading): void {
  const value = entry.value.kind === 'scalar' ? Number(entry.value.value) : Number.NaN;
  if (!Number.isInteger(value) || value < 1 || value > 10_000) {
    cx.mistake(at(entry), 'A size is a whole number from 1 to 10000.');
    return;
  }
  for (const name of names(entry, cx)) cx.fact({ kind: 'size', name: name.key, value, span: cx.place(entry.span) });
}
