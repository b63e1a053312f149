// The words that prose about shapes is made of, by class. Grammar, layout and function readers share them.

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((w) => w !== ''));

/** Number words that count sizes. */
export const NUMBERS: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, i) => [word, i + 1]),
);

/** Classes of single words that the grammar names. */
export const CLASSES: Readonly<Record<string, ReadonlySet<string>>> = {
  ART: words('a an the our my some any each every another one this that its his her their'),
  TIMES: words('× x * by ⨯ ·'),
  SIZE: words('size sizes shape shapes dimension dimensions dim dims dimensionality dimensionalities length lengths'),
  ENTRIES: words(
    'entries entry elements element components component coordinates features numbers values zeros zeroes ones weights units scores probabilities samples reals coefficients labels targets observations measurements responses predictions logits activations',
  ),
  /** What may stand between an article and the noun without changing what is said. */
  PLAIN: words(
    `real real-valued dense sparse random fixed constant given known unknown single input output hidden weight bias parameter design data
     feature target label state activation embedding projection transformation coefficient observation response error mean context
     query key value pre-activation preactivation recurrent corresponding resulting full whole big small large tall wide generic general arbitrary
     ordinary standard learnable trainable first second third last new same two three four five other different numpy score score-valued
     nonzero non-zero binary batch mini-batch true predicted training test kernel mapping connection word token image flat flattened
     covariance correlation prior posterior process measurement innovation adjacency lookup loss gate cell residual noise latent parametric entire usual complex unit-norm unknown
     normalised normalized standardised standardized regularised regularized centred centered`,
  ),
  /** Nouns that may stand before a symbol in a subject: "the input X has …". Derivatives, rows, products are none. */
  THING: words(
    `matrix matrices vector vectors scalar scalars tensor tensors array arrays variable variables symbol symbols quantity parameter parameters
     weight weights bias biases input inputs output outputs target targets label labels prediction predictions score scores logit logits
     activation activations pre-activation pre-activations state states data sample samples example examples feature features signal
     error errors loss cost objective hidden layer column row square real one-hot design kernel embedding embeddings projection
     observation observations response residual residuals noise mask batch minibatch mini-batch image word coefficient coefficients
     operator signal measurement measurements covariance query queries key keys value values context true predicted network training neural corresponding resulting dense linear`,
  ),
  /** Words inside "of the second hidden layer". */
  PLACE: words(
    `layer layers network input inputs output outputs hidden first second third last previous next neural model current time step one two three
     1 2 3 4 5 0 l data decoder encoder cell unit node neuron neurons regression problem classifier function batch`,
  ),
  ELEMENTWISE: words(
    'element-wise elementwise entry-wise entrywise component-wise componentwise pointwise point-wise coordinatewise coordinate-wise',
  ),
  QUANTIFIER: words('both each every all either'),
};

/** Words that speak of a symbol but are no nouns for an array: after "the" they never stand for one. */
export const NO_NOUN = words(
  `number numbers amount count index indices rank order degree case layout convention rule result set sets space subspace group field manifold
   batch function map mapping operator dimension constant limit factor term formula equation choice value ratio quotient difference distance angle
   above below previous next of in on at by to from with for and or if is are be has have`,
);

/** Nouns that a letter numbers, and the letters that do so: layer l, step t. */
export const COUNTED = words('layer layers level step timestep time iteration epoch index position');
export const COUNTERS = words('l \\ell L i j k t \\tau');

/** Words that begin a clause: a subject may follow them. */
export const STARTERS = words(
  `where let that since so because but here assume suppose say while then given note also hence thus now have consider recall denote
   again i.e. e.g. i.e e.g as-before both each which therefore if-and because finally first for if when whenever assuming provided call using use take define import initialize whereas although though`,
);

/** Sentences with these words suppose, compare or doubt: they declare nothing. */
export const SUPPOSES =
  /\b(?:if|would|could|might|we'd|you'd|i'd|they'd|it'd|typically|usually|often|commonly|sometimes|traditionally|conventionally|(?:more|most|less) common|(?:some|many|most|other) (?:authors?|people|texts?|books?|papers?|sources|references|libraries|frameworks)|others|instead|(?:in )?(?:this|that|such a|either|which|the (?:former|latter|special|general|scalar|simple|above|first|second)|special|latter) case|whenever|when|whether|in general|generally|hypothetically|pretend|wrong|wrongly|incorrect|incorrectly|mistakenly|unlike|cannot|can't|thought|expected|i get|imagine that|were a|were an|had a|no longer|assuming|in contrast|by contrast|conversely|alternatively|on the other hand|opposed to|versus|vs)\b/;

/** Words after which a clause or a noun speaks of a derivative or of something made from the symbol, not of the symbol. */
export const DERIVED = words(
  `gradient gradients derivative derivatives partial partials jacobian jacobians hessian hessians differential differentials transpose transposes transposed
   inverse inverses product products row rows column columns entry entries element elements component components rank ranks norm norms determinant trace
   traces diagonal update updates sensitivity adjoint eigenvalue eigenvalues eigenvector eigenvectors square squares sum sums outer inner dot power powers
   copies slice slices block blocks`,
);

/** A noun phrase that goes on with one of these does not end at the shape: "an m×n matrix product". */
export const GOES_ON = words(
  `product products multiplication multiplications times multiplied function functions field space spaces equation norm calculus derivative derivatives
   gradient gradients jacobian hessian element elements entry entries notation operation operations valued vector-valued minus plus inverse transpose transposed
   case cases version block blocks grid subspace identity rows columns`,
);

/** Words without which no form of the grammar states a shape or an assumption. */
export const SIGNALS: ReadonlySet<string> = new Set([
  ...(CLASSES.SIZE ?? []),
  ...(CLASSES.ENTRIES ?? []),
  ...words(
    `scalar scalars scalar-valued real-valued number learning step regularization regularisation rows row columns column row-vector column-vector row-vectors
     column-vectors ones zeros dimensional order × x by ∈ same symmetric positive positive-definite spd skew-symmetric antisymmetric anti-symmetric skew diagonal
     orthogonal orthonormal invertible nonsingular non-singular one-hot one all-ones all-zeros all-zero zero identity probability`,
  ),
]);
