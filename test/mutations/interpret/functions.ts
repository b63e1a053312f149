// Functions of one argument, norms, and what of `f(x)` is an application.
import type { Expr, ExprOf } from '../../../server/language/expr.js';
import { canonicalText } from '../../../server/language/syntax/print.js';
import {
  diag,
  eliminate,
  entrywise,
  isScalar,
  isSquare,
  isVector,
  mapped,
  type NdArray,
  scalar,
  softmax,
  total,
  trace,
  vec,
} from '../arrays.js';
import { isOnes, nameOf } from '../world.js';
import { productOf } from './products.js';
import { each, type Running, some, Unsupported, type Values } from './scene.js';

export function juxtaposedOf(e: ExprOf<'juxtaposed'>, s: Running): Values {
  const head = e.head.kind === 'prime' ? e.head.base : e.head;
  const name = nameOf(head)?.key ?? '';
  const applies = !s.world.dims.has(name) && !s.world.definitions.has(name) && (s.world.functions.has(name) || isOnes(name));
  if (!applies) return productOf({ ...e, kind: 'product', factors: e.factors, signs: [''] }, s);
  return s.evaluate(e.application, s);
}

export function calledBy(head: Expr, args: Expr, s: Running): Values {
  const base = head.kind === 'prime' ? head.base : head;
  return called(nameOf(base)?.key ?? '', head.kind === 'prime' ? head.order : 0, args, s);
}

export function applied(fn: string, order: number, args: readonly Expr[], s: Running): Values {
  if (args.length !== 1) throw new Unsupported(`${fn} of several`);
  const arg = s.evaluate(args[0] as Expr, s);
  const known = elementwise[fn];
  if (known) return arg.map((v) => ({ array: mapped(v.array, slope(known, order)), lenient: v.lenient }));
  const square = (f: (a: NdArray) => NdArray): Values => each([arg], ([a]) => (a && isSquare(a) ? [f(a)] : []));
  switch (fn) {
    case 'trace':
      return square((a) => scalar(trace(a)));
    case 'det':
      return square((a) => scalar(eliminate(a).det));
    case 'diag':
      return each([arg], ([a]) => {
        if (a && isScalar(a)) throw new Unsupported('diag of a scalar');
        return a ? some(diag(a)) : [];
      });
    case 'vec':
      return each([arg], ([a]) => (a ? some(vec(a)) : []));
    case 'softmax':
      return each([arg], ([a]) =>
        !a
          ? []
          : isVector(a) || isScalar(a)
            ? [softmax(a, 'all')]
            : s.world.functions.get('softmax') === 'rows'
              ? [softmax(a, 'rows')]
              : [softmax(a, 'columns'), softmax(a, 'rows')],
      );
    default:
      throw new Unsupported(`function ${fn}`);
  }
}

export function normOf(e: ExprOf<'norm'>, s: Running): Values {
  const kind = e.subscript ? canonicalText(e.subscript) : '2';
  if (kind !== '2' && kind !== 'F' && kind !== '1') throw new Unsupported(`norm ${kind}`);
  return each([s.evaluate(e.body, s)], ([a]) =>
    a ? [scalar(kind === '1' ? total(mapped(a, Math.abs)) : Math.sqrt(total(mapped(a, (x) => x * x))))] : [],
  );
}

function called(name: string, order: number, args: Expr, s: Running): Values {
  if (args.kind !== 'group') throw new Unsupported('arguments');
  if (isOnes(name) && args.body.kind === 'relation' && args.body.relation === '>') {
    return each([s.evaluate(args.body.left, s), s.evaluate(args.body.right, s)], ([a, b]) =>
      a && b ? some(entrywise(a, b, (x, y) => Number(x > y))) : [],
    );
  }
  const fn = s.world.functions.get(name);
  if (!fn) throw new Unsupported(`function ${name}`);
  return applied(fn, order, [args.body], s);
}

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t));
const elementwise: Readonly<Record<string, (t: number) => number>> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (t) => Math.max(0, t),
  softplus: (t) => Math.log1p(Math.exp(t)),
  exp: Math.exp,
  log: (t) => Math.log(Math.abs(t)),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sinh: Math.sinh,
  cosh: Math.cosh,
  arctan: Math.atan,
  heaviside: (t) => Number(t > 0),
  identity: (t) => t,
};

function slope(f: (t: number) => number, order: number): (t: number) => number {
  if (order === 0) return f;
  const g = slope(f, order - 1);
  const h = 2e-3;
  return (t) => (8 * (g(t + h) - g(t - h)) - (g(t + 2 * h) - g(t - 2 * h))) / (12 * h);
}
