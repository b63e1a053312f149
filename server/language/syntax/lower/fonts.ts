// Letters as they are set: in a font, as an upright word, with a hat, a bar or an arrow. Each is another symbol.
import type { Expr } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { finishScripts } from './annotations.js';
import { type Lowering, make } from './build.js';
import { canonical, isLetter, makeName } from './names.js';

export const symbol = (cx: Lowering, base: string, span: Span): Expr => make(cx, span, { kind: 'symbol', name: makeName({ base }) });

/** A letter in the font that surrounds it. */
export const letter = (cx: Lowering, base: string, span: Span): Expr => symbol(cx, cx.font ? `\\${cx.font}{${base}}` : base, span);

/** \mathbf{…} and its kin: every letter inside is in the font; of \mathbb, \mathcal and others a word is one symbol. */
export function withFont(cx: Lowering, font: string, body: readonly Tex[], span: Span): Expr {
  if (font === 'mathbb' && /^[RCNZQS]$/.test(canonical(body)))
    return make(cx, span, { kind: 'set', set: canonical(body), exponent: undefined });
  // \mathbb{R^{m}}: the font is of the letter, not of its scripts.
  const only = body.length === 1 ? body[0] : undefined;
  if (font === 'mathbb' && only?.kind === 'scripts' && only.base)
    return finishScripts(cx, withFont(cx, font, [only.base], only.base.span), { ...only, span });
  const outer = cx.font;
  cx.font = font;
  const word = canonical(body);
  const expr =
    font !== 'mathbf' && /^[a-zA-Z]{2,}$/.test(word)
      ? symbol({ ...cx, font: '' }, `\\${font}{${word}}`, span)
      : cx.expression(cx, body, span);
  cx.font = outer;
  return expr.kind === 'symbol' || expr.kind === 'number' ? { ...expr, span } : expr;
}

/** \mathrm{…} and its kin: a letter or a word. */
export function readWordCommand(cx: Lowering, body: readonly Tex[], span: Span): Expr {
  const word = canonical(body).replace(/\\text\{([^}]*)\}/g, '$1');
  if (word.length === 1 || isLetter(word)) return symbol(cx, `\\mathrm{${word}}`, span);
  return /^[\w -]+$/.test(word) ? symbol(cx, `\\text{${word}}`, span) : cx.expression(cx, body, span);
}

/** A hat, a bar, an arrow over a symbol makes another symbol; scripts inside the decoration belong to the whole. */
export function decorate(cx: Lowering, name: string, body: readonly Tex[], span: Span): Expr {
  const inner = cx.expression(cx, body, span);
  const mark =
    name === 'widehat' ? 'hat' : name === 'widetilde' ? 'tilde' : name === 'overline' ? 'bar' : name === 'overrightarrow' ? 'vec' : name;
  if (inner.kind === 'symbol') return { ...inner, span, name: makeName({ ...inner.name, base: `\\${mark}{${inner.name.base}}` }) };
  if (inner.kind === 'power' && inner.asName)
    return {
      id: inner.id,
      span,
      kind: 'power',
      base: inner.base,
      exponent: inner.exponent,
      asName: makeName({ ...inner.asName, base: `\\${mark}{${inner.asName.base}}` }),
    };
  return symbol(cx, `\\${mark}{${canonical(body)}}`, span);
}
