// Repairs of chains: turned round for the layout, the left side mended, a repetition taken away, a missing link put in.

import type { Expr, ExprOf } from '../expr.js';
import type { Analysis } from '../model.js';
import type { Fix } from '../report.js';
import type { Conflict } from '../shapes/candidate.js';
import { derivativeIn, linkOf } from '../shapes/rules/chain.js';
import { canonicalText, walk } from '../syntax/print.js';
import { canonicalMend, factorsOf, removeFactor, reorder } from './mends.js';
import { offer } from './offer.js';
import { type Piece, type Proposal, textOf } from './rewrite.js';
import { titleText } from './titles.js';
import type { Bench, Judge } from './trial.js';

type ChainConflict = Extract<Conflict, { code: 'layout-order' | 'chain-ends' | 'repeated-factor' | 'broken-chain' }>;

export function chainFixes(analysis: Analysis, bench: Bench, conflict: ChainConflict, judge: Judge | undefined): readonly Fix[] {
  const proposals = conflict.code === 'broken-chain' ? brokenProposals(analysis, bench, conflict) : certain(bench, conflict);
  return offer(
    {
      bench,
      target: conflict,
      judge,
      most: conflict.code === 'broken-chain' ? 4 : 1,
      readings: 30,
      judgements: 12,
      fewestLeft: conflict.code === 'broken-chain',
    },
    proposals,
  );
}

const name = (bench: Bench, expr: Expr): string => titleText(bench.tex.slice(expr.span.start, expr.span.end), 40);

function certain(bench: Bench, conflict: Exclude<ChainConflict, { code: 'broken-chain' }>): readonly Proposal[] {
  const rewrites = canonicalMend(bench.tex, conflict);
  return rewrites ? [{ title: titleOf(bench, conflict), rewrites }] : [];
}

function titleOf(bench: Bench, conflict: Exclude<ChainConflict, { code: 'broken-chain' }>): string {
  switch (conflict.code) {
    case 'layout-order':
      return `Reverse the chain for ${bench.statement.layout === 'mixed' ? 'numerator' : bench.statement.layout} layout`;
    case 'repeated-factor':
      return `Remove the repeated ${name(bench, conflict.expr)}`;
    case 'chain-ends': {
      const side = sideOf(bench, conflict.expr);
      const text = side && bench.tex.slice(side.member.span.start, side.member.span.end);
      const at = side ? conflict.expr.span.start - side.member.span.start : 0;
      const mended =
        text && side
          ? text.slice(0, at) + name2(bench, conflict.replacement) + text.slice(at + conflict.expr.span.end - conflict.expr.span.start)
          : name2(bench, conflict.replacement);
      return `Write ${titleText(mended, 50)} on the ${side && side.index > 0 ? 'other side' : 'left'}`;
    }
  }
}

const name2 = (bench: Bench, expr: Expr): string => bench.tex.slice(expr.span.start, expr.span.end);

function sideOf(bench: Bench, part: Expr): { member: Expr; index: number } | undefined {
  const { members } = bench.original.statement;
  const index = members.findIndex((m) => m.span.start <= part.span.start && part.span.end <= m.span.end);
  const member = members[index];
  return member ? { member, index } : undefined;
}

interface Link {
  readonly factor: Expr;
  readonly of: Expr;
  readonly by: Expr;
}

/** Another order in which all links meet, a link mended, the missing factor put in, the one too much taken away. */
function* brokenProposals(analysis: Analysis, bench: Bench, conflict: Extract<Conflict, { code: 'broken-chain' }>): Generator<Proposal> {
  const factors = factorsOf(conflict.chain);
  const [left, right] = conflict.exprs;
  const a = linkIn(left);
  const b = linkIn(right);
  if (!a || !b) return;
  yield* exchanges(bench, factors, left, right);
  const forward = canonicalText(a.by) === conflict.links[0];
  const [upper, lower] = forward ? [a, b] : [b, a];
  const known = derivativesOf(analysis);
  const renamed = mendedLinks(bench, upper, lower);
  yield* renamed.filter((r) => known.has(r.key)).map((r) => r.proposal);
  yield inserted(bench, left, right, upper.by, lower.of);
  yield* renamed.filter((r) => !known.has(r.key)).map((r) => r.proposal);
  for (const factor of [right, left]) {
    const rewrites = removeFactor(bench.tex, conflict.chain, factor);
    if (rewrites) yield { title: `Remove ${name(bench, factor)}`, rewrites };
  }
}

const linkIn = (factor: Expr): Link | undefined => {
  const link = linkOf(factor);
  return link ? { factor, ...link } : undefined;
};

function* exchanges(bench: Bench, factors: readonly Expr[], left: Expr, right: Expr): Generator<Proposal> {
  const links = factors.filter((f) => linkOf(f));
  if (links.length > 8) return;
  const swap = (x: Expr, y: Expr): Proposal => ({
    title: `Exchange ${name(bench, x)} and ${name(bench, y)}`,
    rewrites: reorder(
      factors,
      factors.map((f) => (f === x ? y : f === y ? x : f)),
    ),
  });
  yield swap(left, right);
  for (const x of links) for (const y of links) if (x.span.start < y.span.start && !(x === left && y === right)) yield swap(x, y);
}

/** The derivatives that the document writes: a link that it knows is the likelier. */
function derivativesOf({ checked }: Analysis): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { statement } of checked.statements)
    for (const member of statement.members)
      for (const e of walk(member))
        if (e.kind === 'derivative' && e.of && e.by[0]) out.add(`${canonicalText(e.of)}/${canonicalText(e.by[0])}`);
  return out;
}

/** ∂v/∂… written with u in the place of v, or the factor before it with v in the place of u. */
function mendedLinks(bench: Bench, upper: Link, lower: Link): readonly { key: string; proposal: Proposal }[] {
  const change = (link: Link, old: Expr, by: Expr, key: string): { key: string; proposal: Proposal } => {
    const { span } = link.factor;
    const pieces: readonly Piece[] = [{ start: span.start, end: old.span.start }, by.span, { start: old.span.end, end: span.end }];
    return {
      key,
      proposal: {
        title: `Write ${titleText(textOf(bench.tex, pieces), 40)} for ${name(bench, link.factor)}`,
        rewrites: [{ span: old.span, pieces: [by.span] }],
      },
    };
  };
  return [
    change(lower, lower.of, upper.by, `${canonicalText(upper.by)}/${canonicalText(lower.by)}`),
    change(upper, upper.by, lower.of, `${canonicalText(upper.of)}/${canonicalText(lower.of)}`),
  ];
}

/** ∂u/∂v between ∂…/∂u and ∂v/∂…, written as its left neighbour is. */
function inserted(bench: Bench, left: Expr, right: Expr, of: Expr, by: Expr): Proposal {
  const model = derivativeIn(left) as ExprOf<'derivative'>;
  const pieces = derivativePieces(model, of, by);
  const gap: Piece = { start: left.span.end, end: right.span.start };
  return {
    title: `Insert ${titleText(textOf(bench.tex, pieces), 40)}`,
    rewrites: [{ span: gap, pieces: [gap, ...pieces, bench.tex.slice(gap.start, gap.end) === '' ? ' ' : gap] }],
  };
}

/** A derivative in the form of another one. */
function derivativePieces(model: ExprOf<'derivative'>, of: Expr, by: Expr): readonly Piece[] {
  const top = model.of as Expr;
  const [bottom] = model.by;
  if (!bottom || top.span.end > bottom.span.start) return ['\\frac{\\partial ', of.span, '}{\\partial ', by.span, '}'];
  return [
    { start: model.span.start, end: top.span.start },
    of.span,
    { start: top.span.end, end: bottom.span.start },
    by.span,
    { start: bottom.span.end, end: model.span.end },
  ];
}
