// What facts say of the document as a whole, and of one another: declarations in their sections, the network, functions, layouts, sizes.
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import { constantOf } from './custom.js';
import type { Fact } from './facts.js';
import { guessFirst, isFamilyLetter, type LayerLabel, type Network } from './network.js';
import type { Declared } from './resolve.js';
import { visibleAt } from './scope.js';
import { type Section, type Sections, within } from './sections.js';

export interface LayoutFact {
  readonly layout: Layout;
  readonly alternatives: readonly Layout[];
  readonly span: Span;
  readonly whole: boolean;
}

/** Families in order of nearness; of one key only the declaration that holds. */
export function familiesAt(list: readonly Declared[], position: number, sections: Sections): readonly Declared[] {
  if (list.length === 0) return list;
  const keys = [...new Set(list.map((d) => d.name.key))];
  return keys
    .map((k) =>
      visibleAt(
        list.filter((d) => d.name.key === k),
        position,
        sections,
      ),
    )
    .filter((d): d is Declared => d !== undefined);
}

export function declaredBy(fact: Fact, sections: Sections): Declared | undefined {
  const place = { position: fact.span.start, section: sections.at(fact.span.start), at: fact.span };
  if (fact.kind === 'shape')
    return {
      name: fact.name,
      written: fact.shape,
      from: fact.from,
      ...place,
      // Every section has an identity matrix of its own size.
      ...(fact.from === 'prose' && constantOf(fact.name) === 'identity' ? { except: (s: Section) => !within(s, place.section) } : {}),
      ...(fact.span.start < 0 ? { everywhere: true, section: sections.root } : {}),
    };
  if (fact.kind === 'same-shape') return { name: fact.name, as: fact.as, from: fact.from, ...place };
  return undefined;
}

export function networkOf(facts: readonly Fact[], labels: () => readonly LayerLabel[]): Network | undefined {
  const fact = facts.find((f) => f.kind === 'network' && f.settings !== undefined) ?? facts.find((f) => f.kind === 'network');
  if (fact?.kind !== 'network') return undefined;
  const own = labels().filter((l) => isFamilyLetter(l.base));
  const highest = fact.layers.length;
  const subscripts = own.every((l) => l.subscript && l.label <= highest) && own.some((l) => /W/.test(l.base));
  const first =
    fact.first ??
    guessFirst(
      fact.layers.length,
      own.filter((l) => l.subscript === subscripts),
    );
  return {
    subscripts,
    labelStyle: own.find((l) => !l.subscript)?.style ?? '(',
    layers: fact.layers,
    first,
    settings: fact.settings ?? {},
    span: fact.span,
    everywhere: fact.settings !== undefined,
    last: fact.layers.length - 1 + first,
  };
}

/** A directive from its place on; words hold for the whole document, in their section first. */
export function layoutReader(facts: readonly Fact[], sections: Sections): (position: number) => LayoutFact | undefined {
  const all = facts.filter((f) => f.kind === 'layout');
  const words = all.filter((f) => !f.whole);
  const said = new Map<Section, LayoutFact>();
  const stated = new Map(all.map((f): [Fact, LayoutFact] => [f, layoutFact(f)]));
  return (position) => {
    if (all.length === 0) return undefined;
    let directive: Fact | undefined;
    for (const f of all) if (f.whole && f.span.start <= position) directive = f;
    if (directive) return stated.get(directive);
    if (words.length === 0) return undefined;
    const here = sections.at(position);
    const known = said.get(here);
    if (known) return known;
    const chosen = stated.get(words.find((f) => sections.at(f.span.start) === here) ?? (words[0] as Fact));
    if (chosen) said.set(here, chosen);
    return chosen;
  };
}

function layoutFact(f: Fact & { readonly kind: 'layout' }): LayoutFact {
  const [layout = 'mixed'] = f.layouts;
  return { layout, alternatives: f.layouts, span: f.span, whole: f.whole === true };
}
