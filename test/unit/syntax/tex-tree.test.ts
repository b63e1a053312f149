// What each construct of TeX becomes in the tree.
import { describe, expect, test } from 'vitest';
import { show, spans } from './show-tex.js';

const tex = String.raw;

/** A table of formula and tree. */
const trees = (name: string, cases: readonly (readonly [string, string])[]): void => {
  describe(name, () => {
    test.each(cases)('%s', (formula, tree) => {
      expect(show(formula)).toBe(tree);
    });
  });
};

trees('arguments', [
  [tex`\frac12 \frac1{n} \frac ab`, tex`\frac[1][2] \frac[1][n] \frac[a][b]`],
  [tex`\frac\partial{\partial x}`, tex`\frac[\partial][\partial x]`],
  [tex`\sqrt[3]{x} \sqrt x \sqrt(x+1)`, tex`\sqrt(3)[x] \sqrt[x] \sqrt[( x + 1 )]`],
  [tex`\hat\mathbf{y} \mathbf x e^\frac12`, tex`\hat[\mathbf[y]] \mathbf[x] e^(\frac[1][2])`],
  [tex`\operatorname*{arg\,min}_x \operatorname{diag}`, tex`\operatorname*[a r g m i n]_(x) \operatorname[d i a g]`],
  [tex`\xrightarrow[a]{b} \stackrel{a}{=} \binom nk`, tex`\xrightarrow(a)[b] \stackrel[a][=] \binom[n][k]`],
  [tex`\underbrace{Wx}_{3\times 2}`, tex`\underbrace[W x]_(3 \times 2)`],
  [tex`\unknown{a}`, tex`\unknown {a}`],
  [tex`\frac{a}`, tex`\frac[a][]`],
]);

trees('groups', [
  [tex`{a \over b}^2 {n \choose k}`, tex`\over[a][b]^(2) \choose[n][k]`],
  [tex`a \over b \over c`, tex`\over[a][b c]`],
  [tex`{\bf x}^T {\rm diag}(\bf y)`, tex`{\mathbf[x]}^(T) {\mathrm[d i a g]} ( \mathbf[y )]`],
  [tex`\boxed{x}^2 \color{red}{x} \color{red} y \textcolor{red}{z}`, '{x}^(2) {x} y {z}'],
  [tex`\bbox[5px]{q} \resizebox{1}{!}{k} \colorbox{yellow}{$a$}`, '{q} {k} {a}'],
  [tex`a \, b \hspace{2em} c \hskip -3em d \phantom{xx} \label{eq:1} \tag*{1} ~ e`, 'a b c d e'],
  [tex`a \quad b`, tex`a \quad b`],
  ['a % comment }\n b', 'a b'],
]);

trees('scripts', [
  ['x^{a}_{b} x_b^a', 'x_(b)^(a) x_(b)^(a)'],
  [tex`x_b'^a f^{'}(z) f^{\prime\prime T}`, "x'_(b)^(a) f' ( z ) f''^(T)"],
  ['x^a^b', 'x^(a)^(b)'],
  ['^a {}_a', '^(a) {}_(a)'],
  ['(a+b)^T', '( a + b )^(T)'],
  [tex`\sum\limits_{i=1}^n`, tex`\sum_(i = 1)^(n)`],
  [tex`\nabla_{\!W}`, tex`\nabla_(W)`],
  [tex`h\_{t} h\_t \mathrm{max\_len}`, tex`h_(t) h_(t) \mathrm[m a x _ l e n]`],
]);

trees('delimiters', [
  [tex`\left( a \right]^T \left. x \right|_{x=0}`, '<( a ]>^(T) <. x |>_(x = 0)'],
  [tex`\left\{ a \middle| b \right\} \left\lVert x \right\rVert \left<a\right>`, tex`<\{ a | b \}> <\| x \|> <\langle a \rangle>`],
  [tex`\left( a + b`, '( a + b'],
  [tex`a \right) b`, 'a ) b'],
  [tex`\bigl( a \bigr) \Big|_{x}`, '( a ) |_(x)'],
  [tex`\vert \Vert \| \lVert \lbrace`, tex`| \| \| \lVert \{`],
]);

trees('environments', [
  [tex`\begin{align*} a &= b \\[2ex] &= c \\ \end{align*}`, 'align(a & = b ;  & = c)'],
  [tex`\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}`, 'array[c | c](1 & 2 ; 3 & 4)'],
  [tex`\begin{aligned}[t] a \end{aligned}`, 'aligned(a)'],
  [tex`\begin{cases} a & \text{if } x \\ b \end{cases}`, 'cases(a & "if " x ; b)'],
  [tex`\sum_{\substack{i \\ j}} \pmatrix{1 & 2 \cr 3 & 4}`, tex`\sum_(substack(i ; j)) pmatrix(1 & 2 ; 3 & 4)`],
  [tex`\left[\begin{matrix} a & b \\ c`, '[ matrix(a & b ; c)'],
  [tex`\begin{bmatrix} a & \left( b & c \\ \frac{a}{b & d \end{bmatrix} z`, tex`bmatrix(a & ( b & c ; \frac[a][b] & d) z`],
  [tex`\begin{bmatrix} a \end{pmatrix} b \end{align}`, 'bmatrix(a) b'],
  [tex`a & b \\ c`, tex`a & b \\ c`],
  [tex`\begin{matrix} a \\ [b] \end{matrix}`, 'matrix(a ; [ b ])'],
]);

trees('words', [
  [tex`W_\text{hh} \mbox{a\_b} \text{$x$}`, 'W_("hh") "a_b" {x}'],
  [tex`\text{where $x > 0$ holds}`, '""where " {x > 0} " holds""'],
  [tex`a \not= b \not\in c \Tilde x`, tex`a \ne b \notin c \tilde[x]`],
]);

trees('Unicode', [
  ['∂L/∂W × − ½', tex`\partial L / \partial W \times - \frac[1][2]`],
  ['xᵀ W⁻¹ x₁² f′', "x^(T) W^(- 1) x_(1)^(2) f'"],
  ['ℝ 𝐱 𝛉 （a） ŷ x̂ √x ‖x‖', tex`\mathbb[R] \mathbf[x] \mathbf[\theta] ( a ) \hat[y] \hat[x] \sqrt[x] \| x \|`],
  ['a\u200bb', 'a b'],
]);

describe('spans', () => {
  test('are those of the text', () => {
    expect(spans(tex`\frac{a}{b}^T`)).toEqual([tex`scripts \frac{a}{b}^T`, tex`command \frac{a}{b}`, 'char a', 'char b', 'char T']);
    expect(spans('𝐱²')).toEqual(['scripts 𝐱²', 'command 𝐱', 'char 𝐱', 'char ²']);
  });
});
