// Numbers for named dimensions ("with n = 3 inputs", "batch size B = 32") and the size of a batch ("mini-batches of size B").
import type { Fact } from '../facts.js';
import { itemsOf } from './flow.js';
import type { SentenceContext } from './sentence.js';
import type { Token } from './tokens.js';

const COUNTED =
  /^(?:inputs?|outputs?|samples?|examples?|features?|neurons?|units?|nodes?|classes|observations?|rows?|columns?|dimensions?|tokens?|hidden|data|training|entries|instances|images)$/;
const BEFORE = /^(?:size|sizes|dimension|dimensions|dimensionality|width|length)$/;

/** What a sentence must hold to be worth reading for sizes. */
export const SIZES =
  /batch|[=\uE000].*?(?:inputs?|outputs?|samples|examples|features|neurons|units|nodes|classes|observations|rows|columns|tokens|hidden|data|instances|images)|(?:size|dimension|width|length).*?[=\uE000]/;

export function readSizes(context: SentenceContext): Fact[] {
  const { text } = context.sentence;
  const tokens = context.tokens();
  return [...(holdsEquality(context) ? equalities(tokens, context) : []), ...(/batch/i.test(text) ? batches(tokens, context) : [])];
}

const holdsEquality = ({ sentence, document }: SentenceContext): boolean =>
  sentence.text.includes('=') ||
  itemsOf(sentence).some(
    ({ inline }) =>
      inline.kind === 'formula' && /^[^=]{1,20}=\s*\d+\s*$/.test(document.formulas[document.numbered(inline.formula)]?.tex ?? ''),
  );

function equalities(tokens: readonly Token[], context: SentenceContext): Fact[] {
  const facts: Fact[] = [];
  for (const [i, t] of tokens.entries()) {
    const found = equality(tokens, i);
    if (!found) continue;
    const counted = COUNTED.test(tokens[found.to]?.text ?? '');
    const named =
      BEFORE.test(tokens[i - 1]?.text ?? '') || (BEFORE.test(tokens[i - 2]?.text ?? '') && /^(?:of|is)$/.test(tokens[i - 1]?.text ?? ''));
    if (t.math && (counted || named)) facts.push({ kind: 'size', name: found.name, value: found.value, span: context.spanOf(i, found.to) });
  }
  return facts;
}

/** `$n = 3$`, or n = 3 in plain words. */
function equality(
  tokens: readonly Token[],
  at: number,
): { readonly name: string; readonly value: number; readonly to: number } | undefined {
  const math = tokens[at]?.math?.();
  const name = math?.names.length === 1 ? math.names[0] : undefined;
  if (!math || !name) return undefined;
  if (math.value !== undefined) return isCount(math.value) ? { name: name.key, value: math.value, to: at + 1 } : undefined;
  const number = tokens[at + 2];
  const value = tokens[at + 1]?.text === '=' && number?.kind === 'number' ? Number(number.text) : Number.NaN;
  return isCount(value) ? { name: name.key, value, to: at + 3 } : undefined;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0 && value < 1e6;

function batches(tokens: readonly Token[], context: SentenceContext): Fact[] {
  const facts: Fact[] = [];
  for (const [i, t] of tokens.entries()) {
    if (!/^(?:mini-?)?batch(?:es)?$/.test(t.text)) continue;
    const at = /^(?:of|with)$/.test(tokens[i + 1]?.text ?? '')
      ? tokens[i + 2]?.text === 'size'
        ? i + 3
        : i + 2
      : tokens[i + 1]?.text === 'size'
        ? i + 2
        : -1;
    const token = tokens[at];
    if (!token?.math || token.kind !== 'math') continue;
    const { dims } = token.math();
    const [size] = dims;
    const bare =
      tokens[at - 1]?.text !== 'size' &&
      !/^(?:samples?|examples?|inputs?|observations?|instances|images|data|training)$/.test(tokens[at + 1]?.text ?? '');
    if (size && dims.length === 1 && !bare) facts.push({ kind: 'batch', size, span: context.spanOf(i, at + 1) });
  }
  return facts;
}
