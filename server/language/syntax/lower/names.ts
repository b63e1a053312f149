// Names and indices: the canonical identity of a symbol from its letter, decorations, labels and subscript.
import type { Index, Name } from '../../expr.js';
import type { Tex } from '../tree.js';
import { fonts, greek, plainFonts, wordFonts } from './notation.js';

/** Canonical text of TeX nodes: without spaces and superfluous braces. */
export function canonical(nodes: readonly Tex[]): string {
  let text = '';
  for (const node of nodes) {
    const piece = canonicalNode(node);
    text += /\\[a-zA-Z]+$/.test(text) && /^[a-zA-Z]/.test(piece) ? ` ${piece}` : piece;
  }
  return text;
}

function canonicalNode(node: Tex): string {
  switch (node.kind) {
    case 'char':
      return node.char;
    case 'command':
      return canonicalCommand(node.name, node.args);
    case 'group':
      return node.body.length === 1 ? canonical(node.body) : `{${canonical(node.body)}}`;
    case 'delimited':
      return `${node.left}${canonical(node.body)}${node.right}`;
    case 'scripts': {
      const base = node.base ? canonicalNode(node.base) : '';
      const sub = node.sub ? script('_', canonical(node.sub)) : '';
      const sup = node.sup ? script('^', canonical(node.sup)) : '';
      return base + sub + "'".repeat(node.primes) + sup;
    }
    case 'text':
      return `\\text{${node.text.trim()}}`;
    case 'environment':
      return `\\${node.name}`;
    default:
      return '';
  }
}

function canonicalCommand(name: string, args: readonly (readonly Tex[])[]): string {
  if (args.length === 0) return `\\${name}`;
  const inner = args.map(canonical);
  if (plainFonts.has(name)) return inner.join('');
  if (wordFonts.has(name)) return `\\text{${inner.join('').trim()}}`;
  return `\\${fonts[name] ?? name}${inner.map((a) => `{${a}}`).join('')}`;
}

const script = (sign: '_' | '^', text: string): string => (text.length > 1 ? `${sign}{${text}}` : sign + text);

/** An index from canonical text: `2`, `l`, `l-1`, `:`, `\text{out}`. */
export function readIndex(text: string): Index {
  if (/^\d+$/.test(text)) return { kind: 'number', value: Number(text) };
  if (text === ':' || text === '\\cdot' || text === '*' || text === '\\ast' || text === '\\bullet' || text === '.') return { kind: 'all' };
  const plain = text.replace(/\\text\{-\}/g, '-').replace(/[{}]/g, '');
  const m = /^(\\?[a-zA-Z]+?|\\text\{[a-zA-Z]\})\s*(?:([+-])(\d+))?$/.exec(plain);
  if (m?.[1] && isLetter(m[1])) return { kind: 'letter', name: m[1], offset: m[2] ? Number(m[2] + m[3]) : 0 };
  return { kind: 'word', text };
}

/** One letter: Latin or Greek. */
export const isLetter = (text: string): boolean => text.length === 1 || (text.startsWith('\\') && greek.has(text.slice(1)));

function printIndex(index: Index): string {
  switch (index.kind) {
    case 'number':
      return String(index.value);
    case 'letter':
      return index.offset === 0 ? index.name : `${index.name}${index.offset > 0 ? '+' : ''}${index.offset}`;
    case 'all':
      return ':';
    case 'word':
      return index.text;
  }
}

/** The separate indices of a subscript: by commas where there are any, else letter by letter and number by number. */
export function readSubscript(nodes: readonly Tex[]): readonly Index[] {
  const parts: Tex[][] = [[]];
  let commas = false;
  for (const node of flat(nodes)) {
    if (node.kind === 'char' && (node.char === ',' || node.char === ';')) {
      commas = true;
      parts.push([]);
    } else parts[parts.length - 1]?.push(node);
  }
  if (commas) return parts.filter((p) => p.length > 0).map((p) => readIndex(canonical(p)));
  const whole = canonical(parts[0] ?? []);
  const index = readIndex(whole);
  if (index.kind !== 'word') return [index];
  return splitRun(parts[0] ?? []) ?? [index];
}

const flat = (nodes: readonly Tex[]): readonly Tex[] => (nodes.length === 1 && nodes[0]?.kind === 'group' ? flat(nodes[0].body) : nodes);

/** `ij`, `i:`, `2j`, `i\cdot`, `1,i-1` without commas: each letter an index; undefined where it is anything else. */
function splitRun(nodes: readonly Tex[]): readonly Index[] | undefined {
  const out: Index[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (!node) return undefined;
    const text = canonicalNode(node);
    const sign = nodes[i + 1];
    const number = nodes[i + 2];
    if (node.kind === 'char' && /\d/.test(text)) {
      out.push({ kind: 'number', value: Number(text) });
      continue;
    }
    const index = readIndex(text);
    if (index.kind === 'word') return undefined;
    if (index.kind === 'letter' && sign?.kind === 'char' && /[+-]/.test(sign.char) && number?.kind === 'char' && /\d/.test(number.char)) {
      out.push({ kind: 'letter', name: index.name, offset: Number(sign.char + number.char) });
      i += 2;
    } else out.push(index);
  }
  return out.length > 0 ? out : undefined;
}

export interface NameParts {
  readonly base: string;
  readonly subs?: readonly Index[];
  readonly subText?: string;
  readonly labels?: readonly Index[];
  readonly labelStyle?: Name['labelStyle'];
}

const bracket: Readonly<Record<Name['labelStyle'], readonly [string, string]>> = {
  '': ['', ''],
  plain: ['', ''],
  '(': ['(', ')'],
  '[': ['[', ']'],
  '{': ['\\{', '\\}'],
};

export function makeName({ base, subs = [], subText = '', labels = [], labelStyle = '' }: NameParts): Name {
  const sub = subText ? script('_', subText) : '';
  const [open, close] = bracket[labelStyle];
  const label = labels.length > 0 ? script('^', open + labels.map(printIndex).join(',') + close) : '';
  return { key: base + sub + label, base, labels, labelStyle: labels.length > 0 ? labelStyle : '', subs, subText };
}
