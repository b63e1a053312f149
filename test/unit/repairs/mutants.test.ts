// Correct equations, broken in one place by a program: every fix holds, the formula that was meant is among the fixes, in time.
import { expect, it } from 'vitest';
import { type Analysis, applyEdits } from '../../../server/language/index.js';
import { fixesOf } from '../../../server/language/repairs/index.js';
import { declared, declaredLatex, open } from './help.js';

const shapes =
  'A: m×n, B: n×p, C: p×q, x: n, y: m, u: n, v: m, w: p, W^{(2)}: 5×4, W^{(3)}: 2×5, "a^{(1)}": 4, "a^{(2)}": 5, "a^{(3)}": 2, d^{(2)}: 5, d^{(3)}: 2, X: N×k, Z: N×h, t: N, r: k, E: N×m, S: m×m';

/** Correct members, each after the shape of another: symbols of that shape stand on the left. */
const correct = [
  'y = A x',
  'y = A x + v',
  'u = A^T y',
  'y = A B w',
  'w = B^T A^T y',
  'A = y x^T',
  'B = A^T y w^T',
  'A = S A + y x^T',
  'S = A A^T',
  'y = A (x + u)',
  'v = S (A x - y)',
  'd^{(2)} = W^{(3)T} d^{(3)}',
  'd^{(2)} = W^{(3)T} d^{(3)} \\odot a^{(2)} \\odot (1 - a^{(2)})',
  'W^{(3)} = d^{(3)} a^{(2)T}',
  'W^{(2)} = (W^{(3)T} d^{(3)} \\odot a^{(2)}) a^{(1)T}',
  'W^{(2)} = W^{(3)T} (a^{(3)} \\odot (1 - a^{(3)})) a^{(1)T}',
  'r = (X^T X)^{-1} X^T t',
  'X = t r^T',
  'r = X^T (X r - t)',
  'E = Z Z^T E',
  'C = B^T u v^T A B C',
  'y = \\operatorname{diag}(v) A x',
  'y = v \\odot A x',
  'A = A B B^T',
  'x = x x^T u',
  'v = y^T S v S^{-1} y',
];

interface Mutant {
  readonly text: string;
  readonly meant: string;
}

const factor =
  /(\\operatorname\{diag\}\(v\)|\((?:[^()]|\([^()]*\))*\)(?:\^\{?(?:-1|T)\}?)?|(?<![\\A-Za-z])[A-Za-z](?![A-Za-z])(?:\^\{\([0-9]\)T?\}|\^\{-1\}|\^T)?)/g;

/** One factor transposed or not, two neighbours exchanged, a product for ⊙ and the reverse. */
function* mutants(equation: string): Generator<Mutant> {
  const [left = '', right = ''] = equation.split(' = ');
  const found = [...right.matchAll(factor)];
  const put = (start: number, end: number, text: string): Mutant => ({
    text: `${left} = ${right.slice(0, start)}${text}${right.slice(end)}`,
    meant: equation,
  });
  for (const [i, m] of found.entries()) {
    const text = m[0];
    const turned = /\)T\}$/.test(text)
      ? text.replace('T}', '}')
      : /\^T$/.test(text)
        ? text.slice(0, -2)
        : /\^\{\(\d\)\}$/.test(text)
          ? text.replace(/\}$/, 'T}')
          : /\^\{-1\}/.test(text) || text.startsWith('\\')
            ? undefined
            : `${text}^T`;
    if (turned) yield put(m.index, m.index + text.length, turned);
    const next = found[i + 1];
    if (!next) continue;
    const end = m.index + text.length;
    const gap = right.slice(end, next.index);
    if (gap === ' ') {
      yield put(m.index, next.index + next[0].length, `${next[0]} ${text}`);
      yield put(end, next.index, ' \\odot ');
    } else if (gap === ' \\odot ') yield put(end, next.index, ' ');
  }
}

const bare = (text: string): string =>
  text
    .replace(/[\s()]+/g, ' ')
    .replace(/\\left|\\right/g, '')
    .trim();
const errors = (a: Analysis): number => a.findings.filter((f) => f.severity === 'error').length;

it('mutants of correct equations', () => {
  const times: number[] = [];
  const missed: string[] = [];
  let caught = 0;
  let meant = 0;
  let offered = 0;
  for (const [n, equation] of correct.entries()) {
    const latex = n % 2 === 1;
    const wrap = (formula: string): string =>
      latex ? `${declaredLatex(shapes, 'denominator')}\\[ ${formula} \\]\n` : `${declared(shapes, 'denominator')}$$ ${formula} $$\n`;
    expect(errors(open(wrap(equation), latex)), equation).toBe(0);
    for (const mutant of mutants(equation)) {
      const a = open(wrap(mutant.text), latex);
      const found = a.findings.filter((f) => f.severity === 'error');
      if (found.length !== 1 || !found[0]) continue;
      caught++;
      const start = performance.now();
      const fixes = fixesOf(a, found[0]);
      times.push(performance.now() - start);
      const results = fixes.filter((f) => !f.title.startsWith('Ignore')).map((f) => applyEdits(a.text, f.edits));
      for (const text of results) expect(errors(open(text, latex)), `${mutant.text}\n${text}`).toBe(0);
      if (results.length > 0) offered++;
      if (results.some((r) => bare(r).includes(bare(mutant.meant)))) meant++;
      else missed.push(`${mutant.text}   meant ${mutant.meant}`);
    }
  }
  times.sort((x, y) => x - y);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(
    `${caught} mutants with one mistake: ${offered} with a fix, ${meant} with the formula that was meant; search ${at(0.5)} ms at the median, ${at(0.95)} ms at the 95th percentile, ${at(0.999)} ms at most\n${missed.join('\n')}`,
  );
  expect(meant / caught).toBeGreaterThan(0.9);
});
