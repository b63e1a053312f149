// The numeric layer's door: values of terms, exact derivatives, verdicts. Knows terms and numbers, never shapes or text.

export { arrayOf, column, DomainError, fromRows, type NdArray, scalar, toRows } from './array.js';
export type { Difference } from './compare.js';

export { contextAt, evaluate } from './evaluate.js';
export { dependsOn, reach as reachOf } from './frame.js';
export { type Descent, descend, type GradientCheck, gradientCheck, lossTerm } from './gradient-check.js';
export {
  type Activation,
  backward,
  forward,
  type Loss,
  type NetworkSpec,
  networkOf,
} from './network.js';
export { type Problem, problemOf, type Variable } from './problem.js';
export { isConstantOver } from './steady.js';
export { children, contains, freeLetters, isDerivative, symbolsOf, targetsOf } from './terms.js';
export { type Judgement, type JudgeOptions, judge } from './verdict.js';
