// The words for chains: links that do not meet, ends that differ, factors that stand twice or in the other layout's order.
import type { Expr } from '../../expr.js';
import { isScalar } from '../../shapes/shape.js';
import { plainTex } from '../names.js';
import { plain } from '../plain.js';
import { rowOf, rowText } from '../row.js';
import { factorText } from '../shape-words.js';
import { around, type ConflictOf, candidateOf, candidatesOf, type Telling, type Told } from './telling.js';

export function repeatedFactor(_: Telling, conflict: ConflictOf<'repeated-factor'>): Told {
  return {
    what: `${plain(conflict.expr)} stands twice in this chain.`,
    why: 'The chain rule takes each link once.',
    todo: 'Remove this factor.',
  };
}

export function brokenChain({ statement }: Telling, conflict: ConflictOf<'broken-chain'>): Told {
  const chain = candidateOf(statement, conflict.chain);
  const backwards = chain?.detail?.kind === 'chain' && chain.detail.order === 'denominator';
  const [a, b] = conflict.exprs.map((e) => plain(e)) as [string, string];
  const [first, second] = conflict.links.map((l) => plainTex(l)) as [string, string];
  const missing = backwards ? `∂${second}/∂${first}` : `∂${first}/∂${second}`;
  if (conflict.exchanged)
    return {
      what: `These two factors stand the wrong way round: ${a}, ${b}.`,
      why: 'Neighbouring links of a chain share a variable; exchanged, all of them meet.',
      todo: `Write ${b} ${a}.`,
    };
  const what = backwards
    ? `The chain breaks here: ${b} ends in ∂${second}, the factor to its left, ${a}, begins with ∂${first}.`
    : `The chain breaks here: ${a} ends in ∂${first}, the next factor, ${b}, begins with ∂${second}.`;
  return {
    what,
    why: 'Neighbouring links of a chain share a variable.',
    todo: `A factor ${missing} between them would join them, if that is what is missing.`,
  };
}

export function chainEnds({ statement }: Telling, conflict: ConflictOf<'chain-ends'>): Told {
  const derivative = around(statement, conflict.expr, (e) => e.kind === 'derivative');
  const [says, ends] = [plainTex(conflict.says), plainTex(conflict.ends)];
  const side = derivative ? plain(derivative) : `∂${says}`;
  const right = derivative ? mended(derivative, conflict) : `∂${ends}`;
  const what = conflict.side === 'by' ? `It says ${side}, the chain ends in ∂${ends}.` : `It says ${side}, the chain begins with ∂${ends}.`;
  const onward = conflict.side === 'by' ? `or lead the chain on to ∂${says}` : `or begin the chain with ∂${says}`;
  return { what, todo: `Write ${right} here, ${onward}.`, about: candidatesOf(statement, [conflict.expr, conflict.replacement]) };
}

/** The derivative with the chain's end in the place of the wrong one. */
function mended(derivative: Expr, conflict: ConflictOf<'chain-ends'>): string {
  if (derivative.kind !== 'derivative') return plain(derivative);
  const { replacement } = conflict;
  return plain(conflict.side === 'by' ? { ...derivative, by: [replacement] } : { ...derivative, of: replacement });
}

const rules = {
  numerator: 'numerator layout follows the chain rule from left to right',
  denominator: 'denominator layout appends each further factor on the left',
  mixed: 'in mixed layout a chain of vectors stands in numerator order',
} as const;

export function layoutOrder({ statement }: Telling, conflict: ConflictOf<'layout-order'>): Told {
  const layout = statement?.layout ?? 'denominator';
  const chain = candidateOf(statement, conflict.expr);
  const row = chain && rowOf(chain);
  const reversed = [...conflict.factors].reverse();
  const shapes = reversed.map((e) => candidateOf(statement, e)?.shape);
  const result = chain?.shape ? ` = ${factorText(chain.shape)}` : '';
  const known = shapes.every((s) => s);
  return {
    what: `These factors stand in ${conflict.stands} order; ${rules[layout]}.`,
    ...(row && known ? { why: rowText(row) } : {}),
    todo: `In order: ${reversed.map((e) => plain(e)).join(' ')}${
      known
        ? `, ${shapes
            .filter((s) => s && !isScalar(s))
            .map(factorText)
            .join(' · ')}${result}`
        : ''
    }.`,
    about: candidatesOf(statement, conflict.factors),
  };
}
