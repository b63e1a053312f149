// Writes a regrouped product: factors as they stand in the text, the old text between old neighbours, parentheses around products
// entry by entry inside other products, so that nothing is left to the reader's guess.
import type { ProductSign } from '../../expr.js';
import { isHadamard, isLoose } from '../../shapes/rules/pair.js';
import type { Piece, Rewrite } from '../rewrite.js';
import type { Tree } from './evaluate.js';
import { isBare } from './evaluate.js';
import type { Item, Problem, State } from './problem.js';

type Token = { readonly item: Item } | { readonly mark: string } | { readonly sign: ProductSign };

export function writeProduct(p: Problem, state: State, tree: Tree): Rewrite | undefined {
  const pieces: Piece[] = [];
  let last: Item | undefined;
  let junction: Piece = '';
  let closing = '';
  for (const token of tokensOf(p, state, tree)) {
    if ('sign' in token) {
      junction = token.sign;
      continue;
    }
    if ('mark' in token) {
      if (token.mark.startsWith(')')) pieces.push(token.mark);
      else closing += token.mark;
      continue;
    }
    if (last) pieces.push(between(p, last, token.item, junction as ProductSign));
    const own = itemPieces(p, token.item);
    if (!own) return undefined;
    pieces.push(closing, ...own);
    closing = '';
    last = token.item;
  }
  return { span: p.span, pieces };
}

function tokensOf(p: Problem, state: State, tree: Tree): readonly Token[] {
  if ('leaf' in tree) return [{ item: state.items[tree.leaf] as Item }];
  const side = (child: Tree): readonly Token[] => {
    if (!isBare(child) || isLoose(tree.sign)) return tokensOf(p, state, child);
    return bracketed(p, state, child);
  };
  return [...side(tree.left), { sign: tree.sign }, ...side(tree.right)];
}

/** A group of which every factor is transposed is written as one transposed group. */
function bracketed(p: Problem, state: State, tree: Tree): readonly Token[] {
  const inner = tokensOf(p, state, tree);
  const items = inner.filter((t): t is { item: Item } => 'item' in t);
  const whole =
    items.every(({ item }) => item.turned && !p.atoms[item.atom]?.isTransposed) && inner.every((t) => !('sign' in t) || isHadamard(t.sign));
  if (!whole) return [{ mark: '(' }, ...inner, { mark: ')' }];
  return [
    { mark: '(' },
    ...inner.map((t) => ('item' in t ? { item: { ...t.item, turned: false } } : t)),
    { mark: `)^${p.habits.transpose}` },
  ];
}

function itemPieces(p: Problem, { atom, turned, diagonal }: Item): readonly Piece[] | undefined {
  const own = p.atoms[atom];
  if (!own) return undefined;
  if (!diagonal) return turned ? own.turnedPieces : own.pieces;
  const group = own.expr?.kind === 'group' && own.expr.open === '(';
  return group ? [p.habits.diag, ...own.pieces] : [`${p.habits.diag}(`, ...own.pieces, ')'];
}

/** What stands between two factors: the old text if they were neighbours and the sign is the old one. */
function between(p: Problem, a: Item, b: Item, sign: ProductSign): Piece {
  const left = p.atoms[a.atom]?.span;
  const right = p.atoms[b.atom]?.span;
  const old = b.atom === a.atom + 1 && b.atom < p.count ? p.signs[a.atom] : undefined;
  if (!left || !right || old === undefined) return freshSign(p, sign);
  if (old === sign) return { start: left.end, end: right.start };
  const text = p.tex.slice(left.end, right.start);
  const bare = (old === '' ? text : text.replace(old, '')).replace(/\\[,;:! ](?!\\)|~/g, '');
  return /[^\s]/.test(bare) ? `${bare.trimEnd()}${freshSign(p, sign)}` : freshSign(p, sign);
}

function freshSign(p: Problem, sign: ProductSign): string {
  if (sign !== '') return ` ${sign} `;
  const dots = p.signs.filter((s) => s === '\\cdot').length;
  return dots > 0 && dots * 2 > p.signs.filter((s) => !isLoose(s)).length ? ' \\cdot ' : ' ';
}
