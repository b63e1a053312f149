// Notation as data: which commands are letters, functions, signs, relations, decorations. No logic.
import type { ProductSign, Relation } from '../../expr.js';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export const greek = words(
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega digamma ell hbar imath jmath infty Re Im aleph wp Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Rho Tau Chi mho eth emptyset varnothing square blacksquare star dagger',
);

/** Fonts that make another symbol of a letter, with their canonical command. */
export const fonts: Readonly<Record<string, string>> = {
  mathbf: 'mathbf',
  boldsymbol: 'mathbf',
  bm: 'mathbf',
  pmb: 'mathbf',
  bf: 'mathbf',
  symbf: 'mathbf',
  mathbfit: 'mathbf',
  bfseries: 'mathbf',
  textbf: 'mathbf',
  bs: 'mathbf',
  mathcal: 'mathcal',
  cal: 'mathcal',
  mathscr: 'mathcal',
  mathfrak: 'mathfrak',
  mathbb: 'mathbb',
  Bbb: 'mathbb',
  mathds: 'mathbb',
  mathsf: 'mathsf',
  sf: 'mathsf',
  mathtt: 'mathtt',
  tt: 'mathtt',
};

/** Fonts that change nothing. */
export const plainFonts = words(
  'mathit it mathnormal mit displaystyle textstyle scriptstyle scriptscriptstyle mathord mathop mathbin mathrel mathopen mathclose mathinner mathpunct ensuremath',
);

/** Fonts that make a word. */
export const wordFonts = words(
  'mathrm rm operatorname operatornamewithlimits textrm textnormal textup textsf texttt textit text mbox hbox symup mathup',
);

export const decorations = words(
  'hat widehat tilde widetilde bar overline vec overrightarrow underline check breve acute grave mathring underbar overleftarrow overleftrightarrow underaccent wideparen',
);

/** Wrappers whose last argument is all that counts. */
const _relationWrappers = words('stackrel overset underset xlongequal');

/** Names of functions in words, with the canonical name; spelled alike as a command, in \operatorname, \mathrm, \text or bare before a bracket. */
export const functions: Readonly<Record<string, string>> = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  Tanh: 'tanh',
  arctan: 'arctan',
  atan: 'arctan',
  exp: 'exp',
  Exp: 'exp',
  log: 'log',
  ln: 'log',
  Log: 'log',
  lg: 'log',
  sqrt: 'sqrt',
  abs: 'abs',
  sign: 'sign',
  sgn: 'sign',
  relu: 'relu',
  ReLU: 'relu',
  Relu: 'relu',
  RELU: 'relu',
  relU: 'relu',
  LeakyReLU: 'leaky-relu',
  leakyrelu: 'leaky-relu',
  sigmoid: 'sigmoid',
  Sigmoid: 'sigmoid',
  logistic: 'sigmoid',
  sigm: 'sigmoid',
  expit: 'sigmoid',
  softplus: 'softplus',
  Softplus: 'softplus',
  gelu: 'gelu',
  GELU: 'gelu',
  GeLU: 'gelu',
  silu: 'silu',
  SiLU: 'silu',
  swish: 'silu',
  elu: 'elu',
  ELU: 'elu',
  erf: 'erf',
  step: 'heaviside',
  heaviside: 'heaviside',
  softmax: 'softmax',
  Softmax: 'softmax',
  SoftMax: 'softmax',
  softMax: 'softmax',
  logsoftmax: 'log-softmax',
  LogSoftmax: 'log-softmax',
  logsumexp: 'logsumexp',
  LogSumExp: 'logsumexp',
  lse: 'logsumexp',
  tr: 'trace',
  Tr: 'trace',
  trace: 'trace',
  Trace: 'trace',
  TR: 'trace',
  det: 'det',
  Det: 'det',
  logdet: 'logdet',
  diag: 'diag',
  Diag: 'diag',
  diagonal: 'diag',
  vec: 'vec',
  Vec: 'vec',
  vech: 'vech',
  vect: 'vec',
  rank: 'rank',
  rk: 'rank',
  dim: 'dim',
  ker: 'kernel',
  span: 'span',
  Pr: 'probability',
  max: 'max',
  min: 'min',
  sup: 'sup',
  inf: 'inf',
  argmax: 'argmax',
  argmin: 'argmin',
  gcd: 'gcd',
  lim: 'limit',
  limsup: 'limit',
  liminf: 'limit',
  Var: 'variance',
  var: 'variance',
  Cov: 'covariance',
  cov: 'covariance',
  mean: 'mean',
  sum: 'sum',
  std: 'std',
  concat: 'concat',
  Concat: 'concat',
  blkdiag: 'blkdiag',
  blockdiag: 'blkdiag',
  sym: 'sym',
  relativeentropy: 'kl',
  KL: 'kl',
  Re: 'real',
  Im: 'imaginary',
  deg: 'degree',
  hom: 'hom',
  arg: 'arg',
  norm: 'norm',
  Dropout: 'dropout',
  dropout: 'dropout',
  Attention: 'attention',
  Attn: 'attention',
  MultiHead: 'multihead',
  LayerNorm: 'layernorm',
  LN: 'layernorm',
  BatchNorm: 'batchnorm',
  BN: 'batchnorm',
  CE: 'crossentropy',
  MSE: 'mse',
  BCE: 'bce',
  CrossEntropy: 'crossentropy',
  FFN: 'ffn',
  MLP: 'mlp',
};

/** Function words that are read as functions when they are bare letters before a bracket or with a prime; the shorter ones would be products elsewhere. */
export const bareFunctions = words(
  'sin cos tan sinh cosh tanh arctan exp log ln sqrt abs sign sgn relu ReLU Relu sigmoid softplus softmax Softmax logsoftmax tr Tr trace det diag Diag vec Vec rank max min argmax argmin Var Cov cov mean concat norm dropout Attention Attn LayerNorm CE MSE BCE erf dim',
);

/** Words that are names in bare letters although they are several: never products. */
export const bareWords = words('loss Loss cost Cost error Error net out');

export const binders: Readonly<Record<string, 'sum' | 'product' | 'integral' | 'union'>> = {
  sum: 'sum',
  prod: 'product',
  coprod: 'product',
  int: 'integral',
  iint: 'integral',
  oint: 'integral',
  bigcup: 'union',
  bigcap: 'union',
  bigoplus: 'union',
  bigotimes: 'product',
  bigodot: 'product',
};

/** Functions that bind when they have a subscript with a letter. */
export const bindingFunctions: Readonly<Record<string, 'max' | 'min' | 'argmax' | 'argmin' | 'sup' | 'inf' | 'limit'>> = {
  max: 'max',
  min: 'min',
  argmax: 'argmax',
  argmin: 'argmin',
  sup: 'sup',
  inf: 'inf',
  lim: 'limit',
  limit: 'limit',
  limsup: 'limit',
  liminf: 'limit',
};

export const productSigns: Readonly<Record<string, ProductSign>> = {
  cdot: '\\cdot',
  times: '\\times',
  ast: '\\ast',
  odot: '\\odot',
  circ: '\\circ',
  otimes: '\\otimes',
  oslash: '\\oslash',
  bullet: '\\bullet',
  oplus: '\\oplus',
  circledast: '\\odot',
  star: '\\ast',
  bigodot: '\\odot',
  bigcirc: '\\circ',
  bigotimes: '\\otimes',
  centerdot: '\\cdot',
  boxdot: '\\odot',
  cdotp: '\\cdot',
  dotstar: '.*',
  hadamard: '\\odot',
};

export const relations: Readonly<Record<string, Relation>> = {
  equiv: '\\equiv',
  triangleq: '\\triangleq',
  coloneqq: ':=',
  coloneq: ':=',
  eqqcolon: '=:',
  defeq: ':=',
  vcentcolon: ':',
  doteq: '=',
  approx: '\\approx',
  simeq: '\\approx',
  cong: '\\approx',
  approxeq: '\\approx',
  propto: '\\propto',
  varpropto: '\\propto',
  leftarrow: '\\leftarrow',
  gets: '\\leftarrow',
  longleftarrow: '\\leftarrow',
  Leftarrow: '\\leftarrow',
  le: '\\le',
  leq: '\\le',
  leqslant: '\\le',
  ll: '\\le',
  ge: '\\ge',
  geq: '\\ge',
  geqslant: '\\ge',
  gg: '\\ge',
  lt: '<',
  gt: '>',
  ne: '\\ne',
  neq: '\\ne',
  in: '\\in',
  ni: '\\ni',
  notin: '\\ne',
  to: '\\to',
  rightarrow: '\\to',
  longrightarrow: '\\to',
  xrightarrow: '\\to',
  mapsto: '\\mapsto',
  longmapsto: '\\mapsto',
  colon: ':',
  sim: '\\sim',
  thicksim: '\\sim',
  subset: '\\subset',
  subseteq: '\\subset',
  supset: '\\subset',
  preceq: '\\le',
  succeq: '\\ge',
  succ: '>',
  prec: '<',
  hookrightarrow: '\\to',
  leadsto: '\\to',
  rightsquigarrow: '\\to',
  perp: '\\ne',
  parallel: '\\ne',
  eq: '=',
};

/** Commands that part statements. */
export const separators = words(
  'quad qquad Rightarrow implies Longrightarrow iff Leftrightarrow Longleftrightarrow leftrightarrow therefore because forall exists land lor wedge vee impliedby downarrow uparrow Downarrow Uparrow qed blacksquare',
);

/** Words of a \text{…} that can stand for a symbol; anything with one of these is prose. */
const _proseWords = words(
  'if where and for with otherwise or so then else since let given when as is are the a an of in on at to by that which we hence thus by all each any every from such because using chain rule where, and, for, s.t. st if, const constant terms gives implies not other e.g. i.e. but has have note elsewhere therefore iff',
);

export const ellipses = words('dots ldots cdots vdots ddots dotsc dotsb dotsm dotsi dotso iddots hdots hdotsfor textellipsis');

export const transposeWords = words('T top intercal transpose Tr tr trans TT mathsf{T} ⊤ tran');

export const matrixEnvironments: Readonly<Record<string, '(' | '[' | '|' | '\\|' | '.' | '\\{'>> = {
  pmatrix: '(',
  bmatrix: '[',
  Bmatrix: '\\{',
  vmatrix: '|',
  Vmatrix: '\\|',
  matrix: '.',
  smallmatrix: '.',
  array: '.',
  psmallmatrix: '(',
  bsmallmatrix: '[',
  'pmatrix*': '(',
  'bmatrix*': '[',
  'matrix*': '.',
  pNiceMatrix: '(',
  bNiceMatrix: '[',
  tabular: '.',
};

/** Environments whose rows are statements; the number of cells that make one equation. */
export const rowEnvironments: Readonly<Record<string, number>> = {
  align: 2,
  aligned: 2,
  alignat: 2,
  alignedat: 2,
  flalign: 2,
  split: 2,
  gather: 1,
  gathered: 1,
  multline: 1,
  multlined: 1,
  eqnarray: 3,
  equation: 1,
  displaymath: 1,
  math: 1,
  dmath: 1,
  subequations: 1,
  IEEEeqnarray: 3,
  eqarray: 3,
  empheq: 1,
  dcases: 1,
};
