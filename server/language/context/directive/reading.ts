// What the readers of a directive's keys share: the settings they make and what they have at hand. Types only.
import type { Expr, Name } from '../../expr.js';
import type { Code, Severity } from '../../report.js';
import type { Span } from '../../text.js';
import type { Fact } from '../facts.js';

export interface DirectiveSettings {
  readonly broadcast?: 'strict' | 'rows';
  /** False: formulas are not evaluated. */
  readonly valueCheck?: boolean;
  readonly rules?: Readonly<Partial<Record<Code, 'off' | Severity>>>;
}

/** What a key's reader has at hand; `place` gives document spans. */
export interface DirectiveReading {
  readonly name: (tex: string) => Name | undefined;
  readonly dim: (text: string) => Expr | undefined;
  readonly place: (span: Span) => Span;
  readonly fact: (fact: Fact) => void;
  readonly mistake: (span: Span, message: string) => void;
  readonly set: (settings: DirectiveSettings) => void;
}
