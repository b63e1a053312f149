// Short readable text of TeX for titles: ∂L/∂W^{(2)}, W^{(3)T}(a ⊙ b). Cut where it is long.
const words: Readonly<Record<string, string>> = {
  odot: '⊙',
  circ: '∘',
  cdot: '·',
  times: '×',
  otimes: '⊗',
  partial: '∂',
  nabla: '∇',
  top: 'T',
  intercal: 'T',
  dagger: '†',
  ell: 'ℓ',
  prime: '′',
  sum: 'Σ',
  infty: '∞',
  ast: '∗',
  star: '⋆',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
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
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
};

const group = '\\{((?:[^{}]|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*)\\}';
const fraction = new RegExp(`\\\\[dtc]?frac\\s*${group}\\s*${group}`, 'g');
const font = new RegExp(
  `\\\\(?:math(?:bf|rm|sf|it|bb|cal|tt|frak)|boldsymbol|bm|text|operatorname\\*?|mathop|pmb)\\s*(?:${group}|(?=[A-Za-z0-9]))`,
  'g',
);
const brace = new RegExp(`\\\\(?:under|over)brace\\s*${group}\\s*(?:[_^]\\s*(?:${group}|.))?`, 'g');

/** Plain text of a piece of TeX. */
export function titleText(tex: string, most = 60): string {
  let text = tex.replace(brace, '$1');
  for (let i = 0; i < 3; i++)
    text = text.replace(fraction, (_, top: string, bottom: string) => `${within(top)}/${within(bottom)}`).replace(font, '$1');
  text = text
    .replace(/\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])\s*\.?/g, '')
    .replace(/\\\\|&|\\(?:[,;:! ]|quad|qquad|displaystyle|limits)/g, ' ')
    .replace(
      /\\([A-Za-z]+)(\s*)/g,
      (_, name: string, space: string) => (words[name] ?? name) + (name === 'partial' || name === 'nabla' ? '' : space),
    )
    .replace(/\^\{([A-Za-z0-9])\}/g, '^$1')
    .replace(/_\{([A-Za-z0-9])\}/g, '_$1')
    .replace(/\s+/g, ' ')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .replace(/∂ /g, '∂')
    .trim();
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

const within = (text: string): string => (/[-+]/.test(text.replace(/\{[^{}]*\}/g, '')) ? `(${text.trim()})` : text.trim());
