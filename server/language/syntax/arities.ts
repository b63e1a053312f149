// Which commands take how many arguments, which are passed over, which are only wrappers: a literal table.
// Says nothing of what a command means.
//
// What each construct becomes in the tree (see tree.ts):
//
//   x + 1, ( ) [ ] | , …          char; brackets and \bigl( stay chars, the lowering matches them
//   \partial, \unknown, \quad      command without arguments; \{ \} \| are commands named '{' '}' '|' (\lbrace, \Vert, ‖ too)
//   \vert \lbrack \lparen \% \lt   chars | [ ( % <
//   \frac12, \frac{a}{b}, \hat x   command with args; a missing argument is []
//   \sqrt[3]{x}, \xrightarrow[a]b  command with `optional`; \sqrt(x) and √(x) take the bracketed group, brackets included
//   \operatorname*{arg\,min}       command with `star`
//   {…}                            group
//   {a \over b}, \choose, \atop    command `over` with args [left, right] in the place of the group, with the group's span
//   {\bf x y}                      group holding command `mathbf` with args [x y]; also \rm \it \sf \tt \cal …
//   \boxed{x}, \color…{x} …        group with the wrapper's span; \color{red} as a switch is dropped
//   x_a^b'                         scripts, in whatever order; ^\prime, ^{'} count as primes; x^a^b is scripts around scripts
//   )^T                            scripts whose base is the char )
//   \underbrace{x}_{y}             scripts around command `underbrace`
//   \left( … \right]               delimited; one that is unclosed is read as a plain bracket, a stray \right too; \middle| is char |
//   \begin{align*} … \end{align*}  environment named `align` (stars are dropped); empty rows are dropped
//   \substack{a \\ b}, \pmatrix{…} environment of that name
//   \text{…}                       text; with $…$ inside it has `body`; if it is all one $…$, a group
//   \\ \cr \newline, &             newline, align, where no environment takes them
//   \, \; \! ~ \label{…} \limits … nothing
//   \not= \not\in                  commands `ne`, `notin`; \Hat, \Tilde … are `hat`, `tilde`
//   ∂ × ᵀ ² ₁ ½ 𝐱 ŷ √ ‖             as the TeX that they stand for: \partial \times ^{T} ^{2} _{1} \frac{1}{2} \mathbf{x} \hat{y} \sqrt \|

export type Role =
  | 'takes'
  | 'wraps'
  | 'drops'
  | 'dimension'
  | 'text'
  | 'switch'
  | 'infix'
  | 'rows'
  | 'alias'
  | 'char'
  | 'big'
  | 'script'
  | 'not'
  | 'newline'
  | 'left'
  | 'right'
  | 'begin'
  | 'end';

export interface CommandRule {
  readonly role: Role;
  /** How many arguments in braces. */
  readonly args: number;
  /** Whether a [bracket] may stand before them. */
  readonly optional: boolean;
  /** Whether a * may stand before them. */
  readonly star: boolean;
  /** Which argument of a wrapper is the content. */
  readonly content: number;
  /** The other name: the font of a switch, the command of an alias, the character, the accent that \\Hat is. */
  readonly to: string;
  /** Whether the arguments are a word, in which `\_` is a character. */
  readonly word: boolean;
}

const rule = (role: Role, more: Partial<CommandRule> = {}): CommandRule => ({
  role,
  args: 0,
  optional: false,
  star: false,
  content: 0,
  to: '',
  word: false,
  ...more,
});

const ONE = rule('takes', { args: 1 });
const WORD = rule('takes', { args: 1, word: true });
const TWO = rule('takes', { args: 2 });
const DROP = rule('drops');

const TABLE: readonly (readonly [CommandRule, string])[] = [
  [TWO, 'frac dfrac tfrac sfrac nicefrac flatfrac binom dbinom tbinom stackrel overset underset'],
  [rule('takes', { args: 2, optional: true }), 'cfrac'],
  [rule('takes', { args: 3 }), 'overunderset underoverset'],
  [rule('takes', { args: 6 }), 'genfrac'],
  [rule('takes', { args: 1, optional: true }), 'sqrt'],
  [rule('takes', { args: 1, star: true, word: true }), 'operatorname operatornamewithlimits'],
  // Fonts.
  [WORD, 'mathrm mathit mathsf mathtt mathnormal mathup symup symrm symit mathsfit'],
  [
    ONE,
    'mathbf boldsymbol bm bold pmb mathbfit symbf symbfit mathbfsf mathbb mathbbm mathbbmss mathds Bbb mathcal mathbfcal mathscr mathfrak frak',
  ],
  // Accents.
  [ONE, 'hat widehat tilde widetilde bar overline underline vec overrightarrow overleftarrow overleftrightarrow underrightarrow'],
  [ONE, 'dot ddot dddot ddddot breve check widecheck acute grave mathring utilde undertilde underbar'],
  ...['hat', 'tilde', 'bar', 'vec', 'dot', 'ddot', 'check', 'acute', 'grave', 'breve'].map(
    (to) => [rule('takes', { args: 1, to }), to.charAt(0).toUpperCase() + to.slice(1)] as const,
  ),
  [ONE, 'underbrace overbrace underbracket overbracket underparen overparen undergroup overgroup overarc wideparen'],
  [ONE, 'pmod pod'],
  [
    rule('takes', { args: 1, optional: true }),
    'xrightarrow xleftarrow xleftrightarrow xRightarrow xLeftarrow xLeftrightarrow xmapsto xlongrightarrow xlongequal xhookrightarrow xhookleftarrow xtofrom',
  ],
  // Wrappers that mean nothing.
  [
    rule('wraps', { args: 1 }),
    'boxed cancel bcancel xcancel sout mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner ensuremath',
  ],
  [rule('wraps', { args: 1 }), 'mathclap mathllap mathrlap clap llap rlap vcenter Aboxed hl'],
  [rule('wraps', { args: 1, optional: true }), 'smash bbox makebox'],
  [
    rule('wraps', { args: 2, content: 1 }),
    'scalebox rotatebox raisebox href class cssId style htmlClass htmlId htmlStyle htmlData cancelto parbox',
  ],
  [rule('wraps', { args: 2, content: 1, optional: true }), 'textcolor colorbox'],
  [rule('wraps', { args: 3, content: 2 }), 'resizebox fcolorbox multicolumn multirow'],
  // What is passed over with its arguments.
  [DROP, 'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits nonumber notag'],
  [
    DROP,
    'tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge middle relax protect null strut mathstrut allowbreak nobreak',
  ],
  [
    DROP,
    'break linebreak pagebreak newpage unskip ignorespaces par noindent centering hline toprule midrule bottomrule allowdisplaybreaks',
  ],
  [
    DROP,
    'begingroup endgroup bgroup egroup thinspace negthinspace medspace thickspace enspace enskip nobreakspace space delimsize global long',
  ],
  [DROP, 'noexpand xspace boldmath unboldmath mathsurround -NoValue- -True- -False-'],
  [rule('drops', { args: 1, star: true }), 'hspace vspace tag label eqref ref autoref cref Cref pageref'],
  [rule('drops', { args: 1 }), 'phantom hphantom vphantom cline cmidrule footnote index require noalign mspace usepackage addtocounter'],
  [rule('drops', { args: 1, optional: true }), 'color pagecolor cite citep citet cellcolor rowcolor'],
  [rule('drops', { args: 2 }), 'setlength addtolength setcounter sideset'],
  [rule('drops', { args: 2, optional: true }), 'rule'],
  [rule('dimension'), 'hskip vskip kern mkern mskip'],
  // Words.
  [
    rule('text'),
    'text textrm textbf textit textsf texttt textnormal textup textsc textsl textmd emph mbox hbox fbox intertext shortintertext',
  ],
  // {a \over b}.
  [rule('infix'), 'over choose atop brace brack above'],
  // Rows within braces.
  [rule('rows'), 'substack matrix pmatrix bmatrix vmatrix cases eqalign displaylines'],
  [rule('newline'), '\\ cr newline tabularnewline crcr'],
  [rule('left'), 'left'],
  [rule('right'), 'right'],
  [rule('begin'), 'begin'],
  [rule('end'), 'end'],
  [rule('not'), 'not'],
  [rule('big'), 'big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm'],
];

/** Switches of the font to the end of the group, and the command they amount to. */
const SWITCHES =
  'bf mathbf bfseries mathbf rm mathrm rmfamily mathrm up mathrm it mathit itshape mathit sl mathit mit mathit sf mathsf sffamily mathsf ' +
  'tt mathtt ttfamily mathtt cal mathcal scr mathscr';

/** Other names of one command. */
const ALIASES = 'Vert | lbrace { rbrace } hfill quad hfil quad';

/** Commands that are characters. */
const CHARS = 'vert | lbrack [ rbrack ] lparen ( rparen ) slash / lt < gt > % % $ $ # # & & * * + + . . < <';

const eachPair = (text: string, use: (name: string, to: string) => void): void => {
  const words = text.split(' ');
  for (let i = 0; i + 1 < words.length; i += 2) use(words[i] as string, words[i + 1] as string);
};

function build(): ReadonlyMap<string, CommandRule> {
  const map = new Map<string, CommandRule>();
  for (const [what, names] of TABLE) for (const name of names.split(' ')) map.set(name, what);
  eachPair(SWITCHES, (name, to) => map.set(name, rule('switch', { to })));
  eachPair(ALIASES, (name, to) => map.set(name, rule('alias', { to })));
  eachPair(CHARS, (name, to) => map.set(name, rule('char', { to })));
  map.set('sp', rule('script', { to: '^' }));
  map.set('sb', rule('script', { to: '_' }));
  map.set('_', rule('script', { to: '_' }));
  return map;
}

/** The rule of a command's name; a command that is not here has no arguments. */
export const COMMANDS: ReadonlyMap<string, CommandRule> = build();

/** Environments with arguments in braces behind their name. */
export const ENVIRONMENT_ARGS: ReadonlyMap<string, number> = new Map([
  ['array', 1],
  ['subarray', 1],
  ['tabular', 1],
  ['darray', 1],
  ['tabularx', 2],
  ['alignat', 1],
  ['alignedat', 1],
  ['xalignat', 1],
  ['xxalignat', 1],
  ['IEEEeqnarray', 1],
  ['minipage', 1],
]);
