// How statements are inferred in their places: the layout that rules there, the context, and the memory of what was inferred already.
import type { Environment } from '../context/environment.js';
import type { Layout } from '../term.js';
import type { Definitions } from './definitions.js';
import type { Item } from './items.js';
import { type Inferred, inferStatement, type StatementContext } from './statements.js';

export interface Ruling {
  readonly layout: Layout;
  readonly declared: boolean;
}

export interface Places {
  /** What is declared where an item stands; mixed where nothing is. */
  readonly rulingAt: (item: Item) => Ruling;
  readonly contextOf: (item: Item, ruling: Ruling) => StatementContext;
  /** Remembers: asked again, it infers again only if something was learned or the ruling is another. */
  readonly infer: (item: Item, ruling: Ruling) => Inferred;
  readonly inferRuled: (item: Item) => Inferred;
}

interface Surroundings {
  readonly env: Environment;
  readonly definitions: Definitions;
  readonly lengths: ReadonlySet<string>;
  readonly timed: ReadonlySet<string>;
  readonly fixed: ReadonlySet<string>;
  readonly strictBroadcast: boolean;
  /** Which of several layouts words mean, by their place. */
  readonly meant?: ReadonlyMap<number, Layout>;
}

export function makePlaces({ env, definitions, lengths, timed, fixed, strictBroadcast, meant }: Surroundings): Places {
  const { alias, diagonal } = definitions;
  const rulingAt = (item: Item): Ruling => {
    const fact = env.layoutAt(item.position);
    return fact ? { layout: meant?.get(fact.span.start) ?? fact.layout, declared: true } : { layout: 'mixed', declared: false };
  };
  const contextOf = (item: Item, { layout, declared }: Ruling): StatementContext => ({
    env,
    position: item.position,
    layout,
    declared,
    lengths,
    timed,
    fixed,
    strictBroadcast,
    alias,
    diagonal,
  });
  const infer = remembering(env, (item, ruling) => inferStatement(contextOf(item, ruling), item.statement));
  return { rulingAt, contextOf, infer, inferRuled: (item) => infer(item, rulingAt(item)) };
}

type InferItem = (item: Item, ruling: Ruling) => Inferred;

/** What was inferred stays right as long as nothing new is learned and the layout is the same. */
function remembering(env: Environment, infer: InferItem): InferItem {
  const known = new Map<Item, Ruling & { readonly version: number; readonly inferred: Inferred }>();
  return (item, ruling) => {
    const { layout, declared } = ruling;
    const old = known.get(item);
    if (old && old.version === env.version() && old.layout === layout && old.declared === declared) return old.inferred;
    const inferred = infer(item, ruling);
    known.set(item, { version: env.version(), layout, declared, inferred });
    return inferred;
  };
}
