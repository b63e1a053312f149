// Blocks side by side in brackets, set apart by nothing but space: [A \; B], [I \quad -A], [B\ AB\ A^2B].
import type { Expr } from '../../expr.js';
import type { Tex } from '../tree.js';
import { type Bracketed, delimiterOf, isOpening } from './brackets.js';
import { bare, hullOf, isChar, isCommand, type Lowering, make } from './build.js';

/** What wide space is made of; a thin one stands within products as well. */
const WIDE = /\\[;: ]|~|\\(?:enspace|enskip|thickspace|space|hspace|hskip)(?![a-zA-Z])|\\\r?\n/;

/** A bracket just read as a factor: as it is, or as a row of blocks where wide space sets its content apart. */
export function asBlocks(cx: Lowering, nodes: readonly Tex[], bracket: Bracketed): Bracketed {
  const { plain } = bracket;
  if (plain.kind !== 'group' || (plain.open !== '[' && plain.open !== '(') || cx.withinBlocks) return bracket;
  const first = bare(nodes[0]);
  const body = first?.kind === 'delimited' ? first.body : nodes.slice(1, -1);
  const pieces = piecesOf(cx.tex, body);
  if (pieces.length < 2 || !pieces.every(isBlock)) return bracket;
  cx.withinBlocks = true;
  const cells = pieces.map((piece) => cx.expression(cx, piece, hullOf(piece, plain.span)));
  cx.withinBlocks = false;
  if (cells.some((cell) => cell.kind === 'hole')) return bracket;
  const row = make(cx, plain.span, { kind: 'matrix', cells: [cells], open: plain.open });
  const whole: Expr = plain.body.kind === 'hole' ? row : make(cx, plain.span, { kind: 'choice', options: [plain, row] });
  return { ...bracket, plain: whole };
}

/** Cut at \quad and at wide space. */
function piecesOf(tex: string, body: readonly Tex[]): readonly (readonly Tex[])[] {
  const pieces: Tex[][] = [[]];
  let before: Tex | undefined;
  for (const node of body) {
    const apart = isCommand(node, 'quad') || isCommand(node, 'qquad');
    if (apart || (before && node.span.start > before.span.end && WIDE.test(tex.slice(before.span.end, node.span.start)))) pieces.push([]);
    if (!apart) pieces[pieces.length - 1]?.push(node);
    before = node;
  }
  return pieces.filter((piece) => piece.length > 0);
}

const SIGNS = /^[+*/=<>,;:|]$/;

/** What may be a block: it neither begins nor ends with a sign, but for a minus that belongs to what follows; brackets in it are closed. */
function isBlock(piece: readonly Tex[]): boolean {
  const [first, second] = piece;
  const last = piece[piece.length - 1];
  if (!first || !last || isSign(first) || isSign(last) || isChar(last, '-')) return false;
  if (isChar(first, '-') && (!second || second.span.start > first.span.end)) return false;
  let depth = 0;
  for (const node of piece) {
    const delimiter = delimiterOf(node);
    if (delimiter === undefined) continue;
    depth += /^[([]$|\{$/.test(delimiter) && isOpening(node) ? 1 : /^[)\]]$|\}$/.test(delimiter) ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const isSign = (node: Tex): boolean =>
  (node.kind === 'char' && SIGNS.test(node.char)) ||
  (node.kind === 'command' &&
    node.args.length === 0 &&
    /^(?:cdot|times|odot|circ|otimes|pm|mp|mid|in|le|ge|leq|geq|oplus|to|mapsto|forall)$/.test(node.name));
