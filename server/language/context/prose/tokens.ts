// A sentence as tokens: words, numbers, marks and mathematics (formulas, code spans, and bare names such as W_h in the text).
import type { FormulaExpr } from '../../expr.js';
import type { Span } from '../../text.js';
import { CODE, DISPLAY, documentSpan, type Flow, FORMULA, pieceAt, type Sentence, type Written } from './flow.js';
import { type Mathematics, mathematics, nothing } from './mathematics.js';

export interface FormulaReader {
  formula(index: number): FormulaExpr;
  /** Parses a bare or code-span name such as `W_h`, `n`, `3n`. */
  text(tex: string): FormulaExpr;
}

export interface Token {
  readonly kind: 'word' | 'number' | 'mark' | 'math';
  /** Lower case of words; the mark; '' for a formula. */
  readonly text: string;
  readonly raw: string;
  /** Range in the running text. */
  readonly from: number;
  readonly to: number;
  /** Joined to the token before it by a hyphen, as in `n-dimensional`. */
  readonly hyphen: boolean;
  /** A bare name in the text rather than a formula or a code span. */
  readonly bare: boolean;
  /** A word that could also be a name: a single letter. */
  readonly math: (() => Mathematics) | undefined;
  /** The formula's number in the document, the code span's text. */
  readonly formula?: number;
  readonly code?: string;
}

/** Chinese words of mathematics as English ones. */
const CHINESE: readonly (readonly [string, string])[] = [
  ['单位阵', 'identity matrix'],
  ['单位矩阵', 'identity matrix'],
  ['对称矩阵', 'symmetric matrix'],
  ['列向量', 'column vector'],
  ['行向量', 'row vector'],
  ['向量', 'vector'],
  ['矩阵', 'matrix'],
  ['标量', 'scalar'],
  ['是一个', 'is a'],
  ['是个', 'is a'],
  ['均为', 'are'],
  ['都是', 'are'],
  ['都为', 'are'],
  ['是', 'is'],
  ['为', 'is'],
  ['一个', 'a'],
  ['维', 'dimensional'],
  ['和', 'and'],
  ['、', ','],
  ['，', ','],
  ['：', ':'],
  ['的', ''],
];

const CHINESE_BY_SIGN = new Map(
  [...new Set(CHINESE.map(([word]) => word.charAt(0)))].map((sign) => [sign, CHINESE.filter(([word]) => word.startsWith(sign))]),
);

const SCRIPT = String.raw`(?:[_^](?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\([^()\s]*\)|\[[^[\]\s]*\]|[A-Za-z0-9]+)|[₀-₉ₐ-ₜ⁰-⁹ⁿᵐᵀ])`;
const LEXEMES = new RegExp(
  [
    `(?<math>[${FORMULA}${CODE}${DISPLAY}])`,
    String.raw`(?<abbreviation>(?:i\.e|e\.g|w\.r\.t|a\.k\.a)\.?|resp\.)`,
    String.raw`(?<number>\d+(?:\.\d+)?(?![A-Za-z_^])|\d+(?=[xX]\d))`,
    String.raw`(?<times>(?<=\d)[xX](?=\d))`,
    String.raw`(?<set>(?:ℝ|\bR(?=[\^ⁿᵐ]))(?:\^(?:\{[^{}]*\}|\([^()]*\)|\w+(?:[×x]\w+)?)|[ⁿᵐ]))`,
    `(?<name>[A-Za-zΑ-ω]+${SCRIPT}+)`,
    String.raw`(?<possessive>['’]s\b)`,
    String.raw`(?<word>[A-Za-z]+(?:['’][a-z]+)*(?:-[A-Za-z]+)*|\d+[A-Za-z]+)`,
    '(?<greek>[Α-ω])',
    '(?<chinese>[\\u4e00-\\u9fff，、：]+)',
    '(?<mark>[^\\s])',
  ].join('|'),
  'gu',
);

export function tokensOf(sentence: Sentence, reader: FormulaReader): Token[] {
  const lexer = new Lexer(sentence.flow, sentence.from, reader);
  LEXEMES.lastIndex = 0;
  const { text } = sentence;
  for (;;) {
    PLAIN.lastIndex = LEXEMES.lastIndex;
    const plain = PLAIN.exec(text);
    if (plain) {
      lexer.word(plain[1] as string, sentence.from + PLAIN.lastIndex - (plain[1] as string).length);
      LEXEMES.lastIndex = PLAIN.lastIndex;
      continue;
    }
    const m = LEXEMES.exec(text);
    if (!m) break;
    lexer.take(m.groups ?? {}, m[0], sentence.from + m.index);
  }
  return joinHyphens(lexer.tokens);
}

/** A word between white space and what can only end it: most tokens are, and no other lexeme is. */
const PLAIN = /\s*([A-Za-z]+)(?=[\s,;:!?)\]]|$)/y;

/** Collects the tokens of one sentence. */
class Lexer {
  readonly tokens: Token[] = [];
  constructor(
    private readonly flow: Flow,
    readonly start: number,
    private readonly reader: FormulaReader,
  ) {}

  take(groups: Readonly<Record<string, string | undefined>>, raw: string, from: number): void {
    if (groups.math) this.mathematics(raw, from);
    else if (groups.number) this.push('number', raw, raw, from, raw.length);
    else if (groups.times) this.push('mark', '×', raw, from, raw.length);
    else if (groups.set) this.name(setTex(raw), raw, from);
    else if (groups.name || groups.greek) this.name(nameTex(raw), raw, from);
    else if (groups.word) this.word(raw, from);
    else if (groups.chinese) this.chinese(raw, from);
    else if (groups.mark) this.push('mark', raw, raw, from, raw.length);
    else this.push('word', raw.toLowerCase().replace('’', "'"), raw, from, raw.length);
  }

  private push(kind: Token['kind'], text: string, raw: string, from: number, length: number, more: Partial<Token> = {}): void {
    this.tokens.push({ kind, text, raw, from, to: from + length, hyphen: false, bare: false, math: undefined, ...more });
  }

  private mathematics(raw: string, from: number): void {
    const inline = pieceAt(this.flow, from)?.inline;
    if (inline?.kind === 'formula') {
      const { formula } = inline;
      this.push('math', '', raw, from, 1, { formula, math: once(() => this.reader.formula(formula)) });
    } else if (inline?.kind === 'code') {
      const code = inline.text;
      this.push('math', '', raw, from, 1, { code, math: once(() => (code.length > 40 ? nothing : this.reader.text(codeTex(code)))) });
    }
  }

  private name(tex: string, raw: string, from: number): void {
    this.push('math', '', raw, from, raw.length, { bare: true, math: once(() => this.reader.text(tex)) });
  }

  /** A hyphenated word whose first part is a letter, a number or `length` comes apart: `n-dimensional`, `m-by-n`. */
  word(raw: string, from: number): void {
    const parts = raw.includes('-') ? /^([A-Za-z]|\d+|two|three|four|five|six|length|size|by)-(.+)$/i.exec(raw) : undefined;
    if (parts?.[1] && parts[2]) {
      this.word(parts[1], from);
      const at = from + parts[1].length;
      this.push('mark', '-', '-', at, 1);
      this.word(parts[2], at + 1);
      return;
    }
    const math = raw.length === 1 ? once(() => this.reader.text(raw)) : undefined;
    this.push('word', raw.toLowerCase().replace('’', "'"), raw, from, raw.length, { bare: true, math });
  }

  private chinese(raw: string, from: number): void {
    for (let i = 0; i < raw.length; ) {
      const entry = (CHINESE_BY_SIGN.get(raw.charAt(i)) ?? []).find(([word]) => raw.startsWith(word, i));
      const length = entry?.[0].length ?? 1;
      for (const word of (entry?.[1] ?? raw.charAt(i)).split(' ')) {
        if (word !== '') this.push(/^[,:]$/.test(word) ? 'mark' : 'word', word, raw.slice(i, i + length), from + i, length);
      }
      i += length;
    }
  }
}

const isHyphen = (m: Token | undefined): boolean => m?.kind === 'mark' && /^[-‐‑]$/.test(m.text);

/** A hyphen between two tokens without spaces becomes a flag of the second; between numbers it stays. */
function joinHyphens(tokens: Token[]): Token[] {
  if (!tokens.some(isHyphen)) return tokens;
  const joined: Token[] = [];
  for (const [i, t] of tokens.entries()) {
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    const glued = (a: Token | undefined, b: Token | undefined): boolean => a !== undefined && b !== undefined && a.to === b.from;
    const dropped = (m: Token | undefined, l: Token | undefined, r: Token | undefined): boolean =>
      isHyphen(m) && glued(l, m) && glued(m, r) && (r?.kind === 'word' || l?.kind === 'word');
    if (dropped(t, before, after)) continue;
    const hyphen = dropped(before, tokens[i - 2], t);
    joined.push(hyphen ? { ...t, hyphen } : t);
  }
  return joined;
}

function once(read: () => FormulaExpr): () => Mathematics {
  let value: Mathematics | undefined;
  return () => {
    value ??= mathematics(read());
    return value;
  };
}

/** `x_train` is x with the label train, not x_t rain. */
const nameTex = (raw: string): string => raw.replace(/([_^])([A-Za-z0-9]{2,}|\([^()]*\)|\[[^[\]]*\])/g, '$1{$2}');

const setTex = (raw: string): string =>
  `\\mathbb{R}^{${raw
    .slice(1)
    .replace(/^\^/, '')
    .replace(/^[{(]|[})]$/g, '')
    .replace(/ⁿ/g, 'n')
    .replace(/ᵐ/g, 'm')
    .replace(/\s*[×x]\s*/g, ' \\times ')}}`;

/** Code spans: `W1` is W_1, `m x n` a shape, `B,T,C` a list. */
function codeTex(code: string): string {
  const text = code.trim().replace(/\.shape$/, '');
  if (/^[A-Za-z]\d+$/.test(text)) return `${text.charAt(0)}_{${text.slice(1)}}`;
  if (/^[([]?\s*\w+\s*(?:\s[x*]\s|×)\s*\w+\s*[)\]]?$/.test(text)) return text.replace(/\s*(?:\s[x*]\s|×)\s*/g, ' \\times ');
  if (/^[([]\s*\d+x\d+\s*[)\]]$/.test(text) || /^\d+x\d+$/.test(text)) return text.replace('x', ' \\times ');
  return nameTex(text);
}

export const spanOfTokens = (flow: Flow, tokens: readonly Token[], from: number, to: number, document: Written): Span =>
  documentSpan(flow, tokens[from]?.from ?? 0, tokens[to - 1]?.to ?? 0, document);
