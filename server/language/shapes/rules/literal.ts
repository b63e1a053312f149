// Matrices, vectors and tuples that are written out: their size by their entries, by their blocks, or by the last subscript behind an ellipsis.
import type { Expr, ExprOf } from '../../expr.js';
import { type Candidate, type Conflict, costs, type Inference } from '../candidate.js';
import { add, type Dim, dimNumber, isOne, one } from '../dimension.js';
import { fits } from '../match.js';
import { cols, isColumn, isRow, isScalar, matrix, rows, type Shape, scalar } from '../shape.js';
import { candidate, handful, unknown } from './common.js';

const isEllipsis = (e: Expr | undefined): boolean => e?.kind === 'ellipsis' || (e?.kind === 'group' && isEllipsis(e.body));

/** (a, b, c): a row or a column of scalars, vectors side by side or on top of one another. */
export function inferTuple(cx: Inference, expr: ExprOf<'tuple'>, items: readonly (readonly Candidate[])[]): readonly Candidate[] {
  const parts = items.map((i) => i[0] as Candidate);
  const dots = expr.items.some(isEllipsis);
  const shown = parts.filter((_, i) => !isEllipsis(expr.items[i]));
  if (expr.open === '\\{' || expr.separators.includes('|')) return [candidate({ expr, shape: undefined, rule: 'tuple', parts })];
  // (n, m) × (m, k) speaks of shapes.
  if (!dots && writesSizes(parts)) return unknown(expr);
  const stacked = expr.separators.includes(';');
  if (dots || shown.every((p) => !p.shape || isScalar(p.shape))) return scalars(cx, expr, parts, dots, stacked);
  if (shown.some((p) => !p.shape)) return [candidate({ expr, shape: undefined, rule: 'concatenation', parts })];
  return blocks(expr, parts, stacked);
}

/** Whether all items are sizes or numbers, and one at least is a size. */
const writesSizes = (parts: readonly Candidate[]): boolean =>
  parts.some(isSize) && parts.every((p) => isSize(p) || p.expr.kind === 'number');

const isSize = ({ detail }: Candidate): boolean =>
  detail?.kind === 'found' && detail.found.from === 'constant' && detail.found.constant === undefined;

function scalars(cx: Inference, expr: ExprOf<'tuple'>, parts: readonly Candidate[], dots: boolean, stacked: boolean): readonly Candidate[] {
  const someUnknown = parts.some((p, i) => !isEllipsis(expr.items[i]) && !p.shape);
  const plainNames = expr.items.every((i) => isEllipsis(i) || i.kind === 'symbol' || i.kind === 'number');
  if (someUnknown && !(dots && plainNames) && !areEntries(expr.items)) return [candidate({ expr, shape: undefined, rule: 'tuple', parts })];
  const [first] = parts;
  const entry = first?.shape;
  const n = dots ? (lastIndex(cx, expr.items) ?? cx.fresh()) : dimNumber(expr.items.length);
  if (dots && entry && isRow(entry))
    // [x_1, …, x_n]^T of rows is the stack of them: within the brackets they stand like columns.
    return [
      candidate({ expr, shape: matrix(cols(entry), n), rule: 'concatenation', parts, cost: stacked ? costs.option : 0 }),
      candidate({ expr, shape: matrix(n, cols(entry)), rule: 'concatenation', parts, cost: stacked ? 0 : costs.option }),
    ];
  if (dots && entry && !isScalar(entry))
    return isColumn(entry)
      ? [
          candidate({ expr, shape: matrix(rows(entry), n), rule: 'concatenation', parts }),
          candidate({ expr, shape: matrix(n, rows(entry)), rule: 'concatenation', parts, cost: costs.option }),
        ]
      : [candidate({ expr, shape: undefined, rule: 'tuple', parts })];
  if (someUnknown && !(entry && isScalar(entry)) && !areEntries(expr.items))
    return [candidate({ expr, shape: undefined, rule: 'tuple', parts })];
  const row = candidate({
    expr,
    shape: matrix(one, n),
    rule: 'tuple',
    parts,
    cost: stacked ? costs.column : 0,
    detail: { kind: 'orientation', as: 'row' },
  });
  const column = candidate({
    expr,
    shape: matrix(n, one),
    rule: 'tuple',
    parts,
    cost: stacked ? 0 : costs.column,
    detail: { kind: 'orientation', as: 'column' },
  });
  return stacked ? [column, row] : [row, column];
}

/** x_1, x_2, x_3: subscripted plain letters of one name are entries. */
function areEntries(items: readonly Expr[]): boolean {
  const [first] = items;
  if (first?.kind !== 'symbol' || !/^[a-z]$|^\\[a-z]+$/.test(first.name.base)) return false;
  return items.every(
    (i) =>
      isEllipsis(i) ||
      (i.kind === 'symbol' && i.name.base === first.name.base && i.name.subs.length === 1 && i.name.subs[0]?.kind !== 'word'),
  );
}

/** The subscript of the last item, as a dimension: (x_1, …, x_n) has n items. */
function lastIndex(cx: Inference, items: readonly Expr[]): Dim | undefined {
  const last = items[items.length - 1];
  if (last?.kind !== 'symbol') return undefined;
  const index = last.name.subs[last.name.subs.length - 1] ?? last.name.labels[0];
  if (!index) return undefined;
  if (index.kind === 'number') return dimNumber(index.value);
  return index.kind === 'letter'
    ? cx.dimension({
        id: -1,
        span: last.span,
        kind: 'symbol',
        name: { key: index.name, base: index.name, labels: [], labelStyle: '', subs: [], subText: '' },
      })
    : undefined;
}

function blocks(expr: ExprOf<'tuple'>, parts: readonly Candidate[], stacked: boolean): readonly Candidate[] {
  const shapes = parts.map((p) => p.shape as Shape);
  const [first] = shapes as [Shape];
  const out: Candidate[] = [];
  const vertical = shapes.every((s) => s.dims.length <= 2 && fits(cols(s), cols(first)));
  const horizontal = shapes.every((s) => s.dims.length <= 2 && fits(rows(s), rows(first)));
  const columns = shapes.every((s) => isColumn(s) || isScalar(s));
  if (vertical)
    out.push(
      candidate({
        expr,
        shape: matrix(shapes.map(rows).reduce(add), cols(first)),
        rule: 'concatenation',
        parts,
        cost: stacked || columns ? 0 : costs.column,
      }),
    );
  if (horizontal && !stacked)
    out.push(
      candidate({
        expr,
        shape: matrix(rows(first), shapes.map(cols).reduce(add)),
        rule: 'concatenation',
        parts,
        cost: columns ? costs.column : 0,
      }),
    );
  if (out.length === 0) return [candidate({ expr, shape: undefined, rule: 'concatenation', parts })];
  return handful(out);
}

/** A_1 and \\mathbf{a}_1 between dots: columns or blocks of which nothing is known. */
const isNoEntry = (e: Expr): boolean =>
  e.kind === 'symbol' ? /^(?:[A-Z]|\\(?:mathbf|vec|boldsymbol)\{.*\})$/.test(e.name.base) : e.kind === 'power' && isNoEntry(e.base);

/** - x_1^T -, with dashes that draw a row. */
const isDashed = (c: Expr): boolean => c.kind === 'sum' && c.addends[c.addends.length - 1]?.expr.kind === 'hole';

/** bmatrix and its kin. */
export function inferMatrix(
  cx: Inference,
  expr: ExprOf<'matrix'>,
  cells: readonly (readonly (readonly Candidate[] | undefined)[])[],
): readonly Candidate[] {
  const chosen = agreeing(cells);
  const parts = chosen.flat().filter((c): c is Candidate => c !== undefined);
  const open = candidate({ expr, shape: undefined, rule: 'matrix', parts });
  const width = Math.max(0, ...cells.map((r) => r.length));
  if (expr.cells.some((row) => row.some((c) => c?.kind === 'hole' || c?.kind === 'norm' || c?.kind === 'text' || (c && isDashed(c)))))
    return [open];
  if (width === 0) return [open];
  const single = cells.length === 1 && width === 1 && parts.length === 1;
  if (expr.open === '|' || expr.open === '\\|') return [candidate({ expr, shape: scalar, rule: 'matrix', parts })];
  if (single && (parts[0]?.expr.kind === 'tuple' || parts[0]?.expr.kind === 'product')) return [open];
  const dots = expr.cells.some((row) => row.some(isEllipsis));
  const unfit = dots ? undefined : unfitBlock(chosen, width);
  if (unfit) return [candidate({ expr, shape: undefined, rule: 'matrix', parts, cost: costs.conflict, conflict: unfit })];
  const size = dots ? sizeWithDots(cx, expr, chosen) : sizeOfBlocks(chosen, width);
  return size ? [candidate({ expr, shape: size, rule: 'matrix', parts })] : [open];
}

/** The customary reading of every block; in a single row, where these do not fit, the cheapest readings that have the same rows. */
function agreeing(cells: readonly (readonly (readonly Candidate[] | undefined)[])[]): readonly (readonly (Candidate | undefined)[])[] {
  const customary = cells.map((row) => row.map((c) => c?.[0]));
  const [row] = cells;
  if (!row || cells.length > 1 || !unfitBlock(customary, row.length)) return customary;
  const heights = row.flatMap((c) => c ?? []).flatMap((c) => (c.shape && c.shape.dims.length === 2 ? [rows(c.shape)] : []));
  const rest = heights
    .map((height) => row.map((block) => block?.find((c) => !c.shape || isScalar(c.shape) || fits(rows(c.shape), height))))
    .filter((picked) => picked.every((c, j) => c !== undefined || !row[j]));
  const total = (picked: readonly (Candidate | undefined)[]): number => picked.reduce((sum, c) => sum + (c?.cost ?? 0), 0);
  const [best] = rest.sort((a, b) => total(a) - total(b));
  return best ? [best] : customary;
}

/** The first block that has other rows than the one beside it, or other columns than the one above it. */
function unfitBlock(chosen: readonly (readonly (Candidate | undefined)[])[], width: number): Conflict | undefined {
  const arrays = chosen.flat().filter((c) => c?.shape && !isScalar(c.shape));
  if (arrays.length === 0 || chosen.some((row) => row.length !== width)) return undefined;
  const fixed = (c: Candidate | undefined): c is Candidate & { shape: Shape } =>
    c?.shape !== undefined && c.solid && c.shape.dims.length === 2 && !c.shape.dims.some((d) => d.flexible);
  for (const [i, row] of chosen.entries())
    for (const [j, block] of row.entries()) {
      if (!fixed(block)) continue;
      const beside = row.slice(0, j).find(fixed);
      const above = chosen
        .slice(0, i)
        .map((r) => r[j])
        .find(fixed);
      const other =
        beside && !fits(rows(beside.shape), rows(block.shape))
          ? beside
          : above && !fits(cols(above.shape), cols(block.shape))
            ? above
            : undefined;
      if (other)
        return {
          code: 'function-argument',
          span: block.expr.span,
          expr: block.expr,
          fn: other === beside ? 'block beside' : 'block below',
          shape: block.shape,
          solid: true,
        };
    }
  return undefined;
}

/** Rows and columns by adding the blocks; undefined if a block is unknown or does not fit its row or column. */
function sizeOfBlocks(chosen: readonly (readonly (Candidate | undefined)[])[], width: number): Shape | undefined {
  if (chosen.some((row) => row.length !== width || row.some((c) => !c))) return undefined;
  const shapeOf = (c: Candidate | undefined): Shape | undefined => c?.shape;
  const isZero = (c: Candidate | undefined): boolean => c?.expr.kind === 'number' && c.expr.value === 0;
  const all = chosen.flat();
  if (all.every((c) => !c?.shape || isScalar(c.shape)))
    return all.some((c) => !c?.shape && c?.rule !== 'zero' && c?.expr.kind !== 'symbol' && c?.expr.kind !== 'element')
      ? undefined
      : all.some((c) => !c?.shape && c?.expr.kind === 'symbol' && c.expr.name.subs.length === 0)
        ? undefined
        : matrix(dimNumber(chosen.length), dimNumber(width));
  const heights: (Dim | undefined)[] = chosen
    .map((row) =>
      row
        .filter((c) => !isZero(c))
        .map((c) => shapeOf(c))
        .find((s) => s),
    )
    .map((s) => (s ? rows(s) : undefined));
  const widths: (Dim | undefined)[] = Array.from({ length: width }, (_, j) =>
    chosen
      .map((row) => row[j])
      .filter((c) => !isZero(c))
      .map(shapeOf)
      .find((s) => s),
  ).map((s) => (s ? cols(s) : undefined));
  if (heights.some((h) => !h) || widths.some((w) => !w)) return undefined;
  const conform = chosen.every((row, i) =>
    row.every((c, j) => isZero(c) || (c?.shape && fits(rows(c.shape), heights[i] as Dim) && fits(cols(c.shape), widths[j] as Dim))),
  );
  return conform ? matrix((heights as Dim[]).reduce(add), (widths as Dim[]).reduce(add)) : undefined;
}

/** N_1, 0, N_2, 0, …, N_n, 0: where the entries of the last one's letter do not stand in their own columns, it does not count these. */
function countsColumns(expr: ExprOf<'matrix'>, last: Expr | undefined): boolean {
  if (last?.kind !== 'symbol') return true;
  return expr.cells.every((row) => {
    const dots = row.findIndex(isEllipsis);
    return row.slice(0, dots < 0 ? row.length : dots).every((c, j) => {
      const alike = c?.kind === 'symbol' && c.name.base === last.name.base && c.name.subs.length === last.name.subs.length;
      const index = alike ? c.name.subs.at(-1) : undefined;
      return index?.kind !== 'number' || index.value === j || index.value === j + 1;
    });
  });
}

/** With ellipses the last entry's subscripts tell the size: x_{mn}; else it is open. */
function sizeWithDots(cx: Inference, expr: ExprOf<'matrix'>, chosen: readonly (readonly (Candidate | undefined)[])[]): Shape | undefined {
  const lastRow = expr.cells[expr.cells.length - 1] ?? [];
  const last = lastRow[lastRow.length - 1];
  const entries = chosen.flat().filter((c) => c && !isEllipsis(c.expr));
  if (entries.some((c) => c && (c.shape ? !isScalar(c.shape) : isNoEntry(c.expr)))) return undefined;
  const tall = expr.cells.length > 1;
  const wide = expr.cells.some((r) => r.length > 1);
  const subs = last?.kind === 'symbol' ? last.name.subs : last?.kind === 'element' ? last.indices : [];
  // Of a_{1x}, …, a_{ny} two indices run: nobody says how many there are.
  const first = expr.cells[0]?.[0];
  const beginning = first?.kind === 'symbol' && first.name.subs.length === subs.length ? first.name.subs : undefined;
  const running = beginning ? subs.flatMap((s, i) => (JSON.stringify(s) === JSON.stringify(beginning[i]) ? [] : [i])) : [];
  const asDim = (i: number): Dim => {
    const index = tall && wide ? subs[i] : running.length > 1 ? undefined : subs[running[0] ?? i];
    if (index?.kind === 'number') return dimNumber(index.value);
    if (index?.kind !== 'letter' || index.offset !== 0) return cx.fresh();
    return (
      cx.dimension({
        id: -1,
        span: expr.span,
        kind: 'symbol',
        name: { key: index.name, base: index.name, labels: [], labelStyle: '', subs: [], subText: '' },
      }) ?? cx.fresh()
    );
  };
  const rowDots = expr.cells.some((r) => r.length > 0 && r.every((c) => c === undefined || isEllipsis(c)));
  const colDots = expr.cells.some((r) => r.some((c, j) => j > 0 && isEllipsis(c) && r.some((d) => d && !isEllipsis(d))));
  const r = tall ? (rowDots ? asDim(0) : dimNumber(expr.cells.length)) : one;
  const c = wide
    ? colDots
      ? countsColumns(expr, last)
        ? asDim(subs.length - 1)
        : cx.fresh()
      : dimNumber(Math.max(...expr.cells.map((row) => row.length)))
    : one;
  return isOne(r) && isOne(c) ? undefined : matrix(r, c);
}
