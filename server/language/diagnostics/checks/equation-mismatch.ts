// A member of an equation that changes the shape.
import { conflictCheck } from '../check.js';

export const equationMismatch = conflictCheck('equation-mismatch');
