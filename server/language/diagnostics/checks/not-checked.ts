// Formulas that were too much to read: told once, at the first.
import type { Check } from '../check.js';

export const notChecked: Check = {
  code: 'not-checked',
  severity: 'information',
  find: ({ reading }) => {
    const first = reading.formulas.find((f) => f.read.truncated);
    return first ? [{ span: first.formula.span, data: { kind: 'not-checked' as const, what: 'formula' } }] : [];
  },
};
