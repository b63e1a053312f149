// Warm equals cold: an analysis that was helped by the one before says the same as one from nothing, after any edits.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Analysis,
  analyze,
  describeAt,
  diagnostics,
  evaluateValues,
  hoverAt,
  type Input,
  lenses,
  report,
  type Settings,
  summarize,
} from '../../server/language/index.js';

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
  let warm = analyze(inputs(language, text), settings, null);
  for (const edit of list) {
    text = applied(text, edit);
    warm = analyze(inputs(language, text), settings, warm);
    expect(say(warm), text).toEqual(say(analyze(inputs(language, text), settings)));
  }
}

/** Longer than a chunk, so that edits leave most of it alone. */
const long = [
  markdown,
  ...Array.from({ length: 6 }, (_, n) =>
    [
      `## Part ${n}`,
      `Some words that declare nothing stand here, and then a formula, as $z^{(${n})} = W x + b$ is one, or $a^{(${n})} = \\sigma(z^{(${n})})$.`,
      `$$ \\frac{\\partial L}{\\partial W} = (a - y) ${n === 3 ? 'x' : 'x^T'} $$`,
      `What follows says nothing either, but for $u_${n} = V a + W x$, and in the end $q = V V^T g + r$ with nothing else.`,
      n === 4 ? 'Let $r$ be a vector of length k.' : 'All of this is repeated.',
      '- one thing\n- another thing, $g^T V a$',
      'It goes on for a while, so that there is enough of it. '.repeat(6),
    ].join('\n\n'),
  ),
].join('\n\n');

const small = fc.array(
  fc.record({
    at: fc.nat(8000),
    length: fc.constantFrom(0, 0, 1, 2),
    text: fc.constantFrom('', 'x', 'W', '^T', '$', '\n', '\n\n', ' ', '{', '-', '$$', 'y ', '`', '<!--', '-->', 'is a 2 × 3 matrix', '\\'),
  }),
  { minLength: 2, maxLength: 8 },
);

const settings: readonly Settings[] = [
  {},
  { layout: 'mixed' },
  { config: { text: 'sizes: { n: 4 }\nrules: { coincidence: off }', path: 'c' } },
];

/** Without fixes, the search for which takes its time. */
const toldBriefly = (analysis: Analysis) => [
  diagnostics(analysis).map(({ code, severity, span, message, related }) => ({ code, severity, span, message, related })),
  lenses(analysis),
  summarize([analysis]),
  Array.from({ length: 80 }, (_, n) => describeAt(analysis, n * 97)),
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

test('shapes and findings of a longer document', () => {
  fc.assert(
    fc.property(small, fc.constantFrom(...settings), (list, s) => holds('markdown', long, list, s, toldBriefly)),
    { seed: 24, numRuns: 40 },
  );
});

test('a letter at a time in one place', () => {
  for (const place of ['Some words', 'All of this', 'W x + b', 'V V^T g', 'in the end', '(a - y) x$', 'Let $r$', '## Part 2', '- one']) {
    const at = long.indexOf(place, 3000) + 3;
    const typed = [...'x W$ y$'].map((text, i) => ({ at: at + i, length: 0, text }));
    holds('markdown', long, [...typed, { at, length: 3, text: '' }, { at, length: 4, text: '' }], {}, toldBriefly);
  }
});

test('values', () => {
  fc.assert(
    fc.property(edits, (list) => holds('markdown', markdown, list.slice(0, 3), {}, (a) => report(finished(a)))),
    { seed: 22, numRuns: 20 },
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
