// What an analysis of a document holds. Data only.
import type { DirectiveMistake, DirectiveSettings } from '../context/directive.js';
import type { Environment } from '../context/environment.js';
import type { Formula, SourceDocument } from '../document/types.js';
import type { Statement } from '../expr.js';
import type { Layout } from '../term.js';
import type { Span } from '../text.js';
import type { Coincidence } from './coincidences.js';
import type { Definitions } from './definitions.js';
import type { StatedSettings } from './gathering.js';
import type { Item } from './items.js';
import type { Inferences } from './known.js';
import type { LayoutChoice } from './layouts.js';
import type { Memory } from './memory.js';
import type { Reading } from './reading.js';
import type { Inferred, StatementContext } from './statements.js';

export interface AnalysisSettings extends StatedSettings {
  readonly readFile?: (path: string) => string | undefined;
}

export interface CheckedStatement {
  readonly formula: Formula;
  readonly statement: Statement;
  readonly inferred: Inferred;
  /** As inferred with supposed shapes where symbols are undeclared but fit: for values, and to say that it conforms. */
  readonly supposed?: Inferred;
  readonly place: (span: Span) => Span;
  readonly layout: Layout;
  readonly layoutDeclared: boolean;
  /** What conforms only because two sizes have the same number. */
  readonly coincidences?: readonly Coincidence[];
  /** What the statement was inferred in: repairs are judged in the same place. */
  readonly context: StatementContext;
}

export interface Checked {
  readonly document: SourceDocument;
  readonly settings: AnalysisSettings;
  readonly reading: Reading;
  readonly items: readonly Item[];
  /** What holds for every statement. */
  readonly surroundings: {
    readonly timed: ReadonlySet<string>;
    readonly lengths: ReadonlySet<string>;
    readonly indices: ReadonlySet<string>;
    readonly fixed: ReadonlySet<string>;
    readonly strictBroadcast: boolean;
  };
  readonly env: Environment;
  readonly statements: readonly CheckedStatement[];
  readonly layout: LayoutChoice;
  readonly directives: DirectiveSettings;
  readonly mistakes: readonly DirectiveMistake[];
  readonly definitions: Definitions;
  /** Which of several layouts words mean, by their place. */
  readonly meant: ReadonlyMap<number, Layout>;
  readonly memory: Memory;
  /** The part of the memory that this analysis belongs to. */
  readonly inferences: Inferences;
}
