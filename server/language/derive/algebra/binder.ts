// Sums over an index letter.
import { type Node, type NodeOf, partsOf } from '../node.js';
import { one } from '../rational.js';
import { make } from './leaves.js';
import { split } from './multiple.js';
import { scale } from './sums.js';

/** The same sum over a letter with another body; factors that do not hold the letter go in front. */
export function binder(like: Pick<NodeOf<'binder'>, 'letter' | 'from' | 'to'>, of: Node): Node {
  if (of.kind === 'zero') return of;
  const { coefficient, scalars, body } = split(of);
  const free = (n: Node): boolean => !holdsLetter(n, like.letter);
  const front = scalars.filter((s) => free(s.base));
  const back = scale(
    one,
    scalars.filter((s) => !free(s.base)),
    body,
  );
  const { letter, from, to } = like;
  return scale(
    coefficient,
    front,
    make(of.shape, `binder(${letter},${from},${to},${back.key})`, { kind: 'binder', letter, from, to, of: back }),
  );
}

/** Whether a symbol in a node carries an index letter. */
export const holdsLetter = (n: Node, letter: string): boolean =>
  n.kind === 'symbol'
    ? (n.name !== undefined && [...n.name.subs, ...n.name.labels].some((i) => i.kind === 'letter' && i.name === letter)) ||
      n.symbol === letter
    : n.kind === 'entry' && n.index.includes(letter)
      ? true
      : partsOf(n).some((p) => holdsLetter(p, letter));
