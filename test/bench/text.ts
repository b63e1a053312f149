// The text of the benchmark: a derivation repeated for many layers, with so many formulas and so many of them wrong.

export interface BenchText {
  readonly text: string;
  /** The formulas alone, as a renderer takes them. */
  readonly formulas: readonly string[];
}

/** About 200 characters a formula, prose included; every `1 / share` of them does not conform. */
export function benchText(count: number, mistakes: number): BenchText {
  const formulas: string[] = [];
  const parts = [
    '# A long derivation',
    '',
    '<!-- conformable',
    'layout: denominator',
    'shapes:',
    '  W^{(l)}: n_l × n_{l-1}',
    '  z^{(l)}, a^{(l)}, b^{(l)}, \\delta^{(l)}: n_l',
    '  L: scalar',
    '-->',
    '',
  ];
  const every = mistakes > 0 ? Math.floor(count / mistakes) : Number.POSITIVE_INFINITY;
  for (let n = 0; formulas.length < count; n++) {
    const layer = 1 + (n % 400);
    if (n % 40 === 0) parts.push(`## Section ${n / 40}`, '');
    const group = formulasOf(layer, Math.floor(formulas.length / every) !== Math.floor((formulas.length + 5) / every));
    formulas.push(...group);
    parts.push(paragraph(group), '');
  }
  return { text: parts.join('\n'), formulas };
}

function formulasOf(l: number, wrong: boolean): string[] {
  const delta = `(W^{(${l + 1})})^T \\delta^{(${l + 1})} \\odot \\sigma'(z^{(${l})})`;
  return [
    `z^{(${l})} = W^{(${l})} a^{(${l - 1})} + b^{(${l})}`,
    `a^{(${l})} = \\sigma(z^{(${l})})`,
    `\\delta^{(${l})} = \\frac{\\partial L}{\\partial z^{(${l})}} = ${delta}`,
    `\\frac{\\partial L}{\\partial W^{(${l})}} = \\delta^{(${l})} ${wrong ? `a^{(${l - 1})}` : `a^{(${l - 1})T}`}`,
    `\\frac{\\partial L}{\\partial b^{(${l})}} = \\delta^{(${l})}`,
  ];
}

function paragraph([z, a, delta, weights, bias]: readonly string[]): string {
  return [
    `The weighted input of this layer is a linear function of what the layer below gives, and so we write $${z}$ for all of them at once.`,
    `The activation function is applied to each entry of it, so that $${a}$ holds. Going back, the error of the layer follows from the next:`,
    '',
    `$$${delta}$$`,
    '',
    'From this follow the gradients by the parameters of the layer, which have the shapes of the parameters themselves, as they should, since a step of descent adds a multiple of the one to the other:',
    '',
    `$$${weights}$$`,
    '',
    `and by the bias, which enters as it is, we have $${bias}$ without any further factor. This is what a step of descent needs in the end, and nothing else is kept of the pass through the network, however many layers there are.`,
  ].join('\n');
}
