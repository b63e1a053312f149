// TeX as people read it aloud, in plain text with Unicode: names, shapes' dimensions, quotations. Total: what it does not know it shows.

const greek: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  varrho: 'ϱ',
  sigma: 'σ',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'φ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Upsilon: 'Υ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  ell: 'ℓ',
  infty: '∞',
};

const signs: Readonly<Record<string, string>> = {
  partial: '∂',
  nabla: '∇',
  times: '×',
  cdot: '·',
  odot: '⊙',
  circ: '∘',
  otimes: '⊗',
  oplus: '⊕',
  oslash: '⊘',
  ast: '∗',
  bullet: '•',
  in: '∈',
  to: '→',
  mapsto: '↦',
  leftarrow: '←',
  gets: '←',
  equiv: '≡',
  triangleq: '≜',
  approx: '≈',
  propto: '∝',
  sim: '∼',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  subset: '⊂',
  pm: '±',
  mp: '∓',
  dots: '…',
  ldots: '…',
  cdots: '…',
  vdots: '…',
  ddots: '…',
  top: 'T',
  intercal: 'T',
  dagger: '†',
  prime: '′',
  sum: 'Σ',
  prod: '∏',
  int: '∫',
  sqrt: '√',
  langle: '⟨',
  rangle: '⟩',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  lvert: '|',
  rvert: '|',
  vert: '|',
  '|': '‖',
  '{': '{',
  '}': '}',
  '\\': ' ',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  '!': '',
  ' ': ' ',
  quad: ' ',
  qquad: ' ',
  left: '',
  right: '',
  '(': '',
  ')': '',
  '[': '',
  ']': '',
  big: '',
  Big: '',
  bigl: '',
  bigr: '',
  Bigl: '',
  Bigr: '',
  displaystyle: '',
  textstyle: '',
  limits: '',
  nonumber: '',
  R: 'ℝ',
};

const accents: Readonly<Record<string, string>> = {
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
  bar: '\u0304',
  overline: '\u0304',
  vec: '\u20d7',
  dot: '\u0307',
  ddot: '\u0308',
  check: '\u030c',
  breve: '\u0306',
};

const blackboard: Readonly<Record<string, string>> = { R: 'ℝ', N: 'ℕ', Z: 'ℤ', Q: 'ℚ', C: 'ℂ', E: '𝔼', P: 'ℙ', S: '𝕊', '1': '𝟙' };
const script: Readonly<Record<string, string>> = { L: 'ℒ' };
const bold: Readonly<Record<string, string>> = { '0': '𝟎', '1': '𝟏' };

const fonts = new Set([
  'mathbf',
  'boldsymbol',
  'bm',
  'mathcal',
  'mathbb',
  'mathrm',
  'mathsf',
  'mathtt',
  'mathfrak',
  'mathds',
  'text',
  'textbf',
  'operatorname',
]);

const fractions = new Set(['frac', 'dfrac', 'tfrac']);

interface Read {
  readonly text: string;
  readonly end: number;
}

/** `\hat{y}` as ŷ, `d_{\text{model}}` as d_{model}, `W \in \mathbb{R}^{3 \times 2}` as W ∈ ℝ^{3×2}. */
export function plainTex(tex: string): string {
  const known = plainTexts.get(tex);
  if (known !== undefined) return known;
  if (plainTexts.size >= mostPlainTexts) plainTexts.clear();
  const plain = newPlainTex(tex);
  plainTexts.set(tex, plain);
  return plain;
}

/** The same few symbols and sizes stand in many messages. */
const plainTexts = new Map<string, string>();
const mostPlainTexts = 2000;

function newPlainTex(tex: string): string {
  return readUntil(tex, 0, '')
    .text.replace(/\$+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([×^_]) ?/g, '$1')
    .trim()
    .normalize('NFC');
}

function readUntil(tex: string, start: number, close: string): Read {
  let text = '';
  let i = start;
  while (i < tex.length && tex[i] !== close) {
    const piece = readPiece(tex, i);
    text += piece.text;
    i = piece.end;
  }
  return { text, end: i };
}

function readPiece(tex: string, i: number): Read {
  const c = tex[i] as string;
  if (c === '\\') return readCommand(tex, i + 1);
  if (c === '{') {
    const inner = readUntil(tex, i + 1, '}');
    return { text: inner.text, end: inner.end + 1 };
  }
  if (c === '^' || c === '_') {
    const inner = readArgument(tex, i + 1);
    const text = inner.text.trim();
    return { text: [...text].length > 1 ? `${c}{${text}}` : c + text, end: inner.end };
  }
  if (c === '}' || c === '&') return { text: '', end: i + 1 };
  if (c === '~') return { text: ' ', end: i + 1 };
  return { text: c === '-' && /[\s\w})]/.test(tex[i - 1] ?? '') && !/[a-z]-[a-z]/i.test(tex.slice(i - 1, i + 2)) ? '−' : c, end: i + 1 };
}

function readArgument(tex: string, i: number): Read {
  let at = i;
  while (tex[at] === ' ') at++;
  return at < tex.length ? readPiece(tex, at) : { text: '', end: at };
}

function readCommand(tex: string, i: number): Read {
  const name = /^[a-zA-Z]+/.exec(tex.slice(i, i + 40))?.[0] ?? tex[i] ?? '';
  let end = i + name.length;
  const spaced = tex[end] === ' ' && /^[a-zA-Z]/.test(name);
  if (greek[name] !== undefined || signs[name] !== undefined) {
    if (spaced) end++;
    const sign = greek[name] ?? signs[name] ?? '';
    return { text: sign === '' || !spaced || name === 'partial' || name === 'nabla' ? sign : `${sign} `, end };
  }
  if (fractions.has(name)) {
    const top = readArgument(tex, end);
    const bottom = readArgument(tex, top.end);
    return { text: `${bracketed(top.text.trim())}/${bracketed(bottom.text.trim())}`, end: bottom.end };
  }
  const next = tex.slice(end).trimStart()[0];
  if (next !== '{' && accents[name] === undefined && !fonts.has(name)) return { text: name, end };
  const argument = readArgument(tex, end);
  return { text: dress(name, argument.text), end: argument.end };
}

function dress(name: string, text: string): string {
  const accent = accents[name];
  if (accent !== undefined) return [...text].length === 1 ? text + accent : `${name}(${text})`;
  if (name === 'mathbb') return blackboard[text] ?? text;
  if (name === 'mathbf' || name === 'boldsymbol' || name === 'bm') return bold[text] ?? text;
  if (name === 'mathds') return blackboard[text] ?? text;
  if (name === 'mathcal') return script[text] ?? text;
  if (name === 'sqrt') return `√(${text})`;
  return text;
}

const bracketed = (text: string): string => (/[\s+−]/.test(text) && !/^∂\S+( ∂\S+)*$/.test(text) ? `(${text})` : text);

/** At most so many characters, cut at a space where there is one. */
export function shorten(text: string, most: number): string {
  const chars = [...text];
  if (chars.length <= most) return text;
  const cut = chars.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
