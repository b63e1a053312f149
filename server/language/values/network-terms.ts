// What a network defines without saying so: z = W a + b, a = φ(z), ŷ the last a, the loss where the document states none.
import { layerOf, plainBase } from '../context/network.js';
import type { Name } from '../expr.js';
import { lossTerm } from '../numeric/index.js';
import { makeName } from '../syntax/lower/names.js';
import type { Elementwise, ElementwiseName, Term } from '../term.js';
import type { Gathered, Values } from './context.js';

/** The activation of a layer as an open function: `\varphi_3`. */
const activationName = (layer: number): string => `\\varphi_${layer}`;

const elementwise: ReadonlySet<string> = new Set(['identity', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'softplus']);

/** The definition of a member of the network; undefined if it is none, or is not defined by the others. */
export function networkDefinition(values: Values, gathered: Gathered, name: Name): Term | undefined {
  const { network } = values.checked.env;
  if (!network) return undefined;
  const base = plainBase(name.base);
  const layer = layerOf(name);
  const part = (letter: string, k: number): Term | undefined => member(values, gathered, name, letter, k);
  if (layer !== undefined && name.subs.length === (network.subscripts ? 1 : 0)) {
    if (base === 'z' && layer > network.first) {
      const w = part('W', layer);
      const a = part('a', layer - 1);
      const b = part('b', layer);
      return w && a && b
        ? {
            kind: 'sum',
            addends: [
              { sign: 1, term: { kind: 'product', product: 'matrix', left: w, right: a } },
              { sign: 1, term: b },
            ],
          }
        : undefined;
    }
    if ((base === 'a' || base === 'h') && layer > network.first) {
      const z = part('z', layer);
      return z && activated(values, gathered, layer, z);
    }
    if ((base === 'a' || base === 'h') && layer === network.first) return other(values, gathered, 'x');
    return undefined;
  }
  if (layer === undefined && isLoss(base) && network.settings.loss) return statedLoss(values, gathered, network.settings.loss);
  if (layer === undefined && (base === '\\hat{y}' || (base === 'y' && /hat|pred/.test(name.subText))))
    return other(values, gathered, 'output');
  if (layer === undefined && base === 'y' && /true|target/.test(name.subText)) return other(values, gathered, 'y');
  return undefined;
}

function activated(values: Values, gathered: Gathered, layer: number, z: Term): Term {
  const { network } = values.checked.env;
  const stated = layer === network?.last ? network.settings.output : network?.settings.hidden;
  if (stated === 'softmax') return { kind: 'softmax', term: z, axis: 'all' };
  if (stated && elementwise.has(stated))
    return { kind: 'apply', fn: { kind: 'known', name: stated as ElementwiseName }, order: 0, term: z };
  const fn: Elementwise = { kind: 'open', name: activationName(layer) };
  gathered.functions.add(activationName(layer));
  return { kind: 'apply', fn, order: 0, term: z };
}

const isLoss = (base: string): boolean => /^(?:L|J|E|C|\\ell|\\mathcal\{[LJEC]\})$/.test(base);

/** The loss that the network states, of its output and its target. */
function statedLoss(values: Values, gathered: Gathered, loss: string): Term | undefined {
  const output = other(values, gathered, 'output');
  const y = other(values, gathered, 'y');
  return output && y && (loss === 'mse' || loss === 'cross-entropy' || loss === 'bce') ? lossTerm(loss, output, y) : undefined;
}

/** A member of the network in the spelling of another: W^{(3)} for z^{(3)}. */
function member(values: Values, gathered: Gathered, like: Name, letter: string, layer: number): Term | undefined {
  const { network } = values.checked.env;
  const index = { kind: 'number', value: layer } as const;
  const bold = like.base.startsWith('\\mathbf') ? `\\mathbf{${letter}}` : letter;
  const name = network?.subscripts
    ? makeName({ base: bold, subs: [index], subText: String(layer) })
    : makeName({ base: bold, labels: [index], labelStyle: like.labelStyle });
  return variable(values, gathered, name);
}

function variable(values: Values, gathered: Gathered, name: Name): Term | undefined {
  const found = values.checked.env.lookup(name, 0);
  if (!found) return undefined;
  if (!gathered.variables.has(name.key)) gathered.variables.set(name.key, { name, shape: found.shape });
  return { kind: 'variable', key: name.key };
}

/** x, y, or the last activation. */
function other(values: Values, gathered: Gathered, what: 'x' | 'y' | 'output'): Term | undefined {
  const { network } = values.checked.env;
  if (!network) return undefined;
  if (what !== 'output') return variable(values, gathered, makeName({ base: what }));
  const index = { kind: 'number', value: network.last } as const;
  return variable(
    values,
    gathered,
    network.subscripts
      ? makeName({ base: 'a', subs: [index], subText: String(network.last) })
      : makeName({ base: 'a', labels: [index], labelStyle: network.labelStyle }),
  );
}
