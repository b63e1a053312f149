// An addend whose shape differs from the others' and cannot be broadcast.
import { conflictCheck } from '../check.js';

export const sumMismatch = conflictCheck('sum-mismatch');
