// Where Markdown holds mathematics, dialect by dialect, and where it holds none.
import { describe, expect, it } from 'vitest';
import { formulas, read, texOf, written } from './reading.js';

describe('delimiters', () => {
  it.each<[string, string, string[]]>([
    ['dollars', 'Let $x$ and $y^2$.', ['x', 'y^2']],
    ['double dollars', '$$\na = b\n$$', ['\na = b\n']],
    ['double dollars on one line', '$$a = b$$', ['a = b']],
    ['double dollars in a sentence (kramdown)', 'The size of $$W_3$$ is $$2 \\times 3$$.', ['W_3', '2 \\times 3']],
    ['a display after text on the same line', 'We get $$a=b$$', ['a=b']],
    ['a math fence', '```math\na = b\nc\n```', ['a = b\nc']],
    ['a MyST math fence', '```{math}\na = b\n```', ['a = b']],
    ['a MyST role', 'so {math}`x^2` holds', ['x^2']],
    ['a bare environment', '\\begin{align}\na &= b\n\\end{align}', ['\\begin{align}\na &= b\n\\end{align}']],
    ['a starred one', 'x\n\\begin{equation*}a\\end{equation*}', ['\\begin{equation*}a\\end{equation*}']],
    ['a bare matrix', '\\begin{bmatrix}1\\\\2\\end{bmatrix}', ['\\begin{bmatrix}1\\\\2\\end{bmatrix}']],
    ['round brackets', 'Let \\(x\\) be', ['x']],
    ['square brackets', 'so\n\\[\na = b\n\\]', ['\na = b\n']],
    ['doubled round brackets', 'Let \\\\(x\\\\) be', ['x']],
    ['doubled square brackets', '\\\\[ a = b \\\\]', [' a = b ']],
    ["GitHub's dollars and backticks", 'Let $`x_1`$ be', ['x_1']],
    ["Julia's double backticks", 'where ``A x = b`` and ``x \\in \\mathbb{R}^n`` hold, ``n``', ['A x = b', 'x \\in \\mathbb{R}^n', 'n']],
    ['a script', 'so <script type="math/tex">x^2</script> is', ['x^2']],
    ['a script for display', '<script type="math/tex; mode=display">\nx^2\n</script>', ['\nx^2\n']],
    ['adjacent formulas', '$a$$b$ and $c$, $d$', ['a', 'b', 'c', 'd']],
    ['a space behind the opening dollar', 'is MSE: $ L = \\frac {1}{2}$', [' L = \\frac {1}{2}']],
    ['spaces on both sides', 'the matrix $ W $ and $ x + y $', [' W ', ' x + y ']],
    ['a letter behind the closing dollar', 'by $' + '{a_2^{(2)}}^T$Note that $w_{ij}$', ['{a_2^{(2)}}^T', 'w_{ij}']],
    ['a plural behind the closing dollar', 'the $x_i$s are', ['x_i']],
    ['a formula over two lines', 'so $a =\nb$ holds', ['a =\nb']],
    ['dollars within text', '$a \\text{ if $b$ holds} + c$', ['a \\text{ if $b$ holds} + c']],
    ['dollars within a coloured box', '$$\\colorbox{red}{$a$} = b$$', ['\\colorbox{red}{$a$} = b']],
    ['an escaped dollar within', '$a = \\$5$', ['a = \\$5']],
    ['letters of other scripts beside it', '其中$x$是向量', ['x']],
    ['a blank line in a display', '$$\na = b\\\\\n\nc = d\n$$\n\nText.', ['\na = b\\\\\n\nc = d\n']],
    ['an attribute behind a display', '$$\na\n$$ {#eq-1}', ['\na\n']],
  ])('%s', (_, text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });
});

describe('places', () => {
  it.each<[string, string, string[]]>([
    ['list items', '- $a$\n- b $c$\n  1. $d$', ['a', 'c', 'd']],
    ['a display in a list', '1. so\n   $$\n   a\n   $$', ['\na\n']],
    ['quotes', '> $a$ and\n> $b$', ['a', 'b']],
    ['a display in a quote', '> $$\n> a\n> = b\n> $$', ['\na\n= b\n']],
    ['tables', '| a | $x$ |\n|---|---|\n| $$y$$ $$z$$ | t |', ['x', 'y', 'z']],
    ['headings', '# On $x$\n\nSet $y$\n===', ['x', 'y']],
    ['details', '<details>\n<summary>Why $a$</summary>\n$b$\n\n$$c$$\n</details>', ['a', 'b', 'c']],
    ['callouts', '::: {.callout-note}\nLet $x$ be\n:::', ['x']],
    ['links and emphasis', '[see $x$](http://a_b) and **the $y$**', ['x', 'y']],
    ['html', '<p align="center">\n$x$\n</p>', ['x']],
  ])('in %s', (_, text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['prices', 'It costs $5 and $6, or $20,000 in 2020.'],
    ['prices with units', '$5 million and $10 million, about $3-$4'],
    ['prices at a sentence end', 'from $5 to 10$ each'],
    ['shell variables', 'set $HOME and $PATH first'],
    ['a single dollar', 'that is 5$'],
    ['escaped dollars', 'from \\$5 to \\$6'],
    ['code spans', 'write `$x$` or ``a ` $y$``'],
    ['fences', '```python\n$x$\n```\n\n~~~\n$$y$$\n~~~'],
    ['indented code', 'so\n\n    $x$\n'],
    ['comments', '<!-- $x$ -->\n\na <!-- $$y$$ --> b\n\n<!--\n\n$z$\n\n-->'],
    ['scripts and preformatted text', '<pre>\n$x$\n</pre>\n\n<script>\nvar a = "$b$";\n</script>'],
    ['escaped brackets', 'see \\[1\\] and \\(a remark\\)'],
    ['highlighted code of Jekyll', '{% highlight r %}\n$x$\n\n$y$\n{% endhighlight %}'],
    ['double backticks outside of Julia', 'use ``W.shape`` and ``x``'],
    ['front matter', '---\ntitle: $x$\n---\n'],
  ])('none in %s', (_, text) => {
    expect(formulas(text)).toEqual([]);
  });

  it('prices beside formulas', () => {
    expect(formulas('It costs $5 for $x$ and $6 for $y_1$.')).toEqual(['x', 'y_1']);
  });
});

describe('what never closes', () => {
  it.each<[string, string, string[]]>([
    ['double dollars end at the paragraph', '$$ a = b\n\nText with $x$ here.\n\n$$c$$', [' a = b', 'x', 'c']],
    ['and do not swallow prose', 'An open $$ and the text goes on with $x$.\n\nThen $y$.', ['x', 'y']],
    ['nor a heading', '$$\na = b\n\n# Title\n\n$$\nc\n$$', ['\na = b', '\nc\n']],
    ['a lone dollar', 'a $ b\n\nand $c$', ['c']],
    ['a bracket', '\\[ a = b\n\nand $c$', ['c']],
    ['an environment', '\\begin{align} a &= b\n\nand $c$', ['c']],
    ['a code span', 'a ` b $c$', ['c']],
    ['a brace', '$\\frac{a$ and $b$', ['\\frac{a', 'b']],
    ['a table cell', '| a | b |\n|---|---|\n| $$ | $x$ |\n\nText\n\n$$\ny\n$$', ['x', '\ny\n']],
  ])('%s', (_, text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });
});

describe('rows that look like blocks', () => {
  it.each<[string, string]>([
    ['lists', '\na\n- b\n+ c\n* d\n1. e\n'],
    ['headings and rules', '\na\n=\nb\n---\n# c\n'],
    ['quotes', '\na\n> b\n'],
    ['code', '\na\n\n        b\n'],
    ['html', '\na\n<b\n<div>\n'],
    ['a table', '\n a | b\n---|---\n c | d\n'],
  ])('%s stay in the formula', (_, body) => {
    expect(formulas(`Text:\n$$${body}$$\nmore $x$`)).toEqual([body, 'x']);
    expect(formulas(`$$${body}$$`)).toEqual([body]);
    expect(formulas(`\\begin{align}${body}\\end{align}`)).toEqual([`\\begin{align}${body}\\end{align}`]);
  });
});

describe('display', () => {
  it.each<[string, boolean]>([
    ['$x$', false],
    ['$$x$$', true],
    ['a is $$x$$ here', false],
    ['namely: $$x$$', true],
    ['text\n$$x$$\ntext', true],
    ['a \\(x\\)', false],
    ['\\[x = 1\\]', true],
    ['\\begin{align}x\\end{align}', true],
    ['```math\nx\n```', true],
    ['$`x`$', false],
  ])('%j: %s', (text, display) => {
    expect(read(text).formulas.map((f) => f.display)).toEqual([display]);
  });
});

describe('spans', () => {
  it.each<[string, string, string, string]>([
    ['dollars', 'a $x^2$ b', '$x^2$', 'x^2'],
    ['double dollars', 'a\n\n$$ x $$', '$$ x $$', ' x '],
    ['doubled brackets', 'a \\\\(x\\\\) b', '\\\\(x\\\\)', 'x'],
    ['an environment', 'a\n\\begin{align}x\\end{align}', '\\begin{align}x\\end{align}', '\\begin{align}x\\end{align}'],
    ['a fence', 'a\n\n```math\nx\n```\n', '```math\nx\n```', 'x'],
    ['a fence at the end', '```math\nx', '```math\nx', 'x'],
    ['with non-BMP characters before', '𝔸😀 $𝐱 + y$', '$𝐱 + y$', '𝐱 + y'],
    ['with CRLF', 'a\r\n\r\n$$\r\nx\r\n$$\r\n', '$$\r\nx\r\n$$', '\r\nx\r\n'],
    ['with tabs', '-\tso\t$x$', '$x$', 'x'],
    ['with a byte order mark', '\uFEFF$x$', '$x$', 'x'],
    ['with zero-width characters', 'a\u200B$x\u200B_1$', '$x\u200B_1$', 'x\u200B_1'],
    ['behind front matter', '---\na: 1\n---\n$x$', '$x$', 'x'],
    ['with CR alone', 'a\r\r$x$\r', '$x$', 'x'],
  ])('%s', (_, text, span, content) => {
    const [formula] = read(text).formulas;
    expect(text.slice(formula?.span.start, formula?.span.end)).toBe(span);
    expect(text.slice(formula?.content.start, formula?.content.end)).toBe(content);
  });
});

describe('escapes', () => {
  it.each<[string, string, string, string, string]>([
    ['\\_ before a brace', '$\\delta^l\\_{j} x$', '\\delta^l_{j} x', '_{j}', '\\_{j}'],
    ['\\_ before a letter', '$h\\_i + x$', 'h_i + x', '+ x', '+ x'],
    ['\\_ within text stays', '$\\text{a\\_b} + c\\_{d}$', '\\text{a\\_b} + c_{d}', 'c_{d}', 'c\\_{d}'],
    ['\\_ within a name stays', '$n\\_in$', 'n\\_in', 'in', 'in'],
    ['\\*', '$w^\\*$', 'w^*', '*', '\\*'],
    ['entities', '$a &amp; b &lt; c$', 'a & b < c', '& b <', '&amp; b &lt;'],
    ['four backslashes', '$$a \\\\\\\\ b$$', 'a \\\\ b', '\\\\', '\\\\\\\\'],
    ['four backslashes beside plain ones', '$$a \\\\\\\\ b \\\\ c$$', 'a \\\\\\\\ b \\\\ c', 'b', 'b'],
    ['doubled brackets', '\\\\(\\\\{a\\\\_b\\\\}\\\\)', '\\{a_b\\}', 'a_b', 'a\\\\_b'],
    ['rows in doubled brackets', '\\\\[a \\\\\\\\ b\\\\]', 'a \\\\ b', '\\\\ b', '\\\\\\\\ b'],
    ['commands in doubled brackets', '\\\\(\\\\alpha \\\\beta\\\\)', '\\alpha \\beta', '\\beta', '\\\\beta'],
    ['single commands in doubled brackets', '\\\\(\\alpha\\\\)', '\\alpha', '\\alpha', '\\alpha'],
    ['a bar in a table', '|a|\n|-|\n|$p(a \\| b)$|', 'p(a | b)', '| b', '\\| b'],
    ['a norm outside a table', '$\\|x\\|$', '\\|x\\|', 'x', 'x'],
    ['quote marks', '> $$\n> a\n>   b\n> $$', '\na\nb\n', 'a\nb', 'a\n>   b'],
    ['nested quote marks', '> > $$\n> > a > b\n> > $$', '\na > b\n', 'a > b', 'a > b'],
    ['indentation', '- x\n\n  $$\n  a\n  b\n  $$', '\na\nb\n', 'a\nb', 'a\n  b'],
    ['a quoted fence', '> ```math\n> a\n> b\n> ```', 'a\nb', 'a\nb', 'a\n> b'],
  ])('%s', (_, text, tex, piece, source) => {
    const document = read(text);
    expect(texOf(document)).toEqual([tex]);
    expect(written(document, document.formulas[0], piece)).toBe(source);
  });
});
