// Products of derivatives as the chain rule.
import type { Expr, ExprOf } from '../../../server/language/expr.js';
import { canonicalText } from '../../../server/language/syntax/print.js';
import { arrange } from '../arrange.js';
import { times } from '../arrays.js';
import { type Running, sure, type Values } from './scene.js';
import { rawDerivatives, targetOf } from './targets.js';

/** Without a declared layout a chain is the chain rule in the abstract: links meet, and the whole is arranged as a derivative. */
export function abstractChain(e: ExprOf<'product'>, s: Running): Values {
  if (s.layout !== 'mixed' && s.world.layouts.length === 1) return [];
  const links = e.factors.filter((f): f is ExprOf<'derivative'> => f.kind === 'derivative' && f.of !== undefined && f.by.length === 1);
  if (links.length < 2 || links.length !== e.factors.length || e.signs.some((x) => x !== '' && x !== '\\cdot')) return [];
  const meets = (a: ExprOf<'derivative'>, b: ExprOf<'derivative'>): boolean =>
    canonicalText(a.by[0] as Expr) === canonicalText(b.of as Expr);
  const ordered = links.every((l, i) => i === 0 || meets(links[i - 1] as ExprOf<'derivative'>, l)) ? links : [...links].reverse();
  if (!ordered.every((l, i) => i === 0 || meets(ordered[i - 1] as ExprOf<'derivative'>, l))) return [];
  const raws = ordered.map((l) => rawDerivatives(l.of as Expr, targetOf(l.by[0] as Expr, s), s)[0]);
  const whole = raws.reduce((a, b) => {
    if (!a || !b) return undefined;
    const n = b.entries.length / b.by.reduce((x, y) => x * y, 1);
    const product = times(
      { level: 0, dims: [a.entries.length / n, n], data: a.entries },
      { level: 0, dims: [n, b.entries.length / n], data: b.entries },
    );
    return product && { of: a.of, by: b.by, entries: product.data };
  });
  return whole ? arrange(whole, s.layout, { of: false, by: false }).flatMap((a) => sure(a)) : [];
}
