// Titles of repaired products: what was done, where it is one thing; else the whole that results.
import { isHadamard } from '../../shapes/rules/pair.js';
import { textOf } from '../rewrite.js';
import { titleText } from '../titles.js';
import type { Atom, Item, Problem } from './problem.js';
import type { Hit } from './search.js';

export function titleOf(problem: Problem, hit: Hit): string {
  const single = hit.edits === 1 ? singleEdit(problem, hit) : undefined;
  return single ?? `Rewrite as ${titleText(textOf(problem.tex, hit.rewrite.pieces), 70)}`;
}

const nameOf = ({ tex }: Problem, atom: Atom | undefined): string => titleText(textOf(tex, atom?.pieces ?? []), 40);

function singleEdit(p: Problem, { state, rewrite }: Hit): string | undefined {
  const { items, signs } = state;
  const name = (item: Item | undefined): string => nameOf(p, p.atoms[item?.atom ?? -1]);
  if (items.length === p.count + 1) {
    const added = items.find((i) => i.atom >= p.count);
    return (
      added &&
      `Insert ${titleText(textOf(p.tex, (added.turned ? p.atoms[added.atom]?.turnedPieces : p.atoms[added.atom]?.pieces) ?? []), 40)}`
    );
  }
  if (items.length === p.count - 1) {
    const left = p.atoms.slice(0, p.count).findIndex((_, i) => items.every((item) => item.atom !== i));
    return `Remove ${nameOf(p, p.atoms[left])}`;
  }
  if (rewrite.pieces.some((piece) => typeof piece === 'string' && /^\(|^\)/.test(piece))) return undefined;
  const moved = items.filter((item, i) => item.atom !== i);
  const turned = items.filter((i) => i.turned);
  const [only] = turned;
  if (moved.length === 0 && turned.length === 1 && only)
    return p.atoms[only.atom]?.isTransposed ? `Remove the transpose of ${name(only)}` : `Transpose ${name(only)}`;
  if (moved.length === 2 && turned.length === 0) return `Exchange ${name(moved[1])} and ${name(moved[0])}`;
  const diagonal = items.find((i) => i.diagonal);
  if (moved.length === 0 && diagonal) return `Write diag(${name(diagonal)}) for ${name(diagonal)}`;
  const changed = signs.findIndex((s, i) => s !== p.signs[i]);
  if (moved.length === 0 && turned.length === 0 && changed >= 0)
    return isHadamard(signs[changed] ?? '')
      ? `Write ⊙ between ${name(items[changed])} and ${name(items[changed + 1])}`
      : `Write a matrix product of ${name(items[changed])} and ${name(items[changed + 1])}`;
  return undefined;
}
