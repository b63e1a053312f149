// What Markdown says around its formulas: paragraphs, headings, items, tables, and the markup that is taken off.
import { describe, expect, it } from 'vitest';
import { outline, read } from './reading.js';

const prose = (text: string): string[] => outline(read(text));

describe('blocks', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', 'One $x$ two.\nThree.\n\nFour.', ['p One <x> two. Three.', 'p Four.']],
    ['headings', '# A\n\n### B $x$ ###\n\nC\n---\n', ['h1 A', 'h3 B <x>', 'h2 C']],
    ['a rule below a sentence', 'This is all.\n---\n', ['p This is all.']],
    ['lists', '- a\n- b `W`\n\n1. c\n   - d', ['- a', '- b `W`', '- c', '- d']],
    ['a display within its sentence', 'We get\n$$\na = b\n$$\nwhere $a$ is.', ['p We get < a = b > where <a> is.']],
    ['adjacent formulas', 'Let $a$ and $b$ be.', ['p Let <a> and <b> be.']],
    ['tables', '| S | Type |\n|---|---|\n| $W$ | a `m×n` matrix |', ['# S | Type', '| <W> | a `m×n` matrix']],
    ['items that are indented too far', '* For all:\n\n      1. Set $a$\n      2. Set $b$', ['- For all:', '- Set <a>', '- Set <b>']],
    ['a fence of mathematics', 'So\n\n```math\nx\n```', ['p So', 'p <x>']],
  ])('%s', (_, text, expected) => {
    expect(prose(text)).toEqual(expected);
  });
});

describe('markup', () => {
  it.each<[string, string]>([
    ['**bold** and *italic* and __both__', 'bold and italic and both'],
    ['snake_case and 2 * 3 * 4', 'snake_case and 2 * 3 * 4'],
    ['append **to the left** as', 'append to the left as'],
    ['a [link](http://x.y/a_b "t") here', 'a link here'],
    ['an ![image $x](a.png) here', 'an here'],
    ['of size [10 x 3] and [5 x 3]', 'of size [10 x 3] and [5 x 3]'],
    ['a<br>b and <b>c</b>', 'a b and c'],
    ['1 &lt; 2 &amp; 3', '1 < 2 & 3'],
    ['\\*no\\* emphasis', '*no* emphasis'],
    ['see \\eqref{eq:1} there', 'see there'],
    ['a <!-- hidden --> b', 'a b'],
    ['code ``a`b`` here', 'code `a`b` here'],
    ['a {% include x %} b {: .note}', 'a b'],
  ])('%j', (text, expected) => {
    expect(prose(text)).toEqual([`p ${expected}`]);
  });

  it('has texts that stand where they say', () => {
    const text = 'The **matrix** _W_ of $x$\nis *big*.';
    for (const block of read(text).blocks) {
      if (block.kind !== 'prose') continue;
      for (const item of block.content) if (item.kind === 'text') expect(text.slice(item.span.start, item.span.end)).toBe(item.text);
    }
  });
});
