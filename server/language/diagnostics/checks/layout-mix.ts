// Members of one equation whose derivatives lie as no single layout has them, where the document declares none.
import type { CheckedStatement } from '../../analysis/analysis.js';
import type { Candidate } from '../../shapes/candidate.js';
import { derivativeShape } from '../../shapes/rules/derivative.js';
import { isScalar, sameShape, transpose } from '../../shapes/shape.js';
import type { Check, Found } from '../check.js';

type Layout = CheckedStatement['layout'];

const layouts: readonly Layout[] = ['mixed', 'denominator', 'numerator'];

export const layoutMix: Check = {
  code: 'layout-mix',
  severity: 'off',
  find: (checked) => checked.statements.flatMap((s) => (s.layoutDeclared ? [] : mixes(s))),
};

/** The first member that follows none of the layouts that all before it follow. */
function mixes(statement: CheckedStatement): readonly Found[] {
  const { members, conflicts } = statement.inferred;
  if (members.length < 2 || conflicts.length > 0 || members.some((m) => m.conflicts.length > 0)) return [];
  let before = layouts;
  for (const candidate of members) {
    const own = layouts.filter((l) => follows(candidate, l));
    const both = before.filter((l) => own.includes(l));
    const [layout] = own;
    const [other] = before;
    if (both.length === 0 && layout && other)
      return [{ span: statement.place(candidate.expr.span), data: { kind: 'layout-mix', candidate, layout, other }, statement }];
    if (both.length > 0) before = both;
  }
  return [];
}

/** Whether all derivatives in a tree lie as a layout has them. A chain is read in the abstract. */
function follows(c: Candidate, layout: Layout): boolean {
  if (c.rule === 'chain') return true;
  return lies(c, layout) && c.parts.every((p) => follows(p, layout));
}

function lies({ rule, detail, shape, parts }: Candidate, layout: Layout): boolean {
  const [u, v] = parts;
  if (rule !== 'derivative' || detail?.kind !== 'derivative' || detail.transposedOf || detail.transposedBy) return true;
  if (!shape || !u?.shape || !v?.shape || sameShape(shape, transpose(shape))) return true;
  const made = derivativeShape(u.shape, v.shape, layout);
  // A matrix by a scalar may keep its shape in denominator layout.
  return sameShape(shape, made) || (layout === 'denominator' && isScalar(v.shape) && sameShape(shape, u.shape));
}
