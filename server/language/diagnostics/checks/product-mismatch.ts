// Neighbours of a product whose inner dimensions differ under every customary reading.
import { conflictCheck } from '../check.js';

export const productMismatch = conflictCheck('product-mismatch');
