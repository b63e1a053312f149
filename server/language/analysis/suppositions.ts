// What is supposed of letters that nothing declares, while the equations are gone through: shapes by name or by family, with sizes that are still open.
// Which equations tell it is in supposing.ts.
import type { Environment } from '../context/environment.js';
import { within } from '../context/sections.js';
import type { Index, Name } from '../expr.js';
import type { Found, Inference } from '../shapes/candidate.js';
import { type Dim, dimName, namesOf, substitute } from '../shapes/dimension.js';
import { type Bindings, rebind } from '../shapes/dims.js';
import { column, isColumn, type Shape } from '../shapes/shape.js';
import type { Span } from '../text.js';
import { instanceKey, isPlain, vectorLike } from './customs.js';
import type { Supposable } from './evidence.js';
import { bindingsOf, type FamilySolver, familyDim, type Instance, instanceOf, type LayerLabels } from './families.js';

export type Lookup = (name: Name) => Found | undefined;

export interface Supposition {
  readonly name: Name;
  readonly shape: Shape;
  readonly at: Span;
  /** Told by the midst of a derivation, not by a definition: it holds in its own section. */
  readonly local: boolean;
}

export interface Supposing {
  readonly env: Environment;
  readonly timeLabels: ReadonlySet<string>;
  readonly layers: LayerLabels;
  readonly supposed: Map<string, readonly Supposition[]>;
  solver: FamilySolver;
  readonly inferenceAt: (item: Supposable, lookup: Lookup) => Inference;
  local: boolean;
  counter: number;
}

/** Puts what is solved into the supposed shapes, and gives what is open a name. */
export function settle({ supposed, solver }: Supposing): void {
  const solved = (s: Supposition): Supposition => ({
    ...s,
    shape: { ...s.shape, dims: s.shape.dims.map((d) => frozen(solver.resolve(d))) },
  });
  for (const [key, list] of supposed) supposed.set(key, list.map(solved));
}

/** What is still open after unification becomes a dimension of its own, named so that it prints as unknown. */
const frozen = (d: Dim): Dim =>
  substitute(d, new Map(namesOf(d).flatMap((n) => (n.startsWith('?') ? [[n, dimName(`\u00b7${n.slice(1)}`)] as const] : []))));

export const mayBeSupposed = (cx: Supposing, name: Name): boolean =>
  isPlain(name, cx.timeLabels) || instanceOf(name, cx.layers) !== undefined;

/** The shape of a name itself, or of the family that it is of. */
export function supposedShape(cx: Supposing, name: Name, position: number): Shape | undefined {
  const visible = (key: string): Supposition | undefined => cx.supposed.get(key)?.find((s) => reachesTo(cx, s, position));
  const own = visible(instanceKey(name, cx.timeLabels));
  if (own) return own.shape;
  const instance = instanceOf(name, cx.layers);
  const family = instance && visible(instance.family.key);
  return family && instance && { ...family.shape, dims: family.shape.dims.map((d) => rebind(d, bindingsOf(instance))) };
}

/** What is supposed holds in its section, and, if a definition tells it, in all that follows. */
function reachesTo({ env: { sections } }: Supposing, s: Supposition, position: number): boolean {
  const own = sections.at(s.at.start);
  const here = sections.at(position);
  return own === here || (!s.local && (s.at.start <= position || within(here, own)));
}

/** Takes down a shape: of the whole family, where it is told for a general layer. */
export const suppose = (cx: Supposing, name: Name, shape: Shape, at: Span): void => {
  const instance = instanceOf(name, cx.layers);
  const general = instance?.index.kind === 'letter' && instance.index.name === instance.letter ? instance : undefined;
  const back: Bindings = general ? new Map([[general.letter, shiftedBack(general)]]) : new Map();
  const told = general ? { ...shape, dims: shape.dims.map((d) => rebind(d, back)) } : shape;
  const key = general ? general.family.key : instanceKey(name, cx.timeLabels);
  cx.supposed.set(key, [...(cx.supposed.get(key) ?? []), { name: general?.family ?? name, shape: told, at, local: cx.local }]);
  if (instance?.index.kind === 'letter' && !general) supposeFamily(cx, instance, shape, at);
};

/** Where the last layer's activation is a column, so is each layer's, of a length of its own. */
function supposeFamily(cx: Supposing, instance: Instance, shape: Shape, at: Span): void {
  const { family, letter } = instance;
  if (!isColumn(shape) || !vectorLike(family.base) || cx.supposed.has(family.key)) return;
  const size = familyDim(`?s${cx.counter++}r`, letter);
  cx.supposed.set(family.key, [{ name: family, shape: column(size), at, local: cx.local }]);
  const [own] = shape.dims;
  if (own) cx.solver.equal(rebind(size, bindingsOf(instance)), own);
}

const shiftedBack = ({ letter, index }: Instance): Index => ({
  kind: 'letter',
  name: letter,
  offset: index.kind === 'letter' && index.offset !== 0 ? -index.offset : 0,
});

/** Sizes that nothing tells yet; those of a family's instance go along with its index. */
export function openSizes(cx: Supposing, name: Name): (side: 'r' | 'c') => Dim {
  const k = cx.counter++;
  const instance = instanceOf(name, cx.layers);
  return (side) => (instance ? rebind(familyDim(`?s${k}${side}`, instance.letter), bindingsOf(instance)) : dimName(`?s${k}${side}`));
}
