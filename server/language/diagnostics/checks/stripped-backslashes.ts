// A document whose backslashes were lost in copying: told once, at its first formula.
import type { Check } from '../check.js';

export const strippedBackslashes: Check = {
  code: 'stripped-backslashes',
  severity: 'hint',
  find: ({ document }) => {
    const first = document.stripped ? document.formulas.find((f) => f.stripped) : undefined;
    return first ? [{ span: first.span, data: { kind: 'stripped' as const } }] : [];
  },
};
