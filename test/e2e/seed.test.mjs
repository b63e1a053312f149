// A student's derivation and its answer, as people paste them, in a real VS Code, in both extension hosts.
// The text is someone else's and no part of the project: where it is missing, the tests say so and are skipped.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, launch, root } from './vscode.mjs';

const folder = join(root, '..', 'shared', 'seed');
const skip = existsSync(folder) ? false : `skipped: ${folder} is missing`;
if (skip) console.log(skip);

const lossByOutput = '\\frac {\\partial L}{\\partial a^{(3)}}';
const hiddenByInput = '\\frac {\\partial a^{(2)}}{\\partial z^{(2)}}';
const outputByWeights = '\\frac {\\partial z^{(3)}}{\\partial W^{(3)}}';
const hiddenByWeights = '\\frac {\\partial z^{(2)}}{\\partial W^{(2)}}';
const lossByWeights = '\\frac {\\partial L}{\\partial W^{(3)}}';
const twoLinks = '\\frac{\\partial L}{\\partial a}\\frac{\\partial a}{\\partial z}';

/** Where errors and information begin: code, text, occurrence. Hints are not listed in the panel of problems. */
const expected = [
  ['layout-order', lossByOutput, 1],
  ['tensor-factor', outputByWeights, 1],
  ['chain-ends', lossByWeights, 2],
  ['layout-order', lossByOutput, 2],
  ['repeated-factor', hiddenByInput, 2],
  ['tensor-factor', hiddenByWeights, 1],
  ['product-mismatch', '(a^{(3)} - y)', 2],
  ['layout-order', twoLinks, 1],
];

/** What hovers say: text, occurrence, characters within, shape. */
const hovers = [
  [lossByOutput, 1, 2, /2×1/],
  [hiddenByInput, 1, 2, /3×3/],
  [outputByWeights, 1, 2, /2×3×2/],
  ['W^{(3)} (1,1,1)^T', 1, 0, /2×3/],
  ['a^{(2)T}', 1, 6, /1×3/],
  ['\\odot (1 - a^{(3)}) W^{(3)}', 1, 2, /2×1 ✗ 2×3 · 3×1 · 1×2/],
];

for (const host of hosts) {
  test(`the student's derivation in the ${host.host} extension host`, { skip, timeout: 300_000 }, async (t) => {
    const code = await launch(host, [join(folder, 'post.md')]);
    t.after(() => code.stop());
    await code.open('post.md');

    await t.test('the diagnostics stand where they belong, and there are no others', async () => {
      const problems = await code.problems(expected.length);
      const places = [];
      for (const [name, text, occurrence] of expected) places.push({ code: name, ...(await code.goTo(text, occurrence)) });
      const found = problems.map(({ code, line, column }) => ({ code, line, column }));
      assert.deepEqual(sorted(found), sorted(places));
      // The editor draws overlapping squiggles of one colour as one: the repeated factor lies in the chain that is underlined as a whole.
      for (const [name, text, occurrence] of expected.filter(([name]) => name !== 'tensor-factor' && name !== 'repeated-factor'))
        assert.ok(await code.squiggleAt(text, occurrence), `a squiggle of ${name} begins at ${text}`);
      await code.screenshot('seed-squiggles');
    });

    for (const [text, occurrence, inside, shape] of hovers)
      await t.test(`the hover over ${text} says ${shape}`, async () => {
        await code.hoverAt(text, shape, occurrence, inside);
        await code.screenshot(`seed-hover-${hovers.findIndex((row) => row[0] === text) + 1}`);
      });

    await t.test('the hover over a factor draws its product', async () => {
      await code.hoverAt('W^{(3)} (1,1,1)^T', /2×3/);
      const pictures = await code.pictures();
      assert.ok(
        pictures.some((source) => source.startsWith('data:image/svg+xml')),
        'a picture',
      );
    });

    await t.test('a fix exchanges the factors, and the squiggle is gone', async () => {
      assert.ok(await code.squiggleAt(twoLinks));
      const before = (await code.squiggles()).length;
      await code.quickFix(/./, twoLinks);
      await code.page.waitForFunction((count) => document.querySelectorAll('.squiggly-error').length < count, before, { timeout: 60_000 });
      const text = await code.saved();
      assert.ok(text.includes('=\\frac{\\partial a}{\\partial z}\\frac{\\partial L}{\\partial a}$, according'));
      const left = await code.problems(expected.length - 1);
      assert.equal(left.length, expected.length - 1);
      await code.screenshot('seed-mended');
    });
  });
}

test('the same without its backslashes', { skip, timeout: 240_000 }, async (t) => {
  const code = await launch(hosts[0], [join(folder, 'post-stripped.md')]);
  t.after(() => code.stop());
  await code.open('post-stripped.md');
  const codes = (await code.problems(expected.length)).map((problem) => problem.code);
  assert.deepEqual(codes.sort(), expected.map(([name]) => name).sort());
  await code.hoverAt('frac {partial L}{partial a^{(3)}}', /2×1/, 1, 2);
  await code.screenshot('seed-stripped');
});

const sorted = (places) => [...places].sort((a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code));
