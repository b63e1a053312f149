// The extension in a real VS Code, in both extension hosts, on a document of our own: squiggle, hover, status bar, fix.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, launch, root } from './vscode.mjs';

const documents = ['derivation.md', 'conformable.yaml'].map((name) => join(root, 'test/e2e/documents', name));

for (const host of hosts) {
  test(`a document of our own in the ${host.host} extension host`, { timeout: 240_000 }, async (t) => {
    const code = await launch(host, documents);
    t.after(() => code.stop());
    await code.open('derivation.md');

    const problems = await code.problems(1);
    assert.deepEqual(
      problems.map(({ code, line, column }) => ({ code, line, column })),
      [{ code: 'product-mismatch', line: 11, column: 7 }],
    );
    assert.match(problems[0].message, /2×3 ✗ 2×3/);
    assert.ok(await code.squiggleAt('W V'), 'the squiggle begins at the first factor');

    await code.hoverAt('W V', /2×3/);
    await code.screenshot('derivation-hover');
    await code.hoverAt('x + b', /3×1/);
    /** As conformable.yaml has it. */
    await code.page.getByText('denominator layout').first().waitFor();

    await code.quickFix(/./, 'W V');
    await code.noSquiggle();
    assert.doesNotMatch(await code.saved(), /W V\$/);
    await code.screenshot('derivation-mended');
  });
}
