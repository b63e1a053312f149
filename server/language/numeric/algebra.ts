// The operations at work: on arrays they compute, on values under differentiation they follow the rules of their level.
// Forward over reverse and any other nesting comes from here, since rules are written in operations (as in JAX's core).
import {
  arrayOf,
  blank,
  broadcastTo,
  canonicalDims,
  DomainError,
  gather,
  map,
  matmul,
  type NdArray,
  only,
  type Places,
  sameDims,
  scalar,
  scatter,
  sizeOf,
  sumTo,
  transpose,
  zip,
} from './array.js';
import { knownFunctions, powerAt, type ScalarFunction } from './elementwise.js';
import { entrywiseJvp } from './jvp/entrywise.js';
import { spectralJvp } from './jvp/spectral.js';
import { structuralJvp } from './jvp/structural.js';
import { determinant, inverse, leadingEigenvector, matrixFunction, pseudoInverse } from './linear-algebra.js';
import type {
  Algebra,
  Dual,
  JvpRule,
  JvpRules,
  Kernels,
  OperationName,
  Parameters,
  Tape,
  Traced,
  Value,
  VjpRule,
  VjpRules,
} from './operation.js';
import { entrywiseVjp } from './vjp/entrywise.js';
import { spectralVjp } from './vjp/spectral.js';
import { structuralVjp } from './vjp/structural.js';

export const jvpRules: JvpRules = { ...entrywiseJvp, ...structuralJvp, ...spectralJvp };
export const vjpRules: VjpRules = { ...entrywiseVjp, ...structuralVjp, ...spectralVjp };

const first = (inputs: readonly NdArray[]): NdArray => inputs[0] as NdArray;
const second = (inputs: readonly NdArray[]): NdArray => inputs[1] as NdArray;

export const kernels: Kernels = {
  add: (inputs) => sum(first(inputs), second(inputs)),
  subtract: (inputs) => zip(first(inputs), second(inputs), (x, y) => x - y),
  multiply: (inputs) => entryProduct(first(inputs), second(inputs)),
  divide: (inputs) => zip(first(inputs), second(inputs), quotient),
  scale: (inputs, factor) => map(first(inputs), (x) => factor * x),
  matmul: (inputs) => matmul(first(inputs), second(inputs)),
  transpose: (inputs) => transpose(first(inputs)),
  reshape: (inputs, dims) => reshaped(first(inputs), dims),
  gather: (inputs, p) => gather(first(inputs), p.places, p.dims),
  scatter: (inputs, p) => scatter(first(inputs), p.places, p.dims),
  assemble: (inputs, p) => assembled(inputs, p.places, p.dims),
  sumTo: (inputs, dims) => sumTo(first(inputs), dims),
  broadcastTo: (inputs, dims) => broadcastTo(first(inputs), dims),
  elementwise: (inputs, p) => applied(first(inputs), p.fn, p.order, p.tolerance),
  power: (inputs, exponent) => map(first(inputs), (x) => powerAt(x, exponent, 0)),
  raise: (inputs) => zip(first(inputs), second(inputs), (x, y) => raised(x, y)),
  inverse: (inputs) => inverse(first(inputs)),
  pseudoInverse: (inputs) => pseudoInverse(first(inputs)),
  determinant: (inputs) => determinant(first(inputs)),
  logDeterminant: (inputs) => scalar(knownFunctions.log.at(only(determinant(first(inputs))), 0)),
  matrixFunction: (inputs, fn) => matrixFunction(fn, first(inputs)),
  leadingEigenvector: (inputs) => leadingEigenvector(first(inputs)),
};

/** Most of all work: without a function for each entry. */
function sum(a: NdArray, b: NdArray): NdArray {
  if (!sameDims(a.dims, b.dims)) return zip(a, b, (x, y) => x + y);
  const data = new Float64Array(a.data.length);
  for (let k = 0; k < data.length; k++) data[k] = (a.data[k] as number) + (b.data[k] as number);
  return { level: 0, dims: a.dims, data };
}

function entryProduct(a: NdArray, b: NdArray): NdArray {
  if (!sameDims(a.dims, b.dims)) return zip(a, b, (x, y) => x * y);
  const data = new Float64Array(a.data.length);
  for (let k = 0; k < data.length; k++) data[k] = (a.data[k] as number) * (b.data[k] as number);
  return { level: 0, dims: a.dims, data };
}

function quotient(x: number, y: number): number {
  if (y === 0) throw new DomainError('domain');
  return x / y;
}

function raised(x: number, y: number): number {
  if (x < 0 && !Number.isInteger(y)) throw new DomainError('domain');
  return x ** y;
}

function reshaped(a: NdArray, dims: readonly number[]): NdArray {
  if (sizeOf(dims) !== a.data.length) throw new DomainError('sizes', `${a.dims.join('×')} ${dims.join('×')}`);
  return arrayOf(dims, a.data);
}

function assembled(inputs: readonly NdArray[], places: readonly Places[], dims: readonly number[]): NdArray {
  const data = blank(dims);
  for (let i = 0; i < inputs.length; i++) {
    const from = (inputs[i] as NdArray).data;
    const to = places[i] as Places;
    for (let k = 0; k < to.length; k++) data[to[k] as number] = from[k] as number;
  }
  return arrayOf(dims, data);
}

function applied(a: NdArray, fn: ScalarFunction, order: number, tolerance: number): NdArray {
  const kinked = fn.kinkFrom !== undefined && order >= fn.kinkFrom;
  return map(a, (t) => {
    if (kinked && Math.abs(t) < tolerance) throw new DomainError('kink');
    return fn.at(t, order);
  });
}

function apply<K extends OperationName>(operation: K, inputs: readonly Value[], parameter: Parameters[K]): Value {
  let level = 0;
  for (const input of inputs) if (input.level > level) level = input.level;
  if (level === 0) return kernels[operation](inputs as readonly NdArray[], parameter);
  const moving = inputs.find((input) => input.level === level) as Dual | Traced;
  return 'tape' in moving ? recorded(operation, inputs, parameter, moving.tape, level) : dual(operation, inputs, parameter, level);
}

function dual<K extends OperationName>(operation: K, inputs: readonly Value[], parameter: Parameters[K], level: number): Value {
  const primals: Value[] = [];
  const tangents: (Value | undefined)[] = [];
  for (const input of inputs) {
    const moving = input.level === level ? (input as Dual) : undefined;
    primals.push(moving === undefined ? input : moving.primal);
    tangents.push(moving?.tangent);
  }
  const primal = apply(operation, primals, parameter);
  const rule: JvpRule<K> = jvpRules[operation];
  return { level, dims: primal.dims, primal, tangent: rule(algebra, primals, tangents, parameter, primal) };
}

function recorded<K extends OperationName>(
  operation: K,
  inputs: readonly Value[],
  parameter: Parameters[K],
  tape: Tape,
  level: number,
): Value {
  const primals: Value[] = [];
  const nodes: number[] = [];
  for (const input of inputs) {
    const moving = input.level === level ? (input as Traced) : undefined;
    primals.push(moving === undefined ? input : moving.primal);
    nodes.push(moving === undefined ? -1 : moving.node);
  }
  const output = apply(operation, primals, parameter);
  tape.entries.push({ operation, inputs: primals, nodes, parameter, output });
  return { level, dims: output.dims, primal: output, tape, node: tape.entries.length - 1 };
}

/** A variable of reverse mode: a leaf on the tape. */
export function traced(tape: Tape, level: number, primal: Value): Traced {
  tape.entries.push({ operation: undefined, inputs: [], nodes: [], parameter: null, output: primal });
  return { level, dims: primal.dims, primal, tape, node: tape.entries.length - 1 };
}

/** The cotangents of the first `leaves` entries of the tape, for a cotangent of the output's size; undefined is zero. */
export function pullBack(output: Traced, cotangent: Value, leaves: number): (Value | undefined)[] {
  const cotangents: (Value | undefined)[] = [];
  cotangents[output.node] = cotangent;
  for (let node = output.node; node >= leaves; node--) {
    const entry = output.tape.entries[node];
    const arriving = cotangents[node];
    if (entry?.operation === undefined || arriving === undefined) continue;
    const rule = vjpRules[entry.operation] as VjpRule<OperationName>;
    const leaving = rule(algebra, entry.inputs, arriving, entry.parameter as Parameters[OperationName], entry.output, entry.nodes);
    for (let i = 0; i < entry.nodes.length; i++) {
      const to = entry.nodes[i] as number;
      const part = leaving[i];
      if (to < 0 || part === undefined) continue;
      const sum = cotangents[to];
      cotangents[to] = sum === undefined ? part : algebra.add(sum, part);
    }
  }
  return cotangents.slice(0, leaves);
}

/** The array that a value is at its point, whatever is being differentiated. */
export function plain(value: Value): NdArray {
  let at = value;
  while ('primal' in at) at = at.primal;
  return at;
}

export const algebra: Algebra = {
  apply,
  add: (a, b) => apply('add', [a, b], null),
  subtract: (a, b) => apply('subtract', [a, b], null),
  multiply: (a, b) => apply('multiply', [a, b], null),
  divide: (a, b) => apply('divide', [a, b], null),
  scale: (a, factor) => (factor === 1 ? a : apply('scale', [a], factor)),
  matmul: (a, b) => (a.dims.length === 0 || b.dims.length === 0 ? apply('multiply', [a, b], null) : apply('matmul', [a, b], null)),
  transpose: (a) => (a.dims.length === 0 ? a : apply('transpose', [a], null)),
  reshape: (a, dims) => (sameDims(a.dims, canonicalDims(dims)) ? a : apply('reshape', [a], dims)),
  gather: (a, places, dims) => apply('gather', [a], { places, dims }),
  scatter: (a, places, dims) => apply('scatter', [a], { places, dims }),
  assemble: (inputs, places, dims) => apply('assemble', inputs, { places, dims }),
  sumTo: (a, dims) => (sameDims(a.dims, dims) ? a : apply('sumTo', [a], canonicalDims(dims))),
  broadcastTo: (a, dims) => (sameDims(a.dims, dims) ? a : apply('broadcastTo', [a], canonicalDims(dims))),
  power: (a, exponent) => (exponent === 1 ? a : apply('power', [a], exponent)),
  inverse: (a) => apply('inverse', [a], null),
  pseudoInverse: (a) => apply('pseudoInverse', [a], null),
};
