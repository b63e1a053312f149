// Layer sizes of a network in words: "2 input, 3 hidden and 2 output neurons", "a 784-30-10 network".
import type { Block, SourceDocument } from '../../document/types.js';
import type { Span } from '../../text.js';
import type { Fact, NetworkSettings } from '../facts.js';
import { documentSpan, pieceAt, type Sentence } from './flow.js';
import { mathematics } from './mathematics.js';
import type { FormulaReader } from './tokens.js';
import { NUMBERS, SUPPOSES } from './vocabulary.js';

type Part = 'input' | 'hidden' | 'output';
type Size = number | string;

interface Mention {
  readonly part: Part;
  readonly sizes: readonly Size[];
  readonly span: Span;
}

const NUM = String.raw`(\d+|single|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\uE000|\b[a-z]\b(?!-))`;
const LIST = String.raw`((?:\d+|two|three|four|five|six|seven|eight|nine|ten|\uE000)(?:(?:, and |, | and )(?:\d+|two|three|four|five|six|seven|eight|nine|ten|\uE000))*)`;
const UNIT = '(?:neurons?|units?|nodes?|cells?|perceptrons?)';
const HAS = String.raw`(?:,? ?(?:which|that))? ?(?:with|of|has|have|having|containing|contains|consisting of|consists of|includes|is of|:|=|\()(?: size| width| dimension)?:?`;

const counted = (part: string): readonly RegExp[] => [
  new RegExp(
    String.raw`${NUM}(?: (?:relu|sigmoid|logistic|tanh|softmax|linear))? ${part}(?:s\b|\b(?! layers?\b|s))(?: ${UNIT}| features?| variables?)?`,
    'g',
  ),
  new RegExp(String.raw`${NUM}[- ]dimensional ${part}\b`, 'g'),
  new RegExp(String.raw`\b${part} layer${HAS} ${NUM}(?! hidden)(?: ${part})?(?: ${UNIT})?`, 'g'),
  new RegExp(`${NUM} ${UNIT} (?:in|for|at|of) (?:the |its |a |one )?(?:single )?${part} layer`, 'g'),
];

const COUNTS: Readonly<Record<Part, readonly RegExp[]>> = {
  input: counted('input'),
  hidden: [
    ...counted('hidden'),
    new RegExp(
      String.raw`(two|three|four|five|six|\d+) hidden layers${HAS}(?: sizes| widths)? ${LIST}(?: hidden)?(?: ${UNIT})?( each)?`,
      'g',
    ),
  ],
  output: [...counted('output'), new RegExp(String.raw`${NUM}[- ]dimensional softmax\b`, 'g')],
};

const DASHED = /(?<![\d.-])(\d+(?: ?[-–—→] ?\d+){2,})(?![\d-])/g;
const LETTERED =
  /(?<![\w-])([a-z](?:-[a-z]){2,})(?= (?:feed-?forward |neural |fully connected )*(?:network|net|mlp|perceptron|architecture)\b)/g;
const LISTED =
  /\b(?:layers? (?:of )?(?:sizes?|widths?|dimensions?)|(?:network|mlp|architecture|perceptron|net) (?:of|with) (?:shape|layers|sizes?|layer sizes))(?: of| are| is|:)? ?[[(]?((?:\d+)(?:(?:, and |, | and )\d+)+)[\])]?/g;
const NETWORK = '(?:networks?|nets?|perceptron|mlp|architecture|topology|autoencoder|neural net)';
const NETWORK_AFTER = new RegExp(String.raw`^[)\]]?(?: [\w-]+){0,3} ${NETWORK}\b`);
const NETWORK_BEFORE = new RegExp(String.raw`\b(?:${NETWORK}|layers?|sizes)(?: [\w-]+){0,4}:? [([]?$`);
const ofNetwork = (text: string, from: number, to: number): boolean =>
  NETWORK_AFTER.test(text.slice(to)) || NETWORK_BEFORE.test(text.slice(0, from));
/** Networks whose weights are not the labelled families of a feed-forward network. */
const OTHER_KIND = /recurrent|\brnns?\b|\blstm|\bgru\b|convolution|\bcnns?\b|transformer|attention|residual/;

/** A number before or after the word for a layer, or sizes joined by dashes or in a list. */
const WORTH =
  /(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|single|\uE000|\b[a-z])[ -](?:\w+[ -])?(?:input|hidden|output|softmax)|(?:input|hidden|output) layers?\b|\d ?[-–—→] ?\d+ ?[-–—→] ?\d|\b[a-z]-[a-z]-[a-z]\b|neurons?|layers?\b.*\d/i;

/** Collects mentions over the sentences of a paragraph and over list items that follow one another. */
export class NetworkReader {
  private mentions: Mention[] = [];
  private readonly found: Fact[] = [];
  private inList = false;

  constructor(
    private readonly document: SourceDocument,
    private readonly reader: FormulaReader,
  ) {}

  facts(): readonly Fact[] {
    return this.found;
  }

  /** A block that says nothing of layers. */
  pass(block: Block): void {
    const listItem = block.kind === 'prose' && block.listItem !== undefined;
    if (!listItem || !this.inList) this.mentions = [];
    this.inList = listItem;
  }

  /** Whether any sentence is about layers. */
  block(block: Block, sentences: readonly Sentence[]): boolean {
    this.pass(block);
    let any = false;
    for (const sentence of sentences) {
      if (sentence.text.length > 3000 || !WORTH.test(sentence.text)) continue;
      any = true;
      const text = sentence.text.toLowerCase().replace(/\s/g, ' ');
      if (
        !/\d|\uE000|\b(?:one|two|three|four|five|six|ten|single)\b|[a-z]-[a-z]-/.test(text) ||
        SUPPOSES.test(text) ||
        OTHER_KIND.test(text) ||
        /\?\s*$/.test(text)
      )
        continue;
      if (!this.written(sentence, text)) this.count(sentence, text);
    }
    return any;
  }

  /** "a 784-30-10 network", "layer sizes [2, 3, 2]". */
  private written(sentence: Sentence, text: string): boolean {
    for (const pattern of [DASHED, LETTERED, LISTED]) {
      pattern.lastIndex = 0;
      const m = pattern.exec(text);
      const list = m?.[1];
      if (!m || !list || (pattern === DASHED && (/^(?:19|20)\d\d ?-0?\d/.test(list) || !ofNetwork(text, m.index, m.index + m[0].length))))
        continue;
      const layers = list.split(/ ?[-–—→] ?|, and |, | and /).map((n) => (/^\d+$/.test(n) ? Number(n) : n));
      if (layers.length < 2 || layers.some((n) => n === 0)) continue;
      this.add(layers, this.spanOf(sentence, m.index, m.index + m[0].length), text);
      return true;
    }
    return false;
  }

  private count(sentence: Sentence, text: string): void {
    if (!/input|hidden|output|softmax/.test(text)) return;
    const found: (Mention & { readonly at: number; readonly to: number })[] = [];
    for (const part of ['hidden', 'input', 'output'] as const) {
      for (const pattern of COUNTS[part]) {
        for (const m of text.matchAll(pattern)) {
          const to = m.index + m[0].length;
          const sizes = this.sizes(sentence, m);
          if (sizes.length === 0 || found.some((f) => f.part === part && m.index < f.to && f.at < to)) continue;
          found.push({ part, sizes, at: m.index, to, span: this.spanOf(sentence, m.index, to) });
        }
      }
    }
    found.sort((a, b) => a.at - b.at);
    this.mentions.push(...found);
    this.settle(text);
  }

  /** The numbers of a match; of "two hidden layers of 5 and 3 units" those of the layers. */
  private sizes(sentence: Sentence, m: RegExpMatchArray): readonly Size[] {
    const texts = m.slice(1).filter((g): g is string => g !== undefined && g.trim() !== 'each');
    const layers = texts.length === 2 ? this.size(sentence, m, texts[0] ?? '') : undefined;
    const list = (texts.at(-1) ?? '').split(/, and |, | and /);
    let at = texts.length === 2 ? m[0].indexOf(texts[1] ?? '', (texts[0] ?? '').length) : 0;
    const sizes = list.map((n) => {
      const size = this.size(sentence, m, n, at);
      at += n.length + 1;
      return size;
    });
    if (!sizes.every((s): s is Size => s !== undefined)) return [];
    if (layers === undefined) return sizes;
    if (sizes.length === 1 && sizes[0] !== undefined && typeof layers === 'number' && layers < 20)
      return Array.from({ length: layers }, () => sizes[0] ?? 1);
    return sizes.length === layers ? sizes : [];
  }

  private size(sentence: Sentence, m: RegExpMatchArray, text: string, from = 0): Size | undefined {
    if (/^\d+$/.test(text)) return Number(text) > 0 ? Number(text) : undefined;
    if (text === 'single') return 1;
    const count = NUMBERS.get(text);
    if (count !== undefined) return count;
    if (text !== '\uE000') return /^[b-hj-z]$/.test(text) ? text : undefined;
    const inline = pieceAt(sentence.flow, sentence.from + (m.index ?? 0) + m[0].indexOf('\uE000', from))?.inline;
    if (inline?.kind !== 'formula') return undefined;
    const { dims } = mathematics(this.reader.formula(inline.formula));
    const [dim] = dims;
    if (dims.length !== 1 || !dim) return undefined;
    return dim.kind === 'number' ? dim.value : dim.kind === 'symbol' ? dim.name.key : undefined;
  }

  private settle(text: string): void {
    const of = (part: Part): Mention[] => this.mentions.filter((m) => m.part === part);
    const [input, moreInputs] = of('input');
    const [output, moreOutputs] = of('output');
    const hidden = of('hidden');
    if (!input || !output || (hidden.length === 0 && !/single[- ]layer|no hidden|without (?:any )?hidden/.test(text))) return;
    if (moreInputs || moreOutputs) {
      this.mentions = [];
      return;
    }
    const spans = this.mentions.map((m) => m.span);
    const span = { start: Math.min(...spans.map((s) => s.start)), end: Math.max(...spans.map((s) => s.end)) };
    this.mentions = [];
    this.add([...input.sizes, ...hidden.flatMap((h) => h.sizes), ...output.sizes], span, text);
  }

  private add(layers: readonly Size[], span: Span, text: string): void {
    const said = settingsIn(text);
    this.found.push({ kind: 'network', layers, span, ...(said ? { said } : {}) });
  }

  private spanOf({ flow, from }: Sentence, start: number, end: number): Span {
    return documentSpan(flow, from + start, from + end, this.document);
  }
}

const ACTIVATION = '(leaky relu|relu|sigmoid|logistic|tanh|softplus|softmax|linear|identity)';
const HIDDEN = new RegExp(
  `${ACTIVATION}[- ](?:activated |activations? (?:in the |for the )?)?hidden|hidden (?:layers?|units|neurons)[^.,;]{0,30}?(?:with|using|use|are|have) (?:a |the )?${ACTIVATION}`,
);
const OUTPUT = new RegExp(
  `${ACTIVATION}[- ](?:activated |activations? (?:in the |for the )?)?output|output (?:layer|units?|neurons?)[^.,;]{0,30}?(?:with|using|use|is|are|has) (?:a |the )?${ACTIVATION}`,
);
const BOTH = new RegExp(
  `(?:with|using|and|all|has|have) (?:a |the )?${ACTIVATION} (?:activations?|activation functions?|units|neurons)(?! (?:in|for|on|at) the)`,
);
const LOSSES: readonly (readonly [RegExp, string])[] = [
  [/binary cross[- ]entropy|\bbce\b/, 'bce'],
  [/cross[- ]entropy/, 'cross-entropy'],
  [/mean[- ]squared[- ]error|squared[- ]error|\bmse\b/, 'mse'],
];

/** Activations and loss that the same sentence names. */
function settingsIn(text: string): NetworkSettings | undefined {
  const named = (m: RegExpExecArray | null): string | undefined => {
    const word = m?.slice(1).find((g) => g !== undefined);
    return word === undefined ? undefined : word === 'logistic' ? 'sigmoid' : word === 'linear' ? 'identity' : word.replace(' ', '-');
  };
  const both = named(BOTH.exec(text));
  const hidden = named(HIDDEN.exec(text)) ?? both;
  const output = named(OUTPUT.exec(text)) ?? both;
  const loss = LOSSES.find(([pattern]) => pattern.test(text))?.[1];
  if (!hidden && !output && !loss) return undefined;
  return { ...(hidden ? { hidden } : {}), ...(output ? { output } : {}), ...(loss ? { loss } : {}) };
}
