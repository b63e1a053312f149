// Signs between the members of a statement, also those with something above or beneath them: \stackrel{\text{def}}{=}, \overset{(1)}{=}, =^{!}.
import type { Relation } from '../../expr.js';
import type { Tex } from '../tree.js';
import { bare, type Cursor, isChar, peek, unwrap } from './build.js';
import { canonical } from './names.js';
import { relations } from './notation.js';

interface Found {
  readonly relation: Relation;
  /** In nodes. */
  readonly length: number;
}

const stacks = new Set(['overset', 'stackrel', 'underset']);

/** The relation at the cursor. */
export function relationAt(c: Cursor): Found | undefined {
  const node = peek(c);
  if (node?.kind === 'char') return relationOfCharacters(node.char, peek(c, 1));
  const plain = bare(node);
  if (plain?.kind === 'char') return /[=<>]/.test(plain.char) ? relationOfCharacters(plain.char, undefined) : undefined;
  if (plain?.kind === 'group') {
    const found = relationOfAll(plain.body);
    // \mathrel{\mathop:}=
    return found?.relation === ':' && isChar(peek(c, 1), '=') ? { relation: ':=', length: 2 } : found;
  }
  if (plain?.kind !== 'command') return undefined;
  if (stacks.has(plain.name)) return relationOfStack(plain.args);
  if (plain.name === 'underbrace' || plain.name === 'overbrace') return relationOfAll(plain.args[0] ?? []);
  const relation = relations[plain.name];
  return relation && { relation, length: 1 };
}

/** The relation that the nodes are and nothing else, as one node. */
function relationOfAll(nodes: readonly Tex[]): Found | undefined {
  const inner = unwrap(nodes);
  const found = relationAt({ nodes: inner, at: 0, end: inner.length });
  return found?.length === inner.length ? { ...found, length: 1 } : undefined;
}

function relationOfCharacters(char: string, next: Tex | undefined): Found | undefined {
  if (char === ':' && isChar(next, '=')) return { relation: ':=', length: 2 };
  if (char === '=' && isChar(next, ':')) return { relation: '=:', length: 2 };
  if (char === '=') return { relation: '=', length: isChar(next, '=') ? 2 : 1 };
  if (/[-+*/]/.test(char) && isChar(next, '=')) return { relation: '\\leftarrow', length: 2 };
  if (char === '<' && isChar(next, '-')) return { relation: '\\leftarrow', length: 2 };
  if (char === '<' || char === '>') return { relation: char, length: 1 };
  return char === ':' ? { relation: ':', length: 1 } : undefined;
}

function relationOfStack([label = [], sign = []]: readonly (readonly Tex[])[]): Found | undefined {
  const found = relationOfAll(sign);
  return found?.relation === '=' && /def|Delta|triangle/.test(canonical(label)) ? { ...found, relation: ':=' } : found;
}
