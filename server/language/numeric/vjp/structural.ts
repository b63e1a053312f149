// Reverse rules of the linear operations: each has its transpose among the others.
import type { Value, VjpRules } from '../operation.js';

type Structural = 'transpose' | 'reshape' | 'gather' | 'scatter' | 'assemble' | 'sumTo' | 'broadcastTo' | 'matmul';

export const structuralVjp: VjpRules<Structural> = {
  transpose: (o, _, g) => [o.transpose(g)],
  reshape: (o, [a], g) => [o.reshape(g, (a as Value).dims)],
  gather: (o, [a], g, p) => [o.scatter(g, p.places, (a as Value).dims)],
  scatter: (o, [a], g, p) => [o.gather(g, p.places, (a as Value).dims)],
  assemble: (o, inputs, g, p, _, wanted) =>
    inputs.map((input, i) => ((wanted[i] as number) < 0 ? undefined : o.gather(g, p.places[i] as Int32Array, input.dims))),
  sumTo: (o, [a], g) => [o.broadcastTo(g, (a as Value).dims)],
  broadcastTo: (o, [a], g) => [o.sumTo(g, (a as Value).dims)],
  // ⟨G, dA B + A dB⟩ = ⟨G Bᵀ, dA⟩ + ⟨Aᵀ G, dB⟩
  matmul: (o, [a, b], g, _, __, wanted) => [
    (wanted[0] as number) >= 0 ? o.matmul(g, o.transpose(b as Value)) : undefined,
    (wanted[1] as number) >= 0 ? o.matmul(o.transpose(a as Value), g) : undefined,
  ],
};
