// The table of layouts in words, a row for each pair of ranks, and where a layout comes from.

import type { CheckedStatement } from '../analysis/analysis.js';
import type { Analysis } from '../model.js';
import { rankOf } from '../shapes/rules/derivative.js';
import type { Shape } from '../shapes/shape.js';
import type { Layout } from '../term.js';
import type { Line } from './line.js';
import { placeOf, quote } from './place.js';

type Row =
  | 'scalar by vector'
  | 'scalar by row'
  | 'scalar by matrix'
  | 'vector by scalar'
  | 'row by scalar'
  | 'matrix by scalar'
  | 'vector by vector'
  | 'vector by matrix'
  | 'matrix by vector'
  | 'matrix by matrix';

/** As in the table of shapes/rules/derivative.ts: numerator, denominator, mixed. */
const table: Readonly<Record<Row, readonly [string, Readonly<Record<Layout, string>>]>> = {
  'scalar by vector': ['∂(scalar)/∂(vector n×1)', { numerator: '1×n', denominator: 'n×1', mixed: 'n×1' }],
  'scalar by row': ['∂(scalar)/∂(row 1×n)', { numerator: 'n×1', denominator: '1×n', mixed: '1×n' }],
  'scalar by matrix': ['∂(scalar)/∂(matrix p×q)', { numerator: 'q×p', denominator: 'p×q', mixed: 'p×q' }],
  'vector by scalar': ['∂(vector m×1)/∂(scalar)', { numerator: 'm×1', denominator: '1×m', mixed: 'm×1' }],
  'row by scalar': ['∂(row 1×m)/∂(scalar)', { numerator: '1×m', denominator: 'm×1', mixed: '1×m' }],
  'matrix by scalar': ['∂(matrix m×n)/∂(scalar)', { numerator: 'm×n', denominator: 'n×m', mixed: 'm×n' }],
  'vector by vector': ['∂(vector m×1)/∂(vector n×1)', { numerator: 'm×n', denominator: 'n×m', mixed: 'm×n' }],
  'vector by matrix': ['∂(vector m×1)/∂(matrix p×q)', { numerator: 'm×q×p', denominator: 'p×q×m', mixed: 'm×p×q' }],
  'matrix by vector': ['∂(matrix m×n)/∂(vector p×1)', { numerator: 'm×n×p', denominator: 'p×n×m', mixed: 'm×n×p' }],
  'matrix by matrix': ['∂(matrix m×n)/∂(matrix p×q)', { numerator: 'm×n×q×p', denominator: 'p×q×n×m', mixed: 'm×n×p×q' }],
};

const names: Readonly<Record<string, string>> = { scalar: 'scalar', column: 'vector', row: 'row', matrix: 'matrix' };

function rowOf(u: Shape, v: Shape): Row | undefined {
  const top = names[rankOf(u)];
  const bottom = names[rankOf(v)];
  if (!top || !bottom) return undefined;
  if (top === 'scalar' || bottom === 'scalar') return `${top} by ${bottom}` in table ? (`${top} by ${bottom}` as Row) : undefined;
  const rank = (word: string): string => (word === 'row' ? 'vector' : word);
  return `${rank(top)} by ${rank(bottom)}` as Row;
}

/** "denominator layout: ∂(vector m×1)/∂(vector n×1) is n×m". */
export function layoutRule(u: Shape, v: Shape, layout: Layout): string | undefined {
  const row = rowOf(u, v);
  const entry = row && table[row];
  return entry ? `${layout} layout: ${entry[0]} is ${entry[1][layout]}` : undefined;
}

/** Where the layout of a statement comes from. */
export function layoutSource(analysis: Analysis, s: CheckedStatement): Line {
  const { env, layout } = analysis.checked;
  if (s.layoutDeclared) {
    const fact = env.layoutAt(s.place(s.statement.span).start);
    const place = placeOf(analysis, fact?.span);
    if (!fact || !place) return { text: `${s.layout} layout is set for the whole document` };
    return { text: `${s.layout} layout is declared by ${quote(analysis, fact.span)}`, place };
  }
  const { from, conforming, counted } = layout;
  if (from === 'inferred' && counted)
    return {
      text: `${s.layout} layout, inferred from ${conforming} of ${counted} equation${counted === 1 ? '' : 's'}; the document declares none`,
    };
  return { text: `${s.layout} layout is assumed: the document declares none` };
}
