// Warm equals cold: an analysis that was helped by the one before says the same as one from nothing, after any edits.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Analysis, analyze, evaluateValues, hoverAt, type Input, report, type Settings } from '../../server/language/index.js';

const markdown = String.raw`<!-- conformable
layout: denominator
shapes: { x: n, W: m×n, y: m }
-->

# A layer

\newcommand{\by}[2]{\frac{\partial #1}{\partial #2}}

With a bias $b \in \mathbb{R}^{m}$ and $z = W x + b$, the output is $a = \sigma(z)$ and the loss $L = \frac{1}{2} \lVert a - y \rVert^2$.

$$
\by{L}{W} = \left( (a - y) \odot a \odot (1 - a) \right) x^T
$$

## Two of them

Here $V$ is a k × m matrix, $u = V a$, and $g \in \mathbb{R}^k$ is given, so that

$$
\begin{aligned}
h &= g^T u \\
\by{h}{a} &= V^T g = \by{u}{a} \by{h}{u}
\end{aligned}
$$

| symbol | shape |
|--------|-------|
| $C$    | 3×2   |

The product $C W$ is wrong.
`;

const latex = String.raw`\documentclass{article}
\newcommand{\R}{\mathbb{R}}
% conformable
% layout: numerator
\begin{document}
\section{Least squares}
Let $A \in \R^{m \times n}$, $x \in \R^n$ and $b \in \R^m$.
\begin{align}
  r &= A x - b \\
  \frac{\partial r^T r}{\partial x} &= 2 r^T A
\end{align}
\subsection{Again}
Let $A \in \R^{n \times n}$ be symmetric. Then $f = x^T A x$ and
\[ \frac{\partial f}{\partial x} = 2 x^T A, \qquad B = A b. \]
\end{document}
`;

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

const pieces = [
  ...'x W a = + ^T { } $ \\ $$ ( ) # - | % \n'.split(' '),
  '\n\n',
  '\n# Part\n',
  String.raw`$x \in \mathbb{R}^{3}$`,
  String.raw`\newcommand{\by}[2]{\frac{d #1}{d #2}} `,
  'layout: numerator',
  'W is a 2 × 5 matrix. ',
  '$$ W^T W x = z $$',
  '<!-- conformable-ignore -->',
  '<!-- conformable\nshapes: { W: 4 × 4 }\n-->',
  'm',
];

const edits = fc.array(
  fc.record({
    at: fc.nat(2000),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    text: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
  }),
  { minLength: 1, maxLength: 6 },
);

function applied(text: string, { at, length, text: put }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + put + text.slice(start + length);
}

const inputs = (language: Input['language'], text: string): Input => ({ path: 'x', language, notebook: false, cells: [text] });

function finished(analysis: Analysis): Analysis {
  const steps = evaluateValues(analysis);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Edits one after another, each analysis helped by the one before; every one is compared with a cold one. */
function holds(
  language: Input['language'],
  start: string,
  list: readonly Edit[],
  settings: Settings,
  say: (analysis: Analysis) => unknown,
): void {
  let text = start;
  let warm = analyze(inputs(language, text), settings);
  for (const edit of list) {
    text = applied(text, edit);
    warm = analyze(inputs(language, text), settings, warm);
    expect(say(warm), text).toEqual(say(analyze(inputs(language, text), settings)));
  }
}

const settings: readonly Settings[] = [
  {},
  { layout: 'mixed' },
  { config: { text: 'sizes: { n: 4 }\nrules: { coincidence: off }', path: 'c' } },
];

const told = (analysis: Analysis) => [report(analysis), hoverAt(analysis, 300, 'dark'), hoverAt(analysis, 520, 'light')];

test.each([
  ['markdown', markdown],
  ['latex', latex],
] as const)('shapes and findings of %s', (language, text) => {
  expect(report(analyze(inputs(language, text), {})).equations.length).toBeGreaterThan(4);
  fc.assert(
    fc.property(edits, fc.constantFrom(...settings), (list, s) => holds(language, text, list, s, told)),
    { seed: 21, numRuns: 20 },
  );
});

test('values', () => {
  fc.assert(
    fc.property(edits, (list) => holds('markdown', markdown, list.slice(0, 2), {}, (a) => report(finished(a)))),
    { seed: 22, numRuns: 10 },
  );
});

test('an edit and its undoing leave everything as it was', () => {
  const before = analyze(inputs('markdown', markdown), {});
  fc.assert(
    fc.property(edits, (list) => {
      const there = analyze(inputs('markdown', list.reduce(applied, markdown)), {}, before);
      expect(told(analyze(inputs('markdown', markdown), {}, there))).toEqual(told(before));
    }),
    { seed: 23, numRuns: 20 },
  );
});
