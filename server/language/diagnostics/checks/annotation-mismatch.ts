// A written shape that is not the shape of its term.
import { conflictCheck } from '../check.js';

export const annotationMismatch = conflictCheck('annotation-mismatch');
