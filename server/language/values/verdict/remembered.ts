// What was judged is not judged again, in another place or after an edit: the same terms with the same definitions, sizes and assumptions
// have the same outcome. Remembered by content, so that nothing has to tell what an edit concerns.
import type { Checked, CheckedStatement } from '../../analysis/analysis.js';
import type { Term } from '../../term.js';
import { showsOnes } from '../assumptions.js';
import { knownText } from '../fold.js';
import type { Gathered, Values } from '../problem.js';
import { assumptionsOf } from '../sizes.js';
import { type Judged, judgeUnderAssumptions } from './trials.js';

interface Remembered {
  readonly judged: Map<string, Judged>;
  /** Numbers for texts, so that what is remembered is short. */
  readonly numbers: Map<string, number>;
}

const most = 20_000;

const memories = new WeakMap<Checked['memory'], Remembered>();

/** The outcome of judging that terms are equal. */
export function judgedOnce(values: Values, s: CheckedStatement, gathered: Gathered, terms: readonly Term[]): Judged {
  const memory = memoryOf(values.checked);
  const key = keyOf(memory, values, s, gathered, terms);
  const known = memory.judged.get(key);
  if (known) return known;
  const judged = judgeUnderAssumptions(values, s, gathered, terms);
  if (restsOnTerms(judged)) memory.judged.set(key, judged);
  return judged;
}

/** Whatever else is tried rests on what the text around the equation supposes, and is tried again. */
const restsOnTerms = ({ judgement, reason }: Judged): boolean =>
  judgement.members.every((m) => m === 'agrees') && reason?.kind !== 'supposing' && reason?.kind !== 'held';

/** Bounded: a full memory begins anew. */
function memoryOf({ memory }: Checked): Remembered {
  const known = memories.get(memory);
  if (known && known.judged.size < most) return known;
  const fresh: Remembered = { judged: new Map(), numbers: new Map() };
  memories.set(memory, fresh);
  return fresh;
}

/** All that judging takes in, in its order: sizes are given out in it. */
function keyOf({ numbers }: Remembered, values: Values, s: CheckedStatement, gathered: Gathered, terms: readonly Term[]): string {
  const { env } = values.checked;
  const parts: (number | string)[] = [];
  const add = (text: string): void => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(text, number);
    }
    parts.push(number);
  };
  const list = (name: string, texts: Iterable<string>): void => {
    parts.push(name);
    for (const text of texts) add(text);
  };
  list('terms', terms.map(knownText));
  parts.push('definitions');
  for (const [key, term] of gathered.definitions) {
    add(key);
    add(knownText(term));
  }
  parts.push('variables');
  for (const [key, { name, shape }] of gathered.variables) {
    add(key);
    add(`${name.base} ${shape.dims.map((d) => d.key).join('×')} ${assumptionsOf(values, name)}`);
  }
  list(
    'letters',
    [...gathered.letters].map(([letter, dim]) => `${letter} ${dim.key} ${s.context.fixed.has(letter)}`),
  );
  list(
    'functions',
    [...gathered.functions].map((f) => `${f} ${env.meaning(f, 0)?.known ?? ''}`),
  );
  list('given', gathered.given);
  list(
    'sizes',
    [...env.sizes].map(([name, size]) => `${name} ${size}`),
  );
  parts.push(s.statement.relations.includes('\\propto') ? 'up to a factor' : '', showsOnes(s) ? 'ones' : '');
  return parts.join();
}
