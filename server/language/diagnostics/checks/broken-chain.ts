// Neighbours of a chain whose links do not meet: ∂…/∂u followed by ∂v/∂….
import { conflictCheck } from '../check.js';

export const brokenChain = conflictCheck('broken-chain');
