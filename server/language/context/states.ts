// States as numbers: equal numbers are equal histories of what was added, in this analysis or an earlier one. Knows nothing of what is added.

/** Numbers for what can follow what: the memory of states, which outlives an analysis. */
export interface States {
  readonly next: Map<number, Map<string, number>>;
  /** Numbers of things that are told apart by identity. */
  readonly things: WeakMap<object, number>;
  count: number;
}

export const newStates = (): States => ({ next: new Map(), things: new WeakMap(), count: 0 });

export const nothingDeclared = 0;

/** The state that follows another by something that is added. */
export function stateAfter(states: States, state: number, added: string): number {
  let row = states.next.get(state);
  if (!row) {
    row = new Map();
    states.next.set(state, row);
  }
  let next = row.get(added);
  if (next === undefined) {
    next = ++states.count;
    row.set(added, next);
  }
  return next;
}

/** The number of a thing. */
export function numberOf(states: States, thing: object): number {
  let n = states.things.get(thing);
  if (n === undefined) {
    n = ++states.count;
    states.things.set(thing, n);
  }
  return n;
}
