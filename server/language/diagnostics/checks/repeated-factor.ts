// A derivative that stands twice in one chain.
import { conflictCheck } from '../check.js';

export const repeatedFactor = conflictCheck('repeated-factor');
