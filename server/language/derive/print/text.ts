// Pieces of LaTeX: how tightly one holds together, brackets around it, a superscript on it. What stands for which node is said in print.ts.
import type { Spelling } from '../spelling.js';

/** How tightly what was written holds together: a sum, ⊙, a product, one thing. */
export type Level = 0 | 1 | 2 | 3;

export interface Written {
  readonly text: string;
  readonly level: Level;
}

export const atom = (text: string): Written => ({ text, level: 3 });

export const tall = /\\frac|\\sum|\\left/;
export const bracket = (text: string): string => (tall.test(text) ? `\\left( ${text} \\right)` : `(${text})`);

/** Joins pieces with a space where a command would run into a letter. */
export const join = (pieces: readonly string[]): string => pieces.filter((p) => p !== '').join(' ');

/** A text with a superscript; what has one already, or is no single thing, goes in brackets or braces. */
export function raise(sp: Spelling, text: string, script: string, transposes = false): string {
  const label =
    /^((?:\\[A-Za-z]+\s*|[A-Za-z])(?:\{(?:[^{}]|\{[^{}]*\})*\})?(?:_(?:\{[^{}]*\}|[A-Za-z0-9]))?)\^\{((?:\([^()]*\)|\[[^[\]]*\]))\}$/.exec(
      text,
    );
  if (label && transposes && sp.inside && !sp.bracketed) return `${label[1]}^{${label[2]}${plainSign(script)}}`;
  if (/\^/.test(outside(text))) return sp.bracketed || !transposes ? `(${text})^${script}` : `{${text}}^${script}`;
  return `${text}^${script}`;
}

export const plainSign = (script: string): string => script.replace(/^\{(.*)\}$/s, '$1');

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
