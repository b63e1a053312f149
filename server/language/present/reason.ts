// Why a term has its shape: the facts that its candidate rests on, from the leaves of the tree, as lines.
import type { CheckedStatement } from '../analysis/analysis.js';
import type { Name } from '../expr.js';
import type { Analysis } from '../model.js';
import type { Candidate, Found } from '../shapes/candidate.js';
import { isScalar, sameShape } from '../shapes/shape.js';
import { layoutRule, layoutSource } from './layout-words.js';
import type { Line } from './line.js';
import { plainTex } from './names.js';
import { placeOf, quote } from './place.js';
import { plain } from './plain.js';
import { isText, shapeText } from './shape-words.js';

export interface Leaf {
  readonly found: Found;
  readonly name: Name;
}

/** The symbols that a candidate rests on, each once. */
export function leavesOf(c: Candidate, seen = new Map<string, Leaf>()): readonly Leaf[] {
  if (c.detail?.kind === 'found') {
    const { found, name } = c.detail;
    if (!seen.has(name.key)) seen.set(name.key, { found, name });
  } else for (const p of c.parts) leavesOf(p, seen);
  return [...seen.values()];
}

const constants: Readonly<Record<NonNullable<Found['constant']>, string>> = {
  ones: 'a column of ones by custom',
  identity: 'the identity matrix by custom',
  zero: 'zero, of any shape',
  basis: 'a basis vector by custom',
  delta: 'Kronecker’s delta by custom',
  euler: 'the base of the exponential function by custom',
};

/** "layer sizes 2-3-2 (“…”)": where a shape comes from, without its place. */
function sourceText(analysis: Analysis, found: Found): string {
  const said = found.at && found.at.start >= 0 ? quote(analysis, found.at) : undefined;
  switch (found.from) {
    case 'network': {
      const layers = analysis.checked.env.network?.layers.map((l) => plainTex(String(l))).join('-') ?? '';
      return `layer sizes ${layers}${said ? ` ${said}` : ''}`;
    }
    case 'directive':
      return said ? `the directive says ${said}` : 'the settings say so';
    case 'declaration':
      return `declared by ${said ?? 'the document'}`;
    case 'prose':
      return `the text says ${said ?? 'so'}`;
    case 'definition':
      return `defined by ${said ?? 'the document'}`;
    case 'use':
      return found.how === 'custom' ? 'by custom; nothing declares it' : `so it is used in ${said ?? 'the document'}; nothing declares it`;
    case 'constant':
      return found.constant ? constants[found.constant] : 'by custom';
  }
}

/** The array that an element or a slice is of: W_{ij}^{(2)} of W^{(2)}, though the family W^{(l)} is what is stated. */
export function wholeOf({ found, name }: Leaf): Name | undefined {
  const { of } = found;
  if (!of || of.base !== name.base || name.labels.length === 0 || of.labels.length === 0) return of;
  const key = name.key.replace(`_{${name.subText}}`, '').replace(`_${name.subText}`, '');
  return { ...name, key, subs: [], subText: '' };
}

/** "an element of W^{(3)}, 2×3": how a name relates to what is stated. */
function relationText(analysis: Analysis, s: CheckedStatement, leaf: Leaf): string | undefined {
  const { found, name } = leaf;
  if (found.how === 'element' || found.how === 'slice') {
    const of = wholeOf(leaf);
    const whole = of && analysis.checked.env.lookup(of, s.place(s.statement.span).start);
    const part = found.how === 'element' ? 'an element' : name.subs[0]?.kind === 'all' ? 'a column' : 'a row';
    return of ? `${part} of ${plainTex(of.key)}${whole && !isScalar(whole.shape) ? `, ${shapeText(whole.shape)}` : ''}` : part;
  }
  if (!found.of || found.of.key === name.key) return undefined;
  if (found.how === 'instance') return `one of ${plainTex(found.of.key)}`;
  return found.how === 'label' ? `like ${plainTex(found.of.key)}` : undefined;
}

/** The facts of several symbols, those of one place in one line: "a^{(3)} and y are 2×1, W^{(3)} is 2×3: layer sizes 2-3-2 “…”". */
export function factLines(analysis: Analysis, s: CheckedStatement, leaves: readonly Leaf[]): readonly Line[] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const { at, from, constant } = leaf.found;
    const key = from === 'constant' ? `${from} ${constant}` : `${from} ${at?.start}:${at?.end}`;
    groups.set(key, [...(groups.get(key) ?? []), leaf]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Leaf];
    const place = placeOf(analysis, first.found.at);
    return { text: `${statesText(analysis, s, group)}: ${sourceText(analysis, first.found)}`, ...(place ? { place } : {}) };
  });
}

function statesText(analysis: Analysis, s: CheckedStatement, group: readonly Leaf[]): string {
  const related = group.filter((l) => relationText(analysis, s, l));
  const plainLeaves = group.filter((l) => !related.includes(l));
  const byShape: Leaf[][] = [];
  for (const leaf of plainLeaves) {
    const same = byShape.find((g) => g[0] && sameShape(g[0].found.shape, leaf.found.shape));
    if (same) same.push(leaf);
    else byShape.push([leaf]);
  }
  const own = byShape.map(
    (g) => `${enumerated(g.map((l) => plainTex(l.name.key)))} ${g.length > 1 ? 'are' : 'is'} ${isTextOf(g[0] as Leaf, g.length > 1)}`,
  );
  const others = related.map(
    (l) => `${plainTex(l.name.key)} is ${relationText(analysis, s, l)}${isScalar(l.found.shape) ? '' : `, ${shapeText(l.found.shape)}`}`,
  );
  return [...own, ...others].join(', ');
}

const isTextOf = ({ found }: Leaf, several: boolean): string =>
  found.constant === 'zero' ? 'zero' : several && isScalar(found.shape) ? 'scalars' : isText(found.shape);

/** "a", "a and b", "a, b and c"; of many the first four. */
function enumerated(items: readonly string[]): string {
  const shown = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}` : (shown[0] ?? '');
}

/** The derivative's own candidate, through annotations and brackets. */
export function derivativeOf(c: Candidate): Candidate | undefined {
  if (c.rule === 'derivative' || c.rule === 'gradient' || c.rule === 'hessian') return c;
  return (c.rule === 'group' || c.rule === 'annotated' || c.rule === 'at') && c.parts[0] ? derivativeOf(c.parts[0]) : undefined;
}

/** The facts for a candidate, the rule that was applied first. At most `most` lines. */
export function reasons(analysis: Analysis, s: CheckedStatement, c: Candidate, most = 4): readonly Line[] {
  const lines = [...ruleLines(analysis, s, c), ...factLines(analysis, s, leavesOf(c))];
  const seen = new Set<string>();
  return lines.filter((l) => !seen.has(l.text) && seen.add(l.text)).slice(0, most);
}

function ruleLines(analysis: Analysis, s: CheckedStatement, c: Candidate): readonly Line[] {
  const derivative = derivativeOf(c);
  if (derivative) return derivativeLines(analysis, s, derivative);
  const [part] = c.parts;
  const detail = c.detail;
  if (c.rule === 'chain' && detail?.kind === 'chain')
    return [{ text: `the chain rule, read in ${detail.order} order: its ends give the shape` }, layoutSource(analysis, s)];
  if (c.rule === 'transpose' && part?.shape && c.shape)
    return [
      {
        text: isScalar(part.shape)
          ? `${plain(part.expr)} is a scalar: transposing changes nothing`
          : `${plain(part.expr, 40)} is ${shapeText(part.shape)}, its transpose ${isText(c.shape)}`,
      },
    ];
  if (c.rule === 'sum-entries') return [{ text: 'a sum without limits adds all entries' }];
  if (c.rule === 'elementwise' && part?.shape && !isScalar(part.shape))
    return [{ text: `applied entry by entry to ${shapeText(part.shape)}` }];
  if (c.rule === 'norm') return [{ text: 'a norm is a number' }];
  if (c.rule === 'gradient-name' && part)
    return [
      { text: `the document writes d${plain(part.expr, 20)} for the derivative of the loss by ${plain(part.expr, 20)}` },
      layoutSource(analysis, s),
    ];
  return [];
}

function derivativeLines(analysis: Analysis, s: CheckedStatement, c: Candidate): readonly Line[] {
  const [u, v] = c.parts;
  const detail = c.detail?.kind === 'derivative' ? c.detail : undefined;
  if (!u?.shape || !v?.shape || c.rule === 'hessian') return c.rule === 'hessian' ? [{ text: 'the second derivatives of a scalar' }] : [];
  if (detail?.transposedOf || detail?.transposedBy)
    return [{ text: `the transpose sign in the fraction fixes the arrangement: ${isText(c.shape)} in every layout` }];
  if (c.rule === 'gradient' && isScalar(u.shape))
    return [{ text: detail?.transposed ? `∇ is a row here, as the other side is` : `∇ has the shape of ${plain(v.expr)}` }];
  const rule = layoutRule(u.shape, v.shape, s.layout);
  const turned = detail?.transposed ? '; here it stands transposed, as the rest of the equation wants it' : '';
  return [...(rule ? [{ text: rule + turned }] : []), ...(isScalar(u.shape) && isScalar(v.shape) ? [] : [layoutSource(analysis, s)])];
}
