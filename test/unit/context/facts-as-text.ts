// Facts as short lines of text, so that the tables of the tests can be read.
import type { Fact } from '../../../server/language/context/facts.js';
import { readProse } from '../../../server/language/context/prose/index.js';
import type { Expr } from '../../../server/language/expr.js';
import { simpleDocument, simpleReader } from './simple-document.js';

/** A dimension as the author wrote it. */
export function dimText(e: Expr | undefined): string {
  if (!e) return '?';
  switch (e.kind) {
    case 'number':
      return e.text;
    case 'symbol':
      return e.name.key;
    case 'power':
      return `${dimText(e.base)}^${dimText(e.exponent)}`;
    case 'group':
      return `(${dimText(e.body)})`;
    case 'norm':
      return `|${dimText(e.body)}|`;
    case 'sum':
      return e.addends.map((a, i) => `${a.sign < 0 ? '-' : i > 0 ? '+' : ''}${dimText(a.expr)}`).join('');
    case 'product':
      return e.factors.map(dimText).join('');
    default:
      return `<${e.kind}>`;
  }
}

const shapeText = (dims: readonly (Expr | undefined)[]): string => (dims.length === 0 ? 'scalar' : dims.map(dimText).join('×'));

export function factText(f: Fact): string {
  switch (f.kind) {
    case 'shape':
      return `${f.name.key}: ${shapeText(f.shape.dims)}`;
    case 'same-shape':
      return `${f.name.key} as ${f.as.key}`;
    case 'same-array':
      return `${f.numbered.key} is ${f.as.key}`;
    case 'map':
      return `${f.name.key}: ${f.domain.map((d) => shapeText(d.dims)).join(', ')} → ${shapeText(f.codomain.dims)}`;
    case 'function':
      return `${f.name} = ${f.meaning}${f.axis ? ` by ${f.axis}` : ''}`;
    case 'assumption':
      return `${f.name.key} is ${f.assumptions.join(', ')}`;
    case 'supposition':
      return `${f.name.key} may be ${f.assumptions.join(', ')}`;
    case 'network':
      return `network ${f.layers.join('-')}${Object.entries(f.settings ?? f.said ?? {})
        .map(([k, v]) => ` ${k}=${String(v)}`)
        .join('')}${f.first === undefined ? '' : ` first=${f.first}`}`;
    case 'layout':
      return `layout ${f.layouts.join(' or ')}`;
    case 'habit':
      return `habit ${f.habit}`;
    case 'gradient-name':
      return `${f.prefix} is a gradient of ${f.of}`;
    case 'batch':
      return `batch ${dimText(f.size)}`;
    case 'size':
      return `${f.name} = ${f.value}`;
  }
}

export function proseFacts(text: string): readonly Fact[] {
  const document = simpleDocument(text);
  return readProse(document, simpleReader(document));
}

export const told = (text: string): string[] => proseFacts(text).map(factText);
