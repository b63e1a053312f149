// Layouts and habits in words: "we use denominator layout", "all vectors are columns". Only what the document says of itself.
import type { Layout } from '../../term.js';
import type { Fact } from '../facts.js';
import { normalOf, normalSpan, type SentenceContext } from './sentence.js';

type Habit = Extract<Fact, { kind: 'habit' }>['habit'];

/** Before the statement these make it a supposition, a comparison or somebody else's custom. */
const OTHERWISE =
  /\b(?:if|would|could|might|may|typically|usually|often|commonly|sometimes|traditionally|some|many|others?|instead|whether|when|whenever|either|had|suppose|according to|alternatively|in contrast|not|never|cannot|unlike|whereas|don't|doesn't|didn't|isn't|aren't|previous|until|imagine|until|versus)\b/;

const WHICH =
  '(?:the |a |an |so-called |what is called |standard |usual |common |consistent |same |following |[“"\'*_]+)*(numerator|denominator|mixed|jacobian|gradient|hessian)';
/** "denominator layout"; "Jacobian formulation". The word layout may come later only after numerator, denominator, mixed. */
const LAYOUT = String.raw`${WHICH}[”"'*_]*[- ]?(?:layouts?\b|formulation|convention\b)`;
const ADVERBS =
  '(?: (?:will|shall|are|am|have|been|be|always|also|then|here|therefore|thus|consistently|only|just|now|mostly|throughout|implicitly))*';
const USE =
  '(?:us(?:e|es|ing|ed)|adopt(?:s|ed|ing)?|follow(?:s|ed|ing)?|employ(?:s|ed|ing)?|stick(?:s|ing)? (?:to|with)|assum(?:e|es|ed|ing)|prefer|choos(?:e|ing)|chose|work(?:s|ing)? (?:in|with)|keep(?:ing)? to|go(?:ing)? with|writ(?:e|es|ing|ten) (?:[^.,;]{0,40} )?in|deriv(?:e|es|ed|ing) (?:[^.,;]{0,40} )?in)';
const DOCUMENT =
  '(?:document|notes?|post|article|text|paper|section|derivations?|answer|chapter|page|appendix|tutorial|report|blog|write-?up|notebook|course|book)';
const FORMULAS = `(?:derivatives|gradients|jacobians|formulas|formulae|equations|results|expressions|everything|calculus|derivations?|partials|${DOCUMENT})`;

interface LayoutPhrase {
  readonly pattern: RegExp;
  readonly layouts?: readonly Layout[];
  readonly habit?: Habit;
  /** Said in passing: counts only where nothing in the document says otherwise. */
  readonly weak?: boolean;
}

const VARIABLE =
  '(?:(?:an?|the|its|their|that|those|any|each|corresponding|respective|original|differentiated|model|own|of|it|with) ?)+(?:variables?|parameters?|weights?|arguments?|quantit(?:y|ies)|inputs?|differentiated)';
const SAME = '(?:the )?(?:same )?(?:shapes?|sizes?|dimensions?|dimensionality)';

const LAYOUTS: readonly LayoutPhrase[] = [
  {
    pattern:
      /numerator[- ]layout (?:for|with) (?:the |all )?(?:jacobian|vector)[^.]*denominator[- ]layout (?:for|with) (?:the |all )?(?:gradient|scalar)/,
    layouts: ['mixed'],
  },
  {
    pattern:
      /denominator[- ]layout (?:for|with) (?:the |all )?(?:gradient|scalar)[^.]*numerator[- ]layout (?:for|with) (?:the |all )?(?:jacobian|vector)/,
    layouts: ['mixed'],
  },
  { pattern: new RegExp(String.raw`\b(?:we|i|let us|let's)(?:'ll|'ve|'m|'re)?${ADVERBS} ${USE} ${LAYOUT}`) },
  { pattern: new RegExp(String.raw`\byou(?:'re| are)${ADVERBS} (?:using|following|working in|writing in) ${LAYOUT}`) },
  { pattern: new RegExp(String.raw`\b(?:this|these|the|our|my) (?:\w+ )?${DOCUMENT}${ADVERBS} ${USE} ${LAYOUT}`) },
  {
    pattern: new RegExp(
      String.raw`\b(?:all|our|the|these)?(?: of)?(?: the| our)?(?: \w+)? ?${FORMULAS}(?: here| below| in this \w+)?(?: is| are| will be| have been)${ADVERBS}(?: (?:written|given|derived|expressed|taken|computed|arranged|laid out|stated|understood|presented|defined|formulated|done))? (?:using|in|with|following|according to) ${LAYOUT}`,
    ),
  },
  {
    pattern: new RegExp(
      String.raw`^\W*(?:throughout,? )?(?:the )?(?:matrix calculus |derivative |our )?(?:layout|convention|notation)(?: convention)?(?: used)?(?: here| throughout| (?:of|in) (?:this|these|our|my) ${DOCUMENT})?\s*(?:[:=–—]| is(?: always| throughout)?)\s*${WHICH}\b(?=[”"'*_]*(?:[- ](?:layouts?|formulation|convention|notation|style|one)\b| ?[,;.(:–—]|\W*$))`,
    ),
  },
  {
    pattern: new RegExp(String.raw`\b${LAYOUT}(?: convention)? (?:is|will be)${ADVERBS} (?:used|assumed|adopted|followed|employed)(?! by)`),
  },
  {
    pattern: new RegExp(
      String.raw`(?:^\W*|\()(?:using|following|adopting|in|with) ${LAYOUT}(?: convention)?(?:,? throughout\b| here\b|\)\W*|\W*$)`,
    ),
  },
  {
    pattern: new RegExp(String.raw`^\W*(?:throughout|here|below|everywhere),? (?:in )?${LAYOUT}(?: convention)?\W*$`),
    weak: true,
  },
  {
    pattern: new RegExp(String.raw`^\W*(?:in )?${LAYOUT}(?: convention)?(?:\.|,? (?:throughout|here|everywhere|below)\b)\W*$`),
    weak: true,
  },
  { pattern: new RegExp(String.raw`(?:^\W*|[(,] ?)(?:using|following|adopting) ${LAYOUT}`), weak: true },
  { pattern: new RegExp(String.raw`\bin ${WHICH}[- ]layout \((?:the )?(?:jacobian|gradient|hessian) formulation\)`), weak: true },
  {
    pattern: new RegExp(
      String.raw`\b(?:(?:all |our |the |these )?gradients|(?:each|every|any|a) gradient|the gradient (?:with respect to|w\.r\.t\.?|wrt|of a scalar (?:with respect to|by)) (?:an?|any|each|every) [\w ]+?)(?: below| here| in this \w+| that follows?)?${ADVERBS} (?:always )?(?:has|have|take|takes|share|shares|keep|keeps|(?:should |must )?(?:have|be|is|are)(?: of)?|are of|is of|with) ${SAME} (?:of|as) ${VARIABLE}`,
    ),
    layouts: ['denominator', 'mixed'],
  },
  {
    pattern:
      /\b(?:(?:all|our|the|these|scalar) )?gradients (?:are|will be)(?: always| written as| treated as| represented as| taken to be| understood as| considered)* (?:row[- ]vectors|rows?\b)/,
    layouts: ['numerator'],
    habit: 'row-gradients',
  },
  {
    pattern:
      /\b(?:we|i) (?:always |will |shall )*(?:treat|write|take|use|consider|define|regard|represent) (?:all )?(?:the )?gradients (?:as|to be) (?:row[- ]vectors|rows?\b)/,
    layouts: ['numerator'],
    habit: 'row-gradients',
  },
  {
    pattern: /\b(?:we|i) (?:always |will |shall )*(?:use|work with|adopt)[^.,;]{0,30}\brow gradients\b/,
    layouts: ['numerator'],
    habit: 'row-gradients',
  },
  {
    pattern:
      /\b(?:(?:all|our|the|these|scalar) )?gradients (?:are|will be)(?: always| written as| treated as| represented as| taken to be| understood as| considered)* (?:column[- ]vectors|columns?\b)/,
    layouts: ['denominator', 'mixed'],
  },
  {
    pattern:
      /\b(?:we|i) (?:always |will |shall )*(?:treat|write|take|use|consider|define|regard|represent) (?:all )?(?:the )?gradients (?:as|to be) (?:column[- ]vectors|columns?\b)/,
    layouts: ['denominator', 'mixed'],
  },
];

const NAMED: Readonly<Record<string, Layout>> = {
  numerator: 'numerator',
  jacobian: 'numerator',
  denominator: 'denominator',
  gradient: 'denominator',
  hessian: 'denominator',
  mixed: 'mixed',
};

const SAMPLE =
  '(?:(?:training|input|data|single|test|different|separate|one|independent|individual) )*(?:samples?|examples?|observations?|instances?|data ?points?|inputs?|records?|feature vectors?|images?)';
const ALIGNED = '(?:are|is)(?: (?:stored|stacked|arranged|given|placed|organi[sz]ed|collected|laid out|written|represented|kept))*';
const IS_VECTOR =
  '(?: (?:always|all|by default|assumed to be|considered|to be|taken|treated|understood|interpreted|represented|written|as|regarded|throughout))*';

/** How vectors lie and samples are stacked. */
const HABITS: readonly { readonly pattern: RegExp; readonly habit: Habit }[] = [
  {
    pattern: new RegExp(String.raw`\bvectors (?:here |below )?(?:are|will be)${IS_VECTOR} (?:column[- ]vectors?|columns?\b|vertical)`),
    habit: 'columns',
  },
  { pattern: /\b(?:every|each|any) vector is (?:always |assumed to be )?a column\b/, habit: 'columns' },
  { pattern: /\b(?:we|i) (?:will |shall |always |only )*(?:use|work with|adopt) (?:only )?column[- ]vectors/, habit: 'columns' },
  {
    pattern:
      /\b(?:we|i) (?:will |shall |always )*(?:treat|take|consider|write|regard|assume|represent) (?:that )?(?:all )?(?:the )?vectors (?:as|to be|are) (?:column[- ]vectors|columns?\b)/,
    habit: 'columns',
  },
  {
    pattern: new RegExp(String.raw`\bvectors (?:here |below )?(?:are|will be)${IS_VECTOR} (?:row[- ]vectors?|rows?\b|horizontal)`),
    habit: 'row-vectors',
  },
  { pattern: /\b(?:every|each|any) vector is (?:always |assumed to be )?a row\b/, habit: 'row-vectors' },
  { pattern: /\b(?:we|i) (?:will |shall |always |only )*(?:use|work with|adopt) (?:only )?row[- ]vectors/, habit: 'row-vectors' },
  {
    pattern:
      /\b(?:we|i) (?:will |shall |always )*(?:treat|take|consider|write|regard|assume|represent) (?:that )?(?:all )?(?:the )?vectors (?:as|to be|are) (?:row[- ]vectors|rows?\b)/,
    habit: 'row-vectors',
  },
  ...(['row', 'column'] as const).flatMap((line) => {
    const habit: Habit = `${line}s-are-samples`;
    return [
      {
        pattern: new RegExp(
          String.raw`\b(?:each|every) ${line}\b(?: of (?:the |our )?[\w\uE000\uE001 ]{1,40}?)? (?:is|represents?|corresponds? to|contains?|holds?|stores?|being|representing) (?:an?|one|the|a single) (?:\w+ )?${SAMPLE}`,
        ),
        habit,
      },
      {
        pattern: new RegExp(
          String.raw`\b(?:the )?${line}s(?: of (?:the |our )?[\w\uE000\uE001 ]{1,40}?)? (?:are|represent|correspond to|contain|hold) (?:the |individual )*${SAMPLE}`,
        ),
        habit,
      },
      { pattern: new RegExp(String.raw`\b${SAMPLE} ${ALIGNED} (?:as|in|along|by) (?:the )?(?:${line}s\b|${line}[- ]wise)`), habit },
      { pattern: new RegExp(String.raw`\b(?:${SAMPLE}|batch(?:es)?(?: data)?|data) ${ALIGNED} \W*${line}[- ]?wise`), habit },
      { pattern: new RegExp(String.raw`\b(?:one|a single|an?) ${SAMPLE} (?:per|in each|in every|for each) ${line}\b`), habit },
      { pattern: new RegExp(String.raw`\bwith (?:the )?${SAMPLE} (?:as|in|along) (?:the |its )?${line}s\b`), habit },
    ];
  }),
];

/** Layout facts; those said in passing are marked by `weak` until the whole document is read. */
export type LayoutFact = Fact & { readonly weak?: boolean };

export function readLayout(context: SentenceContext): LayoutFact[] {
  if (!/layout|formulation|convention|gradients?\b.*(?:\brow|\bcolumn|shape|size|dimension)|row gradients/.test(context.lower)) return [];
  const normal = normalOf(context);
  const { text } = normal;
  for (const phrase of LAYOUTS) {
    if (phrase.layouts && text.includes('layout') && !phrase.pattern.source.includes('layout')) continue;
    const found = phrase.pattern.exec(text);
    if (
      !found ||
      OTHERWISE.test(text.slice(0, found.index + found[0].length)) ||
      /^\W*(?:if|when|only|by)\b/.test(text.slice(found.index + found[0].length))
    )
      continue;
    const layouts = phrase.layouts ?? [NAMED[found[1] ?? ''] ?? 'mixed'];
    const span = normalSpan(context, normal, found.index, found.index + found[0].length);
    const fact: LayoutFact = { kind: 'layout', layouts, span, ...(phrase.weak ? { weak: true } : {}) };
    return phrase.habit ? [fact, { kind: 'habit', habit: phrase.habit, span }] : [fact];
  }
  return [];
}

export function readHabits(context: SentenceContext): Fact[] {
  if (!/\b(?:row|column)|vertical|horizontal/.test(context.lower)) return [];
  const normal = normalOf(context);
  const { text } = normal;
  const facts: Fact[] = [];
  for (const { pattern, habit } of HABITS) {
    const found = pattern.exec(text);
    if (!found || OTHERWISE.test(text.slice(0, found.index + found[0].length)) || /\bif\b|\bwould\b/.test(text)) continue;
    if (!facts.some((f) => f.kind === 'habit' && f.habit === habit))
      facts.push({ kind: 'habit', habit, span: normalSpan(context, normal, found.index, found.index + found[0].length) });
  }
  return facts;
}

/** Drops what was said in passing where it does not agree with the rest of the document. */
export function settleLayouts(facts: readonly LayoutFact[]): Fact[] {
  const layouts = facts.flatMap((f) => (f.kind === 'layout' ? [f.layouts.join()] : []));
  const strong = facts.filter((f) => f.kind === 'layout' && !f.weak).length;
  const agree = new Set(layouts).size === 1;
  return facts.flatMap((f) => {
    if (!f.weak) return [f];
    if (strong > 0 || !agree) return [];
    const { weak: _, ...fact } = f;
    return [fact];
  });
}
