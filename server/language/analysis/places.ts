// How statements are inferred in their places: the layout that rules there, the context, and the memory of what was inferred already.
import type { Environment } from '../context/environment.js';
import type { Layout } from '../term.js';
import type { Definitions } from './definitions.js';
import type { Item } from './items.js';
import type { Recall } from './memory.js';
import { type Inferred, inferStatement, type StatementContext } from './statements.js';

export interface Ruling {
  readonly layout: Layout;
  readonly declared: boolean;
  /** What is asked of memory under it. */
  readonly question: string;
}

export interface Places {
  /** What is declared where an item stands; mixed where nothing is. */
  readonly rulingAt: (item: Item) => Ruling;
  readonly contextOf: (item: Item, ruling: Ruling) => StatementContext;
  /** Remembers: asked again, it infers again only if something that it rests on has changed. */
  readonly infer: (item: Item, ruling: Ruling) => Inferred;
  readonly inferRuled: (item: Item) => Inferred;
  readonly recall: Recall;
  readonly definitions: Definitions;
}

interface Surroundings {
  readonly env: Environment;
  readonly definitions: Definitions;
  readonly lengths: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
  readonly timed: ReadonlySet<string>;
  readonly fixed: ReadonlySet<string>;
  readonly strictBroadcast: boolean;
  readonly recall: Recall;
  /** Which of several layouts words mean, by their place. */
  readonly meant: ReadonlyMap<number, Layout>;
}

const rulings = (declared: boolean): Readonly<Record<Layout, Ruling>> => ({
  numerator: { layout: 'numerator', declared, question: `numerator ${declared}` },
  denominator: { layout: 'denominator', declared, question: `denominator ${declared}` },
  mixed: { layout: 'mixed', declared, question: `mixed ${declared}` },
});

/** The ruling of a layout that is declared. */
export const declared = rulings(true);
/** The ruling of a layout that nobody declared. */
export const undeclared = rulings(false);

export function makePlaces({ env, definitions, lengths, indices, timed, fixed, strictBroadcast, recall, meant }: Surroundings): Places {
  const { alias, diagonal, variables } = definitions;
  const rulingAt = (item: Item): Ruling => {
    const fact = env.layoutAt(item.position);
    return fact ? declared[meant.get(fact.span.start) ?? fact.layout] : undeclared.mixed;
  };
  const contextOf = (item: Item, ruling: Ruling): StatementContext => ({
    env,
    position: item.position,
    layout: ruling.layout,
    declared: ruling.declared,
    lengths,
    indices,
    timed,
    fixed,
    strictBroadcast,
    alias,
    diagonal,
    variables,
  });
  const infer = (item: Item, ruling: Ruling): Inferred =>
    recall(item, ruling.question, () => inferStatement(contextOf(item, ruling), item.statement));
  return { rulingAt, contextOf, infer, inferRuled: (item) => infer(item, rulingAt(item)), recall, definitions };
}
