// A left side that says another derivative than the chain gives.
import { conflictCheck } from '../check.js';

export const chainEnds = conflictCheck('chain-ends');
