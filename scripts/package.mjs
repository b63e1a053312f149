// Builds dist/conformable.vsix and fails if it is larger than it may be. With --web-only it makes a second package beside it,
// without the Node host's main: VS Code then runs the extension in the web worker host, as on vscode.dev.
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = fileURLToPath(new URL('..', import.meta.url));
const limit = 1_000_000;
/** What .vscodeignore picks from. */
const parts = ['.vscodeignore', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'dist', 'docs', 'examples', 'media', 'syntaxes'];

if (!process.argv.includes('--no-build')) execFileSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
const full = join(root, 'dist', 'conformable.vsix');
await make(root, full);
const { size } = await stat(full);
console.log(`dist/conformable.vsix: ${(size / 1000).toFixed(0)} kB of ${limit / 1000} kB`);
if (size > limit) throw new Error('The package is larger than it may be.');
if (process.argv.includes('--web-only')) await makeWebOnly(join(root, 'dist', 'conformable-web.vsix'));

async function make(cwd, packagePath) {
  await createVSIX({ cwd, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
}

async function makeWebOnly(packagePath) {
  const folder = await mkdtemp(join(tmpdir(), 'conformable-'));
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true });
  const { main: _, ...manifest } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await make(folder, packagePath);
  await rm(folder, { recursive: true });
}
