// A chain whose factors stand in the order of the other layout.
import { conflictCheck } from '../check.js';

export const layoutOrder = conflictCheck('layout-order');
