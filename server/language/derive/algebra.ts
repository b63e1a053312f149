// Makes nodes in normal form: the door of what stands in algebra/, to be read as one name (`A.mul`).
export { binder, holdsLetter } from './algebra/binder.js';
export { apply, determinant, identity, make, norm, ones, opaque, softmax, symbol, unit, zero } from './algebra/leaves.js';
export { split } from './algebra/multiple.js';
export { diag, inverse, mul, transpose } from './algebra/products.js';
export { add, entrywise, had, minus, number, scale } from './algebra/sums.js';
export { diagonal, dot, total, trace } from './algebra/traces.js';
