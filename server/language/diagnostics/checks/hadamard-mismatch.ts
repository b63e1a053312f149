// Operands of an entry-by-entry product or quotient whose shapes differ.
import { conflictCheck } from '../check.js';

export const hadamardMismatch = conflictCheck('hadamard-mismatch');
