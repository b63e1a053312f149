// Named functions: what each demands of its argument and the shape of its result, as a table.
import { costs, type Inference, type Rule } from '../candidate.js';
import { add, type Dim, dimNumber, multiply } from '../dimension.js';
import { isSquare, lengthOf } from '../match.js';
import { cols, column, isProperMatrix, isScalar, isTensor, matrix, rows, type Shape, scalar } from '../shape.js';

export interface Applied {
  readonly shape: Shape | undefined;
  readonly cost: number;
  readonly rule: Rule;
  /** The argument does not fit the function. */
  readonly bad?: boolean;
  readonly what?: string;
}

type FunctionRule = (args: readonly (Shape | undefined)[], cx: Inference) => readonly Applied[];

const one = (shape: Shape | undefined, rule: Rule = 'apply', cost = 0): readonly Applied[] => [{ shape, cost, rule }];

const elementwise: FunctionRule = ([a]) => one(a, 'elementwise');
const toScalar: FunctionRule = () => one(scalar);
const unknown: FunctionRule = () => one(undefined);
const like: FunctionRule = ([a]) => one(a);

const ofSquare: FunctionRule = ([a]) => {
  if (!a) return one(scalar);
  const bad = a.dims.length === 2 && !isSquare(a);
  return [{ shape: scalar, cost: bad ? costs.conflict : 0, rule: 'apply', bad }];
};

/** The norm of an array; as a layer of a network, the array with its entries normalised. */
const norm: FunctionRule = ([a]) => [...one(scalar), ...(a && !isScalar(a) ? one(a, 'apply', costs.option) : [])];

const diag: FunctionRule = (args) => {
  const [a] = args;
  if (args.length > 1)
    return args.every((s) => s && isScalar(s)) ? one(matrix(dimNumber(args.length), dimNumber(args.length))) : one(undefined);
  if (!a) return one(undefined);
  const n = lengthOf(a);
  if (n) return [{ shape: matrix(n, n), cost: 0, rule: 'apply', what: 'diagonal-matrix' }];
  if (isProperMatrix(a) && isSquare(a))
    return [
      { shape: column(rows(a)), cost: 0, rule: 'apply', what: 'diagonal' },
      { shape: a, cost: costs.keptDiagonal, rule: 'apply', what: 'keep' },
    ];
  // Of a matrix that is not square there is no diagonal that anybody means.
  if (isProperMatrix(a)) return [{ shape: undefined, cost: costs.conflict, rule: 'apply', bad: true }];
  return one(undefined);
};

const vec: FunctionRule = ([a]) => one(a && !isTensor(a) ? column(multiply(rows(a), cols(a))) : undefined);

/** max(0, z): entry by entry; of one array alone, its largest entry. */
const extremum: FunctionRule = (args) => {
  if (args.length === 1) return one(args[0] ? scalar : undefined);
  const array = args.find((s) => s && !isScalar(s));
  return one(array ?? (args.every((s) => s) ? scalar : undefined), 'elementwise');
};

const concat: FunctionRule = (args) => {
  const sizes = args.map((s) => (s ? lengthOf(s) : undefined));
  if (sizes.some((n) => !n)) return one(undefined);
  return one(column((sizes as Dim[]).reduce(add)));
};

const elementwiseNames =
  'sin cos tan sinh cosh tanh arctan exp log sqrt abs sign relu leaky-relu sigmoid softplus gelu silu elu erf heaviside';

export const functionRules: Readonly<Record<string, FunctionRule>> = {
  ...Object.fromEntries(elementwiseNames.split(' ').map((n) => [n, elementwise])),
  softmax: like,
  'log-softmax': like,
  logsumexp: toScalar,
  trace: ofSquare,
  det: ofSquare,
  logdet: ofSquare,
  diag,
  vec,
  rank: toScalar,
  dim: toScalar,
  norm,
  max: extremum,
  min: extremum,
  sup: toScalar,
  inf: toScalar,
  mse: toScalar,
  bce: toScalar,
  crossentropy: toScalar,
  kl: toScalar,
  probability: toScalar,
  degree: toScalar,
  layernorm: like,
  batchnorm: like,
  dropout: like,
  sym: like,
  real: like,
  imaginary: like,
  concat,
  std: unknown,
  mean: unknown,
  variance: unknown,
  covariance: unknown,
  sum: unknown,
};

export const isElementwise = (fn: string): boolean => functionRules[fn] === elementwise;
