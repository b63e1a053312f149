// Mistakes in directives, each at its place.
import type { Check } from '../check.js';

export const directive: Check = {
  code: 'directive',
  severity: 'error',
  find: ({ mistakes }) => mistakes.map(({ span, message }) => ({ span, data: { kind: 'mistake' as const, message } })),
};
