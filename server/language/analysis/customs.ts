// What custom makes of letters where nothing is declared: capitals for matrices, small letters for vectors, labels for times. Nothing is inferred here.
import { isTimeLetter } from '../context/resolve.js';
import type { Expr, Name } from '../expr.js';
import { walk } from '../syntax/print.js';

/** The letter beneath accents. */
const plain = (base: string): string => /^\\(?:hat|tilde|bar|check|dot|widehat|widetilde)\{(.*)\}$/.exec(base)?.[1] ?? base;

/** Capitals that are matrices by custom, plain or bold; the ones that are mostly sizes, losses or sets are left out where they stand plain. */
export const matrixLike = (base: string): boolean =>
  /^\\mathbf\{[A-Z]\}$|^[ABFGHKOPQRSUVWXYZ]$|^\\(?:mathbf\{\\)?(?:Theta|Phi|Psi|Omega)\}?$|^\\[a-z]+Matrix$/.test(plain(base));

export const vectorLike = (base: string): boolean =>
  /^\\(?:mathbf|vec)\{[a-z]\}$|^[a-hopq-z]$|^\\(?:mathbf\{\\)?(?:beta|theta|mu|delta|omega|phi)\}?$/.test(plain(base));

/** Greek letters, plain and small, that weigh and count: \\lambda of \\lambda I. */
export const numberLike = (base: string): boolean =>
  /^\\(?:alpha|gamma|(?:var)?epsilon|eta|kappa|lambda|rho|tau|nu|zeta)$/.test(plain(base));

/** Letters of weights: what stands on their other side is data. */
export const isWeight = (base: string): boolean => /^(?:\\mathbf\{)?(?:W|U|V|\\?Theta|\\Theta)\}?$/.test(plain(base));

/** The symbol that an expression is; z^k, with a letter above, is one too. */
export const bareSymbol = (e: Expr): Name | undefined =>
  e.kind === 'symbol' ? e.name : e.kind === 'power' && e.exponent.kind !== 'number' ? e.asName : undefined;

/** The symbol of a factor, beneath transposes, inverses and brackets. */
export const factorName = (e: Expr): Name | undefined =>
  e.kind === 'transpose' || e.kind === 'inverse' ? factorName(e.base) : e.kind === 'group' ? factorName(e.body) : bareSymbol(e);

/** Letters that label small letters but no capital (z^k beside a W without label) tell moments, at which sizes are the same. */
export function timeLabelsIn(members: readonly Expr[]): ReadonlySet<string> {
  const small = new Set<string>();
  const capital = new Set<string>();
  for (const m of members)
    for (const e of walk(m)) {
      const name = bareSymbol(e);
      for (const l of name?.labels ?? []) if (name && l.kind === 'letter') (matrixLike(name.base) ? capital : small).add(l.name);
    }
  return new Set([...small].filter((l) => !capital.has(l) && /^[i-np-t]$/.test(l)));
}

/** Names with general labels (W^{(l)}, not W^{(L)}) have other sizes for each instance and are left alone. */
export const isPlain = (name: Name, timeLabels: ReadonlySet<string>): boolean =>
  name.labels.every(
    (l) => l.kind === 'number' || (l.kind === 'letter' && (isTimeLetter(l.name) || /^[A-Z]$/.test(l.name) || timeLabels.has(l.name))),
  ) &&
  name.subs.every(
    (s) =>
      s.kind === 'number' ||
      s.kind === 'word' ||
      (s.kind === 'letter' && (isTimeLetter(s.name) || name.subs.length > 1 || /^[a-hopq-z]$/.test(s.name))),
  );

/** One key for all moments of a symbol. */
export const instanceKey = (name: Name, timeLabels: ReadonlySet<string>): string => {
  const [label] = name.labels;
  return name.labels.length === 1 && label?.kind === 'letter' && timeLabels.has(label.name)
    ? `${name.base}_${name.subText}^${name.labelStyle}·`
    : name.key;
};
