// Forward rules of the linear operations: the derivative is the operation itself.
import { blank } from '../array.js';
import type { JvpRules, Value } from '../operation.js';

type Structural = 'transpose' | 'reshape' | 'gather' | 'scatter' | 'assemble' | 'sumTo' | 'broadcastTo' | 'matmul';

export const structuralJvp: JvpRules<Structural> = {
  transpose: (o, _, [da]) => o.transpose(da as Value),
  reshape: (o, _, [da], dims) => o.reshape(da as Value, dims),
  gather: (o, _, [da], p) => o.gather(da as Value, p.places, p.dims),
  scatter: (o, _, [da], p) => o.scatter(da as Value, p.places, p.dims),
  assemble: (o, inputs, tangents, p) =>
    o.assemble(
      tangents.map((tangent, i) => tangent ?? zeroLike(inputs[i] as Value)),
      p.places,
      p.dims,
    ),
  sumTo: (o, _, [da], dims) => o.sumTo(da as Value, dims),
  broadcastTo: (o, _, [da], dims) => o.broadcastTo(da as Value, dims),
  // Bilinear: d(AB) = dA B + A dB
  matmul: (o, [a, b], [da, db]) => {
    const left = da && o.matmul(da, b as Value);
    const right = db && o.matmul(a as Value, db);
    return left === undefined ? (right as Value) : right === undefined ? left : o.add(left, right);
  },
};

const zeroLike = (value: Value): Value => ({ level: 0, dims: value.dims, data: blank(value.dims) });
