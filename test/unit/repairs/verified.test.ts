// With the value engine as judge: what is verified stands first and is marked; members with wrong values are mended.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Finding } from '../../../server/language/diagnostics/finding.js';
import type { Analysis } from '../../../server/language/index.js';
import { fixesOf, type Judge } from '../../../server/language/repairs/index.js';
import { prepare } from '../../../server/language/values/problem.js';
import { verdictOf } from '../../../server/language/values/verdict.js';
import { declared, everyFixHolds, findingsOf, fixes, offers, open, result } from './help.js';

function judgeOf(a: Analysis): Judge {
  const values = prepare(a.checked);
  return (repair) => {
    const verdict = verdictOf(values, repair.statement).members[repair.member];
    return verdict === 'verified' ? true : verdict === 'refuted' ? false : undefined;
  };
}

it('of the repairs that conform the true one comes first', () => {
  const a = open(
    `${declared('X: N×k, r: k, t: N, L: scalar', 'denominator')}$L = \\frac12 \\lVert X r - t \\rVert^2$\n\n$$\\frac{\\partial L}{\\partial r} = (X r - t) X$$\n`,
  );
  const list = fixes(a, 'product-mismatch', judgeOf(a));
  expect(list[0]?.verified).toBe(true);
  expect(result(a, list[0])).toContain('= X^T (X r - t)$$');
  everyFixHolds(a, judgeOf(a));
});

it('what shapes leave open the value decides', () => {
  const a = open(
    `${declared('W: n×n, x: n, z: n, g: n, L: scalar', 'denominator')}$z = W x$ and $L = g^T z$.\n\n$$\\frac{\\partial L}{\\partial W} = g x$$\n`,
  );
  const list = fixes(a, 'product-mismatch', judgeOf(a));
  expect(list.filter((f) => f.verified)).not.toHaveLength(0);
  expect(result(a, list[0])).toContain('= g x^T$$');
});

const seed = new URL('../../../../shared/seed/post.md', import.meta.url);
(existsSync(seed) ? it : it.skip)('row 10 of the seed is verified', () => {
  const a = open(readFileSync(seed, 'utf8'));
  const list = fixesOf(a, findingsOf(a, 'product-mismatch')[0] as Finding, judgeOf(a));
  const fix = offers(a, list, '(W^{(3)T} ((a^{(3)} - y) \\odot a^{(3)} \\odot (1 - a^{(3)})) \\odot (1,1,1)^T) a^{(1)T}');
  expect(fix.verified).toBe(true);
  expect(list[0]).toBe(fix);
});

it('a wrong value: the fewest edits that are true', () => {
  const a = open(
    `${declared('A: n×n, x: n, f: scalar', 'denominator')}$f = x^T A x$\n\n$$\\frac{\\partial f}{\\partial x} = A x + A x$$\n`,
  );
  const statement = a.checked.statements[1];
  const candidate = statement?.inferred.members[1];
  if (!statement || !candidate) throw new Error('not read');
  const finding: Finding = {
    code: 'value-mismatch',
    severity: 'warning',
    span: statement.place(candidate.expr.span),
    statement,
    data: { kind: 'value', candidate, difference: undefined },
  };
  const list = fixesOf(a, finding, judgeOf(a)).filter((f) => f.verified);
  expect(list.map((f) => result(a, f).split('$$')[1])).toContainEqual(expect.stringMatching(/A\^T x \+ A x|A x \+ A\^T x/));
});

it('a wrong constant and a wrong sign', () => {
  for (const [wrong, right] of [
    ['x', '2 x'],
    ['-2 x', '2 x'],
  ] as const) {
    const a = open(`${declared('x: n, f: scalar', 'denominator')}$f = x^T x$\n\n$$\\frac{\\partial f}{\\partial x} = ${wrong}$$\n`);
    const statement = a.checked.statements[1];
    const candidate = statement?.inferred.members[1];
    if (!statement || !candidate) throw new Error('not read');
    const finding: Finding = {
      code: 'value-mismatch',
      severity: 'warning',
      span: statement.place(candidate.expr.span),
      statement,
      data: { kind: 'value', candidate, difference: undefined },
    };
    const [fix] = fixesOf(a, finding, judgeOf(a));
    expect(fix?.verified).toBe(true);
    expect(result(a, fix)).toContain(`= ${right}$$`);
  }
});
