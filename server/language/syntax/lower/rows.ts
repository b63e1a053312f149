// The rows of a formula: split at line breaks, commas, words and wide space, and joined again where one goes on in the next.
import type { Statement } from '../../expr.js';
import type { Tex } from '../tree.js';
import { delimiterOf } from './brackets.js';
import { bare, isChar, isEmptyGroup } from './build.js';
import { productSigns, relations, rowEnvironments, separators } from './notation.js';
import { asPrinted } from './printed.js';
import { relationAt } from './relations.js';

type Separator = Statement['separator'];

export interface Row {
  readonly nodes: readonly Tex[];
  readonly separator: Separator;
  /** Set off by space alone: it may be a factor all the same. */
  readonly spaced?: boolean;
  /** A row of a table of equations with a left side of its own: no sign at its beginning joins it to another such row. */
  readonly begins?: boolean;
}

/** The rows of a formula, as they belong together. */
export const rowsOf = (tex: string, nodes: readonly Tex[]): readonly Row[] => joinRows(splitRows(tex, nodes, 0));

/** Rows of environments and of \\, each split at separators. Nested row environments are opened. */
function splitRows(tex: string, written: readonly Tex[], depth: number): readonly Row[] {
  const nodes = asPrinted(written);
  const rows: Row[] = [];
  let current: Tex[] = [];
  let separator: Separator = 'row';
  let spaced = false;
  const close = (next: Separator, bySpace = false): void => {
    if (current.length > 0) rows.push({ nodes: current, separator, spaced });
    current = [];
    separator = next;
    spaced = bySpace;
  };
  let brackets = 0;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Tex;
    const d = delimiterOf(node);
    if (d === '(' || d === '[' || d === '\\{' || d === '\\langle') brackets++;
    else if (d === ')' || d === ']' || d === '\\}' || d === '\\rangle') brackets = Math.max(0, brackets - 1);
    const rowEnvironment = node.kind === 'environment' ? rowEnvironments[node.name.replace(/\*$/, '')] : undefined;
    if (node.kind === 'environment' && rowEnvironment && depth < 8) {
      const inner = node.rows.flatMap((cells) => splitCells(tex, cells, rowEnvironment, depth));
      const [first, ...others] = inner;
      if (first && current.length > 0) rows.push({ nodes: [...current, ...first.nodes], separator });
      else if (first) rows.push({ ...first, separator });
      rows.push(...others);
      current = [];
      separator = 'row';
      continue;
    }
    if (node.kind === 'newline') close('row');
    else if (node.kind === 'align' || isEmptyGroup(node)) continue;
    else if (brackets === 0) {
      if (beginsAnother(tex, nodes, i, current)) close('text', true);
      const part = separatorAt(node, nodes, i);
      // Words that stand for a side are that side.
      if (part === 'text' && node.kind === 'text' && standsForSide(nodes, i, current, separator)) current.push(node);
      else if (part) close(part, node.kind === 'command' && /quad|space/.test(node.name));
      else current.push(node);
    } else current.push(node);
  }
  close('');
  return rows;
}

/** `X = A \\;\\;\\; Y = B`: what wide space sets apart from an equation, a name and its equals sign, is another one. */
function beginsAnother(tex: string, nodes: readonly Tex[], i: number, current: readonly Tex[]): boolean {
  const [before, node] = [current[current.length - 1], nodes[i]];
  if (!before || !node || !WIDE.test(tex.slice(before.span.end, node.span.start)) || !relationsIn(current)) return false;
  const next = relationAt({ nodes, at: i + 1, end: nodes.length })?.relation;
  return next === '=' || next === ':=';
}

/** Two thick spaces or more: where a \\quad would stand. */
const WIDE = /^\s*(?:(?:\\[;:]|~)\s*){2,}$/;

/** Words behind a relation, or between the beginning of a row and a relation. */
function standsForSide(nodes: readonly Tex[], i: number, current: readonly Tex[], separator: Separator): boolean {
  if (relationAt({ nodes: current, at: current.length - 1, end: current.length })) return true;
  const node = nodes[i];
  if (node?.kind !== 'text' || connecting.test(node.text.trim()) || current.length > 0 || separator !== 'row' || i === 0) return false;
  const next = nodes[i + 1]?.kind === 'align' ? i + 2 : i + 1;
  return relationAt({ nodes, at: next, end: nodes.length })?.relation === '=';
}

function splitCells(tex: string, cells: readonly (readonly Tex[])[], perEquation: number, depth: number): readonly Row[] {
  const out: Row[] = [];
  for (let i = 0; i < cells.length; i += Math.max(1, perEquation)) {
    const equation = cells.slice(i, i + Math.max(1, perEquation));
    const rows = splitRows(tex, equation.flat(), depth + 1);
    const begins = hasBothSides(equation);
    out.push(...rows.map((r, k) => (k === 0 ? { ...r, begins, separator: (i === 0 ? 'row' : 'text') as Separator } : r)));
  }
  return out;
}

/** Something stands before the column of the relation: the row has a left side of its own. */
const hasBothSides = ([left, relation]: readonly (readonly Tex[])[]): boolean =>
  left !== undefined && left.length > 0 && relation !== undefined && startsRelation(relation);

function separatorAt(node: Tex, nodes: readonly Tex[], i: number): Separator | undefined {
  if (isChar(node, ',')) return ',';
  if (isChar(node, ';')) return ';';
  if (isChar(node, '.')) {
    const next = nodes[i + 1];
    const beside = [i - 2, i - 1, i, i + 1, i + 2].filter((k) => isChar(nodes[k], '.')).length;
    if (beside > 2) return undefined;
    const number = next?.kind === 'char' && (/\d/.test(next.char) || next.char === '*' || next.char === '/');
    return number ? undefined : '.';
  }
  if (node.kind === 'text') return isProse(node.text, nodes, i) ? 'text' : undefined;
  if (node.kind === 'command' && separators.has(node.name)) return /arrow|implies|iff/i.test(node.name) ? 'arrow' : 'text';
  return undefined;
}

const connecting =
  /^(?:if|where|and|for|with|otherwise|or|so|then|else|since|let|given|when|as|is|are|by|that|we|hence|thus|each|all|any|from|because|const|s\.t\.|st|the|of|to|in|on)\b/i;

/** Words between formulas; a single word that carries scripts or arguments, or stands as an operand, is a name. */
function isProse(text: string, nodes: readonly Tex[], i: number): boolean {
  const word = text.trim();
  if (!/^[\p{L}\d-]+$/u.test(word)) return true;
  if (connecting.test(word)) return true;
  const next = nodes[i + 1];
  const before = nodes[i - 1];
  return nodes.length > 1 && text !== word && next !== undefined && next.kind === 'text' && before === undefined;
}

/** A row that begins with a relation or a binary operator goes on with the row above. */
function joinRows(rows: readonly Row[]): readonly Row[] {
  const out: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const above = out[out.length - 1];
    const last = above?.nodes[above.nodes.length - 1];
    if (
      above &&
      (row.separator === 'row' || row.separator === '.' || row.separator === ',') &&
      !(above.begins && row.begins) &&
      (continues(row.nodes) || (row.separator === 'row' && opensMore(last)))
    )
      out[out.length - 1] = { ...above, nodes: [...above.nodes, ...row.nodes], spaced: false };
    else if (above && row.spaced && isFactorOf(above, row, rows[i + 1]))
      out[out.length - 1] = { ...above, nodes: [...above.nodes, ...row.nodes], spaced: false };
    else if (above && row.separator === 'text' && (startsRelation(row.nodes) || endsInRelation(above.nodes)))
      out[out.length - 1] = { ...above, nodes: [...above.nodes, ...row.nodes], spaced: false };
    else out.push(row);
  }
  return out;
}

export const startsRelation = (nodes: readonly Tex[]): boolean => {
  const found = relationAt({ nodes, at: 0, end: nodes.length });
  return found !== undefined && found.relation !== ':';
};

const relationsIn = (nodes: readonly Tex[]): boolean => nodes.some((_, i) => relationAt({ nodes, at: i, end: nodes.length }));

/** `A = B \\quad c` with `= D` in the next row: c belongs to B. */
const isFactorOf = (above: Row, row: Row, next: Row | undefined): boolean =>
  next?.separator === 'row' && startsRelation(next.nodes) && relationsIn(above.nodes) && !relationsIn(row.nodes);

/** The columns of `a & = & b` are one equation. */
const endsInRelation = (nodes: readonly Tex[]): boolean => {
  const found = relationAt({ nodes, at: nodes.length - 1, end: nodes.length });
  return found !== undefined && found.relation !== ':';
};

function continues(nodes: readonly Tex[]): boolean {
  if (startsRelation(nodes)) return true;
  const first = bare(nodes[0]);
  if (first?.kind === 'char') return /[-+*/]/.test(first.char) && nodes.length > 1;
  return first?.kind === 'command' && first.args.length === 0 && (first.name in productSigns || first.name === 'pm');
}

/** A row that ends in a relation or an operator is not finished. */
const opensMore = (last: Tex | undefined): boolean => {
  const node = bare(last);
  if (node?.kind === 'char') return /[-+=*]/.test(node.char);
  return node?.kind === 'command' && node.args.length === 0 && (node.name in productSigns || relations[node.name] === '=');
};
