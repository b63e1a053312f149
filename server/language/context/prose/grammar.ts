// How sentences say what shape a symbol has: rules and sentence forms as text, to be read by anybody who knows the notation.
// Words in lower case stand for themselves (`is|are`), capitals name rules, classes of words (vocabulary.ts) and terminals (engine.ts); ? * + as usual.
import { grammarOf, type Rules } from './engine.js';

export const RULES: Rules = {
  // is, will be, must also be
  BE: [
    'AUX? is|are|be|being|denotes|denote|becomes|remains|represents ADVERB*',
    'AUX ADVERB be ADVERB*',
    'is|are|be given|defined|represented|stored|written as',
    'AUX be given as',
  ],
  HAVE: ['AUX? has|have|having ADVERB*', 'AUX ADVERB have'],
  AUX: ['will|must|should|shall|to'],
  ADVERB: ['also|both|now|then|therefore|thus|hence|again|simply|just|all|each|itself|here|always|still|only', 'of course'],

  // a matrix noun with what it says about the shape
  NOUN: [
    'column|row vector|vectors',
    'column-vector|column-vectors|row-vector|row-vectors',
    'vector|vectors',
    'matrix|matrices',
    'tensor|tensors|array|arrays',
  ],
  OTHER: [
    'weights|bias|biases|input|inputs|output|outputs|target|targets|labels|label|activation|activations|state|scores|logits|parameters|data',
  ],
  SCALAR: [
    'scalar|scalars',
    'scalar-valued|scalar valued?',
    'real number|numbers|scalar|scalars',
    'single number|value|scalar',
    'real-valued scalar',
  ],
  ASSUME: [
    'symmetric positive definite',
    'symmetric positive-definite',
    'positive definite',
    'positive-definite',
    'spd',
    'skew-symmetric|antisymmetric|anti-symmetric',
    'skew symmetric',
    'symmetric',
    'diagonal',
    'orthogonal|orthonormal',
    'invertible|nonsingular|non-singular',
    'one-hot',
    'one hot',
    'all-ones|ones',
    'all-zeros|all-zero|zero',
    'identity',
    'probability',
  ],
  ENCODED: ['encoded|encoding'],
  SQUARE: ['square'],
  ADJ: ['ASSUME ENCODED?', 'SQUARE', 'PLAIN', ', PLAIN'],

  // of shape (m, n), with n entries, with m rows and n columns
  SIZES: ['SHAPE MORESHAPE*', 'DIMLIST', 'DIM MOREDIM*', 'DIM'],
  MORESHAPE: [', and SHAPE|TUPLE', ', SHAPE|TUPLE', 'and SHAPE|TUPLE'],
  MOREDIM: [', and DIM NOVERB', ', DIM NOVERB', 'and DIM NOVERB'],
  ROWSCOLUMNS: ['DIM rows|row and DIM columns|column'],
  OFSIZE: [
    'of|with|having|has|in ART? same? SIZE|order of|equal|:? to? SIZES',
    'of|with|having|containing|holding ROWSCOLUMNS',
    'of|with|having|containing|holding DIM ENTRIES',
    'which|that HAVE ART? SIZE of? SIZES',
    'which|that HAVE DIM ENTRIES',
    'which|that BE of SIZE SIZES',
    'which|that BE SHAPE',
    'in SHAPE',
    'from SHAPE',
    'of SHAPE',
  ],
  ALLONES: ['of|with all? ones|zeros|zeroes|1s|0s'],

  // a 3×2 matrix; an n-dimensional column vector; a vector of length n; a scalar
  DESC: ['ART? ADJ* WHAT POST?'],
  WHAT: [
    'SHAPE DIMENSIONAL? ADJ* NOUN ALLONES?',
    'NOUN ALLONES? OFSIZE ALLONES? ZEROS?',
    'NOUN PLACED ,? OFSIZE', // the weight matrix for layer l with shape (m, n)
    'DIM DIMENSIONAL ADJ* NOUN ALLONES?',
    'DIM JOINED vector|vectors',
    'length|size|dimension DIM ADJ* NOUN ALLONES?',
    'OTHER OFSIZE',
    'SHAPE ADJ* OTHER?',
    'SCALAR',
    'NOUN ALLONES?',
  ],
  POST: [
    'of|with|having full column|row? rank',
    'of|with|having rank DIM',
    'with linearly? independent|orthonormal|orthogonal rows|columns',
    'with real entries|coefficients',
  ],
  DIMENSIONAL: ['dimensional'],
  ZEROS: ['with all zeros|zeroes|ones'],

  // the same shape as W
  SAME: [
    'ART? same SIZE ALSOSIZE? as|like|than THATOF? ART? PLAIN* THING* NAMES',
    'ART? SIZE equal|equals to? THATOF? ART? THING* NAMES',
    'as ART? same SIZE as NAMES',
  ],
  MUTUAL: ['the same SIZE ALSOSIZE?'],
  ALSOSIZE: ['and|or SIZE'],
  THATOF: ['that|those of', 'the? ones? of'],

  // who the sentence is about
  SUBJECT: [
    'QUANTOF? ART? SUBJADJ* THING* NAMES PLACED?',
    'QUANTIFIER? NAMES , ART THING+ ,',
    'the|our|its|this SUBJADJ* THING* ANYNOUN NAMES PLACED?',
  ],
  // the prior covariance P ∈ … and the noise R ∈ …
  SUBJECTS: ['SUBJECT ALSOSUBJECT+'],
  TOGETHER: [
    'are ADVERB* ADJ* SHAPE MORESHAPE* ADJ* NOUN? RESPECTIVELY?',
    'are|be ADVERB* ASSUMED',
    'have ART? SIZE of|equal? to? SIZES RESPECTIVELY?',
    'have MUTUAL END',
  ],
  ALSOSUBJECT: [', and ANOTHER', ', ANOTHER', 'and ANOTHER'],
  ANOTHER: ['ART? SUBJADJ* THING* NAMES', 'the|our|its SUBJADJ* ANYNOUN NAMES', 'the SUBJADJ* THING+ of ART? SUBJADJ* THING+ MEMBER'],
  QUANTOF: ['QUANTIFIER of?'],
  SUBJADJ: ['ASSUME', 'SQUARE', 'PLAIN'],
  PLACED: ['of|in|for|at|from|to|between|connecting ART? PLACE+ COUNTER? ALSOPLACE?'],
  ALSOPLACE: ['and|to ART? PLACE+'],
  RESPECTIVELY: [', respectively|resp.', 'respectively|resp.', ', resp .'],

  ELEMENTWISE2: ['ELEMENTWISE', 'element|entry|component wise', 'element|entry|component by element|entry|component'],
};

export interface Form {
  /**
   * `clause`: only where a clause begins, so that the subject is not the end of a longer phrase.
   * `plain`: anywhere in a sentence that has not spoken of derivatives, products and the like before.
   * `gap`: right after a clause that says the same of another symbol, and captured what `after` names.
   */
  readonly at: 'clause' | 'plain' | 'anywhere' | 'gap';
  readonly after?: string;
  readonly form: string;
  /** What it says of the symbol is supposed, not stated. */
  readonly supposes?: true;
}

/** The sentence forms, each with an example. */
export const FORMS: readonly Form[] = [
  { at: 'clause', form: 'SUBJECT BE DESC RESPECTIVELY? RELATIVE?' }, //                       W is a 3 × 2 matrix
  { at: 'clause', form: 'SUBJECT BE ADJ* SHAPE MORESHAPE+ ADJ* NOUN? RESPECTIVELY?' }, // A and B are m × n and n × p matrices
  { at: 'clause', form: 'SUBJECT HAVE ART? SIZE of|equal? to? SIZES RESPECTIVELY?' }, // W has shape (3, 2)
  { at: 'clause', form: 'SUBJECT HAVE DIM ENTRIES' }, //                            b has m entries
  { at: 'clause', form: 'SUBJECT HAVE ROWSCOLUMNS' }, //                            W has m rows and n columns
  { at: 'clause', form: 'SUBJECT BE of|in ART? SIZE SIZES RESPECTIVELY?' }, //      X is of size [10 x 3]
  { at: 'clause', form: 'SUBJECT BE DIM DIMENSIONAL' }, //                          x is n-dimensional
  { at: 'clause', form: 'SUBJECT BE|lives|lies in SHAPE' }, //                      W lies in R^{3×2}
  { at: 'clause', form: 'SUBJECT ∈ SHAPE' },
  { at: 'clause', form: "ART? THING* NAMES 's SIZE BE SIZES" }, //               W's dimensions are 2 × 3
  { at: 'clause', form: 'ART? SIZE of ART? THING* NAMES BE SIZES RESPECTIVELY?' }, // the dimensions of X are N × D
  { at: 'clause', form: 'SUBJECT ,? which BE|HAVE ART? SIZE? SIZES' },
  { at: 'clause', form: 'SUBJECT OFSIZE RESPECTIVELY?' }, //                        x of size n × 1
  { at: 'plain', form: 'NAMES OFSIZE RESPECTIVELY?' },
  { at: 'plain', form: 'FNAME , a|an ADJ* NOUN OFSIZE' }, //                        x, a vector of dimensions d × 1
  { at: 'plain', form: 'FNAME , a|an DIM JOINED vector' }, //                       x, an n-vector
  { at: 'plain', form: 'FNAME , a|an SCALARADJ* SCALAR END' }, //                   τ, a scalar
  { at: 'plain', form: 'FNAME , a|an ADJ* SHAPE ADJ* NOUN' }, //                    W, a 3 × 2 matrix
  { at: 'anywhere', form: 'NAMES , ADVERB? elements|members of SHAPE' }, //         with respect to K and V, all elements of ℝ^{n×h}
  { at: 'clause', form: 'SUBJECT a|an|the ADJ* SHAPE ADJ* NOUN' }, //                     and W an m × n matrix
  { at: 'clause', form: 'SUBJECT a|an ADJ* NOUN OFSIZE' },
  { at: 'clause', form: 'SUBJECT a|an DIM JOINED vector|vectors' }, //               and x an n-vector
  { at: 'clause', form: 'SUBJECT a|an DIM DIMENSIONAL ADJ* NOUN' }, //               and x an n-dimensional vector
  { at: 'gap', after: 'shape', form: 'SUBJECT SHAPE END' }, //                      A is m × n, B n × p
  { at: 'gap', after: 'shape', form: 'SUBJECT a|an ADJ* SHAPE one? END' }, //       and U an n × k one
  { at: 'gap', after: 'SCALAR', form: 'SUBJECT a|an SCALARADJ* SCALAR END' }, //    s is a scalar and t a real number
  { at: 'gap', after: 'shape', form: 'SUBJECT a|an ADJ* SCALAR|NOUN OFSIZE? END' }, // and x a vector of length n
  { at: 'gap', after: 'ENTRIES', form: 'SUBJECT HAVE? DIM END' }, //                x has n entries, z has m
  { at: 'plain', form: 'NAMES RELATIVE' }, //                                       the target y ∈ …, which is one-hot
  { at: 'plain', form: 'FNAME , a|an ASSUME ENCODED? ADJ* NOUN END' }, //           P, a symmetric matrix
  { at: 'clause', form: 'ART? MAPTHING* FNAME maps|takes|sends|transforms|is|be MAPWORD? DOMAIN to|into|and OUT? CODOMAIN' }, // f maps a vector of size n to a scalar
  { at: 'clause', form: 'SUBJECT HAVE SAME' }, //                                   b has the same shape as y
  { at: 'clause', form: 'SUBJECT BE of? SAME' },
  { at: 'clause', form: 'SUBJECT BE ART? ADJ* NOUN of|with|having SAME' }, //       y is a one-hot vector with the same dimensions as p
  { at: 'clause', form: 'SUBJECT HAVE MUTUAL END' }, //                             x and y have the same length
  { at: 'clause', form: 'SUBJECT BE of MUTUAL END' },
  { at: 'clause', form: 'SUBJECT BE ASSUMED' }, //                                  A is symmetric and positive definite
  { at: 'anywhere', form: 'MEMBER ,? ASSUMED END' }, //                             D ∈ ℝ^{n×n} symmetric
  { at: 'anywhere', form: 'MEMBER is|be|being ADVERB* ASSUMED END' }, //               the scatter S ∈ ℝ^{n×n} is symmetric
  { at: 'anywhere', form: 'a|an ASSUME ADJ* ANYNOUN? NOUN? MEMBER' }, //                           a symmetric D ∈ ℝ^{n×n}
  { at: 'anywhere', form: 'for|with|and|where|given|let ASSUME ADJ* ANYNOUN? NOUN? MEMBER' }, //  with symmetric D ∈ ℝ^{n×n}
  { at: 'anywhere', form: 'MEMBER ( ASSUMED )' }, //                               D ∈ ℝ^{n×n} (symmetric)
  { at: 'anywhere', form: 'ASSUME ADJ* NOUN? NAMES', supposes: true }, //            for symmetric D
  { at: 'clause', form: 'SUBJECTS TOGETHER' }, //                                the prior P ∈ … and the noise R ∈ … are symmetric
  { at: 'clause', form: 'ART? THING+ NAMES to ART? ADJ* scalar|real-valued function NAMES BE DESC' }, // inputs X to some scalar function f are n×m matrices
  { at: 'anywhere', form: 'with NAMES as|being|resulting in? DESC' }, //            with h as a vector of size 3
  { at: 'anywhere', form: 'with NAMES a|an ADJ* SHAPE ADJ* NOUN' }, //              with W a 3 × 2 matrix
  { at: 'anywhere', form: 'with NAMES a|an ADJ* NOUN OFSIZE' },
  { at: 'anywhere', form: 'DESC RESPECTIVELY? NAMES RELATIVE?' }, //                          a 3 × 2 matrix W
  { at: 'anywhere', form: 'ART? ADJ* NOUN NAMES ,? OFSIZE RESPECTIVELY? RELATIVE?' }, //      two vectors a, z of dimensions m and n respectively
  { at: 'anywhere', form: 'ART? ADJ* NOUN NAMES with|of|having SAME' },
  { at: 'anywhere', form: 'SCALARNOUN NAMES' }, //                                  a scalar loss L, the learning rate η
  { at: 'anywhere', form: 'SCALARNOUN APPLIED' },
  { at: 'clause', form: 'ART? THING* APPLIED BE ART? ADJ* SCALAR' }, //                         L(W) is a scalar
  { at: 'clause', form: 'SUBJECT BE SCALARNOUN END' }, //                           the loss L is a scalar quantity
  { at: 'clause', form: 'NAMES : DESC END' }, //                                    x_t: M × 1
  { at: 'clause', form: 'NAMES : ART? ADJ* THING* ,|( SHAPE )? END' }, //           W: weight matrix, 3 × 2
  { at: 'clause', form: 'NAMES –|—|- ART? ADJ* THING* OTHER? ,|(|of? SHAPE )? END' },
  { at: 'clause', form: 'NAMES . shape BE|=|: SHAPE' }, //                          X.shape is (m, n)
  { at: 'plain', form: 'ART? ADJ* NOUN FNAME ( OFSIZE|SHAPE )' }, //                the weight matrix W (m × n)
  { at: 'plain', form: 'FNAME ( OFSIZE )' }, //                                     W (of size m × n)
  { at: 'plain', form: 'FNAME ( SIZE SIZES )' }, //                              W (size m × n)
  { at: 'anywhere', form: 'denote|call by? NAMES a|an|the ADJ* SHAPE ADJ* NOUN' }, //   denote by Z the N × K matrix
  { at: 'anywhere', form: 'denote|call by? NAMES a|an|the ADJ* NOUN OFSIZE' },
  { at: 'anywhere', form: 'FNAME ( SHAPE )' }, //                                   as W (3 × 2)
];

const MORE: Rules = {
  MAPTHING: ['function|map|mapping|transformation|layer|network|activation|loss|cost|operator'],
  MAPWORD: ['ART? PLAIN* function|map|mapping|operator|transformation from', 'from', 'inputs|points|values? from'],
  OUT: ['returns|outputs|gives|produces'],
  DOMAIN: ['DESC'],
  CODOMAIN: ['DESC'],
  ASSUMED: ['ADVERB? ASSUME ENCODED? MOREASSUME*'],
  MOREASSUME: ['and|, ASSUME', ', and ASSUME'],
  RELATIVE: [', which|that BE ASSUMED END'],
  SCALARNOUN: [
    'ART? SCALARADJ* SCALARWORD SCALARADJ* SCALARTHING* FUNCTION?', // the scalar loss function
    'ART? learning rate',
    'ART? step size',
    'ART? temperature parameter?',
    'ART? regularization|regularisation parameter|strength|coefficient',
  ],
  SCALARADJ: ['given|fixed|constant|single|real|positive|some|unknown|arbitrary|known'],
  SCALARWORD: ['scalar|scalars|scalar-valued|real-valued', 'scalar valued'],
  SCALARTHING: [
    'loss|cost|objective|error|quantity|variable|hyperparameter|hyper-parameter|multiplier|output|value|energy|potential|parameter|constant|coefficient|input|bias|weight|target|label',
  ],
  FUNCTION: ['function|functions|functional'],
};

const CAPTURED = new Set([
  'NOUN',
  'OTHER',
  'SCALAR',
  'SQUARE',
  'MUTUAL',
  'ASSUME',
  'ALLONES',
  'ROWSCOLUMNS',
  'SAME',
  'RESPECTIVELY',
  'RELATIVE',
  'POST',
  'ALSOSUBJECT',
  'ENTRIES',
  'SCALARNOUN',
  'FUNCTION',
  'THING',
  'DIMENSIONAL',
  'DOMAIN',
  'CODOMAIN',
  'SCALARWORD',
]);

export const grammar = grammarOf({ ...RULES, ...MORE }, CAPTURED);
