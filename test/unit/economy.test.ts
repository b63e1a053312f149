// What is not done twice: after an edit in a paragraph everything else stands, what was judged is not judged again, and only what is
// published is worded.
import { expect, test } from 'vitest';
import { type Analysis, analyze, diagnostics, evaluateValues, type Input } from '../../server/language/index.js';

const input = (text: string): Input => ({ path: 'x.md', language: 'markdown', notebook: false, cells: [text] });

const document = (prose: string, formula = String.raw`\frac{\partial f}{\partial x} = 2 A x`): string => `# Squares

<!-- conformable
layout: denominator
shapes: { x: n, A: n×n }
assume: { A: symmetric }
-->

## A form

${prose}. ${'What stands here says nothing, and there is enough of it. '.repeat(10)}

We write $f = x^T A x$ for it.

$$${formula}$$

Then nothing more is said of it.
`;

function finished(analysis: Analysis): Analysis {
  const steps = evaluateValues(analysis);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const verdicts = (analysis: Analysis) => [...(finished(analysis).values ?? [])].map(([, { verdict, reason }]) => [verdict, reason]);

test('an edit in a paragraph beside a directive leaves what is declared as it is', () => {
  const before = analyze(input(document('It comes up often')), {}, null);
  const after = analyze(input(document('It comes up very often')), {}, before);
  expect(after.checked.env).toBe(before.checked.env);
});

test('what is verified is so after edits, and no longer where its definition or an assumption is another one', () => {
  const first = analyze(input(document('It comes up often')), {}, null);
  expect(verdicts(first).at(-1)).toEqual(['verified', undefined]);
  const again = analyze(input(document('It comes up very often')), {}, first);
  expect(verdicts(again)).toEqual(verdicts(first));
  const other = document('It comes up often').replace('x^T A x', '2 x^T A x');
  expect(verdicts(analyze(input(other), {}, again)).at(-1)?.[0]).toBe('refuted');
  const open = document('It comes up often').replace('assume: { A: symmetric }\n', '');
  expect(verdicts(analyze(input(open), {}, again))).toEqual(verdicts(analyze(input(open), {})));
});

test('of many diagnostics the gravest are worded', () => {
  const text = `${document('It comes up often')}\n${Array.from({ length: 6 }, (_, n) => `Here is $x x + ${n} A$ and $A x = x^T$.`).join('\n\n')}`;
  const analysis = analyze(input(text), {});
  const all = diagnostics(analysis);
  const gravity = ['error', 'warning', 'information', 'hint'];
  const sorted = [...all].sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
  expect(all.length).toBeGreaterThan(5);
  expect(diagnostics(analysis, 5).map((d) => d.message)).toEqual(sorted.slice(0, 5).map((d) => d.message));
  expect(diagnostics(analysis, 1000).map((d) => d.message)).toEqual(all.map((d) => d.message));
});
