// More of what prose declares: lists and tables, bare names, layouts, habits, functions, assumptions, networks; and the place each fact rests on.
import { describe, expect, test } from 'vitest';
import { newProseCache, readProse } from '../../../server/language/context/prose/index.js';
import { proseFacts, told } from './facts-as-text.js';
import { simpleDocument, simpleReader } from './simple-document.js';

type Rows = readonly (readonly [string, ...string[]])[];

const each = (rows: Rows): void => {
  test.each(rows.map(([text, ...facts]) => ({ text, facts })))('$text', ({ text, facts }) => {
    expect(told(text).sort()).toEqual([...facts].sort());
  });
};

describe('shapes', () => {
  each([
    ['W is a 3 × 2 matrix.', 'W: 3×2'],
    ['We need a column vector x of length n.', 'x: n×1'],
    ['where A is n by n and b has m entries', 'A: n×n', 'b: m'],
    ['two vectors a, z of dimensions m and n respectively', 'a: m', 'z: n'],
    ['We have two vectors $a,z$ which have dimensions $m,n$ respectively.', 'a: m', 'z: n'],
    ["Let's say we have a scalar loss $L$.", 'L: scalar'],
    ['The loss $L$ is a scalar.', 'L: scalar'],
    ['The scalar loss function $L(\\theta)$ is minimised.', 'L:  → scalar'],
    ['The n-dimensional vector x is long.', 'x: n'],
    ['$q$, an $n$-vector, is given.', 'q: n'],
    ['Here $C$ (size $m \\times n$) holds the data.', 'C: m×n'],
    ['Denote by $Z$ the $N \\times K$ matrix of logits.', 'Z: N×K'],
    ['We denote by $Z$ the matrix of size $N \\times K$.', 'Z: N×K'],
    ['Let $s$ be a scalar and $r$ a real number.', 's: scalar', 'r: scalar'],
    ['- $V$ - weights, $h \\times d$', 'V: h×d'],
    ['The curve - with $m \\times n$ points - is drawn.'],
    ['Let $x$ be an $n$-dimensional vector and $A$ an $m \\times n$ matrix.', 'x: n', 'A: m×n'],
    ['Let $x$ be a 3-vector.', 'x: 3'],
    ['The weights $W^{(2)}$ of the hidden layer are a $3 \\times 2$ matrix.', 'W^{(2)}: 3×2'],
    ['Here, $X$ is our data matrix with $m$ rows and $n$ columns.', 'X: m×n'],
    ['$W_1$ and $W_2$ have shapes $(3, 2)$ and $(2, 3)$, respectively.', 'W_1: 3×2', 'W_2: 2×3'],
    ['$A$, $B$ and $C$ are $m \\times n$, $n \\times p$ and $p \\times q$ matrices.', 'A: m×n', 'B: n×p', 'C: p×q'],
    ['each of $A$ and $B$ is an $n\\times n$ matrix', 'A: n×n', 'B: n×n'],
    ['$b$ and $c$ have the same shape as $y$.', 'b as y', 'c as y'],
    ['The vectors $x$ and $y$ are of the same length.', 'y as x'],
    ['A is a square matrix of order n.', 'A: n×n'],
    ['The row vector $y$ has $n$ entries.', 'y: 1×n'],
    ['W ∈ R^{3×2} and b ∈ ℝ^3', 'W: 3×2', 'b: 3'],
    ['$W$ lives in $\\mathbb{R}^{3\\times 2}$.', 'W: 3×2'],
    ['W is 3x2.', 'W: 3×2'],
    ['`W1` is of shape `(3, 2)` and `b1` is of shape `(3,)`.', 'W_1: 3×2', 'b_1: 3'],
    ['The learning rate $\\eta$ is small.', '\\eta: scalar'],
  ]);

  test('the words that contradict the size declare nothing', () => {
    expect(told('$x$ is a $3 \\times 2$ vector.')).toEqual([]);
    expect(told('$x$ is an $1 \\times n$ column vector.')).toEqual([]);
    expect(told('$A$ is a matrix of size $n$.')).toEqual([]);
  });
});

describe('clauses about a symbol that was named', () => {
  each([
    ['The target $y_t \\in \\{0,1\\}^{r}$, which is one-hot, is compared with it.', 'y_t is one-hot'],
    ['We take a matrix $S$, which is symmetric, and $x$.', 'S is symmetric'],
    ['Let $S$ be an $n \\times n$ matrix, which is diagonal.', 'S: n×n', 'S is diagonal'],
    ['Take $A$ and $B$, which are symmetric.', 'A is symmetric', 'B is symmetric'],
    ['Take $A$ and $B$, which is symmetric.', 'B is symmetric'],
    ['Here $P$, a symmetric matrix, holds the covariances.', 'P is symmetric'],
    ['The matrix $S$, which is not symmetric, is used.'],
    ['The covariance of $x$, which is diagonal, is large.'],
    ['The covariance of $x$, a symmetric matrix, is large.'],
    ['The covariance of $x$, an $n \\times n$ matrix, is large.'],
    ['The gradient with respect to $W$, which is symmetric, is used.'],
  ]);
});

describe('subjects in several phrases', () => {
  each([
    [
      'The prior covariance $P \\in \\mathbb{R}^{n \\times n}$ and the noise $R \\in \\mathbb{R}^{m \\times m}$ are symmetric and positive definite.',
      'P is symmetric, positive-definite',
      'R is symmetric, positive-definite',
    ],
    [
      'The prior covariance $P \\in \\mathbb{R}^{n \\times n}$ and the covariance of the noise\n$R \\in \\mathbb{R}^{m \\times m}$ are symmetric.',
      'P is symmetric',
      'R is symmetric',
    ],
    [
      'The matrices $S \\in \\mathbb{R}^{n \\times n}$ and $W \\in \\mathbb{R}^{m \\times m}$ are symmetric.',
      'S is symmetric',
      'W is symmetric',
    ],
    ['Let $x \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{n \\times n}$ be symmetric.', 'A is symmetric'],
    ['The matrix $A$ and the vector $b$ have shapes $(m, n)$ and $(m,)$, respectively.', 'A: m×n', 'b: m'],
    ['The product of $A$ and the matrix $B$ are symmetric.'],
    ['The vectors $x$ and $y$ are orthogonal.'],
    ['$U$ is orthogonal to $V$.'],
  ]);
});

describe('gaps', () => {
  each([
    [
      'Let $X$ be an $m \\times n$ matrix of full column rank, $y$ a vector of length $m$ and $\\beta$ a vector of\nlength $n$.',
      'X: m×n',
      'y: m',
      '\\beta: n',
    ],
    ['The encoder $V$ is a $k \\times n$ matrix and the decoder $U$ is an $n \\times k$ matrix.', 'V: k×n', 'U: n×k'],
    ['The encoder $V$ is a $k \\times n$ matrix and the decoder $U$ an $n \\times k$ one.', 'V: k×n', 'U: n×k'],
    ['$H$ is $m \\times n$, the\ngain $K$ is $n \\times m$.', 'H: m×n', 'K: n×m'],
    ['$A$ is $m \\times n$, $B$ $n \\times p$ and $C$ $p \\times q$.', 'A: m×n', 'B: n×p', 'C: p×q'],
    ['The state $x$ has $n$ entries, the observation $z$ has $m$.', 'x: n', 'z: m'],
    ['The state $x$ is a vector with $n$ entries,\nthe measurement $z$ is a vector with $m$ entries.', 'x: n', 'z: m'],
    ['$x$ has length $n$ and $y$ has length $m$.', 'x: n', 'y: m'],
    ['Let $U$ be an $m \\times r$ matrix with orthonormal columns and $s$ a vector of length $r$.', 'U: m×r', 's: r'],
    ['The weight matrix $W$ (of size $m \\times n$) and the bias $b$ ($m \\times 1$) are learned.', 'W: m×n', 'b: m×1'],
    ['The sample mean $\\bar{x}$ is a vector with $n$ entries.', '\\bar{x}: n'],
    ['The product of the matrices $A$ and $W$ (of size $m \\times n$) is used.'],
    ['The\nlearning\nrate $\\eta$ is small.', '\\eta: scalar'],
    ['The sequence $x$ has $n$ entries, where $n$ is $m$.', 'x: n'],
    ['$A$ is $m \\times n$ and $A x$ $m \\times 1$.', 'A: m×n'],
    ['The space $V$ is $n$-dimensional, the rank $r$ is a scalar.'],
  ]);
});

describe('a remark behind a formula', () => {
  each([
    ['We get $Z = X W$ (Dimensions: $\\mathbb{R}^{n \\times d}$).', 'Z: n×d'],
    ['We get\n$$Z = X W$$\n(Dimensions: $\\mathbb{R}^{n \\times d}$)', 'Z: n×d'],
    ['$$Z = X W$$\n\n(Dimensions: $\\mathbb{R}^{n \\times d}$)\n\nMore.', 'Z: n×d'],
    ['$$\\frac{\\partial L}{\\partial W} = X^T G$$ (Dimensions: $\\mathbb{R}^{n \\times d}$)'],
    ['$$Z = X W, \\quad Y = Z V$$ (Dimensions: $\\mathbb{R}^{n \\times d}$)'],
    ['$$Z = X W$$\n\nWe see it. (Dimensions: $\\mathbb{R}^{n \\times d}$)'],
  ]);
});

describe('layouts in more words', () => {
  each([
    ['Every gradient below has the shape of its variable.', 'layout denominator or mixed'],
    ['The layout is denominator layout.', 'layout denominator'],
    ['Throughout, the layout is the numerator one.', 'layout numerator'],
    ['The convention is a mixed bag.'],
    ['The convention in the book is numerator layout.'],
    ['The notation is mixed up.'],
  ]);
});

describe('lists and code', () => {
  each([
    ['- x_t: M×1', 'x_t: M×1'],
    ['- $W$: weight matrix, $3 \\times 2$', 'W: 3×2'],
    ['- `W`: (3, 2)', 'W: 3×2'],
    ['- W - weight matrix (3 x 2)', 'W: 3×2'],
    ['It prints `X.shape = (m, n)`.', 'X: m×n'],
    ['`X.shape` is (m, n).', 'X: m×n'],
    ['The shape of $X$ is `(m, n)`.', 'X: m×n'],
  ]);
});

describe('tables', () => {
  test('whose header names symbol and shape', () => {
    const table =
      '| Symbol | Shape | Meaning |\n|---|---|---|\n| $W$ | $3 \\times 2$ | weights |\n| `b` | (3,) | biases |\n| $L$ | scalar | loss |\n| $x$ | $n$-dimensional vector | input |';
    expect(told(table)).toEqual(['W: 3×2', 'b: 3', 'L: scalar', 'x: n']);
  });

  test('a letter under a heading that speaks of shapes is the length of a vector', () => {
    expect(told('| Symbol | Dimension |\n|---|---|\n| $b$ | $h$ |\n| $n$ | 5 |')).toEqual(['b: h']);
    expect(told('| Symbol | Type |\n|---|---|\n| $b$ | $h$ |')).toEqual([]);
  });

  test('without a telling header, where one cell is a shape', () => {
    expect(told('| | |\n|---|---|\n| $W$ | $3 \\times 2$ |\n| $b$ | bias |')).toEqual(['W: 3×2']);
  });

  test('about gradients declare nothing', () => {
    expect(told('| Gradient | Shape |\n|---|---|\n| $g$ | $3 \\times 2$ |')).toEqual([]);
    expect(told('| Symbol | Shape |\n|---|---|\n| $\\frac{\\partial L}{\\partial W}$ | $3 \\times 2$ |')).toEqual([]);
  });
});

describe('layouts', () => {
  each([
    ['We use denominator layout.', 'layout denominator'],
    ["First of all, you're using denominator layout, so sizes swap.", 'layout denominator'],
    ['This document uses numerator layout (Jacobian formulation).', 'layout numerator'],
    ['All derivatives are written in numerator layout.', 'layout numerator'],
    ['Throughout, derivatives are in numerator layout (Jacobian formulation).', 'layout numerator'],
    ['Gradients are derived using the denominator-layout convention.', 'layout denominator'],
    ['Layout: denominator.', 'layout denominator'],
    ['We use numerator layout for Jacobians and denominator layout for gradients.', 'layout mixed'],
    ['Gradients have the shape of their variable.', 'layout denominator or mixed'],
    ['Each gradient has the same shape as its parameter.', 'layout denominator or mixed'],
    ['Gradients are column vectors.', 'layout denominator or mixed'],
    ['Gradients are rows.', 'layout numerator', 'habit row-gradients'],
    ['We adopt the Jacobian formulation.', 'layout numerator'],
    ['We use denominator layout rather than numerator layout.', 'layout denominator'],
  ]);

  test('what is said in passing gives way to what is stated', () => {
    expect(told('Using numerator layout, we get this.')).toEqual(['layout numerator']);
    expect(told('We use denominator layout.\n\nUsing numerator layout, we get that.')).toEqual(['layout denominator']);
    expect(told('Using denominator layout, we get this.\n\nUsing numerator layout, we get that.')).toEqual([]);
  });
});

describe('habits', () => {
  each([
    ['All vectors are columns.', 'habit columns'],
    ['Unless stated otherwise, vectors are column vectors.', 'habit columns'],
    ['Each row of $X$ is a sample.', 'habit rows-are-samples'],
    ['One sample per column.', 'habit columns-are-samples'],
    ['Samples are stored in rows.', 'habit rows-are-samples'],
    ['The columns of $X$ are the samples.', 'habit columns-are-samples'],
  ]);
});

describe('functions and assumptions', () => {
  each([
    ['σ is the logistic function, A is symmetric and y is one-hot.', '\\sigma = sigmoid', 'A is symmetric', 'y is one-hot'],
    ['where $\\sigma$ denotes the sigmoid and $f$ is applied element-wise', '\\sigma = sigmoid', 'f = element-wise'],
    ['We use the logistic function $\\sigma(\\cdot)$, and $g$ is the ReLU activation.', '\\sigma = sigmoid', 'g = relu'],
    ['$\\phi$ is an element-wise activation function.', '\\phi = element-wise'],
    ['an element-wise nonlinearity $f$', 'f = element-wise'],
    ['The softmax is applied row-wise.', 'softmax = softmax by rows'],
    ['Let $\\Sigma$ be a symmetric positive definite matrix.', '\\Sigma is symmetric, positive-definite'],
    ['$Q$ is an orthogonal $n\\times n$ matrix.', 'Q: n×n', 'Q is orthogonal'],
    ['$D$ is diagonal and $A$ is invertible.', 'D is diagonal', 'A is invertible'],
    ['$I$ is the $n\\times n$ identity matrix.', 'I: n×n', 'I is identity'],
    ['$\\mathbf{1}$ is a vector of ones of length $n$.', '\\mathbf{1}: n', '\\mathbf{1} is ones'],
    ['A bar denotes the derivative of $L$ by the variable.', '\\bar is a gradient of L'],
    ['$dW$ denotes $\\partial J/\\partial W$.', 'd is a gradient of J'],
    ['We write $\\bar{W}$ for $\\frac{\\partial L}{\\partial W}$.', '\\bar is a gradient of L'],
    ['Here $\\delta W$ denotes $\\frac{\\partial L}{\\partial W}$.', '\\delta is a gradient of L'],
  ]);
});

describe('networks and sizes', () => {
  each([
    ['My network has 2 input, 3 hidden and 2 output neurons.', 'network 2-3-2'],
    ['We train a 784-30-10 network.', 'network 784-30-10'],
    ['a network with 4 inputs, two hidden layers of 5 and 3 units and 2 outputs', 'network 4-5-3-2'],
    ['An MLP with an input layer of size 784, a hidden layer with 30 units and an output layer of 10 neurons.', 'network 784-30-10'],
    ['The input layer has 2 neurons. The hidden layer has 3 neurons. The output layer has 4 neurons.', 'network 2-3-4'],
    ['- Input layer: 2 neurons\n- Hidden layer: 3 neurons\n- Output layer: 4 neurons', 'network 2-3-4'],
    ['A network with $n$ inputs, $h$ hidden units and $m$ outputs.', 'network n-h-m'],
    ['A feedforward network with layer sizes [2, 3, 2].', 'network 2-3-2'],
    ['a 2-3-2 network with sigmoid activations and mean squared error', 'network 2-3-2 hidden=sigmoid output=sigmoid loss=mse'],
    ['We have 4 input neurons, 5 ReLU hidden units and a 3-dimensional softmax output.', 'network 4-5-3 hidden=relu output=softmax'],
    ['We use mini-batches of size $B$.', 'batch B'],
    ['with $n = 3$ inputs', 'n = 3'],
    ['The batch size B = 32 is used.', 'B = 32'],
  ]);
});

describe('the cache of blocks', () => {
  const text =
    'Here $W$ is a $3 \\times 2$ matrix.\n\nMy network has 2 input, 3 hidden and 2 output neurons.\n\nWe use denominator layout.\n\n- x: 3×1\n- y: 2×1';

  test('what blocks said is known when they are read again, in another order too', () => {
    const cache = newProseCache();
    const document = simpleDocument(text);
    const cold = proseFacts(text);
    expect(readProse(document, simpleReader(document), cache)).toEqual(cold);
    expect(readProse(document, simpleReader(document), cache)).toEqual(cold);
    const fewer = { ...document, blocks: document.blocks.slice(1) };
    expect(readProse(fewer, simpleReader(fewer), cache)).toEqual(cold.slice(1));
  });
});

describe('places', () => {
  const place = (text: string, kind: string): string[] =>
    proseFacts(text)
      .filter((f) => f.kind === kind)
      .map((f) => text.slice(f.span.start, f.span.end));

  test('a fact rests on its clause', () => {
    const text =
      'My **network** has 2 input, 3 hidden and 2 output neurons.\n\nHere $W$ is a $3 \\times 2$ matrix, and we use\ndenominator layout.';
    expect(place(text, 'network')).toEqual(['2 input, 3 hidden and 2 output neurons']);
    expect(place(text, 'shape')).toEqual(['$W$ is a $3 \\times 2$ matrix']);
    expect(place(text, 'layout')).toEqual(['we use\ndenominator layout']);
  });

  test('abbreviations end no sentence', () => {
    expect(told('The weights, i.e. the matrix $W$, have shape $(3, 2)$.')).toEqual([]);
    expect(told('See Fig. 2, where $W$ is a $3 \\times 2$ matrix.')).toEqual(['W: 3×2']);
  });
});
