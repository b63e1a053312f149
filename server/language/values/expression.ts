// Functions that a directive states as an expression in t: reads the text as a term over the variable.
import type { Expr } from '../expr.js';
import { readFormula } from '../syntax/lower.js';
import { defaultMacros } from '../syntax/macros.js';
import type { ElementwiseName, Term } from '../term.js';

/** The term of an expression in t; undefined if it is anything else. */
export function expressionTerm(text: string): Term | undefined {
  const { statements } = readFormula(text, defaultMacros);
  const [first] = statements;
  const [member] = first?.members ?? [];
  return statements.length === 1 && member && first?.members.length === 1 ? read(member) : undefined;
}

const functions: ReadonlySet<string> = new Set([
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sigmoid',
  'relu',
  'softplus',
  'arctan',
  'erf',
  'sign',
]);

function read(e: Expr): Term | undefined {
  switch (e.kind) {
    case 'number':
      return { kind: 'number', value: e.value };
    case 'symbol':
      return e.name.key === 't'
        ? { kind: 'variable', key: 't' }
        : e.name.key === 'e'
          ? { kind: 'number', value: Math.E }
          : e.name.key === '\\pi'
            ? { kind: 'number', value: Math.PI }
            : undefined;
    case 'group':
      return read(e.body);
    case 'sum': {
      const addends = e.addends.map((a) => ({ sign: a.sign, term: read(a.expr) }));
      return addends.every((a) => a.term) ? { kind: 'sum', addends: addends as { sign: 1 | -1; term: Term }[] } : undefined;
    }
    case 'product':
    case 'juxtaposed':
      return e.factors
        .map(read)
        .reduce((left, right) => (left && right ? { kind: 'product', product: 'hadamard', left, right } : undefined));
    case 'quotient': {
      const numerator = read(e.numerator);
      const denominator = read(e.denominator);
      return numerator && denominator && { kind: 'quotient', numerator, denominator };
    }
    case 'power': {
      const base = read(e.base);
      const exponent = read(e.exponent);
      if (e.base.kind === 'symbol' && e.base.name.key === 'e' && exponent)
        return { kind: 'apply', fn: { kind: 'known', name: 'exp' }, order: 0, term: exponent };
      return base && exponent && { kind: 'power', base, exponent, matrix: false };
    }
    case 'apply': {
      const [first] = e.args;
      if ((e.fn === 'max' || e.fn === 'min') && e.args.length > 1) {
        const args = e.args.map(read);
        return args.every((a) => a) ? { kind: 'extremum', extremum: e.fn, args: args as Term[] } : undefined;
      }
      const term = first && read(first);
      return term && functions.has(e.fn)
        ? { kind: 'apply', fn: { kind: 'known', name: e.fn as ElementwiseName }, order: 0, term }
        : undefined;
    }
    default:
      return undefined;
  }
}
