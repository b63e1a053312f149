// The extension in a real VS Code, in both extension hosts, on a document of our own: squiggle, hover, status bar, fix.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, launch, root } from './vscode.mjs';

const derivation = join(root, 'test/e2e/documents/derivation.md');

for (const host of hosts) {
  test(`a document of our own in the ${host.host} extension host`, { timeout: 240_000 }, async (t) => {
    const code = await launch(host, [derivation]);
    t.after(() => code.stop());
    await code.open('derivation.md');

    const problems = await code.problems(1);
    assert.deepEqual(
      problems.map(({ code, line, column }) => ({ code, line, column })),
      [{ code: 'product-mismatch', line: 12, column: 7 }],
    );
    assert.match(problems[0].message, /2×3 ✗ 2×3/);
    assert.ok(await code.squiggleAt('W W'), 'the squiggle begins at the first factor');

    const product = await code.hoverAt('W W');
    assert.match(product, /2×3/);
    await code.screenshot('derivation-hover');
    assert.match(await code.hoverAt('x + b'), /3×1/);
    await code.page.getByText('denominator layout').first().waitFor();

    await code.quickFix(/./, 'W W');
    await code.noSquiggle();
    assert.doesNotMatch(await code.saved(), /W W\$/);
    await code.screenshot('derivation-mended');
  });
}
