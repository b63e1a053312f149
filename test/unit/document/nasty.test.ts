// What nobody should write: unclosed everything, deep nesting, long lines, random bytes. Nothing may throw or take long.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentKind, readDocument } from '../../../server/language/document/index.js';
import { read } from './reading.js';

const kinds: DocumentKind[] = ['markdown', 'latex'];

const many = (text: string, count = 10_000): string => text.repeat(count);

const inputs: [string, string][] = [
  ['quotes', many('>')],
  ['quotes with spaces', many('> ')],
  ['lists', many('- ')],
  ['numbered lists', many('1. ')],
  ['braces', `$${many('{')}$`],
  ['closing braces', `$$${many('}')}$$`],
  ['dollars', many('$')],
  ['odd dollars', many('$a ')],
  ['open text', many('$\\text{')],
  ['double dollars', many('$$a\n\n')],
  ['open brackets', many('\\[ ')],
  ['open doubled brackets', many('\\\\( ')],
  ['links', many('[')],
  ['links with addresses', many('[a](')],
  ['closed links', many('](a)')],
  ['images', many('![')],
  ['backticks', many('` `` ')],
  ['rising backticks', Array.from({ length: 500 }, (_, i) => '`'.repeat(i)).join(' ')],
  ['stars', many('*a _b ')],
  ['tags', many('<a ')],
  ['comments', many('<!-- ')],
  ['hidden blocks', many('<pre>\n\n')],
  ['scripts', many('<script type="math/tex">')],
  ['entities', many('&amp')],
  ['attributes', many('{# ')],
  ['colons', many(':::')],
  ['environments', many('\\begin{align}')],
  ['ended environments', many('\\end{align}')],
  ['environments on lines', many('\\begin{align}\n')],
  ['environments in paragraphs', many('\\begin{align} a\n\n')],
  ['matrices', many('\\begin{bmatrix}')],
  ['definitions', many('\\newcommand{\\a}{')],
  ['definitions without a name', many('\\def')],
  ['sections', many('\\section{')],
  ['captions', many('\\caption{a} \\footnote{')],
  ['tables', many('\\begin{tabular}{l}')],
  ['cells', many('&')],
  ['rows', many('\\\\')],
  ['items', many('\\begin{itemize}\\item ')],
  ['verbatim', many('\\verb|')],
  ['per cent signs', many('%')],
  ['directives', many('% conformable\n')],
  ['ignored', many('<!-- conformable-ignore -->')],
  ['pipes', `${many('|')}\n${many('|-')}\n`],
  ['table rows', `|a|b|\n|-|-|\n${many('|$$|$|\n')}`],
  ['a long line', many('word ', 200_000)],
  ['a long line of formulas', many('$x$ and $$y$$ ', 40_000)],
  ['long paragraph', many('$x$ is\n', 40_000)],
  ['long paragraph of displays', many('$$x$$ is\n', 40_000)],
  ['escaped formula', `$$${many('\\_{a} ')}$$`],
  ['front matter', `---\n${many('a: &a [*a, *a]\n')}`],
  [
    'front matter with aliases',
    `---\nmacros:\n${Array.from({ length: 30 }, (_, i) => `  a${i}: &b${i} [*b${i - 1}, *b${i - 1}]`).join('\n')}\n---\n`,
  ],
  ['stripped', many('$frac{partial L}{partial z}$ ')],
  ['stripped letters', `$frac{partial x}{partial y} ${many('ab', 20_000)}$`],
  ['quoted displays', many('> $$\n> a\n')],
  ['surrogates', '\uD83D$\uDE00$\uD83D'],
  ['binary', Array.from({ length: 20_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join('')],
  ['zeros', many('\u0000')],
];

describe.each(kinds)('%s', (kind) => {
  it.each(inputs)('%s', (_, text) => {
    const { formulas } = readDocument(kind, text);
    if (formulas.length < 20_000) read(text, kind);
  });

  it('reads any text', () => {
    const pieces =
      '$ $$ \\ \\( \\) \\[ \\] \\\\( \\begin{align} \\end{align} { } ` `` ``` > - 1. # | |-|-| <!-- --> \n \r\n \t a b_1 = text \\text{ % & &amp; \\_ --- * _ [ ] ( ) <script </script> ~ \\item \\section{'.split(
        ' ',
      );
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.constant(' '), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 60 })
      .map((p) => p.join(''));
    fc.assert(
      fc.property(text, (t) => void read(t, kind)),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('reads every beginning of a text, as it is while somebody types', () => {
    const text =
      'Let $W \\in \\mathbb{R}^{m}$:\n\n$$\n\\frac{a}{b} = \\text{if $c$}\n$$\n\n\\begin{align}\na &= b \\\\\n\\end{align}\n\n\\[x\\] \\(y\\) `z` **b** | c\n';
    for (let i = 0; i <= text.length; i++) read(text.slice(0, i), kind);
  });
});

describe('a long document is read to its end', () => {
  it.each(kinds)('%s', (kind) => {
    const section =
      '# A\n\nLet $W \\in \\mathbb{R}^{m \\times n}$ and $b$ be **given**, then\n\n$$\nz = W x + b \\quad \\frac{\\partial L}{\\partial W}\n$$\n\n- an item with $x_1$\n- and `code`\n\n';
    expect(readDocument(kind, section.repeat(2000)).formulas).toHaveLength(4 * 2000);
  });
});
