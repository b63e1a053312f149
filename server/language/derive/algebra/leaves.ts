// Nodes that are made as they stand, from their parts alone: arrays of zeros and ones, symbols, functions of a node. What has to be brought into
// normal form is made by the files beside this one.
import type { Name } from '../../expr.js';
import { isColumn, isRow, isScalar, isVector, type Shape, scalar } from '../../shapes/shape.js';
import type { Node, NodeBody, NodeOf } from '../node.js';
import { one } from '../rational.js';

export const make = (shape: Shape, key: string, body: NodeBody): Node => ({ ...body, shape, key }) as Node;

export const zero = (shape: Shape): Node => make(shape, '0', { kind: 'zero' });
export const identity = (shape: Shape): Node => make(shape, 'I', { kind: 'identity' });
export const unit: Node = make(scalar, 'num:1/1', { kind: 'scale', coefficient: one, scalars: [], body: undefined });

/** An array of ones; the number where it is a scalar. */
export const ones = (shape: Shape): Node =>
  isScalar(shape) ? unit : make(shape, isColumn(shape) ? 'ones:c' : isRow(shape) ? 'ones:r' : 'ones:m', { kind: 'ones' });

export const symbol = (key: string, shape: Shape, name: Name | undefined, assumptions: NodeOf<'symbol'>['assumptions']): Node =>
  assumptions.includes('identity') && !isVector(shape)
    ? identity(shape)
    : make(shape, `s:${key}`, { kind: 'symbol', symbol: key, name, assumptions });

export const opaque = (key: string, shape: Shape, holds: ReadonlySet<string>): Node => make(shape, `o:${key}`, { kind: 'opaque', holds });

export const apply = (fn: NodeOf<'apply'>['fn'], order: number, of: Node): Node =>
  fn.kind === 'known' && fn.name === 'identity'
    ? order === 0
      ? of
      : order === 1
        ? ones(of.shape)
        : zero(of.shape)
    : make(of.shape, `f(${JSON.stringify(fn)},${order},${of.key})`, { kind: 'apply', fn, order, of });

export const softmax = (of: Node, axis: NodeOf<'softmax'>['axis'], log: boolean): Node =>
  make(of.shape, `softmax(${axis},${log},${of.key})`, { kind: 'softmax', of, axis, log });

export function determinant(of: Node, kind: 'det' | 'logdet'): Node {
  return make(scalar, `${kind}(${(of.kind === 'transpose' ? of.of : of).key})`, { kind, of });
}

export const norm = (of: Node, kind: 'norm2' | 'norm1' = 'norm2'): Node => {
  const bare = of.kind === 'transpose' ? of.of : of;
  return make(scalar, `${kind}(${bare.key})`, { kind, of: bare });
};
