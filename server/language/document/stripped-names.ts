// The commands that text loses its backslashes from, by what follows them. Tables only.

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Greek letters and other symbols: they stand by themselves, and glue to a variable before them (`ntimes`, `ddelta`). */
export const SYMBOLS: ReadonlySet<string> = words(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma
  tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
  partial nabla ell hbar infty emptyset imath jmath aleph sum prod int oint bigcup bigcap bigoplus bigotimes
  ldots cdots vdots ddots dots quad qquad`,
);

/** Operators and relations: as symbols, but never the whole of a subscript (`W_{in}`), for there they are words. */
export const OPERATORS: ReadonlySet<string> = words(
  `times cdot odot otimes oplus ominus oslash circ bullet ast star div pm mp cap cup setminus wedge vee
  leq geq neq approx equiv sim simeq cong propto triangleq ll gg leqslant geqslant subset subseteq supset supseteq notin
  rightarrow leftarrow Rightarrow Leftarrow Leftrightarrow leftrightarrow longrightarrow Longrightarrow mapsto implies iff
  forall exists because therefore mid parallel perp nonumber notag`,
);

/** Short words that are commands too; restored only where they stand by themselves or before what only mathematics has. */
export const SHORT: ReadonlySet<string> = words('in to le ge ne not top bot');

/** What stands alone as a superscript: A^{top}. */
export const SUPERSCRIPTS: ReadonlySet<string> = words('top bot ast star circ dagger intercal prime perp');

/** Functions in upright letters: the same with and without a backslash where they are a whole run. */
export const FUNCTIONS: ReadonlySet<string> = words(
  'log ln exp sin cos tan sinh cosh tanh coth arcsin arccos arctan max min sup inf lim det dim ker deg arg Pr gcd limsup liminf argmax argmin',
);

/** Commands with an argument: restored only where one follows in braces, or a lone character behind a space. */
export const WITH_ARGUMENT: ReadonlySet<string> = words(
  `frac dfrac tfrac cfrac binom sqrt underbrace overbrace underline overline underset overset stackrel widehat widetilde hat tilde bar vec dot ddot
  check breve acute grave mathbf mathbb mathcal mathrm mathsf mathit mathfrak mathscr mathtt boldsymbol bm pmb text textbf textit textrm
  textsf texttt mbox operatorname begin end label tag eqref ref boxed color textcolor substack phantom xrightarrow xleftarrow cancel`,
);

/** Commands that take a delimiter. */
export const WITH_DELIMITER: ReadonlySet<string> = words('left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle');

/** Delimiters by name. */
export const DELIMITERS: ReadonlySet<string> = words(
  'lVert rVert lvert rvert Vert vert langle rangle lfloor rfloor lceil rceil lbrace rbrace limits nolimits displaystyle textstyle hfill',
);

/** Commands whose argument is words, in which nothing is restored. */
export const TEXTUAL: ReadonlySet<string> = words(
  'text textbf textit textrm textsf texttt mbox operatorname mathrm mathtt begin end label tag eqref ref color',
);

/** Words and names that end as a command does, and are none. */
export const WORDS: ReadonlySet<string> = words(
  'cell bell tell sell well fell yell shell spell hell dell meta menu epi api taxi sometimes dim ratio mini Bmu out',
);
