// Builds the extension and opens the examples with it: in VS Code of this machine, else in VS Code for the browser.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressOf, installVsCode, startVsCode } from './vscode-web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vsix = join(root, 'dist', 'conformable.vsix');
const examples = join(root, 'examples');
const first = join(examples, 'two-three-two.md');
const shell = process.platform === 'win32';

execFileSync(process.execPath, [join(root, 'scripts', 'package.mjs')], { cwd: root, stdio: 'inherit' });
if (spawnSync('code', ['--version'], { shell }).status === 0) openDesktop();
else await openBrowser();

function openDesktop() {
  execFileSync('code', ['--install-extension', vsix, '--force'], { stdio: 'inherit', shell });
  execFileSync('code', [examples, first], { stdio: 'inherit', shell });
  console.log('The examples are open in VS Code.');
}

async function openBrowser() {
  console.log('There is no "code" on the path, so VS Code runs in the browser.');
  const installed = await installVsCode((message) => console.log(message));
  const port = process.env.PORT ? Number(process.env.PORT) : undefined;
  const data = join(root, '.vscode-web', 'data');
  const { address, stop } = await startVsCode(installed, { vsix, folder: examples, data, settings: {}, port });
  console.log(`\nOpen ${addressOf(address, examples, first)}\n\nCtrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(0)));
}
