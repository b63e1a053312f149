// Definitions that repeat one another: with z = W x + b, the W x + b in a = σ(W x + b) is z, so that a can be differentiated by z.
import { children, targetsOf } from '../numeric/index.js';
import type { Term } from '../term.js';

/** Replaces what defines a symbol that the terms differentiate by, wherever other definitions hold it. */
export function foldDefinitions(definitions: Map<string, Term>, terms: readonly Term[]): void {
  const targets = new Set<string>();
  for (const term of terms) collectTargets(term, targets);
  const byText = new Map<string, string>();
  for (const key of targets) {
    const term = definitions.get(key);
    if (term && isCompound(term)) byText.set(textOf(term), key);
  }
  if (byText.size === 0) return;
  // Most definitions hold none of them; these stay the same objects, so that what is known of them stays known.
  for (const [key, term] of definitions) if (mayHold(byText, term)) definitions.set(key, foldedParts(byText, term) as Term);
}

/** Of what a definition says, which many equations share. */
const texts = new WeakMap<Term, string>();

/** A term as text. */
export const knownText = (term: Term): string => texts.get(term) ?? JSON.stringify(term);

function textOf(term: Term): string {
  const known = texts.get(term);
  if (known !== undefined) return known;
  const text = JSON.stringify(term);
  texts.set(term, text);
  return text;
}

function mayHold(byText: ReadonlyMap<string, string>, term: Term): boolean {
  const text = textOf(term);
  for (const part of byText.keys()) if (part.length < text.length && text.includes(part)) return true;
  return false;
}

function collectTargets(term: Term, out: Set<string>): void {
  for (const { key } of targetsOf(term)) out.add(key);
  for (const child of children(term)) collectTargets(child, out);
}

/** A single symbol or number is no expression that could be recognised. */
const isCompound = ({ kind }: Term): boolean =>
  kind === 'sum' || kind === 'product' || kind === 'apply' || kind === 'softmax' || kind === 'quotient';

/** The whole stays what it is: two names for one thing would each be defined by the other. */
function foldedParts(byText: ReadonlyMap<string, string>, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const folded = (v: unknown): unknown => {
    const key = isTerm(v) && isCompound(v) ? byText.get(JSON.stringify(v)) : undefined;
    return key === undefined ? foldedParts(byText, v) : { kind: 'variable', key };
  };
  if (Array.isArray(value)) return value.map(folded);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, folded(v)]));
}

const isTerm = (v: unknown): v is Term => v !== null && typeof v === 'object' && 'kind' in v;
