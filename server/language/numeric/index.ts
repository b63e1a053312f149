// The numeric layer's door: values of terms, exact derivatives, verdicts. Knows terms and numbers, never shapes or text.

export { type Arrangement, arrange } from './arrange.js';
export { arrayOf, column, DomainError, type DomainReason, fromRows, type NdArray, scalar, toRows } from './array.js';
export { compare, type Difference, difference } from './compare.js';
export { gradients } from './differentiate.js';
export { contextAt, evaluate } from './evaluate.js';
export { type Context, dependsOn, reach } from './frame.js';
export { type Descent, descend, type GradientCheck, type GradientRow, gradientCheck, lossTerm, networkProblem } from './gradient-check.js';
export {
  type Activation,
  type Backward,
  backward,
  type Forward,
  forward,
  type Loss,
  type Network,
  type NetworkSpec,
  networkOf,
} from './network.js';
export { type Point, type Problem, problemOf, sizeValue, type Variable } from './problem.js';
export { children, contains, freeLetters, isDerivative, symbolsOf, type TermOf } from './terms.js';
export { type Judgement, type JudgeOptions, judge, type MemberReason, type MemberVerdict, referenceAmong } from './verdict.js';
