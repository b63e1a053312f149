// Symbols of the document that a product may lack: those with a shape that fits one of the gaps, the nearest first.
import { chosen } from '../analysis/statements.js';
import type { Candidate } from '../shapes/candidate.js';
import { isScalar, type Shape } from '../shapes/shape.js';
import { textOf } from './rewrite.js';
import type { Addable } from './search/problem.js';
import { flatten } from './search/problem.js';
import { transposed } from './transpose.js';
import type { Bench } from './trial.js';

const most = 6;
const nearby = 40;

export function additions(bench: Bench, product: Candidate): readonly Addable[] {
  const { factors } = flatten(product);
  if (factors.length < 2 || factors.length > 7) return [];
  const own = new Set(factors.flatMap((f) => dimsOf(f.shape)));
  const present = new Set(factors.map((f) => (f.expr.kind === 'symbol' ? f.expr.name.key : '')));
  const out = new Map<string, Addable>();
  for (const { key, tex, candidate } of symbolsNear(bench)) {
    const { shape } = candidate;
    if (out.size >= most) break;
    if (
      out.has(key) ||
      present.has(key) ||
      !shape ||
      isScalar(shape) ||
      shape.dims.length !== 2 ||
      !dimsOf(shape).every((d) => d === '1' || own.has(d))
    )
      continue;
    const text = tex.slice(candidate.expr.span.start, candidate.expr.span.end);
    const turned = transposed(tex, candidate.expr, bench.habits);
    if (turned && text !== '') out.set(key, { text, turnedText: textOf(tex, turned), shape });
  }
  return [...out.values()];
}

const dimsOf = (shape: Shape | undefined): readonly string[] => shape?.dims.map((d) => d.key) ?? [];

function* symbolsNear({ checked, statement }: Bench): Generator<{ key: string; tex: string; candidate: Candidate }> {
  const at = checked.statements.indexOf(statement);
  const order = [...checked.statements.slice(Math.max(0, at - nearby), at + 1)].reverse();
  for (const s of [...order, ...checked.statements.slice(at + 1, at + 10)])
    for (const candidate of chosen(s.inferred.members))
      if (candidate.expr.kind === 'symbol' && candidate.detail?.kind === 'found' && candidate.solid && !candidate.detail.found.constant)
        yield { key: candidate.expr.name.key, tex: s.formula.tex, candidate };
}
