// An argument that does not fit its function: the trace, determinant or inverse of what is not square.
import { conflictCheck } from '../check.js';

export const functionArgument = conflictCheck('function-argument');
