// How Unicode mathematics is spelled in TeX: tables of characters, nothing else.
// Source: the Unicode blocks named below and unicode-math's symbol list, except that φ and ε are \phi and \epsilon.

/** A character and its TeX, in pairs. */
const SYMBOLS = String.raw`
∂ \partial  ∇ \nabla  ∆ \Delta  ∑ \sum  ∏ \prod  ∫ \int  √ \sqrt  ∞ \infty  ℓ \ell
− -  – -  ‐ -  ‑ -  × \times  · \cdot  ⋅ \cdot  ∙ \cdot  ⊙ \odot  ∘ \circ  ⊗ \otimes  ⊕ \oplus  ⊖ \ominus  ⊘ \oslash
∗ *  ⋆ \star  • \bullet  ÷ \div  ± \pm  ∓ \mp  ∕ /  ⁄ /  ∶ :  † \dagger  ⊤ \top  ⊺ \intercal  ⊥ \perp  ¬ \neg  ∧ \wedge  ∨ \vee
∈ \in  ∉ \notin  ∋ \ni  ⊂ \subset  ⊆ \subseteq  ⊃ \supset  ⊇ \supseteq  ∪ \cup  ∩ \cap  ∅ \emptyset  ∀ \forall  ∃ \exists  ∖ \setminus
≤ \le  ≥ \ge  ⩽ \le  ⩾ \ge  ≠ \ne  ≈ \approx  ≡ \equiv  ≜ \triangleq  ≝ \triangleq  ≔ :=  ∝ \propto  ∼ \sim  ≃ \simeq  ≅ \cong  ≪ \ll  ≫ \gg
→ \to  ← \leftarrow  ↔ \leftrightarrow  ↦ \mapsto  ⇒ \Rightarrow  ⇐ \Leftarrow  ⇔ \Leftrightarrow  ⟶ \longrightarrow  ⟵ \longleftarrow
⟹ \implies  ⟸ \impliedby  ⟺ \iff  ↑ \uparrow  ↓ \downarrow
‖ \|  ∥ \|  ∣ |  ⟨ \langle  ⟩ \rangle  〈 \langle  〉 \rangle  ⌊ \lfloor  ⌋ \rfloor  ⌈ \lceil  ⌉ \rceil
… \dots  ⋯ \cdots  ⋮ \vdots  ⋱ \ddots  。 .  、 ,
½ \frac{1}{2}  ⅓ \frac{1}{3}  ⅔ \frac{2}{3}  ¼ \frac{1}{4}  ¾ \frac{3}{4}  ⅕ \frac{1}{5}  ⅙ \frac{1}{6}  ⅛ \frac{1}{8}
ℝ \mathbb{R}  ℕ \mathbb{N}  ℤ \mathbb{Z}  ℚ \mathbb{Q}  ℂ \mathbb{C}  ℙ \mathbb{P}  ℍ \mathbb{H}
ℒ \mathcal{L}  ℓ \ell  ℋ \mathcal{H}  ℱ \mathcal{F}  ℰ \mathcal{E}  ℬ \mathcal{B}  ℳ \mathcal{M}  ℛ \mathcal{R}  ℐ \mathcal{I}
ℜ \mathfrak{R}  ℑ \mathfrak{I}  ℎ h  ℯ e  ⅆ d  ⅇ e  ⅈ i  ′ '  ″ ''  ‴ '''  ’ '  ° ^{\circ}
α \alpha  β \beta  γ \gamma  δ \delta  ε \epsilon  ϵ \epsilon  ζ \zeta  η \eta  θ \theta  ϑ \vartheta  ι \iota  κ \kappa  λ \lambda  μ \mu  µ \mu
ν \nu  ξ \xi  ο o  π \pi  ϖ \varpi  ρ \rho  ϱ \varrho  σ \sigma  ς \varsigma  τ \tau  υ \upsilon  φ \phi  ϕ \phi  χ \chi  ψ \psi  ω \omega
Γ \Gamma  Δ \Delta  Θ \Theta  Λ \Lambda  Ξ \Xi  Π \Pi  Σ \Sigma  Υ \Upsilon  Φ \Phi  Ψ \Psi  Ω \Omega  Ω \Omega
Α A  Β B  Ε E  Ζ Z  Η H  Ι I  Κ K  Μ M  Ν N  Ο O  Ρ P  Τ T  Χ X
`;

const SUPER = '⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁼=⁽(⁾)ⁿnⁱiᵀTᴴHᴺNᴹMᴸLᴷKᴰDᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhʲjᵏkˡlᵐmᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻz';
const SUBS = '₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓx';

/** Combining marks and the accent they stand for. */
const MARKS: ReadonlyMap<number, string> = new Map([
  [0x302, 'hat'],
  [0x303, 'tilde'],
  [0x304, 'bar'],
  [0x305, 'bar'],
  [0x307, 'dot'],
  [0x308, 'ddot'],
  [0x20d7, 'vec'],
]);

/** Blocks of the mathematical alphanumerics: first code point, font; 52 Latin letters each. */
const LATIN: readonly (readonly [number, string])[] = [
  [0x1d400, 'mathbf'],
  [0x1d434, ''],
  [0x1d468, 'boldsymbol'],
  [0x1d49c, 'mathcal'],
  [0x1d4d0, 'mathcal'],
  [0x1d504, 'mathfrak'],
  [0x1d538, 'mathbb'],
  [0x1d56c, 'mathfrak'],
  [0x1d5a0, 'mathsf'],
  [0x1d5d4, 'mathsf'],
  [0x1d608, 'mathsf'],
  [0x1d63c, 'mathsf'],
  [0x1d670, 'mathtt'],
];
/** … 58 Greek letters each … */
const GREEK: readonly (readonly [number, string])[] = [
  [0x1d6a8, 'mathbf'],
  [0x1d6e2, ''],
  [0x1d71c, 'boldsymbol'],
  [0x1d756, 'mathsf'],
  [0x1d790, 'mathsf'],
];
/** … and ten digits each. */
const DIGITS: readonly (readonly [number, string])[] = [
  [0x1d7ce, 'mathbf'],
  [0x1d7d8, 'mathbb'],
  [0x1d7e2, 'mathsf'],
  [0x1d7ec, 'mathsf'],
  [0x1d7f6, 'mathtt'],
];
const GREEK_ORDER = 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑκϕϱϖ';

const pairs = (text: string): ReadonlyMap<number, string> => {
  const chars = [...text];
  const map = new Map<number, string>();
  for (let i = 0; i + 1 < chars.length; i += 2) map.set(chars[i]?.codePointAt(0) ?? 0, chars[i + 1] ?? '');
  return map;
};

const words = SYMBOLS.split(/\s+/).filter((word) => word !== '');
const symbols = new Map<number, string>();
for (let i = 0; i + 1 < words.length; i += 2) symbols.set(words[i]?.codePointAt(0) ?? 0, words[i + 1] ?? '');

/** What a raised character stands for: ² → 2. */
export const SUPERSCRIPTS = pairs(SUPER);
/** What a lowered character stands for: ₁ → 1. */
export const SUBSCRIPTS = pairs(SUBS);

const inFont = (font: string, tex: string): string => (font === '' ? tex : `\\${font}{${tex}}`);

function alphanumeric(code: number): string | undefined {
  for (const [first, font] of LATIN) {
    const n = code - first;
    if (n >= 0 && n < 52) return inFont(font, String.fromCharCode(n < 26 ? 65 + n : 71 + n));
  }
  for (const [first, font] of GREEK) {
    const letter = GREEK_ORDER[code - first];
    if (letter !== undefined) return inFont(font, symbols.get(letter.charCodeAt(0)) ?? letter);
  }
  for (const [first, font] of DIGITS) {
    const n = code - first;
    if (n >= 0 && n < 10) return inFont(font, String(n));
  }
  return undefined;
}

const isInvisible = (code: number): boolean =>
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2060 && code <= 0x2064) ||
  code === 0xfeff ||
  code === 0xad ||
  (code >= 0xfe00 && code <= 0xfe0f);

const isSpace = (code: number): boolean =>
  code === 0xa0 ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x2028 ||
  code === 0x2029;

/** The accent of a combining mark, such as U+0302 → hat. */
export const markOf = (code: number): string | undefined => MARKS.get(code);

/** The TeX of a code point above ASCII: '' where it is white or of no width, undefined where TeX has no other name for it. */
export function spell(code: number): string | undefined {
  const known = symbols.get(code);
  if (known !== undefined) return known;
  if (isInvisible(code) || isSpace(code) || code < 0xa0) return '';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x1d400 && code <= 0x1d7ff) return alphanumeric(code);
  if (code >= 0xc0 && code <= 0x24f) return accented(code);
  return undefined;
}

/** ŷ → \hat{y}; é stays what it is. */
function accented(code: number): string | undefined {
  const parts = String.fromCharCode(code).normalize('NFD');
  const mark = parts.length === 2 ? MARKS.get(parts.charCodeAt(1)) : undefined;
  return mark === undefined ? undefined : `\\${mark}{${parts.charAt(0)}}`;
}
