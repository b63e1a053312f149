// The rows of SEED that speak of fixes, on both files; skipped visibly where they are missing.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../server/language/diagnostics/finding.js';
import type { Analysis } from '../../../server/language/index.js';
import { fixesOf } from '../../../server/language/repairs/index.js';
import { everyFixHolds, findingsOf, offers, open, result } from './help.js';

const folder = new URL('../../../../shared/seed/', import.meta.url);

describe.each(['post.md', 'post-stripped.md'])('the seed, %s', (name) => {
  const file = new URL(name, folder);
  const there = existsSync(file);
  const test = there ? it : it.skip;
  const a: Analysis = open(there ? readFileSync(file, 'utf8') : '');
  const stripped = name.includes('stripped');
  const tex = (text: string): string => (stripped ? text.replaceAll('\\', '') : text);
  const of = (code: Finding['code'], i = 0) => fixesOf(a, findingsOf(a, code)[i] as Finding);

  test('row 5: the chain is reversed', () => {
    const [fix] = of('layout-order');
    expect(fix?.title).toBe('Reverse the chain for denominator layout');
    expect(result(a, fix)).toContain(
      tex(
        '= \\frac {\\partial z^{(3)}}{\\partial W^{(3)}} \\frac {\\partial a^{(3)}}{\\partial z^{(3)}} \\frac {\\partial L}{\\partial a^{(3)}} =',
      ),
    );
  });

  test('row 7: the left side is mended', () => {
    const [fix] = of('chain-ends');
    expect(fix?.title).toBe('Write ∂L/∂W^{(2)} on the left');
    expect(result(a, fix)).toContain(tex('$\\frac {\\partial L}{\\partial W^{(2)}} ='));
  });

  test('row 8: the repetition is removed, the chain reversed', () => {
    expect(of('repeated-factor')[0]?.title).toBe('Remove the repeated ∂a^{(2)}/∂z^{(2)}');
    expect(result(a, of('repeated-factor')[0])).toContain(
      tex(
        '\\frac {\\partial z^{(3)}}{\\partial a^{(2)}} \\frac {\\partial a^{(2)}}{\\partial z^{(2)}} \\frac {\\partial z^{(2)}}{\\partial W^{(2)}} =',
      ),
    );
    expect(of('layout-order', 1)[0]?.title).toBe('Reverse the chain for denominator layout');
  });

  test('rows 9 and 10: a product that conforms', () => {
    const minus = stripped ? '–' : '-';
    const list = of('product-mismatch');
    offers(a, list, tex(`(W^{(3)T} ((a^{(3)} ${minus} y) \\odot a^{(3)} \\odot (1 ${minus} a^{(3)})) \\odot (1,1,1)^T) a^{(1)T}`));
    expect(list.filter((f) => !f.title.startsWith('Ignore')).length).toBeLessThanOrEqual(5);
  });

  test('row 12: the factors are exchanged', () => {
    expect(result(a, of('layout-order', 2)[0])).toContain(
      tex('$\\frac{\\partial L}{\\partial z}=\\frac{\\partial a}{\\partial z}\\frac{\\partial L}{\\partial a}$'),
    );
  });

  test('every fix holds', () => {
    expect(everyFixHolds(a)).toBeGreaterThan(15);
  });
});
