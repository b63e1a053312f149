// What functions are and what derivatives are called: "σ is the logistic function", "f is applied element-wise", "dW denotes ∂J/∂W".
import type { Expr, Name } from '../../expr.js';
import type { Fact } from '../facts.js';
import { beginsClause } from './clauses.js';
import { grammarOf, type Match } from './engine.js';
import { type FormsAt, formsOf } from './forms.js';
import { RULES } from './grammar.js';
import { nameOf } from './mathematics.js';
import type { SentenceContext } from './sentence.js';
import type { Token } from './tokens.js';

/** Words for known functions. The first that fits counts. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/leaky/, 'leaky-relu'],
  [/relu|rectif/, 'relu'],
  [/softmax/, 'softmax'],
  [/softplus/, 'softplus'],
  [/tanh|hyperbolic tangent/, 'tanh'],
  [/sigmoid|logistic/, 'sigmoid'],
  [/gelu/, 'gelu'],
  [/silu|swish/, 'silu'],
  [/elu/, 'elu'],
  [/identity|linear/, 'identity'],
  [/exponential/, 'exp'],
];

const grammar = grammarOf(
  {
    ...RULES,
    KNOWN: [
      'logistic sigmoid',
      'sigmoid|logistic|softmax|softplus|tanh|relu|relus|gelu|silu|swish|elu|leaky-relu',
      'leaky relu',
      'hyperbolic tangent',
      'rectified linear unit?',
      'rectified-linear unit?',
      'rectifier',
      'identity',
      'exponential',
    ],
    WISE: ['ELEMENTWISE2'],
    KIND: [
      'activation|non-linear|nonlinear|squashing|link|transfer? function|functions|nonlinearity|non-linearity|map|mapping|operation|unit',
      'activation',
      'activations',
      'nonlinearity',
    ],
    FADJ: [
      'the|a|an|our|some|its',
      'WISE',
      'ADVERB',
      'scalar|smooth|differentiable|given|arbitrary|standard|usual|known|fixed|non-linear|nonlinear|hidden|output',
      ',',
    ],
    FSUBJ: ['FADJ* KIND? FNAME'],
    ISA: ['is|are|be|denotes|means|being|represents|as', 'will|shall be', 'stands for'],
    ROWS: ['row-wise|rowwise', 'along|over|to each|every|the? row|rows', 'over? each row'],
    COLUMNS: ['column-wise|columnwise', 'along|over|to each|every|the? column|columns'],
    ACTS: ['is|are|be|being applied|acting|evaluated|computed|understood|meant', 'acts|operates|works|applies', 'applied', 'is|are|be'],
  },
  new Set(['KNOWN', 'WISE', 'KIND', 'ROWS', 'COLUMNS']),
);

const CLAUSE_FORMS = [
  'FSUBJ ISA FADJ* KNOWN KIND?', //         σ is the logistic function
  'FSUBJ ACTS ADVERB* WISE', //             f is applied element-wise
  'FSUBJ ISA FADJ* WISE FADJ* KIND', //     φ is an element-wise activation function
  'FADJ* KNOWN KIND? ACTS ROWS', //         softmax is applied to each row
  'FADJ* KNOWN KIND? ACTS COLUMNS',
  'FADJ* KNOWN KIND? is|are taken ROWS',
  'FADJ* KNOWN KIND? is|are taken COLUMNS',
];
const PHRASE_FORMS = [
  'the|a|our KNOWN KIND FNAME', //              the logistic function σ(·)
  'the|a KNOWN FNAME', //                   the sigmoid σ
  'a|an|the|some|our FADJ* WISE FADJ* KIND FNAME', // an element-wise nonlinearity φ
  'FNAME applied WISE', //                  with σ applied element-wise
];

const listed = (forms: readonly string[]): { readonly form: string }[] => forms.map((form) => ({ form }));
const clausesIn = formsOf(grammar, listed(CLAUSE_FORMS));
const phrasesIn = formsOf(grammar, listed(PHRASE_FORMS));

const NAMED =
  /sigmoid|logistic|softmax|relu\b|relus|tanh|hyperbolic|softplus|gelu|silu|swish|rectif|identity|exponential|[- ]wise\b|(?:element|entry|component|coordinate|point)-?wise/;
const DENOTED = /denot|stand|write|short|means|refer|represent|abbrev|\bbar\b|\buse\b/;
/** What a sentence must hold to be worth reading for functions and names of gradients. */
export const FUNCTIONS = new RegExp(`${NAMED.source}|${DENOTED.source}`);

export function readFunctions(context: SentenceContext): Fact[] {
  const facts = NAMED.test(context.lower) ? functions(context) : [];
  return DENOTED.test(context.lower) ? [...facts, ...gradientNames(context)] : facts;
}

function functions(context: SentenceContext): Fact[] {
  const tokens = context.tokens();
  const facts: Fact[] = [];
  const clausesAt = clausesIn(tokens);
  const phrasesAt = phrasesIn(tokens);
  for (let at = 0, ended = -1; at < tokens.length; at++) {
    const match = (beginsClause(tokens, at, ended) ? first(clausesAt, tokens, at) : undefined) ?? first(phrasesAt, tokens, at);
    const fact = match && factOf(match, tokens, context);
    if (!fact) continue;
    facts.push(fact);
    ended = match.to;
    at = match.to - 1;
  }
  return facts;
}

function first(formsAt: FormsAt<{ readonly form: string }>, tokens: readonly Token[], at: number): Match | undefined {
  for (const { form } of formsAt(at)) {
    const match = grammar.match(form, tokens, at);
    if (match) return match;
  }
  return undefined;
}

function factOf(match: Match, tokens: readonly Token[], { spanOf }: SentenceContext): Fact | undefined {
  const rule = (name: string) => match.captures.find((c) => c.kind === 'rule' && c.rule === name);
  const known = rule('KNOWN');
  const word = known?.kind === 'rule' ? (KNOWN.find(([p]) => p.test(known.text))?.[1] ?? '') : '';
  const names = match.captures.find((c) => c.kind === 'names');
  const span = spanOf(match.from, match.to);
  const axis = rule('ROWS') ? 'rows' : rule('COLUMNS') ? 'columns' : undefined;
  if (axis) return word === 'softmax' ? { kind: 'function', name: 'softmax', meaning: 'softmax', axis, span } : undefined;
  const name = names?.kind === 'names' ? names.names[0] : undefined;
  if (!name || names?.kind !== 'names' || /^(?:of|for|value|values|output|layer|derivative)$/.test(tokens[match.to]?.text ?? ''))
    return undefined;
  const isFunction = names.applied || isFunctionLetter(name) || /function|linearity|map/.test(kindOf(match));
  if (!isFunction || (names.to === match.to && !names.applied && isLabelled(name))) return undefined;
  if (/^identity/.test(word) && !/function|map|activation/.test(kindOf(match))) return undefined;
  return { kind: 'function', name: name.key, meaning: word || 'element-wise', span };
}

const kindOf = (match: Match): string => match.captures.flatMap((c) => (c.kind === 'rule' && c.rule === 'KIND' ? [c.text] : [])).join(' ');

/** Letters that are functions by custom: "the sigmoid activation a" is a value, "σ" is not. */
const isFunctionLetter = (name: Name): boolean =>
  /^(?:\\?(?:sigma|phi|varphi|psi|rho|varrho|theta|tau)|[σφϕψρfghsS])$/.test(
    name.base.replace(/^\\(?:mathbf|boldsymbol|mathrm)\{(.*)\}$/, '$1'),
  );
const isLabelled = (name: Name): boolean => name.labels.length > 0 || name.subs.some((s) => s.kind !== 'word');

// ---- names of gradients

const STANDS_FOR =
  '(?:denotes?|stands? for|means|refers? to|represents?|is (?:a |our |used as )?(?:short|shorthand|notation|short notation|an abbreviation|the notation) for|is used for)';
const PAIRS = [
  new RegExp(String.raw`([\uE000\uE001]) ${STANDS_FOR} (?:the (?:gradient|derivative) )?(\uE000)`, 'g'),
  /\b(?:write|use|abbreviate) ([\uE000\uE001]) (?:as (?:a )?(?:short|shorthand|abbreviation) )?(?:for|to denote|to mean|instead of) (\uE000)/g,
];
const BAR =
  /\b(?:an? |the )?(bar|overline|overbar|tilde|hat|dot)(?: (?:over|on|above)[^.;]{0,30})? (?:denotes|stands for|means|marks|indicates) (?:the )?(?:partial )?(?:derivative|gradient|adjoint|sensitivity) of (?:the )?(?:loss|cost|objective|error|function|scalar)? ?(?:function )?([\uE000]|[A-Za-z]\b)?/;
const SIGNS: Readonly<Record<string, string>> = {
  bar: '\\bar',
  overline: '\\bar',
  overbar: '\\bar',
  tilde: '\\tilde',
  hat: '\\hat',
  dot: '\\dot',
};

function gradientNames(context: SentenceContext): Fact[] {
  const { text } = context.sentence;
  const facts: Fact[] = [];
  for (const pattern of PAIRS) {
    for (const m of text.matchAll(pattern)) {
      const name = exprAt(context, m.index + m[0].indexOf(m[1] ?? ''));
      const derivative = exprAt(context, m.index + m[0].lastIndexOf(m[2] ?? ''));
      const found = name && derivative && gradientName(name, derivative);
      if (found) facts.push({ kind: 'gradient-name', ...found, span: tokenSpan(context, m.index, m.index + m[0].length) });
    }
  }
  const bar = BAR.exec(text);
  if (bar) {
    const of = bar[2] === '\uE000' ? exprAt(context, bar.index + bar[0].length - 1) : undefined;
    const letter = bar[2] && bar[2] !== '\uE000' ? bar[2] : '';
    facts.push({
      kind: 'gradient-name',
      prefix: SIGNS[bar[1] ?? ''] ?? '\\bar',
      of: (of && nameOf(of)?.key) ?? letter,
      span: tokenSpan(context, bar.index, bar.index + bar[0].length),
    });
  }
  return facts;
}

const tokenAt = (context: SentenceContext, offset: number): Token | undefined =>
  context.tokens().find((t) => t.from === context.sentence.from + offset);

function exprAt(context: SentenceContext, offset: number): Expr | undefined {
  const [statement, more] = tokenAt(context, offset)?.math?.().expr.statements ?? [];
  return more || statement?.members.length !== 1 ? undefined : statement.members[0];
}

function tokenSpan(context: SentenceContext, from: number, to: number): Fact['span'] {
  const tokens = context.tokens();
  const inside = (t: Token): boolean => t.from >= context.sentence.from + from && t.to <= context.sentence.from + to;
  const start = tokens.findIndex(inside);
  return context.spanOf(start, start + tokens.filter(inside).length);
}

/** Whether a name is a sign put before (over) the variable of a derivative. */
function gradientName(name: Expr, derivative: Expr): { readonly prefix: string; readonly of: string } | undefined {
  if (derivative.kind !== 'derivative' || derivative.by.length !== 1 || !derivative.of) return undefined;
  const of = nameOf(derivative.of)?.key;
  const by = derivative.by[0] && nameOf(derivative.by[0]);
  if (of === undefined || !by) return undefined;
  if (name.kind === 'differential' && nameOf(name.base)?.key === by.key) return { prefix: 'd', of };
  if (name.kind === 'product' && name.factors.length === 2) {
    const [sign, base] = name.factors;
    if (sign?.kind === 'symbol' && base && /^\\(?:delta|Delta)$/.test(sign.name.key) && nameOf(base)?.key === by.key)
      return { prefix: sign.name.key, of };
  }
  const decorated = name.kind === 'symbol' ? /^(\\(?:bar|tilde|hat|dot|overline))\{(.*)\}$/.exec(name.name.base) : undefined;
  if (decorated?.[1] && decorated[2] === by.base) return { prefix: decorated[1] === '\\overline' ? '\\bar' : decorated[1], of };
  return undefined;
}
