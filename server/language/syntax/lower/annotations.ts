// Terms with something written above or beneath them: \underbrace{W}_{n\times m}, \overset{!}{=}. A script of a brace is its label.
import type { Expr, ExprOf } from '../../expr.js';
import type { Span } from '../../text.js';
import type { Tex } from '../tree.js';
import { hullOf, type Lowering, make, unwrap } from './build.js';
import { canonical } from './names.js';
import { applyScripts, type ScriptsNode } from './scripts.js';

type Command = Extract<Tex, { kind: 'command' }>;

/** \underbrace and its kin; the label comes with the scripts. */
export function readBrace(cx: Lowering, { name, args, span }: Command): Expr {
  const [body = []] = args;
  return make(cx, span, {
    kind: 'annotated',
    base: cx.expression(cx, body, hullOf(body, span)),
    label: undefined,
    labelText: '',
    labelSpan: span,
    place: name.startsWith('under') ? 'under' : 'over',
    brace: true,
  });
}

/** \underset{label}{base} and its kin. */
export function readStack(cx: Lowering, { name, args, span }: Command): Expr {
  const [label = [], body = []] = args;
  return make(cx, span, {
    kind: 'annotated',
    base: cx.expression(cx, body, hullOf(body, span)),
    label: cx.expression(cx, label, hullOf(label, span)),
    labelText: canonical(label),
    labelSpan: hullOf(label, span),
    place: name === 'underset' ? 'under' : 'over',
    brace: false,
  });
}

/** Applies scripts to a base that was read without them. */
export function finishScripts(cx: Lowering, base: Expr, node: ScriptsNode): Expr {
  if (base.kind === 'annotated' && base.brace && (node.sub || node.sup)) {
    const label = (base.place === 'under' ? node.sub : node.sup) ?? node.sub ?? node.sup ?? [];
    return annotate(cx, base, label, node.span);
  }
  return applyScripts(cx, base, node, node.span.start);
}

function annotate(cx: Lowering, base: ExprOf<'annotated'>, label: readonly Tex[], span: Span): Expr {
  const nodes = unwrap(label);
  const labelSpan = hullOf(nodes, span);
  return { ...base, span, label: cx.expression(cx, nodes, labelSpan), labelText: canonical(nodes), labelSpan };
}
